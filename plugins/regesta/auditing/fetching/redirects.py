"""Where a redirect leads, as browsers understand it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ada_url import URL

from regesta.auditing.fetching.addresses import BAD_PORTS
from regesta.model.cleaning import clean_text
from regesta.model.hosts import why_impossible
from regesta.model.urls import Url
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["REDIRECTS", "Asked", "NotAsked", "follow", "split_address", "split_url"]

REDIRECTS: Mapping[int, bool] = {301: True, 302: False, 303: False, 307: False, 308: True}
"""The statuses that lead on (RFC 9110, 15.4), and whether they do so for good. 300 offers a choice."""

_PORTS = {"http:": 80, "https:": 443}


class Asked(NamedTuple):
    """An address as a server is asked for it."""

    url: Url
    """Without credentials and fragment."""
    host: str
    port: int
    is_literal: bool
    """Whether the host is an address itself."""


class NotAsked(NamedTuple):
    """An address that is not asked for, and why."""

    url: str
    failure: Failure
    detail: str


_PLAIN = re.compile(r"(https?:)//([a-z0-9._-]+)(?::([0-9]+))?/[!-\"$-\[\]-~]*")
"""What a normalised URL is if it has neither credentials nor a fragment: most have not."""


def split_url(url: Url) -> Asked | NotAsked:
    """Read an address that is normalised already, which takes a tenth of the time.

    >>> split_url(Url("https://ferry.example/a?b"))
    Asked(url='https://ferry.example/a?b', host='ferry.example', port=443, is_literal=False)
    """
    plain = _PLAIN.fullmatch(url)
    if plain is None:
        return split_address(url)
    scheme, host, port = plain.groups()
    number = int(port) if port else _PORTS[scheme]
    return _judged(url, host, number)


def split_address(text: str, base: str | None = None) -> Asked | NotAsked:
    r"""Read an absolute address, or one that is relative to `base`, as the WHATWG parser does.

    >>> split_address("http:\\\\user:pw@Ferry.example:080\\a#b")
    Asked(url='http://ferry.example/a', host='ferry.example', port=80, is_literal=False)
    >>> split_address("file:///etc/passwd").failure, split_address("https://ferry.example:22/").failure
    (<Failure.SCHEME: 'scheme-not-visited'>, <Failure.BAD_PORT: 'blocked-port'>)
    """
    try:
        url = URL(text, base) if base else URL(text)
    except (ValueError, UnicodeError):
        return NotAsked(clean_text(text), Failure.MALFORMED, "it cannot be read")
    default = _PORTS.get(url.protocol)
    if default is None:
        return NotAsked(clean_text(url.href), Failure.SCHEME, url.protocol)
    if url.username or url.password:
        url.username = url.password = ""
    if url.hash or url.href.endswith("#"):
        url.hash = ""
    return _judged(Url(url.href), url.hostname, int(url.port) if url.port else default)


def _judged(url: Url, host: str, port: int) -> Asked | NotAsked:
    why, is_literal = _host(host)
    if why:
        return NotAsked(url, Failure.MALFORMED, why)
    if port in BAD_PORTS:
        return NotAsked(url, Failure.BAD_PORT, f"port {port}")
    return Asked(url, host, port, is_literal)


@lru_cache(maxsize=4096)
def _host(host: str) -> tuple[str, bool]:
    """Say what is wrong with a host, and whether it is an address: the parser has given every IPv4 address its dots."""
    return why_impossible(host) or "", host.startswith("[") or host.replace(".", "").isdigit()


_NOT_ASCII = re.compile(rb"[\x80-\xff]")


def follow(location: bytes | None, base: Url) -> Asked | NotAsked:
    """Read the `Location` of a redirect, in bytes as the server sent it, against the address that gave it."""
    if location is None or not location.strip():
        return NotAsked("", Failure.NOWHERE, "it names no address")
    try:
        text = location.decode()
    except UnicodeDecodeError:
        # The bytes of an older encoding go back as they came.
        text = _NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], location).decode()
    found = split_address(clean_text(text).strip(), base)
    if isinstance(found, NotAsked) and found.failure in {Failure.MALFORMED, Failure.SCHEME}:
        return found._replace(failure=Failure.NOWHERE)
    return found
