"""What every page may ask for: the archive, its addresses, and how the site is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from regesta.model.slugs import slugify
from regesta.pages.addresses import Addresses
from regesta.pages.words import count, date_time, date_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.model.archive import Archive, Entry
    from regesta.model.entities import Entity
    from regesta.pages.body_writer import BodyHtml

__all__ = ["Site", "entity_path", "series_path"]


def entity_path(entity: Entity) -> str:
    """Give the path of an entity's page."""
    return f"{entity.type.folder}/{entity.slug}.md"


def series_path(series: str) -> str:
    """Give the path of the page of a series."""
    return f"series/{slugify(series)}.md"


@dataclass(frozen=True, kw_only=True)
class Site:
    """An archive on its way to pages."""

    archive: Archive
    bodies: Mapping[str, BodyHtml]
    """The written text of each brief and entity, by the path of its file."""
    addresses: Addresses = field(default_factory=Addresses)
    name: str = ""
    description: str = ""
    with_entities: bool = True
    """Whether entities have pages."""
    with_dates: bool = True
    """Whether years, months and days have pages."""

    @cached_property
    def entity_paths(self) -> Mapping[str, str]:
        """The path of each entity's page, by slug; empty when entities have none."""
        if not self.with_entities:
            return {}
        return {slug: entity_path(entity) for slug, entity in self.archive.entities.items()}

    def render(self, template: str, path: str, **values: object) -> str:
        """Fill a template for the page at `path`."""
        return _environment().get_template(template).render(site=self, page=PageLinks(self, path), **values)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The way from one page to others."""

    site: Site
    path: str

    def to(self, target: str) -> str:
        """Give the relative address of the page at `target`."""
        return self.site.addresses.link(self.path, target)

    def entry(self, entry: Entry, fragment: str = "") -> str:
        """Give the relative address of a brief."""
        return self.site.addresses.link(self.path, entry.brief.path) + fragment

    def entity(self, slug: str) -> str:
        """Give the relative address of an entity's page."""
        return self.site.addresses.link(self.path, self.site.entity_paths[slug])


_CACHE: dict[str, Environment] = {}


def _environment() -> Environment:
    if "" not in _CACHE:
        environment = Environment(
            loader=PackageLoader("regesta.pages"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            undefined=StrictUndefined,
        )
        environment.globals |= {"count": count, "date_time": date_time, "date_words": date_words, "Markup": Markup}
        _CACHE[""] = environment
    return _CACHE[""]
