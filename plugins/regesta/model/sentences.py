"""Where one sentence ends and the next begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

__all__ = ["LONGEST_SENTENCE", "sentence_around", "sentence_at", "sentence_range", "sentence_start", "sentence_starts"]

LONGEST_SENTENCE = 2000
"""Characters of a sentence that is shown. A text without stops would be shown as often as something stands in it."""

_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+\s++")
_LAST_WORD = re.compile(r"[\w.'’-]*$")
_OPENING = "\"'“‘„«([—–-"

_ABBREVIATIONS = frozenset(
    # English, then German, Polish, Russian and Ukrainian. What stands before a name or a number, never at an end.
    "mr mrs ms dr prof gen lt col capt sgt maj brig adm rep sen gov pres rev hon st no nos vol art arts sec fig ch p "
    "pp vs cf e.g i.e al ca approx inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec "
    "bzw z.b d.h u.a nr abs str hr fr "
    "np tzn tj ul im ks gen płk ppłk mjr kpt por "
    "г гг ул им т.е т.д т.п см стр тыс млн млрд руб проф ген акад р рр вул м обл".split()
)


def sentence_starts(text: str) -> list[int]:
    """Give the character at which each sentence begins.

    >>> sentence_starts("He met Gen. Smith. The U.S. agreed.")
    [0, 19]
    """
    starts = [0]
    for match in _STOP.finditer(text):
        at = match.end()
        if at < len(text) and _begins(text, at) and not (match[0][0] == "." and _is_abbreviated(text, match.start())):
            starts.append(at)
    return starts


def sentence_at(text: str, starts: list[int], at: int) -> tuple[int, int]:
    """Give the range of the sentence in which a character stands, without the blanks around it."""
    index = bisect_right(starts, at) - 1
    start = starts[index]
    end = starts[index + 1] if index + 1 < len(starts) else len(text)
    return start, start + len(text[start:end].rstrip())


def sentence_start(text: str, at: int) -> int:
    """Give the character at which the sentence begins in which a character, or the blank behind it, stands.

    >>> sentence_start("He left. She stayed.", 8), sentence_start("He left. She stayed.", 9)
    (0, 9)
    """
    starts = _starts_of(text)
    return starts[bisect_right(starts, at) - 1]


def sentence_range(text: str, at: int) -> tuple[int, int]:
    """Give the range of the whole sentence in which a character stands, however long."""
    return sentence_at(text, _starts_of(text), at)


@lru_cache(maxsize=1024)
def sentence_around(text: str, start: int, end: int) -> tuple[str, int]:
    """Cut out the sentence of what stands from `start` to `end`, and say where in it that stands.

    Of an endless sentence it is what stands around it.

    >>> sentence_around("He left. She stayed.", 9, 12)
    ('She stayed.', 0)
    """
    first, last = sentence_at(text, _starts_of(text), start)
    last = max(last, end)
    if last - first > LONGEST_SENTENCE:
        first, last = _excerpt(text, first, last, start, end)
    return text[first:last], start - first


@lru_cache(maxsize=32768)
def _starts_of(text: str) -> list[int]:
    return sentence_starts(text)


def _excerpt(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """Cut what stands around a place out of a sentence that no reader would finish."""
    room = LONGEST_SENTENCE // 2
    if first < start - room:
        first = text.find(" ", start - room, start) + 1 or start - room
    if last > end + room:
        last = max(text.rfind(" ", end, end + room), end)
    return first, last


def _begins(text: str, at: int) -> bool:
    while at < len(text) and text[at] in _OPENING:
        at += 1
    return at < len(text) and not text[at].islower()


def _is_abbreviated(text: str, stop: int) -> bool:
    word = _LAST_WORD.search(text, max(stop - 12, 0), stop)
    before = word[0].strip("'’-") if word else ""
    if len(before) == 1:
        return before.isupper()  # an initial
    return before.lower() in _ABBREVIATIONS or ("." in before and len(before) <= len("U.S.S.R"))
