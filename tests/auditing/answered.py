"""Answers as a fetcher would give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.auditing.fetching.answers import Answer, Hop, Request
from regesta.model.urls import Url

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKED = Url("https://ferry.example/news/strike")
PAGE = (
    b'<!doctype html><html><head><title>Strike</title></head><body><h1 id="present">Strike</h1><p>The ferries stay in '
    b"the harbour until the captains and the board have come to terms, which may take all winter.</p></body></html>"
)


def answer(status: int = 200, body: bytes = PAGE, *, headers: Mapping[str, str] | None = None, **fields: Any) -> Answer:
    """Make an answer to the address asked: a page of HTML, unless `headers` say otherwise."""
    told = {"content-type": "text/html", **(headers or {})}
    return Answer(Request(ASKED), ASKED, status, told, body, is_whole=True)._replace(**fields)


def hops(*steps: tuple[str, int]) -> tuple[Hop, ...]:
    """Give the redirects of a way: which address answered, and with what."""
    return tuple(Hop(url, status) for url, status in steps)
