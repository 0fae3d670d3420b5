"""Flaws of links, and what may be written in their place."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from regesta.checking.rules import Flaw
from regesta.model.findings import Fix
from regesta.model.link_forms import defects_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text
    from regesta.model.damage import Defect
    from regesta.model.links import Link

__all__ = ["defect_flaws", "written"]

_NOT_IN_MARKDOWN = re.compile(r"[\s<>\\]")
_BLANK = re.compile(r"\s")
_ENTITY = re.compile(r"&#?\w+;")


def defect_flaws(text: Text, code: str, *, hint: str, is_of_links: bool = False) -> Iterator[Flaw]:
    """Give the flaws of one rule. `hint` is the way out where nothing certain can be written instead.

    With `is_of_links` an address that Markdown cuts is left to U122; one with a blank in it is not.
    """
    for link, defect in text.defects:
        is_left = is_of_links and link.style == "broken" and not _BLANK.search(link.text)
        if defect.code == code and not is_left:
            fix = _fix(link, defect)
            way_out = f"Write {fix.replacement!r}." if fix else hint
            yield Flaw(link.span, f"{link.raw!r}: {defect.reason}", way_out, raw=link.raw, note=link.note, fix=fix)


def _fix(link: Link, defect: Defect) -> Fix | None:
    """Mend all that is certain at once, so that findings on one link agree."""
    defects = defects_of(link.text)
    if not defect.is_certain or not all(other.is_certain or other.code in _ABOUT_HOSTS for other in defects):
        return None
    mended = [other.mended for other in defects if other.is_certain][-1]
    replacement = written(mended, link.style)
    if replacement is None or {other.code for other in defects_of(mended)} - _ABOUT_HOSTS:
        return None
    return Fix(replacement=replacement, safe=True)


_ABOUT_HOSTS = frozenset({"U112", "U113", "U114"})
"""What stays when all damage is mended."""


def written(address: str, style: str) -> str | None:
    """Write an address as it stands in a link of a style, or None where that is not plain.

    >>> written("https://a.example/b)", "inline"), written("https://a.example/?b&c", "html")
    ('https://a.example/b%29', 'https://a.example/?b&amp;c')
    """
    if style == "html":
        return escape(address)
    # In angle brackets alone an entity stands for itself.
    if _NOT_IN_MARKDOWN.search(address) or (style != "autolink" and _ENTITY.search(address)):
        return None
    if style in {"inline", "image"} and not _is_balanced(address):
        return address.replace("(", "%28").replace(")", "%29")
    return address


def _is_balanced(address: str) -> bool:
    depth = 0
    for char in address:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0
