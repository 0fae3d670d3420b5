"""The two documents that this importer was written for. Their texts are other people's and are not kept here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from regesta.importing.repairs import RepairKind
from regesta.importing.text import import_text

if TYPE_CHECKING:
    from regesta.importing.imported import Imported

SEEDS = Path(os.environ.get("REGESTA_SEEDS", Path(__file__).parents[3] / "shared" / "seeds"))


def seed(start: str) -> Imported:
    """Import a seed document, or skip where it is not."""
    path = next(SEEDS.glob(f"{start}_*.txt"), None) if SEEDS.is_dir() else None
    if path is None:
        pytest.skip("the seed documents are not here")
    return import_text(path.read_bytes(), path=path.name)


def count(brief: Imported, kind: RepairKind) -> int:
    """Count the repairs of a kind."""
    return sum(repair.kind is kind for repair in brief.repairs)


def test_reads_the_header_of_the_first() -> None:
    """Title without asterisks, moment with its zone, author, series."""
    brief = seed("000")
    assert brief.title is not None
    assert "*" not in brief.title
    assert (str(brief.date), brief.date_basis, brief.authors, brief.series) == (
        "2020-09-09T18:00:00-04:00",
        "stated",
        ("George Barros",),
        "Belarus Update",
    )


def test_reads_the_notes_of_the_first() -> None:
    """26 references in order, 26 notes, 42 links of which 34 are distinct."""
    brief = seed("000")
    labels = [str(number) for number in range(1, 27)]
    urls = [url for note in brief.footnotes for url in note.urls]
    assert list(brief.references) == labels
    assert [note.label for note in brief.footnotes] == labels
    assert (len(urls), len(set(urls))) == (42, 34)
    assert brief.findings == ()


def test_repairs_the_links_of_the_first() -> None:
    """Nine double escapes, one defanged link that stays so; a full stop is no part of an address."""
    brief = seed("000")
    assert (count(brief, RepairKind.DOUBLE_ESCAPE), count(brief, RepairKind.DEFANGED_LINK)) == (9, 1)
    notes = {note.label: note.urls for note in brief.footnotes}
    assert notes["2"] == ("https://kodeksy-by(.)com/ugolovnyj_kodeks_rb/361.htm",)
    assert notes["4"][-1] == "https://tass.ru/politika/9329937"
    assert notes["24"][0] == "https://function.mil.ru/news_page/country/more.htm?id=12264631@egNews"
    assert "[^2]: `https://kodeksy-by(.)com/ugolovnyj_kodeks_rb/361.htm`\n" in brief.markdown
    assert "\\_" not in brief.markdown


def test_joins_the_sentence_of_the_first() -> None:
    """One sentence is cut, between lines 17 and 19."""
    brief = seed("000")
    assert [repair.line for repair in brief.repairs if repair.kind is RepairKind.JOINED_SENTENCE] == [19]
    assert (count(brief, RepairKind.NOTES_DIVIDER), count(brief, RepairKind.PAGE_BREAK)) == (1, 1)


def test_makes_up_no_date_for_the_second() -> None:
    """The second states no date: none is made up, and the hint says what may be inferred."""
    brief = seed("004")
    assert (brief.date, brief.date_basis, brief.authors) == (None, "none", ("Anna Maria Dyner",))
    assert [finding.rule for finding in brief.findings] == ["B303", "U109", "U109", "U109"]
    assert "XXXX-09-14" in brief.findings[0].hint


def test_mends_the_text_of_the_second() -> None:
    """Three joints, one running header, four headings, one backslash, three lost links."""
    brief = seed("004")
    assert {
        kind.value: count(brief, kind)
        for kind in (
            RepairKind.JOINED_SENTENCE,
            RepairKind.RUNNING_HEADER,
            RepairKind.HEADING,
            RepairKind.BACKSLASH,
            RepairKind.EMPTY_LINK,
        )
    } == {"joined-sentence": 3, "running-header": 1, "heading": 4, "backslash": 1, "empty-link": 3}
    assert brief.series == "PISM SPOTLIGHT"
    assert "PISM SPOTLIGHT" not in brief.markdown.split("---\n")[2]
    assert brief.footnotes == ()
