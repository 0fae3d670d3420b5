"""Where a redirect leads."""

from __future__ import annotations

import re

import pytest
from ada_url import URL
from hypothesis import example, given
from hypothesis import strategies as st

from regesta.auditing.fetching.redirects import Asked, NotAsked, follow, split_address, split_url
from regesta.model.urls import Url, parse_url
from regesta.model.verdicts import Failure

BASE = Url("https://ferry.example/a/b?c")

LEADS = [
    (b"/x", "https://ferry.example/x"),
    (b"x", "https://ferry.example/a/x"),
    (b"../x", "https://ferry.example/x"),
    (b"?x", "https://ferry.example/a/b?x"),
    (b"#x", "https://ferry.example/a/b?c"),
    (b"//other.example", "https://other.example/"),
    (b"http:x", "http://x/"),
    (b"https:x", "https://ferry.example/a/x"),
    (b"\\\\other.example\\a", "https://other.example/a"),
    (b"http://good.example\\@127.0.0.1:8099/", "http://good.example/@127.0.0.1:8099/"),
    (b"http://good.example@other.example/", "http://other.example/"),
    (b"HTTP://OTHER.example:80/%7ea", "http://other.example/%7ea"),
    (b" \t/x \r", "https://ferry.example/x"),
    (b"/a\tb", "https://ferry.example/ab"),
    (b"/\xd1\x81", "https://ferry.example/%D1%81"),
    (b"/\xe9t\xe9", "https://ferry.example/%E9t%E9"),
    (b"http://2130706433/", "http://127.0.0.1/"),
    (b"http://0x7f.1/", "http://127.0.0.1/"),
    (b"http://127.0.0.1./", "http://127.0.0.1/"),
    ("http://１２７。0.0.1/".encode(), "http://127.0.0.1/"),
    ("http://bücher.example/".encode(), "http://xn--bcher-kva.example/"),
    (b"http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
    (b"http://other.example./", "http://other.example./"),
    (b"/a\x0bb\x1b[0m", "https://ferry.example/ab[0m"),
    (b"/" + b"a" * 60_000, "https://ferry.example/" + "a" * 60_000),
]


@pytest.mark.parametrize(("location", "url"), LEADS)
def test_a_redirect_leads_where_a_browser_would_go(location: bytes, url: str) -> None:
    """Relative, repaired and odd addresses are read as browsers do, without credentials and fragment."""
    found = follow(location, BASE)
    assert isinstance(found, Asked)
    assert found.url == url


NOWHERE = [
    (None, Failure.NOWHERE),
    (b"", Failure.NOWHERE),
    (b" \r\t ", Failure.NOWHERE),
    (b"http://", Failure.NOWHERE),
    (b"http://[bad/", Failure.NOWHERE),
    (b"http://a b/", Failure.NOWHERE),
    (b"http://1.2.3.4.5/", Failure.NOWHERE),
    (b"http://256.1.1.1/", Failure.NOWHERE),
    (b"http://a,b.example/", Failure.NOWHERE),
    (b"http://other.example:99999/", Failure.NOWHERE),
    (b"http://\xe9.example/", Failure.NOWHERE),
    (b"file:///etc/passwd", Failure.NOWHERE),
    (b"ftp://other.example/", Failure.NOWHERE),
    (b"gopher://other.example/_GET", Failure.NOWHERE),
    (b"javascript:alert(1)", Failure.NOWHERE),
    (b"data:text/html,x", Failure.NOWHERE),
    (b"dict://other.example:2628/", Failure.NOWHERE),
    (b"http://other.example:25/", Failure.BAD_PORT),
    (b"https://other.example:22/", Failure.BAD_PORT),
    (b"//other.example:6667/", Failure.BAD_PORT),
    (b"http://other.example:0/", Failure.BAD_PORT),
]


@pytest.mark.parametrize(("location", "failure"), NOWHERE)
def test_a_redirect_that_leads_nowhere_is_told(location: bytes | None, failure: Failure) -> None:
    """No address, one that cannot be read, another scheme, and a port of another service are each an end."""
    found = follow(location, BASE)
    assert isinstance(found, NotAsked)
    assert found.failure is failure


@given(st.binary(max_size=60))
@example(b"\xff")
@example(b"http://\x00/")
@example("http://ﬀ.example/".encode())
def test_any_bytes_are_read(location: bytes) -> None:
    """Whatever bytes a server sends, they lead to a web address without secrets, or to a failure."""
    found = follow(location, BASE)
    if isinstance(found, Asked):
        assert found.url == parse_url(found.url)
        assert found.url.isascii()
        assert found.url.isprintable()
        url = URL(found.url)
        assert (url.hostname, url.username, url.password, url.hash) == (found.host, "", "", "")
        assert found.port == int(url.port or {"http:": 80, "https:": 443}[url.protocol])


PIECES = st.sampled_from(
    [
        "http:",
        "https:",
        "//",
        "/",
        "\\",
        "@",
        ":",
        "a.example",
        "127.0.0.1",
        "[::1]",
        "?",
        "#",
        "..",
        "%2e",
        ":80",
        "x y",
        "ß",
    ]
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_the_parser_of_browsers_decides(text: str) -> None:
    """Where a redirect leads is what the WHATWG parser says, and never what somebody else would read."""
    found = follow(text.encode(), BASE)
    try:
        url = URL(text.strip(), BASE)
    except ValueError:
        assert isinstance(found, NotAsked)
        return
    if isinstance(found, Asked):
        assert (found.host, found.url.partition("#")[0]) == (url.hostname, _bare(url))


def _bare(url: URL) -> str:
    return re.sub(r"(?<=://)[^/@]*@", "", url.href).partition("#")[0]


@pytest.mark.parametrize(
    "url",
    [
        "https://ferry.example/a?b",
        "http://ferry.example:8080/",
        "http://[2001:db8::1]:8080/a",
        "http://10.0.0.1/",
        "http://user:word@ferry.example/a#b",
        "http://ferry.example/a#",
        "http://a_b.example./%20",
        "https://ferry.example:443x/",
    ],
)
def test_the_quick_way_reads_the_same(url: str) -> None:
    """What is read without the parser is read as the parser does."""
    assert split_url(Url(url)) == split_address(url)


@pytest.mark.parametrize(
    ("url", "literal"),
    [
        ("http://10.0.0.1/", True),
        ("http://[::1]/", True),
        ("http://1e100.example/", False),
        ("http://10.example/", False),
    ],
)
def test_an_address_is_told_from_a_name(url: str, *, literal: bool) -> None:
    """A host that is an address itself needs nobody to look it up."""
    found = split_url(Url(url))
    assert isinstance(found, Asked)
    assert found.is_literal is literal
