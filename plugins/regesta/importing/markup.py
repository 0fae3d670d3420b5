"""Markup of a single line, taken off: for titles and other text that becomes metadata."""

from __future__ import annotations

import re

__all__ = ["plain", "unescape"]

_HEADING = re.compile(r"\s{0,3}#{1,6}\s+|\s+#+\s*$")
_REFERENCE = re.compile(r"<sup>[^<>]{0,40}</sup>|\[\^[^\[\]\s]{1,40}\]", re.IGNORECASE)
_LINK = re.compile(r"(?<!\\)!?\[([^\[\]]*)\]\([^()\s]*\)")
_STARS = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])([^*]*[^\s*\\])\1(?!\*)")
_UNDERSCORES = re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])([^_]*[^\s_\\])\1(?!\w)")
_ESCAPE = re.compile(r"\\+([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    r"""Give the words of a heading or line without emphasis, links, references and escapes.

    >>> plain("## **A *Daily* says: \\$5**<sup>1</sup>")
    'A Daily says: $5'
    """
    text = _REFERENCE.sub("", _HEADING.sub("", text))
    text = _LINK.sub(r"\1", text)
    for pattern in (_STARS, _UNDERSCORES):
        previous = None
        while previous != text:
            previous, text = text, pattern.sub(r"\2", text)
    if text.startswith("**") and text.endswith("**") and len(text) > 4:  # noqa: PLR2004 - both marks
        text = _STARS.sub(r"\2", text[2:-2].replace("*", ""))
    return " ".join(unescape(text).split())


def unescape(text: str) -> str:
    r"""Take off every backslash before punctuation, however often it was escaped.

    >>> unescape(r"a\\_b\_c\d")
    'a_b_c\\d'
    """
    return _ESCAPE.sub(r"\1", text)
