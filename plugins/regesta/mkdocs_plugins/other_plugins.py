"""What plugins of others may do to our pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File
    from mkdocs.structure.pages import Page

__all__ = [
    "add_to_translated_sitemap",
    "builds_translation",
    "forget_git_dates",
    "run_after_translations",
    "who_adds_context",
    "who_reads_content",
    "who_rewrites_pages",
]

_HARMLESS = ("regesta.", "material.plugins.", "mkdocs.")
"""Plugins that leave the words of our pages alone."""


def forget_git_dates(page: Page) -> None:
    """Drop the build's time, which git-revision-date-localized takes for the date of a page made from many files."""
    if page.file.generated_by:
        for name in [name for name in page.meta if name.startswith(("git_revision_date", "git_creation_date"))]:
            del page.meta[name]


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


def run_after_translations(config: MkDocsConfig) -> None:
    """Have mkdocs-static-i18n sort the files of docs/ by language before pages of the archive are added.

    It drops every page that is no file of docs/.
    """
    if _static_i18n(config) is not None:
        handlers = config.plugins.events["files"]
        handlers.sort(key=lambda method: type(getattr(method, "__self__", None)).__module__.startswith("regesta."))


def builds_translation(config: MkDocsConfig) -> bool:
    """Return whether mkdocs-static-i18n is building the site once more, in another of its languages."""
    plugin = _static_i18n(config)
    return plugin is not None and bool(plugin.building)


def add_to_translated_sitemap(config: MkDocsConfig, files: Iterable[File]) -> None:
    """Name pages in the sitemap of mkdocs-static-i18n, which lists the files that it has sorted by itself."""
    plugin = _static_i18n(config)
    if plugin is None:
        return
    added = list(files)
    for file in added:
        # They have no translations.
        file.alternates = {}  # type: ignore[attr-defined]
    plugin.i18n_files_per_language[plugin.current_language] = [
        *plugin.i18n_files_per_language.get(plugin.current_language, ()),
        *added,
    ]


def _static_i18n(config: MkDocsConfig) -> Any:  # noqa: ANN401 - a class of a plugin that need not be installed
    plugin = config.plugins.get("i18n")
    return plugin if hasattr(plugin, "i18n_files_per_language") else None


def _foreign(config: MkDocsConfig, event: str, *, harmless: tuple[str, ...] = _HARMLESS) -> str:
    for method in config.plugins.events[event]:
        owner = getattr(method, "__self__", method)
        module = type(owner).__module__ if owner is not method else str(getattr(method, "__module__", ""))
        if not module.startswith(harmless):
            return str(module)
    return ""
