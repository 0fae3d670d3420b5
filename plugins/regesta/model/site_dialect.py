"""The blocks that Python-Markdown's extensions know and CommonMark does not, so that no link in them is overlooked."""

from __future__ import annotations

import re

__all__ = ["as_commonmark"]

_MARKER = re.compile(
    rb"^(?P<indent> {0,60})(?:(?P<plain>!!!|\?\?\?|===)(?P<sign>[+!]?) (?=\S)| {0,3}(?P<definition>:)(?= {1,3}\S))",
    re.MULTILINE,
)


def as_commonmark(source: bytes) -> bytes:
    r"""Write admonitions, tabs and definition lists as lists, byte for byte as long.

    What is indented below them would be code for CommonMark; in a list it is text.

    >>> as_commonmark(b"!!! note\\n\\n    Text.")
    b'-   note\\n\\n    Text.'
    """
    if b"!!!" in source or b"???" in source or b"===" in source or b":" in source:
        return _MARKER.sub(_as_item, source)
    return source


def _as_item(match: re.Match[bytes]) -> bytes:
    written = match[0]
    if match["definition"]:
        return written[:-1] + b"-"
    return match["indent"] + (b"-   " + match["sign"])
