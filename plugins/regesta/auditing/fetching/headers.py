"""The header of an answer, as lines of bytes, read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from regesta.model.cleaning import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Headers", "header_value", "what_follows"]

_LONGEST = 8 * 1024
"""Characters of one value that are kept."""


def header_value(lines: Sequence[bytes], name: bytes) -> bytes | None:
    r"""Give the first value of a header, by its name in lower case.

    >>> header_value([b"HTTP/1.1 302 Found\r\n", b"Location: /a\r\n"], b"location")
    b'/a'
    """
    start = name + b":"
    length = len(start)
    found = None
    for line in lines:
        if line[:5] == b"HTTP/":
            found = None  # what came before was an interim answer, such as 103 Early Hints
        elif found is None and line[:length].lower() == start:
            found = line[length:].strip()
    return found


class Headers(Mapping[str, str]):
    r"""All headers by name in lower case, without control characters. Of a repeated one the first counts.

    What came before the last status line belongs to interim answers. Most headers are never asked for: they are read
    when the first one is.

    >>> dict(Headers([b"HTTP/1.1 200 OK\r\n", b"Server: a\x1b[0m\r\n", b"\r\n"]))
    {'server': 'a[0m'}
    """

    __slots__ = ("_found", "_lines")

    def __init__(self, lines: Sequence[bytes] = ()) -> None:
        """Take the lines as they came, status lines included."""
        self._lines = tuple(lines)
        self._found: dict[str, str] | None = None if lines else {}

    def __getitem__(self, name: str) -> str:
        """Give a value, by its name in lower case."""
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        """Give the names."""
        return iter(self._read())

    def __len__(self) -> int:
        """Count the names."""
        return len(self._read())

    def __repr__(self) -> str:
        """Show what was read."""
        return f"Headers({self._read()!r})"

    def _read(self) -> dict[str, str]:
        if self._found is None:
            self._found = _read(self._lines)
            self._lines = ()
        return self._found


def _read(lines: Sequence[bytes]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(b":")
        if line[:5] == b"HTTP/":
            found.clear()
        elif colon:
            text = value.strip()[:_LONGEST].decode("utf-8", "replace")
            found.setdefault(name.decode("latin-1").lower(), text if text.isprintable() else clean_text(text))
    return found


_PAGES = (b"html", b"xml", b"text/plain")


def what_follows(lines: Sequence[bytes]) -> tuple[bytes, bool]:
    r"""Give the first digit of the status, and whether the body is text that is read.

    That is HTML, or something that does not say what it is.

    >>> what_follows([b"HTTP/1.1 103 Early Hints\r\n", b"\r\n", b"HTTP/2 301\r\n", b"Content-Type: image/png\r\n"])
    (b'3', False)
    """
    digit = kind = b""
    for line in lines:
        if line[:5] == b"HTTP/":
            digit, kind = line.partition(b" ")[2][:1], b""
        elif not kind and line[:13].lower() == b"content-type:":
            kind = line[13:].strip().lower()
    return digit, not kind or b"html" in kind or any(word in kind for word in _PAGES)
