"""How a language writes days, months and numbers, as the Unicode CLDR knows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from regesta.model.wording import MONTHS

__all__ = ["ENGLISH_CALENDAR", "CalendarWords", "calendar_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWords:
    """The words and patterns of a language's calendar. A pattern names its parts as CLDR does, in braces."""

    months: tuple[str, ...]
    """From January on, as a heading says them: `wrzesień`."""
    months_in_dates: tuple[str, ...]
    """As they stand beside a day: `września`."""
    short_months: tuple[str, ...]
    """As the head of a table says them: `Sep`."""
    weekdays: tuple[str, ...]
    """From Monday on."""
    short_weekdays: tuple[str, ...]
    """As the head of a calendar says them: `Mo`."""
    day: str
    """`{d} {MMMM} {y}`: a whole date."""
    day_of_month: str
    """`{d} {MMMM}`: one whose year is not known."""
    month: str
    """`{LLLL} {y}`: a month by itself."""

    def day_words(self, year: int, month: int, day: int) -> str:
        """Say a day.

        >>> ENGLISH_CALENDAR.day_words(2020, 9, 14)
        '14 September 2020'
        """
        return self._fill(self.day, year, month, day)

    def day_of_month_words(self, month: int, day: int) -> str:
        """Say a day of some year."""
        return self._fill(self.day_of_month, 0, month, day)

    def month_words(self, year: int, month: int, *, beside: bool = False) -> str:
        """Say a month; `beside` another word the month takes the form that it has in dates: `września 2020`."""
        return self._fill(self.month.replace("L", "M") if beside else self.month, year, month, 0)

    def _fill(self, pattern: str, year: int, month: int, day: int) -> str:
        return pattern.format(
            y=year,
            d=day,
            dd=f"{day:02}",
            M=month,
            MM=f"{month:02}",
            L=month,
            LL=f"{month:02}",
            MMMM=self.months_in_dates[month - 1],
            LLLL=self.months[month - 1],
        )


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Written out, so that a site in English need not load CLDR: that takes 60 ms. A test compares.
ENGLISH_CALENDAR = CalendarWords(
    months=MONTHS,
    months_in_dates=MONTHS,
    short_months=tuple(month[:3] for month in MONTHS),
    weekdays=_WEEKDAYS,
    short_weekdays=tuple(day[:2] for day in _WEEKDAYS),
    day="{d} {MMMM} {y}",
    day_of_month="{d} {MMMM}",
    month="{MMMM} {y}",
)


@lru_cache(maxsize=32)
def calendar_words(tag: str) -> CalendarWords:
    r"""Take the words and patterns of a language from CLDR.

    >>> calendar_words("ru").day_words(2020, 9, 14)
    '14 сентября 2020\u202fг.'
    >>> calendar_words("pl").month_words(2020, 9), calendar_words("pl").month_words(2020, 9, beside=True)
    ('wrzesień 2020', 'września 2020')
    """
    from babel import Locale  # noqa: PLC0415 - a site in English does without

    locale = Locale.parse(tag, sep="-")
    skeletons = locale.datetime_skeletons
    standing, beside = locale.months["stand-alone"]["wide"], locale.months["format"]["wide"]
    days = locale.days["stand-alone"]
    numbers = range(1, 13)
    return CalendarWords(
        months=tuple(standing[number] for number in numbers),
        months_in_dates=tuple(beside[number] for number in numbers),
        short_months=tuple(locale.months["stand-alone"]["abbreviated"][number] for number in numbers),
        weekdays=tuple(days["wide"][number] for number in range(7)),
        short_weekdays=tuple(days.get("short", days["abbreviated"])[number] for number in range(7)),
        day=_pattern(locale.date_formats["long"].pattern),
        day_of_month=_pattern(skeletons.get("MMMMd", locale.date_formats["long"]).pattern),
        month=_pattern(skeletons["yMMMM"].pattern),
    )


_PART = re.compile(r"'((?:[^']|'')*)'|(y+|d{1,2}|M{1,4}|L{1,4})|([^'])")


def _pattern(cldr: str) -> str:
    """Write a pattern of CLDR with its parts in braces.

    >>> _pattern("d MMMM y 'г'.")
    '{d} {MMMM} {y} г.'
    """

    def part(match: re.Match[str]) -> str:
        quoted, name, other = match.groups()
        if name:
            # A month that CLDR shortens to three letters is written out, and a year is never cut.
            short = {"MMM": "MMMM", "LLL": "LLLL"}
            return "{" + ("y" if name[0] == "y" else short.get(name, name)) + "}"
        plain = (quoted.replace("''", "'") or "'") if quoted is not None else other
        return str(plain.replace("{", "{{").replace("}", "}}"))

    return _PART.sub(part, cldr)
