"""The archive as one SQLite database: the same rows give the same bytes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from regesta.pages.data_rows import rows
from regesta.pages.data_tables import TABLES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.pages.data_rows import Row
    from regesta.pages.data_tables import Table
    from regesta.pages.site import Site

__all__ = ["archive_sqlite"]

PAGE_SIZE = 4096
"""SQLite's own default, written down so that no build of SQLite decides it."""


def archive_sqlite(site: Site) -> bytes:
    """Write all tables into a database, made in memory.

    Lists are JSON, which Datasette shows as lists and counts as facets.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        database.execute("BEGIN")
        for table in TABLES:
            database.execute(_create(table))
            marks = ", ".join("?" * len(table.columns))
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', _cells(site, table))  # noqa: S608 - our own names
            for column, _, _ in table.leads_to:
                database.execute(f'CREATE INDEX "{table.name}_{column}" ON "{table.name}" ("{column}")')
        database.execute("COMMIT")
        # Only what is said is kept, in the order in which it was said.
        database.execute("VACUUM")
        return _without_version(database.serialize())


def _create(table: Table) -> str:
    lines = [
        f'  "{column.name}" {"INTEGER" if column.kind is Kind.NUMBER else "TEXT"}'
        f"{' PRIMARY KEY' if table.key == (column.name,) else ''}"
        for column in table.columns
    ]
    lines += [f'  FOREIGN KEY ("{column}") REFERENCES "{other}" ("{its}")' for column, other, its in table.leads_to]
    body = ",\n".join(lines)
    return f'CREATE TABLE "{table.name}" (\n{body}\n)'


def _cells(site: Site, table: Table) -> Iterator[Row]:
    lists = [index for index, column in enumerate(table.columns) if column.kind is Kind.LIST]
    leading = [table.names.index(column) for column, _, _ in table.leads_to]
    for row in rows(site, table):
        cells = list(row)
        for index in lists:
            cells[index] = json.dumps(cells[index], ensure_ascii=False) if cells[index] else "[]"
        for index in leading:
            cells[index] = cells[index] or None
        yield tuple(cells)


_VERSION_AT = 96
"""Where the header of a database names the version of SQLite that wrote it: four bytes, for information only."""


def _without_version(database: bytes) -> bytes:
    """Name no version, so that another SQLite gives the same bytes."""
    return database[:_VERSION_AT] + bytes(4) + database[_VERSION_AT + 4 :]
