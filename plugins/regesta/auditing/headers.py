"""The header of an answer, as lines of bytes, read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.cleaning import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["header_value", "is_page", "read_headers"]

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


def read_headers(lines: Sequence[bytes]) -> Mapping[str, str]:
    r"""Give all headers by name in lower case, without control characters. Of a repeated one the first counts.

    What came before the last status line belongs to interim answers.

    >>> dict(read_headers([b"HTTP/1.1 200 OK\r\n", b"Server: a\x1b[0m\r\n", b"\r\n"]))
    {'server': 'a[0m'}
    """
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


def is_page(lines: Sequence[bytes]) -> bool:
    """Tell whether what follows a header is text that is read: HTML, or something that does not say what it is."""
    kind = header_value(lines, b"content-type")
    return not kind or any(word in kind.lower() for word in _PAGES)
