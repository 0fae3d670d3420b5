"""What an archive knows of a date, in words: ISO 8601 and EDTF as a person understands them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regesta.model.dates import InvalidDate, parse_date
from regesta.pages.languages.catalogues import phrase

if TYPE_CHECKING:
    from regesta.model.dates import ArchiveDate
    from regesta.pages.languages.language import Language

__all__ = ["date_words"]

_SEASONS = (phrase("spring {year}"), phrase("summer {year}"), phrase("autumn {year}"), phrase("winter {year}"))
_SEASON = re.compile(r"(\d{4})-(2[1-9]|3[0-6]|4[01])")
"""Seasons anywhere, in the north and in the south, quarters, and half-years."""
_FIRST_SEASON, _FIRST_QUARTER, _FIRST_HALF = 21, 33, 40
_PARTS = re.compile(r"(-?)([\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?")
_SET = re.compile(r"[\[{](.*)[\]}]")


def date_words(language: Language, date: ArchiveDate) -> str:
    """Say a date with no more precision than it has."""
    if found := _SET.fullmatch(date.text):
        return _set_words(language, found[1], is_choice=date.text[0] == "[")
    if "/" in date.text:
        return _interval_words(language, *date.text.split("/", 1))
    words = _plain_words(language, date)
    if date.approximate:
        words = language.say("about {date}", date=words)
    return language.say("{date} (uncertain)", date=words) if date.uncertain else words


def _words(language: Language, text: str) -> str:
    try:
        return date_words(language, parse_date(text))
    except InvalidDate:
        return text


def _interval_words(language: Language, first: str, last: str) -> str:
    if first == "..":
        return language.say("{date} and earlier", date=_words(language, last))
    if last == "..":
        return language.say("{date} and later", date=_words(language, first))
    if not first:
        return language.say("{date}, beginning unknown", date=_words(language, last))
    if not last:
        return language.say("{date}, end unknown", date=_words(language, first))
    return language.say("{start} to {end}", start=_words(language, first), end=_words(language, last))


def _set_words(language: Language, listed: str, *, is_choice: bool) -> str:
    """Say one of several dates, or all of them."""
    words = [_item_words(language, item.strip(), is_choice=is_choice) for item in listed.split(",")]
    if len(words) == 1:
        return words[0]
    dates, final = ", ".join(words[:-1]), words[-1]
    if is_choice:
        return language.say("{dates} or {last}", dates=dates, last=final)
    return language.say("{dates} and {last}", dates=dates, last=final)


def _item_words(language: Language, item: str, *, is_choice: bool) -> str:
    first, dots, last = item.partition("..")
    if not dots:
        return _words(language, item)
    if not is_choice:
        return _interval_words(language, first or "..", last or "..")
    if not first:
        return language.say("{date} or earlier", date=_words(language, last))
    if not last:
        return language.say("{date} or later", date=_words(language, first))
    return language.say("one of {start} to {end}", start=_words(language, first), end=_words(language, last))


def _plain_words(language: Language, date: ArchiveDate) -> str:
    text = re.sub(r"[?~%]", "", date.text)
    if found := _SEASON.fullmatch(text):
        return _season_words(language, found[1], int(found[2]))
    parts = _PARTS.fullmatch(text)
    if date.time is not None or parts is None:
        return _known_words(language, date) or text.removeprefix("Y")
    if date.year is not None and (date.month is not None or date.day is None):
        return _known_words(language, date)
    before, year, month, day = parts.groups()
    named = _day_words(language, month or "", day or "", beside=date.approximate)
    said = _year_words(language, before, year)
    if not said:
        return language.say("{date}, year unknown", date=named) if named else language.say("date unknown")
    return language.say("{date}, {year}", date=named, year=said) if named else said


def _known_words(language: Language, date: ArchiveDate) -> str:
    """Say a date of which at least the year is known."""
    calendar = language.calendar
    if date.year is None:
        return ""
    if date.month is None:
        return str(date.year)
    if date.day is None:
        # What says "about" in other languages asks for the form that a month has in dates.
        return calendar.month_words(date.year, date.month, beside=date.approximate)
    return language.day(date.year, date.month, date.day)


def _season_words(language: Language, year: str, code: int) -> str:
    if code < _FIRST_QUARTER:
        return language.say(_SEASONS[(code - _FIRST_SEASON) % len(_SEASONS)], year=year)
    if code < _FIRST_HALF:
        return language.say("quarter {number} of {year}", number=code - _FIRST_QUARTER + 1, year=year)
    return language.say("half {number} of {year}", number=code - _FIRST_HALF + 1, year=year)


def _day_words(language: Language, month: str, day: str, *, beside: bool) -> str:
    """Say what is known of a day without its year."""
    calendar = language.calendar
    if month.isdigit() and day.isdigit():
        return calendar.day_of_month_words(int(month), int(day))
    if month.isdigit():
        return (calendar.months_in_dates if beside else calendar.months)[int(month) - 1]
    return language.say("day {day} of an unknown month", day=int(day)) if day.isdigit() else ""


def _year_words(language: Language, before: str, year: str) -> str:
    """Say a year, or what is known of it: its decade, its century."""
    if year.isdigit():
        # 0000 is 1 BC.
        return language.say("{year} BC", year=int(year) + 1) if before or not int(year) else str(int(year))
    if year == "XXXX":
        return ""
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if before:
        return language.say("{year} BC", year=f"{last + 1}–{first + 1}")
    if year[:3].isdigit():
        return language.say("the {decade}s", decade=first)
    return language.say("between {first} and {last}", first=first, last=last)
