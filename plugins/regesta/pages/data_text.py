"""Tables as text: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING

from regesta.pages.data_rows import rows
from regesta.pages.data_tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regesta.pages.data_rows import Cell, Row
    from regesta.pages.data_tables import Table
    from regesta.pages.site import Site

__all__ = ["BOM", "archive_json", "csv_cell", "json_record", "table_csv", "write_csv"]

BOM = "\ufeff"
"""What tells Excel that a CSV file is UTF-8."""


def table_csv(site: Site, table: Table) -> str:
    """Write a table as CSV."""
    return write_csv(table.names, rows(site, table))


def write_csv(names: Sequence[str], made: Iterable[Row]) -> str:
    """Write CSV that spreadsheets open rightly: with a BOM, and without a cell that they would run."""
    out = StringIO()
    out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in made:
        writer.writerow([csv_cell(cell) for cell in row])
    return out.getvalue()


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_cell(cell: Cell) -> str | int:
    r"""Write a cell so that no spreadsheet runs it: what looks like a formula begins with an apostrophe.

    >>> csv_cell('=HYPERLINK("x")'), csv_cell(41), csv_cell(None), csv_cell(("@ada", "b"))
    ('\'=HYPERLINK("x")', 41, '', "'@ada; b")
    """
    if isinstance(cell, int):
        return cell
    shown = "" if cell is None else cell if isinstance(cell, str) else "; ".join(cell)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def archive_json(site: Site) -> str:
    """Write all tables as one JSON document, a record a line."""
    about = {"name": site.name, "description": site.description, "address": site.url}
    parts = [f'{{"version":1,"archive":{_json(about)}']
    for table in TABLES:
        names = table.names
        lines = ",\n".join(json_record(names, row) for row in rows(site, table))
        parts.append(f'"{table.name}":[\n{lines}\n]' if lines else f'"{table.name}":[]')
    return ",\n".join(parts) + "}\n"


def json_record(names: Sequence[str], row: Row) -> str:
    """Write one row as an object.

    >>> json_record(("title", "year", "authors"), ("Зерно", None, ("A",)))
    '{"title":"Зерно","year":null,"authors":["A"]}'
    """
    return _json(dict(zip(names, row, strict=True)))


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
