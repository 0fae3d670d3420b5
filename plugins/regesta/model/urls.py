"""Addresses as the WHATWG URL standard understands them."""

from __future__ import annotations

from functools import lru_cache
from typing import NewType

from ada_url import URL

__all__ = ["Url", "host_of", "parse_url", "same_page_key"]

Url = NewType("Url", str)
"""An absolute http(s) URL that the WHATWG parser has normalised."""


@lru_cache(maxsize=131072)
def parse_url(text: str) -> Url | None:
    """Normalise an absolute http(s) URL; give None for what the parser refuses and for other schemes.

    >>> parse_url("HTTPS://Example.ORG")
    'https://example.org/'
    >>> parse_url("https://[example.org/") is None
    True
    """
    try:
        parsed = URL(text)
    except (ValueError, UnicodeError):
        return None
    return Url(parsed.href) if parsed.protocol in {"http:", "https:"} else None


def host_of(url: Url) -> str:
    """Give the host, without its port.

    >>> host_of(Url("https://user@example.org:8080/a"))
    'example.org'
    """
    return URL(url).hostname


def same_page_key(url: Url) -> str:
    """Give what the addresses of one page share: no scheme, no `www.`, no fragment, no last slash.

    >>> same_page_key(Url("http://www.example.org/a/#b")) == same_page_key(Url("https://example.org/a"))
    True
    """
    rest = url.partition("://")[2].partition("#")[0]
    return rest.removeprefix("www.").rstrip("/")
