"""A baseline acknowledges findings, not lines."""

from __future__ import annotations

import pytest

from regesta.checking.baseline import InvalidBaseline, compare, read_baseline, write_baseline
from regesta.checking.checks import check_document
from regesta.checking.texts import Context
from regesta.model.briefs import read_document


def findings(text, path="a.md"):
    """Check a page."""
    return check_document(read_document(path, text.encode()), None, Context())


def acknowledged(text, path="a.md"):
    """Write a baseline of a page and read it again."""
    return read_baseline(write_baseline(findings(text, path)))


BEFORE = "x hxxp://a.example y hxxp://a.example z[^q]"


@pytest.mark.parametrize(
    ("text", "path", "new", "gone"),
    [
        (BEFORE, "a.md", 0, 0),
        ("New lines\n\nabove.\n\n" + BEFORE, "a.md", 0, 0),
        (BEFORE, "renamed.md", 0, 0),
        (BEFORE + " hxxp://a.example", "a.md", 1, 0),
        (BEFORE + " hxxp://b.example", "a.md", 1, 0),
        ("x hxxp://a.example z[^q]", "a.md", 0, 1),
        ("all is well", "a.md", 0, 3),
        (BEFORE.replace("a.example", "b.example"), "a.md", 2, 2),
    ],
)
def test_what_is_new_and_what_is_gone(text, path, new, gone):
    """A moved line or a renamed file makes nothing new; what is mended is said to be gone."""
    compared = compare(findings(text, path), acknowledged(BEFORE))
    assert (len(compared.new), len(compared.gone)) == (new, gone)
    assert compared.acknowledged + len(compared.new) == len(findings(text, path))


def test_of_two_like_findings_the_one_in_another_file_is_new():
    """The file decides first, so that the finding reported is the one that was added."""
    both = [*findings(BEFORE, "0-added.md"), *findings(BEFORE, "a.md")]
    assert {finding.place.path for finding in compare(both, acknowledged(BEFORE)).new} == {"0-added.md"}


def test_a_baseline_is_the_same_text_for_the_same_findings():
    """It is committed: the order in which findings come does not show."""
    found = findings(BEFORE)
    assert write_baseline(found) == write_baseline(found[::-1])
    assert write_baseline([]) == '{\n  "version": 1,\n  "findings": [\n  ]\n}\n'
    assert read_baseline(write_baseline([])) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 2, "findings": []}',
        '{"version": 1, "findings": [1]}',
        '{"version": 1, "findings": [{"path": "a", "rule": "U101", "subject": "x"}]}',
        "[" * 100_000,
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_baseline(text):
    """A file that is none is refused, not taken for an empty one."""
    with pytest.raises(InvalidBaseline):
        read_baseline(text)
