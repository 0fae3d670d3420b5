"""What the index takes of a brief."""

from __future__ import annotations

import json
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.archive import read_entry
from regesta.model.briefs import read_document
from regesta.model.mentions import Names
from regesta.pages.addresses import Addresses
from regesta.pages.languages.language import ENGLISH
from regesta.pages.search.records import language_code, search_record
from regesta.pages.search.tokens import index_words


def record(text, front="title: T\ndate: 2020-09"):
    """Make the record of a brief."""
    document = read_document("briefs/2020/a.md", f"---\n{front}\n---\n{text}".encode())
    return search_record(document, read_entry(document, Names([])), Addresses(), language=ENGLISH)


def found_text(found):
    """Give the paragraphs that readers see."""
    return json.loads(found.url)[2].split("\n")


def facts(found):
    """Give what comes back with a result."""
    return json.loads(found.url)[1]


def test_notes_are_left_out() -> None:
    """The text is searched, its notes are not."""
    found = record("Grain waits.[^1]\n\n[^1]: The heron ledger, *p. 4*. <https://example.org/>\n")
    assert found.content == "grain waits . t . t . t"
    assert json.loads(found.url)[2] == "Grain waits."


def test_what_identifies_a_brief_is_searched_with_it() -> None:
    """Title, institute, authors and series are searched; date, number and identifiers come back with a result."""
    front = (
        "title: Low water\ndate: 2020-09\npublisher: North\nauthors: [A, B]\nseries: Tides\nnumber: '7'\ndoi: 10.1/x"
    )
    found = record("Text.", front)
    meta = {"title": "Low water", "institute": "North", "authors": "A; B", "series": "Tides"}
    assert json.loads(found.url)[3] == meta
    assert found.content == "text . low water . low water . low water . north . a . b . tides"
    assert found.words == {"text", "low", "water", "north", "tides"}
    assert json.loads(found.url)[0] == "briefs/2020/a/"
    told = facts(found)
    assert (told["date"], told["when"], told["number"], told["doi"]) == ("2020-09", "September 2020", "7", "10.1/x")


def test_a_result_can_find_its_paragraph() -> None:
    """The record says at which place each paragraph begins, the summary before all; a break is a place."""
    found = record("One two.\n\nThree *four* five.\n", "title: T\nsummary: A b c.")
    assert found.content == "a b c . one two . three four five . t . t . t"
    assert json.loads(found.url)[2] == "A b c.\nOne two.\nThree four five."
    assert facts(found)["paragraphs"] == [4, 1, 7, 2]


def test_paragraphs_of_the_sites_own_markdown_have_no_address() -> None:
    """A brief that the site's own extensions write has no paragraph addresses, and none is promised."""
    assert "paragraphs" not in facts(record("One.\n", "title: T\nmarkdown: mkdocs"))


@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "Z"]), min_size=1), max_size=8))
def test_words_are_counted_as_they_stand(paragraphs) -> None:
    """Whatever the text, each paragraph begins at the word that is told, and at none before the last."""
    found = record("\n\n".join(paragraphs))
    told = facts(found).get("paragraphs", [])
    starts, numbers = told[::2], told[1::2]
    assert starts == sorted(starts)
    assert numbers == sorted(set(numbers))
    assert all(start < len(found.content.split()) for start in starts)
    # As the browser counts them in the text: a place for each word, and one for each end of a paragraph.
    counted = list(accumulate((len(index_words(line, "en")) + 1 for line in found_text(found)), initial=0))
    assert set(starts) <= set(counted)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en"),
        ("uk-UA", "uk"),
        ("sr_Latn", "sr"),
        ("EN-gb", "en"),
        ("", ""),
        ("../x", ""),
        ("english", ""),
        ("e", ""),
    ],
)
def test_a_language_is_its_code_or_none(tag, expected) -> None:
    """A folder is named by it: what is no language becomes none."""
    assert language_code(tag) == expected


def test_a_brief_without_a_language_is_in_that_of_the_site() -> None:
    """Without a language, or with what is none, a brief is in the language of the site."""
    assert record("x").language == "en"
    assert record("x", "title: T\nlanguage: '../../etc'").language == "en"
    assert record("x", "title: T\nlanguage: uk").language == "uk"
