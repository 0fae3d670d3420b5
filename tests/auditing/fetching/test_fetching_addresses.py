"""The fetcher reaches public addresses only, and finds them itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pycurl
import pytest
from tests.auditing.fault_server import HOSTS
from tests.auditing.faults import FAULTS
from tests.auditing.visits import QUICK, a_fetcher, request, visit

from regesta.auditing.fetching import handles
from regesta.auditing.fetching.addresses import AddressPolicy
from regesta.auditing.fetching.handles import Handle
from regesta.auditing.fetching.transfers import Transfers
from regesta.auditing.fetching.under_way import USUAL
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from tests.auditing.fault_server import FaultServer

ROOT = Path(__file__).parents[2]
TO_CANARY = [path for path in FAULTS if path.startswith(("/to-canary", "/two-locations", "/to-gopher", "/to-private"))]


@pytest.mark.parametrize("path", TO_CANARY)
def test_no_redirect_leads_to_a_private_address(fault_server: FaultServer, path: str) -> None:
    """However a private address is written in a Location, nobody connects to it."""
    (answer,) = visit(fault_server.own_url(path))
    assert fault_server.tally.canary == 0
    assert answer.status != 200
    assert b"canary" not in answer.body


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0", "localhost"],  # noqa: S104 - as a link
)
def test_no_link_leads_to_a_private_address(fault_server: FaultServer, host: str) -> None:
    """However a private address is written in a link, nobody connects to it."""
    from regesta.model.urls import parse_url  # noqa: PLC0415 - as the audit does with every link

    url = parse_url(f"http://{host}:{fault_server.canary_port}/")
    assert url
    (answer,) = visit(url)
    assert answer.failure is Failure.PRIVATE
    assert fault_server.tally.canary == 0


@pytest.mark.parametrize(
    "name", ["canary.test", "canary6.test", "private.test", "metadata.test", "mapped.test", "localhost"]
)
def test_no_name_leads_to_a_private_address(fault_server: FaultServer, name: str) -> None:
    """A name that resolves to private addresses alone is refused, and nobody connects to them."""
    (answer,) = visit(f"http://{name}:{fault_server.canary_port}/")
    assert answer.failure is Failure.PRIVATE
    assert fault_server.tally.canary == 0


def test_a_name_is_live_by_its_good_address(fault_server: FaultServer) -> None:
    """Of a private and a public address the public one is asked."""
    (answer,) = visit(f"http://both.test:{fault_server.port}/200")
    assert (answer.status, answer.failure) == (200, None)


def test_a_name_is_looked_up_once(fault_server: FaultServer) -> None:
    """A name that changes its address during the run changes nothing: what was judged is what is asked."""
    answers = [(HOSTS[0],), ("127.0.0.1",)]
    asked = []

    def look_up(host: str) -> tuple[str, ...]:
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    found = visit(*(f"http://turns.test:{fault_server.port}/200/{number}" for number in range(5)), look_up=look_up)
    assert [answer.status for answer in found] == [200] * 5
    assert asked == ["turns.test"]


def transfer(handle: Handle, url: str, known_as: str, transfers: Transfers) -> tuple[int, int]:
    """Ask for one address by hand; give the status and libcurl's code."""
    handle.ask(url, header=[], known_as=known_as, seconds=2.0, limit=9999, keep_cookies=False, manner=USUAL, post=None)
    transfers.start(handle)
    codes: list[int] = []
    while not codes:
        transfers.wait(0.1, lambda _handle, code, _message: codes.append(code))
    return handle.curl.getinfo(pycurl.RESPONSE_CODE), codes[0]


@pytest.mark.parametrize("host", ["localhost", "h1.test", "127.8.0.1", "[::1]", "nobody.example"])
def test_libcurl_looks_up_nothing(fault_server: FaultServer, host: str) -> None:
    """A name that libcurl was not told is an error of the transfer, even one that it knows without asking."""
    transfers = Transfers()
    handle = Handle(lambda _: "", "/dev/null")
    status, code = transfer(handle, f"http://{host}:{fault_server.port}/200", "", transfers)
    assert (status, code) == (0, pycurl.E_ABORTED_BY_CALLBACK)
    status, code = transfer(
        handle, f"http://h1.test:{fault_server.port}/200", f"h1.test:{fault_server.port}:{HOSTS[0]}", transfers
    )
    assert (status, code) == (200, 0)
    transfers.close()


@pytest.mark.parametrize("place", [("127.0.0.1", 80), ("10.0.0.1", 80), ("::1", 80, 0, 0), ("fe80::1%1", 80, 0, 1)])
def test_every_address_is_judged_when_it_is_connected_to(place: tuple[object, ...]) -> None:
    """Were libcurl told a private address after all, no socket would be opened."""
    import socket  # noqa: PLC0415 - its constants

    handle = Handle(AddressPolicy().why_refused, "/dev/null")
    family = socket.AF_INET6 if ":" in str(place[0]) else socket.AF_INET
    assert handle._open_socket(0, (family, socket.SOCK_STREAM, 6, place)) == pycurl.SOCKET_BAD  # noqa: SLF001
    assert repr(place[0]) in handle.refused
    assert handle._open_socket(0, (socket.AF_UNIX, socket.SOCK_STREAM, 0, ("/run/x",))) == pycurl.SOCKET_BAD  # noqa: SLF001


def test_an_open_connection_is_judged_again(fault_server: FaultServer) -> None:
    """A connection that is used again opens no socket; what comes over it is judged by its address all the same."""
    fetcher = a_fetcher()
    with fetcher:
        url = fault_server.own_url("/200")
        assert [answer.status for answer in fetcher.fetch([request(url)])] == [200]
        fetcher._why_refused = AddressPolicy().why_refused  # noqa: SLF001 - as if it were another's connection
        (answer,) = fetcher.fetch([request(url + "/again")])
    assert fault_server.tally.connections == 1
    assert (answer.status, answer.failure, answer.body) == (0, Failure.PRIVATE, b"")


PROXIES = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")


def test_the_environment_names_no_proxy(
    fault_server: FaultServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Variables for proxies, a .netrc and a .curlrc change nothing."""
    for name in PROXIES:
        monkeypatch.setenv(name, f"http://127.0.0.1:{fault_server.canary_port}")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    (tmp_path / ".netrc").write_text("default login me password secret\n")
    (tmp_path / ".curlrc").write_text("user = me:secret\n")
    (answer,) = visit(fault_server.own_url("/200"))
    assert answer.status == 200
    assert fault_server.tally.canary == 0
    assert [seen.headers for seen in fault_server.tally.requests if "authorization" in seen.headers] == []


def test_a_port_of_another_service_is_not_asked(fault_server: FaultServer) -> None:
    """Neither in a link nor in a redirect."""
    answers = visit("http://h1.test:25/", fault_server.own_url("/to-blocked-port"))
    assert [answer.failure for answer in answers] == [Failure.BAD_PORT] * 2


def test_three_hundred_names_that_hang_hold_up_nobody(fault_server: FaultServer) -> None:
    """A live host that is asked last has its answer within a second, and time for names is not time of links."""
    urls = [f"http://a{number}.hang.test/" for number in range(300)] + [fault_server.own_url("/200")]
    start = time.monotonic()
    with a_fetcher(deadline=9.0, rule=QUICK._replace(timeout=0.9)) as fetcher:
        for answer in fetcher.fetch([request(url) for url in urls]):
            assert (answer.request.url, answer.status) == (urls[-1], 200)
            break
    assert time.monotonic() - start < 1.0


SCRIPT = """
import sys, time
sys.path[:0] = {path!r}
from tests.auditing.visits import a_fetcher, request
with a_fetcher(deadline=1.0) as fetcher:
    for answer in fetcher.fetch([request(f"http://a{{n}}.hang.test/") for n in range(100)] + [request({url!r})]):
        pass
print(time.time())
"""


def test_the_process_ends_soon_after_the_last_link(fault_server: FaultServer) -> None:
    """Threads that still wait for a name do not hold up the end of the process."""
    script = SCRIPT.format(path=[str(ROOT), str(ROOT / "plugins")], url=fault_server.own_url("/200"))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert time.time() - float(done.stdout) < 2
    assert done.stderr == ""


def test_the_trusted_certificates_are_found(tmp_path: Path) -> None:
    """The variable comes first, then the system's places; where there is none, the library's, or nothing."""
    named = tmp_path / "own.pem"
    named.touch()
    assert handles.trusted_certificates({"SSL_CERT_FILE": str(named)}) == str(named)
    assert handles.trusted_certificates({"SSL_CERT_FILE": "/nowhere"}, exists=lambda place: place.endswith("cert.pem"))
    assert os.path.isabs(handles.trusted_certificates({}, exists=lambda place: "pki" in place))  # noqa: PTH117
