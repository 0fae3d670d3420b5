"""Invented reports that the tests of all formats write."""

from __future__ import annotations

from regesta.checking.rules import Subject, rule
from regesta.model.findings import Finding, Fix, Severity
from regesta.model.spans import Place
from regesta.reporting.edit_links import edit_addresses
from regesta.reporting.report import Checked, Gone, Report

TEXT = """\
---
title: Ferries before the strike
date: 2020-02-30
---

The boats stood still. On Monday the union called *all* crews to the quay.[^2] Nobody came.

[^2]: Harbour Board, <hxxps://board[.]example/notice?a=1&b=2>, read on 漢字 day.
[^3]: Unused.
"""
PATH = "briefs_src/briefs/2021/ferries, 100% before.md"


@rule(
    "U101",
    "defanged-link",
    Severity.ERROR,
    Subject.TEXT,
    why="Nobody can click `hxxps://`.\n\nA second paragraph.",
    example="[^2]: <hxxps://board[.]example>",
    fix="Write it as the hint shows.",
)
def defanged(_text):
    """A link is rewritten so that it cannot be clicked."""  # noqa: D401 - what a rule says
    yield from ()


@rule(
    "F202", "unused-footnote", Severity.WARNING, Subject.TEXT, why="It is lost.", example="[^3]: x", fix="Point to it."
)
def unused(_text):
    """A note is defined and nothing in the text points to it."""  # noqa: D401 - what a rule says
    yield from ()


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


def place(words, path=PATH, text=TEXT):
    """Give where words stand in the text."""
    start = text.index(words)
    line = text[:start].count("\n") + 1
    column = start - text.rfind("\n", 0, start)
    return Place(
        path=path,
        line=line,
        column=column,
        end_line=line,
        end_column=column + len(words),
        offset=len(text[:start].encode()),
    )


def report(*findings, **changes):
    """Make a report."""
    return Report(findings=findings, **{"files": 1234, "briefs": 1200, "links": 1, **changes})


def a_whole_report():
    """Make a report that has something of everything."""
    link = "hxxps://board[.]example/notice?a=1&b=2"
    findings = (
        finding(
            "'2020-02-30' is no day of the calendar.",
            rule="B304",
            name="invalid-date",
            place=place("2020-02-30"),
            hint="Look it up in the document.",
            subject="date",
        ),
        finding(
            f"{link!r} is rewritten so that it cannot be clicked.",
            place=place(link),
            hint="It means 'https://board.example/notice?a=1&b=2'. If that is safe to visit, write it so.",
            footnote="2",
            raw=link,
            fix=Fix(replacement="https://board.example/notice?a=1&b=2", safe=False),
        ),
        finding(
            "Nothing in the text points to footnote '[^3]'.",
            rule="F202",
            name="unused-footnote",
            severity=Severity.WARNING,
            place=place("[^3]"),
            hint="Write '[^3]' where it belongs, or delete the note.",
            subject="3",
        ),
        finding(
            "Says [click](here) and nothing else.",
            rule="F205",
            name="footnote-without-source",
            severity=Severity.INFO,
            place=place("[^2]:", path="/elsewhere/note.md"),
            hint="",
        ),
    )
    checked = (
        Checked(path=PATH, title="Ferries before the strike", publisher="Institute for Harbour Studies", language="en"),
        Checked(path="briefs_src/briefs/2021/quiet.md", title="All quiet", publisher="Board & Sons"),
        Checked(path="/elsewhere/note.md"),
    )
    return report(
        *findings,
        files=4,
        briefs=2,
        links=3,
        acknowledged=1,
        gone=(Gone(path="b.md", rule="F201", subject="q"),),
        failures=("briefs_src/briefs/2021/torn.md: line 4 is not UTF-8. Save the file as UTF-8.",),
        checked={item.path: item for item in checked},
        rules={"U101": defanged, "F202": unused},
        statistics=True,
        text_of=lambda path: TEXT if path == PATH else "",
        edit_address=edit_addresses("https://code.example/", "edit/main/docs/", "docs"),
    )


HOSTILE = (
    "\x1b[2J\x1b]0;x\x07",
    "::error file=x::y",
    " \t::set-output name=x::y",
    "  ::error file=x::y",
    "\u3000\xa0::error::y",
    "` <b>x</b> [a](https://evil.example) `` <i>y</i> @team ``` <u>",
    "'a',`<b>x</b>`",
    "'a`',`<b>x</b>` [y](https://evil.example), '``',``<i>z</i>",
    "a ##[add-mask]b ##vso[task.complete]",
    "]]></failure><failure>",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "a|b\\|c||`d` ``e`` `",
    "line\nfeed\r\nand ::error::x",
    "\u202etxt.exe\u2066\u200b\u2028\u2029\ufeff",
    "![x](https://evil.example/x.png) [y](javascript:alert(1)) <https://evil.example> www.evil.example",
    "@team user@evil.example #12 owner/repo#3 GH-4 0123456789abcdef0123456789abcdef01234567",
    "'quoted' \"double\" it's 'half",
    "&lt;b&gt; &amp; &#x3c; --> <!-- -->",
    "\x00\x01\ufffe\uffff\U000e0041",
    "{0} {{1}} %0A %25 %s",
    "'a' 'b`' '``c'`x`'",
    "javascript:alert(1)",
    "~~x~~ **b** _i_ # h\n- li\n1. ol\n> q\n===",
    "漢字" * 400,
)
"""Texts that would do harm where one of the formats let them."""


def a_hostile_report(text):
    """Make a report in which everything that comes from outside is this text."""
    at = Place(path=text, line=1, column=1, end_line=1, end_column=2, offset=0)
    found = finding(
        f"{text!r} and {text} stand here.",
        place=at,
        hint=text,
        raw=text,
        footnote=text,
        subject=text,
        fix=Fix(replacement=text, safe=True),
    )
    return report(
        found,
        finding(text, severity=Severity.WARNING, place=at, hint=f"{text!r}"),
        checked={text: Checked(path=text, title=text, publisher=text, language=text)},
        gone=(Gone(path=text, rule="U101", subject=text),),
        failures=(text,),
        statistics=True,
        text_of=lambda _: text,
        edit_address=lambda _: text,
    )
