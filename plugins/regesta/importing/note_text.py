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
    from regesta.importing.inline import InlineReader, Written
    from regesta.importing.notes import RawNote

__all__ = ["WrittenNote", "write_note"]


@dataclass(slots=True)
class WrittenNote:
    """A note as a Markdown footnote."""

    label: str
    text: str
    urls: list[str]
    place: tuple[int, int]
    """Of its label: source line, 1-based, and column, from 0."""
    parts: list[Written]
    repairs: list[Repair]


def write_note(note: RawNote, reader: InlineReader, *, label: str) -> WrittenNote:
    """Write a note: `[^4]: <url>; <url>`, further paragraphs indented by four."""
    repairs: list[Repair] = []
    if note.marker != f"[^{label}]:":
        repairs.append(Repair(kind=RepairKind.NOTE, line=note.line, before=note.marker, after=f"[^{label}]:"))
    blocks = [_one_line(paragraph, repairs) for paragraph in note.paragraphs]
    parts = [reader.write(block, in_note=True) for block in blocks]
    texts = [part.text.strip() for part in parts if part.text.strip()]
    body = "\n\n    ".join(texts)
    return WrittenNote(
        label=label,
        text=f"[^{label}]: {body}".rstrip(),
        urls=[url for part in parts for url in part.urls],
        place=(note.line, note.column),
        parts=parts,
        repairs=repairs,
    )


def _one_line(lines: list[Line], repairs: list[Repair]) -> Block:
    out: list[Line] = []
    blanks = ""
    for line in lines:
        text = line.text
        stripped = replace(line.cut(len(text) - len(text.lstrip())), text=text.strip(), glue=" ")
        if not stripped.text and out:
            continue
        if out and out[-1].text:
            _log_joint(out[-1], blanks, stripped, repairs)
        blanks = text[len(text.rstrip()) :]
        out.append(stripped)
    for at, (left, right) in enumerate(list(pairwise(out))):
        if ends_with_link(left.text) and begins_with_link(right.text):
            out[at + 1] = replace(right, glue="; ")
            tail = end_of(left.text)
            repairs.append(Repair(kind=RepairKind.SEPARATED_SOURCES, line=left.number, before=tail, after=f"{tail};"))
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
