"""What is new of the links: since a day, or since an older state of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from regesta.model.link_states import LinkState

__all__ = ["Since", "newly_dead_unarchived"]


class Since(NamedTuple):
    """From when on something is new."""

    words: str
    """As people read it: `1 March 2026`, or the name of a revision."""
    day: date | None = None
    """What was found on this day or later is new."""
    before: Mapping[str, LinkState] | None = None
    """The states as they were, by `written`. What is otherwise now is new."""

    @classmethod
    def states(cls, words: str, before: Iterable[LinkState]) -> Since:
        """Compare with older states of the same links."""
        return cls(words, before={state.written: state for state in before})

    def changed(self, state: LinkState) -> bool:
        """Tell whether an address has another verdict than it had."""
        if self.before is not None:
            return self.verdict_before(state) is not state.verdict
        if self.day is None or state.since is None:
            return False
        return state.since >= self.day or _reached(state, state.since) >= self.day

    def verdict_before(self, state: LinkState) -> Verdict:
        """Give the verdict that an address had: `unchecked` where nothing is known of that."""
        before = self.before.get(state.written) if self.before is not None else None
        return before.verdict if before else Verdict.UNCHECKED


def newly_dead_unarchived(states: Iterable[LinkState], since: Since) -> tuple[LinkState, ...]:
    """Give what is worth waking somebody for: the pages that have gone since then, and of which no copy is on record.

    What people have decided is no news to them; a page that was gone already, in whatever way, is none either.
    """
    return tuple(
        state
        for state in states
        if state.verdict.is_gone
        and not state.is_by_hand
        and not state.is_archived
        and since.changed(state)
        and not since.verdict_before(state).is_gone
    )


def _reached(state: LinkState, since: date) -> date:
    """Give the day on which the evidence sufficed for the verdict; it began on the day `since`."""
    if state.is_by_hand or state.record is None:
        return since
    return max((one.at for one in state.observations), default=since)
