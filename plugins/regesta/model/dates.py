"""Dates as an archive knows them: ISO 8601, or EDTF when less is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from functools import lru_cache

__all__ = ["ArchiveDate", "DateBasis", "InvalidDate", "Precision", "parse_date"]


class InvalidDate(ValueError):
    """A text that is no date, or a day that no calendar has."""


class Precision(IntEnum):
    """How much of a date is known."""

    NONE = 0
    YEAR = 1
    MONTH = 2
    DAY = 3
    TIME = 4


class DateBasis(StrEnum):
    """How the date of a brief is known."""

    STATED = "stated"
    INFERRED = "inferred"
    GIVEN = "given"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveDate:
    """A date, no more precise than its source."""

    text: str
    """As written: ISO 8601 or EDTF."""
    year: int | None
    """`None` when the year is not known, as in `XXXX-09-14`, or only its decade is."""
    month: int | None
    day: int | None
    time: datetime | None = None
    """The moment, when the text states one. Its zone is the written one; `None` inside when none is written."""
    approximate: bool = False
    """Marked `~` or `%` in EDTF."""
    uncertain: bool = False
    """Marked `?` or `%` in EDTF."""
    until: date | None = None
    """The last day of an interval."""

    @property
    def precision(self) -> Precision:
        """What is known without a gap from the year down: `XXXX-09-14` has no precision."""
        if self.year is None:
            return Precision.NONE
        if self.month is None:
            return Precision.YEAR
        if self.day is None:
            return Precision.MONTH
        return Precision.DAY if self.time is None else Precision.TIME

    @property
    def sort_key(self) -> tuple[int, int, int, str]:
        """Orders by what is known; a month comes before its days, an unknown year before all others."""
        clock = self.time.strftime("%H%M%S") if self.time else ""
        return (self.year or 0, self.month or 0, self.day or 0, clock)

    @property
    def is_extended(self) -> bool:
        """Whether more is said than a year, a month or a day: a doubt, an interval, a season, a gap."""
        is_doubtful = self.approximate or self.uncertain or self.precision is Precision.NONE
        return is_doubtful or self.until is not None or "/" in self.text

    @property
    def ends(self) -> tuple[ArchiveDate, ArchiveDate] | None:
        """Both ends of an interval, each as precise as it is written; nothing of what is none, or is open.

        >>> [end.month for end in parse_date("2021-03/2021-05-28").ends]
        [3, 5]
        """
        first, stroke, last = self.text.partition("/")
        if not stroke:
            return None
        try:
            return parse_date(first), parse_date(last)
        except InvalidDate:
            return None

    @property
    def first_day(self) -> date | None:
        """The day, when one is known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def __str__(self) -> str:
        """Give the date as written."""
        return self.text


_PLAIN = re.compile(
    r"(?P<year>\d{4}|[X\d]{3}X)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<mark>[~?%])?", re.ASCII
)
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<clock>\d\d:\d\d(?::\d\d)?)\s?(?P<zone>Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_SEASON = re.compile(r"\d{4}-(?:2[1-9]|3\d|4[01])", re.ASCII)
_LONGEST = 80


@lru_cache(maxsize=65536)
def parse_date(text: str) -> ArchiveDate:
    """Read an ISO 8601 date or moment, or an EDTF date; raise `InvalidDate` for anything else.

    >>> parse_date("2020-09").precision.name
    'MONTH'
    >>> parse_date("XXXX-09-14").day
    14
    >>> parse_date("2020-02-30")
    Traceback (most recent call last):
    regesta.model.dates.InvalidDate: No such day: '2020-02-30'
    """
    text = text.strip()
    if match := _PLAIN.fullmatch(text):
        return _plain(text, match)
    if match := _MOMENT.fullmatch(text):
        return _moment(text, match)
    return _extended(text)


def _plain(text: str, match: re.Match[str]) -> ArchiveDate:
    year, month, day = (int(part) if part and part.isdigit() else None for part in match.group("year", "month", "day"))
    mark = match["mark"] or ""
    if month is not None and not 1 <= month <= 12:  # noqa: PLR2004 - months of the year
        return _extended(text)  # 2020-21 is a season
    _require_day(text, year, month, day)
    return ArchiveDate(
        text=text, year=year, month=month, day=day, approximate=mark in {"~", "%"}, uncertain=mark in {"?", "%"}
    )


def _require_day(text: str, year: int | None, month: int | None, day: int | None) -> None:
    if year == 0:
        raise InvalidDate(f"No such year: {text!r}")
    if day is not None:
        try:
            # 2000 stands for an unknown year: it has a 29 February.
            date(2000 if year is None else year, month or 1, day)
        except ValueError as error:
            raise InvalidDate(f"No such day: {text!r}") from error


def _moment(text: str, match: re.Match[str]) -> ArchiveDate:
    zone = match["zone"] or ""
    if zone not in {"", "Z"} and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    try:
        moment = datetime.fromisoformat(f"{match['day']}T{match['clock']}{zone}")
    except ValueError as error:
        raise InvalidDate(f"No such moment: {text!r}") from error
    return ArchiveDate(text=text, year=moment.year, month=moment.month, day=moment.day, time=moment)


def _extended(text: str) -> ArchiveDate:
    """Read the rest of EDTF with its library, which takes about 60 ms to load: most archives never need it."""
    if not text or len(text) > _LONGEST:
        raise InvalidDate(f"Not a date (expected ISO or EDTF): {text[:_LONGEST]!r}")
    from edtf import EDTFParseException, parse_edtf  # noqa: PLC0415 - see above

    try:
        known = parse_edtf(text)
        lower, upper = known.lower_strict(), known.upper_strict()
    except (EDTFParseException, ValueError, OverflowError, AttributeError, TypeError) as error:
        raise InvalidDate(f"Not a date (expected ISO or EDTF): {text!r}") from error
    # The library puts an end that is not known ten years off.
    start = None if text.startswith("/") else _calendar_day(lower)
    end = None if text.endswith("/") else _calendar_day(upper)
    # Its winter is a December.
    is_month = start and end and (start.year, start.month) == (end.year, end.month) and not _SEASON.match(text)
    return ArchiveDate(
        text=text,
        year=start.year if start else None,
        month=start.month if start and is_month else None,
        day=start.day if start and start == end else None,
        approximate=bool(re.search(r"[~%]", text)),
        uncertain=bool(re.search(r"[?%]", text)),
        until=end,
    )


def _calendar_day(moment: object) -> date | None:
    try:
        return date(*tuple(moment)[:3])  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None  # an open end is a float, infinity
