"""What is meant for one server is told no other: cookies, tokens, headers, credentials."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tests.auditing.certificates import TLS_FAULTS
from tests.auditing.fault_server import HOSTS, FaultServer
from tests.auditing.visits import request, visit

from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from tests.auditing.fault_server import Exchange

GOOD = TLS_FAULTS["good"].host


async def _sets_cookies(exchange: Exchange) -> None:
    """Set a cookie on every answer, and redirect, fail once, or answer as the path says."""
    cookie = {"Set-Cookie": f"secret={exchange.seen.host}; Path=/"}
    kind, _, rest = exchange.path.strip("/").partition("/")
    if kind == "to":
        await exchange.redirect(f"http://{rest.replace('!', '/')}", headers=cookie)
    elif kind == "again" and not exchange.asked_before:
        await exchange.redirect(exchange.path, headers=cookie)
    elif kind == "fails" and not exchange.asked_before:
        await exchange.reply(503, headers=cookie)
    elif kind == "wide":
        wide = {"Set-Cookie": "wide=1; Domain=test; Path=/"}
        await exchange.redirect(f"http://h2.test:{exchange.server.port}/end", headers=wide)
    else:
        await exchange.reply(200, "there", headers=cookie)


@pytest.fixture
def cookies() -> FaultServer:
    """Give a server that sets cookies wherever it can."""
    return FaultServer(_sets_cookies)


def cookies_seen(server: FaultServer) -> dict[str, list[str]]:
    """Give the cookies that came, by path."""
    seen: dict[str, list[str]] = {}
    for one in server.tally.requests:
        seen.setdefault(one.path, []).append(one.headers.get("cookie", ""))
    return seen


def test_cookies_are_kept_within_one_chain(cookies: FaultServer) -> None:
    """A cookie goes along to the same host after a redirect, and to no other link, over one handle."""
    with cookies as server:
        urls = [f"http://h1.test:{server.port}/{path}" for path in ("again", "end/1", "end/2", "again/2", "end/3")]
        answers = visit(*urls, at_once=1)
        seen = cookies_seen(server)
    assert [answer.status for answer in answers] == [200] * 5
    assert seen == {
        "/again": ["", "secret=h1.test"],
        "/again/2": ["", "secret=h1.test"],
        "/end/1": [""],
        "/end/2": [""],
        "/end/3": [""],
    }


def test_a_cookie_goes_to_no_other_host(cookies: FaultServer) -> None:
    """After a redirect to another host the first host's cookies stay behind, also wide ones."""
    with cookies as server:
        port = server.port
        visit(
            f"http://h1.test:{port}/to/h2.test:{port}!to!h1.test:{port}!end",
            f"http://h1.test:{port}/wide",
        )
        seen = [(one.host, one.headers.get("cookie", "")) for one in server.tally.requests]
    assert Counter(seen)["h2.test", ""] == 2
    assert {host for host, cookie in seen if "h1.test" in cookie} <= {"h1.test"}
    assert {cookie for _, cookie in seen} <= {"", "secret=h1.test"}


def test_a_cookie_does_not_outlive_a_try(cookies: FaultServer) -> None:
    """What a failed try has set is not sent by the next, nor by another link."""
    with cookies as server:
        visit(*(f"http://h1.test:{server.port}/fails/{number}" for number in range(4)), at_once=1)
        seen = cookies_seen(server)
    assert seen == {f"/fails/{number}": ["", ""] for number in range(4)}


async def _leads(exchange: Exchange) -> None:
    """Redirect to what the path names, in its own words."""
    kind, _, rest = exchange.path.strip("/").partition("/")
    if kind == "to":
        await exchange.redirect(rest.replace("!", "/"))
    else:
        await exchange.reply(200, "there")


HEADERS = (("X-Private", "yes"), ("Cookie", "mine=1"), ("Authorization", "Basic mine"))


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", [*HOSTS[:2], "h1.test"])
def test_headers_and_tokens_stay_with_their_host(tmp_path: Path, scheme: str, host: str) -> None:
    """What is said to one host is not said to where it redirects, whichever host and scheme that is."""
    from tests.auditing.certificates import write_certificates  # noqa: PLC0415 - with TLS

    authority = tmp_path / "authority.pem"
    with FaultServer(_leads, write_certificates(authority)) as server:
        start = f"https://{GOOD}:{server.tls_port}"
        port = server.port if scheme == "http" else server.tls_port
        visit(
            request(f"{start}/to/{scheme}:!!{host}:{port}!end", headers=HEADERS),
            certificates=str(authority),
            tokens={GOOD: "token", host: "token"},
        )
        first, *others = server.tally.requests
    assert first.headers["x-private"] == "yes"
    assert "token" in first.headers["authorization"] or "mine" in first.headers["authorization"]
    same = (scheme, host) == ("https", GOOD)
    for seen in others:
        assert ("x-private" in seen.headers) is same
        assert ("authorization" in seen.headers) is same
        assert ("cookie" in seen.headers) is same


def test_a_token_is_sent_over_tls_alone(fault_server: FaultServer, authority: Path) -> None:
    """Over plain http nobody is told one."""
    visit(
        fault_server.tls_url(GOOD),
        fault_server.url("/200/plain"),
        certificates=str(authority),
        tokens={GOOD: "token", HOSTS[0]: "token"},
    )
    seen = {one.path: one.headers.get("authorization") for one in fault_server.tally.requests}
    assert seen == {"/200": "Bearer token", "/200/plain": None}


@pytest.mark.parametrize("kind", ["expired", "self-signed", "another host's"])
def test_nothing_private_is_said_behind_a_bad_certificate(
    fault_server: FaultServer, authority: Path, kind: str
) -> None:
    """The second look is taken without token, headers and cookies."""
    host = TLS_FAULTS[kind].host
    visit(request(fault_server.tls_url(host), headers=HEADERS), certificates=str(authority), tokens={host: "token"})
    (seen,) = fault_server.tally.requests
    assert not {"authorization", "cookie", "x-private"} & seen.headers.keys()


def test_credentials_are_never_sent(fault_server: FaultServer) -> None:
    """Neither those of a link nor those of a Location; the page is asked for without."""
    here = f"{HOSTS[0]}:{fault_server.port}"
    with FaultServer(_leads) as server:
        links = [f"http://me:word@{here}/200", f"{server.url('')}/to/http:!!me:word@{HOSTS[1]}:{server.port}!end"]
        answers = visit(*links)
        seen = [*server.tally.requests, *fault_server.tally.requests]
    assert [answer.status for answer in answers] == [200, 200]
    assert [one for one in seen if "authorization" in one.headers or "word" in one.headers.get("referer", "")] == []
    assert "word" not in answers[1].url


def test_nobody_is_told_where_we_come_from(fault_server: FaultServer) -> None:
    """No request has a Referer."""
    visit(fault_server.own_url("/chain-5"))
    assert {seen.headers.get("referer") for seen in fault_server.tally.requests} == {None}


def test_a_post_is_not_told_another_host() -> None:
    """A body goes along with 307 to the same server, and to no other."""

    async def leads(exchange: Exchange) -> None:
        there = "/end" if exchange.path == "/here" else f"http://h2.test:{exchange.server.port}/end"
        await (exchange.reply(200) if exchange.path == "/end" else exchange.redirect(there, 307))

    with FaultServer(leads) as server:
        here, there = visit(*(request(f"http://h1.test:{server.port}/{to}", post=b"words") for to in ("here", "there")))
        seen = Counter((one.host, one.method) for one in server.tally.requests)
    assert (here.status, there.status, there.failure) == (200, 307, Failure.POLICY)
    assert seen == {("h1.test", "POST"): 3}
