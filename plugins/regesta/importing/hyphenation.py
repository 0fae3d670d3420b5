"""Words that a line end cuts: joined where the document or a word list tells how they are written, else reported."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from regesta.importing.lines import Block, BlockKind, Line
from regesta.importing.repairs import Repair, RepairKind
from regesta.model.hyphens import HYPHENS, CutWord, read_cut_word

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

__all__ = ["OpenWord", "Vocabulary"]


@dataclass(frozen=True, slots=True)
class OpenWord:
    """A word that a hyphen cuts, when nobody knows whether the hyphen is its own."""

    word: CutWord
    line: int
    column: int


_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’ʼ][^\W\d_]+)*")
_HALF = re.compile(r"\s*([^\W⁰¹²³⁴-⁹]+)")  # raised figures are a mark
_HAS_WORDS = {BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.HEADING}


class Vocabulary:
    """The words of a document that no line end touches, and those of a list for its language."""

    def __init__(self, lines: Sequence[str], words_of_language: Container[str] = ()) -> None:
        """Count those of the document. `words_of_language` are in lower case."""
        words: Counter[str] = Counter()
        cut_above = False
        for line in lines:
            found = [match[0].casefold().replace("‐", "-") for match in _WORD.finditer(line)]
            cut = line.rstrip().endswith(tuple(HYPHENS))
            words.update(found[1 if cut_above else 0 : -1 if cut else None])
            if line.strip():
                cut_above = cut
        self._words = words
        self._language = words_of_language

    def judge(self, word: CutWord) -> str | None:
        """Return a word as the document writes it elsewhere, or in one piece where its language has it so.

        `None` when neither tells, or the document writes it both ways.
        """
        joined, compound = word.joined.casefold() in self._words, word.compound.casefold() in self._words
        if joined != compound:
            return word.joined if joined else word.compound
        # No word is cut before a capital: the hyphen is a name's own.
        is_name = word.right[0].isupper() and not word.left.isupper()
        if joined:
            return None
        if is_name:
            return word.compound
        return word.joined if word.joined.casefold() in self._language else None

    def mend(self, blocks: Iterable[Block], repairs: list[Repair], left: list[OpenWord]) -> list[Block]:
        """Join what is cut in the blocks of a text; those `left` stay as they are."""
        return [
            replace(block, lines=tuple(self.join(block.lines, repairs, left, glue="\n")))
            if block.kind in _HAS_WORDS and len(block.lines) > 1
            else block
            for block in blocks
        ]

    def join(self, lines: Sequence[Line], repairs: list[Repair], left: list[OpenWord], *, glue: str) -> list[Line]:
        """Join what is cut in lines that belong together; `glue` is what stands before a half that is left."""
        out = list(lines)
        in_address = False
        for at in range(len(out) - 1):
            line, below = out[at], out[at + 1]
            text = line.text.rstrip()
            in_address = _ends_in_address(text, goes_on=in_address)
            half = _HALF.match(below.text)
            if line.soft_end and half:
                indent = len(below.text) - len(below.text.lstrip())
                out[at : at + 2] = replace(line, text=text), replace(below.cut(indent), glue="")
                left_half, right_half = text.rpartition(" ")[2], half[1]
                _log(repairs, line, below, left_half, right_half, left_half + right_half)
                continue
            word = None if in_address else read_cut_word(text, below.text)
            if word is None:
                continue
            written = self.judge(word)
            if written is None:
                left.append(OpenWord(word, line.number, line.column + len(text) - len(word.left) - 1))
                out[at + 1] = replace(below.cut(len(below.text) - len(below.text.lstrip())), glue=glue)
                continue
            keeps = written == word.compound
            out[at] = replace(line, text=text if keeps else text[:-1])
            out[at + 1] = replace(below.cut(len(below.text) - len(below.text.lstrip())), glue="")
            _log(repairs, line, below, f"{word.left}{text[-1]}", word.right, written)
        return out


def _log(repairs: list[Repair], line: Line, below: Line, left: str, right: str, after: str) -> None:  # noqa: PLR0913, PLR0917 - both halves, and where they stand
    """Note a joint; a word over three lines is one repair."""
    before, number = left, line.number
    last = repairs[-1] if repairs else None
    half = left.rstrip(HYPHENS)
    is_alone = line.text.strip().rstrip(HYPHENS) == half
    if last and is_alone and last.kind is RepairKind.HYPHENATION and last.before.endswith(f"\n{half}"):
        before, after = last.before.removesuffix(half) + left, last.after.removesuffix(half) + after
        number = last.line
        repairs.pop()
    between = "\n" * max(below.number - line.number, 1)
    repairs.append(Repair(kind=RepairKind.HYPHENATION, line=number, before=f"{before}{between}{right}", after=after))


def _ends_in_address(text: str, *, goes_on: bool) -> bool:
    """Whether a line ends inside an address: its hyphens are another matter."""
    words = text.split()
    if not words:
        return False
    return "://" in words[-1] or "www." in words[-1] or "/" in words[-1] or (goes_on and len(words) == 1)
