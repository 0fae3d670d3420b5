"""Notes: told from the text by their labels, wherever a page break has put them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from regesta.importing.furniture import header_words, is_capitals
from regesta.importing.labels import (
    LabelForm,
    NoteStart,
    begins_with_link,
    ends_with_link,
    follows,
    note_start,
    superscript_digits,
)
from regesta.importing.lines import Block, BlockKind, Line
from regesta.importing.markup import plain
from regesta.importing.repairs import Repair, RepairKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["RawNote", "Sorted", "sort_notes"]


@dataclass(slots=True)
class RawNote:
    """A note as the document writes it."""

    label: str
    form: LabelForm
    line: int
    column: int
    paragraphs: list[list[Line]]
    """The lines of each paragraph; the first without its label."""


@dataclass(slots=True)
class Sorted:
    """The blocks of a document, told apart."""

    body: list[Block] = field(default_factory=list)
    notes: list[RawNote] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    """Running headers that stood among the notes."""
    repairs: list[Repair] = field(default_factory=list)


_RAISED = re.compile(r"<sup>([^<>]{1,40})</sup>|([⁰¹²³⁴-⁹]{1,4})|\[\^?([^\[\]\s]{1,10})\]", re.IGNORECASE)
_NOTES_HEADING = frozenset(
    """
    notes note endnotes footnotes references sources przypisy źródła bibliografia примечания сноски источники литература
    примітки виноски джерела посилання заўвагі крыніцы зноскі спасылкі anmerkungen fußnoten quellen quellenangaben
    """.split()  # noqa: SIM905 - a list of words reads better than sixty quoted ones
)
_SURE = {LabelForm.MARKDOWN, LabelForm.RAISED}
_LIST_LIKE = {LabelForm.DOTTED, LabelForm.BARE}
_STOPS = (".", "!", "?", "…", ">", ")", "]", "»", "”", '"')
_NOTE_INDENT = 2
_TAIL = 200
_LONGEST_HEADING = 40
_NEVER_NOTES = {BlockKind.TABLE, BlockKind.FENCE, BlockKind.HEADING}


def sort_notes(blocks: Sequence[Block]) -> Sorted:
    """Tell the notes from the text."""
    reader = _Reader(blocks)
    for at in range(len(reader.blocks)):
        reader.read(at)
    reader.close()
    return reader.out


class _Reader:
    """Goes through the blocks once, and knows whether it stands in the text or among notes."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = [part for block in blocks for part in _split_before_notes(block)]
        self.starts = [_start(block) for block in self.blocks]
        self.out = Sorted()
        self.in_notes = False
        self.seen: set[str] = set()
        """Labels that the text so far points to."""
        self.defined: set[str] = set()
        self.surely_defined = {start.label.casefold() for start in self.starts if start and start.form in _SURE}
        self.last_words = ""
        """The end of the last paragraph of the text."""
        self.divider: list[Block] = []
        """Rules and headings that announce notes, if notes follow."""
        self.last_note_at = max((at for at, start in enumerate(self.starts) if start and self._sure(start)), default=-1)

    @staticmethod
    def _sure(start: NoteStart) -> bool:
        return start.form in _SURE or start.links

    def read(self, at: int) -> None:
        """Put one block where it belongs."""
        block, start = self.blocks[at], self.starts[at]
        if self._announces(block, at):
            self.divider.append(block)
        elif start and self._begins(start, block, at):
            self._drop_divider()
            self._read_notes(block, start)
        elif self.in_notes and self._continues(block, at):
            self._drop_divider(RepairKind.PAGE_BREAK)
            self._extend(block)
        elif self.in_notes and is_capitals(block.text) and at < self.last_note_at:
            self._remove(block, RepairKind.RUNNING_HEADER)
            self.out.headers.append(header_words(block.text))
        else:
            self._to_body(block)

    def close(self) -> None:
        """Give back what announced notes that did not follow."""
        if self.in_notes and all(block.kind is BlockKind.RULE for block in self.divider):
            self._drop_divider(RepairKind.PAGE_BREAK)
        self.out.body.extend(self.divider)

    def _announces(self, block: Block, at: int) -> bool:
        if block.kind is BlockKind.RULE:
            return at + 1 < len(self.blocks) or self.in_notes
        words = plain(block.text) if len(block.text) <= _LONGEST_HEADING else ""
        return len(block.lines) == 1 and words.rstrip(":").lower() in _NOTES_HEADING

    def _begins(self, start: NoteStart, block: Block, at: int) -> bool:
        """Weigh what a line begins with; the plainer the label, the more must speak for a note."""
        if block.kind in _NEVER_NOTES:
            return False
        label = start.label.casefold()
        announced = bool(self.divider)
        referenced = label in self.seen and label not in self.defined
        expected = referenced or follows(label, self.out.notes[-1].label if self.out.notes else None)
        if start.form in _LIST_LIKE and not _has_text(block, start):
            return expected and (self.in_notes or announced or (referenced and self._link_follows(at)))
        if self.in_notes:
            list_like = expected or (start.links and label not in self.defined)
        else:
            cites = "://" in block.text and label not in self.surely_defined
            list_like = (announced and expected) or (referenced and cites)
        return {
            LabelForm.MARKDOWN: True,
            LabelForm.RAISED: start.links or announced or expected or self.in_notes,
            LabelForm.BRACKETED: announced or referenced or (self.in_notes and (start.links or expected)),
            LabelForm.DOTTED: list_like,
            LabelForm.BARE: list_like,
        }[start.form]

    def _link_follows(self, at: int) -> bool:
        return at + 1 < len(self.blocks) and begins_with_link(self.blocks[at + 1].text)

    def _read_notes(self, block: Block, start: NoteStart) -> None:
        self.in_notes = True
        self._open(start, block.lines[0])
        for line in block.lines[1:]:
            following = note_start(line.text)
            if following and self._begins_within(following):
                self._open(following, line)
            else:
                self.out.notes[-1].paragraphs[-1].append(line)

    def _begins_within(self, start: NoteStart) -> bool:
        """Whether a line inside a block begins the next note; a bare number may stand at a line's start by chance."""
        before = self.out.notes[-1]
        if start.form in _SURE:
            return True
        if not follows(start.label, before.label):
            return start.links and start.form is before.form and start.label.casefold() not in self.defined
        return start.links or start.form is before.form

    def _open(self, start: NoteStart, line: Line) -> None:
        indent = len(line.text) - len(line.text.lstrip())
        note = RawNote(start.label, start.form, line.number, line.column + indent, [[line.cut(start.end)]])
        self.defined.add(start.label.casefold())
        self.out.notes.append(note)
        if start.marker != f"[^{start.label}]:":
            self.out.repairs.append(
                Repair(kind=RepairKind.NOTE, line=line.number, before=start.marker, after=f"[^{start.label}]:")
            )

    def _continues(self, block: Block, at: int) -> bool:
        """Whether a block among notes goes on with the last one, rather than with the text."""
        if block.kind is BlockKind.HEADING:
            return False
        if block.indent >= _NOTE_INDENT and not self.divider:
            return True
        if begins_with_link(block.text) or block.text.lstrip().startswith(";"):
            return True
        if self._points_on(block):
            return False
        unfinished = not _last_text(self.out.notes[-1]).endswith(_STOPS)
        if block.text.lstrip()[:1].islower() and unfinished and not self._text_is_cut():
            return True
        following = self.starts[at + 1] if at + 1 < len(self.blocks) else None
        return (
            following is not None
            and not self.divider
            and not self._text_is_cut()
            and follows(following.label, self.out.notes[-1].label)
            and at < self.last_note_at
            and len(block.lines) == 1
            and not is_capitals(block.text)
        )

    def _extend(self, block: Block) -> None:
        """Add to the last note: to its last source when one more follows, else as a paragraph."""
        paragraphs = self.out.notes[-1].paragraphs
        last, text = _last_text(self.out.notes[-1]), block.text.lstrip()
        unfinished = last.endswith((";", ",")) or text[:1] == ";" or (text[:1].islower() and not last.endswith(_STOPS))
        if unfinished or not last or (begins_with_link(text) and ends_with_link(last)):
            paragraphs[-1].extend(block.lines)
        else:
            paragraphs.append(list(block.lines))

    def _points_on(self, block: Block) -> bool:
        """Whether the block points to a note that has not been read yet: then it is text."""
        return any(label not in self.defined for label in _references(block.text))

    def _text_is_cut(self) -> bool:
        return _RAISED.sub("", self.last_words).rstrip("* ")[-1:].isalpha()

    def _to_body(self, block: Block) -> None:
        if self.in_notes:
            self._drop_divider(RepairKind.PAGE_BREAK)
        self.in_notes = False
        self.out.body.extend([*self.divider, block])
        self.divider.clear()
        self.seen.update(_references(block.text))
        if block.kind is BlockKind.PARAGRAPH:
            self.last_words = block.text.rstrip()[-_TAIL:]

    def _drop_divider(self, kind: RepairKind = RepairKind.NOTES_DIVIDER) -> None:
        if self.in_notes:
            kind = RepairKind.PAGE_BREAK
        for block in self.divider:
            self._remove(block, kind if block.kind is BlockKind.RULE else RepairKind.NOTES_DIVIDER)
        self.divider.clear()

    def _remove(self, block: Block, kind: RepairKind) -> None:
        self.out.repairs.append(Repair(kind=kind, line=block.number, before=block.text.strip(), after=""))


def _start(block: Block) -> NoteStart | None:
    return note_start(block.lines[0].text)


def _has_text(block: Block, start: NoteStart) -> bool:
    return len(block.lines) > 1 or start.end < len(block.lines[0].text.rstrip())


def _last_text(note: RawNote) -> str:
    return next((line.text.rstrip() for line in reversed(note.paragraphs[-1]) if line.text.strip()), "")


def _references(text: str) -> Iterable[str]:
    for match in _RAISED.finditer(text):
        written = next(group for group in match.groups() if group)
        yield from (superscript_digits(label.strip("[]()")).casefold() for label in re.split(r"[,;\s]+", written))


def _split_before_notes(block: Block) -> Iterable[Block]:
    """Cut a block where a note begins right below the text, without a blank line."""
    if block.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST}:
        yield block
        return
    at = 0
    for index, line in enumerate(block.lines):
        if index == at:
            continue
        start = note_start(line.text) if line.text.lstrip()[:1] in "<[¹²³⁴⁵⁶⁷⁸⁹" else None
        if start and (start.form is LabelForm.MARKDOWN or (start.links and start.form is LabelForm.RAISED)):
            yield replace(block, lines=block.lines[at:index])
            at = index
    yield replace(block, lines=block.lines[at:])
