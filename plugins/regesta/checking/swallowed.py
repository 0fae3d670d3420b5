"""References to notes that Markdown takes for something else, so that the reader sees none."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.raw_html import text_ranges
from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.blocks import Block
    from regesta.model.briefs import Document

__all__ = ["Swallowed", "SwallowedBy", "find_swallowed"]


class SwallowedBy(Enum):
    """What a note has disappeared in."""

    WORDS = "words"
    """`[see [^1] here](address)`: a link cannot hold a note, and is none."""
    BRACKETS = "brackets"
    """`[^1](see)`: a bracket after the note makes a link of it."""
    HTML = "html"
    """Raw HTML, in which Markdown is not read."""


class Swallowed(NamedTuple):
    """A reference that is lost, or that spoils what it stands in."""

    label: str
    span: Span
    by: SwallowedBy


_LABEL = re.compile(rb"\[\^([^\]\[\s]+)\]")


def find_swallowed(document: Document) -> tuple[Swallowed, ...]:
    """Look for notes in the words of links, before brackets and in raw HTML."""
    source, body = document.cleaned.source, document.body
    found: list[Swallowed] = []
    if b"[^" not in source:
        return ()
    for linked in body.linked:
        if linked.words.startswith("^") and not linked.is_image:
            match = _LABEL.match(source, linked.span.start)
            if match and source[match.end() : match.end() + 1] in {b"(", b"["}:
                found.append(Swallowed(match[1].decode(), linked.span, SwallowedBy.BRACKETS))
    for span, _ in body.html:
        if source.find(b"[^", span.start, span.end) >= 0:
            found += _in_html(source, span)
    references: dict[int, list[tuple[int, str]]] = {}
    for reference in body.references:
        references.setdefault(reference.block, []).append((reference.char, reference.label))
    for index, held in references.items():
        if 0 <= index < len(body.blocks) and "](" in body.blocks[index].text:
            found += _in_words(source, body.blocks[index], held)
    return tuple(sorted(found, key=lambda one: one.span))


def _in_html(source: bytes, span: Span) -> Iterator[Swallowed]:
    for start, end in text_ranges(source, span.start, span.end):
        for match in _LABEL.finditer(source, start, end):
            yield Swallowed(match[1].decode("utf-8", "replace"), Span(*match.span()), SwallowedBy.HTML)


def _in_words(source: bytes, block: Block, references: list[tuple[int, str]]) -> Iterator[Swallowed]:
    """Find `[… note …](…)` in a block: brackets that would be a link if they held no note."""
    text, opened, last = block.text, [], 0
    closed = iter([*block.closed, (len(text), len(text))])
    shut_start, shut_end = next(closed)
    for match in re.finditer(r"[\[\]]", text):
        at = match.start()
        while at >= shut_end and shut_start < len(text):
            shut_start, shut_end = next(closed)
        if shut_start <= at < shut_end:
            continue
        if match[0] == "[":
            opened.append(at)
        elif opened:
            start = opened.pop()
            if text.startswith("](", at) and (stop := text.find(")", at, at + 4096)) >= 0:
                while last < len(references) and references[last][0] <= start:
                    last += 1
                if last < len(references) and references[last][0] <= at:
                    span = block.source_span(start, stop + 1)
                    if source.startswith(b"[", span.start):
                        yield Swallowed(references[last][1], span, SwallowedBy.WORDS)
