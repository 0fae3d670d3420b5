"""The dates that a text speaks of, read against the date of the text itself.

Only what is certain is read. A year that is stated counts for each date of its range or list: "between 9 May and 3
June 2023". A day without a year gets the nearest one and says that it was inferred; where another year stands close
by, or the nearest day is half a year off, nothing is said at all. No date is read before 1400: no page can say its
day of the week, and a number may count something.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from regesta.model.blocks import BlockKind
from regesta.model.dates import Precision
from regesta.model.month_names import ABBREVIATIONS, MONTH_NAMES
from regesta.model.sentences import LONGEST_SENTENCE, sentence_around, sentence_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.model.blocks import Block
    from regesta.model.dates import ArchiveDate

__all__ = ["LONGEST_RANGE", "SpokenDate", "date_ranges", "find_dates"]

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
    """Years from the text's own: "last year" is -1; `_NEVER` where no calendar has the date."""


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


def date_ranges(text: str) -> list[tuple[int, int]]:
    """Give the ranges of characters that are written as dates, whatever their year, in order.

    A name of a month stands in one beside a day or a year, and behind a word such as "since".

    >>> [("In May 2024 May met May.")[start:end] for start, end in date_ranges("In May 2024 May met May.")]
    ['In May 2024']
    """
    found = _search(text)
    links = _links(text, found)
    dated = [one.day is not None or one.year is not None for one in found]
    for index in range(len(found) - 2, -1, -1):
        dated[index] = dated[index] or (links[index] is not None and dated[index + 1])
    ranges = [(one.start, one.end) for one, is_dated in zip(found, dated, strict=True) if is_dated]
    ranges += [match.span() for match in _IN_MONTH.finditer(text)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


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
_ENGLISH_ALONE = frozenset("january february march may june july october december".split())
_ENGLISH = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"(?:st|nd|rd|th|\.|-?(?:го|га|ого|е|є|я|ше|ге|те))?"
_TO = r"\s?[–—-]\s?|\s(?:to|until|till|through|do|по|до|па|да|bis)\s(?:the\s)?"
_AND = r"\s(?:and|or|&|i|oraz|и|й|та|і|ды|und|або|или|lub)\s(?:the\s)?|,\s|\s?/\s?"
_OVER = r"\s(?:na|на|auf)\s(?:den\s)?"
"""The night from one day to the next: "z 1 na 2 maja"."""
_BETWEEN = r"\s(?:and|a|i|и|й|і|та|und)\s(?:the\s|dem\s)?"
"""What stands between the two ends behind "between"."""
_BEFORE = re.compile(
    rf"(?:(?<![\w.,:/%$€£№#+−-])|(?<=\d{{4}}-))(?P<days>(?:{_DAY}{_ORDINAL}(?:{_TO}|{_AND}|{_OVER}|\sa\s)){{0,5}}{_DAY}{_ORDINAL})"
    r"(?:\s(?:of\s)?|(?<=\.))$"
)
_AFTER = re.compile(
    rf"\.?\s(?:the\s)?(?P<days>{_DAY}(?:st|nd|rd|th)?(?:(?:{_TO}|{_AND}){_DAY}(?:st|nd|rd|th)?(?![\w%°]))*)(?![\w%°]|[.,:]\d)"
)
_BC = (
    r"(?:B\.?\s?C\.?(?:\s?E\.?)?|a\.\s?C\.|(?:до|да)\s(?:н\.?\s?[эе]\.?|Р\.?\s?Х\.?|нашей\sэры|нашої\sери|нашай\sэры)"
    r"|p\.\s?n\.\s?e\.?|przed\s(?:Chr\.?|Chrystusem|naszą\serą)|v\.\s?Chr\.?|vor\sChr(?:istus|isti\sGeburt|\.)|v\.\s?u\.\s?Z\.?)(?!\w)"
)
_AD = (
    r"(?:A\.?\s?D\.?|C\.?\s?E\.?|н\.?\s?[эе]\.|нашей\sэры|нашої\sери|нашай\sэры|n\.\s?e\.|naszej\sery|n\.\s?Chr\.?"
    r"|nach\sChr(?:istus|isti\sGeburt|\.)|u\.\s?Z\.)(?!\w)"
)
_YEAR_WORD = r"(?:r\.|г\.|р\.|года|году|року|році|роки|roku|годзе)"
_YEAR = re.compile(
    r"(?:\.?,?\s|\.?,?\s?(?P<open>[(\[]))(?:(?:of|in|im\sJahre?|des\sJahres|w|we|в|во|у|ў|roku|anno|AD|A\.D\.)\s)?"
    rf"(?P<year>1[4-9]\d\d|20\d\d)(?![\w%]|[.,:]\d)(?:\s{_YEAR_WORD})?(?:\s{_AD})?(?P<close>(?(open)[)\]])|)"
)
_ODD_YEAR = re.compile(
    r"\.?,?\s?[(\[]?(?:(?:of|in|im\sJahre?|w|we|в|во|у|ў|roku|anno|AD|A\.D\.)\s)?"
    rf"(?:(?<=[\s(\[])['’]\d\d(?!\w)|(?<!\d)\d{{3,}}(?![\w%]|[.,:]\d)|(?<!\d)\d{{1,4}}(?:\s{_YEAR_WORD})?\s(?:{_BC}|{_AD})"
    rf"|(?<!\d)\d{{1,2}}(?=[.;)](?!\d)|$)|(?<!\d)\d{{1,4}}\s{_YEAR_WORD}|(?<=AD\s)\d|(?<=A\.D\.\s)\d)"
)
"""What stands behind a date and is no year that this reads, or may count something: "1066", "’23", "44 BC"."""
_NO_YEAR = re.compile(
    rf"\s?(?:{_BC}|(?:of\s(?:the|his|her|its|their|them)|more|other|new|armed|young|local)\b"
    r"|(?:people|persons?|soldiers|troops|men|women|children|workers|dockers|miners|students|protesters|demonstrators"
    r"|refugees|migrants|prisoners|houses|homes|ships|boats|cars|tanks|drones|rockets|missiles|tons|tonnes|km|kilomet(?:re|er)s"
    r"|met(?:re|er)s|miles|euros?|dollars|pounds|roubles|rubles|times|cases|deaths|visitors|copies|osób|ludzi|żołnierzy"
    r"|robotników|uchodźców|złotych|razy|ton|человек|людей|солдат|рублей|тонн|раз|беженцев|осіб|гривень|солдатів|разів"
    r"|чалавек|рублёў|асоб|Menschen|Personen|Soldaten|Arbeiter|Tonnen|Euro|Mal|Kilometer|Meter)(?!\w))"
)
"""What says that the number before it is no year of this calendar, or counts something."""
_RELATIVE = re.compile(
    r",?\s(?:of\s)?(?:the\s)?(?:(?P<last>(?:last|previous|preceding)\syear|(?:ubiegłego|zeszłego|minionego)\sroku"
    r"|(?:прошлого|минувшего)\sгода|(?:минулого|торішнього)\sроку|мінулага\sгода|(?:vorigen|letzten)\sJahres)"
    r"|(?P<next>(?:next|following)\syear|(?:przyszłego|następnego)\sroku|(?:следующего|будущего)\sгода"
    r"|наступного\sроку|наступнага\sгода|(?:nächsten|kommenden)\sJahres)"
    r"|(?P<this>this\syear|(?:bieżącego|tego)\sroku|(?:этого|текущего)\sгода|(?:цього|поточного)\sроку"
    r"|гэтага\sгода|(?:dieses|laufenden)\sJahres)"
    r"|(?P<each>(?:every|each|any|that|the\ssame|same)\syear|annually|(?:każdego\sroku|co\sroku)|(?:каждого\sгода|ежегодно)"
    r"|(?:кожного\sроку|щороку)|(?:кожнага\sгода|штогод)|jedes\sJahres|tego\ssamego\sroku|того\sже\sгода|того\sж\sроку|таго\sж\sгода|desselben\sJahres))(?!\w)"
)
_NUMBERS = re.compile(
    r"(?<![\w.,:/-])(?:(?P<year>1[4-9]\d\d|20\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
    r"|(?P<day_first>0?[1-9]|[12]\d|3[01])\.(?P<month_second>0?[1-9]|1[0-2])\.(?P<year_last>1[4-9]\d\d|20\d\d))"
    rf"(?![\w/-]|[.:,]\d|(?:\s{_YEAR_WORD})?\s{_BC})"
)
_PART = re.compile(rf"(?P<day>\d{{1,2}}){_ORDINAL}(?:(?P<to>{_TO})|(?P<between>{_BETWEEN}))?")
_BARE_YEAR = re.compile(r"(?<![\d.,/-])(?:1[4-9]\d\d|20\d\d)(?!\d|,\d)")
_OLD_YEAR = re.compile(
    rf"\d\s(?:{_YEAR_WORD}\s)?(?:{_BC}|{_AD})|(?<!\w)(?:[Ii]n|[Yy]ear|Jahre?|[Aa]nno|AD|A\.D\.|[Ww]e?|[Rr]oku|[ВвУуЎў]|[Вв]о|году|годзе|році)"
    r"\s(?:[1-9]\d{2}|1[0-3]\d\d)(?![\w%]|[.,:]\d)|(?<!\w)['’]\d\d(?!\w)|(?<!\w)(?:\d\d?th|\d\d?[.-]?\S?\S?|[XVI]+\.?)\s"
    r"(?:century|wieku|века|веке|століття|столітті|стагоддзя|стагоддзі|Jahrhunderts?)(?!\w)"
)
"""A year in a sentence that is no year of this calendar's pages, or may be one."""
_LEAD = 60
"""Characters before a month in which its days stand."""
_CLOSE_BY = 400
"""Characters beside a date in which a year may be meant for it: two or three sentences."""
_OVER_NEW_YEAR = 62
"""Days. A list whose dates go back by more may not be in order of time: whose year it states is not certain."""

_WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|poniedział(?:ek|ku)|wtor(?:ek|ku)|środ[ayęą]|czwart(?:ek|ku)"
    r"|piąt(?:ek|ku)|sobot[ayęą]|niedziel[aięą]|понедельник[аом]?|вторник[аом]?|сред[аыуой]|четверг[аом]?|пятниц[аыуей]"
    r"|суббот[аыуой]|воскресень[ея]|понеділ(?:ок|ка)|вівтор(?:ок|ка)|серед[аиу]|четвер(?:га)?|п['’]ятниц[яіію]"
    r"|субот[аиуы]|неділ[яіію]|панядзел(?:ак|ка)|аўтор(?:ак|ка)|серад[аыу]|чацв[ея]р(?:га)?|пятніц[аыу]|нядзел[яіюі]"
    r"|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch)[,]?\s"
)
_PLACED = rf"(?:(?:on|the|since|in|am|den|dem|zum|im|w|we|в|во|у|ў)\s){{0,2}}(?:{_WEEKDAY})?"
"""What may stand before the second date of a range or list."""
_RANGE_LINK = re.compile(
    rf",?(?:\s?[–—-]\s?|\s(?:(?:up\s)?to|until|till|through|thru|do|aż\sdo|по|до|па|да|bis)\s){_PLACED}"
)
_BETWEEN_LINK = re.compile(rf",?{_BETWEEN}{_PLACED}")
_LIST_LINK = re.compile(
    rf"(?:,?\s(?:and|or|&|i|oraz|a|и|й|та|і|ды|und|sowie|або|или|lub|albo|bądź|либо|ці|альбо|oder)\s(?:(?:then|again|also)\s)?"
    rf"|,\s|\s?/\s?|{_OVER}){_PLACED}"
)
_BETWEEN_LEAD = re.compile(
    rf"(?<!\w)(?:between|między|pomiędzy|между|меж|між|поміж|межи|паміж|між|zwischen)\s{_PLACED}$", re.IGNORECASE
)
_IN_MONTH = re.compile(
    r"(?<!\w)(?:in|since|until|till|during|throughout|early|late|mid|last|next|this|every|each|im|seit|bis|Anfang|Mitte"
    r"|Ende|w|we|в|во|у|ў)[\s-]"
    rf"(?:{'|'.join(sorted((name for name in _WORDS), key=lambda name: (-len(name), name)))})(?![\w'’-])",
    re.IGNORECASE,
)
"""A month that is none of those dates that are read, and yet no person of that name."""


def _search(text: str) -> list[_Found]:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text.replace("İ", "I").lower()  # the one letter whose lower case is longer
    found: list[_Found] = []
    for pattern, start, end in _SEARCH.find_matches_as_indexes(lowered):
        if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalpha()):
            continue
        name = _PATTERNS[pattern]
        if name not in _CAPITALISED or text[start].isupper():
            found.extend(_around(text, name, start, end))
    if "-0" in text or "-1" in text or ".20" in text or ".1" in text:
        found.extend(map(_numbers, _NUMBERS.finditer(text)))
        found.sort(key=lambda one: (one.start, one.end))
    return found


def _numbers(match: re.Match[str]) -> _Found:
    year, month, day = (
        match.group("year", "month", "day") if match["year"] else match.group("year_last", "month_second", "day_first")
    )
    return _Found(match.start(), match.end(), int(year), int(month), int(day))


def _around(text: str, name: str, start: int, end: int) -> Iterator[_Found]:
    """Read what stands around the name of a month; a month by itself may belong to a range of months."""
    month = _WORDS[name]
    before = _BEFORE.search(text, max(start - _LEAD, 0), start) if start and text[start - 1] in " .\u00a0" else None
    if before is None and name in _ENGLISH and (after := _AFTER.match(text, end)) and not _is_count(text, start):
        year, shift, stop = _year(text, after.end())
        is_between = _BETWEEN_LEAD.search(text, max(start - _LEAD, 0), start) is not None
        yield from _days(after["days"], _Found(start, stop, year, month, None, shift=shift), is_between=is_between)
        return
    dot = end + 1 if name in ABBREVIATIONS and text[end : end + 1] == "." else end
    year, shift, stop = _year(text, dot)
    if before is None:
        yield _Found(start, stop, year, month, None, shift=shift)
        return
    if year is None and shift is None and name in _ENGLISH_ALONE and before["days"].endswith("."):
        return  # "He had room 3. May came later."
    at = before.start()
    is_between = _BETWEEN_LEAD.search(text, max(at - _LEAD, 0), at) is not None
    yield from _days(before["days"], _Found(at, stop, year, month, None, shift=shift), is_between=is_between)


def _is_count(text: str, start: int) -> bool:
    """Say whether a number behind the month may count something: "in September 20 people"."""
    return text[max(start - 3, 0) : start].lower() == "in " and (start < 4 or not text[start - 4].isalpha())  # noqa: PLR2004 - "in "


def _year(text: str, end: int) -> tuple[int | None, int | None, int]:
    """Give the year behind a date, or how many years from the text's own it lies, and where the date ends."""
    if found := _YEAR.match(text, end):
        if _NO_YEAR.match(text, found.end()):
            return None, _NEVER, end
        is_whole = found["open"] is None or found["close"]
        return int(found["year"]), None, found.end() if is_whole else end
    if relative := _RELATIVE.match(text, end):
        return None, {"last": -1, "next": 1, "this": 0, "each": _NEVER}[relative.lastgroup or "each"], relative.end()
    return None, _NEVER if _ODD_YEAR.match(text, end) else None, end


_NEVER = 1 << 20
"""A shift beyond any calendar: a day of every year is none."""


def _days(written: str, like: _Found, *, is_between: bool) -> Iterator[_Found]:
    """Give each day of a list, and each range, such as "1, 3 and 5–7", or "9 and 12" behind "between"."""
    first: int | None = None
    for part in _PART.finditer(written):
        day = int(part["day"])
        if first is not None:
            if day > first:
                yield like._replace(day=first, until=day)
            first = None
        elif part["to"] or (part["between"] and is_between):
            first = day
        else:
            yield like._replace(day=day)


class _Link(Enum):
    """What joins a date to the next one."""

    RANGE = "range"
    LIST = "list"


class _Reader:
    """Reads the dates of one block: each with the year that its range or list states, or near another date."""

    def __init__(self, block: Block, anchor: date | None) -> None:
        self._block, self._anchor = block, anchor
        self._near: date | None = None
        """The last date of this block that names its year."""

    def read(self, found: list[_Found]) -> Iterator[SpokenDate]:
        block = self._block
        if block.closed:
            found = [one for one in found if not block.overlaps_closed(one.start, one.end)]
        links = _links(block.text, found)
        years = self._years(found, links)
        index = 0
        while index < len(found):
            one, year = found[index], years[index]
            if index < len(links) and links[index] is _Link.RANGE:
                joined = self._joined(one, year, found[index + 1], years[index + 1])
                if joined is not None:
                    index += 2
                    yield joined
                    continue
            index += 1
            if (read := self._date(one, year)) is not None:
                yield read

    def _years(self, found: list[_Found], links: list[_Link | None]) -> list[int | None]:
        """Give the year that is stated for each date, by itself or by the range or list that it stands in.

        0 stands for a year that is stated, or may be, and is not known.
        """
        years = [self._stated(one) for one in found]
        for index in range(len(found) - 2, -1, -1):
            if years[index] is None and (link := links[index]) and (later := years[index + 1]) is not None:
                years[index] = later and _year_before(found[index], found[index + 1], later, link)
        for index in range(1, len(found)):
            if years[index] is None and links[index - 1] is _Link.RANGE and (earlier := years[index - 1]):
                years[index] = earlier + (_place(found[index]) <= _place(found[index - 1]))
        return years

    def _stated(self, one: _Found) -> int | None:
        if one.shift is None:
            return one.year
        return self._anchor.year + one.shift if self._anchor and one.shift != _NEVER else 0

    def _joined(self, one: _Found, year: int | None, other: _Found, other_year: int | None) -> SpokenDate | None:
        """Read "30 August – 2 September 2020" as one."""
        if one.day is None or other.day is None or one.until is not None or other.until is not None:
            return None
        last = self._date(other, other_year)
        if last is None:
            return None
        if year is None:
            year = last.first.year - (_place(one) > _place(other))
        first = _day(year, one.month, one.day)
        if first is None or first >= last.first:
            return None
        return last._replace(first=first, start=one.start)

    def _date(self, one: _Found, year: int | None) -> SpokenDate | None:
        inferred = year is None
        if year is None:
            year = self._nearest(one)
        if year is None or not 1 <= year <= 9999:  # noqa: PLR2004 - what a calendar holds
            return None
        first = _day(year, one.month, one.day or 1)
        last = _day(year, one.month, one.until or one.day or monthrange(year, one.month)[1])
        if first is None or last is None:
            return None
        if not inferred and one.shift is None:
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
        # "In 2014 … on 9 May": who wrote this may mean that year, and so may who names it later in the sentence.
        text, (start, end) = self._block.text, sentence_range(self._block.text, one.start)
        first, last = max(one.start - _CLOSE_BY, 0), min(end, one.end + _CLOSE_BY)
        years = {int(found[0]) for found in _BARE_YEAR.finditer(text, first, last)}
        if (years and years != {near[0].year}) or _OLD_YEAR.search(text, max(start, first), last):
            return None
        return near[0].year


def _links(text: str, found: list[_Found]) -> list[_Link | None]:
    """Say of each date but the last whether it and the next are the ends of a range, or follow each other in a list."""
    return [_link(text, one, other) for one, other in pairwise(found)]


def _link(text: str, one: _Found, other: _Found) -> _Link | None:
    if one.start == other.start:
        return _Link.LIST  # days of one month: what stands before or behind it counts for each
    if (one.day is None) is not (other.day is None) or not one.end < other.start <= one.end + _LEAD:
        return None
    if _RANGE_LINK.fullmatch(text, one.end, other.start):
        return _Link.RANGE
    if _BETWEEN_LINK.fullmatch(text, one.end, other.start) and _BETWEEN_LEAD.search(
        text, max(one.start - _LEAD, 0), one.start
    ):
        return _Link.RANGE
    return _Link.LIST if _LIST_LINK.fullmatch(text, one.end, other.start) else None


def _place(one: _Found) -> tuple[int, int]:
    """Give where in a year a date begins."""
    return one.month, one.day or 1


def _year_before(one: _Found, other: _Found, year: int, link: _Link) -> int:
    """Give the year of a date by that of the next one: the same, or over New Year the one before; else 0."""
    if one.start == other.start or _place(one) <= _place(other):
        return year
    first, last = _day(year - 1, *_place(one)), _day(year, *_place(other))
    if link is _Link.LIST and (first is None or last is None or (last - first).days > _OVER_NEW_YEAR):
        return 0
    return year - 1


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
