"""Which entity a name means, and where names are not looked for."""

from __future__ import annotations

import pytest

from regesta.model.archive import Archive, read_entry
from regesta.model.briefs import read_document
from regesta.model.entities import read_entity
from regesta.model.mentions import Names
from regesta.model.sentences import LONGEST_SENTENCE

RECORDS = {
    "alexander-lukashenko": "name: Alexander Lukashenko\ntype: person\nvariants: [Lukashenko, Lukashenka, Лукашенк*]",
    "ada-kell": "name: Ada Kell\ntype: person\nvariants: [Kell]",
    "joran-kell": "name: Joran Kell\ntype: person\nvariants: [Kell, Captain Kell]",
    "hanne-brook": "name: Hanne Brook\ntype: person\nvariants: [Brook]\nnot_in: [Brook Street]",
    "lissen": "name: Lissen\ntype: place",
    "lissen-commission": "name: Lissen Commission\ntype: organisation",
    "dockers-union": "name: Dockers' Union\ntype: organisation",
    "brien": "name: Brien\ntype: place",
    "o-brien": "name: O’Brien\ntype: person",
    "putin": "name: Vladimir Putin\ntype: person\nvariants: [Путин*]",
    "strike": "name: Great Strike\ntype: event\nvariants: [{name: the strike, case: any}]",
    "walkout": "name: Walkout\ntype: event\nvariants: [{name: Ausstand, kind: hidden}]",
    "zoe": "name: Zoë\ntype: person",
}
ENTITIES = [read_entity(read_document(f"entities/{s}.md", f"---\n{t}\n---\n".encode())) for s, t in RECORDS.items()]


def mentions(text, front=""):
    """Read a brief and give its entry."""
    source = f"---\ntitle: T\ndate: 2020\n{front}\n---\n{text}".encode()
    return read_entry(read_document("briefs/a.md", source), Names(ENTITIES))


def slugs(text, front=""):
    """Give slug and spelling of each mention."""
    return [(mention.slug, mention.spelling) for mention in mentions(text, front).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lukashenko met Lukashenka.", ["Lukashenko", "Lukashenka"]),
        ("Lukashenko's and Lukashenko’s.", ["Lukashenko", "Lukashenko"]),
        ("Lukashenkos Lukashenko-like pro-Lukashenko", ["Lukashenko", "Lukashenko"]),
        ("(Lukashenko), “Lukashenko”—Lukashenko…", ["Lukashenko"] * 3),
        ("Лукашенко, Лукашенку, Лукашенкой, Лукашенка", ["Лукашенко", "Лукашенку", "Лукашенкой", "Лукашенка"]),
        ("Лукашенковщина", []),
        ("Alexander\nLukashenko spoke", ["Alexander Lukashenko"]),
        ("Alexander *Lukashenko* spoke", ["Alexander Lukashenko"]),
        ("**Alexander Lukashenko**reported", []),
        ("**Alexander Lukashenko**", ["Alexander Lukashenko"]),
        ("Alexander[^1] Lukashenko\n\n[^1]: x", ["Alexander Lukashenko"]),
        ("lukashenko LUKASHENKO", []),
        ("[Lukashenko](b.md) `Lukashenko` <https://lukashenko.example/Lukashenko>", []),
        ("    Lukashenko\n\n```\nLukashenko\n```\n\n<p>Lukashenko</p>", []),
        ("x[^1]\n\n[^1]: Lukashenko, a book.", []),
        ("![Lukashenko](a.png)", []),
        ("| Lukashenko |\n|---|\n| Lukashenko |\n\n> Lukashenko\n\n- Lukashenko", ["Lukashenko"] * 4),
    ],
)
def test_where_names_are_found(text, expected):
    """Both spellings lead to one page, on word boundaries, outside links, code, HTML and notes."""
    assert slugs(text) == [("alexander-lukashenko", spelling) for spelling in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Lissen Commission met in Lissen.", ["lissen-commission", "lissen"]),
        ("Lissen Commissioner", ["lissen"]),
        ("The Dockers' Union's and the Dockers’ Union’s", ["dockers-union", "dockers-union"]),
        ("O'Brien and O’Brien and Brien and l'Brien", ["o-brien", "o-brien", "brien", "brien"]),
        ("The Strike, THE STRIKE and the strikers", ["strike", "strike"]),
        ("Ausstand", ["walkout"]),
        ("Zoe\u0308 and Zoë but not Zoe", ["zoe", "zoe"]),
        ("Brook Street, Brook", ["hanne-brook"]),
        ("Путин, Путина, Путиным, путинизм, Путинизмом", ["putin", "putin", "putin"]),
    ],
)
def test_longest_name_first(text, expected):
    """A longer name hides the shorter one in it; apostrophes and normal forms do not matter."""
    assert [slug for slug, _ in slugs(text)] == expected


@pytest.mark.parametrize(
    ("text", "front", "expected", "unclear"),
    [
        ("Kell spoke.", "", [], 1),
        ("Ada Kell spoke. Kell left.", "", ["ada-kell", "ada-kell"], 0),
        ("Captain Kell spoke. Kell left.", "", ["joran-kell", "joran-kell"], 0),
        ("Ada Kell met Joran Kell. Kell left.", "", ["ada-kell", "joran-kell"], 1),
        ("Kell left. Ada Kell spoke.", "", ["ada-kell"], 1),
        ("Kell left.", "entities: {read: {Kell: ada-kell}}", ["ada-kell"], 0),
        ("Ada Kell met Joran Kell. Kell left.", "entities: {read: {Kell: joran-kell}}", None, 0),
        ("Kell left.", "entities: {not: [joran-kell]}", ["ada-kell"], 0),
        ("Kell left.", "entities: {add: [ada-kell]}", ["ada-kell"], 0),
        ("Nobody left.", "entities: {add: [ada-kell]}", [], 0),
    ],
)
def test_shared_surnames(text, front, expected, unclear):
    """A shared name goes to the one whose longer name stands earlier, to neither in doubt; the brief decides first."""
    entry = mentions(text, front)
    got = [mention.slug for mention in entry.mentions]
    assert got == (["ada-kell", "joran-kell", "joran-kell"] if expected is None else expected)
    assert len(entry.ambiguous) == unclear


def test_added_entities_are_mentioned_without_a_place():
    """`add` puts the brief on the entity's page, and no link in the text."""
    archive = Archive.of([mentions("Nobody left.", "entities: {add: [ada-kell]}")], ENTITIES)
    (mentioned,) = archive.mentioned["ada-kell"]
    assert mentioned.mentions == ()


def test_entities_linked_by_hand_are_mentioned_without_a_place():
    """A link with `entity:` is there for names that matching cannot know."""
    archive = Archive.of([mentions("[the captain](entity:joran-kell) spoke")], ENTITIES)
    assert list(archive.mentioned) == ["joran-kell"]


def test_headings_are_counted_and_not_linked():
    """A link in a heading would spoil the table of contents."""
    heading, body = mentions("# Lukashenko\n\nLukashenko.").mentions
    assert (heading.linkable, body.linkable) == (False, True)


def test_a_name_across_the_edge_of_an_element_is_not_linked():
    """`Alexander *Lukashenko*` cannot be one link."""
    assert [mention.linkable for mention in mentions("Alexander *Lukashenko*").mentions] == [False]


def test_a_mention_keeps_its_sentence_and_its_place_in_it():
    """The sentence is what a reader of the entity's page sees."""
    (mention,) = mentions("First. Gen. Lukashenko’s plan failed. Last.").mentions
    assert mention.sentence == "Gen. Lukashenko’s plan failed."
    assert mention.sentence[mention.at :].startswith(mention.spelling)


def test_a_text_without_stops_keeps_no_endless_sentences():
    """A thousand names in one sentence keep a thousand excerpts, not a thousand copies of it."""
    found = mentions("word Lukashenko " * 1000).mentions
    assert max(len(mention.sentence) for mention in found) <= LONGEST_SENTENCE + 20
    assert all(mention.sentence[mention.at :].startswith("Lukashenko") for mention in found)


def test_the_order_of_the_records_does_not_matter():
    """The same archive gives the same pages on every computer."""
    document = read_document("briefs/a.md", b"Ada Kell. Kell. Lissen Commission. Brook Street, Brook.")
    assert read_entry(document, Names(ENTITIES)) == read_entry(document, Names(ENTITIES[::-1]))
