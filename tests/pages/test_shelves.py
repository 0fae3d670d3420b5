"""The pages of subjects and series, and the feeds of institutes: each name has its own address."""

from __future__ import annotations

import pytest
from tests.pages.archives import site_of, written

from regesta.pages.briefs.brief_pages import brief_sheets
from regesta.pages.briefs.subject_pages import shelf_sheets

PAIRS = (
    ("历史", "理事"),
    ("C", "C#"),
    ("C#", "C"),
    ("O", "Ö"),
    ("A/B", "A B"),
    ("Порт", "Port"),
    ("água", "agua"),
    ("x" * 90, "x" * 91),
)


def site(first: str, second: str):
    """Make a site of two briefs, the second later: each with its subject, series and institute."""
    briefs = {}
    for day, name in (("2024-03-14", first), ("2024-03-15", second)):
        front = f'title: On {day}\ndate: {day}\nsubjects: ["{name}"]\nseries: "{name}"\npublisher: "{name}"'
        briefs[f"briefs/2024/{day}.md"] = f"---\n{front}\n---\nText.\n"
    return site_of(briefs, feed_size=9, site_url="https://register.example/")


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_two_names_with_one_slug_have_two_pages(first, second):
    """Each subject and series has a page of its briefs alone, and each brief links to that of its own."""
    found = site(first, second)
    shelves = {sheet.path: sheet.title for sheet in shelf_sheets(found)}
    assert len([title for title in shelves.values() if title == first]) == 2
    assert len([title for title in shelves.values() if title == second]) == 2
    pages = written(brief_sheets(found))
    for day, name in (("2024-03-14", first), ("2024-03-15", second)):
        for paths in (found.subject_paths, found.series_paths):
            address = found.addresses.url(paths[name])
            assert f'href="../../../{address}"' in pages[f"briefs/2024/{day}.md"]
            assert shelves[paths[name]] == name
    stems = {feed.about: feed.stem for feed in found.feeds.values() if "institutes" in feed.stem}
    assert len(set(stems.values())) == len(stems) == 2


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_later_brief_moves_no_address(first, second):
    """The name that came up first keeps the address that it had alone; that of the other has a suffix."""
    alone, both = site(first, first), site(first, second)
    assert both.subject_paths[first] == alone.subject_paths[first]
    assert both.series_paths[first] == alone.series_paths[first]
    assert both.institute_slugs[first] == alone.institute_slugs[first]
    assert both.subject_paths[second] == f"subjects/{both.institute_slugs[second]}.md"


@pytest.mark.parametrize(
    ("first", "second"), [("Ferry Notes", "ferry notes"), ("Pilot's", "Pilot’s"), ("Zoë", "Zoe\u0308"), ("A  B", "A B")]
)
def test_names_that_differ_in_their_typing_are_one(first, second):
    """Capitals, blanks, apostrophes and normal forms make no second subject."""
    found = site(first, second)
    assert len(set(found.subject_paths.values())) == len(set(found.series_paths.values())) == 1


def test_no_subject_takes_the_place_of_the_index():
    """A subject that is called Index has a page beside the list of subjects."""
    found = site("Index", "README")
    paths = [sheet.path for sheet in shelf_sheets(found)]
    assert len(paths) == len(set(paths)) == 5
