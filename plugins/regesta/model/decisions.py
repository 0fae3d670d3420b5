"""What people have decided about addresses: stronger than any machine's verdict."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.records import InvalidRecords, read_records
from regesta.model.urls import host_of, parse_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.model.urls import Url

__all__ = ["Decision", "Decisions", "InvalidDecisions", "read_day", "read_decisions"]


class InvalidDecisions(ValueError):
    """A file of decisions that cannot be read."""


class Decision(NamedTuple):
    """One entry of the file."""

    url: str
    """The address, normalised; empty when a host is meant."""
    host: str
    say: str
    """`live`, `dead`, `skip`, `keep-defanged` or `refang`."""
    why: str
    by: str
    on: str
    memento: str = ""
    """An archived copy that people have found; empty without one."""
    replaced_by: str = ""
    """The address that is to be read in its place; empty without one."""
    until: date | None = None
    """The last day on which it holds; without one it holds for ever."""


class Decisions:
    """All decisions, found by address."""

    def __init__(self, decisions: tuple[Decision, ...]) -> None:
        """Take them in the order of the file; of two on one address the later counts."""
        self.all = decisions
        self._by_url = {decision.url: decision for decision in decisions if decision.url}
        self._by_host = {decision.host: decision for decision in decisions if decision.host}

    def on(self, url: Url) -> Decision | None:
        """Give the decision on an address, or on its host."""
        return self._by_url.get(url) or self._by_host.get(host_of(url))


def read_decisions(text: str) -> Decisions:
    """Read a `decisions.yml`; raise `InvalidDecisions`."""
    try:
        return Decisions(tuple(_decision(record.fields) for record in read_records(text)))
    except InvalidRecords as error:
        raise InvalidDecisions(str(error)) from error


def _decision(item: Mapping[str, object]) -> Decision:
    def text(key: str) -> str:
        value = item.get(key)
        return value.strip() if isinstance(value, str) else ""

    return Decision(
        parse_url(text("url")) or "",
        _host(text("host")),
        text("say"),
        text("why"),
        text("by"),
        text("on"),
        parse_url(text("memento")) or "",
        parse_url(text("replaced_by")) or "",
        read_day(text("until")),
    )


def read_day(text: str) -> date | None:
    """Read a day; nothing where there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _host(written: str) -> str:
    """Normalise a host as addresses are: `кодекс.example` is found under the name that the network knows."""
    url = parse_url(f"https://{written}") if written else None
    return host_of(url) if url else written.lower()
