"""The home page's overview, the list of all briefs, and the pages of series."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from regesta.model.entities import EntityType
from regesta.pages.date_pages import year_path
from regesta.pages.entity_pages import index_letter
from regesta.pages.entity_words import count_of_kind
from regesta.pages.sheet import Sheet, Written
from regesta.pages.site import series_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.archive import Entry
    from regesta.pages.site import Site

__all__ = ["list_sheets", "overview"]

_MOST_OF_MANY = 100
"""Briefs that are listed where all are too many."""


def list_sheets(site: Site) -> Iterator[Sheet]:
    """Give the list of briefs and a page for each series."""
    yield Sheet(
        path="briefs/index.md",
        title=site.language.say("Briefs"),
        description=site.language.say("All briefs of {site} by date.", site=site.called),
        write=lambda: _write_briefs(site),
        lists=lambda: site.archive.shown,
    )
    paths: dict[str, list[str]] = {}
    for series in site.archive.by_series:
        paths.setdefault(series_path(series), []).append(series)
    for path, names in paths.items():
        yield Sheet(
            path=path,
            title=names[0],
            description=site.language.say("The series {series}, by date.", series=names[0]),
            hub="briefs/index.md",
            write=lambda path=path, names=tuple(names): _write_series(site, path, names),  # type: ignore[misc]
            lists=lambda names=tuple(names): _of_series(site, names),  # type: ignore[misc]
        )


def overview(site: Site, path: str = "index.md") -> str:
    """Write what the home page shows below its own words: counts, the latest briefs, people from A to Z."""
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
        letters=sorted({index_letter(entity) for entity in people}),
        totals=[(kind.folder, count_of_kind(site.language, kind, n)) for kind in EntityType if (n := kinds[kind])],
    )


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
        series=[(name, len(found), series_path(name)) for name, found in site.archive.by_series.items()],
    )
    return Written(html)


def _write_series(site: Site, path: str, names: tuple[str, ...]) -> Written:
    entries = _of_series(site, names)[::-1]
    publishers = sorted({entry.brief.publisher for entry in entries if entry.brief.publisher})
    return Written(site.render("series.html", path, title=names[0], entries=entries, publishers=publishers))


def _of_series(site: Site, names: tuple[str, ...]) -> list[Entry]:
    """Give the briefs of series whose names make one address, in order of date."""
    entries = [entry for name in names for entry in site.archive.by_series[name]]
    return sorted(entries, key=lambda entry: entry.brief.sort_key)


def _year(entry: Entry) -> str:
    date = entry.brief.date
    return str(date.year) if date and date.year else ""
