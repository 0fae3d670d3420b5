"""What an archive sets for the checker."""

from __future__ import annotations

import pytest

from regesta.checking.patterns import matches_path
from regesta.checking.settings import InvalidSettings, Settings, read_settings
from regesta.model.findings import Finding, Severity
from regesta.model.spans import Place


def finding(rule, path="src/briefs/2020/a.md", severity=Severity.ERROR):
    """Make a finding."""
    place = Place(path=path, line=1, column=1, end_line=1, end_column=1, offset=0)
    return Finding(rule=rule, name="x", severity=severity, place=place, message="", hint="")


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("briefs/2020/*.md", "briefs/2020/a.md", True),
        ("briefs/2020/*.md", "briefs/2020/09/a.md", False),
        ("briefs/*.md", "briefs/2020/a.md", False),
        ("briefs/**/*.md", "briefs/2020/09/a.md", True),
        ("briefs/**/*.md", "briefs/a.md", True),
        ("briefs/**", "briefs/2020/a.md", True),
        ("briefs/2020/", "briefs/2020/a.md", True),
        ("briefs/2020", "briefs/2020/a.md", False),
        ("**/a.md", "a.md", True),
        ("**", "a/b/c.md", True),
        ("./briefs/a.md", "briefs/a.md", True),
        ("Briefs/a.md", "briefs/a.md", False),
        ("briefs/[ab].md", "briefs/b.md", True),
        ("briefs/2?20/a.md", "briefs/2020/a.md", True),
        ("минск/*.md", "минск/вода.md", True),
        ("**/" * 200 + "x", "a/" * 200 + "b", False),
        ("*a" * 60, "a" * 250 + "b", False),
    ],
)
def test_patterns(pattern, path, matches):
    """A star stays within a folder's name, two go through folders; none takes long."""
    assert matches_path(pattern, path) is matches


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"ignroe": "U"}, "there is no option 'ignroe'. Is 'ignore' meant?"),
        ({"select": "U1O1"}, "select: There is no rule 'U1O1'. Is 'U101' meant?"),
        ({"select": 3}, "select: Expected codes of rules"),
        ({"ignore": ["U101", None]}, "ignore: Expected codes of rules"),
        ({"per_file": ["a"]}, "per_file: Expected patterns of paths"),
        ({"per-file": {"a.md": "nothing-like-it"}}, "per-file: There is no rule 'nothing-like-it'."),
        ({"severity": {"U101": "wanring"}}, "severity: Not a weight (expected error, warning, info): 'wanring'."),
        ({"severity": {"X": "info"}}, "severity: There is no rule 'X'."),
        ({"fail_on": "eror"}, "fail_on: Expected error, warning, info, never, not 'eror'. Is 'error' meant?"),
        ({"fail-on": True}, "fail-on: Expected"),
        ({"baseline": 3}, "baseline: Expected the name of a file"),
    ],
)
def test_what_is_no_setting(options, words):
    """The message names the place, the value, and the nearest that there is."""
    with pytest.raises(InvalidSettings) as caught:
        read_settings(("pyproject.toml", options))
    assert str(caught.value).startswith("pyproject.toml: ")
    assert words in str(caught.value)


def test_of_two_layers_the_later_counts_option_by_option():
    """Nothing is merged, and what the later does not set stays."""
    settings = read_settings(
        ("a", {"ignore": ["U"], "severity": {"F202": "info"}, "baseline": "a.json"}),
        ("b", {"ignore": "F205, F204", "severity": {"F204": "error"}, "fail_on": None}),
    )
    assert settings.ignore == ("F205", "F204")
    assert settings.severity == {"F204": Severity.ERROR}
    assert (settings.baseline, settings.fail_on) == ("a.json", Severity.ERROR)


@pytest.mark.parametrize(
    ("select", "ignore", "inside", "outside"),
    [
        ((), (), {"U101"}, {"F205", "B302"}),
        (("F205",), (), {"F205"}, {"U101"}),
        ((), ("U101",), {"U102"}, {"F205", "U101"}),
        (("F",), ("F201",), {"F205"}, {"F201", "U101"}),
    ],
)
def test_the_command_line_is_stronger(select, ignore, inside, outside):
    """Rules that somebody selects by hand are run even where settings ignore them; what he ignores is added."""
    settings = read_settings(("a", {"select": ["U", "F"], "ignore": "F205"}))
    codes = settings.asked(select=select, ignore=ignore).selection.codes
    assert inside <= codes
    assert not outside & codes


def test_weights():
    """The narrower of two words for a rule counts; rules of some files are left out, from either folder."""
    settings = read_settings(
        (
            "a",
            {
                "severity": {"F202": "error", "F": "info", "undefined-footnote": "warning"},
                "per_file": {"briefs/2020/*.md": "U", "src/briefs/2021/**": ["F202"]},
                "fail_on": "warning",
            },
        )
    )
    findings = [
        finding("F201"),
        finding("F202"),
        finding("F203"),
        finding("U101"),
        finding("U101", "src/briefs/2021/a.md"),
        finding("F202", "src/briefs/2021/a.md"),
    ]
    weighed = settings.weigh(findings, "src/")
    assert [(f.rule, f.severity.value) for f in weighed] == [
        ("F201", "warning"),
        ("F202", "error"),
        ("F203", "info"),
        ("U101", "error"),
    ]
    assert [settings.counts(f) for f in weighed] == [True, True, False, True]


def test_nothing_counts_as_failure_when_nothing_is_to():
    """`never` means it."""
    assert not read_settings(("a", {"fail_on": "never"})).fails([finding("U101")])
    assert Settings().fails([finding("U101")])
    assert not Settings().fails([finding("U101", severity=Severity.WARNING)])


@pytest.mark.parametrize(("value", "expected"), [(False, ""), ("x.json", "x.json"), (None, None)])
def test_a_baseline_may_be_none(value, expected):
    """`false` says that there is to be none, nothing says that the usual one counts."""
    assert read_settings(("a", {"baseline": value})).baseline == expected
