"""What is to be said of an archive's links, before it is written in one format or another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from regesta.model.link_figures import count_states
from regesta.model.urls import parse_url
from regesta.model.verdicts import Verdict
from regesta.reporting.report import Report, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regesta.model.findings import Finding
    from regesta.model.link_figures import LinkFigures
    from regesta.model.link_states import Cited, LinkState

__all__ = ["LinkReport"]


@dataclass(frozen=True, kw_only=True)
class LinkReport(Report):
    """The findings about links, and the states that they were found in."""

    states: tuple[LinkState, ...]
    """Of all addresses that were looked at, in order of URL."""
    since: str = ""
    """From when on something is new, in words; empty where all is told."""
    changed: tuple[LinkState, ...] | None = None
    """With `since`: the states whose verdict is new."""
    all_remarks: bool = False
    """Whether every remark was asked for: they may be many."""
    has_record: bool = True
    """Whether anything is on record at all."""
    title: str = field(default="What is on record of the links", init=False)
    command: str = field(default="regesta report", init=False)

    @cached_property
    def counts_of_links(self) -> LinkFigures:
        """The figures."""
        return count_states(self.states)

    @property
    def told(self) -> tuple[LinkState, ...]:
        """The states that the report is about."""
        return self.states if self.changed is None else self.changed

    @property
    def beside_links(self) -> tuple[Finding, ...]:
        """The findings that are about no link: about a line of the record, or an exception."""
        return tuple(finding for finding in self.findings if not finding.rule.startswith("L"))

    @property
    def why_empty(self) -> str:
        """Why no finding says nothing."""
        if not self.files:
            return "nothing was read"
        return "" if self.has_record or not self.states else "nothing is on record"

    @property
    def lead(self) -> str:
        """The sentence with which the report opens."""
        return " ".join(self._sentences())

    @property
    def summary(self) -> str:
        """The same sentence, and how many findings there are."""
        if self.why_empty and not self.findings:
            return self.lead
        return f"{self.lead} {', '.join(self.counts())}{self.held_back}."

    @property
    def held_back(self) -> str:
        """How many findings exceptions hold back, in words."""
        return f"; {self.excepted:,} held back by exceptions" if self.excepted else ""

    def _sentences(self) -> Iterator[str]:
        if self.is_empty_handed:
            yield "Nothing was read."
            return
        if not self.states:
            yield self._no_links()
            return
        figures = self.counts_of_links
        where = counted(figures.links - figures.within, "link")
        address = "1 address" if figures.addresses == 1 else f"{figures.addresses:,} addresses"
        if not self.has_record:
            yield f"Nothing is on record of {address} in {where}: 'regesta audit' visits them."
            return
        parts = list(_clauses(figures)) or ["all lead to files of the archive"]
        yield f"Of {address} in {where} {'; '.join(parts)}."
        if figures.counted:
            yield f"{_agree(figures.verifiable, 'is', 'are')} verifiable: live, moved or archived."
        if self.changed is not None:
            yield f"{self._news()}."

    def _no_links(self) -> str:
        if self.files:
            return f"There are no links in {counted(self.files, 'file')}."
        return "Nothing was read." if self.failures else "There is no file of Markdown, and so no link."

    def _news(self) -> str:
        counts = {verdict: sum(state.verdict is verdict for state in self.told) for verdict in Verdict}
        listed = ", ".join(f"{number:,} {_NOW[verdict]}" for verdict, number in counts.items() if number)
        # The name of a branch may hold anything, and this sentence stands in Markdown and in logs.
        then = self.since if _PLAIN.fullmatch(self.since) else "then"
        return f"New since {then}: {listed}" if listed else f"Nothing is new since {then}"

    @property
    def figures(self) -> list[tuple[str, int]]:
        """What the verdicts are, and how many addresses have each; then what can be verified."""
        figures = self.counts_of_links
        counts = {**figures.by_verdict, Verdict.REFUSED: figures.refused}
        named = [(_FIGURES[verdict], number) for verdict, number in counts.items() if number]
        if figures.kept:
            named.append(("kept unlinked on purpose", figures.kept))
        verifiable = ("verifiable: live, moved or archived", figures.verifiable)
        return [*named, verifiable] if figures.counted else named

    def ways(self, finding: Finding) -> Iterator[tuple[str, str]]:
        """Give addresses to follow from a finding, each with its words. What is not visited is nothing to follow."""
        found = self._by_place.get((finding.place.path, finding.place.offset))
        if found is None or not found[1].is_visited or found[0].verdict is Verdict.REFUSED:
            return
        state, cited = found
        copy = state.memento_for(cited).address or state.memento.address
        for words, address in (
            ("Archived copy", copy),
            ("Original address", state.url or ""),
            ("New address", state.replaced_by or (state.final_url if state.verdict is Verdict.MOVED else "")),
        ):
            if url := parse_url(address):
                yield words, url

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, int], tuple[LinkState, Cited]]:
        return {(cited.path, cited.link.offset): (state, cited) for state in self.states for cited in state.cited_by}


def _clauses(figures: LinkFigures) -> Iterator[str]:
    by_verdict = figures.by_verdict
    if figures.counted:
        yield _agree(by_verdict[Verdict.LIVE] + by_verdict[Verdict.MOVED], "answers", "answer")
    if figures.gone:
        copies = f", {figures.gone_archived:,} of them archived" if figures.gone_archived else ", none archived"
        yield _agree(figures.gone, "is gone", "are gone") + copies
    if unsure := sum(by_verdict[verdict] for verdict in _UNSURE):
        yield _agree(unsure, "is unsure", "are unsure")
    if waiting := by_verdict[Verdict.UNCHECKED]:
        yield _agree(waiting, "was not visited yet", "were not visited yet")
    if figures.refused:
        yield _agree(figures.refused, "is never visited", "are never visited")
    if figures.kept:
        yield _agree(figures.kept, "is", "are") + " kept unlinked on purpose"


_PLAIN = re.compile(r"(?!www\.|GH-|.*\b[0-9a-f]{7})[A-Za-z0-9](?:[A-Za-z0-9./~^-]|(?<=\w) (?=\w))*", re.ASCII)
_UNSURE = (Verdict.FAILING, Verdict.RESTRICTED, Verdict.INSECURE, Verdict.UNREACHABLE)
_FIGURES = {
    Verdict.LIVE: "live",
    Verdict.MOVED: "moved",
    Verdict.DEAD: "dead",
    Verdict.FAILING: "failing: seem to be gone",
    Verdict.SOFT_404: "soft 404: answer, and the page is gone",
    Verdict.RESTRICTED: "restricted: turn programs away",
    Verdict.INSECURE: "insecure",
    Verdict.UNREACHABLE: "no answer",
    Verdict.REFUSED: "never visited",
    Verdict.UNCHECKED: "not visited yet",
}
_NOW = {
    **{verdict: words.partition(":")[0] for verdict, words in _FIGURES.items()},
    Verdict.LIVE: "live again or for the first time",
}


def _agree(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
