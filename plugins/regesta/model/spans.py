"""Where a thing stands in a file: spans in bytes, and the places that people and editors read."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Lines", "Place", "Span"]


class Span(NamedTuple):
    """A half-open range of UTF-8 bytes, counted from the start of the file."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A range in a file, as an editor shows it: 1-based, in code points, its end exclusive."""

    path: str
    """With forward slashes, as the archive was opened."""
    line: int
    column: int
    end_line: int
    end_column: int
    offset: int
    """Of the first byte, from the start of the file."""

    def __str__(self) -> str:
        """Give `path:line:column`, which terminals turn into a link."""
        return f"{self.path}:{self.line}:{self.column}"


_CONTINUATION = bytes(range(0x80, 0xC0))
"""The bytes that begin no code point."""
_STRIDE = 4096


class Lines:
    """Turns byte offsets of one source into lines and columns. A line ends with LF, CRLF or CR."""

    __slots__ = ("_marks", "_source", "_starts")

    def __init__(self, source: bytes) -> None:
        """Take the whole file. The table of line starts is made when it is first asked for."""
        self._source = source
        self._starts: list[int] | None = None
        self._marks: list[int] | None = None

    def place(self, path: str, span: Span) -> Place:
        """Give the place of a span in the file at `path`."""
        line, column = self.position(span.start)
        end_line, end_column = self.position(span.end)
        return Place(path=path, line=line, column=column, end_line=end_line, end_column=end_column, offset=span.start)

    def position(self, offset: int) -> tuple[int, int]:
        r"""Give the 1-based line and column, in code points, of a byte offset.

        >>> Lines("é\nab".encode()).position(4)
        (2, 2)
        """
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        start = starts[line - 1]
        if offset - start > _STRIDE:
            return line, self._code_points(offset) - self._code_points(start) + 1
        return line, len(self._source[start:offset].translate(None, _CONTINUATION)) + 1

    def line_text(self, line: int) -> str:
        """Give the text of a 1-based line without its end."""
        starts = self._line_starts()
        end = starts[line] if line < len(starts) else len(self._source)
        return self._source[starts[line - 1] : end].decode("utf-8", "replace").rstrip("\r\n")

    def _code_points(self, offset: int) -> int:
        """Count the code points before a byte, from a mark close by: a line may have ten million."""
        if self._marks is None:
            self._marks, total = [0], 0
            for at in range(0, len(self._source), _STRIDE):
                total += len(self._source[at : at + _STRIDE].translate(None, _CONTINUATION))
                self._marks.append(total)
        at = min(offset, len(self._source)) // _STRIDE
        return self._marks[at] + len(self._source[at * _STRIDE : offset].translate(None, _CONTINUATION))

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            source, starts, at = self._source, [0], 0
            if b"\r" in source:
                source = source.replace(b"\r\n", b"\0\n").replace(b"\r", b"\n")
            while (at := source.find(b"\n", at) + 1) > 0:
                starts.append(at)
            self._starts = starts
        return self._starts
