"""Lines and blocks of a raw document, each knowing where it stands in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Block", "BlockKind", "Line", "is_rule", "numbered", "split_blocks"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source, or the end of one."""

    number: int
    """1-based."""
    text: str
    column: int = 0
    """How many characters of the source line were cut off in front."""
    glue: str = "\n"
    """What stands between the line before and this one in the brief."""
    new_page: bool = False
    """Whether it is the first one on a page, furniture not counted."""
    soft_end: bool = False
    """Whether a soft hyphen stood at its end: it cuts a word there."""

    @property
    def blank(self) -> bool:
        """Whether it separates blocks."""
        return not self.text or self.text.isspace()

    def cut(self, start: int) -> Line:
        """Leave out the first `start` characters."""
        return replace(self, text=self.text[start:], column=self.column + start)


class BlockKind(Enum):
    """What a run of lines is in Markdown, as far as the import must know."""

    PARAGRAPH = auto()
    HEADING = auto()
    RULE = auto()
    TABLE = auto()
    LIST = auto()
    FENCE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together. Its text is theirs, each after its glue."""

    lines: tuple[Line, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    text: str = field(init=False, repr=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the lines out once."""
        parts = [line.glue + line.text if at else line.text for at, line in enumerate(self.lines)]
        ends = list(accumulate(map(len, parts)))
        starts = [0, *(end + len(line.glue) for end, line in zip(ends, self.lines[1:], strict=False))]
        object.__setattr__(self, "text", "".join(parts))
        object.__setattr__(self, "_starts", tuple(starts))

    @property
    def number(self) -> int:
        """The source line it begins in."""
        return self.lines[0].number

    @property
    def new_page(self) -> bool:
        """Whether it is the first on a page."""
        return self.lines[0].new_page

    @property
    def indent(self) -> int:
        """How far its first line is indented; a tab counts as four."""
        text = self.lines[0].text.expandtabs(4)
        return len(text) - len(text.lstrip())

    def locate(self, offset: int) -> tuple[int, int]:
        """Give the source line, 1-based, and the column in it, from 0, of an offset in `text`."""
        at = max(bisect_right(self._starts, offset) - 1, 0)
        line = self.lines[at]
        return line.number, line.column + min(offset - self._starts[at], len(line.text))

    def is_break(self, offset: int) -> bool:
        """Whether a line of the source ends at an offset in `text`."""
        following = bisect_right(self._starts, offset)
        return following < len(self.lines) and offset >= self._starts[following] - len(self.lines[following].glue)

    def beside(self, offset: int) -> bool:
        """Whether a column of a page ends at an offset in `text`: three blanks or more, and words behind them."""
        return _COLUMNS.match(self.text, offset) is not None and not self.is_break(offset)

    def cell_below(self, offset: int) -> str:
        """Give what stands in the next line in the column of a page that an offset in `text` lies in."""
        at = max(bisect_right(self._starts, offset) - 1, 0)
        if at + 1 == len(self.lines):
            return ""
        line, below = self.lines[at], self.lines[at + 1]
        starts = [0, *(match.end() for match in _COLUMNS.finditer(below.text.rstrip()))]
        ends = [match.start() for match in _COLUMNS.finditer(below.text.rstrip())]
        gaps = [match.end() for match in _COLUMNS.finditer(line.text, 0, offset - self._starts[at]) if match.start()]
        column = line.column + gaps[-1] if gaps else 0
        nearest = min(starts, key=lambda start: abs(below.column + start - column))
        return below.text[nearest : next((end for end in ends if end > nearest), None)].strip()


_COLUMNS = re.compile(r"[ \t]{3,}(?=\S)")


def numbered(lines: Iterable[str], soft_ends: frozenset[int] = frozenset()) -> list[Line]:
    """Give the lines of a source their numbers."""
    return [Line(number, text, soft_end=number in soft_ends) for number, text in enumerate(lines, start=1)]


def is_rule(text: str) -> bool:
    """Whether a line is a thematic break: `---`, `* * *`, `_____`.

    >>> is_rule(" - - - "), is_rule("--")
    (True, False)
    """
    marks = text.replace(" ", "").replace("\t", "")
    return len(marks) >= _SHORTEST_RULE and marks[0] in "-*_" and marks == marks[0] * len(marks)


_SHORTEST_RULE = 3
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_LIST_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+\S")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,})\s*")
_LONGEST_HEADING = 200
_STOPS = ".;,:"


def split_blocks(lines: Sequence[Line]) -> list[Block]:
    """Split at blank lines, and where Markdown begins another kind of block."""
    blocks: list[Block] = []
    open_lines: list[Line] = []
    fence_ends = _fence_ends(lines)
    skip_to = 0

    def close(kind: BlockKind | None = None) -> None:
        if open_lines:
            blocks.append(Block(tuple(open_lines), kind or _kind(open_lines)))
            open_lines.clear()

    for at, line in enumerate(lines):
        if at < skip_to:
            continue
        if line.new_page or line.blank:
            close()
        if at in fence_ends:
            close()
            skip_to = fence_ends[at] + 1
            blocks.append(Block(tuple(lines[at:skip_to]), BlockKind.FENCE))
        elif _underlines(open_lines, line):
            open_lines.append(line)
            close(BlockKind.HEADING)
        elif kind := _alone(line):
            close()
            blocks.append(Block((line,), kind))
        elif not line.blank:
            open_lines.append(line)
    close()
    return blocks


def _alone(line: Line) -> BlockKind | None:
    """Name what a line is that is a block by itself."""
    if line.blank:
        return None
    return BlockKind.RULE if is_rule(line.text) else BlockKind.HEADING if _HEADING.match(line.text) else None


def _fence_ends(lines: Sequence[Line]) -> dict[int, int]:
    """Pair fences up; a last one without its partner is text, lest it swallow the rest."""
    fences = [at for at, line in enumerate(lines) if _FENCE.match(line.text)]
    return dict(zip(fences[::2], fences[1::2], strict=False))


def _underlines(above: list[Line], line: Line) -> bool:
    """Tell a heading's underline from a page break: a heading is one short line without a final stop."""
    if len(above) != 1 or not _UNDERLINE.fullmatch(line.text):
        return False
    text = above[0].text.strip()
    return len(text) <= _LONGEST_HEADING and text[-1] not in _STOPS and not _LIST_ITEM.match(text)


def _kind(lines: list[Line]) -> BlockKind:
    first = lines[0].text
    if len(lines) > 1 and "|" in first and _is_delimiter_row(lines[1].text):
        return BlockKind.TABLE
    return BlockKind.LIST if _LIST_ITEM.match(first) else BlockKind.PARAGRAPH


def _is_delimiter_row(text: str) -> bool:
    return "-" in text and "|" in text and not text.strip(" \t|:-")
