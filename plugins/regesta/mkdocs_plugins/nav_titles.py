"""The pages that the configured navigation names."""

from __future__ import annotations

__all__ = ["nav_titles"]


def nav_titles(nav: object) -> dict[str, str]:
    """Collect the paths that the configured navigation names, with the titles it gives them."""
    if isinstance(nav, str):
        return {nav: ""}
    found: dict[str, str] = {}
    if isinstance(nav, list):
        for item in nav:
            found |= nav_titles(item)
    elif isinstance(nav, dict):
        for title, item in nav.items():
            found |= {item: str(title)} if isinstance(item, str) else nav_titles(item)
    return found
