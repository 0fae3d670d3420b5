"""A visit whose question is not answered in a run is put off: nothing is said of the link."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.auditing.fault_pages import page

from regesta.auditing.fetching.answers import Answer, Request
from regesta.auditing.fetching.headers import Headers
from regesta.auditing.fetching.host_rules import HostRules
from regesta.auditing.visiting import Target, visit_all
from regesta.model.urls import Url
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAPER = Url("http://post.example/papers/1.pdf")
HEADERS = Headers([b"HTTP/1.1 200 OK", b"Content-Type: text/html"])


class Fetcher:
    """Answers every link with a page, and what is asked beside with what was given."""

    def __init__(self, beside: dict[str, Answer | None]) -> None:
        self._beside = beside
        self._added: list[Request] = []
        self.first: list[bool] = []

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Answer the links, then what was added."""
        for request in requests:
            yield self._answer(request)
        while self._added:
            yield self._answer(self._added.pop(0))

    def add(self, request: Request, *, first: bool = False) -> None:
        """Note it."""
        self.first.append(first)
        self._added.append(request)

    def _answer(self, request: Request) -> Answer:
        kind = "link" if request.url == PAPER else "home" if request.url.endswith("example/") else "sibling"
        if kind in self._beside:
            return Answer(request, request.url, 0, Headers(), b"", False, (), Failure.PUT_OFF, "")  # noqa: FBT003
        text = page("The Post", f"<p>News of {kind}.</p>").encode()
        return Answer(request, request.url, 200, HEADERS, text, True, (), None, "")  # noqa: FBT003


@pytest.mark.parametrize("kind", ["link", "sibling", "home"])
def test_what_may_not_be_asked_today_decides_nothing(kind: str) -> None:
    """Whether it is the link itself, the nonsense beside it, or the home page."""
    (visit,) = visits(Fetcher({kind: None}))
    assert (visit.target.url, visit.observations) == (PAPER, ())


def test_where_all_is_answered_something_is_said() -> None:
    """What is asked beside a link comes before the other links of its host."""
    fetcher = Fetcher({})
    (visit,) = visits(fetcher)
    assert len(visit.observations) == 1
    assert fetcher.first == [True, True]


def visits(fetcher: Fetcher) -> list:
    """Visit the paper."""
    day = date(2026, 3, 1)
    return list(visit_all([Target(PAPER, (PAPER,))], fetcher=fetcher, rules=HostRules(), today=day))
