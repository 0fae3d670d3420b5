"""The sentences that rest on a note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.archive import read_entry
from regesta.model.briefs import read_document
from regesta.model.mentions import Names
from regesta.model.sentences import LONGEST_SENTENCE

FRONT = "---\ntitle: X\ndate: 2020-01-01\n---\n"
NOTE = "\n\n[^1]: <https://ferry.example/a>; <https://ferry.example/b>\n"


def entry(text: str):
    """Read a brief of this text."""
    return read_entry(read_document("briefs/x.md", (FRONT + text).encode()), Names([]))


def claims(text: str) -> list[list[str]]:
    """Give the sentences on which each link rests."""
    read = entry(text)
    return [[claim.sentence for claim in read.claims_on(link)] for link in read.cited]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("The ferry sank.[^1] Nobody drowned.", "The ferry sank."),
        ("The ferry sank. [^1] Nobody drowned.", "The ferry sank."),
        ("The ferry sank.\n[^1] Nobody drowned.", "The ferry sank."),
        ("The ferry sank.[^1]", "The ferry sank."),
        ("The ferry sank. [^1]Nobody drowned.", "The ferry sank."),
        ("Nobody drowned. The ferry[^1] sank. It was cold.", "The ferry sank."),
        ("Nobody drowned. The ferry, said Gen. Brook,[^1] sank. It was cold.", "The ferry, said Gen. Brook, sank."),
        ("“The ferry sank.”[^1] Nobody drowned.", "“The ferry sank.”"),
        ("[^1] The ferry sank. Nobody drowned.", "The ferry sank."),
        ("Паром затонув.[^1] Ніхто не загинув.", "Паром затонув."),
        ("**The ferry** [sank](https://other.example/).[^1] Nobody drowned.", "The ferry sank."),
        ("- One.\n- The ferry sank.[^1]\n- Three.", "The ferry sank."),
        ("> The ferry sank.[^1]", "The ferry sank."),
        ("## The ferry sank[^1]\n\nText.", "The ferry sank"),
        ("| a | b |\n|---|---|\n| x | The ferry sank.[^1] |", "The ferry sank."),
    ],
)
def test_a_note_belongs_to_the_sentence_before_it(text, sentence):
    """The claim of a note is the sentence in which it is pointed to; one at a sentence's end belongs to that one."""
    assert claims(text + NOTE)[-2:] == [[sentence], [sentence]]


def test_a_note_that_is_pointed_to_twice_proves_two_claims():
    """Each place that points to a note is a claim of its own, in reading order."""
    assert claims("The ferry sank.[^1] Nobody drowned.\n\nIt was cold.[^1]" + NOTE)[0] == [
        "The ferry sank.",
        "It was cold.",
    ]


@pytest.mark.parametrize("text", ["Text.", "Text.[^2]\n\n[^2]: See also.[^1]", "[^1]", "[^1]\n\nThe ferry sank."])
def test_a_note_to_which_no_sentence_points_proves_nothing(text):
    """An unused note, one that only another note points to, and one that stands alone have no claim."""
    assert claims(text + NOTE)[-1] == []


def test_a_link_in_the_text_has_its_own_sentence():
    """What rests on a link in the text is the sentence that it stands in."""
    assert claims("It was cold. The ferry [sank](https://ferry.example/) at night. Nobody drowned.") == [
        ["The ferry sank at night."]
    ]


def test_what_leads_nowhere_else_is_not_cited():
    """Links to entities and briefs, pictures, front matter and mail are no citations; damaged and defanged ones are."""
    text = (
        "[a](entity:ferry) [b](../2019/x.md) ![c](https://ferry.example/c.png) <mailto:a@ferry.example> [d](#p-1)\n\n"
        "<hxxps://ferry[.]example/e> <https://ferry.example/f> htp://ferry.example/g"
    )
    read = entry(text)
    assert [(link.form.value, link.url) for link in read.cited] == [
        ("defanged", "https://ferry.example/e"),
        ("ok", "https://ferry.example/f"),
        ("damaged", "http://ferry.example/g"),
    ]


def test_a_withdrawn_brief_claims_nothing():
    """Of a withdrawn brief no link and no sentence is kept."""
    text = FRONT.replace("date:", "status: withdrawn\ndate:") + "The ferry sank.[^1]" + NOTE
    read = read_entry(read_document("briefs/x.md", text.encode()), Names([]))
    assert (read.cited, dict(read.claims)) == ((), {})


def test_an_endless_sentence_is_cut_around_its_note():
    """Of a text without stops a claim is what stands around the note."""
    words = "word " * 4000
    (sentence,) = claims(f"{words}here[^1] {words}" + NOTE)[0]
    assert len(sentence) <= LONGEST_SENTENCE + 10
    assert "here" in sentence


@given(st.text(st.sampled_from("ab .!?[^1]\n“”éЖ"), max_size=60))
def test_any_text_can_be_asked_for_its_claims(text):
    """Whatever stands around a reference, its claim is a part of its paragraph without blanks at its ends."""
    for link in (read := entry(text + "[^1] end." + NOTE)).cited:
        for claim in read.claims_on(link):
            assert claim.sentence in claim.text
            assert claim.sentence == claim.sentence.strip()
