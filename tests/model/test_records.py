"""Lists that people keep beside the briefs are read so that nothing in them can do harm."""

from __future__ import annotations

from datetime import date

import pytest

from regesta.model.exemptions import read_exemptions
from regesta.model.records import InvalidRecords, read_records


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("# nothing yet\n", []),
        ("- {rule: U101}\n- {}\n", [{"rule": "U101"}, {}]),
        ("- rule: no\n  until: 2027-01-01\n  n: 0123\n", [{"rule": "no", "until": "2027-01-01", "n": "0123"}]),
        ("- rule: [a, b]\n  path:\n  - 'c d'\n", [{"rule": ("a", "b"), "path": ("c d",)}]),
        ("[{why: 'с: двоеточием'}]", [{"why": "с: двоеточием"}]),
    ],
)
def test_records(text, expected):
    """All that they hold is text; YAML's own ideas of numbers, days and truth have no say."""
    assert [record.fields for record in read_records(text)] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rule: U101", "line 1: expected a list"),
        ("U101", "line 1: expected a list"),
        ("- U101", "line 1: expected a list of entries with fields, found 'U101'"),
        ("- {rule: U101}\n- [a]", "line 2: expected"),
        ("- {rule: {a: b}}", "line 1: expected"),
        ("- {rule: [[a]]}", "line 1: expected"),
        ("- {[a]: b}", "line 1: expected"),
        ("- {a: b, a: c}", "line 1: the field 'a' is given twice"),
        ("- &x {a: b}\n- *x", "anchors and aliases"),
        ("- {a: b", "the YAML cannot be read"),
        ("- a: b\n c: d", "line 2: the YAML cannot be read"),
        ("- {a: \x00}", "cannot be read"),
        ("[" * 100_000, "line 1: expected"),
        ("- {a: [" + "[" * 100_000, "line 1: expected"),
    ],
    ids=lambda text: text[:24],
)
def test_what_is_no_list_of_records(text, words):
    """One line says where and what; depth is refused before it can do harm."""
    with pytest.raises(InvalidRecords) as caught:
        read_records(text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_place_of_a_record():
    """Each entry knows its own line and column, behind words of other alphabets, too."""
    text = "# Исключения\n- {rule: U101, link: 'я', why: да}\n\n- rule: F205\n  path: 'я/*.md'\n"
    first, second = read_exemptions(text, "src/exceptions.yml")
    assert (str(first.place), first.place.end_line) == ("src/exceptions.yml:2:3", 2)
    assert (str(second.place), second.place.end_line) == ("src/exceptions.yml:4:3", 5)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ("rule: U101, path: a", []),
        ("path: a", ["names no rule"]),
        ("rule: U101", ["names neither a path nor a link"]),
        ("rule: U101, path: a, reason: x", ["has an unknown field 'reason'"]),
        ("rule: U101, paht: a, path: b", ["has an unknown field 'paht' ('path'?)"]),
        ("rule: U101, path: a, until: soon", ["ends on no day (expected YYYY-MM-DD): 'soon'"]),
        ("rule: U101, path: a, until: 2027-02-30", ["ends on no day (expected YYYY-MM-DD): '2027-02-30'"]),
    ],
)
def test_what_is_wrong_with_an_exception(fields, wrong):
    """It is said of the one entry; the others hold."""
    (exemption,) = read_exemptions(f"- {{{fields}, why: x}}", "e.yml")
    assert list(exemption.wrong) == wrong


def test_an_exception_is_read():
    """Lists and single words are the same; days are days; control characters are taken out."""
    (exemption,) = read_exemptions(
        '- {rule: [U101, F2], link: a.example, why: "x\\ey", until: 2027-01-01, by: Ada}', "e.yml"
    )
    assert exemption[1:] == (("U101", "F2"), (), ("a.example",), "xy", date(2027, 1, 1), "Ada", ())
