"""Findings as lines of text, for people and for editors that jump to a place."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from regesta.checking.fixes import is_wanted
from regesta.model.findings import Severity
from regesta.reporting.terminal import shown, styled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from regesta.model.findings import Finding
    from regesta.reporting.report import Report

__all__ = ["text_report"]

_WIDEST = 110
"""Characters of a source line that an excerpt shows."""
_STYLES = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}
_FAINT, _BOLD = "2", "1"


def text_report(
    report: Report,
    *,
    colour: bool = False,
    statistics: bool = False,
    line_at: Callable[[Finding], str | None] = lambda _finding: None,
) -> Iterator[str]:
    """Give the lines of a report. `line_at` gives the source line of a finding, where an excerpt is wanted."""
    for finding in report.findings:
        yield _line(finding, colour=colour)
        source = line_at(finding)
        if source is not None:
            yield from _excerpt(finding, source, colour=colour)
    for gone in report.gone:
        subject = f" {gone.subject!r}" if gone.subject else ""
        yield shown(f"{gone.path}: {gone.rule}{subject} is gone. Write the baseline anew.")
    if statistics:
        yield from (shown(f"{count:>7} {code} {name}") for code, name, count in report.by_rule)
    yield styled(_summary(report), _BOLD, colour=colour)


def _line(finding: Finding, *, colour: bool) -> str:
    place = styled(str(finding.place), _BOLD, colour=colour)
    rule = styled(finding.rule, _STYLES[finding.severity], colour=colour)
    return f"{place} {rule} {shown(finding.message)} {shown(finding.hint)}".rstrip()


def _excerpt(finding: Finding, source: str, *, colour: bool) -> Iterator[str]:
    """Show the line, cut to what stands around the place, with carets under it."""
    place = finding.place
    column = min(place.column - 1, len(source))
    stop = place.end_column - 1 if place.end_line == place.line else len(source)
    start = max(0, min(column - _WIDEST // 4, len(source) - _WIDEST))
    part = source[start : start + _WIDEST]
    before, marked = part[: column - start], part[column - start : max(stop - start, column - start + 1)]
    number = str(place.line)
    margin = " " * len(number)
    caret = " " * _width(before) + "^" * max(_width(marked), 1)
    yield styled(f" {number} | ", _FAINT, colour=colour) + shown(part)
    yield styled(f" {margin} | ", _FAINT, colour=colour) + styled(caret, _STYLES[finding.severity], colour=colour)


def _width(text: str) -> int:
    """Count the columns that a terminal takes for a text as it is shown."""
    text = shown(text)
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _summary(report: Report) -> str:
    found = [
        _counted(report.count(severity), word)
        for severity, word in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "remark"))
    ]
    looked = [_counted(report.links, "link"), _counted(report.files, "file")]
    if report.briefs:
        looked.insert(0, _counted(report.briefs, "brief"))
    acknowledged = f"; {report.acknowledged:,} acknowledged in the baseline" if report.acknowledged else ""
    excepted = f"; {report.excepted:,} held back by exceptions" if report.excepted else ""
    mendable = sum(is_wanted(finding) for finding in report.findings)
    mended = f"; {mendable:,} can be mended with --fix" if mendable else ""
    return f"{', '.join(found)} in {', '.join(looked)}{acknowledged}{excepted}{mended}."


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
