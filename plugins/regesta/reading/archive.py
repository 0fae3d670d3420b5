"""Reads a whole archive, file by file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regesta.model.archive import Archive, Entry, read_entry
from regesta.model.briefs import Document, read_document
from regesta.model.entities import Entity, read_entity
from regesta.model.mentions import Names
from regesta.reading.folder import ArchiveFolder, SourceFile, Unreadable, not_utf8, read_file

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ReadArchive", "read_archive", "read_source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArchive:
    """An archive, and what could not be read of it."""

    archive: Archive
    unreadable: tuple[Unreadable, ...]


def read_archive(
    folder: ArchiveFolder,
    *,
    on_entity: Callable[[Document, Entity], None] = lambda _document, _entity: None,
    on_brief: Callable[[Document, Entry], None] = lambda _document, _entry: None,
) -> ReadArchive:
    """Read entities, then briefs. Documents, with all their positions, are handed to the callbacks and let go."""
    unreadable: list[Unreadable] = []
    entities: list[Entity] = []
    for file in folder.entities:
        if document := _document(file, unreadable):
            entity = read_entity(document)
            if not entity.is_draft:
                entities.append(entity)
            on_entity(document, entity)
    names = Names(entities)
    entries: list[Entry] = []
    for file in folder.briefs:
        if document := _document(file, unreadable):
            entry = read_entry(document, names)
            entries.append(entry)
            on_brief(document, entry)
    return ReadArchive(archive=Archive.of(entries, entities), unreadable=tuple(unreadable))


def read_source(file: SourceFile, *, site_markdown: bool = False) -> Document:
    """Read one Markdown file; raise `Unreadable`. With `site_markdown` it is no brief but a page of any site."""
    source = read_file(file)
    try:
        return read_document(file.path, source, shown_path=file.shown_path, site_markdown=site_markdown)
    except UnicodeDecodeError as error:
        raise Unreadable(file.shown_path, not_utf8(error)) from error


def _document(file: SourceFile, unreadable: list[Unreadable]) -> Document | None:
    try:
        return read_source(file)
    except Unreadable as error:
        unreadable.append(error)
        return None
