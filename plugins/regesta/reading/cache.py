"""A store of what was made of files before, by the files' state. Losing it costs time and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from regesta.reading.whole_files import make_own_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Cache", "file_state"]


class Cache:
    """Texts by key, in one SQLite file. Whatever goes wrong with the file, it is an empty cache."""

    def __init__(self, file: Path) -> None:
        """Load what is there. The file need not exist."""
        self._file = file
        self._held: dict[str, str] = {}
        self._used: dict[str, str] = {}
        if file.is_file() and not (file.is_symlink() or file.parent.is_symlink()):
            try:
                with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
                    self._held.update(database.execute("SELECT key, value FROM kept"))
            except (sqlite3.Error, ValueError, TypeError):
                self._held.clear()

    def get(self, key: str) -> str | None:
        """Give what was kept under a key."""
        key = _storable(key)
        value = self._held.get(key)
        if value is not None:
            self._used[key] = value
        return value

    def put(self, key: str, value: str) -> None:
        """Keep a text under a key."""
        self._used[_storable(key)] = _storable(value)

    def save(self) -> None:
        """Keep what was asked for or put since the start, and forget the rest. A failure is not worth a word."""
        if self._used == self._held:
            return
        try:
            make_own_folder(self._file.parent)
            if self._file.is_symlink():
                return
            with closing(sqlite3.connect(self._file, timeout=1)) as database, database:
                database.execute("PRAGMA synchronous = OFF")
                # What was withdrawn must not stay on the pages of the file that SQLite keeps for later.
                database.execute("PRAGMA secure_delete = ON")
                database.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
                gone = self._held.keys() - self._used.keys()
                database.executemany("DELETE FROM kept WHERE key = ?", ((key,) for key in gone))
                new = ((key, value) for key, value in self._used.items() if self._held.get(key) != value)
                database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", new)
        except (sqlite3.Error, OSError):
            self._forget()

    def _forget(self) -> None:
        with suppress(OSError):
            if not self._file.parent.is_symlink():
                self._file.unlink(missing_ok=True)


def _storable(text: str) -> str:
    """Give a text that SQLite can hold: a name of a file may be no UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode()


def file_state(file: Path) -> str | None:
    """Give what tells one state of a file from another without reading it: its size, its time and its number."""
    try:
        found = file.stat()
    except OSError:
        return None
    return f"{found.st_size}.{found.st_mtime_ns}.{found.st_ctime_ns}.{found.st_ino}"
