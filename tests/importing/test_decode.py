"""Bytes to lines: encodings, control characters, and what is refused."""

from __future__ import annotations

import pytest

from regesta.importing.decode import LARGEST_DOCUMENT, Unreadable, read_source
from regesta.importing.repairs import RepairKind


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("Überschrift".encode(), "Überschrift"),
        ("\ufeffÜberschrift".encode(), "Überschrift"),
        ("Überschrift".encode("utf-16"), "Überschrift"),
        (b"\xfe\xff" + "Überschrift".encode("utf-16-be"), "Überschrift"),
        (b"a\x07b\x1bc and so on, for long", "abc and so on, for long"),
        (b"a\x0cb and so on and on", "a b and so on and on"),
        ("a\u2028b and on and on".encode(), "a b and on and on"),
        (b"a half \xed\xa0\xbd pair", "a half  pair"),
        (b"a ship \xed\xa0\xbd\xed\xba\xa2 here", "a ship \N{SHIP} here"),
        ("a\ufffeb and so on and on".encode(), "ab and so on and on"),
    ],
)
def test_decodes_text(data: bytes, line: str) -> None:
    """UTF-8 and UTF-16 are read; what no text should hold is taken out."""
    assert read_source(data, path="x").lines == (line,)


def test_logs_what_it_takes_out() -> None:
    """A control character is a repair with its line."""
    source = read_source(b"one\ntw\x07o and so on\n", path="x")
    assert [(repair.kind, repair.line, repair.before, repair.after) for repair in source.repairs] == [
        (RepairKind.CONTROL_CHARACTER, 2, "\x07", "")
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xff\xfe", "blanks"),
        (b"a\0b", "NUL"),
        (b"\xff\xfea\x00\x00\x00b\x00", "NUL"),
        (b"PK\x03\x04rest", "Office"),
        (b"\x01\x02\x03text", "control"),
        (b"caf\xe9", "byte 3"),
        (b"\xff\xfea", "undecodable"),
        (b"a" * (LARGEST_DOCUMENT + 1), "too large"),
    ],
)
def test_refuses_what_is_no_text(data: bytes, words: str) -> None:
    """The reason is said, and what to do."""
    with pytest.raises(Unreadable, match=words):
        read_source(data, path="x")


def test_counts_bytes_over_any_line_end() -> None:
    """The start of each line is its byte offset in the file, mark and line ends counted."""
    data = b"\xef\xbb\xbf" + "é\r\nb\rc\nd".encode()
    starts = read_source(data, path="x").starts
    assert [data[start : start + 1] for start in starts] == [b"\xc3", b"b", b"c", b"d"]
