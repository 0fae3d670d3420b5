"""How many addresses are live, dead, archived: the figures behind every sentence about the links of an archive."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.link_states import Standing
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.model.link_states import LinkState

__all__ = ["LinkFigures", "count_states"]


class LinkFigures(NamedTuple):
    """Counts of addresses, each address once."""

    links: int
    """Places where something is cited: of one address there may be many."""
    urls: int
    """Addresses that are http(s), as written or as meant."""
    by_verdict: Mapping[Verdict, int]
    """Of every verdict, in the order of verdicts, those that no address has included."""
    verifiable: int
    """Live, moved, or archived."""
    archived: int
    gone_archived: int
    """Of the dead and soft-404 ones, those with a copy."""
    uncheckable: int
    """Restricted, and without a copy: nobody but a person can say."""
    within: int
    """Links to other files of the archive; they count among the refused."""
    kept: int
    """Kept unlinked on purpose; they count among the refused."""
    counted: int
    """Those that count in a share: not what waits for a visit, is never visited, or is no link on purpose."""

    @property
    def addresses(self) -> int:
        """All that could be visited, or are meant to be: links within the archive apart."""
        return sum(self.by_verdict.values()) - self.within

    @property
    def gone(self) -> int:
        """Dead and soft-404."""
        return self.by_verdict[Verdict.DEAD] + self.by_verdict[Verdict.SOFT_404]

    @property
    def refused(self) -> int:
        """What is not visited, links within the archive and those kept unlinked on purpose apart."""
        return self.by_verdict[Verdict.REFUSED] - self.within - self.kept


def count_states(states: Iterable[LinkState]) -> LinkFigures:
    """Count the states of an archive's addresses."""
    by_verdict: Counter[Verdict] = Counter()
    links = urls = verifiable = archived = gone_archived = uncheckable = within = kept = counted = 0
    for state in states:
        verdict = state.verdict
        by_verdict[verdict] += 1
        links += len(state.cited_by)
        urls += state.url is not None
        within += state.is_within
        kept += state.standing is Standing.KEPT and verdict is Verdict.REFUSED
        counted += state.standing is Standing.COUNTED and not state.is_within
        has_copy = state.is_archived
        archived += has_copy
        verifiable += has_copy or verdict.is_verifiable
        gone_archived += has_copy and verdict.is_gone
        uncheckable += verdict is Verdict.RESTRICTED and not has_copy
    return LinkFigures(
        links=links,
        urls=urls,
        by_verdict={verdict: by_verdict[verdict] for verdict in Verdict},
        verifiable=verifiable,
        archived=archived,
        gone_archived=gone_archived,
        uncheckable=uncheckable,
        within=within,
        kept=kept,
        counted=counted,
    )
