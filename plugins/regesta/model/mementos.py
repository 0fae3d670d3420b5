"""Mementos: addresses of archived copies, and the page and the moment that each is a copy of (RFC 7089)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, unquote

from ada_url import URL

from regesta.model.memento_archives import ARCHIVES, Wording
from regesta.model.urls import Url, parse_url, same_page_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

__all__ = ["Memento", "is_memento_of", "is_same_page", "read_memento", "stamp", "unwrap"]


class Memento(NamedTuple):
    """What the address of an archived copy says of it."""

    archive: str
    """The archive's host, with its port where the address names one."""
    original: Url | None
    """The page that was copied; None where the address does not say, as a short code does not."""
    time: datetime | None
    """When it was copied, in UTC. None where the address does not say: `/web/2020/` asks for the copy nearest 2020."""


def read_memento(url: Url, more: Collection[str] = ()) -> Memento | None:
    """Read the address of an archived copy; None for any other. `more` are further hosts that run pywb or the like.

    >>> read_memento(Url("https://web.archive.org/web/20200909120000id_/http:/ferry.example/a")).original
    'http://ferry.example/a'
    >>> read_memento(Url("https://ferry.example/web/20200909120000/https://quay.example/")) is None
    True
    """
    # Nearly every address is of no archive: that is seen without asking the parser.
    host = url.split("/", 3)[2]
    host = URL(url).host if "@" in host else host
    wording = ARCHIVES.get(host.removeprefix("www.")) or (Wording.STAMP if host in more else None)
    if wording is None:
        return None
    # Cut from the whole: the parser's own parts lose a lone `?`.
    tail = url.partition("://")[2]
    end = min(mark for mark in (tail.find("?"), tail.find("#"), len(tail)) if mark >= 0)
    found = _READ[wording](tail[tail.find("/") : end], tail[end:])
    return None if found is None else Memento(host, *found)


_MOST_WRAPPERS = 8


def unwrap(url: Url, more: Collection[str] = ()) -> Url:
    """Give the page that is meant: of a copy, or a copy of a copy, what was copied; else the address itself.

    >>> unwrap(Url("https://archive.ph/2020.09.09-120000/https://web.archive.org/web/2020/ferry.example/a"))
    'http://ferry.example/a'
    >>> unwrap(Url("https://archive.ph/AbC12"))
    'https://archive.ph/AbC12'
    """
    for _ in range(_MOST_WRAPPERS):
        memento = read_memento(url, more)
        if memento is None or memento.original is None:
            break
        url = memento.original
    return url


def is_memento_of(memento: str, url: Url, hosts: Collection[str]) -> bool:
    """Say whether an address may be shown as a copy of a page: it lies on one of `hosts` and names page and moment.

    It must be written as the parser writes it, without credentials: what is judged is what a browser opens.

    >>> copy = "https://web.archive.org/web/20200909120000/http://www.ferry.example/a/"
    >>> is_memento_of(copy, Url("https://ferry.example/a"), {"web.archive.org"})
    True
    >>> is_memento_of(copy, Url("https://ferry.example/b"), {"web.archive.org"})
    False
    """
    usual = _USUAL.fullmatch(memento)
    if usual and usual[2] == url and usual[1] in hosts and ARCHIVES.get(usual[1], Wording.STAMP) is Wording.STAMP:
        return True
    return _is_copy(memento, url, hosts)


_USUAL = re.compile(
    r"https?://([a-z0-9.-]+(?::\d+)?)/(?:[a-z][a-z-]*/){0,3}"
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|1\d|2[0-8])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d/(.+)",
    re.ASCII,
)
"""What most are: behind a stamp that is a moment for certain, the page to the letter. A build reads thousands."""


def _is_copy(memento: str, url: Url, hosts: Collection[str]) -> bool:
    written = parse_url(memento)
    if written is None or written != memento or "@" in memento.partition("://")[2].partition("/")[0]:
        return False
    found = read_memento(written, hosts)
    if found is None or found.original is None or found.time is None:
        return False
    return not {found.archive, found.archive.removeprefix("www.")}.isdisjoint(hosts) and is_same_page(
        found.original, url
    )


def is_same_page(one: Url, other: Url) -> bool:
    """Say whether an archive's word for a page means this page: captures by http, https and with `www.` are one.

    So are those with the same parameters in another order. Another case is another page: on many servers it is.

    >>> is_same_page(Url("http://www.ferry.example/%d0%b0?"), Url("https://ferry.example/%D0%B0"))
    True
    """
    return _page_key(one) == _page_key(other)


def stamp(moment: datetime) -> str:
    """Write a moment as archives do.

    >>> stamp(datetime(2020, 9, 9, 12, tzinfo=UTC))
    '20200909120000'
    """
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


def _page_key(url: Url) -> str:
    """Give one key to the ways in which archives and pages write one address: `%7E` is `~`, `%d0` is `%D0`."""

    def plain(escape: re.Match[str]) -> str:
        char = chr(int(escape[1], 16))
        return char if _UNRESERVED.fullmatch(char) else escape[0].upper()

    path, _, query = _ESCAPE.sub(plain, same_page_key(url)).partition("?")
    return f"{path.rstrip('/')}?{'&'.join(sorted(query.split('&')))}"


_Found = tuple[Url | None, datetime | None]

_STAMPED = re.compile(r"/(\d{4,14}|\*)(?:[a-z]{2}_)*(?=/)", re.ASCII)
_BEFORE = re.compile(r"(?:/[\w.~@+-]+){0,4}", re.ASCII)
_LATEST = re.compile(r"/(?:web|all|wayback|timegate|list)/((?:https?:|www\.).+)", re.ASCII | re.DOTALL | re.IGNORECASE)


def _stamped(path: str, rest: str) -> _Found | None:
    """Read `/anything/20200909120000if_/https://…`, the manner of the Wayback Machine and of pywb."""
    for stamped in _STAMPED.finditer(path):
        if not _BEFORE.fullmatch(path, 0, stamped.start()):
            break
        # Collections have numbers too: `/1234/20200909120000/https://…`.
        if found := _page(path[stamped.end() + 1 :], rest, _moment(stamped[1])):
            return found
    latest = _LATEST.fullmatch(path)
    return _page(latest[1], rest, None) if latest else None


def _under_web(path: str, rest: str) -> _Found | None:
    """Read the same beneath `/web/` alone: the host holds much else."""
    return _stamped(path, rest) if path.startswith("/web/") else None


_SHORT = re.compile(r"/(?:wip/)?[A-Za-z0-9]{4,6}(?:/(?:image|share|abuse|again))?", re.ASCII)
_LONG = re.compile(r"/(\d{4,14}|\d{4}\.\d\d\.\d\d-\d{6}|newest|oldest)/(.+)", re.ASCII | re.DOTALL)
_ONWARD = re.compile(r"(?:/o/[A-Za-z0-9]{4,6})?/(https?:.+)", re.ASCII | re.DOTALL | re.IGNORECASE)


def _archive_today(path: str, rest: str) -> _Found | None:
    """Read `/2020.09.09-120000/https://…` and its like; a short code says nothing of the page."""
    if match := _LONG.fullmatch(path):
        return _page(match[2], rest, _moment(re.sub(r"[.-]", "", match[1])))
    if match := _ONWARD.fullmatch(path):
        return _page(match[1], rest, None)
    return (None, None) if _SHORT.fullmatch(path) else None


def _asked(path: str, rest: str) -> _Found | None:
    """Read `/query?url=https://…&date=2020-09-09`, and the codes of the same archive."""
    asked = parse_qs(rest.partition("#")[0].removeprefix("?"))
    if "url" in asked:
        return _page(asked["url"][0], "", None)
    return (None, None) if re.fullmatch(r"/[A-Za-z0-9]{5,}", path) else None


def _coded(path: str, rest: str) -> _Found | None:
    """Read a code, which alone says nothing of the page."""
    del rest
    return (None, None) if _CODE.fullmatch(path) else None


_CODE = re.compile(r"/(?:[0-9A-Z]{2,4}-[0-9A-Z]{2,4}|(?:var)?archive/[\w-]+|0[\w-]{9,11})/?", re.ASCII | re.IGNORECASE)

_READ: dict[Wording, Callable[[str, str], _Found | None]] = {
    Wording.STAMP: _stamped,
    Wording.STAMP_UNDER_WEB: _under_web,
    Wording.ARCHIVE_TODAY: _archive_today,
    Wording.QUERY: _asked,
    Wording.CODE: _coded,
}

_ENCODED = re.compile(r"https?(?:%3a|:)%2f", re.IGNORECASE)
_COLON = re.compile(r"(https?)(?:%3a|:)/*", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:", re.IGNORECASE)
_HOST = re.compile(r"(?:[^\s/?#:@.]+\.)+[^\s/?#:@.]+(?::\d+)?(?=[/?#]|$)")


def _page(written: str, rest: str, time: datetime | None) -> _Found | None:
    """Read the address behind the stamp, as archives and people write it; None where nothing there can be one."""
    if _ENCODED.match(written):
        written = unquote(written)
    written += rest
    if match := _COLON.match(written):
        original = parse_url(f"{match[1].lower()}://{written[match.end() :]}")
        return (original, time) if original else None
    if _HOST.match(written):
        original = parse_url(f"http://{written}")
        return (original, time) if original else None
    # ftp: and gopher: were archived too; what is none of ours has no address here.
    return (None, time) if _SCHEME.match(written) and time else None


def _moment(digits: str) -> datetime | None:
    if len(digits) != len(_WHOLE) or not digits.isdecimal():
        return None
    day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    try:
        # Not `strptime`, which takes ten times as long: pages ask this of every copy.
        return datetime(*day, int(digits[8:10]), int(digits[10:12]), int(digits[12:]), tzinfo=UTC)
    except ValueError:
        return None


_WHOLE = "YYYYMMDDhhmmss"
