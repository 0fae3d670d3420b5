"""Opens the records of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.sources import InvalidSource, SourceRecord, read_source_record
from regesta.reading.folder import SourceFile, Unreadable, list_suffix, read_own_text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["open_sources"]

_SUFFIXES = (".yml", ".yaml")


def open_sources(root: Path) -> tuple[tuple[SourceRecord, ...], tuple[Unreadable, ...]]:
    """Read `sources/*.yml`: the records, and the files that cannot be read. There may be none."""
    records: list[SourceRecord] = []
    unreadable: list[Unreadable] = []
    for file in list_suffix(root, "sources", _SUFFIXES, on_unreadable=unreadable.append):
        try:
            records.append(_record(file))
        except Unreadable as error:
            unreadable.append(error)
    return tuple(records), tuple(unreadable)


def _record(file: SourceFile) -> SourceRecord:
    try:
        return read_source_record(file.file.stem, read_own_text(file.file) or "")
    except InvalidSource as error:
        raise Unreadable(file.shown_path, str(error)) from error
