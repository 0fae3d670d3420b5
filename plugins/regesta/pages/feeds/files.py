"""Feeds as files: Atom (RFC 4287) and JSON Feed 1.1.

They are written here and not by a library: both formats are short, feedgen knows no JSON Feed, and an archive of 1,000
briefs has hundreds of feeds, in which the same entries stand again and again: each is written once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from regesta.model.cleaning import clean_text
from regesta.pages.feeds.entries import feed_entry
from regesta.pages.feeds.feeds import HOME
from regesta.pages.html import attribute, text
from regesta.pages.lazy_file import LazyFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.archive import Entry
    from regesta.pages.feeds.entries import FeedEntry
    from regesta.pages.feeds.feeds import Feed
    from regesta.pages.site import Site

__all__ = ["feed_files"]


def feed_files(site: Site) -> Iterator[LazyFile]:
    """Give the files of all feeds. Each is written when it is due."""
    writer = _Writer(site)
    for feed in site.feeds.values():
        yield LazyFile(feed.atom, lambda feed=feed: writer.atom(feed))  # type: ignore[misc]
        yield LazyFile(feed.json, lambda feed=feed: writer.json(feed))  # type: ignore[misc]


class _Writer:
    """Writes feeds, and each of their entries once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._made: dict[str, FeedEntry] = {}
        self._atom: dict[str, str] = {}
        self._json: dict[str, str] = {}

    def atom(self, feed: Feed) -> str:
        site, name = self._site, clean_text(self._site.name) or self._site.web_root
        here = self._address(feed.atom)
        head = [
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
            f"<id>{text(here)}</id>\n",
            f"<title>{text(self._title(feed))}</title>\n",
            f'<link rel="self" type="application/atom+xml" href="{attribute(here)}"/>\n',
            f'<link rel="alternate" type="text/html" href="{attribute(site.absolute(feed.page or HOME))}"/>\n',
            f"<updated>{self._entry(feed.entries[0]).updated}</updated>\n",
            f"<author><name>{text(name)}</name></author>\n",
        ]
        if site.description and not feed.about:
            head.append(f"<subtitle>{text(clean_text(site.description))}</subtitle>\n")
        return "".join(head) + "".join(map(self._atom_entry, feed.entries)) + "</feed>\n"

    def json(self, feed: Feed) -> str:
        site = self._site
        about = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self._title(feed),
            "home_page_url": site.absolute(feed.page or HOME),
            "feed_url": self._address(feed.json),
        }
        if site.description and not feed.about:
            about["description"] = clean_text(site.description)
        items = ",\n".join(map(self._json_entry, feed.entries))
        return f'{_encode(about)[:-1]},"items":[\n{items}\n]}}\n'

    def _atom_entry(self, entry: Entry) -> str:
        path = entry.brief.path
        if path not in self._atom:
            self._atom[path] = _atom_entry(self._entry(entry))
        return self._atom[path]

    def _json_entry(self, entry: Entry) -> str:
        path = entry.brief.path
        if path not in self._json:
            self._json[path] = _json_entry(self._entry(entry))
        return self._json[path]

    def _entry(self, entry: Entry) -> FeedEntry:
        path = entry.brief.path
        if path not in self._made:
            self._made[path] = feed_entry(self._site, entry)
        return self._made[path]

    def _address(self, path: str) -> str:
        return self._site.web_root + quote(path)

    def _title(self, feed: Feed) -> str:
        name = clean_text(self._site.name) or self._site.web_root
        return f"{clean_text(feed.about)} – {name}" if feed.about else name


def _atom_entry(entry: FeedEntry) -> str:
    language = f' xml:lang="{attribute(entry.language)}"' if entry.language else ""
    parts = [
        f"<entry{language}>\n<id>{text(entry.address)}</id>\n<title>{text(entry.title)}</title>\n",
        f'<link rel="alternate" type="text/html" href="{attribute(entry.address)}"/>\n',
        f"<updated>{entry.updated}</updated>\n",
    ]
    if entry.published:
        parts.append(f"<published>{entry.published}</published>\n")
    parts += [f"<author><name>{text(name)}</name></author>\n" for name in entry.authors]
    parts += [f'<category term="{attribute(subject)}"/>\n' for subject in entry.subjects]
    if entry.rights:
        parts.append(f"<rights>{text(entry.rights)}</rights>\n")
    if entry.summary:
        parts.append(f"<summary>{text(entry.summary)}</summary>\n")
    parts.append(f'<content type="html">{text(entry.html)}</content>\n</entry>\n')
    return "".join(parts)


def _json_entry(entry: FeedEntry) -> str:
    item: dict[str, object] = {
        "id": entry.address,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        "date_modified": entry.updated,
    }
    if entry.published:
        item["date_published"] = entry.published
    if entry.summary:
        item["summary"] = entry.summary
    if entry.authors:
        item["authors"] = [{"name": name} for name in entry.authors]
    if entry.subjects:
        item["tags"] = list(entry.subjects)
    if entry.language:
        item["language"] = entry.language
    return _encode(item)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
