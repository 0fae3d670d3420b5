"""No server makes a link cost more than it may: bytes, memory, time and hops have their ends."""

from __future__ import annotations

import resource
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.auditing.fault_server import HOSTS, FaultServer
from tests.auditing.visits import QUICK, request, visit

from regesta.auditing.fetching import handles
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from tests.auditing.fault_server import Exchange

KB = 1024
MB = 1024 * KB
IN_FLIGHT = 12 * MB
"""What lies in the buffers of a machine's network between a server that sends and a client that has hung up."""


@pytest.mark.parametrize(
    ("path", "status", "most"),
    [
        ("/endless", 200, 128 * KB),
        ("/endless-404", 404, 64 * KB),
        ("/gzip-bomb", 200, 128 * KB),
        ("/tags-300000", 200, 128 * KB),
        ("/pdf", 200, 16 * KB),
    ],
)
def test_a_body_is_read_to_its_bound(fault_server: FaultServer, path: str, status: int, most: int) -> None:
    """What is past the bound is not read, after decompression, and the page counts by what came."""
    (answer,) = visit(fault_server.own_url(path))
    assert (answer.status, answer.failure, len(answer.body), answer.is_whole) == (status, None, most, False)
    assert fault_server.tally.sent[path] < max(IN_FLIGHT, 32 * MB * (path == "/pdf"))


def test_a_link_may_have_its_own_bound(fault_server: FaultServer) -> None:
    """A request that wants less, or more, gets it."""
    answers = visit(*(request(fault_server.own_url("/endless"), body_limit=limit) for limit in (1, 300 * KB)))
    assert [len(answer.body) for answer in answers] == [1, 300 * KB]


def test_the_body_of_a_redirect_is_not_read(fault_server: FaultServer) -> None:
    """Of a body without end in a redirect no more than 16 KB is taken, and the redirect is followed."""
    (answer,) = visit(fault_server.own_url("/endless-redirect"))
    assert (answer.status, len(answer.hops), answer.failure) == (200, 1, None)
    assert fault_server.tally.sent["/endless-redirect"] < IN_FLIGHT
    (end,) = visit(request(fault_server.own_url("/endless-redirect"), follows=False))
    assert (end.status, len(end.body)) == (301, 16 * KB)


@pytest.mark.skipif(sys.platform != "linux", reason="it counts in kilobytes")
def test_bombs_and_bodies_without_end_take_no_memory(fault_server: FaultServer) -> None:
    """Forty of them at one time take less than sixty MB."""
    visit(fault_server.own_url("/gzip-bomb"))  # the server's own bomb is made
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    paths = ("/gzip-bomb", "/endless", "/endless-redirect", "/header-1mb", "/headers-100000")
    answers = visit(*(fault_server.own_url(f"{path}/{number}") for path in paths for number in range(8)))
    assert len(answers) == 40
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * KB


@pytest.mark.parametrize(
    ("path", "bodies"),
    [
        ("/gzip", b"Ferries"),
        ("/gzip-broken", b""),
        ("/gzip-lie", b"Ferries"),
        ("/encoding-unknown", b"Ferries"),
        ("/encoding-layers", b"Ferries"),
    ],
)
def test_an_encoding_that_cannot_be_read_is_none(fault_server: FaultServer, path: str, bodies: bytes) -> None:
    """It is asked for again undecoded, and is live."""
    (answer,) = visit(fault_server.own_url(path))
    assert (answer.status, answer.failure, answer.is_whole) == (200, None, True)
    assert bodies in answer.body
    encodings = [seen.headers.get("accept-encoding") for seen in fault_server.tally.requests]
    assert encodings in (["gzip, deflate, br"], ["gzip, deflate, br", None])


def test_the_next_link_is_asked_as_usual(fault_server: FaultServer) -> None:
    """A handle that has asked undecoded asks for compression again."""
    visit(fault_server.url("/encoding-unknown"), fault_server.url("/gzip"), at_once=1)
    last = fault_server.tally.requests[-1]
    assert (last.path, last.headers.get("accept-encoding")) == ("/gzip", "gzip, deflate, br")


@pytest.mark.parametrize("path", ["/header-1mb", "/headers-100000", "/cookies-1000"])
def test_a_header_has_its_bound(fault_server: FaultServer, path: str) -> None:
    """A header that is too large is no answer, and costs no time."""
    start = time.monotonic()
    (answer,) = visit(fault_server.own_url(path))
    assert answer.failure is Failure.TOO_LARGE_HEADER
    assert sum(len(name) + len(value) for name, value in answer.headers.items()) < 400 * KB
    assert time.monotonic() - start < 2


async def _heavy(exchange: Exchange) -> None:
    """Redirect, with a header of 60 KB; at last a page, or the hint without end that a page will come."""
    left = int(exchange.path.rpartition("/")[2])
    if exchange.path.startswith("/hints"):
        await exchange.send_without_end(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100)
    elif left:
        lines = {f"X-{number}": "y" * 6000 for number in range(10)}
        await exchange.redirect(f"/heavy/{left - 1}", headers=lines)
    else:
        await exchange.reply(200, "there")


def test_headers_count_over_all_hops() -> None:
    """256 KB of headers are for the whole chain; interim answers count as well."""
    with FaultServer(_heavy) as server:
        light, heavy, hints = visit(*(server.own_url(path) for path in ("/heavy/4", "/heavy/5", "/hints/0")))
    assert (light.status, light.failure, len(light.hops)) == (200, None, 4)
    assert heavy.failure is Failure.TOO_LARGE_HEADER
    assert hints.failure in {Failure.TOO_LARGE_HEADER, Failure.NOT_HTTP}


@pytest.mark.parametrize("path", ["/drip", "/drip-headers", "/hang", "/hang-body"])
def test_a_drip_ends_with_the_time_of_the_link(fault_server: FaultServer, path: str) -> None:
    """However slowly something comes, the link ends when its time is up."""
    start = time.monotonic()
    (answer,) = visit(fault_server.own_url(path), rule=QUICK._replace(timeout=1.0))
    assert answer.failure is Failure.TIMEOUT
    assert 0.8 < time.monotonic() - start < 2


@pytest.mark.parametrize("path", ["/drip", "/drip-headers", "/hang-body"])
def test_a_drip_ends_early(fault_server: FaultServer, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What sends next to nothing for a while is not waited for until the time of the link is up."""
    monkeypatch.setattr(handles, "_SLOW_SECONDS", 1)
    monkeypatch.setattr(handles, "_SLOW_SHARE", 1 / 30)
    start = time.monotonic()
    (answer,) = visit(fault_server.own_url(path), rule=QUICK._replace(timeout=20.0))
    assert answer.failure is Failure.TIMEOUT
    assert time.monotonic() - start < 6


async def _thinks(exchange: Exchange) -> None:
    import asyncio  # noqa: PLC0415 - for this alone

    await asyncio.sleep(6)
    await exchange.reply(200, "there")


def test_a_server_may_think() -> None:
    """A page that takes six seconds to begin is live where a link has more than twice that."""
    with FaultServer(_thinks) as server:
        (answer,) = visit(server.own_url("/thinks"), rule=QUICK._replace(timeout=20.0))
    assert (answer.status, answer.failure) == (200, None)


async def _slow_chain(exchange: Exchange) -> None:
    import asyncio  # noqa: PLC0415 - for this alone

    await asyncio.sleep(0.4)
    left = int(exchange.path.rpartition("/")[2])
    await exchange.redirect(f"/{left - 1}") if left else await exchange.reply(503)


def test_a_chain_has_one_time() -> None:
    """Eight redirects of 0.4 seconds are not finished in 1.5."""
    with FaultServer(_slow_chain) as server:
        start = time.monotonic()
        (answer,) = visit(server.own_url("/8"), rule=QUICK._replace(timeout=1.5))
        taken = time.monotonic() - start
    assert answer.failure is Failure.TIMEOUT
    assert 1.2 < taken < 2.2
    assert 1 <= len(answer.hops) <= 4


def test_tries_have_one_time() -> None:
    """A link is not asked again when its time is nearly up, though its pauses do not count."""
    with FaultServer(_slow_chain) as server:
        (answer,) = visit(server.own_url("/0"), rule=QUICK._replace(timeout=1.3))
        assert len(server.tally.requests) == 1
    assert (answer.status, answer.failure) == (503, None)


def test_hops_have_their_end(fault_server: FaultServer) -> None:
    """A chain of a hundred is left after ten."""
    (answer,) = visit(fault_server.own_url("/chain-100"))
    assert (answer.failure, len(answer.hops)) == (Failure.TOO_MANY_REDIRECTS, 10)
    assert len(fault_server.tally.requests) == 11


def test_no_more_are_under_way_than_allowed(fault_server: FaultServer) -> None:
    """All hosts together have their bound as well."""
    visit(*(fault_server.url(f"/slow/{number}", host) for host in HOSTS for number in range(2)), at_once=3)
    assert sum(fault_server.tally.most_in_flight.values()) >= 8
    times = sorted(seen.at for seen in fault_server.tally.requests)
    # 16 links of 0.3 s, three at a time.
    assert times[-1] - times[0] > 1.2
