"""What every page may ask for: the archive, its addresses, and how the site is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from regesta.model.entities import EntityType
from regesta.model.slugs import distinct_slugs
from regesta.model.watch import Watch
from regesta.pages.addresses import Addresses, split_fragment
from regesta.pages.languages.foreign_words import script_lang
from regesta.pages.languages.language import ENGLISH, Language
from regesta.pages.languages.words import date_time
from regesta.pages.links.verdict_chips import chip
from regesta.pages.references.formats import REFERENCE_FORMATS
from regesta.pages.references.references import institutes, read_reference, reference_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from regesta.model.archive import Archive, Entry
    from regesta.model.briefs import Brief
    from regesta.model.entities import Entity
    from regesta.model.link_states import LinkState
    from regesta.model.own_fields import OwnField
    from regesta.model.slugs import Slug
    from regesta.model.sources import Source
    from regesta.model.urls import Url
    from regesta.pages.feeds.feeds import Feed
    from regesta.pages.references.formats import ReferenceFormat
    from regesta.pages.references.references import Reference
    from regesta.pages.writing.body_writer import BodyHtml

__all__ = ["PageSizes", "Site", "entity_path", "source_path"]


def entity_path(entity: Entity) -> str:
    """Give the path of an entity's page."""
    return f"{entity.type.folder}/{entity.slug}.md"


def source_path(source: Source) -> str:
    """Give the path of a source's page."""
    return f"sources/{source.slug}.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSizes:
    """How much stands on one page before it is divided."""

    latest: int = 5
    """Briefs on the home page."""
    briefs: int = 500
    """Briefs in the list of all. A larger archive lists its latest there and the others by year."""
    mentions: int = 400
    """Mentions of an entity. One with more has a page a year."""
    links: int = 25
    """Links in each queue of the page on the health of links; the data files have all."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """An archive on its way to pages."""

    archive: Archive
    bodies: Mapping[str, BodyHtml]
    """The written text of each brief and entity, by the path of its file."""
    addresses: Addresses = field(default_factory=Addresses)
    language: Language = ENGLISH
    """The language of everything that is not the archive's own words."""
    name: str = ""
    description: str = ""
    site_url: str = ""
    """Where the site lies on the web, as it is set; empty when that is not said."""
    with_entities: bool = True
    """Whether entities have pages."""
    entity_types: tuple[EntityType, ...] = tuple(EntityType)
    """The types of entities that have pages, if any has."""
    with_dates: bool = True
    """Whether years, months and days have pages."""
    with_sources: bool = False
    """Whether sources have pages."""
    with_score: bool = True
    """Whether a brief says how many of its links can be verified."""
    own_fields: tuple[OwnField, ...] = ()
    """Fields of briefs that the archive has declared."""
    sizes: PageSizes = field(default_factory=PageSizes)
    """How much stands on one page."""
    feed_size: int = 0
    """How many briefs a feed has at most; 0 when the site has no feeds."""
    records: bool = False
    """Whether briefs and entities have their data beside their pages."""
    data_page: bool = False
    """Whether a page leads to the archive as data."""
    reference_formats: tuple[ReferenceFormat, ...] = tuple(REFERENCE_FORMATS.values())
    """The formats in which each brief and each list of briefs can be taken away."""
    source: str = ""
    """The archive's folder, as data files name it: `briefs_src/`."""
    watch: Watch = field(default_factory=Watch)
    """What is known of the life of links."""
    edit_address: Callable[[str], str | None] = lambda _path: None
    """Gives where a file of the archive can be edited on the web, if anywhere."""

    @property
    def called(self) -> str:
        """What the site is called within a sentence."""
        return self.name or self.language.say("the archive")

    @cached_property
    def entity_paths(self) -> Mapping[str, str]:
        """The path of each entity's page, by slug; empty when entities have none."""
        if not self.with_entities:
            return {}
        return {
            slug: entity_path(entity)
            for slug, entity in self.archive.entities.items()
            if entity.type in self.entity_types
        }

    @cached_property
    def series_paths(self) -> Mapping[str, str]:
        """The path of the page of each series, by its name. Two that have one slug have two pages."""
        return {name: f"series/{slug}.md" for name, slug in self._slugs(lambda brief: (brief.series,)).items()}

    @cached_property
    def subject_paths(self) -> Mapping[str, str]:
        """The path of the page of each subject, by its name, likewise."""
        return {name: f"subjects/{slug}.md" for name, slug in self._slugs(lambda brief: brief.subjects).items()}

    @cached_property
    def institute_slugs(self) -> Mapping[str, Slug]:
        """The slug of each institute, by its name, likewise."""
        return self._slugs(lambda brief: (brief.publisher,))

    def _slugs(self, names: Callable[[Brief], Iterable[str]]) -> Mapping[str, Slug]:
        """Give names their slugs in the order in which they came up, so that a later brief moves no address.

        Undated briefs count as the latest. Those that were withdrawn count, or to withdraw one would move addresses.
        """
        briefs = [entry.brief for entry in self.archive.entries]
        briefs.sort(key=lambda brief: brief.date is None or brief.date.year is None)
        return distinct_slugs(name for brief in briefs for name in names(brief))

    @cached_property
    def shown_entities(self) -> tuple[Entity, ...]:
        """The entities that have pages."""
        return tuple(self.archive.entities[slug] for slug in self.entity_paths)

    @cached_property
    def references(self) -> Mapping[str, Reference]:
        """Each brief that is shown as others cite it, by path, in order of date."""
        keys = reference_keys(self.archive.entries)
        names = institutes(self.archive)
        return {
            entry.brief.path: read_reference(
                entry.brief, key=keys[entry.brief.path], address=self.absolute(entry.brief.path), institutes=names
            )
            for entry in self.archive.shown
        }

    def absolute(self, path: str) -> str:
        """Give the lasting address of a page, with its `#fragment` if it has one; nothing without `site_url`."""
        if not self.site_url:
            return ""
        path, mark, fragment = split_fragment(path)
        return f"{self.site_url.rstrip('/')}/{self.addresses.url(path)}{mark}{fragment}"

    @cached_property
    def states(self) -> tuple[LinkState, ...]:
        """The state of each address that a brief cites."""
        return self.watch.states(self.archive.shown)

    @cached_property
    def state_by_url(self) -> Mapping[Url, LinkState]:
        """The same, by address."""
        return {state.url: state for state in self.states if state.url is not None}

    @cached_property
    def state_by_raw(self) -> Mapping[str, LinkState]:
        """The states of what means no certain address, by what is written."""
        return {state.written: state for state in self.states if state.url is None}

    @cached_property
    def feeds(self) -> Mapping[str, Feed]:
        """The feeds of the site, by the path of the page they belong to; the whole site's belongs to the home page."""
        from regesta.pages.feeds.feeds import find_feeds  # noqa: PLC0415 - feeds are made from sites

        # An entry is found by its whole address: without one there are no feeds.
        return find_feeds(self, self.feed_size) if self.feed_size and self.site_url else {}

    def address(self, path: str) -> str:
        """Give the lasting address of a page; without `site_url`, that from the top of the site."""
        return self.web_root + self.addresses.url(path)

    @property
    def web_root(self) -> str:
        """Where the site lies on the web, with its last slash; empty when that is not said."""
        return f"{self.site_url.rstrip('/')}/" if self.site_url else ""

    def render(self, template: str, path: str, **values: object) -> str:
        """Fill a template for the page at `path`."""
        return (
            _environment(self.language).get_template(template).render(site=self, page=PageLinks(self, path), **values)
        )


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

    def file(self, path: str) -> str:
        """Give the relative address of a file of the site that is no page, by its path in the site."""
        return self.site.addresses.link(self.path, path)

    def source(self, source: Source) -> str:
        """Give the relative address of a source's page."""
        return self.site.addresses.link(self.path, source_path(source))

    def entity(self, slug: str) -> str:
        """Give the relative address of an entity's page."""
        return self.site.addresses.link(self.path, self.site.entity_paths[slug])


@lru_cache(maxsize=8)
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader("regesta.pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        undefined=StrictUndefined,
    )
    # Globals, not values of a template: macros have them too.
    environment.globals |= {
        "say": language.say,
        "say_n": language.say_n,
        "say_in": language.say_in,
        "say_n_in": language.say_n_in,
        "say_html": language.say_html,
        "say_n_html": language.say_n_html,
        "number": language.number,
        "percent": language.percent,
        "date_words": language.date_words,
        "date_time": partial(date_time, language=language),
        "foreign": language.foreign,
        "Markup": Markup,
        "chip": partial(chip, language=language),
        "script_lang": script_lang,
    }
    return environment
