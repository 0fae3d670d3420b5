"""The archive by date: years, months and days."""

from __future__ import annotations

import calendar
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.sheet import Sheet, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from regesta.model.archive import Entry
    from regesta.pages.language import Language
    from regesta.pages.site import Site

__all__ = ["date_sheets", "day_path", "month_path", "year_path"]

_HUB = "dates/index.md"


def year_path(year: int) -> str:
    """Give the path of a year's page."""
    return f"dates/{year:04}/index.md"


def month_path(year: int, month: int) -> str:
    """Give the path of a month's page."""
    return f"dates/{year:04}/{month:02}/index.md"


def day_path(year: int, month: int, day: int) -> str:
    """Give the path of a day's page."""
    return f"dates/{year:04}/{month:02}/{day:02}/index.md"


class Cell(NamedTuple):
    """A day in a calendar."""

    day: int
    """0 outside of the month."""
    briefs: int
    path: str
    label: str

    @property
    def shade(self) -> int:
        """How dark its cell is: 0, 1, 2–3, 4–7, 8 and more briefs."""
        return self.briefs.bit_length() if self.briefs < 8 else 4  # noqa: PLR2004 - the scale


class Month(NamedTuple):
    """A month as a calendar."""

    year: int
    month: int
    name: str
    """`September`."""
    title: str
    """With its year."""
    weeks: tuple[tuple[Cell, ...], ...]
    briefs: int
    path: str


def date_sheets(site: Site) -> Iterator[Sheet]:
    """Give the index of years, and a page for each year, month and day that has a brief."""
    archive = site.archive
    yield Sheet(
        path=_HUB,
        title=site.language.say("Dates"),
        description=site.language.say(
            "{site} by year, month and day.", site=site.name or site.language.say("The archive")
        ),
        write=lambda: _write_years(site),
    )
    for year in archive.by_year:
        sheet = _sheet(site, year_path(year), str(year), partial(_write_year, site, year))
        yield replace(sheet, lists=lambda year=year: archive.by_year[year])  # type: ignore[misc]
    for year, month in archive.by_month:
        title = site.language.month(year, month)
        yield _sheet(site, month_path(year, month), title, partial(_write_month, site, year, month))
    days = list(archive.by_day)
    for index, day in enumerate(days):
        before = days[index - 1] if index else None
        after = days[index + 1] if index + 1 < len(days) else None
        yield _sheet(
            site,
            day_path(*day),
            site.language.day(*day),
            partial(_write_day, site, day, before, after),
        )


def _sheet(site: Site, path: str, title: str, write: Callable[[], Written]) -> Sheet:
    description = site.language.say("Briefs of {period}.", period=title)
    return Sheet(path=path, title=title, description=description, hub=_HUB, write=write)


def _month(site: Site, year: int, month: int) -> Month:
    by_day = site.archive.by_day
    weeks = []
    for week in calendar.Calendar().monthdayscalendar(year, month):
        cells = []
        for day in week:
            briefs = len(by_day.get((year, month, day), ()))
            label = _cell_label(site.language, month, day, briefs) if briefs else ""
            cells.append(Cell(day, briefs, day_path(year, month, day) if briefs else "", label))
        weeks.append(tuple(cells))
    entries = len(site.archive.by_month.get((year, month), ()))
    path = month_path(year, month) if entries else ""
    language = site.language
    return Month(year, month, language.month_name(month), language.month(year, month), tuple(weeks), entries, path)


def _cell_label(language: Language, month: int, day: int, briefs: int) -> str:
    date = language.calendar.day_of_month_words(month, day)
    return language.say_n("{date}, {n} brief", "{date}, {n} briefs", briefs, date=date)


def _weekdays(site: Site) -> list[tuple[str, str]]:
    """Give the head of a calendar: each day of the week, and how it is shortened."""
    return list(zip(site.language.calendar.weekdays, site.language.calendar.short_weekdays, strict=True))


def _write_years(site: Site) -> Written:
    years = [
        (year, len(entries), [len(site.archive.by_month.get((year, month), ())) for month in range(1, 13)])
        for year, entries in reversed(list(site.archive.by_year.items()))
    ]
    html = site.render(
        "years.html",
        _HUB,
        years=years,
        months=list(zip(site.language.calendar.months, site.language.calendar.short_months, strict=True)),
        undated=site.archive.undated,
        paths=(year_path, month_path),
    )
    return Written(html)


def _write_year(site: Site, year: int) -> Written:
    entries = site.archive.by_year[year]
    months = [_month(site, year, month) for month in range(1, 13)]
    unplaced = [entry for entry in entries if entry.brief.date and entry.brief.date.month is None]
    years = list(site.archive.by_year)
    at = years.index(year)
    html = site.render(
        "year.html",
        year_path(year),
        year=year,
        months=months,
        total=len(entries),
        unplaced=unplaced,
        weekdays=_weekdays(site),
        before=_step(str(years[at - 1]), year_path(years[at - 1])) if at else None,
        after=_step(str(years[at + 1]), year_path(years[at + 1])) if at + 1 < len(years) else None,
    )
    return Written(html)


def _write_month(site: Site, year: int, month: int) -> Written:
    months = list(site.archive.by_month)
    at = months.index((year, month))
    html = site.render(
        "month.html",
        month_path(year, month),
        month=_month(site, year, month),
        entries=site.archive.by_month[year, month],
        weekdays=_weekdays(site),
        year_path=year_path(year),
        before=_month_step(site, months[at - 1]) if at else None,
        after=_month_step(site, months[at + 1]) if at + 1 < len(months) else None,
    )
    return Written(html)


def _write_day(
    site: Site,
    day: tuple[int, int, int],
    before: tuple[int, int, int] | None,
    after: tuple[int, int, int] | None,
) -> Written:
    groups: dict[str, list[Entry]] = {}
    for entry in site.archive.by_day[day]:
        groups.setdefault(entry.brief.publisher or site.language.say("No institute named"), []).append(entry)
    year, month, _ = day
    html = site.render(
        "day.html",
        day_path(*day),
        title=site.language.day(*day),
        weekday=site.language.weekday(calendar.weekday(*day)),
        groups=sorted(groups.items()),
        month_name=site.language.month(year, month),
        month_path=month_path(year, month),
        before=_step(site.language.day(*before), day_path(*before)) if before else None,
        after=_step(site.language.day(*after), day_path(*after)) if after else None,
    )
    return Written(html)


def _step(words: str, path: str) -> tuple[str, str]:
    return words, path


def _month_step(site: Site, month: tuple[int, int]) -> tuple[str, str]:
    return site.language.month(*month), month_path(*month)
