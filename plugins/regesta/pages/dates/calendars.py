"""A month as a calendar, with both clocks in each day: what was published then, and what speaks of it."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from regesta.model.archive import Archive
    from regesta.pages.languages.language import Language
    from regesta.pages.site import Site

__all__ = [
    "Cell",
    "Month",
    "day_path",
    "days_with_anything",
    "month_calendar",
    "month_path",
    "weekday",
    "weekday_heads",
    "year_path",
]


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
    mentions: int
    """Sentences that speak of it."""
    path: str
    """Of its page; empty where there is nothing to show."""
    label: str

    @property
    def shade(self) -> int:
        """How dark its cell is: 0, 1, 2–3, 4–7, 8 and more briefs.

        >>> [Cell(1, briefs, 0, "", "").shade for briefs in (0, 1, 2, 3, 4, 7, 8, 90)]
        [0, 1, 2, 2, 3, 3, 4, 4]
        """
        return min(self.briefs.bit_length(), 4)


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
    mentions: int
    """Sentences that speak of one of its days, or of it as a whole."""
    path: str
    """Of its page; empty where there is nothing to show."""


def days_with_anything(archive: Archive) -> tuple[tuple[int, int, int], ...]:
    """Give the days on which something was published or of which something speaks, the earliest first."""
    return tuple(sorted(archive.by_day.keys() | archive.spoken_by_day.keys()))


def month_calendar(site: Site, year: int, month: int) -> Month:
    """Lay a month out, Monday first."""
    by_day, spoken = site.archive.by_day, site.archive.spoken_by_day
    weeks = []
    mentions = len(site.archive.spoken_by_month.get((year, month), ()))
    for week in calendar.Calendar().monthdayscalendar(year, month):
        cells = []
        for day in week:
            key = (year, month, day)
            cell = _cell(site.language, key, len(by_day.get(key, ())), len(spoken.get(key, ())))
            mentions += cell.mentions
            cells.append(cell)
        weeks.append(tuple(cells))
    briefs = len(site.archive.by_month.get((year, month), ()))
    path = month_path(year, month) if briefs or mentions else ""
    language = site.language
    name, title = language.month_name(month), language.month(year, month)
    return Month(year, month, name, title, tuple(weeks), briefs, mentions, path)


def _cell(language: Language, key: tuple[int, int, int], briefs: int, mentions: int) -> Cell:
    if not briefs and not mentions:
        return Cell(key[2], 0, 0, "", "")
    said = [language.calendar.day_of_month_words(key[1], key[2])]
    said += [language.say_n("{n} published", "{n} published", briefs)] if briefs else []
    said += [language.say_n("{n} mention", "{n} mentions", mentions)] if mentions else []
    label = ", ".join(said)
    return Cell(key[2], briefs, mentions, day_path(*key), label)


def weekday_heads(language: Language) -> list[tuple[str, str]]:
    """Give the head of a calendar: each day of the week, and how it is shortened."""
    return list(zip(language.calendar.weekdays, language.calendar.short_weekdays, strict=True))


def weekday(day: tuple[int, int, int]) -> int:
    """Give the day of the week, Monday 0."""
    return date(*day).weekday()
