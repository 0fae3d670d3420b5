"""Reports: text for people, JSON for programs, and nothing that steers a terminal."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.findings import Finding, Fix, Severity
from regesta.model.spans import Place
from regesta.reporting.json_report import json_report
from regesta.reporting.report import Gone, Report
from regesta.reporting.terminal import shown
from regesta.reporting.text import text_report


def finding(message="'x' is wrong.", **changes):
    """Make a finding."""
    place = Place(path="src/a.md", line=41, column=7, end_line=41, end_column=13, offset=900)
    given = {
        "rule": "U101",
        "name": "defanged-link",
        "severity": Severity.ERROR,
        "place": place,
        "hint": "Write it so.",
    }
    return Finding(**{**given, "message": message, **changes})


def report(*findings, **changes):
    """Make a report."""
    return Report(findings=findings, **{"files": 1234, "briefs": 1200, "links": 1, **changes})


def test_a_line_and_a_summary():
    """A place that editors jump to, the rule, the fact, the way out."""
    assert list(text_report(report(finding(), acknowledged=2))) == [
        "src/a.md:41:7 U101 'x' is wrong. Write it so.",
        "1 error, 0 warnings, 0 remarks in 1,200 briefs, 1 link, 1,234 files; 2 acknowledged in the baseline.",
    ]


def test_statistics_and_what_is_gone():
    """The most frequent rule comes first."""
    lines = list(text_report(report(finding(), gone=(Gone(path="b.md", rule="F201", subject="q"),)), statistics=True))
    assert lines[1] == "b.md: F201 'q' is gone. Write the baseline anew."
    assert lines[2].split() == ["1", "U101", "defanged-link"]


@pytest.mark.parametrize(
    ("source", "carets"),
    [
        ("12345 abcdef gh", "      ^^^^^^"),
        ("12345 ab", "      ^^"),
        ("Лук漢字 abcdef", "        ^^^^^^"),
        ("e\u0301 345 漢字cdef", "     ^^^^^^^^"),
        ("\x1b2345 a", "         ^"),
        ("", "^"),
    ],
)
def test_an_excerpt_points_at_the_place(source, carets):
    """Carets stand under what is meant, also behind wide characters and shown escapes."""
    lines = list(text_report(report(finding()), line_at=lambda _: source))
    assert lines[1] == f" 41 | {shown(source)}"
    assert lines[2] == f"    | {carets}"


def test_an_excerpt_of_a_long_line_is_cut_around_the_place():
    """A line of ten thousand characters does not fill the screen."""
    place = Place(path="a.md", line=1, column=5001, end_line=1, end_column=5004, offset=0)
    lines = list(text_report(report(finding(place=place)), line_at=lambda _: "a" * 5000 + "XYZ" + "b" * 5000))
    start = lines[2].index("^")
    assert lines[1][start : start + 3] == "XYZ"
    assert len(lines[1]) < 130


def test_colour_is_only_where_it_is_asked_for():
    """A file or a pipe gets plain text."""
    assert not any("\x1b" in line for line in text_report(report(finding())))
    assert any("\x1b[31;1mU101" in line for line in text_report(report(finding()), colour=True))


@given(st.text())
def test_nothing_from_outside_steers_a_terminal(text):
    """No control character, no change of direction, no command to a CI service."""
    place = Place(path=text, line=1, column=1, end_line=1, end_column=2, offset=0)
    lines = text_report(report(finding(text, place=place, hint=text, raw=text)), line_at=lambda _: text)
    for line in lines:
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]", line)
        assert not line.startswith(("::", "##["))
    json_report(report(finding(text, place=place))).encode("ascii")


def test_json_has_the_agreed_shape():
    """Other programs rely on each of these names."""
    found = finding(raw="x", footnote="2", fix=Fix(replacement="y", safe=True))
    data = json.loads(json_report(report(found, finding(severity=Severity.WARNING, raw=None))))
    assert data["version"] == 1
    assert data["findings"][0] == {
        "rule": "U101",
        "name": "defanged-link",
        "severity": "error",
        "path": "src/a.md",
        "line": 41,
        "column": 7,
        "end_line": 41,
        "end_column": 13,
        "offset": 900,
        "footnote": "2",
        "raw": "x",
        "message": "'x' is wrong.",
        "hint": "Write it so.",
        "fix": {"replacement": "y", "safe": True},
    }
    assert data["findings"][1]["fix"] is data["findings"][1]["raw"] is data["findings"][1]["footnote"] is None
    assert data["summary"] == {"files": 1234, "briefs": 1200, "links": 1, "errors": 1, "warnings": 1}
