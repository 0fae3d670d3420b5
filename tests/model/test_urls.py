"""Addresses as the URL standard understands them."""

from __future__ import annotations

import pytest
from ada_url import URL
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.urls import _is_normal, parse_url, same_page_key

PIECES = st.sampled_from(
    [
        "a",
        "B",
        "9",
        "-",
        ".",
        "..",
        "/",
        "//",
        "/.",
        "/..",
        "?",
        "&",
        "=",
        "_",
        "~",
        "+",
        ",",
        ";",
        "xn--",
        "org",
        "%2e",
        ":",
    ]
)


@given(
    st.lists(PIECES, max_size=14).map("".join),
    st.sampled_from(["http://", "https://", "https://a.org/", "https://a.b-c.de/x"]),
)
def test_what_is_taken_as_normal_is(tail: str, head: str) -> None:
    """What we do not ask the parser about is exactly what it would give back."""
    text = head + tail
    if _is_normal(text):
        assert URL(text).href == text


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://example.org/a/../b", "https://example.org/b"),
        ("https://example.org/a/./b", "https://example.org/a/b"),
        ("https://example.org/.well-known/x", "https://example.org/.well-known/x"),
        ("https://пример.example/", "https://xn--e1afmkfd.example/"),
        ("https://[example.org/", None),
        ("ftp://example.org/", None),
        ("httpx://example.org/", None),
        ("example.org", None),
        ("", None),
    ],
)
def test_addresses_are_normalised(text: str, url: str | None) -> None:
    """An http(s) address becomes what a browser makes of it; anything else becomes nothing."""
    assert parse_url(text) == url


def test_one_page_has_one_key() -> None:
    """Scheme, `www.`, a last slash and a fragment do not part one page from itself."""
    forms = ("https://example.org/a", "http://www.example.org/a/", "https://example.org/a/#b")
    assert len({same_page_key(parse_url(form)) for form in forms}) == 1
