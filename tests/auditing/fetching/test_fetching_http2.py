"""HTTP/2, with a real server: what it says is judged as by HTTP/1.1, and its faults are its own."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest
import trustme
from tests.auditing.fault_server import ALLOWED
from tests.auditing.http2_server import Http2Server
from tests.auditing.visits import visit

from regesta.auditing.fetching.options import FetchOptions
from regesta.auditing.judging.judge import judge
from regesta.model.urls import Url
from regesta.model.verdicts import Failure, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from regesta.auditing.fetching.answers import Answer

HOST = "127.8.4.1"
"""In the network that tests may visit."""
assert ALLOWED == "127.8.0.0/16"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for the server, and a file of whom to trust."""
    authority = trustme.CA()
    file = tmp_path_factory.mktemp("http2") / "authority.pem"
    authority.cert_pem.write_to_path(file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST, "ferry.test").configure_cert(context)
    return context, file


@pytest.fixture
def server(certificates: tuple[ssl.SSLContext, Path]) -> Iterator[Http2Server]:
    """Start it."""
    with Http2Server(certificates[0], HOST) as made:
        yield made


@pytest.fixture
def options(certificates: tuple[ssl.SSLContext, Path]) -> FetchOptions:
    """Trust its certificate."""
    return FetchOptions(certificates=str(certificates[1]))


def verdict(answer: Answer) -> Verdict:
    """Judge an answer."""
    return judge(answer, asked=Url(answer.request.url)).says


@pytest.mark.parametrize(
    ("path", "expected", "status"),
    [
        ("/200", Verdict.LIVE, 200),
        ("/404", Verdict.DEAD, 404),
        ("/410", Verdict.DEAD, 410),
        ("/403", Verdict.RESTRICTED, 403),
        ("/moved", Verdict.MOVED, 200),
        ("/200/goaway-after", Verdict.LIVE, 200),
    ],
)
def test_what_is_said_by_http2_counts(
    server: Http2Server, options: FetchOptions, path: str, expected: Verdict, status: int
) -> None:
    """Statuses, redirects, a connection that the server ends."""
    (answer,) = visit(server.url(path), options=options)
    assert (verdict(answer), answer.status) == (expected, status), answer
    assert set(server.protocols) == {"h2"}


@pytest.mark.parametrize(
    "path",
    [
        "/goaway-before",
        "/refused-once",
        "/reset-once",
        "/reset-always",
        "/reset-in-body",
        "/upper-case",
        "/http1-required",
    ],
)
def test_where_http2_fails_http1_is_asked(server: Http2Server, options: FetchOptions, path: str) -> None:
    """GOAWAY before the answer, RST_STREAM, a header name in capitals: the page is there, as a browser finds too."""
    (answer,) = visit(server.url(path), options=options)
    assert (verdict(answer), answer.status) == (Verdict.LIVE, 200), answer
    assert server.protocols[0] == "h2"


@pytest.mark.parametrize("path", ["/reset-always", "/hang", "/upper-case", "/http1-required"])
def test_a_fault_of_http2_says_nothing_of_the_page(
    certificates: tuple[ssl.SSLContext, Path], options: FetchOptions, path: str
) -> None:
    """Of a server that speaks nothing else it is no answer, and never a dead page."""
    with Http2Server(certificates[0], HOST, also_http1=False) as server:
        (answer,) = visit(server.url(path), options=options)
    assert verdict(answer) is Verdict.UNREACHABLE
    assert answer.status == 0 or answer.failure is not None
    assert answer.failure in {Failure.NOT_HTTP, Failure.TIMEOUT, Failure.RESET, Failure.EMPTY, Failure.TLS}


def test_header_names_are_read_in_any_case(server: Http2Server, options: FetchOptions) -> None:
    """By HTTP/2 they come in lower case, and several of one name are one."""
    (answer,) = visit(server.url("/200"), options=options)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["etag"] == '"a"'
    assert "set-cookie" in answer.headers


def test_links_to_one_host_share_a_connection(server: Http2Server, options: FetchOptions) -> None:
    """Twenty links by one or a few connections, each answered with its own page, and none lost when one is reset."""
    paths = [f"/{status}/{number}" for number in range(9) for status in (200, 404)] + ["/reset-once", "/refused-once"]
    answers = visit(*map(server.url, paths), options=options)
    wanted = [Verdict.LIVE if path.startswith("/200") else Verdict.DEAD for path in paths[:18]]
    assert list(map(verdict, answers[:18])) == wanted
    assert verdict(answers[18]) is verdict(answers[19]) is Verdict.LIVE
    assert server.protocols.count("h2") <= 8


def test_the_request_is_what_http2_wants(server: Http2Server, options: FetchOptions) -> None:
    """The host stands in `:authority`, names are in lower case, and nothing of one connection alone is sent."""
    visit(f"https://ferry.test:{server.port}/200", options=options, look_up=lambda _: (HOST,))
    (headers,) = server.headers
    assert headers[":authority"] == f"ferry.test:{server.port}"
    assert headers[":scheme"] == "https"
    assert all(name == name.lower() for name in headers)
    assert not {"connection", "host", "keep-alive", "upgrade", "transfer-encoding"} & headers.keys()
    assert headers["user-agent"]
