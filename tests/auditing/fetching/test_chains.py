"""Redirects in a row, without a network."""

from __future__ import annotations

import pytest

from regesta.auditing.fetching.answers import Request
from regesta.auditing.fetching.chains import go_on
from regesta.auditing.fetching.redirects import Asked, split_url
from regesta.auditing.fetching.under_way import Way
from regesta.model.urls import Url
from regesta.model.verdicts import Failure


def way(url: str = "https://ferry.example/", *, post: bytes | None = None, seconds: float = 5.0) -> Way:
    """Begin a way."""
    asked = split_url(Url(url))
    assert isinstance(asked, Asked)
    return Way(Request(Url(url), post=post), asked, seconds)


def cookie(value: str, until: int = 0) -> str:
    """Write a cookie as libcurl tells it."""
    return f"ferry.example\tFALSE\t/\tFALSE\t{until}\tseen\t{value}"


def test_a_way_goes_on() -> None:
    """A redirect is a hop, and its address is asked next."""
    here = way()
    here.tries = 2
    assert go_on(here, 301, b"/a", []) is None
    assert here.asked.url == "https://ferry.example/a"
    assert here.hops == (("https://ferry.example/", 301),)
    assert here.tries == 0


def test_the_same_address_is_a_loop_at_once() -> None:
    """What leads to itself, and has changed nothing, leads nowhere else the second time."""
    stopped = go_on(way(), 302, b"/#top", [])
    assert stopped is not None
    assert stopped.failure is Failure.LOOP


def test_a_wall_of_cookies_is_no_loop() -> None:
    """The same address with another cookie is another question; with the same one it is not, though it lasts."""
    here = way()
    assert go_on(here, 302, b"/", [cookie("1")]) is None
    assert go_on(here, 302, b"/", [cookie("2")]) is None
    stopped = go_on(here, 302, b"/", [cookie("2", until=99)])
    assert stopped is not None
    assert stopped.failure is Failure.LOOP


def test_a_chain_has_an_end() -> None:
    """After ten redirects the eleventh is not taken."""
    here = way()
    for number in range(10):
        assert go_on(here, 302, f"/{number}".encode(), []) is None
    stopped = go_on(here, 302, b"/next", [])
    assert stopped is not None
    assert (stopped.failure, len(here.hops)) == (Failure.TOO_MANY_REDIRECTS, 10)


def test_redirects_may_take_no_more_than_the_time() -> None:
    """A way that has used up its time goes on nowhere."""
    stopped = go_on(way(seconds=0.0), 302, b"/next", [])
    assert stopped is not None
    assert stopped.failure is Failure.TIMEOUT


@pytest.mark.parametrize(
    ("status", "location", "post"),
    [
        (301, b"/a", None),
        (302, b"https://other.example/", None),
        (303, b"/a", None),
        (307, b"/a", b"words"),
        (308, b"/a", b"words"),
    ],
)
def test_what_is_sent_is_sent_again_as_the_status_says(status: int, location: bytes, post: bytes | None) -> None:
    """After 301 to 303 a POST becomes a GET, after 307 and 308 it stays one."""
    here = way(post=b"words")
    assert go_on(here, status, location, []) is None
    assert here.post == post


@pytest.mark.parametrize(
    "location", [b"https://other.example/", b"http://ferry.example/", b"https://ferry.example:8443/"]
)
def test_what_is_sent_is_told_no_other_server(location: bytes) -> None:
    """A POST does not follow to another host, scheme or port."""
    here = way(post=b"words")
    stopped = go_on(here, 307, location, [])
    assert stopped is not None
    assert stopped.failure is Failure.POLICY
    assert (here.asked.url, here.hops) == ("https://ferry.example/", ())
