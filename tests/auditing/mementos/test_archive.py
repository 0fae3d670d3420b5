"""Copies asked of a real pywb, through its CDX index and its TimeGate."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.auditing.mementos.conftest import free_port
from tests.auditing.mementos.fetching import LocalFetcher

from regesta.auditing.mementos.asking import ask
from regesta.auditing.mementos.questions import Question
from regesta.auditing.mementos.search import MementoState
from regesta.auditing.mementos.servers import read_server
from regesta.model.mementos import is_memento_of
from regesta.model.urls import Url, parse_url

if TYPE_CHECKING:
    from regesta.auditing.mementos.asking import MementoAnswer
    from regesta.auditing.mementos.servers import MementoServer

NONE, REFUSED = "none", "refused"


@pytest.fixture(params=["cdx", "timegate"])
def server(request: pytest.FixtureRequest, archive: str) -> MementoServer:
    """Give the archive under each of the two ways to ask it."""
    return read_server(f"cdx {archive}cdx {archive}" if request.param == "cdx" else f"timegate {archive}")


def asked(server: MementoServer, url: str, day: str = "2020-09-09") -> MementoAnswer:
    """Ask one question."""
    page = parse_url(url)
    assert page is not None
    [answer] = ask([Question(page, date.fromisoformat(day))], fetcher=LocalFetcher(), server=server)
    return answer


@pytest.mark.parametrize(
    ("url", "day", "copied"),
    [
        ("https://ferry.example/before", "2020-09-09", "2020-09-08"),
        ("https://ferry.example/before", "2020-09-15", "2020-09-12"),
        ("https://ferry.example/before", "2020-07-01", "2020-08-01"),
        ("https://ferry.example/before", "1991-01-01", "2020-08-01"),
        ("https://ferry.example/before", "2026-01-01", "2020-09-12"),
        ("https://ferry.example/before#timetable", "2020-09-09", "2020-09-08"),
        ("https://ferry.example/after", "2020-09-09", "2020-09-12"),
        ("https://ferry.example/same-day", "2020-09-09", "2020-09-09"),
        ("https://ferry.example/again", "2020-09-09", "2020-09-09"),
        ("https://ferry.example/wall", "2020-09-09", "2020-10-20"),
        ("https://ferry.example/error-beside", "2020-09-09", "2019-01-01"),
        ("https://ferry.example/moved-later", "2020-09-09", "2020-03-01"),
        ("https://ferry.example/plain", "2020-09-09", "2020-09-09"),
        ("http://ferry.example/www", "2020-09-09", "2020-09-09"),
        ("https://ferry.example/asked?b=2&a=1", "2020-09-09", "2020-09-09"),
        ("https://ferry.example/asked?a=1&b=2", "2020-09-09", "2020-09-09"),
        ("https://ferry.example/asked?a=2&b=1", "2020-09-09", "2020-09-08"),
        ("https://пример.example/вода", "2020-09-09", "2020-09-09"),
        ("https://ferry.example/report.pdf", "2020-09-09", "2019-09-09"),
    ],
)
def test_the_nearest_good_copy_is_found(server: MementoServer, url: str, day: str, copied: str) -> None:
    """Of all captures the one is found that is nearest the brief and shows the page, and it may be shown."""
    answer = asked(server, url, day)
    assert answer.outcome.time, answer.outcome
    assert answer.outcome.time.date().isoformat() == copied
    assert answer.recorded
    assert is_memento_of(answer.recorded, answer.question.url, server.hosts)
    assert f"/{copied.replace('-', '')}120000/http" in answer.recorded


@pytest.mark.parametrize(
    ("url", "recorded"),
    [
        ("https://ferry.example/never", NONE),
        ("https://never.example/", NONE),
        ("https://ferry.example/error", NONE),
        ("https://ferry.example/gone-again", NONE),
        ("https://ferry.example/walls", NONE),
        ("https://ferry.example/soft", NONE),
        ("https://ferry.example/moved", NONE),
        ("https://ferry.example/asked?a=1&b=3", NONE),
        ("https://kept.example/secret", REFUSED),
    ],
)
def test_what_is_no_copy_is_none(server: MementoServer, url: str, recorded: str) -> None:
    """An error, a wall, a redirect or another page is no copy; what the archive may not show is said to be that."""
    answer = asked(server, url)
    assert answer.recorded == recorded
    assert answer.outcome.url is None
    assert answer.outcome.reason


def test_another_case_is_another_page(archive: str) -> None:
    """An index folds case; a copy of `/Case` is not offered for `/case`."""
    server = read_server(f"cdx {archive}cdx {archive}")
    assert asked(server, "https://ferry.example/case").recorded == NONE
    assert asked(server, "https://ferry.example/Case").outcome.state is MementoState.FOUND


@pytest.mark.parametrize("kind", ["cdx", "timegate"])
def test_an_archive_that_is_not_there_says_nothing(kind: str) -> None:
    """Without an answer nothing is recorded, and after four of them nobody is asked any more."""
    address = f"http://127.0.0.1:{free_port()}/copies/"
    server = read_server(f"cdx {address}cdx {address}" if kind == "cdx" else f"timegate {address}")
    fetcher = LocalFetcher()
    many = [Question(Url(f"https://ferry.example/{number}"), date(2020, 9, 9)) for number in range(20)]
    answers = list(ask(many, fetcher=fetcher, server=server))
    assert [answer.outcome.state for answer in answers] == [MementoState.NOT_ANSWERED] * 4
    assert [answer.recorded for answer in answers] == [None] * 4
    assert len(fetcher.asked) == 4


def test_a_wrong_index_is_not_taken_for_an_empty_one(archive: str) -> None:
    """An address where no index is gives no answer, not "none"."""
    server = read_server(f"cdx {archive}nowhere {archive}")
    assert asked(server, "https://ferry.example/before").outcome.state is MementoState.NOT_ANSWERED


def test_copies_never_lead_to_the_live_web(server: MementoServer) -> None:
    """Whatever a capture redirects to, only the archive is asked."""
    fetcher = LocalFetcher()
    page = Url("https://ferry.example/moved")
    list(ask([Question(page, date(2020, 9, 9))], fetcher=fetcher, server=server))
    assert {request.url.split("/copies/")[0] for request in fetcher.asked} == {server.address.split("/copies/")[0]}
