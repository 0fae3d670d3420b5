"""Which feeds an archive has, and which briefs stand in each: those that were changed last."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.briefs import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.model.archive import Entry
    from regesta.model.dates import ArchiveDate
    from regesta.pages.site import Site

__all__ = ["HOME", "Feed", "changed_at", "find_feeds", "published_at"]

HOME = "index.md"
"""The page to which the feed of the whole site belongs."""


class Feed(NamedTuple):
    """One feed, in as many formats as there are."""

    stem: str
    """The path of its files in the site, without what tells the format: `feeds/people/ada-kell`."""
    about: str
    """What it is of: a name; empty for the whole archive."""
    page: str
    """The path of the page where the same can be read."""
    entries: tuple[Entry, ...]
    """The briefs that were changed last, the newest first. Never empty."""

    @property
    def atom(self) -> str:
        """The path of its Atom file."""
        return f"{self.stem}.xml"

    @property
    def json(self) -> str:
        """The path of its JSON Feed file."""
        return f"{self.stem}.json"


def find_feeds(site: Site, size: int) -> Mapping[str, Feed]:
    """Give the feed of the site and those of institutes, series and entities, by the path of the page of each.

    Institutes have no pages: theirs stand under the path of their files. What has no dated brief has no feed yet.
    """
    entries = [entry for entry in site.archive.entries if entry.brief.status is not Status.DRAFT]
    institutes: dict[str, tuple[str, list[Entry]]] = {}
    series: dict[str, tuple[str, list[Entry]]] = {}
    for entry in entries:
        brief = entry.brief
        if brief.publisher:
            institutes.setdefault(site.institute_slugs[brief.publisher], (brief.publisher, []))[1].append(entry)
        if brief.series:
            series.setdefault(site.series_paths[brief.series], (brief.series, []))[1].append(entry)
    with_page = {site.series_paths[name] for name in site.archive.by_series}
    feeds = [
        _feed("feeds/briefs", "", HOME, entries, size),
        *(_feed(f"feeds/institutes/{slug}", name, "", found, size) for slug, (name, found) in institutes.items()),
        *(
            _feed(f"feeds/{path.removesuffix('.md')}", name, path, found, size)
            for path, (name, found) in series.items()
            if path in with_page
        ),
    ]
    of_entities = defaultdict(list)
    for slug, mentioned in site.archive.mentioned.items():
        of_entities[slug] = [found.entry for found in mentioned if found.entry.brief.status is not Status.DRAFT]
    for slug, path in site.entity_paths.items():
        stem = f"feeds/{path.removesuffix('.md')}"
        feeds.append(_feed(stem, site.archive.entities[slug].name, path, of_entities[slug], size))
    return {feed.page or feed.stem: feed for feed in feeds if feed.entries}


def changed_at(entry: Entry) -> datetime | None:
    """Give when a brief was last changed, by what its file says and never by a clock; nothing for an undated one."""
    brief = entry.brief
    dates = (brief.date, brief.updated, brief.withdrawn_date, *(correction.date for correction in brief.corrections))
    return max((moment for date in dates if date and (moment := _moment(date))), default=None)


def published_at(entry: Entry) -> datetime | None:
    """Give when a brief was published, where at least the day is known."""
    date = entry.brief.date
    return _moment(date) if date is not None and date.first_day is not None else None


def _moment(date: ArchiveDate) -> datetime | None:
    """Give the first moment of a date, as feeds want one: that of a month is its first day's midnight, in UTC.

    >>> from regesta.model.dates import parse_date
    >>> _moment(parse_date("2020-09")).isoformat(), _moment(parse_date("XXXX-09-14"))
    ('2020-09-01T00:00:00+00:00', None)
    """
    if date.time is not None:
        return date.time if date.time.tzinfo else date.time.replace(tzinfo=UTC)
    if date.year is None:
        return None
    return datetime(date.year, date.month or 1, date.day or 1, tzinfo=UTC)


def _feed(stem: str, about: str, page: str, entries: Iterable[Entry], size: int) -> Feed:
    dated = [(moment, entry.brief.path, entry) for entry in entries if (moment := changed_at(entry))]
    dated.sort(key=lambda item: (item[0], item[1]), reverse=True)
    return Feed(stem, about, page, tuple(entry for _, _, entry in dated[:size]))
