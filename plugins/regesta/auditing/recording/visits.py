"""When each address was visited and what was seen, kept as it comes, so that no visit is made twice."""

from __future__ import annotations

import json
import sqlite3
import threading
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeAlias

from regesta.auditing.recording.visit_store import VisitsUnusable, open_store, unusable
from regesta.model.urls import Url
from regesta.model.verdicts import Failure, Observation, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

__all__ = ["VISITS", "Outcome", "Question", "Visit", "Visits", "VisitsUnusable", "asked_address"]

VISITS = ".regesta/visits.sqlite"
"""Beside mkdocs.yml; never committed."""

_LARGEST_BATCH, _LONGEST_WAIT = 500, 0.5
"""Rows, and seconds, after which what has come is written."""

_Row: TypeAlias = tuple[object, ...]


class Outcome(StrEnum):
    """How a run ended. One that was killed has no outcome: the next takes its observations up."""

    DONE = "done"
    OUTAGE = "outage"
    """The network was down: what the run saw counts for nothing."""


class Visit(NamedTuple):
    """The last visit to an address."""

    at: int
    """Seconds since 1970, in UTC."""
    etag: str = ""
    """What the server calls this state of the page; empty where it does not say."""
    last_modified: str = ""
    """As the server wrote it."""
    digest: str = ""
    """Of the body."""


class Question(NamedTuple):
    """That an archive was asked for a copy."""

    at: int
    """Seconds since 1970, in UTC."""
    state: str
    """What came of it, as the asker calls it."""


def asked_address(url: Url) -> Url:
    """Give the address that is asked for: a fragment is no part of it.

    >>> asked_address(Url("https://a.example/b#c"))
    'https://a.example/b'
    """
    return Url(url.partition("#")[0])


class Visits:
    """The file of visits, for the one run that holds the audit's lock. What comes is written every half second."""

    def __init__(self, file: Path, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Open the file; raise `VisitsUnusable`."""
        self._file, self._clock = file, clock
        self._ids: dict[str, int] = {}
        self._next_id = 1
        self._last: dict[str, tuple[int, str, str, str]] = {}
        self._questions: dict[tuple[str, str], Question] = {}
        self._database, self.notice = open_store(file, self._load)
        self._run = 0
        self._waiting: dict[str, list[_Row]] = {statement: [] for statement in _STATEMENTS}
        self._wakes = threading.Condition(threading.RLock())
        self._count = 0
        self._error: VisitsUnusable | None = None
        self._is_closed = False
        threading.Thread(target=self._write_in_time, name="visits", daemon=True).start()

    def _load(self, database: sqlite3.Connection) -> None:
        self._ids, self._last, self._questions = {}, {}, {}
        urls: dict[int, str] = dict(database.execute("SELECT id, url FROM address"))
        self._ids = {url: number for number, url in urls.items()}
        self._next_id = max(urls, default=0) + 1
        for number, at, etag, modified, digest in database.execute(
            "SELECT address, at, etag, modified, digest FROM visit"
        ):
            self._last[urls[number]] = (int(at), etag, modified, digest)
        for number, day, at, state in database.execute("SELECT address, day, at, state FROM question"):
            self._questions[urls[number], day] = Question(int(at), state)

    # What is known.

    def last(self, url: Url) -> Visit | None:
        """Give the last visit to an address; a fragment does not matter."""
        found = self._last.get(asked_address(url))
        return Visit(found[0], *map(_header, found[1:])) if found else None

    def last_at(self, url: Url) -> int | None:
        """Give when that was."""
        found = self._last.get(url) or ("#" in url and self._last.get(asked_address(url)))
        return found[0] if found else None

    def question(self, url: Url, day: str) -> Question | None:
        """Give when an archive was last asked for the copy nearest a day, and what came of it."""
        return self._questions.get((url, day))

    def history(self, url: Url) -> list[Observation]:
        """Give all observations of an address that count, in the order in which they came."""
        return [observation for _, observation in self._observations(_HISTORY, self._ids.get(url))]

    def since(self, day: date, urls: Iterable[Url]) -> dict[Url, list[Observation]]:
        """Give the observations of some addresses that count, from a day on, in the order in which they came."""
        numbers = [number for url in urls if (number := self._ids.get(url)) is not None]
        found: dict[Url, list[Observation]] = {}
        if numbers:
            for url, observation in self._observations(_SINCE, day.isoformat(), json.dumps(numbers)):
                found.setdefault(url, []).append(observation)
        return found

    def left_over(self) -> list[tuple[Url, Observation]]:
        """Give what runs have seen that were cut off, in the order in which it came.

        Weigh it before anything else. It is given again until a run has been finished as done.
        """
        (first,) = self._rows("SELECT min(first) FROM run WHERE outcome IS NULL")[0]
        return list(self._observations(_LEFT_OVER, self._run, first))

    def outages(self) -> list[date]:
        """Give the days of the runs since the last that was done, of those that found the network down."""
        days = {datetime.fromtimestamp(int(started), UTC).date() for (started,) in self._rows(_OUTAGES)}
        return sorted(days)

    def forget_left_over(self) -> None:
        """Count what runs have seen that were cut off for nothing: their addresses are as if not visited."""
        self._change(
            ("DELETE FROM visit WHERE run IN (SELECT id FROM run WHERE outcome IS NULL AND id <> ?)", (self._run,)),
            (
                "UPDATE run SET outcome = 'outage', ended = ? WHERE outcome IS NULL AND id <> ?",
                (self._now(), self._run),
            ),
        )

    def take_back(self, urls: Iterable[Url]) -> None:
        """Count what runs that are not finished have seen of some addresses for nothing: they are as if not visited."""
        addresses = {asked_address(url) for url in urls}
        numbers = json.dumps([number for url, number in self._ids.items() if asked_address(Url(url)) in addresses])
        self._change((_TAKE_BACK_SEEN, (numbers,)), (_TAKE_BACK_VISIT, (numbers,)))

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._wakes:
            self.flush()
            try:
                return self._database.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                raise unusable(self._file, str(error)) from error

    def _observations(self, statement: str, *values: object) -> Iterator[tuple[Url, Observation]]:
        rows = self._rows(statement, *values)
        for url, at, vantage, says, status, final_url, failure, reason in rows:
            try:
                kind = Failure(failure) if failure else None
                observed = Observation(
                    date.fromisoformat(at), vantage, Verdict(says), int(status), final_url, kind, reason
                )
            except (ValueError, TypeError):
                continue  # from another version, or another hand
            yield Url(url), observed

    # What happens.

    def start(self, vantage: str = "") -> None:
        """Begin a run. What is seen from now on is its own."""
        with self._wakes:
            self._raise()
            try:
                self._run = self._database.execute(_START, (self._now(), vantage)).lastrowid or 0
            except sqlite3.Error as error:
                raise unusable(self._file, str(error)) from error

    def observe(self, url: Url, observation: Observation) -> None:
        """Keep what was seen of an address; raise `VisitsUnusable` once it can no longer be written."""
        at, vantage, says, status, final_url, failure, reason = observation
        with self._wakes:
            number = self._ids.get(url) or self._new_id(url)
            self._put(
                _OBSERVE, (self._run, number, at.isoformat(), vantage, says.value, status, final_url, failure, reason)
            )

    def visited(self, url: Url, *, etag: str = "", last_modified: str = "", digest: str = "") -> None:
        """Keep that an address was asked for just now, and what tells whether its page has changed."""
        address = asked_address(url)
        etag, last_modified = _header(etag), _header(last_modified)
        with self._wakes:
            number = self._ids.get(address) or self._new_id(address)
            at = self._now()
            self._last[address] = (at, etag, last_modified, digest)
            self._put(_VISIT, (number, self._run, at, etag, last_modified, digest))

    def asked(self, url: Url, day: str, state: str) -> None:
        """Keep that an archive was asked for the copy nearest a day."""
        with self._wakes:
            number = self._ids.get(url) or self._new_id(url)
            question = self._questions[url, day] = Question(self._now(), state)
            self._put(_ASK, (number, day, *question))

    def finish(self, outcome: Outcome) -> None:
        """End the run. Call it when the ledger is written: what was left over is then done, too.

        After an outage the addresses of this run count as not visited.
        """
        now = self._now()
        if outcome is Outcome.OUTAGE:
            self._change(
                ("UPDATE run SET outcome = 'outage', ended = ? WHERE id = ?", (now, self._run)),
                ("DELETE FROM visit WHERE run = ?", (self._run,)),
            )
        else:
            self._change(("UPDATE run SET outcome = 'done', ended = ? WHERE outcome IS NULL", (now,)))

    def _change(self, *statements: tuple[str, _Row]) -> None:
        """Change what was kept, in one transaction, and read it anew."""
        with self._wakes:
            self.flush()
            try:
                self._database.execute("BEGIN IMMEDIATE")
                for statement, values in statements:
                    self._database.execute(statement, values)
                self._database.execute("COMMIT")
                if len(statements) > 1:  # visits were taken back
                    self._load(self._database)
            except sqlite3.Error as error:
                raise self._failed(error) from error

    def flush(self) -> None:
        """Write at once what has come; raise `VisitsUnusable`."""
        with self._wakes:
            self._raise()
            if not self._count:
                return
            try:
                self._database.execute("BEGIN IMMEDIATE")
                for statement, rows in self._waiting.items():
                    if rows:
                        self._database.executemany(statement, rows)
                self._database.execute("COMMIT")
            except sqlite3.Error as error:
                raise self._failed(error) from error
            for rows in self._waiting.values():
                rows.clear()
            self._count = 0

    def close(self) -> None:
        """Write what has come, and let the file go."""
        with self._wakes:
            if self._is_closed:
                return
            self._is_closed = True
            self._wakes.notify_all()
            try:
                if not self._error:  # else it has been told
                    self.flush()
            finally:
                self._database.close()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def _now(self) -> int:
        return int(self._clock().timestamp())

    def _new_id(self, url: str) -> int:
        number = self._ids[url] = self._next_id
        self._next_id += 1
        self._put(_ADDRESS, (number, url))
        return number

    def _put(self, statement: str, row: _Row) -> None:
        if self._error or not self._run:
            self._raise()
            raise RuntimeError("No run has been started.")
        self._waiting[statement].append(row)
        self._count += 1
        if self._count == 1:
            self._wakes.notify()
        elif self._count >= _LARGEST_BATCH:
            self.flush()

    def _write_in_time(self) -> None:
        """Write what waits, half a second after the first of it came."""
        with self._wakes:
            while not self._is_closed:
                if not self._count or self._error:
                    self._wakes.wait()
                    continue
                self._wakes.wait(_LONGEST_WAIT)
                if not self._is_closed and not self._error:
                    try:
                        self.flush()
                    except VisitsUnusable:
                        continue  # whoever keeps something next is told

    def _failed(self, error: sqlite3.Error) -> VisitsUnusable:
        if self._database.in_transaction:
            self._database.execute("ROLLBACK")
        self._error = unusable(self._file, str(error))
        return self._error

    def _raise(self) -> None:
        if self._error:
            raise self._error


_LONGEST_HEADER = 1000


def _header(value: object) -> str:
    """Give what may be sent to a server again as it came; nothing where that could be more than one line."""
    is_fit = isinstance(value, str) and len(value) <= _LONGEST_HEADER and value.isascii() and value.isprintable()
    return str(value) if is_fit else ""


_START = "INSERT INTO run (started, vantage, first) SELECT ?, ?, coalesce(max(rowid), 0) + 1 FROM observation"
_SEEN = (
    "SELECT url, at, observation.vantage, says, status, final_url, failure, reason "
    "FROM observation JOIN run ON run.id = observation.run JOIN address ON address.id = observation.address "
)
_HISTORY = _SEEN + "WHERE outcome IS NOT 'outage' AND address.id = ? ORDER BY observation.rowid"
_SINCE = _SEEN + (  # noqa: S608 - words of our own
    "WHERE outcome IS NOT 'outage' AND observation.at >= ? AND address.id IN (SELECT value FROM json_each(?)) "
    "ORDER BY observation.rowid"
)
_LEFT_OVER = _SEEN + "WHERE outcome IS NULL AND run.id <> ? AND observation.rowid >= ? ORDER BY observation.rowid"
_OUTAGES = (
    "SELECT started FROM run WHERE outcome = 'outage' "
    "AND id > (SELECT coalesce(max(id), 0) FROM run WHERE outcome = 'done')"
)
_UNFINISHED = "run IN (SELECT id FROM run WHERE outcome IS NULL) AND address IN (SELECT value FROM json_each(?))"
_TAKE_BACK_SEEN = f"DELETE FROM observation WHERE {_UNFINISHED}"  # noqa: S608 - words of our own
_TAKE_BACK_VISIT = f"DELETE FROM visit WHERE {_UNFINISHED}"  # noqa: S608 - likewise
_ADDRESS = "INSERT INTO address VALUES (?, ?)"
_OBSERVE = "INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_VISIT = "INSERT OR REPLACE INTO visit VALUES (?, ?, ?, ?, ?, ?)"
_ASK = "INSERT OR REPLACE INTO question VALUES (?, ?, ?, ?)"
_STATEMENTS = (_ADDRESS, _OBSERVE, _VISIT, _ASK)
"""Addresses first: the others speak of them."""
