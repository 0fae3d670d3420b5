"""The fault server itself: each fault does what it says, and what it counts is what happened."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import io
import re
import socket
import ssl
import threading
import time
import zlib
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import pytest
from tests.auditing.certificates import TLS_FAULTS
from tests.auditing.fault_bodies import bomb
from tests.auditing.fault_names import NAMES, look_up_fault
from tests.auditing.fault_server import HOSTS
from tests.auditing.faults import FAULTS

from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from tests.auditing.fault_server import FaultServer

CLOSE = "Connection: close\r\n"


def raw(server: FaultServer, path: str, *, method: str = "GET", headers: str = CLOSE, patience: float = 0.5) -> bytes:
    """Ask by hand and give what comes, up to two MB, to the end of the connection or of the patience."""
    with socket.create_connection((HOSTS[0], server.port)) as connection:
        connection.settimeout(patience)
        connection.sendall(f"{method} {path} HTTP/1.1\r\nHost: {HOSTS[0]}:{server.port}\r\n{headers}\r\n".encode())
        got = b""
        try:
            while len(got) < 2_000_000 and (data := connection.recv(65536)):
                got += data
        except OSError as error:
            # What ended it is told by the length of what came and by these two words.
            got += {ConnectionResetError: b"<reset>", TimeoutError: b"<silence>"}[type(error)]
        return got


def ask(
    server: FaultServer, path: str, method: str = "GET", headers: dict[str, str] | None = None
) -> http.client.HTTPResponse:
    """Ask as the standard library does, on a connection of its own, and read the answer."""
    connection = http.client.HTTPConnection(HOSTS[0], server.port, timeout=5)
    connection.request(method, path, headers=headers or {})
    response = connection.getresponse()
    response.body = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


STATUSES = [path for path in FAULTS if re.fullmatch(r"/\d{3}", path)]


@pytest.mark.parametrize("path", STATUSES)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_status_is_what_its_path_says(fault_server: FaultServer, path: str, method: str) -> None:
    """Each path of three digits answers with them, and a HEAD gets no body."""
    response = ask(fault_server, path, method)
    assert response.status == int(path[1:])
    assert bool(response.body) == (method == "GET" and response.status not in {204, 301, 302, 303, 307, 308})


FIRST_BYTES = {
    "/503-then-200": b"HTTP/1.1 503 ",
    "/no-location": b"HTTP/1.1 302 Found\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 0\r\n\r\n",
    "/bad-status-line": b"HTTP/1.1 OK two-hundred\r\n",
    "/http-0.9": b"<html>",
    "/reason-escape": b"HTTP/1.1 404 \x1b]0;x\x07 ::error::planted\r\n",
    "/reason-nul": b"HTTP/1.1 404 a\x00b\r\n",
    "/reset": b"<reset>",
    "/endless-404": b"HTTP/1.1 404 X\r\n",
    "/endless-redirect": b"HTTP/1.1 301 X\r\nContent-Type: text/html\r\nLocation: /article/x\r\n",
    "/to-utf-8": b"HTTP/1.1 302 Found\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 0\r\n"
    b"Location: /article/\xd1\x81\xd1\x82\xd0\xb0\xd1\x82\xd1\x8c\xd1\x8f\r\n\r\n",
}


@pytest.mark.parametrize("path", FIRST_BYTES)
def test_an_answer_begins_as_it_should(fault_server: FaultServer, path: str) -> None:
    """What no library would let through is there, byte for byte."""
    assert raw(fault_server, path).startswith(FIRST_BYTES[path])


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ("/empty", b""),
        ("/hang", b"<silence>"),
        ("/hang-body", b"\r\n\r\n<silence>"),
        ("/reset-body", b"half<reset>"),
        ("/chunks-cut", b"5\r\nhello\r\n400\r\nabc"),
        ("/length-too-long", b"Content-Length: 5000\r\n\r\nshort"),
        ("/length-too-short", b"Content-Length: 5\r\n\r\nshort and then some more"),
    ],
)
def test_an_answer_ends_as_it_should(fault_server: FaultServer, path: str, end: bytes) -> None:
    """A connection breaks, hangs or closes where it is said to."""
    got = raw(fault_server, path)
    assert got.endswith(end)
    assert bool(got) == bool(end)


@pytest.mark.parametrize("path", ["/endless", "/endless-404", "/endless-redirect", "/headers-100000"])
def test_much_is_much(fault_server: FaultServer, path: str) -> None:
    """Answers without end outlast two MB, and what was sent is counted by path."""
    size = len(raw(fault_server, path))
    assert size >= 1_000_000
    assert fault_server.tally.sent[path] >= size


@pytest.mark.parametrize(("path", "piece"), [("/drip", b"a"), ("/drip-headers", b"X-A: b\r\n")])
def test_a_drip_drips(fault_server: FaultServer, path: str, piece: bytes) -> None:
    """A byte or a line comes every tenth of a second, and another."""
    start = time.monotonic()
    with socket.create_connection((HOSTS[0], fault_server.port), timeout=2) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        got = b""
        while not got.endswith(piece * 4):
            got += connection.recv(4096)
    assert 0.25 < time.monotonic() - start < 2


def test_a_long_header_is_long(fault_server: FaultServer) -> None:
    """One header has a megabyte."""
    assert b"X-Long: " + b"z" * (1 << 20) + b"\r\n" in raw(fault_server, "/header-1mb")


def test_the_bomb_unpacks_to_four_gigabytes() -> None:
    """It is small, is gzip, and its first block alone unpacks to 16 MB."""
    assert len(bomb()) < 5_000_000
    with gzip.open(io.BytesIO(bomb())) as stream:
        assert len(stream.read(16 << 20)) == 16 << 20


def test_compressed_pages_unpack_or_do_not(fault_server: FaultServer) -> None:
    """Good gzip is good, damaged gzip is damaged, and plain text that is called gzip is plain."""
    assert b"Ferries" in gzip.decompress(ask(fault_server, "/gzip").body)
    with pytest.raises((OSError, EOFError, zlib.error)):
        gzip.decompress(ask(fault_server, "/gzip-broken").body)
    assert ask(fault_server, "/gzip-lie").body.startswith(b"<!doctype html>")


def test_patience_is_rewarded(fault_server: FaultServer) -> None:
    """Who waits as long as Retry-After says finds the page; each path tells its own story."""
    first = ask(fault_server, "/429-seconds/a")
    assert (first.status, first.headers["Retry-After"]) == (429, "1")
    dated = ask(fault_server, "/429-date/a")
    due = parsedate_to_datetime(dated.headers["Retry-After"]).timestamp() - time.time()
    assert 0 < due <= 2
    time.sleep(max(1, due))
    assert [ask(fault_server, path).status for path in ("/429-seconds/a", "/429-date/a")] == [200, 200]
    assert ask(fault_server, "/429-seconds/b").status == 429
    assert ask(fault_server, "/429-for-ever/a").status == 429


@pytest.mark.parametrize("number", [403, 404, 405, 500])
def test_head_lies(fault_server: FaultServer, number: int) -> None:
    """A HEAD gets what a GET does not."""
    path = f"/head-{number}"
    assert [ask(fault_server, path, method).status for method in ("HEAD", "GET")] == [number, 200]


def test_head_is_never_answered(fault_server: FaultServer) -> None:
    """Where a HEAD hangs, a GET is answered."""
    assert raw(fault_server, "/head-hangs", method="HEAD") == b"<silence>"
    assert ask(fault_server, "/head-hangs").status == 200


def follow(server: FaultServer, path: str, most: int = 120) -> list[str]:
    """Follow redirects within one host and give the paths in order."""
    paths = [path]
    while len(paths) <= most and (location := ask(server, paths[-1]).headers["Location"]):
        paths.append(location)
    return paths


def test_chains_have_their_length(fault_server: FaultServer) -> None:
    """A chain of n is n redirects and then a page."""
    assert follow(fault_server, "/chain-5") == [f"/chain-5{end}" for end in ("", "/4", "/3", "/2", "/1")] + [
        "/article/end"
    ]
    assert len(follow(fault_server, "/chain-301-3")) == 4
    assert len(follow(fault_server, "/chain-100")) == 101
    assert set(follow(fault_server, "/loop", 9)) == {"/loop"}
    assert set(follow(fault_server, "/loop-of-two", 9)) == {"/loop-of-two", "/loop-back"}
    assert len(set(follow(fault_server, "/spiral", 9))) == 10
    assert follow(fault_server, "/301-slash/x") == ["/301-slash/x", "/301-slash/x/"]


LOCATIONS = {
    "/to-canary": "http://127.0.0.1:{canary}/",
    "/to-canary-backslash": "http://127.8.0.1:{port}\\@127.0.0.1:{canary}/",
    "/to-canary-mapped": "http://[::ffff:127.0.0.1]:{canary}/",
    "/to-protocol-relative": "//127.8.0.1:{port}/article/x",
    "/to-blocked-port": "http://127.8.0.1:25/",
    "/to-other-home": "http://127.8.0.8:{port}/",
    "/to-file": "file:///etc/passwd",
}


@pytest.mark.parametrize("path", LOCATIONS)
def test_a_location_is_written_for_this_run(fault_server: FaultServer, path: str) -> None:
    """The ports of this very run stand in the addresses that it leads to."""
    wanted = LOCATIONS[path].format(port=fault_server.port, canary=fault_server.canary_port)
    assert ask(fault_server, path).headers["Location"] == wanted


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0177.0.0.1", "0x7f000001", "127.1"])
def test_the_canary_sings(fault_server: FaultServer, host: str) -> None:
    """Whoever connects to the canary is counted, whichever way its address is written."""
    with socket.create_connection((host, fault_server.canary_port), timeout=5) as connection:
        assert connection.recv(9)
    assert fault_server.tally.canary == 1
    assert fault_server.tally.requests == []


def test_the_cookie_opens_the_wall(fault_server: FaultServer) -> None:
    """Without the cookie there is only the way back, with it the page."""
    first = ask(fault_server, "/cookie-wall")
    assert (first.status, first.headers["Location"]) == (302, "/cookie-wall")
    assert (
        ask(fault_server, "/cookie-wall", headers={"Cookie": first.headers["Set-Cookie"].split(";")[0]}).status == 200
    )


@pytest.mark.parametrize(("name", "header"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")])
def test_what_is_known_is_not_sent_again(fault_server: FaultServer, name: str, header: str) -> None:
    """Whoever names the ETag or the date of what was sent gets a 304; whoever names another, the page."""
    known = ask(fault_server, "/etag").headers[header]
    again = ask(fault_server, "/etag", headers={name: known})
    assert (again.status, again.body) == (304, b"")
    assert ask(fault_server, "/etag", headers={name: "another"}).status == 200


@pytest.mark.parametrize(
    ("path", "encoding", "words"),
    [
        ("/soft-404-en", "utf-8", "Page not found"),
        ("/soft-404-be", "utf-8", "Старонка не знойдзена"),
        ("/soft-404-windows", "windows-1251", "Страница не найдена"),
        ("/parked", "utf-8", "for sale"),
        ("/refresh-to-404", "utf-8", 'content="0; url=/404/x"'),
        ("/members-only/x", "utf-8", "302"),
        ("/title-escape", "utf-8", "\x1b[31m\x00 ::error::planted"),
    ],
)
def test_a_page_says_what_it_should(fault_server: FaultServer, path: str, encoding: str, words: str) -> None:
    """Pages that are gone say so in their language and encoding."""
    response = ask(fault_server, path)
    assert words in f"{response.status} {response.body.decode(encoding)}"


def test_a_connection_ends_silently(fault_server: FaultServer) -> None:
    """The first request is answered, and the second on the same connection gets not a byte."""
    with socket.create_connection((HOSTS[0], fault_server.port), timeout=5) as connection:
        connection.sendall(b"GET /closes-silently HTTP/1.1\r\nHost: a\r\n\r\n")
        got = b""
        while not got.endswith(b"</html>"):
            got += connection.recv(65536)
        connection.sendall(b"GET /200 HTTP/1.1\r\nHost: a\r\n\r\n")
        assert connection.recv(10) == b""
    assert fault_server.tally.connections == 1


def test_requests_are_counted(fault_server: FaultServer) -> None:
    """Requests, methods, connections and headers are there, and a reset forgets them."""
    connection = http.client.HTTPConnection(HOSTS[0], fault_server.port, timeout=5)
    for method in ("GET", "HEAD", "GET"):
        connection.request(method, "/200/x?y=1", headers={"User-Agent": "who"})
        connection.getresponse().read()
    connection.close()
    tally = fault_server.tally
    assert (tally.methods(), tally.connections) == ({"GET": 2, "HEAD": 1}, 1)
    assert tally.paths(HOSTS[0]) == ["/200/x?y=1"] * 3
    assert tally.paths(HOSTS[1]) == []
    assert {seen.headers["user-agent"] for seen in tally.requests} == {"who"}
    fault_server.reset()
    assert fault_server.tally.requests == []


def test_requests_at_one_time_are_counted(fault_server: FaultServer) -> None:
    """The most that were in flight and the least gap between two are known by host."""
    threads = [threading.Thread(target=ask, args=(fault_server, f"/slow/{number}")) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally = fault_server.tally
    assert tally.most_in_flight[HOSTS[0]] == 3
    assert tally.in_flight[HOSTS[0]] == 0
    assert tally.least_gap(HOSTS[0]) < 0.25
    time.sleep(0.1)
    fault_server.reset()
    for _ in range(2):
        ask(fault_server, "/slow")
    assert fault_server.tally.most_in_flight[HOSTS[0]] == 1
    assert fault_server.tally.least_gap(HOSTS[0]) >= 0.29


def test_there_are_several_hosts(fault_server: FaultServer) -> None:
    """Each address of the list answers, and is a host of its own."""
    for host in HOSTS:
        connection = http.client.HTTPConnection(host, fault_server.port, timeout=5)
        connection.request("GET", "/200")
        assert connection.getresponse().read()
        connection.close()
    assert [seen.host for seen in fault_server.tally.requests] == list(HOSTS)


TLS = {
    "good": "",
    "expired": "certificate has expired",
    "self-signed": "unable to get local issuer certificate",
    "another host's": "IP address mismatch",
    "handshake fails": "handshake failure",
    "plain text": "wrong version number|record layer failure",
    "intermediate missing": "unable to get local issuer certificate",
    "expired, of another authority": "certificate verify failed",
}


@pytest.mark.parametrize("kind", TLS_FAULTS)
def test_a_certificate_is_as_bad_as_it_says(fault_server: FaultServer, authority: Path, kind: str) -> None:
    """Each address has its own trouble with TLS, seen by a client that trusts our authority alone."""
    context = ssl.create_default_context(cafile=str(authority))
    host = TLS_FAULTS[kind].host
    with contextlib.closing(
        http.client.HTTPSConnection(host, fault_server.tls_port, timeout=5, context=context)
    ) as connection:
        if not TLS[kind]:
            connection.request("GET", "/200")
            assert connection.getresponse().status == 200
            return
        with pytest.raises(ssl.SSLError) as error:
            connection.request("GET", "/200")
        assert re.search(TLS[kind], str(error.value).replace("_", " "), re.IGNORECASE)


def test_every_fault_is_told(fault_server: FaultServer) -> None:
    """Every entry of the table says what it does and what may be said of it, and is served."""
    for path, fault in FAULTS.items():
        assert path == fault.path
        assert re.fullmatch(r"/[a-z0-9.-]+", path)
        assert fault.does.strip()
        assert set(fault.truth) <= set(Verdict) - {Verdict.FAILING, Verdict.UNCHECKED}
    assert len(FAULTS) > 120
    assert ask(fault_server, "/nobody-knows").status == 404
    assert ask(fault_server, "/").status == 200


def test_names_lead_to_their_hosts(fault_server: FaultServer) -> None:
    """A name under `.test` is one of the hosts or has its own way to fail; any name beneath it is the same host."""
    assert fault_server.own_url("/http-0.9/x") == f"http://http-0-9-x.faults.test:{fault_server.port}/http-0.9/x"
    assert look_up_fault("http-0-9-x.faults.test") == (HOSTS[0],)
    assert {name for name in NAMES if look_up_fault(f"www.{name}") == look_up_fault(name)} == NAMES.keys()
    errors = {}
    for name in ("gone.test", "unknown.example", "trouble.test", "fails.test"):
        with pytest.raises(socket.gaierror) as error:
            look_up_fault(name)
        errors[name] = error.value.errno
    assert list(errors.values()) == [socket.EAI_NONAME, socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL]
