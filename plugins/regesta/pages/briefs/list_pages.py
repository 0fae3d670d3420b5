"""The home page's overview, and the list of all briefs."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.entities import EntityType
from regesta.model.watch import Tally
from regesta.pages.briefs.subject_pages import shelf_sheets
from regesta.pages.dates.calendars import month_path, year_path
from regesta.pages.entities.entity_pages import index_letter
from regesta.pages.entities.entity_words import count_of_kind
from regesta.pages.sheet import Sheet, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.archive import Entry
    from regesta.pages.site import Site

__all__ = ["list_sheets", "overview"]

_MOST_OF_MANY = 100
"""Briefs that are listed where all are too many."""
ACTIVE_MONTHS = 12


def list_sheets(site: Site) -> Iterator[Sheet]:
    """Give the list of briefs, and a page for each series and subject."""
    yield Sheet(
        path="briefs/index.md",
        title=site.language.say("Briefs"),
        description=site.language.say("All briefs of {site} by date.", site=site.called),
        write=lambda: _write_briefs(site),
        lists=lambda: site.archive.shown,
    )
    yield from shelf_sheets(site)


def overview(site: Site, path: str = "index.md") -> str:
    """Write what the home page shows below its own words: counts, the latest briefs, months, people from A to Z."""
    archive = site.archive
    dated = list(archive.by_year)
    entities = [archive.entities[slug] for slug in site.entity_paths]
    kinds = Counter(entity.type for entity in entities)
    people = [entity for entity in entities if entity.type is EntityType.PERSON]
    return site.render(
        "overview.html",
        path,
        latest=_latest(site, site.sizes.latest),
        briefs=len(archive.shown),
        institutes=len({entry.brief.publisher for entry in archive.shown if entry.brief.publisher}),
        span=(dated[0], dated[-1]) if dated else None,
        footnotes=sum(entry.footnotes for entry in archive.shown),
        sources=_sources(site),
        tally=Tally.of_states(site.states) if site.watch.is_kept else None,
        months=active_months(site),
        letters=sorted({index_letter(entity) for entity in people}),
        totals=[(kind.folder, count_of_kind(site.language, kind, n)) for kind in EntityType if (n := kinds[kind])],
        subjects=len({site.subject_paths[subject] for subject in archive.by_subject}),
    )


class ActiveMonth(NamedTuple):
    """One of the last months in which something was published."""

    title: str
    """`September 2020`."""
    name: str
    """`Sep`."""
    year: int
    briefs: int
    path: str
    share: int
    """Of the fullest of them, in hundredths."""


def active_months(site: Site) -> list[ActiveMonth]:
    """Give the last twelve months in which a brief was published, the earliest first."""
    found = list(site.archive.by_month.items())[-ACTIVE_MONTHS:]
    most = max((len(entries) for _, entries in found), default=1)
    return [
        ActiveMonth(
            site.language.month(year, month),
            site.language.calendar.short_months[month - 1],
            year,
            len(entries),
            month_path(year, month),
            max(100 * len(entries) // most, 1),
        )
        for (year, month), entries in found
    ]


def _sources(site: Site) -> int:
    """Count the sources that have pages."""
    if not site.with_sources:
        return 0
    of = site.watch.sources.of
    return len({of(url).slug for url in {link.url for entry in site.archive.shown for link in entry.cited} if url})


def _latest(site: Site, number: int) -> list[Entry]:
    return [entry for entry in reversed(site.archive.shown) if entry.brief.date is not None][:number]


def _write_briefs(site: Site) -> Written:
    entries = list(reversed(site.archive.shown))
    most = site.sizes.briefs
    listed = entries if len(entries) <= most or not site.with_dates else entries[: min(most, _MOST_OF_MANY)]
    undated = site.language.say("Undated")
    years = [(year or undated, year or "undated", list(group)) for year, group in groupby(listed, key=_year)]
    path = "briefs/index.md"
    elsewhere = [(year, len(found), year_path(year)) for year, found in reversed(list(site.archive.by_year.items()))]
    html = site.render(
        "briefs.html",
        path,
        years=years,
        total=len(entries),
        elsewhere=elsewhere if site.with_dates and len(listed) < len(entries) else [],
        subjects=len({site.subject_paths[subject] for subject in site.archive.by_subject}),
        series=[(name, len(found), site.series_paths[name]) for name, found in site.archive.by_series.items()],
    )
    return Written(html)


def _year(entry: Entry) -> str:
    date = entry.brief.date
    return str(date.year) if date and date.year else ""
