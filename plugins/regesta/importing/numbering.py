"""Which note a mark leads to, also where numbering begins again on each page or in each chapter."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from regesta.importing.labels import FIRST_LABELS, LabelForm
from regesta.importing.lines import BlockKind
from regesta.importing.marks import explicit_marks, glued_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regesta.importing.lines import Block
    from regesta.importing.notes import RawNote

__all__ = ["Numbering"]

_Position = tuple[int, int]
"""Source line, 1-based, and column, from 0."""


class _Mark(NamedTuple):
    label: str
    at: _Position
    explicit: bool


class _Group(NamedTuple):
    """Lists of notes with no mark between them: one, or those of all chapters at the end."""

    runs: list[int]
    begins: list[_Position]
    """Where the marks that lead to each of them begin."""


class Numbering:
    """Knows the notes of a document and gives each its label in the brief."""

    def __init__(self, notes: Sequence[RawNote], body: Iterable[Block]) -> None:
        """Compare the notes with the marks of the text. Notes of one label in several lists are numbered anew."""
        self.labels = frozenset(note.label.casefold() for note in notes)
        self.plain_forms = any(note.form is not LabelForm.MARKDOWN for note in notes)
        self._notes = notes
        self._of: dict[str, list[int]] = {}
        for at, note in enumerate(notes):
            self._of.setdefault(note.label.casefold(), []).append(at)
        self._runs: dict[int, tuple[_Position, _Position]] = {}
        self._in_run: dict[tuple[int, str], int] = {}
        for at, note in enumerate(notes):
            self._in_run.setdefault((note.run, note.label.casefold()), at)
            last = note.paragraphs[-1][-1].number
            first = self._runs.get(note.run, ((note.line, 0), (0, 0)))[0]
            self._runs[note.run] = (first, (last + 1, 0))
        runs_of = Counter(label for _, label in self._in_run)
        self._several = frozenset(label for label, count in runs_of.items() if count > 1)
        self.starts_anew = False
        """Whether a label stands for several notes, so that all get new ones."""
        marks = [mark for block in body for mark in _marks(block, self.labels)] if notes else []
        self._groups = self._grouped(marks)
        self._ends = [self._runs[group.runs[-1]][1] for group in self._groups]
        self.starts_anew = any(self._is_repeated(self.find(mark.label, mark.at)) for mark in marks)
        found = (self.find(mark.label, mark.at) for mark in marks if mark.explicit)
        self.explicit = frozenset(at for at in found if at is not None)
        """Notes that marks lead to which can be nothing else."""

    def label(self, at: int) -> str:
        """Give the label of a note, counted from 0, in the brief."""
        return str(at + 1) if self.starts_anew else self._notes[at].label

    def find(self, label: str, position: _Position) -> int | None:
        """Give the note that a mark leads to, counted from 0; `None` without one, or with several that are alike."""
        key = label.casefold()
        candidates = self._of.get(key, [])
        if not candidates or not (self.starts_anew or key in self._several):
            return candidates[0] if candidates else None
        group = self._group_of(position)
        if group is None:
            return None
        near = [run for run in group.runs if (run, key) in self._in_run]
        if len(near) > 1:
            chapter = self._chapter(group, position)
            near = [run for run in near if run == chapter]
        return self._in_run[near[0], key] if near else None

    def _is_repeated(self, at: int | None) -> bool:
        if at is None:
            return False
        first = self._of[self._notes[at].label.casefold()][0]
        return self._notes[at].run != self._notes[first].run

    def _group_of(self, position: _Position) -> _Group | None:
        """Find the lists of notes below a position, or the list in which it lies."""
        at = bisect_right(self._ends, position)
        return self._groups[at] if at < len(self._groups) else None

    def _chapter(self, group: _Group, position: _Position) -> int | None:
        """Choose among the lists of several chapters, when the marks begin to count as often as there are lists."""
        inside = next((run for run in group.runs if self._runs[run][0] <= position < self._runs[run][1]), None)
        if inside is not None:
            return inside
        if len(group.begins) != len(group.runs):
            return None
        return group.runs[max(bisect_right(group.begins, position) - 1, 0)]

    def _grouped(self, marks: Sequence[_Mark]) -> list[_Group]:
        groups: list[_Group] = []
        at = 0
        for run, (_, end) in self._runs.items():
            between: list[_Mark] = []
            while at < len(marks) and marks[at].at < end:
                between.append(marks[at])
                at += 1
            if not between and groups:
                groups[-1].runs.append(run)
                continue
            begins = [
                mark.at
                for before, mark in zip([None, *between], between, strict=False)
                if before is None or (mark.label in FIRST_LABELS and before.label != mark.label)
            ]
            groups.append(_Group([run], begins))
        return groups


def _marks(block: Block, labels: frozenset[str]) -> list[_Mark]:
    found = [
        _Mark(label, block.locate(offset), explicit=True)
        for label, offset in explicit_marks(block.text)
        if label in labels
    ]
    if block.kind is not BlockKind.TABLE:
        found += [
            _Mark(label.casefold(), block.locate(mark.start), explicit=False)
            for mark in glued_marks(block.text)
            for label in mark.labels
            if mark.sure and label.casefold() in labels
        ]
    return sorted(found, key=lambda mark: mark.at)
