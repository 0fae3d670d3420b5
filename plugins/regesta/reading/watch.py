"""Opens what an archive knows of the life of its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.decisions import Decisions
from regesta.model.memento_archives import COPY_HOSTS
from regesta.model.mementos import is_memento_of
from regesta.model.sources import Sources
from regesta.model.watch import Watch
from regesta.reading.audits import AUDITS, open_audits
from regesta.reading.decisions import open_decisions
from regesta.reading.folder import Unreadable
from regesta.reading.ledger import open_ledger
from regesta.reading.sources import open_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from regesta.model.audits import AuditRun
    from regesta.model.ledger import Ledger

__all__ = ["open_watch"]


def open_watch(root: Path, *, on_problem: Callable[[str], None], copy_hosts: Collection[str] = COPY_HOSTS) -> Watch:
    """Read the ledger, the audits, the decisions and the records of sources.

    What cannot be read is told and passed over: a damaged ledger never ends a build. `copy_hosts` are the archives
    whose copies may be shown.
    """
    records, unreadable = open_sources(root)
    for error in unreadable:
        on_problem(str(error))
    return Watch(
        ledger=_ledger(root, on_problem, copy_hosts),
        decisions=_decisions(root),
        audits=_audits(root, on_problem),
        sources=Sources(records),
        copy_hosts=copy_hosts,
    )


def _ledger(root: Path, on_problem: Callable[[str], None], copy_hosts: Collection[str]) -> Ledger:
    try:
        opened = open_ledger(root / "links.jsonl", is_copy=lambda memento, url: is_memento_of(memento, url, copy_hosts))
    except Unreadable as error:
        on_problem(str(error))
        return {}
    for problem in opened.problems:
        on_problem(str(problem))
    return opened.records


def _audits(root: Path, on_problem: Callable[[str], None]) -> tuple[AuditRun, ...]:
    try:
        runs, problems = open_audits(root / AUDITS)
    except Unreadable as error:
        on_problem(str(error))
        return ()
    for problem in problems:
        on_problem(str(problem))
    return tuple(run for run in runs if run.outcome == "done")


def _decisions(root: Path) -> Decisions:
    """Read the decisions. Whoever checks the archive has told already when they cannot be read."""
    try:
        return open_decisions(root)
    except Unreadable:
        return Decisions(())
