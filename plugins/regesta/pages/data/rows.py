"""The rows of the archive's tables, made one by one: no table need be in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from regesta.model.link_states import Cited
from regesta.pages.data.tables import BRIEFS, ENTITIES, LINKS, MENTIONS, Table
from regesta.pages.site import entity_path
from regesta.pages.writing.brief_links import copy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regesta.model.archive import Entry, Mentioned
    from regesta.model.cited_links import CitedLink
    from regesta.model.entities import Entity
    from regesta.pages.site import Site

__all__ = ["Cell", "Row", "brief_row", "entity_row", "mention_rows", "rows"]

Cell: TypeAlias = "str | int | tuple[str, ...] | None"
"""Text, a number or none, or a list of texts: as the column's kind says."""

Row: TypeAlias = tuple[Cell, ...]
"""A cell for each column of the table."""


def rows(site: Site, table: Table) -> Iterator[Row]:
    """Give the rows of a table, in the archive's order: the same whatever the order in which files were read."""
    return _MAKERS[table.name](site)


def brief_row(site: Site, entry: Entry) -> Row:
    """Give the row of a brief."""
    brief, date = entry.brief, entry.brief.date
    return (
        brief.path,
        site.address(brief.path),
        brief.title,
        date.text if date else "",
        _precision(entry),
        date.year if date else None,
        brief.date_basis.value,
        brief.date_note,
        brief.authors,
        brief.publisher,
        brief.series,
        brief.number,
        brief.language,
        brief.source_urls,
        brief.doi,
        brief.rights,
        brief.subjects,
        brief.summary,
        brief.updated.text if brief.updated else "",
        tuple(f"{note.date.text if note.date else 'undated'}: {note.note}" for note in brief.corrections),
        _paths(site, entry, brief.supersedes),
        _paths(site, entry, brief.superseded_by),
        _paths(site, entry, brief.translation_of),
        tuple(cited.brief.path for cited in site.archive.cites.get(brief.path, ())),
        entry.footnotes,
        entry.links,
        len(entry.mentions),
    )


def entity_row(site: Site, entity: Entity) -> Row:
    """Give the row of an entity."""
    mentioned = site.archive.mentioned.get(entity.slug, ())
    dates = [
        found.entry.brief.date.text for found in mentioned if found.entry.brief.date and found.entry.brief.date.year
    ]
    return (
        entity.slug,
        site.address(entity_path(entity)) if entity.slug in site.entity_paths else "",
        entity.type.value,
        tuple(kind.value for kind in entity.also),
        entity.name,
        entity.native_name,
        tuple(variant.name for variant in entity.shown_variants),
        entity.part_of if entity.part_of in site.archive.entities else "",
        tuple(f"{authority}:{identifier}" for authority, identifier in entity.same_as),
        len(mentioned),
        sum(len(found.mentions) for found in mentioned),
        dates[0] if dates else "",
        dates[-1] if dates else "",
    )


def mention_rows(site: Site, slug: str, mentioned: Iterable[Mentioned]) -> Iterator[Row]:
    """Give the rows of one entity's mentions."""
    for found in mentioned:
        entry, brief = found.entry, found.entry.brief
        address = site.address(brief.path)
        about = (slug, brief.date.text if brief.date else "", _precision(entry), brief.title)
        if not found.mentions:
            yield (*about, address, brief.publisher, "", "", (), brief.language, brief.path, None)
        for mention in found.mentions:
            number = mention.number if mention.linkable and not brief.site_markdown else None
            yield (
                *about,
                f"{address}#p-{number}" if number is not None else address,
                brief.publisher,
                " ".join(mention.spelling.split()),
                " ".join(mention.sentence.split()),
                entry.notes_of(mention),
                brief.language,
                brief.path,
                number,
            )


def _brief_rows(site: Site) -> Iterator[Row]:
    return (brief_row(site, entry) for entry in site.archive.shown)


def _entity_rows(site: Site) -> Iterator[Row]:
    return (entity_row(site, entity) for entity in site.archive.entities.values())


def _all_mention_rows(site: Site) -> Iterator[Row]:
    for slug, mentioned in site.archive.mentioned.items():
        yield from mention_rows(site, slug, mentioned)


def _link_rows(site: Site) -> Iterator[Row]:
    for entry in site.archive.shown:
        for link in entry.cited:
            yield (
                entry.brief.path,
                link.note or "",
                link.line,
                link.column,
                link.raw,
                link.url or "",
                link.form.value,
                link.reason,
                site.watch.sources.of(link.url).name if link.url is not None else "",
                *_known(site, entry, link),
            )


_NOTHING_KNOWN = ("", "", "", "")


def _known(site: Site, entry: Entry, link: CitedLink) -> tuple[str, str, str, str]:
    """Give what is on record of a link: verdict, since, checked, memento."""
    if not site.watch.is_kept:
        return _NOTHING_KNOWN
    state = site.state_by_url.get(link.url) if link.url is not None else site.state_by_raw.get(link.raw)
    if state is None:
        return _NOTHING_KNOWN
    copy = copy_of(state, Cited(entry.brief.path, entry.brief.title, entry.brief.date, link), site.watch)
    return (
        state.verdict.value,
        state.since.isoformat() if state.since else "",
        state.checked.isoformat() if state.checked else "",
        copy.address if copy else "",
    )


_MAKERS: dict[str, Callable[[Site], Iterator[Row]]] = {
    BRIEFS.name: _brief_rows,
    ENTITIES.name: _entity_rows,
    MENTIONS.name: _all_mention_rows,
    LINKS.name: _link_rows,
}


def _precision(entry: Entry) -> str:
    return entry.brief.date.precision.name.lower() if entry.brief.date else "none"


def _paths(site: Site, entry: Entry, named: tuple[str, ...]) -> tuple[str, ...]:
    """Give the briefs that a brief names by path, as all tables name them; what is not there stays as it is written."""
    found = [(path, site.archive.find(path, entry.brief.path)) for path in named]
    return tuple(other.brief.path if other else path for path, other in found)
