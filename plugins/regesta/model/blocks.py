"""Blocks of text: what one sentence cannot leave, with the way back to the bytes it was read from."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from typing import NamedTuple

from regesta.model.spans import Span

__all__ = ["Block", "BlockKind", "Run"]


class BlockKind(Enum):
    """What a block of text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"


class Run(NamedTuple):
    """A stretch of a block's text that stands in the source in one piece."""

    char: int
    """First character, in the text of the block."""
    start: int
    """First byte, in the file."""
    end: int


class Block(NamedTuple):
    """A paragraph, heading, list item or table cell: what one sentence cannot leave."""

    kind: BlockKind
    span: Span
    text: str
    """Without markup; line ends are spaces."""
    number: int
    """Counts the blocks of the body from 1, as the address of a paragraph does; 0 within notes."""
    section: int
    """Counts the headings before it."""
    note: str | None
    """Label of the note in which it stands."""
    runs: tuple[Run, ...]
    barriers: tuple[int, ...]
    """Characters at which an element starts or ends: what crosses one cannot be one link."""
    closed: tuple[tuple[int, int], ...]
    """Ranges of characters that stand in links, addresses or code, in order; none overlaps another."""

    def is_closed(self, char: int) -> bool:
        """Say whether a character stands in a link or in code."""
        at = bisect_right(self.closed, (char, 1 << 62)) - 1
        return at >= 0 and char < self.closed[at][1]

    def overlaps_closed(self, start: int, end: int) -> bool:
        """Say whether one of the characters from `start` up to `end` stands in a link or in code."""
        at = bisect_right(self.closed, (end - 1, 1 << 62)) - 1
        return at >= 0 and start < self.closed[at][1]

    def has_barrier(self, start: int, end: int) -> bool:
        """Say whether an element starts or ends between two characters."""
        at = bisect_right(self.barriers, start)
        return at < len(self.barriers) and self.barriers[at] < end

    def source_span(self, start: int, end: int) -> Span:
        """Give the bytes, in the file, that a range of characters of the text was read from.

        An entity such as `&amp;` is one character of text and several bytes, which belong together.
        """
        return Span(self._edge(start, last=False), self._edge(end - 1, last=True))

    def _edge(self, char: int, *, last: bool) -> int:
        at = max(bisect_right(self.runs, (char, 1 << 62)) - 1, 0)
        run = self.runs[at]
        text = self._run_text(at)
        if (len(text) if text.isascii() else len(text.encode())) != run.end - run.start:
            return run.end if last else run.start
        part = text[: char - run.char + last]
        return run.start + (len(part) if part.isascii() else len(part.encode()))

    def _run_text(self, at: int) -> str:
        end = self.runs[at + 1].char if at + 1 < len(self.runs) else len(self.text)
        return self.text[self.runs[at].char : end]

    def char(self, offset: int) -> int:
        """Give the character of the text that stands at a byte of the file."""
        at = max(bisect_right(self.runs, offset, key=lambda run: run.start) - 1, 0)
        run = self.runs[at]
        text = self._run_text(at)
        size = offset - run.start
        return run.char + (
            min(size, len(text)) if text.isascii() else len(text.encode()[:size].decode("utf-8", "ignore"))
        )
