"""Which entity a name means, and where names are not looked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def spelled(record, text, front=""):
    """Give how an entity is spelled wherever it is named, each as the source has it."""
    entity = read_entity(read_document("entities/e.md", f"---\n{record}\n---\n".encode()))
    document = read_document("briefs/a.md", f"---\ntitle: T\ndate: 2024-05-20\n{front}\n---\n{text}".encode())
    found = read_entry(document, Names([entity])).mentions
    blocks = document.body.blocks
    return [document.slice(blocks[one.block].source_span(one.start, one.end)) for one in found]


PERSON, PLACE, BODY = "type: person\nname: ", "type: place\nname: ", "type: organisation\nname: "
CHARACTERS = {
    "no letter moves the others": (
        BODY + "Harbour Council\nvariants: [{name: OSCE, case: any}]",
        "The Osce met.\n\nIts next visit leads to İzmir and the osce.",
        ["Osce", "osce"],
    ),
    "İ has another length in lower case": (
        PLACE + "İzmir\nvariants: [{name: İzmir, case: any}]",
        "izmir İZMİR IZMIR İzmir’s ŉ izmir",
        ["izmir", "İZMİR", "IZMIR", "İzmir", "izmir"],
    ),
    "ß is SS": (
        PLACE + "Weg\nvariants: [{name: Große Straße, case: any}]",
        "GROSSE STRASSE, große Straße, GROẞE STRAẞE, die Großen",
        ["GROSSE STRASSE", "große Straße", "GROẞE STRAẞE"],
    ),
    "ligatures": (BODY + "Griffith Office", "Griﬃth Oﬃce, Griffith Office", ["Griﬃth Oﬃce", "Griffith Office"]),
    "full width": (BODY + "OSKA", "ＯＳＫＡ OSKA", ["ＯＳＫＡ", "OSKA"]),
    "accents apart": (
        PERSON + "Zoë Kätt",
        "Zoe\u0308 Ka\u0308tt, Zoë Ka\u0308tt",
        ["Zoe\u0308 Ka\u0308tt", "Zoë Ka\u0308tt"],
    ),
    "accents apart in the record": (PERSON + "Zoe\u0308 Kell", "Zoë Kell, Zoe Kell", ["Zoë Kell"]),
    "й and ё apart": (
        PERSON + "Й Ковалёв\nvariants: [Ковал*]",
        "И\u0306 Ковале\u0308в, Ковалём",
        ["И\u0306 Ковале\u0308в", "Ковалём"],
    ),
    "line breaks": (
        PERSON + "Ada Kell",
        "Ada  \nKell, Ada\\\nKell, Ada<br>Kell, Ada<BR />Kell.",
        ["Ada  \nKell", "Ada\\\nKell", "Ada<br>Kell", "Ada<BR />Kell"],
    ),
    "two blanks": (
        PERSON + "Ada Kell",
        "Ada  Kell, Ada\nKell, Ada \u00a0 Kell",
        ["Ada  Kell", "Ada\nKell", "Ada \u00a0 Kell"],
    ),
    "soft hyphens": (
        PERSON + "Ada Kell",
        "A\u00adda Ke\u00adll’s, Ada Ke&shy;ll.",
        ["A\u00adda Ke\u00adll", "Ada Ke&shy;ll"],
    ),
    "hyphens": (
        PERSON + "Anne-Marie",
        "Anne‐Marie Anne‑Marie Anne–Marie Anne-\u00adMarie",
        ["Anne‐Marie", "Anne‑Marie", "Anne–Marie", "Anne-\u00adMarie"],
    ),
    "apostrophes": (
        PERSON + "O'Neill",
        "O’Neill, OʼNeill’s, O′Neill, ‘O’Neill’, “O`Neill”",
        ["O’Neill", "OʼNeill", "O′Neill", "O’Neill", "O`Neill"],
    ),
    "a mark below is no end": (PERSON + "राम", "राम, रामा, राम।", ["राम", "राम"]),
}
SCRIPTS = {
    "Han": (PERSON + "王伟", "昨天王伟说港口关闭。「王伟」和王伟先生。", ["王伟"] * 3),
    "one character of Han": (PERSON + "王", "国王说。王，来。", ["王"]),
    "Han before Kana": (PERSON + "田中", "昨日田中さんが来た。", ["田中"]),
    "Katakana": (
        PERSON + "ルカシェンコ",
        "昨日ルカシェンコ大統領は。ルカシェンコフ。アキ・ルカシェンコ",
        ["ルカシェンコ"] * 2,
    ),
    "Hiragana": (PERSON + "はな", "昨日はなが来た。はなし。ははなと", ["はな", "はな"]),
    "Latin among Kana": (BODY + "OSKA", "昨日OSKAは、OSKAN", ["OSKA"]),
    "Hangul": (
        PERSON + "김민수",
        "김민수는 김민수가 김민수의 김민수에서 김민수에게서는 김민수씨는 김민수 대통령",
        ["김민수"] * 7,
    ),
    "Hangul in a longer word": (PERSON + "김민수", "박김민수 김민수학교", []),
    "Hangul in parts": (
        PERSON + "김민수",
        "\u1100\u1175\u11b7\u1106\u1175\u11ab\u1109\u116e\u1102\u1173\u11ab 왔다",
        ["\u1100\u1175\u11b7\u1106\u1175\u11ab\u1109\u116e"],
    ),
    "Thai": (PERSON + "สมชาย", "เมื่อวานสมชายพูดว่าที่สมชาย", ["สมชาย", "สมชาย"]),
    "Thai in a longer syllable": (PERSON + "ชวน", "ชวนะ ไปชวนไป", ["ชวน"]),
    "Khmer": (PERSON + "សុខា", "ម្សិលមិញសុខានិយាយ", ["សុខា"]),
    "Burmese": (PERSON + "မောင်မောင်", "မနေ့ကမောင်မောင်က", ["မောင်မောင်"]),
}
PARTICLES = {
    "Arabic, as at the beginning": (
        PERSON + "Al-Rashid",
        "Al-Rashid left. Then al-Rashid; Omar Al‑Rashid",
        ["Al-Rashid", "al-Rashid", "Al‑Rashid"],
    ),
    "Arabic, as inside": (
        PERSON + "al-Assad",
        "Al-Assad left. Then al-Assad; “Al-Assad",
        ["Al-Assad", "al-Assad", "Al-Assad"],
    ),
    "Dutch": (
        PERSON + "van der Berg",
        "Van der Berg left. Jan van der Berg, Jan Van Der Berg",
        ["Van der Berg", "van der Berg", "Van Der Berg"],
    ),
    "Dutch, with capitals": (
        PERSON + "Van der Berg",
        "Van der Berg. Jan van der Berg",
        ["Van der Berg", "van der Berg"],
    ),
    "Spanish": (PERSON + "de la Cruz", "De la Cruz left, and Maria De La Cruz.", ["De la Cruz", "De La Cruz"]),
    "French": (PERSON + "Jean d’Arc", "Jean d'Arc, Jean D’Arc", ["Jean d'Arc", "Jean D’Arc"]),
    "a first name": (PERSON + "Ben", "Ben Kell and Ben", ["Ben", "Ben"]),
    "an article": (BODY + "La Bandiera", "La Bandiera wrote of la Bandiera nera.", ["La Bandiera"]),
    "lower case": (
        BODY + "harbour office",
        "Harbour office closed. The Harbour office. “Harbour office”",
        ["Harbour office", "Harbour office"],
    ),
    "lower case in a heading": (
        BODY + "harbour office",
        "# Harbour office\n\n- Harbour office",
        ["Harbour office"] * 2,
    ),
}
MONTHS = {
    "May": (
        PERSON + "Thora May\nvariants: [May]",
        "On 9 May 2023. In May 2024 May spoke. On 9 May. Room 3. May’s plan. In 2014, on 9 May. (May 2024) May 3",
        ["May", "May"],
    ),
    "months in a range": (PERSON + "May", "Between May and June 2023, since May, from May to July 2023; May.", ["May"]),
    "March and August": (
        PERSON + "August\nvariants: [March]",
        "3 March, August 2024; August met March.",
        ["August", "March"],
    ),
    "German": (PERSON + "Mai\nvariants: [Juni]", "im Mai 2020, am 3. Juni und Juni kam, seit Mai, Ende Juni", ["Juni"]),
    "Polish": (
        PERSON + "Maja\nvariants: [Maj*]",
        "3 Maja 2020 Maja przyszła. Ulica 3 Maja, 3 maja, Maju.",
        ["Maja", "Maju"],
    ),
    "a day": ("type: event\nname: 1 May", "On 1 May 2023 and on 1 May.", []),
    "more than a date": (BODY + "1 May Committee", "The 1 May Committee met on 1 May 2023.", ["1 May Committee"]),
    "Russian": (PERSON + "Март", "в Март 2020, 9 Марта, пришёл Март.", ["Март"]),
}


@pytest.mark.parametrize(
    ("record", "text", "expected"),
    [*CHARACTERS.values(), *SCRIPTS.values(), *PARTICLES.values(), *MONTHS.values()],
    ids=[*CHARACTERS, *SCRIPTS, *PARTICLES, *MONTHS],
)
@pytest.mark.parametrize("front", ["", "markdown: mkdocs"])
def test_names_are_found_in_every_script_and_spelling(record, text, expected, front):
    """However a name is typed it is found, where it stands in the source, and what is part of a date is no name."""
    assert spelled(record, text, front) == expected


@pytest.mark.parametrize("place", ["| {} |\n|---|\n| x |", "> {}", "- {}", "# {}", "x *{}* y", "&amp; {} &amp;"])
def test_offsets_stay_right_behind_letters_that_change_their_length(place):
    """Wherever it stands, a name behind such letters is marked from its first to its last character."""
    text = place.format("İ ŉ ﬁ ẞ e\u0308 A\u00adda  Kell")
    assert spelled(PERSON + "Ada Kell", text) == ["A\u00adda  Kell"]


@given(st.text(alphabet="İßŉﬁ\u0308\u00ad  AdaKell’'-王伟김민수는สมชายMay9 2023\u1100\u1161\n", max_size=60))
def test_any_text_can_be_searched(text):
    """No text breaks the search, and each mention is spelled as the text has it."""
    record = PERSON + "Ada Kell\nvariants: [{name: ßKell, case: any}, 王伟, 김민수, สมชาย, May, Kel*]"
    entity = read_entity(read_document("entities/e.md", f"---\n{record}\n---\n".encode()))
    for one in read_entry(read_document("briefs/a.md", text.encode()), Names([entity])).mentions:
        assert one.text[one.start : one.end] == one.spelling
        assert one.spelling.strip() == one.spelling != ""
