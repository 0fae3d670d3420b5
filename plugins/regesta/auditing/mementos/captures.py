"""What an archive lists of a page: captures in a CDX index, mementos in a TimeMap or a header `Link`."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.mementos import is_memento_of, read_memento, stamp
from regesta.model.urls import Url, parse_url

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["Capture", "Link", "capture_at", "links_of", "nearest", "read_index", "read_links", "read_moment"]


class Capture(NamedTuple):
    """One copy, as the archive names it."""

    url: Url
    """Where it is looked at."""
    time: datetime
    is_page: bool = True
    """False where it is a web page although the address is that of a document: often a wall, seldom the document."""
    may_be_shown: bool = True
    """False for what the archive says it keeps back."""


_GOOD = "200"
_STATUS = ("statuscode", "status")
_URL = ("original", "url")
_MIME = ("mimetype", "mime")
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|csv|zip|jpe?g|png|mp[34])$", re.IGNORECASE)


def read_index(body: bytes, *, page: Url, replay: str, hosts: Collection[str]) -> list[Capture] | None:
    """Read a CDX answer: JSON lines (pywb), or one array whose first row names the columns (Wayback Machine).

    Captures of another page or of anything but a 200 are left out; one that was the same as one before has no status
    of its own and counts, unless that was an error. None where the answer is no such list.
    """
    rows = _rows(body.decode("utf-8", "replace"))
    if rows is None:
        return None
    is_document = bool(_DOCUMENT.search(page.partition("#")[0].partition("?")[0]))
    errors = {row.get("digest") for row in rows if not _is_repeated(row) and _first(row, _STATUS) != _GOOD}
    found = []
    for row in rows:
        is_same_as_error = _is_repeated(row) and row.get("digest") in errors
        if is_same_as_error or not (_first(row, _STATUS) == _GOOD or _is_repeated(row)):
            continue
        moment, original = _stamped(row.get("timestamp", "")), parse_url(_first(row, _URL))
        if moment is None or original is None:
            continue
        url = parse_url(f"{replay}{stamp(moment)}/{original}")
        if url and is_memento_of(url, page, hosts):
            is_page = not (is_document and _first(row, _MIME) == "text/html")
            found.append(Capture(url, moment, is_page, row.get("access", "allow") == "allow"))
    return found


def _is_repeated(row: dict[str, str]) -> bool:
    return _first(row, _MIME) == "warc/revisit" and _first(row, _STATUS) in {"-", "", _GOOD}


def _first(row: dict[str, str], names: tuple[str, ...]) -> str:
    return next((row[name] for name in names if name in row), "")


def _rows(text: str) -> list[dict[str, str]] | None:
    try:
        if text.lstrip().startswith("["):
            columns, *rows = json.loads(text) or [["timestamp"]]
            # Without this column it is a list of something else.
            return (
                None if "timestamp" not in columns else [_texts(dict(zip(columns, row, strict=False))) for row in rows]
            )
        return [_texts(json.loads(line)) for line in text.split("\n") if line.strip()]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _texts(row: dict[object, object]) -> dict[str, str]:
    return {str(name): value for name, value in row.items() if isinstance(value, str)}


def _stamped(digits: str) -> datetime | None:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


class Link(NamedTuple):
    """One link of a header `Link` or of a TimeMap."""

    url: str
    rels: frozenset[str]
    datetime: str


_LINK = re.compile(r"<([^<>]{1,4096})>((?:\s*;\s*[\w*-]+\s*=\s*(?:\"[^\"]{0,512}\"|[^\s\",;<>]{1,512}))*)")
_PARAMETER = re.compile(r"([\w*-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s\",;<>]+))")


def read_links(text: str) -> Iterator[Link]:
    """Read `application/link-format`, that of the header `Link` too (RFC 8288).

    >>> [link] = read_links('<https://a.example/1>; rel="first memento"; datetime="Wed, 09 Sep 2020 12:00:00 GMT"')
    >>> sorted(link.rels), link.datetime
    (['first', 'memento'], 'Wed, 09 Sep 2020 12:00:00 GMT')
    """
    for match in _LINK.finditer(text):
        parameters = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(match[2])}
        yield Link(match[1], frozenset(parameters.get("rel", "").lower().split()), parameters.get("datetime", ""))


def links_of(links: Iterable[Link], *, page: Url, hosts: Collection[str]) -> list[Capture]:
    """Give the mementos of a page among links: those on hosts from which a copy may be shown."""
    found = []
    for link in links:
        url = parse_url(link.url)
        if "memento" in link.rels and url and (capture := capture_at(url, page=page, hosts=hosts)):
            found.append(capture)
    return found


_STAMP = re.compile(r"/(\d{14})(?:[a-z]{2}_)+/")


def capture_at(url: Url, *, page: Url, hosts: Collection[str]) -> Capture | None:
    """Take an address for that of a copy, without the marks for parts of pages; None where it is none of this page.

    >>> page, copy = Url("https://quay.example/"), Url("https://web.archive.org/web/20200909120000mp_/quay.example")
    >>> capture_at(copy, page=page, hosts={"web.archive.org"}).url
    'https://web.archive.org/web/20200909120000/quay.example'
    """
    plain = Url(_STAMP.sub(r"/\1/", url, count=1))
    memento = read_memento(plain, hosts)
    if memento is None or memento.time is None or not is_memento_of(plain, page, hosts):
        return None
    return Capture(plain, memento.time)


def read_moment(text: str) -> datetime | None:
    """Read the date of a header, such as `Memento-Datetime`.

    >>> read_moment("Wed, 09 Sep 2020 12:00:00 GMT").isoformat()
    '2020-09-09T12:00:00+00:00'
    """
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def nearest(captures: Iterable[Capture], wanted: datetime) -> list[Capture]:
    """Order captures by their distance from the wanted moment.

    Of two as far away, the earlier comes first: it cannot show what was changed afterwards.
    """

    def distance(capture: Capture) -> tuple[bool, float, datetime]:
        return (not capture.is_page, abs((capture.time - wanted).total_seconds()), capture.time)

    return sorted(dict.fromkeys(captures), key=distance)
