"""Notes that stand whole in the text."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from tests.checking.test_rules import ADA, TOP, run
from tests.pages.test_body_writer import soup

from regesta.checking.checks import Checker
from regesta.checking.texts import Context
from regesta.model.briefs import read_document

if TYPE_CHECKING:
    from bs4 import BeautifulSoup


def notes(markdown: str) -> list[tuple[str, str]]:
    """Give the label and the words of each note, as a page shows them."""
    page: BeautifulSoup = soup(markdown)
    marks = [mark.text for mark in page.select("a.footnote-ref")]
    items = page.select(".rg-notes li")
    for back in page.select(".footnote-backref"):
        back.extract()
    shown = [str(item.get("value") or item.select_one(".rg-label").text) for item in items]
    assert sorted(marks) == sorted(shown)
    return list(zip(shown, (" ".join(item.text.split()) for item in items), strict=True))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Text.^[An inline note, https://a.example/i]", [("1", "An inline note, https://a.example/i")]),
        ("A.[^1] B.^[Zob. umowę.]\n\n[^1]: One", [("1", "One"), ("2", "Zob. umowę.")]),
        ("A.^[там само] B.[^2]\n\n[^2]: Два", [("3", "там само"), ("2", "Два")]),
        ("a[^ferry] b^[siehe oben]\n\n[^ferry]: F", [("1", "F"), ("2", "siehe oben")]),
        ("- item^[see **x** [b] c]", [("1", "see **x** [b] c".replace("*", ""))]),
        ("## Head^[in a heading]\n\nText.", [("1", "in a heading")]),
        ("| a^[in a table] |\n|---|\n| b |", [("1", "in a table")]),
        ("> quoted^[同上]", [("1", "同上")]),
        ("x[^1]\n\n[^1]: One^[within a note].", [("1", "One2."), ("2", "within a note")]),
        ("^[Only a note]", [("1", "Only a note")]),
        ("a^[with `code]` and [a link](https://b.example/)]", [("1", "with code] and a link")]),
        ("x \\^[no note] 10^[2] ^[a-z] `^[code]` ^[] ^[open", []),
    ],
)
def test_an_inline_note_is_a_note_in_its_place(markdown: str, expected: list[tuple[str, str]]) -> None:
    """`^[words]` is listed in reading order, under a number that no other note has."""
    assert notes(markdown) == expected


def test_its_links_and_places_are_those_of_a_note() -> None:
    """The link of an inline note is a link of that note, at its place in the source; the text around stays whole."""
    source = b"---\ntitle: A\n---\nText Kell.^[See https://a.example/i] More https://b.example/.\n"
    document = read_document("briefs/2020/a.md", source)
    assert [(link.raw, link.note) for link in document.links] == [
        ("https://a.example/i", "1"),
        ("https://b.example/", None),
    ]
    assert all(source[link.span.start : link.span.end].decode() == link.raw for link in document.links)
    assert [block.text for block in document.body.blocks] == [
        "Text Kell. More https://b.example/.",
        "See https://a.example/i",
    ]
    (note,) = document.footnotes
    assert [reference.block for reference in note.references] == [0]


def test_names_in_and_behind_an_inline_note_are_linked_where_they_stand() -> None:
    """Links to entities stay at their names, in the note and in the text behind it."""
    page = soup("Belta.^[Note by Ana Kell on Belta.]\n\n## Next\n\nThen^[a note] Ana Kell went.")
    assert [link.text for link in page.select(".rg-notes a.rg-entity")] == []  # once a section: Belta stands before
    assert "Then2 Ana Kell went." in " ".join(page.text.replace("¶", "").split())


def test_many_brackets_are_read_in_time() -> None:
    """Carets and brackets that never close cost no more than their number."""
    text = "---\ntitle: A\n---\n" + "^[a " * 20000
    start = perf_counter()
    assert read_document("a.md", text.encode()).footnotes == ()
    assert perf_counter() - start < 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[the tender ^[signed in March]](https://halvern.example/t)", [("F208", "signed in March")]),
        ("<div>Text^[a note here]</div>", [("F208", "a note here")]),
        ("x.^[1] y[^1]\n\n[^1]: One https://a.example/", [("F209", "1")]),
        ("x.^[2a] y[^2a]\n\n> z^[2A]\n\n[^2a]: One https://a.example/", [("F209", "2a"), ("F209", "2A")]),
        ("x.^[A note, https://a.example/] ^[a-z] 10^[2]", []),
        ("x^[see ^[the tender] here]", [("F208", "the tender")]),
        ("x[^1]\n\n[^1]: One^[zob. ^[umowę] tam] https://a.example/", [("F208", "umowę")]),
        ("x^[not closed at all.\n\nNext]", [("F208", "^[not closed at all.")]),
        ("- x^[nie *zamknięte*", [("F208", "^[nie zamknięte")]),
        ("| x^[не закрыто |\n|---|\n| ] |", [("F208", "^[не закрыто")]),
        ("x[^1]\n\n[^1]: https://a.example/ ^[脚注没有", [("F208", "^[脚注没有")]),
        ("`x^[not closed` y\\^[not closed z^[2 m^[a-z", []),
        ("<p>ü^[a note] ü^[a note] \\^[no note]</p>", [("F208", "a note"), ("F208", "a note")]),
        ("x ^[^abc]+$", [("F201", "abc")]),
    ],
)
def test_what_is_no_note_and_was_meant_as_one_is_named(text: str, expected: list[tuple[str, str]]) -> None:
    """An inline note where none is read, and a reference with its caret before the bracket, are findings."""
    found = run(Checker(Context()), {"briefs/2020/a.md": TOP + text}, ADA=ADA)
    assert [(f.rule, f.subject) for f in found if f.rule in {"F201", "F208", "F209"}] == expected


def test_a_note_in_the_text_is_named_by_its_words() -> None:
    """The finding of a note that stands in the text quotes it, since it has no label."""
    found = run(
        Checker(Context()), {"briefs/2020/a.md": f"{TOP}x[^1] y^[Siehe die {'lange ' * 20}Akte.]\n\n[^1]: One"}, ADA=ADA
    )
    assert [f.message[:40] for f in found if f.rule == "F205"] == [
        "The note '^[Siehe die lange lange lange ",
        "Footnote '[^1]' names no address.",
    ]


def test_extensions_know_no_inline_notes() -> None:
    """In a brief with `markdown: mkdocs` an inline note is reported, since the site's extensions print it."""
    top = TOP.replace("date:", "markdown: mkdocs\ndate:")
    found = run(Checker(Context()), {"briefs/2020/a.md": f"{top}Text.^[An inline note.] `^[code here]`"}, ADA=ADA)
    assert [(f.rule, f.subject) for f in found if f.rule[0] == "F"] == [("F208", "An inline note.")]
