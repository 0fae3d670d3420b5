"""`regesta/entities`: pages for every person, organisation, place and event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from mkdocs.plugins import BasePlugin, event_priority

from regesta.mkdocs_plugins.briefs import briefs_plugin
from regesta.mkdocs_plugins.strict_options import AtLeast, Choices, OneOf, StrictConfig
from regesta.model.entities import EntityType
from regesta.pages.entities.entity_pages import entity_sheets
from regesta.pages.site import PageSizes
from regesta.pages.writing.link_writer import Linking

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

__all__ = ["EntitiesConfig", "EntitiesPlugin"]


class EntitiesConfig(StrictConfig):
    """Options of `regesta/entities` in mkdocs.yml."""

    types = Choices(EntityType)
    """The types that have pages, and whose names are links."""
    link = OneOf(Linking, default=Linking.SECTION)
    """How often the names of an entity are links in one brief."""
    page_size = AtLeast(1, default=PageSizes().mentions)
    """How many mentions an entity may have on one page."""


class EntitiesPlugin(BasePlugin[EntitiesConfig]):
    """Adds the pages of entities; the archive itself is read by `regesta/briefs`."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Live as long as `mkdocs serve` does."""

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Say which entities have pages, before the archive is read."""
        briefs = briefs_plugin(config, "regesta/entities")
        briefs.entity_types, briefs.linking = self.config.types, self.config.link
        briefs.sizes = replace(briefs.sizes, mentions=self.config.page_size)

    @event_priority(45)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a page for each entity, and the indexes from A to Z."""
        briefs = briefs_plugin(config, "regesta/entities")
        briefs.add_pages(files, config, entity_sheets(briefs.build.site))
        return files
