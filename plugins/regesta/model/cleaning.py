"""Text from outside: what no archive needs is taken out when it enters, without moving anything else."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["BOM", "Cleaned", "clean_bytes", "clean_text"]

BOM = b"\xef\xbb\xbf"

_UNWANTED = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"  # C0 controls but tab, LF and CR; DEL
    rb"|\xc2[\x80-\x9f]"  # C1 controls
    rb"|\xef\xb7[\x90-\xaf]|\xef\xbf[\xbe\xbf]|[\xf0-\xf4][\x80-\xbf]\xbf[\xbe\xbf]"  # non-characters
)
_CONTROLS = bytes({*range(9), 11, 12, *range(14, 32), 127})
_LEADS = (b"\xc2", b"\xef\xb7", b"\xef\xbf", b"\xbf\xbe", b"\xbf\xbf")
"""What the others of the unwanted begin or end with."""
_UNWANTED_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Cleaned(NamedTuple):
    """A source that may be parsed: every byte stands where it stood in the file."""

    source: bytes
    """Without a byte order mark; each unwanted byte is a space."""
    text: str
    skipped: int
    """Bytes of the byte order mark: add them to an offset to get one in the file."""
    unwanted: tuple[int, ...]
    """Offsets, in `source`, of the characters that were taken out."""


def clean_bytes(source: bytes) -> Cleaned:
    r"""Decode UTF-8 and take control characters and non-characters out; raise `UnicodeDecodeError`.

    >>> clean_bytes(b"a\x00b").text
    'a b'
    """
    skipped = 0
    if source.startswith(BOM):
        skipped, source = len(BOM), source[len(BOM) :]
    unwanted: tuple[int, ...] = ()
    if _may_be_unwanted(source) and _UNWANTED.search(source):
        unwanted = tuple(match.start() for match in _UNWANTED.finditer(source))
        source = _UNWANTED.sub(lambda match: b" " * len(match[0]), source)
    return Cleaned(source, source.decode("utf-8"), skipped, unwanted)


def _may_be_unwanted(source: bytes) -> bool:
    """Rule out most files at the speed of memory: the pattern takes ten times as long."""
    if len(source.translate(None, _CONTROLS)) != len(source):
        return True
    return not source.isascii() and any(lead in source for lead in _LEADS)


def clean_text(text: str) -> str:
    """Take the same characters out of a text that comes from elsewhere, such as a page's title."""
    return _UNWANTED_TEXT.sub("", text)
