"""Headers as they come, and as they are read."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.auditing.fetching.headers import Headers, header_value, what_follows

LINES = [
    b"HTTP/1.1 103 Early Hints\r\n",
    b"Location: /hint\r\n",
    b"Link: </a>\r\n",
    b"\r\n",
    b"HTTP/1.1 200 OK\r\n",
    b"CONTENT-Type : text/html\r\n",
    b"Location:\t /a \r\n",
    b"location: /b\r\n",
    b"X-Bad: a\x1b[0m\x00b\xff\r\n",
    b"no colon\r\n",
    b": nothing\r\n",
    "X-Words: Гавань\r\n".encode(),
    b"\r\n",
]


def test_headers_are_those_of_the_last_answer() -> None:
    """Interim answers are forgotten, the first of several values counts, and control characters are gone."""
    assert dict(Headers(LINES)) == {
        "content-type ": "text/html",
        "location": "/a",
        "x-bad": "a[0mb\ufffd",
        "": "nothing",
        "x-words": "Гавань",
    }


def test_one_value_is_found_without_the_others() -> None:
    """Of the last answer, by its name in lower case."""
    assert header_value(LINES, b"location") == b"/a"
    assert header_value(LINES, b"link") is None


def test_headers_are_a_mapping_like_any_other() -> None:
    """They compare, count, copy to another process, and say what is not there."""
    headers = Headers(LINES)
    assert headers == dict(headers)
    assert pickle.loads(pickle.dumps(Headers(LINES))) == headers  # noqa: S301 - our own
    assert len(headers) == 5
    assert headers.get("x-none") is None
    assert "location" in repr(headers)
    assert Headers() == {}


@pytest.mark.parametrize(
    ("lines", "follows"),
    [
        ([b"HTTP/1.1 200 OK", b"Content-Type: text/html; charset=x"], (b"2", True)),
        ([b"HTTP/2 404", b"content-type: APPLICATION/XHTML+XML"], (b"4", True)),
        ([b"HTTP/2 200 "], (b"2", True)),
        ([b"HTTP/2 200 ", b"content-type:"], (b"2", True)),
        ([b"HTTP/1.0 200 OK", b"Content-Type: application/pdf", b"Content-Type: text/html"], (b"2", False)),
        (
            [b"HTTP/1.1 100", b"Content-Type: text/html", b"HTTP/1.1 302 Found", b"Content-Type: image/png"],
            (b"3", False),
        ),
        ([], (b"", True)),
    ],
)
def test_what_follows_is_known_from_the_header(lines: list[bytes], follows: tuple[bytes, bool]) -> None:
    """The kind of status, and whether there is text to read."""
    assert what_follows(lines) == follows


@given(st.lists(st.binary(max_size=30)))
def test_any_lines_are_read(lines: list[bytes]) -> None:
    """Whatever lines a server sends, what is kept of them may be printed."""
    for value in Headers(lines).values():
        assert not any(character < " " and character not in "\t\n\r" for character in value)
    what_follows(lines)
