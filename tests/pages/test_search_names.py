"""Entities by any of their spellings."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pages.searched import read, site_of

from regesta.pages.search.names import bucket, name_buckets, name_files, name_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Лукашенко", ["лукашенко"]),
        ("Tsikhanoŭskaya", ["tsikhanouskaya"]),
        ("O’Brien, O'Brien", ["obrien", "obrien"]),
        ("ISW (Institute)", ["isw", "institute"]),
        ("a_b", ["a", "b"]),
        ("ﬁve ½", ["five", "1", "2"]),
        ("Lukash\u00adenko \u200eKell", ["lukashenko", "kell"]),
        ("…", []),
    ],
)
def test_names_are_compared_without_case_and_accents(text, expected) -> None:
    """Case, accents, apostrophes and strokes do not count."""
    assert name_words(text) == expected


@given(st.text())
def test_either_form_of_unicode_is_one_name(text) -> None:
    """A name in composed and in decomposed letters is the same."""
    assert name_words(unicodedata.normalize("NFC", text)) == name_words(unicodedata.normalize("NFD", text))


@given(st.text(), st.integers(1, 64))
def test_a_file_is_always_one_of_those_there_are(text, number) -> None:
    """Any text leads to one of the files, and its first letters alone decide where two count."""
    assert 0 <= bucket(text, number, 2) < number
    assert bucket(text, number, 2) == bucket(text[:2], number)


def test_every_spelling_is_found_and_hidden_ones_are_marked_by_nothing() -> None:
    """A file has the entity once, its page, its briefs, and all its spellings, the hidden ones too."""
    site = site_of()
    (file,) = name_files(site)
    rows = {row[1]: (row, spellings) for row, spellings in read(file)}
    assert rows["ada-kell"][0] == ["person", "ada-kell", "Ada Kell", "Ада Келль", 3, "people/ada-kell/"]
    assert rows["ada-kell"][1] == ["ada kell", "kell", "ада келль"]
    assert rows["lukashenko"][1] == ["alexander lukashenko", "лукашенк*", "batka"]
    assert "Batka" not in str([row for row, _ in rows.values()])


def test_many_names_lie_in_several_files_by_their_letters() -> None:
    """In a large archive the file of a word's first letters has every entity with that word."""
    entities = {f"e-{n}": f"name: Wor{n}d Aa{n}\ntype: person" for n in range(1500)}
    site = site_of({}, entities)
    number = name_buckets(site)
    files = [read(file) for file in name_files(site)]
    assert 1 < number == len(files)
    assert {row[1] for row, _ in files[bucket("wo", number, 2)]} == set(entities)
    assert {row[1] for row, _ in files[bucket("aa", number, 2)]} == set(entities)


def test_a_site_without_entities_has_no_names() -> None:
    """Without pages of entities no file has a name."""
    (file,) = name_files(site_of({}, {}))
    assert read(file) == []
