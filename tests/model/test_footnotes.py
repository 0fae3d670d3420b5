"""Notes: who points to them, and what sources they name."""

from __future__ import annotations

import pytest

from regesta.model.briefs import read_document


def notes(text):
    """Read a text and give its notes."""
    return read_document("a.md", text.encode()).footnotes


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("<http://a.example>; <http://b.example>", [["http://a.example"], ["http://b.example"]]),
        ("http://a.example; http://b.example", [["http://a.example"], ["http://b.example"]]),
        ("<http://a.example>;<http://b.example>", [["http://a.example"], ["http://b.example"]]),
        ("[a; b](http://a.example); [c](http://b.example)", [["http://a.example"], ["http://b.example"]]),
        ("A (x; y), <http://a.example>", [["http://a.example"]]),
        ("<http://a.example/x;y> z", [["http://a.example/x;y"]]),
        ("`a; b` <http://a.example>", [["http://a.example"]]),
        ("Ibid.; <http://a.example>", [[], ["http://a.example"]]),
        ("<http://a.example>;\n    <http://b.example>;", [["http://a.example"], ["http://b.example"]]),
        ("A &amp; B; C", [[], []]),
        ("<http://a.example>, <http://b.example>", [["http://a.example", "http://b.example"]]),
        ("A.\n\n    <http://a.example>", [[], ["http://a.example"]]),
    ],
)
def test_citations(note, expected):
    """A `;` outside links and brackets parts sources, when a space, an end or a link follows."""
    (read,) = notes(f"x[^1]\n\n[^1]: {note}")
    assert [[link.text for link in citation.links] for citation in read.citations] == expected


def test_the_order_is_that_of_the_text():
    """Notes come as the text points to them, the unused ones last."""
    read = notes("a[^b] c[^a] d[^b]\n\n[^c]: 1\n[^a]: 2\n[^b]: 3")
    assert [(note.label, len(note.references)) for note in read] == [("b", 2), ("a", 1), ("c", 0)]


def test_the_first_definition_counts():
    """A later one is kept apart, and gives no sources."""
    (note,) = notes("a[^1]\n\n[^1]: <http://a.example>\n[^1]: <http://b.example>")
    assert [link.text for link in note.links] == ["http://a.example"]
    assert len(note.duplicates) == 1


def test_labels_match_whatever_their_case():
    """`[^Who]` points to `[^who]:`, as in the parser; all labels are then the definition's own."""
    document = read_document("a.md", "a[^Who] b[^WHO] c[^ЛУК]\n\n[^who]: x\n[^Лук]: y".encode())
    assert [(note.label, len(note.references)) for note in document.footnotes] == [("who", 2), ("Лук", 1)]
    assert {reference.label for reference in document.body.references} == {"who", "Лук"}


def test_a_note_in_a_list_and_a_table():
    """A reference is found wherever inline text can stand."""
    read = notes("- a[^1]\n\n| b[^2] |\n|---|\n| c[^3] |\n\n> d[^4]\n\n[^1]: x\n[^2]: x\n[^3]: x\n[^4]: x")
    assert [(note.label, len(note.references)) for note in read] == [(str(n), 1) for n in range(1, 5)]
