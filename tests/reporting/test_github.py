"""Annotations on GitHub, which shows ten of a kind."""

from __future__ import annotations

from tests.reporting.reports import finding, report

from regesta.model.findings import Severity
from regesta.model.spans import Place
from regesta.reporting.github import github_report


def test_the_worst_come_first_and_ten_of_a_kind():
    """Ten errors, then ten warnings, and how many there are besides."""
    kinds = [Severity.INFO] * 3 + [Severity.WARNING] * 12 + [Severity.ERROR] * 15
    lines = github_report(report(*[finding(severity=severity) for severity in kinds])).splitlines()
    assert [line.split(" ")[0] for line in lines[:20]] == ["::error"] * 10 + ["::warning"] * 10
    assert lines[20] == "10 more."
    assert lines[21].startswith("15 errors, 12 warnings, 3 remarks in ")
    assert len(lines) == 22


def test_columns_are_told_within_one_line_only():
    """GitHub refuses columns of a place that spans lines; within one, its end is the last character."""
    over = Place(path="a.md", line=3, column=5, end_line=4, end_column=2, offset=0)
    empty = Place(path="a.md", line=3, column=5, end_line=3, end_column=5, offset=0)
    first, second, _ = github_report(report(finding(place=over), finding(place=empty))).splitlines()
    assert first.startswith("::error file=a.md,line=3,endLine=4,title=")
    assert second.startswith("::error file=a.md,line=3,endLine=3,col=5,endColumn=5,title=")
