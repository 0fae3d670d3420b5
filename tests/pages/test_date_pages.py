"""The archive by date, with its two clocks: what was published on a day, and what speaks of it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from tests.pages.archives import assert_golden, site_of, written

from regesta.pages.dates.calendars import days_with_anything
from regesta.pages.dates.date_pages import date_sheets

LARGEST_PAGE = 200_000


def brief(date: str, text: str, publisher: str = "Harbour Studies", title: str = "A brief") -> str:
    """Write a brief."""
    return f"---\ntitle: {title}\ndate: {date}\npublisher: {publisher}\n---\n{text}\n"


BRIEFS = {
    "briefs/2021/strike.md": brief("2021-03-10", "The strike began on 10 March 2021. On 12 March it ended."),
    "briefs/2021/barley.md": brief("2021-03-10", "Nobody sailed.", "Upland Affairs", "Barley waits"),
    "briefs/2021/later.md": brief("2021-03-14", "From 10 to 12 March the boats lay still.", "Upland Affairs", "Later"),
    "briefs/2021/month.md": brief("2021-04", "In March 2021 nothing moved.", "", "A quiet month"),
    "briefs/undated.md": "---\ntitle: No date\n---\nOn 10 March 2021 I was there.\n",
    "briefs/2021/hostile.md": brief("2021-03-20", "On 10 March 2021 <script>alert(1)</script> & 'x' was said.", "<b>"),
    "briefs/2021/gone.md": "---\ntitle: Gone\ndate: 2021-03-10\nstatus: withdrawn\n---\nOn 11 March 2021 a secret.\n",
}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Write all date pages of the briefs."""
    return written(date_sheets(site_of(BRIEFS)))


def soup(html: str) -> BeautifulSoup:
    """Read a page."""
    return BeautifulSoup(html, "lxml")


@pytest.mark.parametrize("path", ["dates/2021/03/10/index.md", "dates/2021/03/index.md", "dates/index.md"])
def test_date_pages_look_as_they_did(pages: dict[str, str], path: str) -> None:
    """A day, a month and the index of years are as the golden files have them."""
    assert_golden(path.replace("/index.md", "").replace("/", "-"), pages[path])


def test_a_day_has_two_clocks(pages: dict[str, str]) -> None:
    """Briefs of the day stand apart from sentences that speak of it, both by institute."""
    day = soup(pages["dates/2021/03/10/index.md"])
    published = day.select_one("section[aria-labelledby=published]")
    spoken = day.select_one("section[aria-labelledby=spoken]")
    assert published is not None
    assert spoken is not None
    assert [found.text for found in published.select("h3")] == ["Harbour Studies", "Upland Affairs"]
    assert [found.text for found in spoken.select("h3")] == [
        "<b>",
        "Harbour Studies",
        "No institute named",
        "Upland Affairs",
    ]
    assert [mark.text for mark in spoken.select("mark")] == [
        "10 March 2021",
        "10 March 2021",
        "10 March 2021",
        "10 to 12 March",
    ]
    assert "rg-columns" in str(spoken)
    assert day.select("script") == []


def test_what_was_inferred_says_so(pages: dict[str, str]) -> None:
    """A sentence without a year is marked, one with its year is not, and each leads to its paragraph."""
    rows = soup(pages["dates/2021/03/12/index.md"]).select(".rg-spoken ul li")
    assert [bool(row.select(".rg-chip")) for row in rows] == [True, True]
    whole = soup(pages["dates/2021/03/10/index.md"]).select(".rg-spoken ul li")
    assert [bool(row.select(".rg-chip")) for row in whole] == [False, False, False, True]
    assert rows[0].select_one("a.rg-pilcrow")["href"].endswith("briefs/2021/strike/#p-1")  # type: ignore[index]


def test_a_day_without_anything_has_no_page(pages: dict[str, str]) -> None:
    """There are pages for the days with a brief or a sentence, each leads to the next of these, and no others."""
    days = sorted(path for path in pages if path.count("/") == 4)
    assert [path.split("/")[3] for path in days] == ["10", "11", "12", "14", "20"]
    steps = soup(pages["dates/2021/03/12/index.md"]).select(".rg-steps a")
    assert [step.text for step in steps] == ["← 11 March 2021", "14 March 2021 →"]
    assert "dates/2021/04/index.md" in pages
    assert "dates/2021/05/index.md" not in pages


def test_calendars_count_both(pages: dict[str, str]) -> None:
    """A day says how many were published and how many sentences speak of it; a day with neither is no link."""
    month = soup(pages["dates/2021/03/index.md"])
    labels = [words.text for words in month.select(".rg-calendar td a .rg-unseen")]
    assert labels == [
        "10 March, 2 published, 4 mentions",
        "11 March, 1 mention",
        "12 March, 2 mentions",
        "14 March, 1 published",
        "20 March, 1 published",
    ]
    assert [cell["class"][0] for cell in month.select(".rg-calendar td:has(a)")] == [
        "rg-s2",
        "rg-s0",
        "rg-s0",
        "rg-s1",
        "rg-s1",
    ]
    assert month.select_one(".rg-spoken mark").text == "March 2021"  # type: ignore[union-attr]


def test_undated_briefs_are_listed_as_undated(pages: dict[str, str]) -> None:
    """A brief without a year stands on the index of years."""
    undated = soup(pages["dates/index.md"]).select_one("section[aria-labelledby=undated]")
    assert undated is not None
    assert [link.text for link in undated.select("a")] == ["No date"]


def test_nothing_of_a_withdrawn_brief_is_said(pages: dict[str, str]) -> None:
    """A withdrawn brief has no clock: neither its day nor its sentences count."""
    assert not [path for path, html in pages.items() if "secret" in html or "Gone" in html]


def test_a_year_that_is_only_spoken_of_has_a_page() -> None:
    """History of which an archive only speaks has its years, months and days."""
    found = written(date_sheets(site_of({"briefs/a.md": brief("2021-03-10", "On 17 September 1939 it began.")})))
    assert "dates/1939/index.md" in found
    assert soup(found["dates/1939/09/17/index.md"]).select("section[aria-labelledby=published]") == []
    assert [step.text for step in soup(found["dates/2021/index.md"]).select(".rg-steps a")] == ["← 1939"]


def test_a_day_of_which_everybody_speaks_is_split() -> None:
    """Its sentences stand on pages by the year of their brief, none of which is too large, and none is lost."""
    text = "On 24 February 2022 the war began, " + "and much was said about it " * 8 + "."
    briefs = {
        f"briefs/{year}/b{number}.md": brief(f"{year}-05-{number % 28 + 1:02}", text, f"Institute {number % 5}")
        for year in (2022, 2023)
        for number in range(200)
    }
    found = written(date_sheets(site_of(briefs)))
    parts = [path for path in found if path.startswith("dates/2022/02/24/in-")]
    assert sorted(part.rpartition("/")[2] for part in parts) == [
        "in-2022-2.md",
        "in-2022.md",
        "in-2023-2.md",
        "in-2023.md",
    ]
    assert sum(found[part].count("<mark>") for part in parts) == len(briefs)
    assert max(len(html) for html in found.values()) < LARGEST_PAGE
    links = soup(found["dates/2022/02/24/index.md"]).select(".rg-years a")
    assert [link["href"].strip("./").rpartition("/")[2] for link in links] == [
        "in-2022",
        "in-2022-2",
        "in-2023",
        "in-2023-2",
    ]


def test_one_sentence_is_listed_once() -> None:
    """A sentence that names a day twice is one sentence."""
    archive = site_of(
        {"briefs/a.md": brief("2021-03-10", "On 9 March 2021 and 9–10 March 2021. On 9 March 2021.")}
    ).archive
    assert [len(archive.spoken_by_day[day]) for day in days_with_anything(archive)] == [2, 1]
