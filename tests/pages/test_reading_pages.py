"""The pages that people browse: briefs in their frame, entities, events, series, subjects, and the home page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from tests.pages.archives import assert_golden, site_of, written

from regesta.model.archive import Mentioned
from regesta.pages.briefs.brief_pages import brief_sheets
from regesta.pages.briefs.list_pages import ACTIVE_MONTHS, active_months, list_sheets, overview
from regesta.pages.briefs.subject_pages import shelf_sheets
from regesta.pages.entities.entity_pages import entity_sheets
from regesta.pages.entities.months_figure import NamedIn, months_figure, named_by_month

LARGEST_PAGE = 200_000

STRIKE = """---
title: The strike
date: 2021-03-10
publisher: Harbour Studies
authors: [Lene Marrow]
series: Tide Table
subjects: [ferries, "Wages & work"]
summary: No boat sailed.
---
## Five in the morning

Ada Kell saw the ferry strike begin.[^1] Kell stayed in Ardel.

## Flour

Nobody asked Ada Kell.[^1]

[^1]: <https://beacon.example/ferry>, and [the dockers](https://dockers.example/)
"""
BRIEFS = {
    "briefs/2021/strike.md": STRIKE,
    "briefs/2021/upland.md": (
        "---\ntitle: Seen from the hills\ndate: 2021-06-01\npublisher: Upland Affairs\nseries: tide table\n"
        "subjects: [Ferries]\n---\nThe ferry strike made Miss Kell famous.\n"
    ),
    "briefs/2022/late.md": "---\ntitle: Late\ndate: 2022-01-05\npublisher: Harbour Studies\n---\nAda Kell remembers.\n",
}
RECORDS = {
    "entities/ada-kell.md": "---\nname: Ada Kell\ntype: person\nvariants: [Kell, Miss Kell]\n"
    'same_as: {wikidata: Q1, viaf: "0123", other: "<x>"}\n---\n',
    "entities/ferry-strike.md": "---\nname: Ferry Strike\ntype: event\nvariants: [ferry strike]\n---\n",
    "entities/ardel.md": "---\nname: Ardel\ntype: place\n---\n",
}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Write the pages of the archive."""
    site = site_of(BRIEFS, RECORDS, with_sources=True)
    found = written([*brief_sheets(site), *entity_sheets(site), *list_sheets(site)])
    return found | {"index.md": overview(site)}


def soup(html: str) -> BeautifulSoup:
    """Read a page."""
    return BeautifulSoup(html, "lxml")


@pytest.mark.parametrize(
    "path",
    [
        "briefs/2021/strike.md",
        "people/ada-kell.md",
        "events/ferry-strike.md",
        "series/tide-table.md",
        "subjects/ferries.md",
        "subjects/index.md",
        "index.md",
    ],
)
def test_pages_look_as_they_did(pages: dict[str, str], path: str) -> None:
    """A page of each kind is as its golden file has it."""
    assert_golden("reading-" + path.removesuffix(".md").replace("/", "-"), pages[path])


def test_the_margin_says_what_the_brief_is(pages: dict[str, str]) -> None:
    """Contents, date, institute, series, subjects, sources and names stand in the margin, each with its link."""
    margin = soup(pages["briefs/2021/strike.md"]).select_one("aside.rg-margin")
    assert margin is not None
    assert [part.text for part in margin.select("summary")] == [
        "Contents",
        "This brief",
        "Sources",
        "Named in this brief",
    ]
    links = {link.text: link["href"] for link in margin.select("a")}
    assert links["Flour"] == "#h-flour"
    assert links["Wages & work"].endswith("/subjects/wages-work/")
    assert links["in the archive"].endswith("/dates/2021/03/10/")
    assert links["Ada Kell"].endswith("/people/ada-kell/")


def test_a_margin_holds_no_empty_parts() -> None:
    """A brief without anything has a margin that says its date and no more."""
    found = written(brief_sheets(site_of({"briefs/a.md": "---\ntitle: A\n---\nText.\n"})))
    margin = soup(found["briefs/a.md"]).select_one("aside.rg-margin")
    assert margin is not None
    assert [part.text for part in margin.select("summary")] == ["This brief"]
    assert margin.select("a") == []


def test_an_address_is_written_out_once_on_paper(pages: dict[str, str]) -> None:
    """A link whose words are its address is marked as such; one with words of its own is not."""
    notes = soup(pages["briefs/2021/strike.md"]).select(".rg-notes a[href^=http]")
    assert [(note["href"], note.get("class")) for note in notes] == [
        ("https://beacon.example/ferry", ["rg-bare"]),
        ("https://dockers.example/", None),
    ]


def test_two_institutes_stand_beside_each_other(pages: dict[str, str]) -> None:
    """An event of which two institutes speak shows how each does; a person's page does not."""
    event = soup(pages["events/ferry-strike.md"])
    columns = event.select(".rg-columns > div")
    assert [column.select_one("h3").text for column in columns] == ["Harbour Studies", "Upland Affairs"]  # type: ignore[union-attr]
    assert [column.select_one("mark").text for column in columns] == ["ferry strike", "ferry strike"]  # type: ignore[union-attr]
    assert soup(pages["people/ada-kell.md"]).select(".rg-columns") == []


def test_subjects_of_one_address_share_a_page(pages: dict[str, str]) -> None:
    """`ferries` and `Ferries` are one subject, `Tide Table` and `tide table` one series, the latest brief first."""
    subject = soup(pages["subjects/ferries.md"])
    assert [link.text for link in subject.select(".rg-entries a")] == ["Seen from the hills", "The strike"]
    series = soup(pages["series/tide-table.md"])
    assert len(series.select(".rg-entries a")) == 2
    names = {part.text: part.find_next("dd").text.split() for part in series.select(".rg-facts dt")}  # type: ignore[union-attr]
    assert names == {"People": ["Ada", "Kell", "2"], "Places": ["Ardel", "1"]}
    assert [link.text for link in soup(pages["subjects/index.md"]).select(".rg-names a")] == ["Ferries", "Wages & work"]


def test_an_archive_without_subjects_has_no_index_of_them() -> None:
    """Nothing leads to a page that there is not."""
    site = site_of({"briefs/a.md": "---\ntitle: A\ndate: 2021\n---\nText.\n"})
    assert [sheet.path for sheet in shelf_sheets(site)] == []
    assert "subjects" not in overview(site)


def test_the_home_page_shows_the_last_active_months() -> None:
    """Twelve months in which something was published, the earliest first, the fullest at its full height."""
    briefs = {
        f"briefs/b{number}.md": f"---\ntitle: B\ndate: {2019 + number // 7}-{number % 7 + 1:02}-01\n---\nText.\n"
        for number in range(20)
    }
    briefs["briefs/extra.md"] = "---\ntitle: B\ndate: 2021-06-02\n---\nText.\n"
    months = active_months(site_of(briefs))
    assert len(months) == ACTIVE_MONTHS
    assert [months[0].title, months[-1].title] == ["February 2020", "June 2021"]
    assert [month.share for month in months] == [50] * 11 + [100]


def test_the_home_page_says_how_many_links_can_be_verified(pages: dict[str, str]) -> None:
    """Without an audit nothing is said of links; counts lead to their pages."""
    home = soup(pages["index.md"])
    assert home.select(".rg-sentence") == []
    assert [part.text for part in home.select(".rg-counts li")] == [
        "3 briefs",
        "2 institutes",
        "2021–2022",
        "1 person",
        "1 place",
        "1 event",
        "2 sources",
        "2 subjects",
        "1 footnote",
    ]


def test_months_between_are_shown_empty(pages: dict[str, str]) -> None:
    """The bars run from the first month to the last, and the table beneath names those with mentions."""
    person = soup(pages["people/ada-kell.md"])
    figure = person.select_one("svg.rg-months")
    assert figure is not None
    assert figure["aria-label"] == "Mentions from March 2021 to January 2022, at most 3"
    assert [bar.text for bar in figure.select("rect title")] == [
        "March 2021: 3 mentions",
        "June 2021: 1 mention",
        "January 2022: 1 mention",
    ]
    assert [row.text for row in person.select("table.rg-table tbody th")] == ["March 2021", "June 2021", "January 2022"]


@given(st.lists(st.tuples(st.integers(1, 9999), st.integers(1, 12)), max_size=30))
def test_no_bar_is_lost_and_no_figure_is_wide(dates: list[tuple[int, int]]) -> None:
    """Whatever months an entity is named in, the figure is small, and every mention of its span is counted."""
    site = site_of(
        {f"briefs/b{at}.md": f"---\ntitle: B\ndate: {y:04}-{m:02}\n---\nAda.\n" for at, (y, m) in enumerate(dates[:3])}
    )
    found = [Mentioned(entry=entry, mentions=()) for entry in site.archive.entries]
    bars = named_by_month(found)
    assert len(bars) <= 240
    if bars and bars[0].month:
        assert sum(bar.mentions for bar in bars) == len(found)
        assert bars[0].mentions
        assert bars[-1].mentions
    assert len(months_figure(bars)) < 60_000


def test_two_bars_are_no_figure() -> None:
    """Where a glance at the list says as much, nothing is drawn."""
    assert months_figure([NamedIn(2021, 3, 1), NamedIn(2021, 4, 1)]) == ""


def test_identifiers_lead_to_their_authorities(pages: dict[str, str]) -> None:
    """Known authorities are linked, unknown ones are words, and nothing hostile is more than words."""
    facts = soup(pages["people/ada-kell.md"]).select_one(".rg-facts")
    assert facts is not None
    links = [link["href"] for link in facts.select("a[rel]")]
    assert links == ["https://www.wikidata.org/wiki/Q1", "https://viaf.org/viaf/0123"]
    assert facts.select("x") == []
    assert "<x>" in facts.text


def test_no_page_of_an_entity_is_too_large() -> None:
    """An entity named thousands of times, by many institutes and in long sentences, has no page over 200 KB."""
    text = " ".join(f"In part {n} Ada Kell " + "spoke of the harbour " * 9 + "." for n in range(12))
    briefs = {
        f"briefs/b{number}.md": (
            f"---\ntitle: B{number}\ndate: {2000 + number // 60}-{number % 12 + 1:02}-01\n"
            f"publisher: Institute {number % 40}\n---\n{text}\n"
        )
        for number in range(240)
    }
    records = {"entities/ada-kell.md": "---\nname: Ada Kell\ntype: event\n---\n"}
    found = written(entity_sheets(site_of(briefs, records)))
    sizes = {path: len(html.encode()) for path, html in found.items()}
    assert max(sizes.values()) < LARGEST_PAGE, sizes
