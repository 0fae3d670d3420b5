"""Which day the copy of a cited page should be near: that of the brief, as far as it is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regesta.model.dates import ArchiveDate

__all__ = ["BEFORE_ALL_COPIES", "memento_day"]

BEFORE_ALL_COPIES = date(1991, 1, 1)
"""The day for briefs whose year is not known: nearest to it is the earliest copy. A later one is the likelier to show
what the page has become since."""

_MIDDLE_OF_YEAR, _MIDDLE_OF_MONTH = (7, 1), 15


def memento_day(written: ArchiveDate | None) -> date:
    """Give the day under which a record keeps the copy for a brief: the brief's own, the middle of its month or year.

    >>> from regesta.model.dates import parse_date
    >>> [str(memento_day(parse_date(text))) for text in ("2020-09-09T18:00:00-04:00", "2020-09~", "2020", "XXXX-09-09")]
    ['2020-09-09', '2020-09-15', '2020-07-01', '1991-01-01']
    """
    if written is None or written.year is None:
        return BEFORE_ALL_COPIES
    if written.month is None:
        month, day = _MIDDLE_OF_YEAR
        return max(date(written.year, month, day), BEFORE_ALL_COPIES)
    return max(date(written.year, written.month, written.day or _MIDDLE_OF_MONTH), BEFORE_ALL_COPIES)
