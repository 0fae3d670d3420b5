"""`regesta/entities`: pages for every person, organisation, place and event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mkdocs.config import base
from mkdocs.plugins import BasePlugin

from regesta.mkdocs_plugins.briefs import briefs_plugin
from regesta.pages.entity_pages import entity_sheets

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

__all__ = ["EntitiesConfig", "EntitiesPlugin"]


class EntitiesConfig(base.Config):
    """Options of `regesta/entities` in mkdocs.yml: none."""


class EntitiesPlugin(BasePlugin[EntitiesConfig]):
    """Adds the pages of entities; the archive itself is read by `regesta/briefs`."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Live as long as `mkdocs serve` does."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a page for each entity, and the indexes from A to Z."""
        briefs = briefs_plugin(config, "regesta/entities")
        briefs.add_pages(files, config, entity_sheets(briefs.build.site))
        return files
