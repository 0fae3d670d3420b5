"""Tables as text: CSV for spreadsheets, JSON for programs. Both are written piece by piece."""

from __future__ import annotations

import csv
import json
from io import StringIO
from itertools import chain, islice
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from regesta.model.spreadsheets import inert_cell, may_be_formula
from regesta.pages.data.tables import TABLES, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from regesta.pages.data.sqlite import ArchiveDatabase, Stored
    from regesta.pages.data.tables import Column, Table
    from regesta.pages.site import Site

__all__ = ["BOM", "archive_json", "csv_lines", "json_line", "table_csv"]

BOM = "\ufeff"
"""What tells Excel that a CSV file is UTF-8."""

_AT_ONCE = 2000
"""Rows in one piece."""


def table_csv(database: ArchiveDatabase, table: Table) -> Iterator[bytes]:
    """Write a table as CSV."""
    return (lines.encode() for lines in csv_lines(table.columns, database.rows(table)))


def csv_lines(columns: Sequence[Column], rows: Iterable[Stored]) -> Iterator[str]:
    """Write CSV that spreadsheets open rightly: with a BOM, and without a cell that they would run."""
    out = StringIO(newline="")
    out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    lists = [index for index, column in enumerate(columns) if column.kind is Kind.LIST]
    waiting = iter(rows)
    while True:
        part = list(islice(waiting, _AT_ONCE))
        writer.writerows(_safe_row(row, lists) for row in part)
        yield out.getvalue()
        if len(part) < _AT_ONCE:
            return
        out.seek(0)
        out.truncate()


def _safe_row(row: Stored, lists: Sequence[int]) -> list[str | int | None]:
    cells = [inert_cell(cell) if type(cell) is str and may_be_formula(cell) else cell for cell in row]
    for index in lists:
        cells[index] = "" if row[index] == "[]" else inert_cell("; ".join(json.loads(str(row[index]))))
    return cells


def archive_json(site: Site, database: ArchiveDatabase) -> Iterator[bytes]:
    """Write all tables as one JSON document, a record a line."""
    about = {"name": site.name, "description": site.description, "address": site.web_root}
    yield f'{{"version":1,"archive":{json.dumps(about, ensure_ascii=False, separators=(",", ":"))}'.encode()
    for table in TABLES:
        write = json_line(table)
        lines = map(write, database.rows(table))
        yield f',\n"{table.name}":[\n{next(lines, "")}'.encode()
        while part := list(islice(lines, _AT_ONCE)):
            yield ",\n".join(chain(("",), part)).encode()
        yield b"\n]"
    yield b"}\n"


def json_line(table: Table) -> Callable[[Stored], str]:
    """Give what writes a row of a table as an object.

    The database holds text, numbers and JSON: an encoder that looks at each value would take three times as long.
    """
    fields = ",".join(f"{json.dumps(name)}:%s" for name in table.names)
    pattern = f"{{{fields}}}"
    writers = [_WRITERS[column.kind] for column in table.columns]
    return lambda row: pattern % tuple(write(cell) for write, cell in zip(writers, row, strict=True))


_WRITERS: dict[Kind, Callable[[str | int | None], str]] = {
    Kind.TEXT: lambda cell: encode_basestring(str(cell or "")),
    Kind.NUMBER: lambda cell: "null" if cell is None else str(cell),
    Kind.LIST: str,
}
