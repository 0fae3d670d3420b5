"""Addresses as the WHATWG URL standard understands them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NewType

from ada_url import URL, normalize_url

__all__ = ["Url", "host_of", "parse_url", "same_page_key"]

Url = NewType("Url", str)
"""An absolute http(s) URL that the WHATWG parser has normalised."""


_NORMAL = re.compile(
    r"https?://(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,9}[a-z]{2,63}/[\w~+&=?,;/.-]*",
    re.ASCII,
)
"""What the parser leaves as it is, which most links are, where no dot begins a part of the path."""


def _is_normal(text: str) -> bool:
    """Tell of most addresses that they are normal, without asking the parser."""
    return _NORMAL.fullmatch(text) is not None and "/." not in text


@lru_cache(maxsize=131072)
def parse_url(text: str) -> Url | None:
    """Normalise an absolute http(s) URL; give None for what the parser refuses and for other schemes.

    >>> parse_url("HTTPS://Example.ORG")
    'https://example.org/'
    >>> parse_url("https://[example.org/") is None
    True
    """
    if _is_normal(text):
        return Url(text)
    try:
        href = normalize_url(text)
    except (ValueError, UnicodeError):
        return None
    return Url(href) if href.startswith(("http:", "https:")) else None


def host_of(url: Url) -> str:
    """Give the host, without its port.

    >>> host_of(Url("https://user@example.org:8080/a"))
    'example.org'
    """
    authority = url.split("/", 3)[2]
    # A normal address has its host in lower case and a slash behind it: most hosts stand alone there.
    return authority if _ALONE.isdisjoint(authority) else URL(url).hostname


_ALONE = frozenset("@:[")


def same_page_key(url: Url) -> str:
    """Give what the addresses of one page share: no scheme, no `www.`, no fragment, no last slash.

    >>> same_page_key(Url("http://www.example.org/a/#b")) == same_page_key(Url("https://example.org/a"))
    True
    """
    rest = url.partition("://")[2].partition("#")[0]
    return rest.removeprefix("www.").rstrip("/")
