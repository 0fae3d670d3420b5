"""What is not reported of what was found: by settings, by exceptions with their reasons, by the baseline."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from regesta.checking.checks import in_order
from regesta.checking.exceptions import Exceptions
from regesta.checking.patterns import matches_path
from regesta.checking.registry import RULES, Selection, UnknownRule, find_codes
from regesta.checking.rules import Subject
from regesta.model.defanging import refang
from regesta.model.findings import Finding
from regesta.model.link_forms import judge_link
from regesta.model.spans import Place
from regesta.model.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from regesta.checking.settings import Settings
    from regesta.model.exemptions import Exemption

__all__ = ["Exempted", "hold_back"]


class Exempted(NamedTuple):
    """What is left to report, and how much an exception holds back."""

    findings: list[Finding]
    """In order; what there is to say of the exceptions themselves included."""
    held: int


def hold_back(  # noqa: PLR0913 - each says one thing about the run
    findings: Iterable[Finding],
    exemptions: Sequence[Exemption] = (),
    *,
    settings: Settings,
    selection: Selection,
    below: str,
    now: date | None,
    complete: bool,
    looked_at: Subject = ~(Subject.LINK_STATE | Subject.RECORD_LINE | Subject.SITE),
) -> Exempted:
    """Apply settings, then exceptions. `below` is how messages name the archive's folder.

    Without `now` an end is no end. What an archive's exceptions lack, and which of them are of no use, is only
    known, and said, when all of it was looked at: `complete`; and only of rules about what was `looked_at`.
    """
    weighed = settings.weigh(findings, below)
    if not exemptions:
        return Exempted(weighed, 0)
    standing = _Standing(exemptions, now)
    left = [finding for finding in weighed if not standing.holds(finding, below)]
    held = len(weighed) - len(left)
    if complete:
        were_run = frozenset(code for code in selection.codes if RULES[code].of & looked_at)
        said = _check(standing.seen(were_run, now), selection)
        left = in_order([*left, *settings.weigh(said, below)])
    return Exempted(left, held)


class _Standing:
    """The exceptions that hold, found by rule, and which of them have held something back."""

    def __init__(self, exemptions: Sequence[Exemption], now: date | None) -> None:
        self._all = tuple(exemptions)
        self._unknown: list[tuple[Exemption, str]] = []
        self._codes: dict[int, set[str]] = {}
        self._by_code: dict[str, list[int]] = defaultdict(list)
        self._links: dict[int, _Links] = {}
        self._used: set[int] = set()
        for number, exemption in enumerate(self._all):
            try:
                codes = find_codes(exemption.rules)
            except UnknownRule as error:
                self._unknown.append((exemption, str(error)))
                continue
            if exemption.wrong:
                continue
            self._codes[number] = codes
            if exemption.until and now and exemption.until < now:
                continue
            self._links[number] = _Links(exemption.links)
            for code in codes:
                self._by_code[code].append(number)

    def holds(self, finding: Finding, below: str) -> bool:
        """Tell whether an exception covers a finding. All that do so are of use."""
        held = False
        for number in self._by_code.get(finding.rule, ()):
            paths = self._all[number].paths
            path = finding.place.path.removeprefix(below)
            if paths and not any(matches_path(pattern, path) for pattern in paths):
                continue
            if self._links[number].cover(finding.raw):
                self._used.add(number)
                held = True
        return held

    def seen(self, were_run: frozenset[str], now: date | None) -> Exceptions:
        """Say what has become of the exceptions. Of rules that were not run nothing is known."""
        expired = [number for number in self._codes if number not in self._links]
        unused = [
            number
            for number in self._links
            if number not in self._used and self._codes[number] <= were_run and now is not None
        ]
        return Exceptions(
            all=self._all,
            unknown=tuple(self._unknown),
            expired=tuple(self._all[number] for number in expired),
            unused=tuple(self._all[number] for number in unused),
        )


class _Links:
    """The links that an exception is for: as written, by their URL, or by host."""

    def __init__(self, links: tuple[str, ...]) -> None:
        self._written = frozenset(links)
        self._urls = {url for link in links if (url := judge_link(link).url)}
        self._hosts = {refang(link).lower().rstrip(".") for link in links}

    def cover(self, raw: str | None) -> bool:
        if not self._written:
            return True
        if raw is None:
            return False
        if raw in self._written:
            return True
        url = judge_link(raw).url
        return url is not None and (url in self._urls or host_of(url) in self._hosts)


def _check(exceptions: Exceptions, selection: Selection) -> list[Finding]:
    return [
        Finding(
            rule=rule.code,
            name=rule.name,
            severity=rule.severity,
            place=flaw.at,
            message=flaw.message,
            hint=flaw.hint,
            subject=flaw.subject,
        )
        for rule in selection.of[Subject.EXCEPTIONS]
        for flaw in rule.check(exceptions)
        if isinstance(flaw.at, Place)
    ]
