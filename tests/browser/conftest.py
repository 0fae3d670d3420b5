"""One site for all tests in a browser, and a tab that remembers what went wrong in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

KINDS = {
    "home": "",
    "briefs": "briefs/",
    "brief": "briefs/2021/2021-03-10-no-boats/",
    "foreign brief": "briefs/2022/2022-03-rozlyv-na-tolvai/",
    "defanged": "briefs/2022/2022-07-20-false-mirrors/",
    "withdrawn": "briefs/2022/2022-04-02-gauge-readings-withdrawn/",
    "people": "people/",
    "person": "people/mirela-ostrenko/",
    "organisation": "organisations/lissen-commission/",
    "place": "places/vostrana/",
    "event": "events/grey-ford-accord/",
    "dates": "dates/",
    "year": "dates/2021/",
    "month": "dates/2021/03/",
    "day": "dates/2021/03/10/",
    "sources": "sources/",
    "source": "sources/ardel-beacon.example/",
    "health": "links/",
    "subjects": "subjects/",
    "subject": "subjects/ferries/",
    "series": "series/tide-table/",
    "data": "data/",
    "search": "search/",
    "results": "search/?q=ferry&person=ada-kell",
    "names and results": "search/?q=%D0%B2%D0%BE%D1%81%D1%82%D1%80%D0%B0%D0%BD%D0%B0",
    "no results": "search/?q=zzyzx",
}
"""A page of each kind, by its address in the invented archive."""


class Reader:
    """A tab that remembers what went wrong in it."""

    def __init__(self, page: Page, top: str) -> None:
        """Open nothing yet."""
        self.page, self.top = page, top
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))

    def open(self, path: str = "") -> Page:
        """Open a page of the site; a page of the search is open when its answer stands there."""
        self.page.goto(self.top + path)
        if path.startswith("search/?") or path == "search/":
            self.page.locator(".rg-search:not([aria-busy]) .rg-search-columns").wait_for()
        return self.page

    def arrives(self, path: str | re.Pattern[str]) -> None:
        """Wait until the reader is where a link led, which may take a moment."""
        if isinstance(path, str):
            self.page.wait_for_url(self.top + path)
        else:
            self.page.wait_for_url(re.compile(re.escape(self.top) + path.pattern))


@pytest.fixture(scope="session")
def top(audited_site: Path, serve: Callable[[Path], str]) -> str:
    """Serve that site, and give its address."""
    return serve(audited_site)
