"""The sentence in which something was found."""

from __future__ import annotations

import time

import pytest

from regesta.model.spans import Lines, Span
from regesta.reporting.quotation import quotation


def quoted(text, words):
    """Quote the place of some words."""
    at = text.encode().index(words.encode())
    return quotation(Lines(text.encode()).place("a.md", Span(at, at + len(words.encode()))), text)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("One. Two bad words. Three.", "bad", ("Two ", "bad", " words.")),
        ("A line\nends bad\nhere. Next.", "bad", ("A line\nends ", "bad", "\nhere.")),
        ("A line\r\nends bad\r\nhere.", "bad", ("A line\nends ", "bad", "\nhere.")),
        ("Before.\n\nThe bad one\n\nAfter.", "bad", ("The ", "bad", " one")),
        ("title: x\ndate: bad\nlanguage: en", "bad", ("date: ", "bad", "")),
        ("[^1]: One\n[^2]: bad\n[^3]: Three", "bad", ("[^2]: ", "bad", "")),
        ("- one\n- bad\n- three", "bad", ("- ", "bad", "")),
        ("a | b\n| bad | x |\n| y | z |", "bad", ("| ", "bad", " | x |")),
        ("Кирилиця bad 漢字. Next", "bad", ("Кирилиця ", "bad", " 漢字.")),
        ("bad", "bad", ("", "bad", "")),
        ("", "", None),
    ],
)
def test_it_is_the_sentence(text, words, expected):
    """It reaches over line ends, and not over the bounds of a paragraph, note, item, row or field."""
    assert quoted(text, words) == expected


def test_a_long_sentence_is_cut_on_both_sides():
    """Some words before and behind are left, whole ones, and dots where more would be."""
    before, marked, after = quoted("word " * 500 + "bad" + " word" * 500, "bad")
    assert marked == "bad"
    assert before.startswith("… word ")
    assert after.endswith(" word …")
    assert len(before) < 260
    assert len(after) < 260


def test_a_long_mark_is_cut_in_the_middle():
    """A link as long as its file does not fill the page."""
    _, marked, _ = quoted("x " + "y" * 10_000 + " z", "y" * 10_000)
    assert len(marked) == 401
    assert marked[200] == "…"


@pytest.mark.parametrize("unit", ["word. Another here, ", "a line of words, with no end\n"])
def test_a_paragraph_as_long_as_its_file_takes_no_longer(unit):
    """Only what is near a place is read: twenty quotations from a megabyte take a moment."""
    text = unit * (1_000_000 // len(unit)) + "bad"
    lines = Lines(text.encode())
    place = lines.place("a.md", Span(len(text) - 3, len(text)))
    quotation(place, text)
    start = time.perf_counter()
    for _ in range(20):
        assert quotation(place, text).marked == "bad"
    assert time.perf_counter() - start < 1


def test_a_place_that_is_not_there_is_not_quoted():
    """A file that has changed since it was checked does no harm."""
    place = Lines(b"a\nb\nc").place("a.md", Span(4, 5))
    assert quotation(place, "a") is None
