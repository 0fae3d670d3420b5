"""The archive as one SQLite database: the same archive gives the same bytes.

The other formats are read out of it. So each row is made once, and an archive that is too much for memory lies in a
file that SQLite keeps for itself.
"""

from __future__ import annotations

import json
import sqlite3
from functools import cached_property
from typing import TYPE_CHECKING, Any

from regesta.pages.data.rows import rows
from regesta.pages.data.tables import MENTIONS, TABLES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.pages.data.rows import Row
    from regesta.pages.data.tables import Table
    from regesta.pages.site import Site

__all__ = ["ArchiveDatabase", "Stored"]

Stored = tuple[str | int | None, ...]
"""A row as it lies in the database: a list is JSON."""

PAGE_SIZE = 4096
"""SQLite's own default, written down so that no build of SQLite decides it."""

_CACHE_KB = 65536


class ArchiveDatabase:
    """All tables, filled when somebody first asks."""

    def __init__(self, site: Site) -> None:
        """Take the archive."""
        self._site = site

    def rows(self, table: Table) -> Iterator[Stored]:
        """Give the rows of a table, in the archive's order."""
        yield from self._filled.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')  # noqa: S608 - our own names

    def mentions(self, slug: str, columns: Sequence[str]) -> Iterator[Stored]:
        """Give some columns of one entity's mentions, in the archive's order."""
        chosen = ", ".join(f'"{name}"' for name in columns)
        query = f'SELECT {chosen} FROM "{MENTIONS.name}" WHERE entity = ? ORDER BY rowid'  # noqa: S608 - our own names
        yield from self._filled.execute(query, (slug,))

    def pieces(self) -> Iterator[bytes]:
        """Give the bytes of the database.

        SQLite counts no changes of a database without a name, and writes no version of itself into its header: another
        SQLite gives the same bytes.
        """
        written = memoryview(self._filled.serialize())
        for at in range(0, len(written), _PIECE):
            yield bytes(written[at : at + _PIECE])

    @cached_property
    def _filled(self) -> sqlite3.Connection:
        # A database without a name lies in memory, and in a file of its own as far as it outgrows its cache.
        database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        database.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        database.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("BEGIN")
        for table in TABLES:
            database.execute(_create(table))
            marks = ", ".join("?" * len(table.columns))
            insert = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608 - our own names
            database.executemany(insert, _stored(self._site, table))
            for column, _, _ in table.leads_to:
                database.execute(f'CREATE INDEX "{table.name}_{column}" ON "{table.name}" ("{column}")')
        database.execute("COMMIT")
        # Only what is said is kept, in the order in which it was said.
        database.execute("VACUUM")
        return database


_PIECE = 1 << 20


def _create(table: Table) -> str:
    lines = [
        f'  "{column.name}" {"INTEGER" if column.kind is Kind.NUMBER else "TEXT"}'
        f"{' PRIMARY KEY' if table.key == (column.name,) else ''}"
        for column in table.columns
    ]
    lines += [f'  FOREIGN KEY ("{column}") REFERENCES "{other}" ("{its}")' for column, other, its in table.leads_to]
    body = ",\n".join(lines)
    return f'CREATE TABLE "{table.name}" (\n{body}\n)'


def _stored(site: Site, table: Table) -> Iterator[Stored]:
    lists = [index for index, column in enumerate(table.columns) if column.kind is Kind.LIST]
    leading = [table.names.index(column) for column, _, _ in table.leads_to]
    return (_row(row, lists, leading) for row in rows(site, table))


def _row(row: Row, lists: Sequence[int], leading: Sequence[int]) -> Stored:
    """Write lists as JSON, and what leads nowhere as nothing."""
    cells: list[Any] = list(row)
    for index in lists:
        cells[index] = json.dumps(cells[index], ensure_ascii=False, separators=(",", ":")) if cells[index] else "[]"
    for index in leading:
        cells[index] = cells[index] or None
    return tuple(cells)
