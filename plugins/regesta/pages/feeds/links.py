"""Where a page says which feeds are about it: in its head, for browsers and readers of feeds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regesta.pages.feeds.feeds import HOME
from regesta.pages.html import attribute

if TYPE_CHECKING:
    from collections.abc import Callable

    from regesta.pages.sheet import Sheet, Written
    from regesta.pages.site import Site

__all__ = ["feed_links", "with_feed"]

_BRIEFS = "briefs/index.md"
"""The list of all briefs, to which the site's feed belongs as it does to the home page."""


def feed_links(site: Site, path: str) -> str:
    """Write the head's links to the feeds of a page; nothing where it has none."""
    feed = site.feeds.get(HOME if path == _BRIEFS else path)
    if feed is None:
        return ""
    title = attribute(f"{feed.about} – {site.name}" if feed.about and site.name else feed.about or site.name)
    top = site.addresses.top(path)
    return "\n".join(
        f'<link rel="alternate " type="{kind}" href="{attribute(top + file)}" title="{title}">'
        for kind, file in (("application/atom+xml", feed.atom), ("application/feed+json", feed.json))
    )


def with_feed(site: Site, sheet: Sheet) -> Sheet:
    """Let the head of a page name its feed."""
    links = feed_links(site, sheet.path)
    if not links:
        return sheet

    def write(inner: Callable[[], Written] = sheet.write) -> Written:
        written = inner()
        return written._replace(head="\n".join(filter(None, (written.head, links))))

    return replace(sheet, write=write)
