"""Findings as annotations on GitHub: they stand beside the lines of a change."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING

from regesta.model.findings import Severity
from regesta.reporting.terminal import cut, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.findings import Finding
    from regesta.reporting.report import Report

__all__ = ["github_report"]

_MOST = 10
"""GitHub shows no more of one kind for one step; what comes later is lost without a word."""
_LONGEST = 1000
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}
"""Remarks are left to the other formats: they ask for nothing."""


def github_report(report: Report) -> str:
    """Give workflow commands, the worst first, then how many findings there was no room for."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    for failure in report.failures[:_MOST]:
        yield f"::error title=Not read::{_data(failure)}"
    written = 0
    for severity, same in groupby(report.worst_first, key=lambda finding: finding.severity):
        if severity in _COMMANDS:
            for finding in islice(same, _MOST):
                yield _annotation(finding)
                written += 1
    if left := len(report.findings) - written:
        yield f"{left:,} more."
    yield report.summary


def _annotation(finding: Finding) -> str:
    place = finding.place
    properties = {
        "file": place.path,
        "line": str(place.line),
        "endLine": str(place.end_line),
        "col": str(place.column),
        # Columns are only allowed within one line; GitHub's end is the last character, ours the one behind it.
        "endColumn": str(max(place.end_column - 1, place.column)),
        "title": f"{finding.rule} {finding.name}",
    }
    if place.line != place.end_line:
        del properties["col"], properties["endColumn"]
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(f'{finding.message} {finding.hint}'.rstrip())}"


def _data(text: str) -> str:
    return shown(cut(text, _LONGEST)).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
