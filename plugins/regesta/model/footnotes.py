"""Footnotes: a label, its definition, and the places that point to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.model.blocks import Block
    from regesta.model.bodies import Body, Reference
    from regesta.model.links import Link
    from regesta.model.spans import Span

__all__ = ["Citation", "Footnote", "read_footnotes", "shown_labels"]


class Citation(NamedTuple):
    """One source that a footnote names."""

    text: str
    """As it reads, without markup."""
    links: tuple[Link, ...]
    """The addresses it gives; empty for an `ibid.`"""


class Footnote(NamedTuple):
    """A note and every place that points to it."""

    label: str
    """As written between the brackets: `2` in `[^2]`."""
    span: Span
    """Of the whole definition."""
    references: tuple[Reference, ...]
    """Where the body points to it, in reading order. Empty when nothing does."""
    citations: tuple[Citation, ...]
    """The sources it names, in order."""
    duplicates: tuple[Span, ...]
    """Later definitions of the same label. They do not count."""

    @property
    def links(self) -> tuple[Link, ...]:
        """All addresses of the note, in order."""
        return tuple(link for citation in self.citations for link in citation.links)


def read_footnotes(body: Body, links: Sequence[Link]) -> tuple[Footnote, ...]:
    """Give the notes of a body in the order in which the text points to them, the unused ones last."""
    references: dict[str, list[Reference]] = {}
    for reference in body.references:
        references.setdefault(reference.label, []).append(reference)
    spans: dict[str, list[Span]] = {}
    for note in body.notes:
        spans.setdefault(note.label, []).append(note.span)
    blocks: dict[str, list[tuple[int, Block]]] = {}
    for index, block in enumerate(body.blocks):
        if block.note is not None and block.span.start < spans[block.note][0].end:
            blocks.setdefault(block.note, []).append((index, block))
    by_block: dict[int, list[Link]] = {}
    for link in links:
        if link.note is not None and link.style not in {"image", "definition"}:
            by_block.setdefault(link.block, []).append(link)
    order = [label for label in references if label in spans] + [label for label in spans if label not in references]
    return tuple(
        Footnote(
            label,
            spans[label][0],
            tuple(references.get(label, ())),
            tuple(c for at, block in blocks.get(label, ()) for c in _citations(block, by_block.get(at, ()))),
            tuple(spans[label][1:]),
        )
        for label in order
    )


_LONGEST_LABEL = len("xviii")
_NUMBER = re.compile(r"\d{1,4}[^\W\d_]{0,2}|[^\w\s]{1,4}")
"""What can only be meant for readers: `3`, `2a`, `*`."""


def shown_labels(labels: Sequence[str]) -> dict[str, str]:
    """Give what a reader sees at each note of a text, in the order of its list.

    An author's own numbers stay, and all labels with them, so that a note can be named as its author names it. Where
    all are names that only Markdown sees, they are counted.

    >>> shown_labels(["1", "2a", "*"]), shown_labels(["ferry-2019", "tender"])
    ({'1': '1', '2a': '2a', '*': '*'}, {'ferry-2019': '1', 'tender': '2'})
    """
    as_written = all(len(label) <= _LONGEST_LABEL for label in labels) or any(map(_NUMBER.fullmatch, labels))
    return {label: label if as_written else str(number) for number, label in enumerate(labels, 1)}


def _citations(block: Block, links: Sequence[Link]) -> list[Citation]:
    """Part a paragraph of a note at each `;` that separates sources.

    One does when it stands outside links and brackets and is followed by a space, the end, or a link.
    """
    text = block.text
    if ";" not in text:
        return [Citation(text.strip(), tuple(links))]
    places = [(block.char(link.outer.start), block.char(link.outer.end), link) for link in links]
    starts = {start for start, _, _ in places} | {start for start, _ in block.closed}
    bare = sorted((start, end) for start, end, link in places if link.style in {"bare", "broken"})
    cuts, depth = [0], 0
    for at, char in enumerate(text):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(depth - 1, 0)
        elif (
            char == ";"
            and depth == 0
            and (at + 1 == len(text) or text[at + 1].isspace() or at + 1 in starts)
            and not block.is_closed(at)
            and not _is_within(bare, at)
        ):
            cuts.append(at + 1)
    cuts.append(len(text) + 1)
    parts, left = [], sorted(places, key=lambda place: place[0], reverse=True)
    for start, end in pairwise(cuts):
        part = text[start:end].strip().removesuffix(";").strip()
        held = []
        while left and left[-1][0] < end:
            held.append(left.pop()[2])
        if part or held:
            parts.append(Citation(part, tuple(held)))
    return parts


def _is_within(ranges: Sequence[tuple[int, int]], char: int) -> bool:
    at = bisect_right(ranges, (char, 1 << 62)) - 1
    return at >= 0 and char < ranges[at][1]
