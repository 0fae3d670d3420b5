"""Invented documents through the whole import."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import documents
import pytest

from regesta.importing.repairs import RepairKind
from regesta.importing.text import import_text

if TYPE_CHECKING:
    from regesta.importing.imported import Imported


def imported(text: str, path: str = "x.txt") -> Imported:
    """Import a text."""
    return import_text(text.encode(), path=path)


def body(brief: Imported) -> str:
    """Give what stands below the front matter."""
    return brief.markdown.split("\n---\n\n", 1)[1]


def kinds(brief: Imported) -> list[str]:
    """Name the repairs."""
    return [repair.kind.value for repair in brief.repairs]


def rules(brief: Imported) -> list[str]:
    """Name the rules of the findings."""
    return [finding.rule for finding in brief.findings]


def test_reads_the_header_block() -> None:
    """Title, date with its zone, author and series come from the lines above the text."""
    brief = imported(documents.RAISED_THEN_BARE)
    assert (brief.title, str(brief.date), brief.date_basis, brief.authors, brief.series, brief.language) == (
        "Harbour Talks Stall Again in Norland",
        "2021-10-12T18:00:00-04:00",
        "stated",
        ("Ada Example",),
        "Norland Update",
        "en",
    )
    assert str(brief.path()) == "2021/2021-10-12-harbour-talks-stall-again-in-norland.md"


def test_reads_notes_in_the_two_ways_one_document_writes_them() -> None:
    """Raised labels before a page break and bare ones behind it are one series of notes."""
    brief = imported(documents.RAISED_THEN_BARE)
    assert brief.references == ("1", "2", "3")
    assert [(note.label, note.urls) for note in brief.footnotes] == [
        ("1", ("https://news.example/harbour",)),
        ("2", ("https://laws-of(.)example/harbour_code/12.htm",)),
        ("3", ("https://gull.example/1", "https://gull.example/a_b_c?x=1", "https://board.example/minutes")),
    ]
    assert body(brief).endswith(
        "[^3]: <https://gull.example/1>; <https://gull.example/a_b_c?x=1>; <https://board.example/minutes>.\n"
    )
    assert brief.findings == ()


def test_keeps_a_defanged_link_defanged() -> None:
    """A defanged link becomes a code span with its exact text: nothing can click on it."""
    assert "[^2]: `https://laws-of(.)example/harbour_code/12.htm`\n" in body(imported(documents.RAISED_THEN_BARE))


def test_joins_a_sentence_that_a_page_break_cut() -> None:
    """The two halves make one paragraph, and the log shows the joint."""
    brief = imported(documents.RAISED_THEN_BARE)
    assert "open the eastern quay and push back against the council’s order.[^3]\n" in body(brief)
    joint = next(repair for repair in brief.repairs if repair.kind is RepairKind.JOINED_SENTENCE)
    assert (joint.line, joint.before) == (12, "to open the eastern quay and push\n\nback against the council’s")


def test_makes_up_no_date() -> None:
    """Without a stated date the brief has none, and the hint offers what the text says."""
    brief = imported(documents.HEADER_IN_SENTENCE)
    assert (brief.date, brief.date_basis) == (None, "none")
    assert "\ndate:" not in brief.markdown
    assert "\ndate_basis: none\n" in brief.markdown
    finding = next(finding for finding in brief.findings if finding.rule == "B303")
    assert "XXXX-09-14" in finding.hint
    assert str(brief.path()) == "undated/behind-closed-doors-norlands-harbour.md"


def test_takes_a_running_header_out_of_a_sentence() -> None:
    """The sentence is whole again, and the header is kept as the series."""
    brief = imported(documents.HEADER_IN_SENTENCE)
    assert "the body responsible for the harbour. This makes it difficult for towns like Sudport to agree.\n" in body(
        brief
    )
    assert brief.series == "NI SPOTLIGHT"
    header = next(repair for repair in brief.repairs if repair.kind is RepairKind.RUNNING_HEADER)
    assert (header.line, header.before, header.after) == (14, "NI SPOTLIGHT", "series: NI SPOTLIGHT")


def test_reports_links_that_lead_nowhere() -> None:
    """The link stays as it is, so that each later check finds it, and the finding points at the source."""
    brief = imported(documents.HEADER_IN_SENTENCE)
    assert "met [in the old hall](#) and spent $1.5 million." in body(brief)
    assert kinds(brief).count("empty-link") == 1
    finding = next(finding for finding in brief.findings if finding.rule == "U109")
    assert (finding.raw, finding.place.line, finding.place.column, finding.place.end_column) == (
        "[in the old hall](#)",
        6,
        34,
        54,
    )
    source = documents.HEADER_IN_SENTENCE.encode()
    assert source[finding.place.offset :].startswith(b"[in the old hall](#)")


def test_makes_headings_of_questions() -> None:
    """A question on a line of its own over a text is a heading."""
    assert "\n## What happened at the meeting?\n" in body(imported(documents.HEADER_IN_SENTENCE))


@pytest.mark.parametrize(
    ("document", "labels"),
    [
        (documents.ROMAN_NOTES, ["i", "ii", "iii"]),
        (documents.LETTERED_NOTES, ["a", "b"]),
        (documents.NOTES_AT_PAGE_FEET, ["1", "2", "3", "4"]),
        (documents.CYRILLIC, ["1", "2"]),
    ],
)
def test_reads_other_labels(document: str, labels: list[str]) -> None:
    """Roman, lettered, bracketed labels and notes at page feet find their references."""
    brief = imported(document)
    assert [note.label for note in brief.footnotes] == labels
    assert list(brief.references) == labels
    assert not {"F201", "F202", "F203"} & set(rules(brief))


def test_follows_the_text_over_notes_at_a_page_foot() -> None:
    """A sentence goes on behind the notes and the running header of the page before."""
    brief = imported(documents.NOTES_AT_PAGE_FEET)
    assert "leave[^2] before the winter begins.[^3] The second page" in body(brief)
    assert brief.footnotes[1].urls == ("https://two.example/", "https://three.example/x")
    assert brief.series == "NORLAND MONITOR"
    assert brief.authors == ("Ada Example", "Ben Sample", "Zoë Muster-Mann")


def test_keeps_a_table() -> None:
    """A table stays a table, with its references; a unit's power is none."""
    brief = imported(documents.TABLE)
    assert "| 2019 | 12[^1] |\n| 2020 | 7 |\n\nIt covers 5 km<sup>2</sup> of sea." in body(brief)
    assert brief.references == ("1", "1")


def test_reads_cyrillic() -> None:
    """Dateline, byline, notes and defanged link of a Russian document."""
    brief = imported(documents.CYRILLIC)
    assert (str(brief.date), brief.authors, brief.language) == ("2021-10-12", ("Анна Примерова",), "ru")
    assert body(brief).endswith("[^1]: <https://порт.example/новости_1>\n\n[^2]: `hxxps://port[.]example/a`.\n")
    assert str(brief.path()) == "2021/2021-10-12-port-zakryli-na-zimu.md"


def test_takes_a_masthead_for_the_series() -> None:
    """A header in capitals that comes back is the series, even when it stands above the title."""
    text = (
        "NORLAND MONITOR\nNo. 12, 3 May 2022\n\nThe Quay after the Storm\n\nAda Example\n\n"
        "The council has met three times, and the boats are waiting until it says\n\n"
        "NORLAND MONITOR   2\n\nwhat is to be done.\n"
    )
    brief = imported(text)
    assert (brief.title, brief.series, brief.authors) == (
        "The Quay after the Storm",
        "NORLAND MONITOR",
        ("Ada Example",),
    )
    assert "waiting until it says what is to be done." in body(brief)


def test_takes_out_page_numbers() -> None:
    """Numbers that say what they are, or count on, go; the sentence around one is whole."""
    brief = imported(documents.PAGE_NUMBERS)
    assert "a long and winding sentence about boats." in body(brief)
    assert kinds(brief).count("page-number") == 3


PROSE = "Water\n\n12 October 2021\n\nThe harbour is closed.{}\n\n{}"


@pytest.mark.parametrize(
    ("reference", "notes", "expected"),
    [
        ("<sup>1</sup>", "<sup>1</sup> <https://a.example/>", "[^1]: <https://a.example/>"),
        ("<sup>1</sup>", "1 <https://a.example/>", "[^1]: <https://a.example/>"),
        ("<sup>1</sup>", "1. https://a.example/", "[^1]: <https://a.example/>"),
        ("<sup>1</sup>", "---\n\n1. Ibid.", "[^1]: Ibid."),
        ("<sup>1</sup>", "Endnotes:\n\n1 Ibid.", "[^1]: Ibid."),
        ("<sup>1</sup>", "References:\n1. Ibid.", "[^1]: Ibid."),
        ("[1]", "[1] https://a.example/", "[^1]: <https://a.example/>"),
        ("¹", "¹ https://a.example/", "[^1]: <https://a.example/>"),
        ("[^1]", "[^1]: <https://a.example/>", "[^1]: <https://a.example/>"),
        ("<sup>[1]</sup>", "[1]: <https://a.example/>", "[^1]: <https://a.example/>"),
        ("<sup>1</sup>", "1\n\nhttps://a.example/", "[^1]: <https://a.example/>"),
        ("<sup>*</sup>", "<sup>*</sup> A remark.", "[^*]: A remark."),
        (
            "<sup>1</sup>",
            "1 https://a.example/\nhttps://b.example/",
            "[^1]: <https://a.example/>; <https://b.example/>",
        ),
        ("<sup>1</sup>", "1 <https://a.example/long_\nname/>", "[^1]: <https://a.example/long_name/>"),
        (
            "<sup>1</sup>",
            "1 See [the act](https://a.example/), p.\n4.",
            "[^1]: See [the act](https://a.example/), p. 4.",
        ),
        ("<sup>1</sup>", "1 <https://a.example/>;\n\n    More on this.", "[^1]: <https://a.example/>; More on this."),
        (
            "<sup>1</sup>",
            "1 <https://a.example/>.\n\n    More on this.",
            "[^1]: <https://a.example/>.\n\n    More on this.",
        ),
        ("<sup>1</sup>", "1 (https://a.example/x_(y)).", "[^1]: (<https://a.example/x_(y)>)."),
        ("<sup>1</sup>", "1 [a](https://a[.]example/)", "[^1]: a (`https://a[.]example/`)"),
    ],
)
def test_writes_notes(reference: str, notes: str, expected: str) -> None:
    """Each way of writing a note gives a Markdown footnote."""
    brief = imported(PROSE.format(reference, notes))
    assert body(brief) == f"The harbour is closed.[^{expected[2]}]\n\n{expected}\n"
    assert rules(brief) == []


@pytest.mark.parametrize(
    ("text", "notes", "expected"),
    [
        ("<sup>1</sup>", "The end.", ["F201"]),
        ("", "<sup>1</sup> <https://a.example/>", ["F202"]),
        ("<sup>1</sup>", "<sup>1</sup> <https://a.example/>\n\n<sup>1</sup> <https://b.example/>", ["F203"]),
    ],
)
def test_reports_notes_and_references_without_a_partner(text: str, notes: str, expected: list[str]) -> None:
    """They are kept, and reported."""
    brief = imported(PROSE.format(text, notes))
    assert rules(brief) == expected
    assert body(brief).count("[^1]") == text.count("sup>") // 2 + notes.count("<sup>")


@pytest.mark.parametrize(
    "text",
    [
        "1. Boats\n2. Ships",
        "5 people drowned in the harbour.",
        "a boat sank.",
        "Costs: `\\$5` and a[1] and m² and E=mc<sup>2</sup>.",
        "Escaped \\* and \\_ and \\\\$5 stay.",
        "* * *\n\nA new part.",
        "Curly ’ and straight ' stay as they are – and so do dashes.",
        "Table 1\n\nBoats.\n\nTable 2\n\nShips.",
        "An ![image](https://a.example/x.png) and https://a.example/x in the text.",
        "```\n<sup>1</sup> \\$5\n```",
        "Is this a boat? Is it a ship?\n\nIt is.",
        "The list:\n\na) boats;\n\nb) ships.",
        "On 14 September and in May they may return.",
    ],
)
def test_leaves_alone_what_only_looks_like_a_mess(text: str) -> None:
    """What is no certain damage stays as the author wrote it."""
    known = {"E=mc<sup>2</sup>": "E=mc[^2]"}
    expected = text
    for before, after in known.items():
        expected = expected.replace(before, after)
    assert body(imported(PROSE.format("", text))) == f"The harbour is closed.\n\n{expected}\n"


def test_says_so_when_there_is_no_title() -> None:
    """A document that begins with its text has no title, and keeps every word."""
    text = "The harbour is closed since the storm, and the council does not know when it will open it again.\n"
    brief = imported(text, path="folder/storm.txt")
    assert (brief.title, rules(brief), body(brief)) == (None, ["B302", "B303"], text)
    assert str(brief.path()) == "undated/storm.md"


@pytest.mark.parametrize("name", sorted(documents.ALL))
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_reads_other_line_ends_alike(name: str, end: str) -> None:
    """CRLF and CR give the same brief, but for the hash of the original."""
    text = documents.ALL[name]
    plain, other = imported(text), import_text(text.replace("\n", end).encode(), path="x.txt")
    assert re.sub("sha256: .*", "", plain.markdown) == re.sub("sha256: .*", "", other.markdown)
    assert other.repairs[0].kind is RepairKind.LINE_ENDINGS


@pytest.mark.parametrize("name", sorted(documents.ALL))
def test_reads_utf_16_alike(name: str) -> None:
    """UTF-16 with its mark gives the same brief, and places count its bytes."""
    data = documents.ALL[name].encode("utf-16")
    brief = import_text(data, path="x.txt")
    assert body(brief) == body(imported(documents.ALL[name]))
    for finding in brief.findings:
        if finding.raw:
            assert data[finding.place.offset :].startswith(finding.raw.encode("utf-16-le"))
