"""What is on record of the links as lines of text: a sentence, then brief by brief what is wrong, the worst first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from regesta.model.findings import Severity
from regesta.reporting.report import counted
from regesta.reporting.terminal import cut, shown, styled
from regesta.reporting.text import finding_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.findings import Finding
    from regesta.reporting.link_report import LinkReport

__all__ = ["link_lines", "link_text"]

_REMARKS = 20
"""Remarks that are told one by one unless they were asked for: most archives have thousands, and none is urgent."""
_BOLD = "1"
_TITLE = 120


def link_text(report: LinkReport) -> str:
    """Give the report as plain text."""
    return "\n".join(link_lines(report))


def link_lines(report: LinkReport, *, colour: bool = False) -> Iterator[str]:
    """Give the lines of a report, one by one."""
    yield styled(report.lead, _BOLD, colour=colour)
    remarks = report.count(Severity.INFO)
    told = [
        finding
        for finding in report.findings
        if finding.severity is not Severity.INFO or report.all_remarks or remarks <= _REMARKS
    ]
    for path, found in _worst_first(told):
        title = report.about(path).title
        yield ""
        yield styled(cut(title, _TITLE) or path, _BOLD, colour=colour)
        for finding in found:
            yield finding_line(finding, colour=colour)
    if told:
        yield ""
    if len(told) < len(report.findings):
        yield _untold(report)
    if report.statistics:
        yield from (shown(f"{number:>7} {words}") for words, number in report.figures)
        yield from (shown(f"{number:>7} {code} {name}") for code, name, number in report.by_rule)
    if report.findings:
        yield styled(f"{', '.join(report.counts())}{report.held_back}.", _BOLD, colour=colour)


def _worst_first(findings: list[Finding]) -> list[tuple[str, list[Finding]]]:
    """Group findings by file: the one with the most errors first, in it the worst first."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.place.path, []).append(finding)
    for found in by_path.values():
        found.sort(key=lambda finding: -finding.severity.weight)

    def weight(item: tuple[str, list[Finding]]) -> tuple[int, int, str]:
        path, found = item
        count = Counter(finding.severity for finding in found)
        return -count[Severity.ERROR], -count[Severity.WARNING], path

    return sorted(by_path.items(), key=weight)


def _untold(report: LinkReport) -> str:
    """Say what is left out, and how to see it."""
    counts = Counter((one.rule, one.name) for one in report.findings if one.severity is Severity.INFO)
    listed = ", ".join(f"{number:,} {code} {name}" for (code, name), number in sorted(counts.items()))
    some = next(iter(sorted(counts)))[0]
    return shown(f"{counted(counts.total(), 'remark')}: {listed}. See them with --select, as in --select {some}.")
