"""Notes: told from the text by their labels, wherever a page break has put them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from regesta.importing.furniture import header_words, is_capitals
from regesta.importing.labels import (
    FIRST_LABELS,
    LabelForm,
    NoteStart,
    begins_with_link,
    ends_with_link,
    follows,
    note_start,
)
from regesta.importing.lines import Block, BlockKind, Line
from regesta.importing.marks import explicit_labels, glued_marks
from regesta.importing.markup import plain
from regesta.importing.repairs import Repair, RepairKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["RawNote", "Sorted", "sort_notes"]


@dataclass(slots=True)
class RawNote:
    """A note as the document writes it."""

    label: str
    """In the brief: its own, unless the document uses it again for another note."""
    marker: str
    """As the document writes it."""
    form: LabelForm
    run: int
    """Which of the document's lists of notes it belongs to."""
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
    runs: int = 0
    """How many lists of notes there are: one at the end, or one on each page."""
    repairs: list[Repair] = field(default_factory=list)


_TRAILING_MARKS = re.compile(r"(?:<sup>[^<>]{1,40}</sup>|[⁰¹²³⁴-⁹]{1,4}|\[\^?[^\[\]]{1,20}\]|[*\s])+$", re.IGNORECASE)
_NOTES_HEADING = frozenset(
    """
    notes note endnotes footnotes references sources przypisy źródła bibliografia примечания сноски источники литература
    примітки виноски джерела посилання заўвагі крыніцы зноскі спасылкі anmerkungen fußnoten quellen quellenangaben
    """.split()
)
_SURE = {LabelForm.MARKDOWN, LabelForm.RAISED}
_LIST_LIKE = {LabelForm.DOTTED, LabelForm.BARE}
_STOPS = (".", "!", "?", "…", ">", ")", "]", "»", "”", '"')
_NOTE_INDENT = 2
_TAIL = 200
_LONGEST_HEADING = 40
_NEVER_NOTES = {BlockKind.TABLE, BlockKind.FENCE, BlockKind.HEADING}


def sort_notes(blocks: Sequence[Block], *, title: str = "") -> Sorted:
    """Tell the notes from the text; the `title` above them may point to one, too."""
    reader = _Reader(blocks)
    for label in (
        *explicit_labels(title),
        *(label for mark in glued_marks(title) if mark.sure for label in mark.labels),
    ):
        reader.fresh[label.casefold()] = None
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
        self.fresh: dict[str, None] = {}
        """Labels, in order, that the text since the last notes points to."""
        self.waiting: set[str] = set()
        """Labels that the text so far points to, and that no note has had since."""
        self.defined: set[str] = set()
        self.defined_here: set[str] = set()
        """Labels of the notes that stand together where the reader is."""
        self.restarts = 0
        """How often the marks of the text have begun to count again."""
        self.last_mark = ""
        self.surely_defined = {start.label.casefold() for start in self.starts if start and start.form in _SURE}
        self.last_start = {start.label.casefold(): at for at, start in enumerate(self.starts) if start}
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
        return len(block.lines) == 1 and _is_notes_heading(block.text)

    def _begins(self, start: NoteStart, block: Block, at: int) -> bool:
        """Weigh what a line begins with; the plainer the label, the more must speak for a note."""
        if block.kind in _NEVER_NOTES:
            return False
        label = start.label.casefold()
        announced = bool(self.divider)
        referenced = self._is_awaited(label)
        expected = referenced or follows(label, self.out.notes[-1].label if self.out.notes else None)
        if start.form in _LIST_LIKE and not _has_text(block, start):
            return expected and (self.in_notes or announced or (referenced and self._link_follows(at)))
        if self.in_notes:
            list_like = expected or (start.links and label not in self.defined_here)
        else:
            cites = "://" in block.text and label not in self.surely_defined
            list_like = (announced and expected) or (referenced and (cites or self._answers(at)))
        return {
            LabelForm.MARKDOWN: True,
            LabelForm.RAISED: start.links or announced or expected or self.in_notes,
            LabelForm.BRACKETED: announced or referenced or (self.in_notes and (start.links or expected)),
            LabelForm.DOTTED: list_like,
            LabelForm.SIGN: referenced and not _is_list(block, start),
            LabelForm.BARE: list_like,
        }[start.form]

    def _is_awaited(self, label: str) -> bool:
        """Whether the text points to a note of that label that has not come yet."""
        if not self.in_notes:
            begins_again = label in FIRST_LABELS and (label in self.fresh or self.restarts >= self.out.runs)
            return begins_again if label in self.defined else label in self.fresh or label in self.waiting
        if label in self.defined_here:
            return label in FIRST_LABELS and self.restarts >= self.out.runs
        return label in self.fresh or label in self.waiting

    def _answers(self, at: int) -> bool:
        """Whether the lines from here on have just the labels that the text before them points to."""
        awaited = [label for label in self.fresh if label not in self.surely_defined]
        found: list[str] = []
        for block in self.blocks[at:]:
            labels = [start.label.casefold() for line in block.lines if (start := note_start(line.text))]
            first = note_start(block.lines[0].text)
            if first is None or first.label.casefold() not in self.fresh or len(found) > len(awaited):
                break
            found.extend(label for label in labels if label in self.fresh or label.isdecimal())
        return bool(awaited) and found == awaited

    def _link_follows(self, at: int) -> bool:
        return at + 1 < len(self.blocks) and begins_with_link(self.blocks[at + 1].text)

    def _read_notes(self, block: Block, start: NoteStart) -> None:
        if not self.in_notes:
            self.out.runs += 1
            self.defined_here.clear()
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
        label = start.label.casefold()
        if start.form in _SURE:
            return True
        if label == next((awaited for awaited in self.fresh if awaited not in self.defined_here), None):
            return start.form in {before.form, LabelForm.SIGN} or before.form is LabelForm.SIGN
        if label in self.defined_here and self._is_awaited(label) and start.form is before.form:
            return True
        if not follows(start.label, before.label):
            return start.links and start.form is before.form and label not in self.defined_here
        return start.links or start.form is before.form

    def _open(self, start: NoteStart, line: Line) -> None:
        indent = len(line.text) - len(line.text.lstrip())
        label = start.label.casefold()
        if label in self.defined_here and label in FIRST_LABELS and self._is_awaited(label):
            self.out.runs += 1
            self.defined_here.clear()
        self.defined.add(label)
        self.defined_here.add(label)
        self.waiting.discard(label)
        self.out.notes.append(
            RawNote(
                label=start.label,
                marker=start.marker,
                form=start.form,
                run=self.out.runs,
                line=line.number,
                column=line.column + indent,
                paragraphs=[[line.cut(start.end)]],
            )
        )

    def _continues(self, block: Block, at: int) -> bool:
        """Whether a block among notes goes on with the last one, rather than with the text."""
        if block.kind is BlockKind.HEADING:
            return False
        if block.indent >= _NOTE_INDENT and not self.divider and not block.new_page:
            return True
        if begins_with_link(block.text) or block.text.lstrip().startswith(";"):
            return True
        if self._points_on(block, at):
            return False
        unfinished = not _last_text(self.out.notes[-1]).endswith(_STOPS)
        if block.text.lstrip()[:1].islower() and unfinished and not self._text_is_cut():
            return True
        following = self.starts[at + 1] if at + 1 < len(self.blocks) else None
        return (
            following is not None
            and not self.divider
            and not block.new_page
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

    def _points_on(self, block: Block, at: int) -> bool:
        """Whether the block points to a note that has not been read yet: then it is text."""
        marks = [*explicit_labels(block.text), *self._glued(block)]
        return any(label not in self.defined or self.last_start.get(label, 0) > at for label in marks)

    def _glued(self, block: Block) -> Iterable[str]:
        """Yield the labels of figures and signs behind words that are marks, as far as the text alone tells."""
        if block.kind is BlockKind.TABLE:
            return
        for mark in glued_marks(block.text):
            for label in mark.labels:
                if mark.sure or label in FIRST_LABELS or (self.last_mark and follows(label, self.last_mark)):
                    yield label.casefold()

    def _text_is_cut(self) -> bool:
        return _TRAILING_MARKS.sub("", self.last_words)[-1:].isalpha()

    def _to_body(self, block: Block) -> None:
        if self.in_notes:
            self._drop_divider(RepairKind.PAGE_BREAK)
            self.waiting.update(label for label in self.fresh if label not in self.defined_here)
            self.fresh.clear()
        self.in_notes = False
        self.out.body.extend([*self.divider, block])
        self.divider.clear()
        for label in (*explicit_labels(block.text), *self._glued(block)):
            if label in FIRST_LABELS and self.last_mark and label != self.last_mark:
                self.restarts += 1
            self.last_mark = label
            self.fresh[label] = None
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


def _is_notes_heading(text: str) -> bool:
    words = plain(text) if len(text) <= _LONGEST_HEADING else ""
    return words.rstrip(":").lower() in _NOTES_HEADING


def _has_text(block: Block, start: NoteStart) -> bool:
    return len(block.lines) > 1 or start.end < len(block.lines[0].text.rstrip())


def _last_text(note: RawNote) -> str:
    return next((line.text.rstrip() for line in reversed(note.paragraphs[-1]) if line.text.strip()), "")


def _is_list(block: Block, start: NoteStart) -> bool:
    """Whether several lines begin with the same sign: they are items."""
    found = [note_start(line.text) for line in block.lines]
    return sum(other is not None and other.label == start.label for other in found) > 1


def _split_before_notes(block: Block) -> Iterable[Block]:
    """Cut a block where a note begins right below the text, without a blank line."""
    if block.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST}:
        yield block
        return
    at = 0
    if len(block.lines) > 1 and _is_notes_heading(block.lines[0].text) and note_start(block.lines[1].text):
        yield replace(block, lines=block.lines[:1])
        at = 1
    for index, line in enumerate(block.lines):
        if index <= at:
            continue
        start = note_start(line.text) if line.text.lstrip()[:1] in "<[¹²³⁴⁵⁶⁷⁸⁹" else None
        if start and (start.form is LabelForm.MARKDOWN or (start.links and start.form is LabelForm.RAISED)):
            yield replace(block, lines=block.lines[at:index])
            at = index
    yield replace(block, lines=block.lines[at:])
