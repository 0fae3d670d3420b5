"""Findings as lines of text, for people and for editors that jump to a place."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from regesta.model.findings import Severity
from regesta.reporting.quotation import source_line
from regesta.reporting.terminal import cut, shown, styled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.findings import Finding
    from regesta.reporting.report import Report

__all__ = ["finding_line", "text_lines", "text_report"]

_WIDEST = 110
"""Columns of a source line that an excerpt shows."""
_BEFORE = _WIDEST // 4
"""Columns of it that stand before the place, where the line is cut."""
_LONGEST = 2000
"""Characters of a message or a hint: a link may be as long as its file."""
_STYLES = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}
_WEIGHTS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}
_FAINT, _BOLD = "2", "1"


def text_report(report: Report) -> str:
    """Give the report as plain text."""
    return "\n".join(text_lines(report))


def text_lines(report: Report, *, colour: bool = False, excerpts: bool = False) -> Iterator[str]:
    """Give the lines of a report, one by one; with `excerpts`, what stands in the source under each finding."""
    for finding in report.findings:
        yield finding_line(finding, colour=colour)
        source = source_line(finding, report.text_of) if excerpts else None
        if source is not None:
            yield from _excerpt(finding, source, colour=colour)
    for gone in report.gone:
        subject = f" {gone.subject!r}" if gone.subject else ""
        yield shown(f"{gone.path}: {gone.rule}{subject} is gone. Write the baseline anew.")
    if report.statistics:
        yield from _statistics(report)
    yield styled(report.summary, _BOLD, colour=colour)


def finding_line(finding: Finding, *, colour: bool) -> str:
    """Give a finding in one line, which editors jump from: place, rule, weight, fact, way out."""
    place = styled(str(finding.place), _BOLD, colour=colour)
    rule = styled(finding.rule, _STYLES[finding.severity], colour=colour)
    words = f"{cut(finding.message, _LONGEST)} {cut(finding.hint, _LONGEST)}".rstrip()
    # Colours are lost in a file, in a pipe, and to many eyes.
    return f"{place} {rule} {_WEIGHTS[finding.severity]}: {shown(words)}"


def _statistics(report: Report) -> Iterator[str]:
    for code, name, count in report.by_rule:
        yield shown(f"{count:>7} {code} {name}")
    if any(publisher for publisher, _ in report.by_publisher):
        for publisher, count in report.by_publisher:
            yield shown(f"{count:>7} {publisher or 'no publisher'}")


def _excerpt(finding: Finding, source: str, *, colour: bool) -> Iterator[str]:
    """Show the line, cut to what stands around the place, with carets under it."""
    place = finding.place
    column = min(place.column - 1, len(source))
    stop = place.end_column - 1 if place.end_line == place.line else len(source)
    start = column - _reach(reversed(source[max(0, column - _WIDEST) : column]), _BEFORE)
    end = start + _reach(iter(source[start : start + _WIDEST]), _WIDEST)
    if end == len(source):
        # The end of the line is near: there is room for more of its beginning.
        start = end - _reach(reversed(source[max(0, end - _WIDEST) : end]), _WIDEST)
    before, marked = source[start:column], source[column : max(min(stop, end), column + 1)]
    left, right = "…" if start else "", "…" if end < len(source) else ""
    number = str(place.line)
    margin = " " * len(number)
    caret = " " * (_width(before) + len(left)) + "^" * max(_width(marked), 1)
    yield styled(f" {number} | ", _FAINT, colour=colour) + left + shown(source[start:end]) + right
    yield styled(f" {margin} | ", _FAINT, colour=colour) + styled(caret, _STYLES[finding.severity], colour=colour)


def _reach(chars: Iterator[str], columns: int) -> int:
    """Count the characters that fit into so many columns."""
    number = 0
    for char in chars:
        columns -= _width(char)
        if columns < 0:
            break
        number += 1
    return number


_UNSEEN = frozenset({"Mn", "Me", "Cf"})
"""Categories of characters that take no column: accents, enclosures, joiners."""


def _width(text: str) -> int:
    """Count the columns that a terminal takes for a text as it is shown."""
    text = shown(text)
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(char) in _UNSEEN else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
