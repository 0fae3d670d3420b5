"""How often, and over how many days, a page must be found gone before it is called so."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Confirm", "InvalidConfirm", "parse_confirm"]


class InvalidConfirm(ValueError):
    """What cannot be read as visits and days."""


class Confirm(NamedTuple):
    """What makes evidence certain: visits on so many different days, the last so many days after the first."""

    visits: int = 3
    days: int = 6

    def __str__(self) -> str:
        """Write it as people do: `3/6d`."""
        return f"{self.visits}/{self.days}d" if self.days else str(self.visits)

    def is_reached(self, visits: int, days: int) -> bool:
        """Tell whether so many visits, which span so many days, are enough."""
        return visits >= self.visits and days >= self.days

    @property
    def step(self) -> int:
        """Days to wait between two of the visits, so that the last confirms."""
        return max(1, -(-self.days // max(1, self.visits - 1)))


def parse_confirm(text: str) -> Confirm:
    """Read `3/6d`, three visits over six days, or `1`, the first visit decides; raise `InvalidConfirm`.

    >>> parse_confirm("3/6d"), parse_confirm("1")
    (Confirm(visits=3, days=6), Confirm(visits=1, days=0))
    >>> parse_confirm("1/6d")
    Traceback (most recent call last):
    regesta.auditing.recording.confirming.InvalidConfirm: One visit spans no days: '1/6d'. Write '1', or '2/6d'.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or int(found[1]) == 0:
        raise InvalidConfirm(
            "Not a number of visits, or of visits and days "
            f"(expected such as '3/6d', three visits over six days, or '1'): {text[:_SHOWN]!r}"
        )
    visits, days = int(found[1]), int(found[2] or 0)
    if visits == 1 and days:
        raise InvalidConfirm(f"One visit spans no days: {text.strip()!r}. Write '1', or '2/{days}d'.")
    return Confirm(visits, days)


_WRITTEN = re.compile(r"(\d{1,2})(?:/(\d{1,3})d)?", re.ASCII)
_SHOWN = 40
