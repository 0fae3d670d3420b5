"""The archive by date: years, months and days."""

from __future__ import annotations

import calendar
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.sheet import Sheet, Written
from regesta.pages.words import MONTHS, WEEKDAYS, count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.archive import Entry
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
    weeks: tuple[tuple[Cell, ...], ...]
    briefs: int
    path: str


def date_sheets(site: Site) -> Iterator[Sheet]:
    """Give the index of years, and a page for each year, month and day that has a brief."""
    archive = site.archive
    yield Sheet(
        path=_HUB,
        title="Dates",
        description=f"{site.name or 'The archive'} by year, month and day.",
        write=lambda: _write_years(site),
    )
    for year in archive.by_year:
        sheet = _sheet(year_path(year), str(year), lambda year=year: _write_year(site, year))
        yield replace(sheet, lists=lambda year=year: archive.by_year[year])  # type: ignore[misc]
    for year, month in archive.by_month:
        title = f"{MONTHS[month - 1]} {year}"
        yield _sheet(month_path(year, month), title, lambda y=year, m=month: _write_month(site, y, m))
    days = list(archive.by_day)
    for index, day in enumerate(days):
        before = days[index - 1] if index else None
        after = days[index + 1] if index + 1 < len(days) else None
        yield _sheet(
            day_path(*day),
            _day_name(*day),
            lambda day=day, before=before, after=after: _write_day(site, day, before, after),
        )


def _sheet(path: str, title: str, write: object) -> Sheet:
    return Sheet(path=path, title=title, description=f"Briefs of {title}.", hub=_HUB, write=write)  # type: ignore[arg-type]


def _day_name(year: int, month: int, day: int) -> str:
    return f"{day} {MONTHS[month - 1]} {year}"


def _month(site: Site, year: int, month: int) -> Month:
    by_day = site.archive.by_day
    weeks = []
    for week in calendar.Calendar().monthdayscalendar(year, month):
        cells = []
        for day in week:
            briefs = len(by_day.get((year, month, day), ()))
            label = f"{day} {MONTHS[month - 1]}, {count(briefs, 'brief')}" if briefs else ""
            cells.append(Cell(day, briefs, day_path(year, month, day) if briefs else "", label))
        weeks.append(tuple(cells))
    entries = len(site.archive.by_month.get((year, month), ()))
    return Month(year, month, MONTHS[month - 1], tuple(weeks), entries, month_path(year, month) if entries else "")


def _write_years(site: Site) -> Written:
    years = [
        (year, len(entries), [len(site.archive.by_month.get((year, month), ())) for month in range(1, 13)])
        for year, entries in reversed(list(site.archive.by_year.items()))
    ]
    return Written(
        site.render(
            "years.html", _HUB, years=years, months=MONTHS, undated=site.archive.undated, paths=(year_path, month_path)
        )
    )


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
        weekdays=WEEKDAYS,
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
        weekdays=WEEKDAYS,
        year_path=year_path(year),
        before=_month_step(months[at - 1]) if at else None,
        after=_month_step(months[at + 1]) if at + 1 < len(months) else None,
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
        groups.setdefault(entry.brief.publisher or "No institute named", []).append(entry)
    year, month, _ = day
    html = site.render(
        "day.html",
        day_path(*day),
        title=_day_name(*day),
        weekday=WEEKDAYS[calendar.weekday(*day)],
        groups=sorted(groups.items()),
        month_name=f"{MONTHS[month - 1]} {year}",
        month_path=month_path(year, month),
        before=_step(_day_name(*before), day_path(*before)) if before else None,
        after=_step(_day_name(*after), day_path(*after)) if after else None,
    )
    return Written(html)


def _step(words: str, path: str) -> tuple[str, str]:
    return words, path


def _month_step(month: tuple[int, int]) -> tuple[str, str]:
    return f"{MONTHS[month[1] - 1]} {month[0]}", month_path(*month)
