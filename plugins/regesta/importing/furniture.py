"""Page furniture: the running headers and page numbers that a conversion left between the paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from regesta.importing.byline import read_byline
from regesta.importing.found_date import find_date
from regesta.importing.labels import LabelForm, begins_with_link, note_start
from regesta.importing.lines import Line, is_rule
from regesta.importing.markup import plain
from regesta.importing.repairs import Repair, RepairKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Cleared", "clear_furniture", "header_words", "is_capitals", "is_page_number", "is_short"]

_PAGE = r"(?:page|p\.|pp\.|seite|s\.|strona|str\.|стр\.|страница|сторінка|старонка|с\.)"
_PAGE_NUMBER = re.compile(
    rf"{_PAGE}\s*\d{{1,4}}(?:\s*(?:of|/|von|z|из|з|із)\s*\d{{1,4}})?|\d{{1,4}}\s*\|?\s*{_PAGE}"
    r"|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*(?:/|of)\s*\d{1,4}",
    re.IGNORECASE,
)
_OF_ALL = r"(?:\s*(?:of|/|von|z|из|з|із)\s*\d{1,4})?"
_DIGITS = re.compile(r"\d+")
_BARE_NUMBER = re.compile(r"\d{1,3}")
_SET_APART = re.compile(
    rf"^\d{{1,4}}(?:\s*[|·•–—]\s*|\s{{2,}})|(?:\s*[|·•–—]\s*|\s{{2,}}){_PAGE}?\s*\d{{1,4}}{_OF_ALL}$|\s+{_PAGE}\s*\d{{1,4}}{_OF_ALL}$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"^\d{1,4}\s+|\s+\d{1,4}$")
_LONGEST = 80
_WIDEST = 240
"""Characters of a line whose words stand apart by blanks."""
_MOST_WORDS = 10
_MOST_WORDS_IN_CELLS = 16
_YEAR_END = re.compile(r"\d\s?(?:г|р|r)\.$")
_CELL = re.compile(r"[ \t]{2,}|\s*[|·•]\s*")
_NO_HEADER_END = (".", "?", "!", ":", ";", ",")
_NO_HEADER_START = ("#", "-", "*", "+", ">", "|", "[", "<", "`", "•", "http", "(")
_MARKED = ("</sup>", "]", "¹", "²", "³")
_OFTEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """The lines of a document without its page furniture."""

    lines: tuple[Line, ...]
    """A line that was taken out is blank."""
    headers: tuple[str, ...]
    """The running headers, as first written, without page numbers."""
    mastheads: tuple[str, ...]
    """The same with all that stands in their lines."""
    repairs: tuple[Repair, ...]


def is_page_number(text: str) -> bool:
    """Whether a line says that it is a page number: `Page 3 of 7`, `– 3 –`. A bare `3` does not."""
    text = plain(text) if len(text) <= _LONGEST else ""
    return _PAGE_NUMBER.fullmatch(text) is not None


def is_short(text: str) -> bool:
    """Whether a line could be a running header by its length and punctuation."""
    cells = len(_CELL.split(text.strip())) if len(text) <= _WIDEST else 1
    text = " ".join(text.split()) if len(text) <= _WIDEST else text
    return (
        0 < len(text) <= _LONGEST
        and len(text.split()) <= (_MOST_WORDS if cells == 1 else _MOST_WORDS_IN_CELLS)
        and (not text.endswith(_NO_HEADER_END) or _YEAR_END.search(text) is not None)
        and any(character.isalpha() for character in text)
    )


def is_capitals(text: str) -> bool:
    """Whether a line is written in capitals, as running headers are."""
    return is_short(text) and plain(text).isupper()


def header_words(text: str) -> str:
    """Give a running header without its page number. `Table 2` is no header with a page number.

    >>> header_words("Example Report | 2"), header_words("EXAMPLE SPOTLIGHT 3"), header_words("Table 2")
    ('Example Report', 'EXAMPLE SPOTLIGHT', 'Table 2')
    """
    if len(text) > _WIDEST:
        return text.strip()
    words = plain(_SET_APART.sub("", text.strip()))
    return _BESIDE.sub("", words) if _has_number_beside(words) else words


def _has_number_beside(words: str) -> bool:
    return words.isupper() and len(words.split()) > 2 and _BESIDE.search(words) is not None  # noqa: PLR2004 - two words and the number


def clear_furniture(lines: Sequence[Line], page_starts: frozenset[int]) -> Cleared:
    """Take out page numbers that say so or count on, and headers that come back."""
    content = [at for at, line in enumerate(lines) if not line.blank]
    edges = _edges(lines, content, page_starts)
    numbers = _page_numbers(lines, content, edges)
    keys = _recurring(lines, content, numbers, edges)
    title = _title_key(lines, content)
    kept, repairs = list(lines), []
    headers, mastheads = dict[str, str](), dict[str, str]()
    for at in content:
        text = lines[at].text
        key = header_words(text).casefold()
        if at in numbers:
            kind = RepairKind.PAGE_NUMBER
        elif (
            _shaped(text)
            and _stands_apart(lines, at, numbers, edges)
            and (
                (key in keys and not (at == content[0] and key == title))
                or _heads_page(lines, content, at, numbers, edges)
            )
        ):
            kind = RepairKind.RUNNING_HEADER
            if key != title:
                headers.setdefault(key, header_words(text))
                mastheads.setdefault(key, text)
        else:
            continue
        repairs.append(Repair(kind=kind, line=lines[at].number, before=text.strip(), after=""))
        kept[at] = Line(lines[at].number, "")
    return Cleared(
        lines=tuple(_with_pages(kept, page_starts)),
        headers=tuple(headers.values()),
        mastheads=tuple(mastheads.values()),
        repairs=tuple(repairs),
    )


def _with_pages(lines: Sequence[Line], page_starts: frozenset[int]) -> Iterator[Line]:
    """Mark the first line of the text on each page."""
    begins = False
    for line in lines:
        begins = begins or line.number in page_starts
        if begins and not line.blank:
            yield replace(line, new_page=True)
            begins = False
        else:
            yield line


class _Edges(NamedTuple):
    """Where pages begin and end, told by form feeds: positions of lines with words."""

    tops: frozenset[int]
    bottoms: frozenset[int]
    near: frozenset[int]
    """These and the lines beside them: a header may have two lines."""


def _edges(lines: Sequence[Line], content: list[int], page_starts: frozenset[int]) -> _Edges:
    numbers = [lines[at].number for at in content]
    tops: set[int] = set()
    bottoms: set[int] = set()
    near: set[int] = set()
    for start in page_starts:
        below = bisect_left(numbers, start)
        tops.update(content[below : below + 1])
        bottoms.update(content[max(below - 1, 0) : below])
        near.update(content[max(below - 2, 0) : below + 2])
    return _Edges(frozenset(tops), frozenset(bottoms), frozenset(near))


def _heads_page(lines: Sequence[Line], content: list[int], at: int, numbers: set[int], edges: _Edges) -> bool:
    """Whether a line at the top of a page can only be its header: it names the title, or stands in a sentence."""
    cells = [plain(cell).casefold() for cell in _CELL.split(lines[at].text.strip())]
    if at in edges.tops | edges.bottoms and len(cells) > 1 and any(map(is_page_number, cells)):
        return True
    spot = bisect_left(content, at)
    is_top = at in edges.tops or (spot and content[spot - 1] in numbers)
    if not is_top or (at + 1 < len(lines) and not lines[at + 1].blank):
        return False
    before = next((other for other in reversed(content[:spot]) if other not in numbers), None)
    after = next((other for other in content[spot + 1 :] if other not in numbers), None)
    title = plain(lines[content[0]].text).casefold()
    return (len(cells) > 1 and title in cells) or _cut(lines, before, after)


def _shaped(text: str) -> bool:
    return (
        is_short(text)
        and not text.lstrip().startswith(_NO_HEADER_START)
        and not text.rstrip().endswith(_MARKED)
        and not _begins_note(text)
    )


def _stands_apart(lines: Sequence[Line], at: int, numbers: set[int], edges: _Edges) -> bool:
    """Whether a line is not just the last one of a paragraph: nothing above it, at a page edge, or in capitals."""
    above = at == 0 or lines[at - 1].blank or at - 1 in numbers or is_rule(lines[at - 1].text)
    return above or at in edges.near or is_capitals(lines[at].text)


def _begins_note(text: str) -> bool:
    start = note_start(text)
    return start is not None and (start.links or start.form in {LabelForm.MARKDOWN, LabelForm.RAISED})


def _page_numbers(lines: Sequence[Line], content: list[int], edges: _Edges) -> set[int]:
    """Find the lines that say they are page numbers, and the bare numbers that count on from line to line."""
    sure = {
        at
        for at in content
        if is_page_number(lines[at].text)
        and (_says_so(lines, at) or _stands_alone(lines, at) or at in edges.tops | edges.bottoms)
    }
    counted = [at for at in content if at in sure or _is_bare_number(lines, at, edges)]
    values = [int(_DIGITS.findall(lines[at].text)[0]) for at in counted]
    if not counted:
        return set()
    counts_on = [right == left + 1 for left, right in pairwise(values)]
    return {
        at
        for at, before, after in zip(counted, [False, *counts_on], [*counts_on, False], strict=True)
        if before or after or at in sure or at in edges.near or _at_page_break(lines, at)
    }


def _says_so(lines: Sequence[Line], at: int) -> bool:
    """Whether a page number has its word: `12/34` alone may be the rest of the line above."""
    return any(character.isalpha() for character in lines[at].text)


def _is_bare_number(lines: Sequence[Line], at: int, edges: _Edges) -> bool:
    """Whether a line is only a number, and not the label of a note whose link follows below."""
    if not _BARE_NUMBER.fullmatch(lines[at].text.strip()):
        return False
    if at in edges.bottoms:
        return True
    if not _stands_alone(lines, at):
        return False
    after = _neighbour(lines, at, 1)
    return after is None or not begins_with_link(lines[after].text)


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    """Whether the line has a blank one on each side, or another piece of furniture, or the page's edge."""

    def apart(neighbour: int) -> bool:
        if not 0 <= neighbour < len(lines):
            return True
        line = lines[neighbour]
        return line.blank or is_rule(line.text) or is_capitals(line.text)

    return apart(at - 1) and apart(at + 1)


def _at_page_break(lines: Sequence[Line], at: int) -> bool:
    """Whether a line in capitals stands beside the line, blank ones not counted."""
    near = [_neighbour(lines, at, -1), _neighbour(lines, at, 1)]
    return any(spot is not None and spot > 0 and is_capitals(lines[spot].text) for spot in near)


def _neighbour(lines: Sequence[Line], at: int, step: int) -> int | None:
    """Give the nearest line with words, no further than three lines away."""
    for distance in range(1, 4):
        spot = at + step * distance
        if 0 <= spot < len(lines) and not lines[spot].blank:
            return spot
    return None


def _recurring(lines: Sequence[Line], content: list[int], numbers: set[int], edges: _Edges) -> frozenset[str]:
    """Return the headers that come back: in capitals, with a date or number, or at least once where a page ends."""
    counts: Counter[str] = Counter()
    certain: set[str] = set()
    doubtful: set[str] = set()
    for at in content:
        text = lines[at].text
        if at in numbers or not _shaped(text) or not _stands_apart(lines, at, numbers, edges):
            continue
        key = header_words(text).casefold()
        counts[key] += 1
        near = (_neighbour(lines, at, -1), _neighbour(lines, at, 1))
        if _has_number_beside(plain(text)) or not is_capitals(text):
            doubtful.add(key)  # "POLICY OPTION 2" is a heading: it must stand at a page's end
        if _is_dated(text) or at in edges.near or _cut(lines, *near) or _SET_APART.search(text.strip()):
            certain.add(key)
        elif any(spot in numbers for spot in near) and not _has_number_beside(plain(text)):
            certain.add(key)  # no page has two numbers
    return frozenset(
        key
        for key, count in counts.items()
        if count > 1 and (key in certain or (key not in doubtful and count >= _OFTEN))
    )


def _is_dated(text: str) -> bool:
    """Whether a line has several parts, one of which is a date with its year, as the head of a page has."""
    cells = _CELL.split(text.strip())
    found = [find_date(cell) for cell in cells if any(map(str.isdigit, cell))] if len(cells) > 1 else []
    return any(one is not None and one.date.year is not None and one.date.month is not None for one in found)


def _cut(lines: Sequence[Line], before: int | None, after: int | None) -> bool:
    """Whether a sentence goes on over a line: no final stop before, a small letter behind."""
    if before is None or after is None:
        return False
    left, right = lines[before].text.rstrip(), lines[after].text.lstrip()
    return len(left) >= _LONGEST // 2 and left[-1:].isalpha() and right[:1].islower()


def _title_key(lines: Sequence[Line], content: list[int]) -> str:
    """Give the first line's key if it is a title: a header in capitals above a title is none."""
    if not content:
        return ""
    first = lines[content[0]].text
    if is_capitals(first) and len(content) > 1:
        below = [lines[at].text for at in content[1:3]]
        if _is_metadata(below[0]):
            below = below[1:]  # a masthead may have the number and date before the title
        if below and is_short(below[0]) and not plain(below[0]).isupper() and not _is_metadata(below[0]):
            return ""
    return header_words(first).casefold()


def _is_metadata(text: str) -> bool:
    return any(character.isdigit() for character in text) or read_byline(plain(text)) is not None
