"""What an archive knows of the life of its links, and of who stands behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.decisions import Decisions
from regesta.model.link_forms import LinkForm
from regesta.model.link_states import Standing, join_states
from regesta.model.memento_archives import COPY_HOSTS
from regesta.model.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from regesta.model.archive import Entry
    from regesta.model.audits import AuditRun
    from regesta.model.cited_links import CitedLink
    from regesta.model.ledger import Ledger
    from regesta.model.link_states import LinkState
    from regesta.model.verdicts import Verdict

__all__ = ["Tally", "Watch"]


@dataclass(frozen=True, kw_only=True)
class Watch:
    """The committed record of links: read once a build."""

    ledger: Ledger = field(default_factory=dict)
    decisions: Decisions = field(default_factory=lambda: Decisions(()))
    audits: tuple[AuditRun, ...] = ()
    """Those that recorded verdicts, the earliest first."""
    sources: Sources = field(default_factory=Sources)
    copy_hosts: Collection[str] = COPY_HOSTS
    """The hosts on which an archived copy that is shown must lie."""

    @property
    def is_kept(self) -> bool:
        """Whether there has been an audit. Without one nothing is said of any link."""
        return bool(self.ledger or self.audits)

    @property
    def last_audit(self) -> AuditRun | None:
        """The latest run."""
        return self.audits[-1] if self.audits else None

    @property
    def seen_since(self) -> date | None:
        """A day on which, or later, every address on record was visited: said by a run that left nothing undone."""
        return max((run.seen_since for run in self.audits if run.seen_since and run.visited >= run.due), default=None)

    def states(self, entries: Iterable[Entry]) -> tuple[LinkState, ...]:
        """Give the state of each address that the briefs cite."""
        return self._join((entry, link) for entry in entries for link in entry.cited)

    def state(self, entry: Entry, link: CitedLink) -> LinkState:
        """Give the state of one link."""
        return self._join([(entry, link)])[0]

    def _join(self, cited: Iterable[tuple[Entry, CitedLink]]) -> tuple[LinkState, ...]:
        return join_states(
            ((entry.brief.path, entry.brief.title, entry.brief.date, link) for entry, link in cited),
            self.ledger,
            self.decisions,
            seen_since=self.seen_since,
        )


class Tally(NamedTuple):
    """How many links answer, how many do not."""

    links: int
    by_verdict: Mapping[Verdict, int]
    verifiable: int
    """Live, moved, or archived."""
    uncheckable: int
    """Programs are turned away, and there is no copy."""
    gone_archived: int
    """Of those that are gone, the ones of which there is a copy."""
    defanged: int
    malformed: int
    """Damaged or malformed, and of no certain address."""
    by_standing: Mapping[Standing, int]
    """Which of them count in a share, and which do not, and why."""

    @property
    def counted(self) -> int:
        """Links that count in a share or a score: what was never looked at, or is no link on purpose, does not."""
        return self.by_standing.get(Standing.COUNTED, 0)

    @property
    def visited(self) -> int:
        """Links whose address was visited, or decided by people."""
        return sum(number for verdict, number in self.by_verdict.items() if verdict.is_known)

    @property
    def answering(self) -> int:
        """Links that lead to a page that is there."""
        return sum(number for verdict, number in self.by_verdict.items() if verdict.is_verifiable)

    @property
    def gone(self) -> int:
        """Links whose page is gone for certain."""
        return sum(number for verdict, number in self.by_verdict.items() if verdict.is_gone)

    @classmethod
    def of_states(cls, states: Iterable[LinkState]) -> Tally:
        """Count the links of an archive: an address that is defanged in one brief may be a link in another."""
        return cls.of((part, len(part.cited_by)) for state in states for part in state.parted())

    @classmethod
    def of(cls, weighed: Iterable[tuple[LinkState, int]]) -> Tally:
        """Count links: each state with the number of links that it speaks of."""
        links = verifiable = uncheckable = archived = defanged = malformed = 0
        by_verdict: dict[Verdict, int] = {}
        by_standing: dict[Standing, int] = {}
        for state, number in weighed:
            links += number
            by_verdict[state.verdict] = by_verdict.get(state.verdict, 0) + number
            by_standing[state.standing] = by_standing.get(state.standing, 0) + number
            verifiable += number * state.is_verifiable
            uncheckable += number * state.is_uncheckable
            archived += number * (state.verdict.is_gone and state.is_archived)
            form = state.cited_by[0].link.form
            defanged += number * (form is LinkForm.DEFANGED)
            malformed += number * (form in {LinkForm.MALFORMED, LinkForm.EMPTY})
        return cls(links, by_verdict, verifiable, uncheckable, archived, defanged, malformed, by_standing)
