"""What crawlers are told: sitemaps of any size (they read 50,000 addresses or 50 MB of one), and where these are."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from regesta.pages.html import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["LARGEST_MAP", "MOST_ADDRESSES", "robots_txt", "split_sitemap"]

MOST_ADDRESSES = 50_000
LARGEST_MAP = 50_000_000
"""Bytes, unpacked; a little less than the 50 MiB that are allowed."""

_ENTRY = re.compile(r"[ \t]*<url>.*?</url>\s*", re.DOTALL)
_DAY = re.compile(r"<lastmod>\s*([^<\s]+)\s*</lastmod>")
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def robots_txt(site_url: str) -> str:
    """Write what tells crawlers where the sitemap is; nothing for a site below a folder, where no crawler looks for it.

    RFC 9309: the file counts at the root of a host alone.

    >>> print(robots_txt("https://register.example/").splitlines()[-1])
    Sitemap: https://register.example/sitemap.xml
    >>> robots_txt("https://pages.example/register/")
    ''
    """
    at = urlsplit(site_url)
    if not at.netloc or at.path not in {"", "/"}:
        return ""
    return f"User-agent: *\nAllow: /\n\nSitemap: {at.scheme}://{at.netloc}/sitemap.xml\n"


def split_sitemap(
    sitemap: str, site_url: str, *, most: int = MOST_ADDRESSES, largest: int = LARGEST_MAP
) -> tuple[str, Mapping[str, bytes]]:
    """Give what `sitemap.xml` is to hold, and the files it names: `sitemap-1.xml.gz` and so on.

    One that is small enough stays as it is. So does one of a site that does not say where it is published: it has no
    addresses.
    """
    number = sitemap.count("<url>")
    if not site_url or (number <= most and len(sitemap) * 4 <= largest):
        return sitemap, {}
    entries = _ENTRY.findall(sitemap)
    size = sum(len(entry.encode()) for entry in entries)
    if len(entries) <= most and size <= largest:
        return sitemap, {}
    files: dict[str, bytes] = {}
    lines = []
    for count, part in enumerate(_parts(entries, most, largest), 1):
        name = f"sitemap-{count}.xml.gz"
        body = f"{_XML}<urlset {_NAMESPACE}>\n{''.join(part)}</urlset>\n"
        # No time and no name: the same addresses give the same bytes.
        files[name] = gzip.compress(body.encode(), mtime=0)
        newest = max((day for entry in part for day in _DAY.findall(entry)), default="")
        changed = f"<lastmod>{text(newest)}</lastmod>" if newest else ""
        lines.append(f"<sitemap><loc>{text(site_url.rstrip('/'))}/{name}</loc>{changed}</sitemap>\n")
    return f"{_XML}<sitemapindex {_NAMESPACE}>\n{''.join(lines)}</sitemapindex>\n", files


def _parts(entries: list[str], most: int, largest: int) -> Iterator[list[str]]:
    part: list[str] = []
    size = 0
    for entry in entries:
        own = len(entry.encode())
        if part and (len(part) == most or size + own > largest):
            yield part
            part, size = [], 0
        part.append(entry)
        size += own
    if part:
        yield part
