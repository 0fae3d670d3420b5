"""Answers as a fetcher would give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.auditing.answers import Answer, Hop, Request
from regesta.model.urls import Url

if TYPE_CHECKING:
    from regesta.model.verdicts import Failure

ASKED = Url("https://ferry.example/news/strike")
PAGE = (
    b'<!doctype html><html><head><title>Strike</title></head><body><h1 id="present">Strike</h1><p>The ferries stay in '
    b"the harbour until the captains and the board have come to terms, which may take all winter.</p></body></html>"
)


def answer(
    status: int = 200,
    body: bytes = PAGE,
    *,
    kind: str = "text/html",
    at: str = ASKED,
    hops: tuple[tuple[str, int], ...] = (),
    failure: Failure | None = None,
    is_whole: bool = True,
    detail: str = "",
    **headers: str,
) -> Answer:
    """Make an answer; a header `cf_mitigated` is `cf-mitigated`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(
        request=Request(Url(hops[0][0] if hops else at)),
        url=Url(at),
        status=status,
        headers={"content-type": kind, **named} if kind else named,
        body=body,
        is_whole=is_whole,
        hops=tuple(Hop(url, code) for url, code in hops),
        failure=failure,
        detail=detail,
    )
