"""Where archived copies are asked for: an index of captures (CDX), or a Memento TimeGate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ada_url import URL

from regesta.model.hosts import is_private_host
from regesta.model.memento_archives import COPY_HOSTS
from regesta.model.urls import Url, parse_url

__all__ = ["WAYBACK", "InvalidServer", "MementoServer", "ServerKind", "read_server"]


class InvalidServer(ValueError):
    """A text that names no server."""


class ServerKind(StrEnum):
    """What a server understands."""

    CDX = "cdx"
    """The query of the Wayback Machine's and pywb's indexes: `?url=…&closest=…&sort=closest`."""
    TIMEGATE = "timegate"
    """RFC 7089: the address is put behind its own, and `Accept-Datetime` says which copy is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MementoServer:
    """A server that knows of copies."""

    kind: ServerKind
    address: str
    """Of the index, or what stands before the page's own address."""
    replay: str = ""
    """What stands before the stamp and the page's address in the address of a copy; a TimeGate says that itself."""
    question_pause: float = 0
    """Seconds between two questions to the index or the TimeGate."""
    visit_pause: float = 0
    """Seconds between two visits to copies."""

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts on which its copies may lie: its own, and known archives, to which a TimeGate may lead."""
        return COPY_HOSTS | {URL(self.replay or self.address).host}


WAYBACK = MementoServer(
    kind=ServerKind.CDX,
    address="https://web.archive.org/cdx/search/cdx",
    replay="https://web.archive.org/web/",
    # Its index cuts off who asks more than 24 times a minute; copies may be looked at more often.
    question_pause=2.5,
    visit_pause=1,
)
"""The Wayback Machine of the Internet Archive. Its availability API is left alone: it says "none" of archived pages."""

_POLITE_PAUSE = 1.0
_WORDS = {"cdx": (3, "cdx ADDRESS REPLAY"), "timegate": (2, "timegate ADDRESS")}


def read_server(text: str) -> MementoServer:
    """Read `wayback`, `timegate ADDRESS` or `cdx ADDRESS REPLAY`; raise `InvalidServer`.

    A server in one's own network is asked without a pause, any other once a second.

    >>> read_server("cdx http://127.0.0.1:8080/c/cdx http://127.0.0.1:8080/c/").hosts - COPY_HOSTS
    frozenset({'127.0.0.1:8080'})
    >>> read_server("timegate")
    Traceback (most recent call last):
    regesta.auditing.mementos.servers.InvalidServer: Not a memento server (expected 'timegate ADDRESS'): 'timegate'
    """
    words = text.split()
    if words == ["wayback"]:
        return WAYBACK
    if not words or words[0] not in _WORDS:
        raise InvalidServer(f"Not a memento server (expected 'wayback', 'cdx …' or 'timegate …'): {text!r}")
    length, expected = _WORDS[words[0]]
    if len(words) != length:
        raise InvalidServer(f"Not a memento server (expected {expected!r}): {text!r}")
    addresses = [_address(word, text) for word in words[1:]]
    pause = 0.0 if is_private_host(URL(addresses[0]).hostname) else _POLITE_PAUSE
    return MementoServer(
        kind=ServerKind(words[0]),
        address=addresses[0],
        replay=addresses[1] if len(addresses) > 1 else "",
        question_pause=pause,
        visit_pause=pause,
    )


def _address(word: str, text: str) -> Url:
    url = parse_url(word)
    if url is None:
        raise InvalidServer(f"Not an http or https address: {word!r} in {text!r}")
    return url
