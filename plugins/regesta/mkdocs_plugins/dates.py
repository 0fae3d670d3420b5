"""`regesta/dates`: the archive by year, month and day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mkdocs.plugins import BasePlugin, event_priority

from regesta.mkdocs_plugins.briefs import briefs_plugin
from regesta.mkdocs_plugins.strict_options import StrictConfig
from regesta.pages.dates.date_pages import date_sheets

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

__all__ = ["DatesConfig", "DatesPlugin"]


class DatesConfig(StrictConfig):
    """Options of `regesta/dates` in mkdocs.yml: none."""


class DatesPlugin(BasePlugin[DatesConfig]):
    """Adds the pages of dates; the archive itself is read by `regesta/briefs`."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Live as long as `mkdocs serve` does."""

    @event_priority(45)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a page for each year, month and day that has a brief."""
        briefs = briefs_plugin(config, "regesta/dates")
        briefs.add_pages(files, config, date_sheets(briefs.build.site))
        return files
