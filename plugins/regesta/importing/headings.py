"""Headings that the conversion left as plain lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regesta.importing.lines import Block, BlockKind
from regesta.importing.repairs import Repair, RepairKind

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["mark_headings"]

_LONGEST = 120
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_]+)(?<=\S)\1")
_REFERENCE = re.compile(r"<sup>|\[\^|\]\(")
_SENTENCE_END = re.compile(r"[.?!]\s")
_STOPS = (".", ",", ";", ":")


def mark_headings(blocks: Sequence[Block]) -> tuple[list[Block], list[Repair]]:
    """Make `##` headings of questions and bold lines that stand alone over a text."""
    out: list[Block] = []
    repairs: list[Repair] = []
    words = [_heading(block) for block in blocks]
    for at, block in enumerate(blocks):
        text = words[at]
        below = at + 1 < len(blocks) and blocks[at + 1].kind is not BlockKind.RULE and words[at + 1] is None
        if text is None or not below or (at > 0 and words[at - 1] is not None):
            out.append(block)
            continue
        line = block.lines[0]
        repairs.append(Repair(kind=RepairKind.HEADING, line=line.number, before=block.text.strip(), after=f"## {text}"))
        out.append(_as_heading(block, text))
    return out, repairs


def _heading(block: Block) -> str | None:
    """Give the words of a block that looks like a heading."""
    text = block.text.strip()
    if block.kind is not BlockKind.PARAGRAPH or len(block.lines) > 1 or len(text) > _LONGEST or _REFERENCE.search(text):
        return None
    bold = _BOLD.fullmatch(text)
    if bold:
        return bold[2] if not bold[2].endswith(_STOPS) else None
    return text if text.endswith("?") and text[:1].isupper() and not _SENTENCE_END.search(text) else None


def _as_heading(block: Block, words: str) -> Block:
    line = block.lines[0]
    start = line.text.index(words)
    cut = line.cut(start)
    marked = type(line)(line.number, f"## {words}", max(cut.column - len("## "), 0))
    return Block((marked,), BlockKind.HEADING)
