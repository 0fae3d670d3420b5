"""Sources: who stands behind an address. A registrable domain, or what a record of the archive makes of it."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from ada_url import URL, idna_to_unicode

from regesta.model.cleaning import clean_text
from regesta.model.drafts import find_kept_back
from regesta.model.memento_archives import ARCHIVES
from regesta.model.mementos import unwrap
from regesta.model.paths import is_inside
from regesta.model.public_suffixes import registrable_domain
from regesta.model.records import InvalidRecords, read_record
from regesta.model.slugs import is_slug, slugify
from regesta.model.urls import host_of, parse_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.model.records import Words
    from regesta.model.urls import Url

__all__ = ["InvalidSource", "Source", "SourceRecord", "Sources", "read_source_record", "source_of"]


class InvalidSource(ValueError):
    """A record of a source that cannot be read."""


class Source(NamedTuple):
    """Who stands behind addresses."""

    slug: str
    """The last part of the address of its page: the domain in ASCII, or the name of its record's file."""
    name: str
    """As it is shown."""
    where: str
    """The domain, or host and path, as a reader knows it: in its own script."""


class SourceRecord(NamedTuple):
    """What the archive says of a source."""

    slug: str
    """The name of its file."""
    name: str
    hosts: tuple[str, ...]
    """Normalised; subdomains belong to each."""
    paths: tuple[str, ...]
    """`host/path` of a channel on a host that others share, in lower case, without the last slash."""


def source_of(url: Url) -> str:
    """Give the registrable domain of what an address means: of a memento, that of the page it was made from.

    >>> from regesta.model.urls import Url
    >>> source_of(Url("https://m.news.example.co.uk:8080/a"))
    'example.co.uk'
    >>> source_of(Url("https://web.archive.org/web/2020/https://www.example.org/"))
    'example.org'
    """
    return registrable_domain(_folded(host_of(unwrap(url))))


class Sources:
    """The sources that the archive has records of, and all others by their domain."""

    def __init__(self, records: Iterable[SourceRecord] = ()) -> None:
        """Take the records. Of two that claim one host, the first by name of file counts."""
        self._by_host: dict[str, Source] = {}
        self._by_path: dict[str, dict[str, Source]] = {}
        self._by_known_host: dict[str, Source] = {}
        for record in sorted(records, reverse=True):
            if record.hosts:
                own = Source(_slug(record.hosts[0]), record.name, shown_host(record.hosts[0]))
                self._by_host |= dict.fromkeys(record.hosts, own)
            elif record.paths:
                own = Source(_file_slug(record.slug), record.name, record.paths[0])
            for path in record.paths:
                self._by_path.setdefault(path.partition("/")[0], {})[path] = own
        self._longest = {host: max(map(len, claimed)) for host, claimed in self._by_path.items()}

    def of(self, url: Url) -> Source:
        """Give the source of an address."""
        host = _host_of(url)
        if host in ARCHIVES or host.removeprefix("www.") in ARCHIVES:
            url = unwrap(url)
            host = _host_of(url)
        host = _folded(host)
        if claimed := self._by_path.get(host):
            # Up from the path itself, as far as a claim may be long: however many channels there are.
            path = f"{host}{unquote(URL(url).pathname)}/".casefold()[: self._longest[host] + 1].rpartition("/")[0]
            while path:
                if (source := claimed.get(path)) is not None:
                    return source
                path = path.rpartition("/")[0]
        if (known := self._by_known_host.get(host)) is None:
            known = self._by_known_host[host] = self._of_host(host)
        return known

    def _of_host(self, host: str) -> Source:
        part = host.strip(".")
        while self._by_host and part:
            if part in self._by_host:
                return self._by_host[part]
            part = part.partition(".")[2]
        domain = registrable_domain(host)
        return self._by_host.get(domain) or Source(_slug(domain), shown_host(domain), shown_host(domain))


_FIELDS = frozenset({"name", "hosts", "paths"})


def read_source_record(slug: str, text: str) -> SourceRecord:
    """Read a file of `sources/`; raise `InvalidSource`. `slug` is the name of the file."""
    try:
        fields = read_record(text).fields
    except InvalidRecords as error:
        raise InvalidSource(str(error)) from error
    if kept := find_kept_back(fields, _FIELDS):
        raise InvalidSource(f"The field {kept.name!r} is {kept.value!r}: the record is not used. Delete the field.")
    name = fields.get("name")
    hosts = tuple(host for written in _words(fields, "hosts") if (host := _host(written)))
    paths = tuple(path for written in _words(fields, "paths") if (path := _path(written)))
    if unread := [written for written in _words(fields, "hosts") if not _host(written)]:
        raise InvalidSource(f"{unread[0]!r} is no host. Write it as in an address: 'news.example'.")
    if unread := [written for written in _words(fields, "paths") if not _path(written)]:
        raise InvalidSource(f"{unread[0]!r} is no host with a path. Write 'video.example/@channel'.")
    if not hosts and not paths:
        raise InvalidSource("It has neither 'hosts' nor 'paths'. Add a line such as 'hosts: [news.example]'.")
    shown = " ".join(clean_text(name).split()) if isinstance(name, str) else ""
    return SourceRecord(slug, shown or shown_host((hosts or paths)[0]), hosts, paths)


def shown_host(host: str) -> str:
    """Write a host as its readers do. One in letters that look like others' stays as the network knows it.

    >>> shown_host("xn--e1afmkfd.xn--p1ai"), shown_host("tass.example")
    ('пример.рф', 'tass.example')
    """
    if "xn--" not in host:
        return host
    shown = idna_to_unicode(host)
    return shown if shown and not _UNFIT.search(shown) else host


def _host_of(url: Url) -> str:
    """Give the host of a normal address without parsing it: pages ask for each link of the archive."""
    host = url.partition("://")[2].partition("/")[0].rpartition("@")[2]
    return host if host.endswith("]") or ":" not in host else host.rpartition(":")[0]


_UNFIT = re.compile(r"[\s/?#\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FOLDED = ("www.", "m.", "amp.", "mobile.")
_LONGEST = 120
"""Characters of a folder's name: no file system cuts it, and no host of an archive is longer."""


def _folded(host: str) -> str:
    """Leave out what says on which device a page is read, as long as a name is left."""
    for start in _FOLDED:
        if host.startswith(start) and host.count(".") > 1:
            return host.removeprefix(start)
    return host


_SAFE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)


def _slug(domain: str) -> str:
    """Turn a domain into a folder's name: itself, where every system can hold it and no other page stands there."""
    if _SAFE.fullmatch(domain) and len(domain) <= _LONGEST and is_inside(domain):
        return domain
    return f"{slugify(domain)[:60].strip('-')}-{sha256(domain.encode()).hexdigest()[:8]}"


def _file_slug(name: str) -> str:
    return name if is_slug(name) and name != "index" else f"{slugify(name)[:60].strip('-')}-source"


def _words(fields: Mapping[str, Words], key: str) -> tuple[str, ...]:
    value = fields.get(key, ())
    return (value,) if isinstance(value, str) and value else tuple(value)


def _host(written: str) -> str:
    url = parse_url(f"https://{written}/") if written and not re.search(r"[/?#@\s]", written) else None
    return _folded(host_of(url)) if url else ""


def _path(written: str) -> str:
    without_scheme = written.strip().removeprefix("https://").removeprefix("http://")
    host, slash, path = without_scheme.partition("/")
    known = _host(host)
    path = unquote(quote(path, safe="/%:@!$&'()*+,;=~")).strip("/").casefold()
    return f"{known}/{path}" if known and slash and path else ""
