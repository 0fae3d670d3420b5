"""The rules as a set: codes, choice, words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from regesta.checking.checks import check_document
from regesta.checking.reference import reference_pages
from regesta.checking.registry import RULES, Selection, UnknownRule, find_rule
from regesta.checking.texts import Context
from regesta.model.briefs import read_document


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_a_rule_says_what_it_is(rule):
    """Code, name, one line, why, example and fix are there."""
    assert re.fullmatch(r"[UFBEL]\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.name)
    assert rule.says.endswith(".")
    assert "\n" not in rule.says
    assert rule.why
    assert rule.example
    assert rule.fix


def test_no_two_rules_share_a_name():
    """A name is as good as a code."""
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


def test_the_reference_is_what_the_registry_says():
    """docs/rules holds a page for each rule and no other; `regesta rule` prints the same text."""
    written = {file.name: file.read_text(encoding="utf-8") for file in Path("docs/rules").glob("*.md")}
    assert written == reference_pages()


@pytest.mark.parametrize(
    ("select", "ignore", "inside", "outside"),
    [
        ([], [], "U101", "X"),
        (["U"], [], "U102", "F201"),
        (["F2"], ["F205"], "F201", "F205"),
        (["defanged-link", "b301"], [], "B301", "U102"),
        ([], ["U101"], "U102", "U101"),
    ],
)
def test_selection(select, ignore, inside, outside):
    """Codes, their beginnings and names choose; what is ignored stays out."""
    selection = Selection(select, ignore)
    assert inside in selection.codes
    assert outside not in selection.codes


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("U1011", "U101"),
        ("defang-link", "defanged-link"),
        ("F2O1", "F201"),
        ("", "lists them all"),
        ("zzz", "lists them all"),
    ],
)
def test_an_unknown_code_names_the_nearest(asked, near):
    """A typing error is no empty selection, under which all would seem well."""
    with pytest.raises(UnknownRule, match=near):
        Selection([asked])
    with pytest.raises(UnknownRule):
        find_rule(asked)


def test_a_selection_is_kept_to():
    """Only the chosen rules are run."""
    document = read_document("a.md", b"x[^q] hxxp://a.example")
    found = check_document(document, None, Context(), selection=Selection(["F"]))
    assert [finding.rule for finding in found] == ["F201"]


def test_every_code_that_is_printed_anywhere_is_a_rule():
    """No message, page or document names a code that `regesta rule` does not know."""
    files = [*Path("plugins/regesta").rglob("*.py"), *Path("docs/guide").rglob("*.md"), Path("README.md")]
    named = {
        (code, str(file))
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        for code in re.findall(r"(?<![\w/.%+-])[UFBEL][1-5]\d\d(?![\w%])", line.partition("# noqa")[0])
    }
    assert {one for one in named if one[0] not in RULES} == set()
    assert {"B310", "U101", "L501"} <= {code for code, _ in named}
