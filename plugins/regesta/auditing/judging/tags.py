"""The tags of a page as they come, without a tree: whatever is written takes time in proportion to its length."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RAW_TEXT_END", "TAG", "after", "attributes", "opening_tags", "unescape"]

TAG = re.compile(r"<(?:(!--)|([!?])|(/?)([a-zA-Z][^\s/>]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>?)")
"""A comment's beginning, a declaration's, or a tag: slash, name, attributes. An unclosed quotation mark ends it."""

RAW_TEXT_END = {
    name: re.compile(rf"</{name}(?![a-z])", re.IGNORECASE) for name in ("script", "style", "title", "textarea")
}
"""What ends the elements in which tags are text."""

_ATTRIBUTE = re.compile(r"([^\s/>=\"']++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++)))?")


def attributes(written: str) -> dict[str, str]:
    """Read the attributes of a tag; of two alike the first counts.

    >>> attributes(' ID=a title="b &amp; c" hidden')
    {'id': 'a', 'title': 'b & c', 'hidden': ''}
    """
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
    return found


def opening_tags(page: str) -> Iterator[tuple[str, str]]:
    """Give the name of each opening tag, in lower case, and its attributes as written."""
    at = 0
    while tag := TAG.search(page, at):
        at = tag.end()
        if tag[1] or tag[2]:
            at = after(page, "-->" if tag[1] else ">", at)
        elif not tag[3]:
            name = tag[4].lower()
            yield name, tag[5]
            if raw := RAW_TEXT_END.get(name):
                close = raw.search(page, at)
                at = close.start() if close else len(page)


def after(page: str, what: str, start: int) -> int:
    """Give the place behind the next `what`, or the end of the page."""
    at = page.find(what, start)
    return at + len(what) if at >= 0 else len(page)


def unescape(text: str) -> str:
    r"""Read character references; text that hides a number too long for Python is left as it is.

    >>> unescape("Not&nbsp;here") == "Not\u00a0here", len(unescape("&#" + "9" * 5000 + ";"))
    (True, 5003)
    """
    if "&" not in text:
        return text
    try:
        return html.unescape(text)
    except ValueError:
        return text
