"""Sentences that a page break cut in two, put together again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from regesta.importing.furniture import header_words, is_capitals
from regesta.importing.lines import Block, BlockKind
from regesta.importing.repairs import Repair, RepairKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Joined", "end_of", "join_sentences", "start_of"]

_TRAILING_MARKS = re.compile(r"(?:<sup>[^<>]{0,40}</sup>|\[\^[^\[\]\s]{1,40}\]|[*_\s]|[⁰¹²³⁴-⁹])+$", re.IGNORECASE)
_LIST_MARKER = re.compile(r"(?:[a-z]|[ivxlcdm]{1,6})[.)]\s", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}")
_OPENING = "*_\"'“‘«„(["
_FEWEST_WORDS = 4
_MOST_BETWEEN = 4
_LONG = 40
_SHOWN = 40
_TAIL = 200


class Joined:
    """The body with its sentences whole."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.blocks: list[Block] = []
        self.headers: list[str] = []
        """Running headers that stood inside a sentence."""
        self.repairs: list[Repair] = []


def join_sentences(blocks: Sequence[Block], *, headers: Iterable[str] = ()) -> Joined:
    """Join two paragraphs where the first has no end and the second no beginning.

    What stands between them and can only be page furniture is taken out: a rule, a page number, a line in
    capitals, or one of `headers`, the document's own title and series.
    """
    known = {header.casefold() for header in headers}
    blocks = _over_pages(blocks)
    out = Joined()
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if block.kind is not BlockKind.PARAGRAPH or not _is_open(block):
            out.blocks.append(block)
            continue
        parts = [block]
        while (between := _furniture_length(blocks, at, known)) is not None and _is_open(parts[-1]):
            for furniture in blocks[at : at + between]:
                _take_out(furniture, out)
            parts.append(blocks[at + between])
            at += between + 1
        out.blocks.append(_joined(parts, out.repairs))
    return out


def _over_pages(blocks: Sequence[Block]) -> list[Block]:
    """Put paragraphs, lists and tables together again that go on over a form feed without a blank line."""
    out: list[Block] = []
    for block in blocks:
        before = out[-1] if out else None
        if before and block.new_page and before.kind is block.kind and _is_next(before, block):
            out[-1] = Block((*before.lines, *block.lines), block.kind)
        else:
            out.append(block)
    return out


def _is_next(before: Block, block: Block) -> bool:
    """Whether a block goes on with the lines before it: the last line of a paragraph is shorter than others."""
    if before.lines[-1].number + 1 != block.number or block.kind in {BlockKind.HEADING, BlockKind.RULE}:
        return False
    last, longest = before.lines[-1].text.strip(), max(len(line.text.strip()) for line in before.lines)
    return not last.endswith((".", "!", "?", ":")) or len(last) > longest * 3 // 4


def _furniture_length(blocks: Sequence[Block], at: int, known: set[str]) -> int | None:
    """Count the pieces of furniture before the second half; `None` when no second half follows."""
    for between in range(min(_MOST_BETWEEN + 1, len(blocks) - at)):
        block = blocks[at + between]
        if _goes_on(block) or (at and _goes_on_over_page(blocks[at - 1], block)):
            return between
        if not _is_furniture(block, known):
            return None
    return None


def _is_furniture(block: Block, known: set[str]) -> bool:
    if block.kind is BlockKind.RULE:
        return True
    if block.kind is not BlockKind.PARAGRAPH or len(block.lines) > 1:
        return False
    text = block.text.strip()
    return is_capitals(text) or _NUMBER.fullmatch(text) is not None or header_words(text).casefold() in known


def _is_open(block: Block) -> bool:
    """Whether a paragraph breaks off inside a sentence."""
    text = block.text[-_TAIL:]
    end = _TRAILING_MARKS.sub("", text)
    words = text.split()
    if len(words) < _FEWEST_WORDS or text.isupper() or (block.text.startswith("**") and block.text.endswith("**")):
        return False
    return end[-1:].isalnum() or end.endswith((",", "-", "–", "—", "’", "'", "(", "%", "$"))


def _goes_on(block: Block) -> bool:
    """Whether a paragraph begins inside a sentence."""
    text = block.lines[0].text.lstrip().lstrip(_OPENING)
    return block.kind is BlockKind.PARAGRAPH and text[:1].islower() and not _LIST_MARKER.match(text)


def _goes_on_over_page(before: Block, block: Block) -> bool:
    """Whether a page goes on with a name in the middle of a sentence: long lines, and no stop at the page's end."""
    left, right = before.lines[-1].text.rstrip(), block.lines[0].text.strip()
    return (
        block.new_page
        and block.kind is BlockKind.PARAGRAPH
        and len(left) >= _LONG
        and (left[-1:].isalpha() or left.endswith(","))
        and right[:1].isalnum()
        and (len(right) >= _LONG or right.endswith("."))
        and not _LIST_MARKER.match(right)
    )


def _take_out(block: Block, out: Joined) -> None:
    text = block.text.strip()
    if block.kind is BlockKind.RULE:
        kind = RepairKind.PAGE_BREAK
    elif _NUMBER.fullmatch(text):
        kind = RepairKind.PAGE_NUMBER
    else:
        kind = RepairKind.RUNNING_HEADER
        out.headers.append(header_words(text))
    out.repairs.append(Repair(kind=kind, line=block.number, before=text, after=""))


def _joined(parts: list[Block], repairs: list[Repair]) -> Block:
    if len(parts) == 1:
        return parts[0]
    lines = list(parts[0].lines)
    for part in parts[1:]:
        last, first = lines[-1], part.lines[0]
        left, right = last.text.rstrip(), first.cut(len(first.text) - len(first.text.lstrip()))
        # Whether the hyphen is the word's own, the document's other words tell.
        glue = "\n" if re.search(r"[^\W\d_][-‐]$", left) or last.soft_end else " "
        before, after = end_of(left), start_of(right.text)
        repairs.append(
            Repair(
                kind=RepairKind.JOINED_SENTENCE,
                line=first.number,
                before=f"{before}\n\n{after}",
                after=f"{before}{glue}{after}",
            )
        )
        lines[-1] = replace(last, text=left)
        lines.extend([replace(right, glue=glue), *part.lines[1:]])
    return Block(tuple(lines), BlockKind.PARAGRAPH)


def end_of(text: str) -> str:
    """Give the last words of a text."""
    return text if len(text) <= _SHOWN else text[-_SHOWN:].partition(" ")[2] or text[-_SHOWN:]


def start_of(text: str) -> str:
    """Give the first words of a text."""
    text = text.rstrip()
    return text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(" ")[0] or text[:_SHOWN]
