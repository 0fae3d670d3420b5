"""Everything that is to be said of one address: what is on record, what people have decided, and where it is cited."""

from __future__ import annotations

import re
from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.ledger import MEMENTO_REFUSED, NO_MEMENTO
from regesta.model.link_forms import LinkForm
from regesta.model.memento_days import memento_day
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from regesta.model.cited_links import CitedLink
    from regesta.model.dates import ArchiveDate
    from regesta.model.decisions import Decision, Decisions
    from regesta.model.ledger import Ledger, LinkRecord
    from regesta.model.urls import Url
    from regesta.model.verdicts import Observation

__all__ = ["Cited", "LinkState", "Memento", "MementoState", "Standing", "join_states"]


class Standing(StrEnum):
    """Whether an address counts where a share or a score is given. What nobody has looked at speaks against nobody."""

    COUNTED = "counted"
    """It was visited, is archived, or leads nowhere as it is written."""
    WAITING = "not checked yet"
    KEPT = "kept unlinked on purpose"
    """Defanged, by the author or by a decision."""
    SKIPPED = "never visited"
    """By a decision, or by policy."""


class MementoState(StrEnum):
    """What is known of the archived copy that a citing brief needs."""

    FOUND = "found"
    NONE = "none"
    """It was asked for, and there is none."""
    NOT_ASKED = "not asked yet"
    REFUSED = "refused"
    """It may not be kept or shown."""


class Memento(NamedTuple):
    """The archived copy nearest the date of a citing brief, or why there is none to show."""

    state: MementoState
    address: str = ""
    """Empty unless one was found."""


class Cited(NamedTuple):
    """One place where an address is cited."""

    path: str
    """The file, as it is named in messages."""
    title: str
    """Of the brief, or the name of the entity; empty for any other Markdown."""
    date: ArchiveDate | None
    """Of the brief, where one is known."""
    link: CitedLink
    """What stands there: the slice of the source, its form, the line, the note."""

    @property
    def line(self) -> int:
        """1-based, in the whole file."""
        return self.link.line

    @property
    def footnote(self) -> str | None:
        """The label of the note it stands in; nothing where it stands in the text."""
        return self.link.note

    @property
    def is_visited(self) -> bool:
        """Whether an audit visits the address that stands here. What is defanged is never visited."""
        return _is_visited(self.link)

    @property
    def is_within(self) -> bool:
        """Whether it leads to another file of the archive, or to what a template has yet to complete."""
        return self.link.form is LinkForm.NOT_HTTP and not _SCHEME.match(self.link.raw)


class LinkState(NamedTuple):
    """What is to be said of one address."""

    url: Url | None
    """The address meant, fragment included; nothing where that is not certain, or where it is no http(s) address."""
    verdict: Verdict
    """What counts: a decision of people before the record; `refused` for what is never visited; `unchecked`."""
    since: date | None
    """The first day of the evidence for the verdict, or the day of the decision; none for what was not visited."""
    checked: date | None
    """The last day on which it was seen for certain, by a visit or by a person."""
    reason: str
    """Why the verdict is what it is, in words, for people; empty where there is nothing to say."""
    cited_by: tuple[Cited, ...]
    """Every place where it is cited, in the order in which the places were given. Never empty."""
    record: LinkRecord | None = None
    """The ledger's line, also where a decision is stronger."""
    decision: Decision | None = None
    """The decision on it that holds today, whatever it says."""

    @property
    def raw(self) -> tuple[str, ...]:
        """The slices of the sources that mean this address, each once."""
        return tuple(dict.fromkeys(cited.link.raw for cited in self.cited_by))

    @property
    def written(self) -> str:
        """The address as people are to read it: the one meant, or what stands in the source."""
        return self.url or self.cited_by[0].link.raw

    @property
    def is_within(self) -> bool:
        """Whether it leads to another file of the archive: that is nothing to visit."""
        return self.url is None and all(cited.is_within for cited in self.cited_by)

    @property
    def is_by_hand(self) -> bool:
        """Whether people have decided the verdict: `checked by hand`."""
        return self.decision is not None and self.decision.say in _SAYS

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The visits on record that speak for the record's verdict; none where there is no record."""
        if self.record is None:
            return ()
        verdict = self.record.verdict
        return tuple(
            one
            for one in self.record.evidence
            if one.says is verdict or (verdict is Verdict.FAILING and one.says.is_gone)
        )

    @property
    def status(self) -> int | None:
        """Of the last answer on record that speaks for its verdict; none without one."""
        return (self.observations[-1].status or None) if self.observations else None

    @property
    def final_url(self) -> str:
        """Where the way ends; empty when that is the address itself, or not known."""
        return self.record.final_url if self.record else ""

    @property
    def replaced_by(self) -> str:
        """The address that people have named to take its place; empty without one."""
        return self.decision.replaced_by if self.decision else ""

    def memento_for(self, cited: Cited) -> Memento:
        """Give the copy that a citing brief needs. One that people have named is everybody's."""
        if self.decision and self.decision.memento:
            return Memento(MementoState.FOUND, self.decision.memento)
        kept = self.record.mementos.get(memento_day(cited.date).isoformat(), "") if self.record else ""
        return Memento(MementoState.FOUND, kept) if kept and kept not in _NO_COPY else Memento(_NO_COPY[kept])

    @property
    def memento(self) -> Memento:
        """The copy that is to be named where no citing brief is: the one nearest the first brief that has one."""
        if self.decision and self.decision.memento:
            return Memento(MementoState.FOUND, self.decision.memento)
        if self.record is None or not self.record.mementos:
            return _NOT_ASKED
        kept = sorted(self.record.mementos.items())
        if found := next((address for _, address in kept if address not in _NO_COPY), ""):
            return Memento(MementoState.FOUND, found)
        return Memento(_NO_COPY[MEMENTO_REFUSED if MEMENTO_REFUSED in self.record.mementos.values() else NO_MEMENTO])

    @property
    def is_archived(self) -> bool:
        """Whether a copy is at hand."""
        return self.memento.state is MementoState.FOUND

    @property
    def is_verifiable(self) -> bool:
        """Whether a reader can see the source: it is live, moved, or archived."""
        return self.verdict.is_verifiable or self.is_archived

    @property
    def standing(self) -> Standing:
        """Whether it counts in a share or a score."""
        if self.verdict.is_known or self.is_archived:
            return Standing.COUNTED
        if self.verdict is Verdict.UNCHECKED:
            return Standing.WAITING
        form = self.cited_by[0].link.form
        if form is LinkForm.DEFANGED or (self.decision and self.decision.say == "keep-defanged"):
            return Standing.KEPT
        return Standing.COUNTED if form in {LinkForm.MALFORMED, LinkForm.EMPTY} else Standing.SKIPPED

    def parted(self) -> tuple[LinkState, ...]:
        """Part the places where it is a link from those where it is defanged, and where no visit says anything."""
        kept = tuple(cited for cited in self.cited_by if cited.link.form is LinkForm.DEFANGED)
        if not kept or not self.verdict.is_known:
            return (self,)
        unlinked = self._replace(verdict=Verdict.REFUSED, record=None, reason=_KEPT, cited_by=kept)
        if len(kept) == len(self.cited_by):
            return (unlinked,)
        return self._replace(cited_by=tuple(one for one in self.cited_by if one not in kept)), unlinked

    @property
    def is_uncheckable(self) -> bool:
        """Whether only a person could say: programs are turned away, and there is no copy."""
        return self.verdict is Verdict.RESTRICTED and not self.is_archived


def join_states(  # noqa: PLR0913 - each is one thing that is known
    cited: Iterable[tuple[str, str, ArchiveDate | None, CitedLink]],
    ledger: Ledger,
    decisions: Decisions | None = None,
    *,
    today: date | None = None,
    visited: Mapping[Url, date] | None = None,
    seen_since: date | None = None,
) -> tuple[LinkState, ...]:
    """Give the state of each address once, in order of URL; behind these, by what is written, those that mean none.

    `cited` gives path, title and date of a file with each of its links; no link of a withdrawn brief may be among
    them. Without `today` no decision has ended. `visited` is when each was last visited, where that is known;
    `seen_since` a day after which every address on record was visited.
    """
    by_url: dict[Url, list[Cited]] = defaultdict(list)
    without: dict[str, list[Cited]] = defaultdict(list)
    for path, title, day, link in cited:
        if link.url is not None:
            by_url[link.url].append(Cited(path, title, day, link))
        else:
            without[link.raw].append(Cited(path, title, day, link))
    on = decisions.on if decisions and decisions.all else None
    seen = visited or {}
    states = []
    for url in sorted(by_url):
        decision = on(url, today) if on else None
        states.append(_state(url, by_url[url], ledger.get(url), decision, seen.get(url), seen_since))
    states += [_unusable(None, without[raw], None) for raw in sorted(without)]
    return tuple(states)


def _state(  # noqa: PLR0913, PLR0917 - each is one thing that is known
    url: Url,
    cited: list[Cited],
    record: LinkRecord | None,
    decision: Decision | None,
    visited: date | None,
    seen_since: date | None,
) -> LinkState:
    if not any(_is_visited(one.link) for one in cited):
        return _unusable(url, cited, decision)
    places = tuple(cited)
    evidence = record.evidence[-1].at if record and record.evidence else None
    checked = max((day for day in (evidence, visited, seen_since if record else None) if day), default=None)
    if decision and (verdict := _SAYS.get(decision.say)):
        day = decision.on
        return LinkState(url, verdict, day, day or checked, decision.why or _BY_HAND, places, record, decision)
    if record is None:
        return LinkState(url, Verdict.UNCHECKED, None, None, "", places, None, decision)
    return LinkState(url, record.verdict, record.since, checked, record.reason, places, record, decision)


def _unusable(url: Url | None, cited: list[Cited], decision: Decision | None) -> LinkState:
    reason = cited[0].link.reason or "Not an address that can be visited."
    return LinkState(url, Verdict.REFUSED, None, None, reason, tuple(cited), None, decision)


def _is_visited(link: CitedLink) -> bool:
    return link.url is not None and link.form in _VISITED


_SCHEME = re.compile(r"(?!entity:)[a-z][a-z0-9+.-]*:|www\.|//", re.IGNORECASE)
_VISITED = frozenset({LinkForm.OK, LinkForm.DAMAGED})
_SAYS = {
    "live": Verdict.LIVE,
    "dead": Verdict.DEAD,
    "skip": Verdict.REFUSED,
    # Whoever wants an address kept from being clicked does not want it visited either.
    "keep-defanged": Verdict.REFUSED,
}
"""What people may say of an address that is a verdict."""
_BY_HAND = "Decided by hand."
_KEPT = "Rewritten on purpose."
_NO_COPY = {
    "": MementoState.NOT_ASKED,
    NO_MEMENTO: MementoState.NONE,
    MEMENTO_REFUSED: MementoState.REFUSED,
}
_NOT_ASKED = Memento(MementoState.NOT_ASKED)
