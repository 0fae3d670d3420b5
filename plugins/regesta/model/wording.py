"""How messages are worded: days, and the values that are quoted among our own words."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

__all__ = ["MONTHS", "day_words", "nearest", "parts"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day_words(day: date) -> str:
    """Say a day.

    >>> from datetime import date
    >>> day_words(date(2026, 3, 1))
    '1 March 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


_QUOTED = re.compile(r"""(?:(?<=^)|(?<=[\s(]))(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")(?=[\s.,;:!?)]|$)""")


def parts(message: str) -> Iterator[tuple[bool, str]]:
    """Give the parts of a message in order, and of each whether it is a quoted value, then without its marks.

    >>> list(parts("Footnote '[^a]' isn't there."))
    [(False, 'Footnote '), (True, '[^a]'), (False, " isn't there.")]
    """
    at = 0
    for match in _QUOTED.finditer(message):
        if match.start() > at:
            yield False, message[at : match.start()]
        yield True, match[1] if match[1] is not None else match[2]
        at = match.end()
    if at < len(message):
        yield False, message[at:]


def nearest(asked: object, known: Iterable[object]) -> str:
    """Say which of the known words may be meant, or list them all.

    >>> nearest("sorce", ["source", "fields"]), nearest("x", ["source", "fields"])
    (" Is 'source' meant?", ' There are source, fields.')
    """
    listed = [str(word) for word in known]
    near = get_close_matches(str(asked).lower(), listed, 1, 0.5)
    return f" Is {near[0]!r} meant?" if near else f" There are {', '.join(listed) or 'none'}."
