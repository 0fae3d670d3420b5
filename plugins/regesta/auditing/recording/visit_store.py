"""The file of visits: made, brought up to date, and put aside where it cannot be ours."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from regesta.reading.whole_files import make_own_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Store", "VisitsUnusable", "open_store", "unusable"]

_OURS = 0x52474553
"""`RGES`: SQLite keeps a number for the program whose file it is."""

STEPS = (
    """
    CREATE TABLE address (id INTEGER PRIMARY KEY, url TEXT NOT NULL);
    CREATE TABLE run (id INTEGER PRIMARY KEY, started INTEGER NOT NULL, vantage TEXT NOT NULL,
        first INTEGER NOT NULL, ended INTEGER, outcome TEXT);
    CREATE TABLE visit (address INTEGER PRIMARY KEY, run INTEGER NOT NULL, at INTEGER NOT NULL, etag TEXT NOT NULL,
        modified TEXT NOT NULL, digest TEXT NOT NULL);
    CREATE TABLE observation (run INTEGER NOT NULL, address INTEGER NOT NULL, at TEXT NOT NULL, vantage TEXT NOT NULL,
        says TEXT NOT NULL, status INTEGER NOT NULL, final_url TEXT NOT NULL, failure TEXT, reason TEXT NOT NULL);
    CREATE INDEX observed ON observation (at);
    CREATE TABLE question (address INTEGER NOT NULL, day TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL,
        PRIMARY KEY (address, day)) WITHOUT ROWID;
    """,
)
"""What makes each version of the file of the one before it. Steps are added, never changed."""


class VisitsUnusable(Exception):
    """The file of visits cannot be made, read or written here. The message says why and what to do."""


class Store(NamedTuple):
    """The file, opened."""

    database: sqlite3.Connection
    notice: str
    """What there is to say about it: that a damaged one was put aside."""


def open_store(file: Path, load: Callable[[sqlite3.Connection], None], *, timeout: float = 5) -> Store:
    """Open the file, or make it, and read it with `load`; raise `VisitsUnusable`.

    What is damaged, or somebody else's, is renamed and kept: to lose it costs visits, not verdicts.
    """
    try:
        make_own_folder(file.parent)
    except OSError as error:
        raise unusable(file, error.strerror or str(error)) from error
    if file.is_symlink():
        raise VisitsUnusable(f"{file}: is a symbolic link. Put the file itself there, or delete the link.")
    try:
        return Store(_open(file, load, timeout), "")
    except sqlite3.OperationalError as error:
        raise unusable(file, str(error)) from error
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        aside = _put_aside(file)
        why = "is not an audit's" if isinstance(error, _Foreign) else f"is damaged ({error})"
    try:
        notice = f"{file}: {why}. It is now called {aside.name!r}, and all addresses are visited anew."
        return Store(_open(file, load, timeout), notice)
    except sqlite3.Error as error:
        raise unusable(file, str(error)) from error


def unusable(file: Path, why: str) -> VisitsUnusable:
    """Say that the file cannot be used, and what to do."""
    return VisitsUnusable(
        f"{file}: cannot be used ({why}). An audit keeps its visits there: see that the folder can be written and "
        "the disk has room."
    )


class _Foreign(sqlite3.DatabaseError):
    """A sound file that somebody else has made."""


def _open(file: Path, load: Callable[[sqlite3.Connection], None], timeout: float) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=timeout, check_same_thread=False, isolation_level=None)
    try:
        # Whoever plants a file plants no views or triggers that do more than they may.
        database.execute("PRAGMA trusted_schema = OFF")
        _bring_up_to_date(database, file)
        database.execute("PRAGMA journal_mode = WAL")
        # In this mode a process that is killed loses nothing; a machine that is, its last moments at most.
        database.execute("PRAGMA synchronous = NORMAL")
        load(database)
    except BaseException:
        database.close()
        raise
    return database


def _bring_up_to_date(database: sqlite3.Connection, file: Path) -> None:
    (owner,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    tables = _tables(database)
    if owner != _OURS and (owner or version or tables):
        raise _Foreign("another program's")
    if version > len(STEPS):
        raise VisitsUnusable(
            f"{file}: a newer Regesta has written it (version {version}). Install that one, or delete the file: "
            "all addresses are then visited anew."
        )
    if owner == _OURS and tables != _wanted(version):
        raise _Foreign("its tables are not ours")
    for number, step in enumerate(STEPS[version:], version + 1):
        database.executescript(
            f"BEGIN IMMEDIATE; {step}; PRAGMA application_id = {_OURS}; PRAGMA user_version = {number}; COMMIT;"
        )


def _tables(database: sqlite3.Connection) -> set[tuple[str, str]]:
    """Give all that the file defines; tables that SQLite keeps for itself aside."""
    return {
        (name, " ".join(str(sql).split()))
        for name, sql in database.execute(
            "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        )
    }


def _wanted(version: int) -> set[tuple[str, str]]:
    """Give what a file of a version defines, by making one."""
    model = sqlite3.connect(":memory:")
    try:
        for step in STEPS[:version]:
            model.executescript(step)
        return _tables(model)
    finally:
        model.close()


def _put_aside(file: Path) -> Path:
    number = 1
    while (aside := file.with_name(f"{file.name}.damaged-{number}")).exists():
        number += 1
    try:
        file.rename(aside)
        for suffix in ("-wal", "-shm"):  # the new file would take them for its own
            with suppress(FileNotFoundError):
                file.with_name(file.name + suffix).rename(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise unusable(file, f"damaged, and cannot be renamed: {error.strerror or error}") from error
    return aside
