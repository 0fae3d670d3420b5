"""How dates and counts read in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from regesta.model.dates import DateBasis, Precision
from regesta.model.wording import MONTHS
from regesta.pages.html import attribute, text

if TYPE_CHECKING:
    from regesta.model.briefs import Brief
    from regesta.model.dates import ArchiveDate

__all__ = ["MONTHS", "WEEKDAYS", "count", "date_time", "date_words", "known_how"]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def date_words(date: ArchiveDate | None) -> str:
    """Say a date with no more precision than it has.

    >>> from regesta.model.dates import parse_date
    >>> date_words(parse_date("2020-09")), date_words(parse_date("XXXX-09-14")), date_words(parse_date("2022-03~"))
    ('September 2020', '14 September, year unknown', 'about March 2022')
    """
    if date is None:
        return "undated"
    month = MONTHS[date.month - 1] if date.month else ""
    parts = [str(date.day) if date.day else "", month, str(date.year) if date.year else ""]
    words = " ".join(part for part in parts if part)
    if not words:
        return date.text
    if date.year is None:
        words += ", year unknown"
    if date.until is not None and date.precision < Precision.TIME and "/" in date.text:
        words = " to ".join(_interval_end(end) for end in date.text.split("/"))
    elif date.precision is Precision.YEAR and date.text[:4] != date.text.rstrip("~?%"):
        words = f"{words} ({date.text})"  # a season or a decade: EDTF says it best
    return f"{'about ' if date.approximate else ''}{words}{' (uncertain)' if date.uncertain else ''}"


def _interval_end(text: str) -> str:
    from regesta.model.dates import InvalidDate, parse_date  # noqa: PLC0415 - only intervals need it

    try:
        return date_words(parse_date(text))
    except InvalidDate:
        return "…"


def date_time(date: ArchiveDate | None) -> Markup:
    """Write a date as a `<time>` element."""
    words = text(date_words(date))
    if date is None or date.precision is Precision.NONE:
        return Markup(words)  # noqa: S704 - escaped above
    parts = (f"{date.year:04}", f"{date.month:02}" if date.month else "", f"{date.day:02}" if date.day else "")
    stamp = date.time.isoformat() if date.time else "-".join(part for part in parts if part)
    return Markup(f'<time datetime="{attribute(stamp)}">{words}</time>')  # noqa: S704 - escaped above


def known_how(brief: Brief) -> str:
    """Say how the date of a brief is known, where that is not plain."""
    note = brief.date_note.rstrip(".")
    if brief.date is None:
        return note or "the document states no date"
    if brief.date_basis is DateBasis.INFERRED:
        return f"inferred: {note}" if note else "inferred"
    if brief.date_basis is DateBasis.GIVEN:
        return f"given by the archive: {note}" if note else "given by the archive"
    return note


def count(number: int, one: str, many: str = "") -> str:
    """Say how many.

    >>> count(1, "brief"), count(2100, "brief")
    ('1 brief', '2,100 briefs')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
