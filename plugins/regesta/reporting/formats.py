"""The formats of a report, by name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regesta.reporting.report import Report

__all__ = ["FORMATS", "LINK_FORMATS"]


def _format(module: str, name: str) -> Callable[[Report], str]:
    """Load a format when it is asked for, so that a check begins at once."""

    def write(report: Report) -> str:
        text = str(getattr(import_module(f"regesta.reporting.{module}"), name)(report))
        return text if text.endswith("\n") else f"{text}\n"

    return write


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": _format("text", "text_report"),
    "json": _format("json_report", "json_report"),
    "sarif": _format("sarif", "sarif_report"),
    "junit": _format("junit", "junit_report"),
    "github": _format("github", "github_report"),
    "markdown": _format("markdown", "markdown_report"),
    "html": _format("html_page", "html_report"),
}
"""Each gives the whole report as text that ends with a line end."""

LINK_FORMATS: Mapping[str, Callable[[Report], str]] = {
    **FORMATS,
    "text": _format("link_text", "link_text"),
    "json": _format("link_json", "link_json"),
    "csv": _format("link_csv", "link_csv"),
}
"""The same for a `LinkReport`."""
