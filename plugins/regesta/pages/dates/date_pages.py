"""The archive by date: years, months and days."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from regesta.pages.dates.calendars import (
    day_path,
    days_with_anything,
    month_calendar,
    month_path,
    weekday_heads,
    year_path,
)
from regesta.pages.dates.day_pages import day_sheets
from regesta.pages.dates.spoken_rows import spoken_rows
from regesta.pages.portions import portions, sentence_size
from regesta.pages.sheet import Sheet, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from regesta.model.archive import Entry
    from regesta.pages.site import Site

__all__ = ["date_sheets", "day_path", "month_path", "year_path"]

_HUB = "dates/index.md"


def date_sheets(site: Site) -> Iterator[Sheet]:
    """Give the index of years, and a page for each year, month and day that has anything: a brief, or a sentence."""
    archive = site.archive
    days = days_with_anything(archive)
    months = sorted({*archive.by_month, *archive.spoken_by_month, *((year, month) for year, month, _ in days)})
    years = sorted({*archive.by_year, *(year for year, _ in months)})
    say = site.language.say
    yield Sheet(
        path=_HUB,
        title=say("Dates"),
        description=say("{site} by year, month and day.", site=site.name or say("The archive")),
        write=lambda: _write_years(site, years),
    )
    for at, year in enumerate(years):
        sheet = _sheet(site, year_path(year), str(year), partial(_write_year, site, years, at))
        yield replace(sheet, lists=partial(_of_year, site, year))
    for at, (year, month) in enumerate(months):
        title = site.language.month(year, month)
        yield _sheet(site, month_path(year, month), title, partial(_write_month, site, months, at))
    yield from day_sheets(site, days)


def _of_year(site: Site, year: int) -> tuple[Entry, ...]:
    return site.archive.by_year.get(year, ())


def _sheet(site: Site, path: str, title: str, write: Callable[[], Written]) -> Sheet:
    description = site.language.say("Briefs of {period}.", period=title)
    return Sheet(path=path, title=title, description=description, hub=_HUB, write=write)


def _write_years(site: Site, years: Sequence[int]) -> Written:
    archive = site.archive
    mentions: dict[int, int] = {}
    for groups in (archive.spoken_by_day, archive.spoken_by_month):
        for key, spoken in groups.items():
            mentions[key[0]] = mentions.get(key[0], 0) + len(spoken)
    rows = [
        (
            year,
            len(archive.by_year.get(year, ())),
            [len(archive.by_month.get((year, month), ())) for month in range(1, 13)],
            mentions.get(year, 0),
        )
        for year in reversed(years)
    ]
    return Written(
        site.render(
            "years.html",
            _HUB,
            years=rows,
            months=list(zip(site.language.calendar.months, site.language.calendar.short_months, strict=True)),
            undated=archive.undated,
            paths=(year_path, month_path),
        )
    )


def _write_year(site: Site, years: Sequence[int], at: int) -> Written:
    year = years[at]
    entries = site.archive.by_year.get(year, ())
    months = [month_calendar(site, year, month) for month in range(1, 13)]
    html = site.render(
        "year.html",
        year_path(year),
        year=year,
        months=months,
        total=len(entries),
        mentions=sum(month.mentions for month in months),
        unplaced=[entry for entry in entries if entry.brief.date and entry.brief.date.month is None],
        weekdays=weekday_heads(site.language),
        before=(str(years[at - 1]), year_path(years[at - 1])) if at else None,
        after=(str(years[at + 1]), year_path(years[at + 1])) if at + 1 < len(years) else None,
    )
    return Written(html)


def _write_month(site: Site, months: Sequence[tuple[int, int]], at: int) -> Written:
    year, month = months[at]
    spoken = site.archive.spoken_by_month.get((year, month), ())
    latest = portions(reversed(spoken), lambda one: sentence_size(one.spoken))[:1]
    shown = latest[0][::-1] if latest else ()
    html = site.render(
        "month.html",
        month_path(year, month),
        month=month_calendar(site, year, month),
        entries=site.archive.by_month.get((year, month), ()),
        spoken=shown,
        more=len(spoken) - len(shown),
        spoken_rows=spoken_rows,
        weekdays=weekday_heads(site.language),
        year_path=year_path(year),
        before=_month_step(site, months[at - 1]) if at else None,
        after=_month_step(site, months[at + 1]) if at + 1 < len(months) else None,
    )
    return Written(html)


def _month_step(site: Site, month: tuple[int, int]) -> tuple[str, str]:
    return site.language.month(*month), month_path(*month)
