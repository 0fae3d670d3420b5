"""What a person says about a document: the command line's `--date`, and a row of a manifest."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from regesta.model.dates import ArchiveDate, DateBasis, InvalidDate, parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LIST_FIELDS", "BadManifest", "Given", "read_manifest"]

LIST_FIELDS = frozenset({"authors", "subjects", "source_url", "redirect_from"})
"""Fields that hold several values; a manifest parts them by `;`."""

_NESTED_FIELDS = frozenset({"original", "withdrawn", "corrections", "entities"})
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_DELIMITERS = ",;\t"


class BadManifest(ValueError):
    """A manifest that cannot be read. The message names the line, the fact and the way out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Metadata that a person gives; it overrules what the document says."""

    date: ArchiveDate | None = None
    basis: DateBasis = DateBasis.GIVEN
    fields: Mapping[str, str | list[str]] = field(default_factory=dict)
    """Front-matter fields except the date, as text."""

    def or_else(self, fields: Mapping[str, str]) -> Given:
        """Add fields that are given for all documents; what is given for this one comes first."""
        return replace(self, fields={**fields, **self.fields})


def read_manifest(text: str, *, date: ArchiveDate | None = None) -> dict[str, Given]:
    r"""Read a table with the column `file` and columns named as in front matter; `date` is for rows without one.

    >>> rows = read_manifest("file,title,authors\na.txt,Water,Ada Example; Ben Sample\n")
    >>> rows["a.txt"].fields["authors"]
    ['Ada Example', 'Ben Sample']
    """
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        _check_header(header)
        out: dict[str, Given] = {}
        for row in rows:
            _read_row(header, row, rows.line_num, date, out)
    except csv.Error as error:
        raise BadManifest(f"line {rows.line_num}: no CSV ({error}). Save the table as CSV in UTF-8.") from error
    return out


def _check_header(header: list[str]) -> None:
    if "file" not in header:
        raise BadManifest(f"line 1: no column 'file' among {header!r}. Add it; its cells name the documents.")
    for name in header:
        if header.count(name) > 1:
            raise BadManifest(f"line 1: two columns {name!r}. Take one out.")
        if name in _NESTED_FIELDS or not _FIELD_NAME.fullmatch(name):
            raise BadManifest(f"line 1: no column can be {name!r}. Name it like a field of the front matter.")


def _read_row(header: list[str], row: list[str], line: int, date: ArchiveDate | None, out: dict[str, Given]) -> None:
    if not any(cell.strip() for cell in row):
        return
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        raise BadManifest(f"line {line}: {len(row)} cells under {len(header)} columns. Quote cells that hold commas.")
    cells = {name: cell.strip() for name, cell in zip(header, row, strict=False) if cell.strip()}
    file = cells.pop("file", "")
    if not file:
        raise BadManifest(f"line {line}: the cell 'file' is empty. Name the document.")
    if file in out:
        raise BadManifest(f"line {line}: {file!r} stands here a second time. Take one out.")
    out[file] = _given(cells, line, date)


def _given(cells: dict[str, str], line: int, date: ArchiveDate | None) -> Given:
    written, basis = cells.pop("date", None), cells.pop("date_basis", "given")
    try:
        return Given(
            date=parse_date(written) if written else date,
            basis=DateBasis(basis),
            fields={name: _typed(name, cell) for name, cell in cells.items()},
        )
    except InvalidDate as error:
        raise BadManifest(f"line {line}: {error} Write it like 2020-09-14, 2020-09 or 2020.") from error
    except ValueError as error:
        raise BadManifest(f"line {line}: no date_basis: {basis!r}. Write stated, inferred or given.") from error


def _typed(name: str, cell: str) -> str | list[str]:
    if name in LIST_FIELDS:
        return [part.strip() for part in cell.split(";") if part.strip()]
    return cell
