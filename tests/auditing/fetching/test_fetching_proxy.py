"""Through a proxy that somebody has asked for, names and addresses are its business, and all else is ours."""

from __future__ import annotations

import base64
import socket
from typing import TYPE_CHECKING

import pytest
from tests.auditing.certificates import TLS_FAULTS
from tests.auditing.fault_server import ALLOWED, HOSTS, FaultServer
from tests.auditing.small_proxy import SmallProxy
from tests.auditing.visits import a_fetcher, visit

from regesta.auditing.fetching.proxies import InvalidProxy, find_proxy
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from tests.auditing.fault_server import Exchange

LEADS = {"ferry.example": HOSTS[0], "port.example": HOSTS[1], **{host: host for host in HOSTS}}


def no_names(host: str) -> tuple[str, ...]:
    """Look nothing up."""
    raise AssertionError(host)


def test_the_proxy_looks_names_up(fault_server: FaultServer) -> None:
    """A name that only the proxy knows is live, by the proxy alone."""
    with SmallProxy(LEADS) as proxy:
        urls = [f"http://ferry.example:{fault_server.port}/{path}" for path in ("200", "404", "chain-5")]
        answers = visit(*urls, proxy=proxy.url, look_up=no_names, allow=())
    assert [answer.status for answer in answers] == [200, 404, 200]
    assert all(line.startswith(b"GET http://ferry.example:") for line in proxy.asked)
    assert len(answers[2].hops) == 5


def test_tls_goes_through_a_tunnel(fault_server: FaultServer, authority: Path) -> None:
    """The proxy sees no more than host and port, and what it says is no header of the page."""
    good, bad = TLS_FAULTS["good"].host, TLS_FAULTS["expired"].host
    with SmallProxy(LEADS) as proxy:
        urls = [fault_server.tls_url(host) for host in (good, bad)]
        fine, expired = visit(
            *urls, proxy=proxy.url, certificates=str(authority), look_up=no_names, tokens={good: "secret"}
        )
    assert (fine.status, fine.failure) == (200, None)
    assert (expired.status, expired.failure) == (200, Failure.EXPIRED)
    assert "x-proxy" not in fine.headers
    assert {line.split(b" ")[0] for line in proxy.asked} == {b"CONNECT"}
    assert not any(b"secret" in head or b"regesta" in head for head in proxy.heads)


def test_a_proxy_may_want_credentials(fault_server: FaultServer) -> None:
    """They are sent to it, and to nobody else; without them its refusal is what is seen."""
    secret = base64.b64encode(b"me:s t")
    url = f"http://ferry.example:{fault_server.port}/200"
    with SmallProxy(LEADS, secret) as proxy:
        known = proxy.url.replace("//", "//me:s%20t@")
        assert [answer.status for answer in visit(url, proxy=known, look_up=no_names)] == [200]
        assert [answer.status for answer in visit(url, proxy=proxy.url, look_up=no_names)] == [407]
    assert not any("proxy-authorization" in seen.headers for seen in fault_server.tally.requests)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "[::1]", "169.254.169.254", "localhost", "printer.local", "intranet"]
)
def test_the_proxy_is_not_asked_for_its_own_network(fault_server: FaultServer, host: str) -> None:
    """Addresses that are not public and names of one network alone are not asked for, also by redirect."""

    async def leads(exchange: Exchange) -> None:
        await exchange.redirect(f"http://{host}:{fault_server.canary_port}/")

    with FaultServer(leads) as server, SmallProxy({**LEADS, host: "127.0.0.1"}) as proxy:
        urls = [f"http://{host}:{fault_server.canary_port}/", f"http://ferry.example:{server.port}/"]
        answers = visit(*urls, proxy=proxy.url, look_up=no_names, allow=(ALLOWED,))
    assert [answer.failure for answer in answers] == [Failure.PRIVATE] * 2
    assert fault_server.tally.canary == 0
    assert len(proxy.asked) == 1


def test_what_the_proxy_refuses_is_not_there(fault_server: FaultServer) -> None:
    """A tunnel that is refused is a failure, never a page; a proxy that is away is one as well."""
    with SmallProxy({}) as proxy:
        (refused,) = visit("https://nobody.example/", proxy=proxy.url, look_up=no_names)
        away = proxy.url
    assert (refused.status, refused.failure) == (0, Failure.REFUSED_CONNECTION)
    (answer,) = visit(f"http://ferry.example:{fault_server.port}/200", proxy=away, look_up=no_names)
    assert (answer.status, answer.failure) == (0, Failure.REFUSED_CONNECTION)


def test_the_variable_for_exceptions_makes_none(fault_server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no_proxy names goes through the proxy as well: only what was asked for counts."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("NO_PROXY", "ferry.example")
    with SmallProxy(LEADS) as proxy:
        (answer,) = visit(f"http://ferry.example:{fault_server.port}/200", proxy=proxy.url, look_up=no_names)
    assert answer.status == 200
    assert len(proxy.asked) == 1


def test_the_name_of_the_proxy_is_looked_up_once(fault_server: FaultServer) -> None:
    """It may lead into a private network, and libcurl is told where it is."""
    asked = []

    def look_up(host: str) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",)

    with SmallProxy(LEADS) as proxy:
        urls = [f"http://ferry.example:{fault_server.port}/200/{number}" for number in range(4)]
        answers = visit(*urls, proxy=proxy.url.replace("127.0.0.1", "proxy.example"), look_up=look_up, allow=())
    assert [answer.status for answer in answers] == [200] * 4
    assert asked == ["proxy.example"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "proxy.example:3128",
        "socks5://proxy.example",
        "https://proxy.example",
        "http://",
        "http://a/b",
        "http://a?b",
        "ftp://a",
    ],
)
def test_what_is_no_proxy_is_told(text: str) -> None:
    """Only an HTTP proxy will do, and the error shows one."""
    with pytest.raises(InvalidProxy, match=r"expected one such as http://proxy.example:3128"):
        find_proxy(text, look_up=lambda _: ("127.0.0.1",))


@pytest.mark.parametrize("found", [socket.gaierror(socket.EAI_NONAME, "no such name"), ()])
def test_a_proxy_that_is_not_found_ends_the_run_before_it_begins(found: object) -> None:
    """Its name is quoted, and no password."""

    def look_up(_: str) -> tuple[str, ...]:
        if isinstance(found, Exception):
            raise found
        return ()

    with pytest.raises(InvalidProxy, match=r"'proxy\.example'") as error:
        a_fetcher(proxy="http://me:word@proxy.example", look_up=look_up)
    assert "word" not in str(error.value)


def test_nothing_else_is_connected_to() -> None:
    """With a proxy every other address is refused when a socket is to be opened."""
    proxy = find_proxy("http://[fd00::9]", look_up=no_names)
    assert proxy.known_as == "[fd00::9]:80:[fd00::9]"
    assert proxy.why_refused("fd00::9") == ""
    assert proxy.why_refused("8.8.8.8")
