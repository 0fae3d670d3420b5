"""One page of each kind, as its golden file has it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.pages.archives import GOLDEN, assert_golden, site_of
from tests.pages.test_reading_pages import BRIEFS, RECORDS

import regesta.pages
from regesta.pages.briefs.brief_pages import brief_sheets
from regesta.pages.briefs.list_pages import list_sheets, overview
from regesta.pages.data.files import DATA_FORMATS, data_sheet
from regesta.pages.dates import day_pages
from regesta.pages.dates.date_pages import date_sheets
from regesta.pages.entities.entity_pages import entity_sheets
from regesta.pages.languages.language import ENGLISH
from regesta.pages.links import source_pages
from regesta.pages.links.health_pages import health_sheets
from regesta.pages.links.source_pages import source_sheets
from regesta.pages.redirects import redirect_html
from regesta.pages.search.page import search_sheet
from regesta.pages.site import PageSizes, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATES = Path(regesta.pages.__file__).parent / "templates"
PIECES = {"macros.html", "entity_macros.html", "data_macros.html", "brief_margin.html"}
"""Templates that other templates take in."""
HELD_ELSEWHERE = {
    "brief.html": "reading-briefs-2021-strike",
    "day.html": "dates-2021-03-10",
    "entity.html": "reading-events-ferry-strike",
    "month.html": "dates-2021-03",
    "shelf.html": "reading-subjects-ferries",
    "source.html": "sources-beacon.example",
    "subjects.html": "reading-subjects-index",
    "years.html": "dates",
}
"""Templates of whose pages tests of their own have a golden file."""
HELD_HERE = sorted({file.name for file in TEMPLATES.glob("*.html")} - PIECES - HELD_ELSEWHERE.keys())
MORE = {
    "briefs/2021/taken-back.md": (
        "---\ntitle: Taken back\ndate: 2021-04-01\nstatus: withdrawn\n"
        "withdrawn: {date: 2021-05-01, reason: Its figures were another year's.}\n---\nNobody reads this.\n"
    ),
    "briefs/undated/found-in-a-drawer.md": (
        "---\ntitle: Found in a drawer\n---\nOn 10 March 2021 Ada Kell left Ardel.[^1]\n\n"
        "[^1]: <https://beacon.example/left>, <https://beacon.example/seen>\n"
    ),
}


def pages_of(site: Site) -> Iterator[str]:
    """Write every page of a site."""
    made = [
        *brief_sheets(site),
        *entity_sheets(site),
        *list_sheets(site),
        *date_sheets(site),
        *source_sheets(site),
        *health_sheets(site),
        data_sheet(site, list(DATA_FORMATS)),
        search_sheet(site, results=20),
    ]
    for sheet in made:
        yield sheet.write().html
    yield overview(site)


@pytest.fixture(scope="module")
def kinds() -> dict[str, str]:
    """Give the largest page that each template writes."""
    found: dict[str, str] = {}
    used: list[str] = []
    render = Site.render

    def noted(self: Site, template: str, path: str, **values: object) -> str:
        used.append(template)
        return render(self, template, path, **values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Site, "render", noted)
        # Long lists are divided sooner here, or the pages of their parts would be long, too.
        patch.setattr(source_pages, "LONGEST_LIST", 1)
        patch.setattr(day_pages, "ROOM", 60)
        site = site_of(
            BRIEFS | MORE,
            RECORDS,
            with_sources=True,
            sizes=PageSizes(mentions=3),
            site_url="https://register.example/",
            feed_size=20,
        )
        for html in pages_of(replace(site, records=True, data_page=True)):
            template = used[0] if used else ""
            if template and (template not in found or len(html) > len(found[template])):
                found[template] = html
            used.clear()
    return found


def test_every_kind_of_page_has_a_golden_file(kinds: dict[str, str]) -> None:
    """No template is left out: each writes a page that is compared below, or in another test."""
    assert set(kinds) == {*HELD_HERE, *HELD_ELSEWHERE}
    assert [name for name in HELD_ELSEWHERE.values() if not (GOLDEN / f"{name}.html").is_file()] == []


@pytest.mark.parametrize("template", HELD_HERE)
def test_a_page_of_each_kind_looks_as_it_did(kinds: dict[str, str], template: str) -> None:
    """The largest page that a template writes is as its golden file has it."""
    assert_golden(f"kind-{template.removesuffix('.html')}", kinds[template])


def test_a_redirect_looks_as_it_did() -> None:
    """The page at an old address is as its golden file has it."""
    assert_golden("kind-redirect", redirect_html("The strike", "../2021/strike/", ENGLISH))
