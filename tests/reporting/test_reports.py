"""Text for people, JSON for programs, and nothing that steers a terminal."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reporting.reports import finding, report

from regesta.model.findings import Fix, Severity
from regesta.model.spans import Place
from regesta.reporting.json_report import json_report
from regesta.reporting.report import Checked, Gone
from regesta.reporting.terminal import shown
from regesta.reporting.text import text_lines


def test_a_line_and_a_summary():
    """A place that editors jump to, the rule, the fact, the way out."""
    assert list(text_lines(report(finding(), acknowledged=2))) == [
        "src/a.md:41:7 U101 error: 'x' is wrong. Write it so.",
        "1 error, 0 warnings, 0 remarks in 1,200 briefs, 1 link, 1,234 files; 2 acknowledged in the baseline.",
    ]


def test_statistics_and_what_is_gone():
    """The most frequent rule comes first."""
    gone = Gone(path="b.md", rule="F201", subject="q")
    checked = {"src/a.md": Checked(path="src/a.md", publisher="Board")}
    lines = list(text_lines(report(finding(), gone=(gone,), statistics=True, checked=checked)))
    assert lines[1] == "b.md: F201 'q' is gone. Write the baseline anew."
    assert lines[2].split() == ["1", "U101", "defanged-link"]
    assert lines[3].split() == ["1", "Board"]


@pytest.mark.parametrize(
    ("source", "carets"),
    [
        ("12345 abcdef gh", "      ^^^^^^"),
        ("12345 ab", "      ^^"),
        ("Лук漢字 abcdef", "        ^^^^^^"),
        ("e\u0301 345 漢字cdef", "     ^^^^^^^^"),
        ("\x1b2345 a", "         ^"),
        ("\t2345 a", "       ^"),
        ("👩\u200d👧45 ab", "       ^^"),
        ("", "^"),
    ],
)
def test_an_excerpt_points_at_the_place(source, carets):
    """Carets stand under what is meant, also behind wide characters and shown escapes."""
    lines = list(text_lines(report(finding(), text_of=lambda _: "\n" * 40 + source), excerpts=True))
    assert lines[1] == f" 41 | {shown(source)}"
    assert lines[2] == f"    | {carets}"


def test_an_excerpt_of_a_long_line_is_cut_around_the_place():
    """A line of ten thousand characters does not fill the screen."""
    place = Place(path="a.md", line=1, column=5001, end_line=1, end_column=5004, offset=0)
    for filler, width in (("a", 1), ("漢", 2)):
        text = filler * 5000 + "XYZ" + filler * 5000
        found = report(finding(place=place), text_of=lambda _, text=text: text)
        lines = list(text_lines(found, excerpts=True))
        shown_line = "".join(char * (width if char == filler else 1) for char in lines[1])
        start = lines[2].index("^")
        assert shown_line[start : start + 3] == "XYZ"
        assert lines[2].endswith(" ^^^")
        assert len(shown_line) < 130
        assert lines[1].startswith(" 1 | …")
        assert lines[1].endswith("…")


def test_colour_is_only_where_it_is_asked_for():
    """A file or a pipe gets plain text."""
    assert not any("\x1b" in line for line in text_lines(report(finding())))
    assert any("\x1b[31;1mU101" in line for line in text_lines(report(finding()), colour=True))


@given(st.text())
def test_nothing_from_outside_steers_a_terminal(text):
    """No control character, no change of direction, no command to a CI service."""
    place = Place(path=text, line=1, column=1, end_line=1, end_column=2, offset=0)
    found = report(finding(text, place=place, hint=text, raw=text), text_of=lambda _: text)
    for line in text_lines(found, excerpts=True):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]", line)
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
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
