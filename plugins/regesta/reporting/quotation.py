"""What stands in the source where something was found."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.sentences import sentence_at, sentence_starts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regesta.model.findings import Finding
    from regesta.model.spans import Place

__all__ = ["Quotation", "quotation", "source_line", "width_in_bytes"]

_REACH = 240
"""Characters of a sentence that a quotation shows on each side of the place."""
_FAR = 1000
"""Characters on each side in which the bounds of a sentence are looked for."""
_WIDEST_MARK = 400
_STARTS_ANEW = re.compile(r"\s*(?:\[\^[^\]]+\]:|#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||---|\w+:\s)")
"""A line with which a block begins, or a field of the front matter: a sentence does not reach over it."""


class Quotation(NamedTuple):
    """The words around a place, in three parts."""

    before: str
    marked: str
    after: str


@lru_cache(maxsize=2)
def _lines_of(text: str) -> list[str]:
    """Cut a text into lines as places count them: a line ends with LF, CRLF or CR, and with nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def source_line(finding: Finding, text_of: Callable[[str], str]) -> str | None:
    """Give the line on which a finding begins, or nothing where there is no such line."""
    text = text_of(finding.place.path)
    if not text:
        return None
    lines = _lines_of(text)
    return lines[finding.place.line - 1] if finding.place.line <= len(lines) else None


def quotation(place: Place, text: str) -> Quotation | None:
    """Give the sentence around a place, shortened where it is long; nothing where the text has no such place."""
    if not text:
        return None
    lines = _lines_of(text)
    if place.line > len(lines) or place.end_line > len(lines):
        return None
    first, last = _block(lines, place)
    block = "\n".join(lines[first : last + 1])
    start = _offset(lines, first, place.line, place.column)
    end = max(_offset(lines, first, place.end_line, place.end_column), start)
    # Of a line as long as its file, only what is near is looked at.
    low = max(0, start - _FAR)
    near = block[low : end + _FAR]
    start, end = start - low, end - low
    starts = sentence_starts(near)
    begin, _ = sentence_at(near, starts, start)
    _, stop = sentence_at(near, starts, max(start, end - 1))
    before, after = near[begin:start], near[end : max(end, stop)]
    if len(before) > _REACH:
        before = "… " + before[-_REACH:].partition(" ")[2]
    if len(after) > _REACH:
        after = after[:_REACH].rpartition(" ")[0] + " …"
    marked = near[start:end]
    if len(marked) > _WIDEST_MARK:
        marked = f"{marked[: _WIDEST_MARK // 2]}…{marked[-_WIDEST_MARK // 2 :]}"
    return Quotation(before, marked, after)


def width_in_bytes(place: Place, text: str) -> int | None:
    """Count the bytes of a place, where the text has it."""
    lines = _lines_of(text) if text else []
    if place.end_line > len(lines) or (place.line != place.end_line and "\r" in text):
        return None
    start = _offset(lines, place.line - 1, place.line, place.column)
    end = _offset(lines, place.line - 1, place.end_line, place.end_column)
    return len("\n".join(lines[place.line - 1 : place.end_line])[start:end].encode("utf-8", "replace"))


def _block(lines: Sequence[str], place: Place) -> tuple[int, int]:
    """Give the first and the last line of the paragraph, note or field in which a place stands."""
    first, last = place.line - 1, place.end_line - 1
    room = _FAR
    while first > 0 and room > 0 and lines[first - 1].strip() and not _STARTS_ANEW.match(lines[first]):
        first -= 1
        room -= len(lines[first]) + 1
    room = _FAR
    while last + 1 < len(lines) and room > 0 and lines[last + 1].strip() and not _STARTS_ANEW.match(lines[last + 1]):
        last += 1
        room -= len(lines[last]) + 1
    return first, last


def _offset(lines: Sequence[str], first: int, line: int, column: int) -> int:
    """Count the characters from the start of line `first` (from 0) to a place."""
    return sum(len(text) + 1 for text in lines[first : line - 1]) + min(column - 1, len(lines[line - 1]))
