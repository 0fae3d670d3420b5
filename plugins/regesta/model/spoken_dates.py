"""The dates that a text speaks of, read against the date of the text itself.

Only what is certain is read. A day without a year gets the nearest one and says that it was inferred; where another
year stands close by, or the nearest day is half a year off, nothing is said at all.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from regesta.model.blocks import BlockKind
from regesta.model.dates import Precision
from regesta.model.month_names import ABBREVIATIONS, MONTH_NAMES
from regesta.model.sentences import LONGEST_SENTENCE, sentence_around

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.model.blocks import Block
    from regesta.model.dates import ArchiveDate

__all__ = ["LONGEST_RANGE", "SpokenDate", "find_dates"]

LONGEST_RANGE = 31
"""Days. Of a longer range a text speaks of its first and its last day."""
_REACH = 183
"""Days, half a year: farther than this another year would be as near."""


class SpokenDate(NamedTuple):
    """A date in its sentence."""

    first: date
    last: date
    """The same day, the last of a range, or the last of the month."""
    precision: Precision
    """`DAY` or `MONTH`."""
    inferred: bool
    """Whether the text names no year, and the nearest was taken."""
    number: int
    """Of the paragraph, as its address counts."""
    start: int
    """First character, in the text of the block."""
    end: int
    text: str
    """Of the block."""
    linkable: bool
    """False in headings."""

    @property
    def spelling(self) -> str:
        """As written."""
        return self.text[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The sentence that has the date; of an endless one what stands around it.

        In a chronicle the date is a sentence of its own, and the next one says what happened.
        """
        sentence, at = sentence_around(self.text, self.start, self.end)
        if at or len(sentence) > self.end - self.start + len(":»"):
            return sentence
        stop = self.start + len(sentence)
        following = self.text[stop : stop + LONGEST_SENTENCE].lstrip()
        if not following:
            return sentence
        after = self.text.index(following[0], stop)
        return self.text[self.start : after] + sentence_around(self.text, after, after + 1)[0]

    @property
    def at(self) -> int:
        """Where the date stands in the sentence."""
        return sentence_around(self.text, self.start, self.end)[1]

    @property
    def days(self) -> tuple[date, ...]:
        """The days that the text speaks of; none where it speaks of a month."""
        if self.precision is Precision.MONTH:
            return ()
        length = (self.last - self.first).days
        if length > LONGEST_RANGE:
            return self.first, self.last
        return tuple(self.first + timedelta(days=number) for number in range(length + 1))


class _Found(NamedTuple):
    """A date as it is written, before it is read against anything."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    until: int | None = None
    """The last day of a range within the month."""
    shift: int | None = None
    """Years from the text's own: "last year" is -1."""


def find_dates(blocks: Sequence[Block], own: ArchiveDate | None) -> tuple[SpokenDate, ...]:
    """Find the dates that the blocks of a brief speak of, its notes, links and code left out."""
    anchor = _anchor(own)
    dates: list[SpokenDate] = []
    for block in blocks:
        if block.note is not None or not block.text:
            continue
        found = _search(block.text)
        if found:
            dates.extend(_Reader(block, anchor).read(found))
    return tuple(dates)


def _anchor(own: ArchiveDate | None) -> date | None:
    """Give the day against which others are read. The middle of a month is at most a fortnight off."""
    if own is None or own.year is None or own.month is None:
        return None
    return date(own.year, own.month, own.day or 15)


# Words that begin a date. Those of English and German are capitalised: "may" and "march" are other words.
_WORDS = {**ABBREVIATIONS, **MONTH_NAMES}
_PATTERNS = tuple(_WORDS)
_SEARCH = AhoCorasick(list(_PATTERNS), matchkind=MatchKind.LeftmostLongest)
_CAPITALISED = frozenset(
    "january february march april may june july august september october november december "
    "januar jänner februar feber märz mai juni juli oktober dezember".split()
) | frozenset(ABBREVIATIONS)
_ENGLISH = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"(?:st|nd|rd|th|\.|-?(?:го|га|ого|е|є|я|ше|ге|те))?"
_TO = r"\s?[–—-]\s?|\s(?:to|until|till|through|do|по|до|па|да|bis)\s(?:the\s)?"
_AND = r"\s(?:and|or|i|oraz|и|й|та|і|ды|und|або|или|lub)\s(?:the\s)?|,\s"
_BEFORE = re.compile(
    rf"(?<![\w.,:/%$€£№#+−-])(?P<days>(?:{_DAY}{_ORDINAL}(?:{_TO}|{_AND})){{0,5}}{_DAY}{_ORDINAL})"
    r"(?:\s(?:of\s)?|(?<=\.))$"
)
_AFTER = re.compile(
    rf"\.?\s(?:the\s)?(?P<days>{_DAY}(?:st|nd|rd|th)?(?:(?:{_TO}|{_AND}){_DAY}(?:st|nd|rd|th)?(?![\w%°]))*)(?![\w%°]|[.,:]\d)"
)
_YEAR = re.compile(
    r"\.?,?\s(?P<year>1[4-9]\d\d|20\d\d)(?![\w%]|[.,:]\d)(?:\s(?:r\.|г\.|р\.|года|году|року|roku|годзе))?"
)
_RELATIVE = re.compile(
    r",?\s(?:of\s)?(?:the\s)?(?:(?P<last>(?:last|previous|preceding)\syear|(?:ubiegłego|zeszłego|minionego)\sroku"
    r"|(?:прошлого|минувшего)\sгода|(?:минулого|торішнього)\sроку|мінулага\sгода|(?:vorigen|letzten)\sJahres)"
    r"|(?P<next>(?:next|following)\syear|(?:przyszłego|następnego)\sroku|(?:следующего|будущего)\sгода"
    r"|наступного\sроку|наступнага\sгода|(?:nächsten|kommenden)\sJahres)"
    r"|(?P<this>this\syear|(?:bieżącego|tego)\sroku|(?:этого|текущего)\sгода|(?:цього|поточного)\sроку"
    r"|гэтага\sгода|(?:dieses|laufenden)\sJahres)"
    r"|(?P<each>(?:every|each|any)\syear|annually|(?:każdego\sroku|co\sroku)|(?:каждого\sгода|ежегодно)"
    r"|(?:кожного\sроку|щороку)|(?:кожнага\sгода|штогод)|jedes\sJahres))(?!\w)"
)
_NUMBERS = re.compile(
    r"(?<![\w.,:/-])(?:(?P<year>1[4-9]\d\d|20\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
    r"|(?P<day_first>0?[1-9]|[12]\d|3[01])\.(?P<month_second>0?[1-9]|1[0-2])\.(?P<year_last>1[4-9]\d\d|20\d\d))"
    r"(?![\w/-]|[.:,]\d)"
)
_PART = re.compile(rf"(?P<day>\d{{1,2}}){_ORDINAL}(?P<to>{_TO})?")
_BARE_YEAR = re.compile(r"(?<![\d.,/-])(?:1[4-9]\d\d|20\d\d)(?![\d,/])")
_LEAD = 60
"""Characters before a month in which its days stand."""
_CLOSE_BY = 400
"""Characters before a date in which a year may be meant for it: two or three sentences."""


def _search(text: str) -> list[_Found]:
    lowered = text.lower()
    found: list[_Found] = []
    if len(lowered) == len(text):
        for pattern, start, end in _SEARCH.find_matches_as_indexes(lowered):
            if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalpha()):
                continue
            name = _PATTERNS[pattern]
            if name not in _CAPITALISED or text[start].isupper():
                found.extend(_around(text, name, start, end))
    if "-0" in text or "-1" in text or ".20" in text or ".1" in text:
        found.extend(map(_numbers, _NUMBERS.finditer(text)))
        found.sort()
    return found


def _numbers(match: re.Match[str]) -> _Found:
    year, month, day = (
        match.group("year", "month", "day") if match["year"] else match.group("year_last", "month_second", "day_first")
    )
    return _Found(match.start(), match.end(), int(year), int(month), int(day))


def _around(text: str, name: str, start: int, end: int) -> Iterator[_Found]:
    """Read what stands around the name of a month."""
    month = _WORDS[name]
    before = _BEFORE.search(text, max(start - _LEAD, 0), start) if start and text[start - 1] in " .\u00a0" else None
    if before is None and name in _ENGLISH and (after := _AFTER.match(text, end)) and not _is_count(text, start):
        year, shift, stop = _year(text, after.end())
        yield from _days(after["days"], _Found(start, stop, year, month, None, shift=shift))
        return
    dot = end + 1 if name in ABBREVIATIONS and text[end : end + 1] == "." else end
    year, shift, stop = _year(text, dot)
    if before is not None:
        yield from _days(before["days"], _Found(before.start(), stop, year, month, None, shift=shift))
    elif year is not None:
        yield _Found(start, stop, year, month, None)


def _is_count(text: str, start: int) -> bool:
    """Say whether a number behind the month may count something: "in September 20 people"."""
    return text[max(start - 3, 0) : start].lower() == "in " and (start < 4 or not text[start - 4].isalpha())  # noqa: PLR2004 - "in "


def _year(text: str, end: int) -> tuple[int | None, int | None, int]:
    """Give the year behind a date, or how many years from the text's own it lies, and where the date ends."""
    if found := _YEAR.match(text, end):
        return int(found["year"]), None, found.end()
    if relative := _RELATIVE.match(text, end):
        return None, {"last": -1, "next": 1, "this": 0, "each": _NEVER}[relative.lastgroup or "each"], relative.end()
    return None, None, end


_NEVER = 1 << 20
"""A shift beyond any calendar: a day of every year is none."""


def _days(written: str, like: _Found) -> Iterator[_Found]:
    """Give each day of a list, and each range, such as "1, 3 and 5–7"."""
    first: int | None = None
    for part in _PART.finditer(written):
        day = int(part["day"])
        if first is not None:
            if day > first:
                yield like._replace(day=first, until=day)
            first = None
        elif part["to"]:
            first = day
        else:
            yield like._replace(day=day)


_BETWEEN = re.compile(_TO)


class _Reader:
    """Reads the dates of one block, each against the one before, or against the brief's own."""

    def __init__(self, block: Block, anchor: date | None) -> None:
        self._block, self._anchor = block, anchor
        self._near: date | None = None
        """The last date of this block that names its year."""

    def read(self, found: list[_Found]) -> Iterator[SpokenDate]:
        index = 0
        while index < len(found):
            one = found[index]
            index += 1
            if self._block.closed and self._block.overlaps_closed(one.start, one.end):
                continue
            joined = self._joined(one, found[index]) if index < len(found) else None
            if joined is not None:
                index += 1
                yield joined
            elif (read := self._date(one)) is not None:
                yield read

    def _joined(self, one: _Found, other: _Found) -> SpokenDate | None:
        """Read "30 August – 2 September 2020" as one: its year stands at its end."""
        is_range = (
            one.end < other.start
            and one.day is not None
            and other.day is not None
            and one.until is None
            and other.until is None
            and _BETWEEN.fullmatch(self._block.text, one.end, other.start)
        )
        if not is_range or (self._block.closed and self._block.overlaps_closed(other.start, other.end)):
            return None
        last = self._date(other)
        if last is None:
            return None
        year = one.year or (last.first.year - ((one.month, one.day) > (other.month, other.day)))
        first = _day(year, one.month, one.day or 0)
        if first is None or first >= last.first:
            return None
        return last._replace(first=first, start=one.start)

    def _date(self, one: _Found) -> SpokenDate | None:
        year, inferred = one.year, False
        if year is None and one.shift is not None:
            year = self._anchor.year + one.shift if self._anchor else None
        elif year is None:
            year, inferred = self._nearest(one), True
        if year is None or not 1 <= year <= 9999:  # noqa: PLR2004 - what a calendar holds
            return None
        first = _day(year, one.month, one.day or 1)
        last = _day(year, one.month, one.until or one.day or monthrange(year, one.month)[1])
        if first is None or last is None:
            return None
        if one.year is not None:
            self._near = first
        block = self._block
        precision = Precision.MONTH if one.day is None else Precision.DAY
        return SpokenDate(
            first,
            last,
            precision,
            inferred,
            block.number,
            one.start,
            one.end,
            block.text,
            block.kind is not BlockKind.HEADING,
        )

    def _nearest(self, one: _Found) -> int | None:
        """Give the year in which a day lies nearest to the last date of the paragraph, or to the brief."""
        anchor = self._near or self._anchor
        day = one.day
        if anchor is None or day is None:
            return None
        days = (_day(anchor.year + shift, one.month, day) for shift in (-1, 0, 1))
        near = [found for found in days if found is not None and abs((found - anchor).days) <= _REACH]
        if len(near) != 1:
            return None
        # "In 2014 … on 9 May": who wrote this may mean that year.
        years = {
            int(found[0]) for found in _BARE_YEAR.finditer(self._block.text, max(one.start - _CLOSE_BY, 0), one.start)
        }
        return near[0].year if not years or years == {near[0].year} else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
