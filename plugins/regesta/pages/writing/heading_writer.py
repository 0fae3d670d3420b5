"""Headings in a text: their level on the page, and the ids by which they are linked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regesta.model.briefs import Document

__all__ = ["heading_plan"]

_LOWEST = 6


def heading_plan(document: Document, title: str) -> list[tuple[int, str]]:
    """Give each heading its level on the page, below the page's own title; 0 for one that repeats it."""
    levels = [heading.level for heading in document.body.headings]
    repeats = levels[:1] == [1] and " ".join(document.body.headings[0].text.split()) == title
    shift = 1 if 1 in levels[repeats:] else 0
    return [
        (0 if repeats and index == 0 else min(heading.level + shift, _LOWEST), heading.text.strip())
        for index, heading in enumerate(document.body.headings)
    ]
