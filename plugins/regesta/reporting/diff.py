"""What fixes would change, as a unified diff that `git apply` and `patch -p1` take."""

from __future__ import annotations

import re
from difflib import diff_bytes, unified_diff
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_safe_to_show", "unified"]

_CONTEXT = 3
_UNPLAIN = re.compile(rb'[\x00-\x1f"\\\x7f]')
_OBEYED = re.compile(
    rb"^[ \t]+::|##\w*\["  # commands to a CI service: a line of context begins with a blank, others with a sign
    rb"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)"  # a lone CR begins a line anew
    rb"|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]",  # C1, line ends, changes of direction
    re.MULTILINE,
)


def unified(path: str, old: bytes, new: bytes) -> bytes:
    r"""Give the diff of one file, to the byte; nothing when they are the same.

    >>> print(unified("a.md", b"x\ny", b"z\ny").decode())
    --- a/a.md
    +++ b/a.md
    @@ -1,2 +1,2 @@
    -x
    +z
     y
    \ No newline at end of file
    <BLANKLINE>
    """
    if old == new:
        return b""
    before, after = _lines(old), _lines(new)
    hunks = _by_line(before, after) if len(before) == len(after) else _by_search(before, after)
    head = b"--- %s\n+++ %s\n" % (_name(b"a/" + path.encode("utf-8", "surrogateescape")),
                                   _name(b"b/" + path.encode("utf-8", "surrogateescape")))  # fmt: skip
    return head + b"".join(line if line.endswith(b"\n") else line + _NO_END for line in hunks)


_NO_END = b"\n\\ No newline at end of file\n"


def is_safe_to_show(diff: bytes) -> bool:
    r"""Tell whether a terminal and a log can take the diff: nothing in it moves the cursor or is a command to CI.

    >>> is_safe_to_show(b"+a\r\n"), is_safe_to_show(b"+a\r::error::b\n"), is_safe_to_show(b" ::error::b\n")
    (True, False, False)
    """
    return not _OBEYED.search(diff)


def _lines(source: bytes) -> list[bytes]:
    """Split at LF alone, as diff tools do: a CR belongs to its line."""
    lines = source.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _by_line(before: list[bytes], after: list[bytes]) -> Iterator[bytes]:
    """Compare line with line: a fix seldom adds or takes one, and a search among like lines takes its time."""
    changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    at = 0
    while at < len(changed):
        first = last = changed[at]
        while at < len(changed) and changed[at] - last <= 2 * _CONTEXT:
            last = changed[at]
            at += 1
        start, stop = max(0, first - _CONTEXT), min(len(before), last + 1 + _CONTEXT)
        length = stop - start
        span = b"%d" % (start + 1) if length == 1 else b"%d,%d" % (start + 1, length)
        yield b"@@ -%s +%s @@\n" % (span, span)
        number = start
        while number < stop:
            end = number
            while end < stop and before[end] != after[end]:
                end += 1
            yield from (b"-" + line for line in before[number:end])
            yield from (b"+" + line for line in after[number:end])
            if end < stop:
                yield b" " + before[end]
            number = end + 1


def _by_search(before: list[bytes], after: list[bytes]) -> Iterator[bytes]:
    diff = diff_bytes(unified_diff, before, after, b"a", b"b", n=_CONTEXT)
    next(diff, b"")
    next(diff, b"")
    yield from diff


def _name(path: bytes) -> bytes:
    """Write a name as git does: quoted where it must be; a tab says where one with blanks ends."""
    if _UNPLAIN.search(path):
        return b'"' + _UNPLAIN.sub(lambda match: b"\\%03o" % match[0][0], path) + b'"'
    return path + b"\t" if b" " in path else path
