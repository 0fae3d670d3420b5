"""The end of `regesta report` and `regesta audit`: what is on record is weighed, written, and counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from regesta.checking.checks import check_record, check_states
from regesta.checking.held_back import hold_back
from regesta.checking.link_evidence import MAX_AGE
from regesta.checking.registry import RULES, Selection
from regesta.checking.rules import Subject
from regesta.cli.outputs import source_texts, write_outputs
from regesta.model.link_changes import Since, newly_dead_unarchived
from regesta.reading.exemptions import open_exemptions
from regesta.reading.folder import Unreadable, shown_folder
from regesta.reporting.edit_links import edit_addresses
from regesta.reporting.formats import LINK_FORMATS
from regesta.reporting.link_report import LinkReport
from regesta.reporting.link_text import link_lines
from regesta.reporting.report import GONE
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import date, timedelta

    from regesta.checking.settings import Settings
    from regesta.cli.outputs import Output
    from regesta.cli.recording.cited import Citations
    from regesta.cli.recording.fail_on import FailOn
    from regesta.model.findings import Finding
    from regesta.model.json_lines import RecordFault
    from regesta.model.link_states import LinkState

__all__ = ["OF_RECORD", "LinkReporting", "write_link_report"]

_LOOKED_AT = Subject.LINK_STATE | Subject.RECORD_LINE
OF_RECORD = frozenset(code for code, rule in RULES.items() if rule.of & _LOOKED_AT)
"""The rules about the record."""
_UNUSED = "B319"
"""That an exception from these rules is of no use, only who looks at the record can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReporting:
    """How the record is to be told."""

    settings: Settings
    """With the command line's own `select` and `ignore`."""
    outputs: Sequence[Output]
    fail_on: FailOn
    today: date
    since: Since | None = None
    """From when on something is new: then nothing else is told."""
    last_audit: Since | None = None
    """What `new-dead-unarchived` compares with where `since` does not say."""
    max_age: timedelta = MAX_AGE
    statistics: bool = False
    all_remarks: bool = False
    """Whether rules were asked for by name: then no remark is left out, however many there are."""
    has_record: bool = True
    faults: Sequence[RecordFault] = ()
    """What is wrong with single lines of the record."""


def write_link_report(
    states: Sequence[LinkState], cited: Citations, how: LinkReporting, failures: Collection[str] = ()
) -> int:
    """Write the reports that are asked for; give the exit status. `failures` is what could not be done before."""
    selection = _selection(how.settings)
    findings, excepted = _findings(states, cited, how, selection)
    changed = tuple(filter(how.since.changed, states)) if how.since else None
    docs = cited.config.docs.as_posix() if cited.config.docs else "docs"
    report = LinkReport(
        findings=tuple(findings),
        files=len(cited.checked),
        briefs=cited.briefs,
        links=len(cited.links),
        excepted=excepted,
        failures=tuple(sorted(failures)),
        checked=cited.checked,
        rules=RULES,
        fail_on=how.fail_on.severity,
        statistics=how.statistics,
        text_of=source_texts(frozenset(cited.withdrawn)),
        edit_address=edit_addresses(cited.config.repo_url, cited.config.edit_uri, docs),
        states=tuple(states),
        since=how.since.words if how.since else "",
        changed=changed,
        all_remarks=how.all_remarks,
        has_record=how.has_record,
    )
    report = replace(report, failing=_newly_gone(report, states, how))
    unwritten = list(write_outputs(how.outputs, report, formats=LINK_FORMATS, lines=_lines(report)))
    if any(output.format == "csv" for output in how.outputs):
        # A table of links has no row for them.
        for finding in report.beside_links:
            click.echo(shown(str(finding)), err=True)
    for failure in unwritten:
        cited.fail(failure)
    if failures or unwritten:
        return 2
    return 1 if any(map(report.fails, report.findings)) else 0


def _selection(settings: Settings) -> Selection:
    """Choose among the rules about the record. Settings that select only others were made for the check alone."""
    chosen = settings.selection.codes
    codes = chosen & OF_RECORD or Selection((), settings.ignore).codes & OF_RECORD
    return Selection(codes | ({_UNUSED} & chosen)) if codes else Selection(ignore=RULES)


def _lines(report: LinkReport) -> Callable[[bool], Iterable[str]]:
    return lambda colour: link_lines(report, colour=colour)


def _findings(
    states: Sequence[LinkState], cited: Citations, how: LinkReporting, selection: Selection
) -> tuple[list[Finding], int]:
    found = check_states(states, today=how.today, max_age=how.max_age, selection=selection)
    if how.since:
        found = _new(found, states, how.since, how, selection)
    # A line that says nothing may hide what is new.
    found = [*found, *check_record(how.faults, selection=selection)]
    try:
        exemptions = open_exemptions(cited.root)
    except Unreadable as error:
        cited.fail(str(error))
        exemptions = ()
    held = hold_back(
        found,
        exemptions,
        settings=how.settings,
        selection=selection,
        below=shown_folder(cited.root),
        now=how.today,
        complete=cited.is_whole and how.since is None,
        looked_at=_LOOKED_AT,
    )
    return held.findings, held.held


def _new(
    found: list[Finding], states: Sequence[LinkState], since: Since, how: LinkReporting, selection: Selection
) -> list[Finding]:
    """Keep what was not found then. That a visit grows old is no news, and neither is what is never visited."""
    if since.before is not None:
        older = check_states(since.before.values(), today=how.today, max_age=how.max_age, selection=selection)
        known = {(one.rule, one.place) for one in older}
        return [one for one in found if (one.rule, one.place) not in known]
    changed = {_place(one.path, one.link.offset) for state in states if since.changed(state) for one in state.cited_by}
    return [one for one in found if one.rule != "L509" and _place(one.place.path, one.place.offset) in changed]


def _place(path: str, offset: int) -> tuple[str, int]:
    return path, offset


def _newly_gone(report: LinkReport, states: Sequence[LinkState], how: LinkReporting) -> frozenset[tuple[str, int]]:
    """Give the places of links that have died without a copy, where there are more of them than may be."""
    if how.fail_on.newly_dead is None:
        return frozenset()
    # What settings or exceptions hold back, nobody wants to be woken for.
    told = {(one.place.path, one.place.offset) for one in report.findings if one.rule in GONE}
    since = how.since or how.last_audit or Since("")
    newly = [
        told & {(one.path, one.link.offset) for one in state.cited_by} for state in newly_dead_unarchived(states, since)
    ]
    newly = [places for places in newly if places]
    return frozenset().union(*newly) if len(newly) > how.fail_on.newly_dead else frozenset()
