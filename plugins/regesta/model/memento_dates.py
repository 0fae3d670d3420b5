"""Which day the copy of a cited page should be near: that of the brief, as far as it is known."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from regesta.model.dates import Precision

if TYPE_CHECKING:
    from regesta.model.dates import ArchiveDate

__all__ = ["UNDATED", "memento_key", "wanted_moment"]

UNDATED = "undated"
"""The key of briefs whose year is not known."""


def memento_key(written: ArchiveDate | None) -> str:
    """Give the key under which a record keeps the copy for a brief: its day, month or year, as far as it is known.

    >>> from regesta.model.dates import parse_date
    >>> memento_key(parse_date("2020-09-09T18:00:00-04:00")), memento_key(parse_date("2020-09~")), memento_key(None)
    ('2020-09-09', '2020-09', 'undated')
    """
    if written is None or written.year is None:
        return UNDATED
    parts = [f"{written.year:04}"]
    if written.precision >= Precision.MONTH:
        parts.append(f"{written.month:02}")
    if written.precision >= Precision.DAY:
        parts.append(f"{written.day:02}")
    return "-".join(parts)


def wanted_moment(key: str) -> datetime | None:
    """Give the moment that a copy should be nearest to: noon of the day, the middle of a month or of a year.

    None for what is undated: its earliest copy is wanted, since what a page became later is the likelier to be
    something else. Any other text is a `ValueError`.

    >>> wanted_moment("2020-02").isoformat(), wanted_moment("2020").date().isoformat(), wanted_moment("undated")
    ('2020-02-15T12:00:00+00:00', '2020-07-01', None)
    """
    if key == UNDATED:
        return None
    match = _KEY.fullmatch(key)
    if not match:
        raise ValueError(f"Not a key of mementos (expected YYYY, YYYY-MM, YYYY-MM-DD or 'undated'): {key!r}")
    year, month, day = match.groups()
    middle = date(int(year), int(month or 7), int(day or (15 if month else 1)))
    return datetime.combine(middle, time(12), UTC)


_KEY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
