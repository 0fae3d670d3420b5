"""What the rules about visited links are given, and how they say what is known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from regesta.checking.rules import Flaw
from regesta.model.link_states import MementoState
from regesta.model.spans import Place
from regesta.model.urls import parse_url
from regesta.model.wording import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.findings import Severity
    from regesta.model.link_states import Cited, LinkState

__all__ = ["MAX_AGE", "Stated", "copy_for", "flaws", "known_since", "place_of", "way_to_copy"]

MAX_AGE = timedelta(days=28)
"""How old a visit may be before an audit makes another one, unless it is told otherwise."""


class Stated(NamedTuple):
    """An address, and when it is looked at."""

    state: LinkState
    today: date | None
    """Without it nothing is old."""
    max_age: timedelta = MAX_AGE


def flaws(stated: Stated, message: str, hint: str = "", severity: Severity | None = None) -> Iterator[Flaw]:
    """Say one thing at every place from which the address is visited; without a `hint`, that a copy is to be cited."""
    for cited in stated.state.cited_by:
        if cited.is_visited:
            link = cited.link
            words = hint or way_to_copy(stated.state, cited)
            yield Flaw(place_of(cited), message, words, raw=link.raw, note=link.note, severity=severity)


def place_of(cited: Cited) -> Place:
    """Give where a link stands: its end follows from what stands there."""
    link = cited.link
    *above, last = link.raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Place(
        path=cited.path,
        line=link.line,
        column=link.column,
        end_line=link.line + len(above),
        end_column=len(last) + 1 if above else link.column + len(last),
        offset=link.offset,
    )


def known_since(state: LinkState, what: str) -> str:
    """Say what an address is, since when, and on what evidence: a person's word, or what visits found.

    `what` follows the address: `is dead`.
    """
    if state.decision and state.is_by_hand:
        by = state.decision.by or "a person"
        on = f" on {day_words(state.since)}" if state.since else ""
        return _sentences(f"{state.written!r} {what}: decided by {by}{on}.", state.decision.why)
    since = f" (since {day_words(state.since)})" if state.since else ""
    return _sentences(f"{state.written!r} {what}{since}.", state.reason, _visits(state))


def _visits(state: LinkState) -> str:
    if state.record is None or not state.observations:
        return ""
    first, last = state.observations[0].at, state.observations[-1].at
    number = max(state.record.failures, len({one.at for one in state.observations}))
    if first == last or number == 1:
        return f"Seen on {day_words(last)}."
    return f"Seen {number} times, from {day_words(first)} to {day_words(last)}."


def _sentences(*words: str) -> str:
    """Join sentences; what comes from a record or a person may lack its full stop."""
    kept = (text.strip() for text in words)
    return " ".join(text if text.endswith((".", "!", "?", "…")) else f"{text}." for text in kept if text)


def copy_for(state: LinkState, cited: Cited) -> str:
    """Give the address of the copy that a citing brief needs, or else of any that is on record; empty without one."""
    memento = state.memento_for(cited)
    found = memento if memento.state is MementoState.FOUND else state.memento
    return parse_url(found.address) or ""


def way_to_copy(state: LinkState, cited: Cited) -> str:
    """Say where a reader finds what the address has lost."""
    if replaced := parse_url(state.replaced_by):
        return f"Write {replaced!r}: decisions.yml names it in its place."
    if copy := copy_for(state, cited):
        return f"Cite its archived copy as well: {copy!r}."
    return _WITHOUT_COPY[state.memento.state]


_ELSEWHERE = "Look for it elsewhere, and note in decisions.yml its new address, 'replaced_by', or a copy, 'memento'."
_WITHOUT_COPY = {
    MementoState.FOUND: _ELSEWHERE,
    MementoState.NONE: f"The archive that was asked has no copy. {_ELSEWHERE}",
    MementoState.REFUSED: f"Its archived copy may not be shown. {_ELSEWHERE}",
    MementoState.NOT_ASKED: f"No archive was asked for a copy yet; 'regesta audit' asks. {_ELSEWHERE}",
}
"""`FOUND` comes here with an address that cannot be shown."""
