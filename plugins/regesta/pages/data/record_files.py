"""What stands beside a page as data: a record as JSON, an entity's mentions as a table."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from regesta.pages.data.rows import brief_row, entity_row
from regesta.pages.data.tables import BRIEFS, ENTITIES, MENTIONS
from regesta.pages.data.text import csv_lines
from regesta.pages.lazy_file import LazyFile
from regesta.pages.site import entity_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regesta.model.archive import Entry
    from regesta.model.entities import Entity
    from regesta.pages.data.sqlite import ArchiveDatabase
    from regesta.pages.site import Site

__all__ = [
    "MENTION_COLUMNS",
    "brief_files",
    "brief_json",
    "entity_files",
    "entity_json",
    "mentions_csv",
    "record_files",
]

MENTION_COLUMNS = (
    "date", "precision", "title", "address", "institute", "spelling", "sentence", "notes", "language", "brief",
)  # fmt: skip
"""What an entity's own table says: the columns of the table of all mentions, without what is the same in each row."""

_MENTION_COLUMNS = tuple(column for name in MENTION_COLUMNS for column in MENTIONS.columns if column.name == name)


def record_files(site: Site, database: ArchiveDatabase) -> Iterator[LazyFile]:
    """Give the files beside all pages of briefs and entities. Each is written when it is due."""
    for entry in site.archive.shown:
        yield LazyFile(json_path(site, entry.brief.path), lambda entry=entry: brief_json(site, entry))  # type: ignore[misc]
    for slug in site.entity_paths:
        entity = site.archive.entities[slug]
        path = json_path(site, entity_path(entity))
        yield LazyFile(path, lambda entity=entity: entity_json(site, entity))  # type: ignore[misc]
        yield LazyFile(mentions_path(entity), lambda entity=entity: mentions_csv(database, entity))  # type: ignore[misc]


def brief_files(site: Site, entry: Entry) -> list[tuple[str, str]]:
    """Give what a brief's page leads to: names, and paths in the site."""
    return [("JSON", json_path(site, entry.brief.path))] if site.records else []


def entity_files(site: Site, entity: Entity) -> list[tuple[str, str]]:
    """Give what an entity's page leads to: names, and paths in the site."""
    if not site.records:
        return []
    return [("mentions.csv", mentions_path(entity)), ("JSON", json_path(site, entity_path(entity)))]


def json_path(site: Site, path: str) -> str:
    """Give the path, in the site, of the record beside a page.

    `briefs/2020/a.md` has `briefs/2020/a/index.json`, or `briefs/2020/a.json` where pages are no folders.
    """
    stem = path.removesuffix(".md")
    return f"{stem}/index.json" if site.addresses.directory_urls else f"{stem}.json"


def mentions_path(entity: Entity) -> str:
    """Give the path, in the site, of an entity's table of mentions."""
    return f"{entity_path(entity).removesuffix('.md')}/mentions.csv"


def mentions_csv(database: ArchiveDatabase, entity: Entity) -> str:
    """Write every mention of an entity, one a row, in order of date."""
    return "".join(csv_lines(_MENTION_COLUMNS, database.mentions(entity.slug, MENTION_COLUMNS)))


def brief_json(site: Site, entry: Entry) -> str:
    """Write what the archive knows of a brief, its text apart: its row, whom it names, what it cites."""
    record = dict(zip(BRIEFS.names, brief_row(site, entry), strict=True))
    counts = Counter(mention.slug for mention in entry.mentions)
    known = [(slug, site.archive.entities[slug]) for slug in entry.slugs if slug in site.archive.entities]
    record_of = {
        "version": 1,
        **record,
        "entities": [
            {
                "entity": slug,
                "type": entity.type.value,
                "name": entity.name,
                "address": site.address(site.entity_paths[slug]) if slug in site.entity_paths else "",
                "mentions": counts[slug],
            }
            for slug, entity in known
        ],
        "cited_by": [cited.brief.path for cited in site.archive.cited_by.get(entry.brief.path, ())],
        "sources": [
            {"footnote": link.note, "url": link.url}
            if link.raw == link.url
            else {"footnote": link.note, "url": link.url, "raw": link.raw, "form": link.form.value}
            for link in entry.cited
        ],
    }
    return _written(record_of)


def entity_json(site: Site, entity: Entity) -> str:
    """Write what the archive knows of an entity, and which briefs name it how often."""
    record = dict(zip(ENTITIES.names, entity_row(site, entity), strict=True))
    mentioned = site.archive.mentioned.get(entity.slug, ())
    spellings = Counter(" ".join(mention.spelling.split()) for found in mentioned for mention in found.mentions)
    record_of = {
        "version": 1,
        **record,
        "mentions_csv": f"{site.web_root}{mentions_path(entity)}",
        "spellings": [{"spelling": name, "mentions": number} for name, number in sorted(spellings.items())],
        "named_in": [
            {
                "brief": found.entry.brief.path,
                "address": site.address(found.entry.brief.path),
                "title": found.entry.brief.title,
                "date": found.entry.brief.date.text if found.entry.brief.date else "",
                "institute": found.entry.brief.publisher,
                "mentions": len(found.mentions),
            }
            for found in mentioned
        ],
    }
    return _written(record_of)


def _written(record: Mapping[str, object]) -> str:
    return _encode(record) + "\n"


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
