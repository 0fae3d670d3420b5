"""Rules at work: one file, or the archive as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regesta.checking.folders import Folders
from regesta.checking.link_evidence import MAX_AGE, Stated
from regesta.checking.registry import Selection
from regesta.checking.rules import Flaw, Rule, Subject
from regesta.checking.texts import Context, Inward, Mark, Text, Whole
from regesta.model.briefs import Status
from regesta.model.findings import Finding
from regesta.model.spans import Place, Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, timedelta

    from regesta.model.anchors import Anchors
    from regesta.model.archive import Archive, Entry
    from regesta.model.briefs import Document
    from regesta.model.entities import Entity
    from regesta.model.json_lines import RecordFault
    from regesta.model.link_states import LinkState

__all__ = ["Checker", "check_archive", "check_document", "check_record", "check_states", "in_order"]

_ALL = Selection()


def check_document(
    document: Document, entry: Entry | Entity | None, context: Context, *, selection: Selection = _ALL
) -> list[Finding]:
    """Check one file: a brief with its entry, a record with its entity, any other Markdown with nothing."""
    return check_text(Text(document, entry, context), selection=selection)


def check_text(text: Text, *, selection: Selection = _ALL) -> list[Finding]:
    """Check one file that is at hand."""
    document = text.document
    found = []
    rules = selection.of[text.subject]
    if text.is_withdrawn:
        # Nothing of its text may be quoted anywhere: what it says of itself is checked, and no more.
        rules = tuple(rule for rule in rules if Subject.PAGE not in rule.of)
    for rule in rules:
        for flaw in rule.check(text):
            if isinstance(flaw.at, Place):
                found.append(_finding(rule, flaw, flaw.at))
                continue
            skipped = document.cleaned.skipped
            span = Span(flaw.at.start + skipped, flaw.at.end + skipped)
            found.append(_finding(rule, flaw, document.place(flaw.at, text.lines), span))
    return sorted(found, key=_order) if len(found) > 1 else found


def check_archive(whole: Whole, *, selection: Selection = _ALL) -> list[Finding]:
    """Check what only shows when all briefs and entities are known."""
    found = []
    for rule in selection.of[Subject.ARCHIVE]:
        for flaw in rule.check(whole):
            place = flaw.at if isinstance(flaw.at, Place) else whole.place("")
            found.append(_finding(rule, flaw, place))
    return sorted(found, key=_order)


def check_states(
    states: Iterable[LinkState], *, today: date | None, max_age: timedelta = MAX_AGE, selection: Selection = _ALL
) -> list[Finding]:
    """Say what is on record of addresses, at each place where one is cited. Without `today` nothing is old."""
    rules = selection.of[Subject.LINK_STATE]
    looked_at = (Stated(state, today, max_age) for state in states)
    found = [
        _finding(rule, flaw, flaw.at)
        for stated in looked_at
        for rule in rules
        for flaw in rule.check(stated)
        if isinstance(flaw.at, Place)
    ]
    return sorted(found, key=_order)


def check_record(faults: Iterable[RecordFault], *, selection: Selection = _ALL) -> list[Finding]:
    """Say what is wrong with single lines of the record."""
    rules = selection.of[Subject.RECORD_LINE]
    return [
        _finding(rule, flaw, flaw.at)
        for fault in faults
        for rule in rules
        for flaw in rule.check(fault)
        if isinstance(flaw.at, Place)
    ]


class Checker:
    """Checks an archive while it is read: its methods are the callbacks of `read_archive`."""

    def __init__(self, context: Context, selection: Selection = _ALL) -> None:
        """Take what is known before reading; the entities are added as they come."""
        self._context, self._selection = context, selection
        self._records: list[tuple[Document, Entity]] = []
        self._entities: dict[str, Entity] = {}
        self._findings: list[Finding] = []
        self._shown_paths: dict[str, str] = {}
        self._marks: dict[str, Mark] = {}
        self._folders = Folders()
        self._inward: list[Inward] = []
        self._anchors: dict[str, Anchors] = {}
        self.links = 0
        """Links seen so far."""

    def on_entity(self, document: Document, entity: Entity) -> None:
        """Keep a record until all are known: its `part_of` may name a later one."""
        self._records.append((document, entity))
        self._entities[entity.slug] = entity
        self._note(document)
        self._marks[document.path] = Mark.of(document)

    def on_brief(self, document: Document, entry: Entry) -> None:
        """Check a brief."""
        self._check_records()
        self._note(document)
        if entry.brief.redirect_from:
            self._marks[document.path] = Mark.of(document)
        if entry.brief.status is not Status.WITHDRAWN:
            self._folders.add(document.links, document.place)
        text = Text(document, entry, self._context)
        self._findings += check_text(text, selection=self._selection)
        if not text.is_withdrawn:
            self._inward += text.inward
            self._anchors[document.path] = text.anchors

    def finish(self, archive: Archive) -> list[Finding]:
        """Check what needs all, and give everything found, by file and place."""
        self._check_records()
        whole = Whole(
            archive=archive,
            context=self._context,
            shown_paths=self._shown_paths,
            marks=self._marks,
            folders=self._folders,
            inward=tuple(self._inward),
            anchors=self._anchors,
        )
        return sorted([*self._findings, *check_archive(whole, selection=self._selection)], key=_order)

    def _note(self, document: Document) -> None:
        self._shown_paths[document.path] = document.shown_path
        self.links += len(document.links)

    def _check_records(self) -> None:
        if self._records or not self._context.entities:
            self._context = replace(self._context, entities=self._entities)
        for document, entity in self._records:
            text = Text(document, entity, self._context)
            self._findings += check_text(text, selection=self._selection)
            self._inward += text.inward
        self._records.clear()


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by file and place, so that every report has one order."""
    return sorted(findings, key=_order)


def _finding(rule: Rule, flaw: Flaw, place: Place, span: Span | None = None) -> Finding:
    return Finding(
        rule=rule.code,
        name=rule.name,
        severity=flaw.severity or rule.severity,
        place=place,
        span=span,
        message=flaw.message,
        hint=flaw.hint,
        footnote=flaw.note,
        raw=flaw.raw,
        subject=flaw.subject,
        fix=flaw.fix,
        is_settled=flaw.is_settled,
    )


def _order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.place.path, finding.place.offset, finding.rule, finding.message
