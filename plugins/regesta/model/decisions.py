"""What people have decided about addresses: stronger than any machine's verdict."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.cleaning import clean_text
from regesta.model.records import InvalidRecords, read_records
from regesta.model.urls import Url, host_of, parse_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.records import Record

__all__ = ["DECISION_FIELDS", "SAYINGS", "Decision", "Decisions", "InvalidDecisions", "read_decisions"]

DECISION_FIELDS = ("url", "host", "say", "memento", "replaced_by", "by", "on", "until", "why")
"""What an entry of `decisions.yml` may hold."""

SAYINGS = ("live", "dead", "skip", "keep-defanged", "refang")
"""What a person can say of an address."""


class InvalidDecisions(ValueError):
    """A file of decisions that cannot be read, or in which something cannot be meant. Each line has its number."""


class Decision(NamedTuple):
    """One entry of the file."""

    url: str
    """The address, normalised; empty when a host is meant."""
    host: str
    say: str
    """One of `SAYINGS`; empty where the entry only names a copy or a new address."""
    why: str
    by: str
    on: date | None
    """The day on which it was decided."""
    memento: str = ""
    """The address of the archived copy to show, normalised."""
    replaced_by: str = ""
    """The address at which the page is now, normalised."""
    until: date | None = None
    """The last day on which it holds."""

    def holds(self, today: date | None) -> bool:
        """Tell whether it has not expired. A build has no today: there it holds on: no site changes by itself."""
        return not (today and self.until and self.until < today)

    @property
    def forbids_visits(self) -> bool:
        """Whether the address is to be left alone."""
        return self.say in {"skip", "keep-defanged"}


class Decisions:
    """All decisions, found by address."""

    def __init__(self, decisions: tuple[Decision, ...]) -> None:
        """Take them in the order of the file; of two on one address the later counts."""
        self.all = decisions
        self._by_url: dict[str, list[Decision]] = {}
        self._by_host: dict[str, list[Decision]] = {}
        for decision in reversed(decisions):
            for index, key in ((self._by_url, decision.url), (self._by_host, decision.host)):
                if key:
                    index.setdefault(key, []).append(decision)

    def on(self, url: Url, today: date | None = None) -> Decision | None:
        """Give the decision on an address, on its page where the address names a part of it, or on its host."""
        if not self.all:
            return None
        found = (
            self._by_url.get(url, ()),
            self._by_url.get(url.partition("#")[0], ()),
            self._by_host.get(host_of(url), ()) if self._by_host else (),
        )
        return next((decision for some in found for decision in some if decision.holds(today)), None)


def read_decisions(text: str) -> Decisions:
    """Read a `decisions.yml`; raise `InvalidDecisions` with every line that cannot be meant.

    One slip of the pen and the file is refused: an address that a person wants left alone must not be visited because
    `skip` was misspelt.
    """
    try:
        records = read_records(text)
    except InvalidRecords as error:
        raise InvalidDecisions(str(error)) from error
    source = text.encode("utf-8", "replace")
    decisions, wrong = [], []
    for record in records:
        entry = _Entry(record)
        decisions.append(entry.decision())
        if entry.wrong:
            line = source.count(b"\n", 0, record.span.start) + 1
            wrong += [f"line {line}: {words}" for words in entry.wrong]
    if wrong:
        more = f" And {len(wrong) - _MOST_SHOWN} more." if len(wrong) > _MOST_SHOWN else ""
        raise InvalidDecisions(" ".join(wrong[:_MOST_SHOWN]) + more)
    return Decisions(tuple(decisions))


_MOST_SHOWN = 5
_SHOWN = 80


class _Entry:
    """Reads one entry, and notes what cannot be meant."""

    def __init__(self, record: Record) -> None:
        self._fields = record.fields
        self.wrong: list[str] = list(self._misplaced())

    def decision(self) -> Decision:
        say = self._text("say")
        if say and say not in SAYINGS:
            self._note(f"unknown 'say': {say[:_SHOWN]!r}", f"Write one of {', '.join(SAYINGS)}.", say, SAYINGS)
        url, host = self._address("url"), self._host()
        memento, replaced_by = self._address("memento"), self._address("replaced_by")
        if not (self._fields.get("url") or self._fields.get("host")):
            self._note("the entry names no address.", "Add 'url:' or 'host:'.")
        if not any(self._fields.get(name) for name in ("say", "memento", "replaced_by")):
            self._note("the entry decides nothing.", f"Add 'say:' with one of {', '.join(SAYINGS)}.")
        why, by = self._text("why"), self._text("by")
        return Decision(url, host, say, why, by, self._day("on"), memento, replaced_by, self._day("until"))

    def _misplaced(self) -> Iterator[str]:
        for name, value in self._fields.items():
            if name not in DECISION_FIELDS:
                yield _words(f"unknown field {clean_text(name)[:_SHOWN]!r}.", "", name, DECISION_FIELDS)
            elif not isinstance(value, str):
                yield f"{name!r} is a list. Write one entry for each."

    def _note(self, what: str, way_out: str, written: str = "", known: tuple[str, ...] = ()) -> None:
        self.wrong.append(_words(what, way_out, written, known))

    def _text(self, name: str) -> str:
        value = self._fields.get(name, "")
        return clean_text(value).strip() if isinstance(value, str) else ""

    def _address(self, name: str) -> str:
        written = self._text(name)
        url = parse_url(written) if written else ""
        if url is None:
            self._note(f"{name!r} is no http or https address: {written[:_SHOWN]!r}.", "Write it in full.")
        return url or ""

    def _host(self) -> str:
        """Normalise a host as addresses are: `кодекс.example` is found under the name that the network knows."""
        written = self._text("host")
        if not written:
            return ""
        url = parse_url(f"https://{written}")
        if url is None or set("/?#@") & set(written):
            self._note(f"'host' is no host: {written[:_SHOWN]!r}.", "Write such as 'example.org', or use 'url:'.")
            return ""
        return host_of(url)

    def _day(self, name: str) -> date | None:
        written = self._text(name)
        try:
            return date.fromisoformat(written) if written else None
        except ValueError:
            self._note(f"{name!r} is no day (expected YYYY-MM-DD): {written[:_SHOWN]!r}.", "")
            return None


def _words(what: str, way_out: str, written: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(written[:_SHOWN].lower(), known, 1, 0.6)
    what = f"{what.rstrip('.')} ({near[0]!r}?)." if near else f"{what.rstrip('.')}."
    return f"{what} {way_out}".strip()
