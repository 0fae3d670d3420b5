"""What plugins of others may do to our pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["who_adds_context", "who_reads_content", "who_rewrites_pages"]

_HARMLESS = ("regesta.", "material.plugins.", "mkdocs.")
"""Plugins that leave the words of our pages alone."""


def who_adds_context(config: MkDocsConfig) -> str:
    """Name a plugin that may give the theme something for each page, or nothing."""
    found = _foreign(config, "page_context")
    return f"the plugin {found} may change what the theme is given" if found else ""


def who_reads_content(config: MkDocsConfig) -> str:
    """Name a plugin that wants to see the content of each page, or nothing."""
    return _foreign(config, "page_content")


def who_rewrites_pages(config: MkDocsConfig) -> str:
    """Name a plugin that may change pages before they are written, or nothing."""
    return _foreign(config, "post_page", harmless=("regesta.",))


def _foreign(config: MkDocsConfig, event: str, *, harmless: tuple[str, ...] = _HARMLESS) -> str:
    for method in config.plugins.events[event]:
        owner = getattr(method, "__self__", method)
        module = type(owner).__module__ if owner is not method else str(getattr(method, "__module__", ""))
        if not module.startswith(harmless):
            return str(module)
    return ""
