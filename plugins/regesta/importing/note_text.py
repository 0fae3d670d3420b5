"""The text of a note: its lines on one line, its sources apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from regesta.importing.joining import end_of, start_of
from regesta.importing.labels import begins_with_link, ends_with_link
from regesta.importing.lines import Block, Line
from regesta.importing.repairs import Repair, RepairKind

if TYPE_CHECKING:
    from regesta.importing.hyphenation import OpenWord, Vocabulary
    from regesta.importing.inline import InlineReader, Written
    from regesta.importing.notes import RawNote

__all__ = ["WrittenNote", "write_note"]

_GLUE = "\n    "
"""Before the second half of a word that may be one: a footnote goes on in indented lines."""


@dataclass(slots=True)
class WrittenNote:
    """A note as a Markdown footnote."""

    label: str
    text: str
    urls: list[str]
    place: tuple[int, int]
    """Of its label: source line, 1-based, and column, from 0."""
    parts: list[Written]
    left: list[OpenWord]
    """Words that a line end cuts, and that are left so."""
    repairs: list[Repair]


def write_note(note: RawNote, reader: InlineReader, vocabulary: Vocabulary, *, label: str) -> WrittenNote:
    """Write a note: `[^4]: <url>; <url>`, further paragraphs indented by four."""
    repairs: list[Repair] = []
    if note.marker != f"[^{label}]:":
        repairs.append(Repair(kind=RepairKind.NOTE, line=note.line, before=note.marker, after=f"[^{label}]:"))
    left: list[OpenWord] = []
    blocks = [_one_line(paragraph, repairs, vocabulary, left) for paragraph in note.paragraphs]
    parts = [reader.write(block, in_note=True) for block in blocks]
    texts = [part.text.strip() for part in parts if part.text.strip()]
    body = "\n\n    ".join(texts)
    return WrittenNote(
        label=label,
        text=f"[^{label}]: {body}".rstrip(),
        urls=[url for part in parts for url in part.urls],
        place=(note.line, note.column),
        parts=parts,
        left=left,
        repairs=repairs,
    )


def _one_line(lines: list[Line], repairs: list[Repair], vocabulary: Vocabulary, left: list[OpenWord]) -> Block:
    cut: list[OpenWord] = []
    mended = vocabulary.join([replace(line, glue=" ") for line in lines], repairs, cut, glue=_GLUE)
    left.extend(cut)
    out: list[Line] = []
    blanks = ""
    for line in mended:
        text = line.text
        stripped = replace(line.cut(len(text) - len(text.lstrip())), text=text.strip())
        if not stripped.text and out:
            continue
        if out and out[-1].text and stripped.glue == " ":
            _log_joint(out[-1], blanks, stripped, repairs)
        blanks = text[len(text.rstrip()) :]
        out.append(stripped)
    for at, (line, below) in enumerate(list(pairwise(out))):
        if ends_with_link(line.text) and begins_with_link(below.text):
            out[at + 1] = replace(below, glue="; ")
            tail = end_of(line.text)
            repairs.append(Repair(kind=RepairKind.SEPARATED_SOURCES, line=line.number, before=tail, after=f"{tail};"))
    return Block(tuple(out))


def _log_joint(left: Line, blanks: str, right: Line, repairs: list[Repair]) -> None:
    before, after = end_of(left.text), start_of(right.text)
    repairs.append(
        Repair(
            kind=RepairKind.JOINED_LINES,
            line=left.number,
            before=f"{before}{blanks}\n{after}",
            after=f"{before} {after}",
        )
    )
