"""Dates in running text: a small grammar for what archives write, a library for other languages.

Nothing is made up: a day, a month or a year that the text does not write is left open.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regesta.importing.months import MONTHS
from regesta.model.dates import ArchiveDate, InvalidDate, parse_date

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FoundDate", "find_date"]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and the slice of the text that writes it."""

    date: ArchiveDate
    start: int
    end: int


_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?!\w)\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_NTH = r"(?:st|nd|rd|th|-?го|-?га|\.)?"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_TO = r"\s*(?:[-–—−]|to|bis|do|по|до|да)\s*"
_SEP = r",?\s+"

_Parts = dict[str, str]


def _iso(parts: _Parts) -> str:
    return f"{parts['y']}-{parts['m']}-{parts['d']}"


def _month(parts: _Parts, key: str = "M") -> str:
    return f"{MONTHS[parts[key].lower().rstrip('.')]:02}"


def _named(parts: _Parts) -> str:
    return f"{parts['y']}-{_month(parts)}-{int(parts['d']):02}"


def _range(parts: _Parts) -> str:
    last_month, last_year = ("N" if parts["N"] else "M"), parts["y"]
    first_year = parts["x"] or last_year
    first = f"{first_year}-{_month(parts)}-{int(parts['d']):02}"
    return f"{first}/{last_year}-{_month(parts, last_month)}-{int(parts['e']):02}"


def _numeric(parts: _Parts) -> str | None:
    day, month = int(parts["d"]), int(parts["m"])
    if parts["s"] == "/" and day <= 12 and month <= 12 and day != month:  # noqa: PLR2004 - months of the year
        return None  # 09/10/2020 is in September for some readers and in October for others
    if parts["s"] == "/" and month > 12:  # noqa: PLR2004 - months of the year
        day, month = month, day
    return f"{parts['y']}-{month:02}-{day:02}"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){text}", re.IGNORECASE)


# The first that fits wins: what says more stands above what says less.
_GRAMMAR: tuple[tuple[re.Pattern[str], Callable[[_Parts], str | None]], ...] = (
    (_pattern(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"), _iso),
    (
        _pattern(
            rf"(?P<d>{_DAY}){_NTH}(?:\s+(?P<M>{_MONTH})(?:{_SEP}(?P<x>{_YEAR}))?)?{_TO}"
            rf"(?P<e>{_DAY}){_NTH}\s+(?P<N>{_MONTH}){_SEP}(?P<y>{_YEAR})"
        ),
        lambda parts: _range({**parts, "M": parts["M"] or parts["N"]}),
    ),
    (
        _pattern(
            rf"(?P<M>{_MONTH})\s+(?P<d>{_DAY}){_NTH}(?:{_SEP}(?P<x>{_YEAR}))?{_TO}"
            rf"(?:(?P<N>{_MONTH})\s+)?(?P<e>{_DAY}){_NTH}{_SEP}(?P<y>{_YEAR})"
        ),
        _range,
    ),
    (_pattern(rf"(?P<M>{_MONTH})\s+(?:the\s+)?(?P<d>{_DAY}){_NTH}{_SEP}(?P<y>{_YEAR})"), _named),
    (_pattern(rf"(?P<d>{_DAY}){_NTH}\s+(?:of\s+)?(?P<M>{_MONTH}){_SEP}(?P<y>{_YEAR})"), _named),
    (_pattern(rf"(?P<d>\d\d?)\s?(?P<s>[./])\s?(?P<m>\d\d?)\s?(?P=s)\s?(?P<y>{_YEAR})"), _numeric),
    (_pattern(rf"(?P<M>{_MONTH}){_SEP}(?P<y>{_YEAR})"), lambda parts: f"{parts['y']}-{_month(parts)}"),
    (
        _pattern(rf"(?P<M>{_MONTH})\s+(?P<d>{_DAY})(?:st|nd|rd|th)?(?!\w)"),
        lambda parts: _named({**parts, "y": "XXXX"}),
    ),
    (
        _pattern(rf"(?P<d>{_DAY}){_NTH}\s+(?:of\s+)?(?P<M>{_MONTH})"),
        lambda parts: _named({**parts, "y": "XXXX"}),
    ),
)
_ANY_MONTH = re.compile(
    rf"(?<![\w.])(?P<d>{_DAY})\.?\s+(?:de\s+)?(?P<M>[^\W\d_]{{3,15}})\.?\s+(?:de\s+)?(?P<y>{_YEAR})"
)
_YEAR_WORD = re.compile(r"\s*(?:года|году|г\.|г(?!\w)|року|р\.|года|roku|r\.)", re.IGNORECASE)
_LONGEST_TEXT = 2000


def find_date(text: str) -> FoundDate | None:
    """Find the first date of the most telling kind; `XXXX` stands for a year that the text does not write.

    >>> str(find_date("Since September 10–15, 2020, drills").date)
    '2020-09-10/2020-09-15'
    >>> str(find_date("On 14 September they met").date)
    'XXXX-09-14'
    >>> find_date("it may take five years") is None
    True
    """
    text = text[:_LONGEST_TEXT]
    for pattern, write in _GRAMMAR:
        for match in pattern.finditer(text):
            if found := _found(text, match, write({key: value or "" for key, value in match.groupdict().items()})):
                return found
    return _in_other_languages(text)


def _found(text: str, match: re.Match[str], written: str | None) -> FoundDate | None:
    if written is None:
        return None
    try:
        date = parse_date(written)
    except InvalidDate:
        return None
    word = _YEAR_WORD.match(text, match.end()) if date.year else None
    return FoundDate(date, match.start(), word.end() if word else match.end())


def _in_other_languages(text: str) -> FoundDate | None:
    """Ask dateparser for the month's name only: day and year must be the ones that are written."""
    match = _ANY_MONTH.search(text)
    if match is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its dependencies warn about their own future
        import dateparser  # type: ignore[import-untyped]  # noqa: PLC0415 - takes 0.3 s, and only foreign datelines need it

        parsed = dateparser.parse(
            f"{match['d']} {match['M']} {match['y']}",
            settings={"REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True, "PARSERS": ["absolute-time"]},
        )
    if parsed is None or (parsed.day, parsed.year) != (int(match["d"]), int(match["y"])):
        return None
    return _found(text, match, f"{parsed.year:04}-{parsed.month:02}-{parsed.day:02}")
