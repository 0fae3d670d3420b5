"""Nonsense asked for beside a page: who answers both alike has lost the page, or never looks at the path."""

from __future__ import annotations

import re
from hashlib import blake2s
from typing import TYPE_CHECKING

from ada_url import URL

from regesta.auditing.judging.gone_words import says_gone
from regesta.auditing.judging.soft_404 import LITTLE_PROSE
from regesta.auditing.judging.ways import host_and_path, is_home, is_same_page
from regesta.model.urls import Url, same_page_key

if TYPE_CHECKING:
    from regesta.auditing.judging.page_facts import Page

__all__ = ["like_nonsense", "sibling_key", "sibling_of"]

_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,5}$")
_ID = re.compile(r"/(?!(?:19|20)\d\d/)[^/]*\d{3,}[^/]*/|/[^/]*\d{3,}$")
"""A folder that names the page by a number: whatever follows it may be ignored, and the page is there all the same."""
_ENOUGH = 300
"""Characters of text that make a page with content of its own, and no shell of an application."""


def sibling_of(url: Url) -> Url:
    """Give an address in the same folder that no server can know: always the same, with the ending of the page.

    >>> sibling_of(Url("https://ferry.example/news/strike.html?a=1")) == sibling_of(Url("https://ferry.example/news/b.html"))
    True
    >>> sibling_of(Url("https://ferry.example/news/strike/")).startswith("https://ferry.example/news/")
    True
    """
    parts = URL(url)
    path = parts.pathname
    slash = "/" if path.endswith("/") and path != "/" else ""
    folder, _, name = path.removesuffix(slash or "\0").rpartition("/")
    ending = _ENDING.search(name)
    word = blake2s(f"{parts.host.removeprefix('www.')}{folder}".encode(), digest_size=8).hexdigest()
    return Url(f"{parts.origin}{folder}/regesta-{word}{ending[0] if ending else ''}{slash}")


def sibling_key(url: Url) -> str:
    """Give what the answer of a sibling is remembered by: host, folder and ending.

    >>> sibling_key(Url("http://ferry.example/a/b")) == sibling_key(Url("https://www.ferry.example/a/c"))
    True
    """
    return same_page_key(sibling_of(url))


def like_nonsense(page: Page, sibling: Page, *, asked: Url, sibling_url: str = "", home: Page | None = None) -> bool:
    """Tell whether a page is what its server says to nonsense, so that it is not the page that was cited.

    Alike is not enough: the shell of an application is the same for every path. It needs words of an error, the body of
    the home page, or content of its own that ignores its path. `sibling_url` is where the nonsense led.
    """
    if not _alike(page, sibling):
        return False
    if any(map(says_gone, (page.title, sibling.title, *page.headings[:2], *sibling.headings[:2], *_lines(page)))):
        return True
    if home is not None and not is_home(asked) and page.text_length >= _ENOUGH and _alike(page, home):
        return True
    if sibling_url and is_home(sibling_url) and not is_home(asked):
        return True
    return _ignores_path(page, sibling, asked)


def _alike(page: Page, other: Page) -> bool:
    return page.title == other.title and page.headings == other.headings and _masked(page) == _masked(other)


def _masked(page: Page) -> str:
    """Give the text without what changes from one minute to the next: clocks, counters, tokens, the path itself."""
    return re.sub(r"\S*\d\S*|\S*regesta-\S*|\S*/\S*", "", page.text)


def _lines(page: Page) -> list[str]:
    return page.text.split("\n")[:20] if page.text_length <= LITTLE_PROSE else []


def _ignores_path(page: Page, sibling: Page, asked: Url) -> bool:
    """Tell whether a page with content of its own came for nonsense too, and not because its folder names it."""
    if page.prose < _ENOUGH or _ID.search(host_and_path(asked)[1].rpartition("/")[0] + "/") or "?" in asked:
        return False
    # A server that knows the page by half of its address says so: the nonsense was corrected.
    names_itself = sibling.canonical or page.canonical
    return not (names_itself and is_same_page(names_itself, asked.partition("#")[0]))
