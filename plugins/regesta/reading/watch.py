"""Opens what an archive knows of the life of its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.decisions import Decisions
from regesta.model.ledger_reading import read_ledger
from regesta.model.memento_archives import COPY_HOSTS
from regesta.model.mementos import is_memento_of
from regesta.model.past_audits import PastAudit, read_past_audits
from regesta.model.sources import Sources
from regesta.model.watch import Watch
from regesta.reading.decisions import open_decisions
from regesta.reading.folder import SourceFile, Unreadable, list_suffix, read_file, shown_folder
from regesta.reading.sources import open_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from regesta.model.ledger import Ledger, LinkRecord
    from regesta.model.urls import Url

__all__ = ["open_watch"]


def open_watch(root: Path, *, on_problem: Callable[[str], None], copy_hosts: Collection[str] = COPY_HOSTS) -> Watch:
    """Read the ledger, the audits, the decisions and the records of sources.

    What cannot be read is told and passed over: a damaged ledger never ends a build.
    """
    records, unreadable = open_sources(root)
    for error in unreadable:
        on_problem(str(error))
    return Watch(
        ledger=_ledger(root, on_problem, copy_hosts),
        decisions=_decisions(root, on_problem),
        audits=_audits(root, on_problem),
        sources=Sources(records),
        copy_hosts=copy_hosts,
    )


def _ledger(root: Path, on_problem: Callable[[str], None], copy_hosts: Collection[str]) -> Ledger:
    """Read `links.jsonl`, or the folder `links/` that a large one is."""
    records: dict[Url, LinkRecord] = {}
    files = [
        SourceFile(_LEDGER, f"{shown_folder(root)}{_LEDGER}", root / _LEDGER),
        *list_suffix(root, "links", (".jsonl",)),
    ]
    for file in files:
        read = read_ledger(
            _text(file, on_problem), is_copy=lambda memento, url: is_memento_of(memento, url, copy_hosts)
        )
        for line, message in read.problems:
            on_problem(f"{file.shown_path}:{line} {message}")
        records |= read.records
    return records


_LEDGER, _AUDITS = "links.jsonl", "audits.jsonl"


def _audits(root: Path, on_problem: Callable[[str], None]) -> tuple[PastAudit, ...]:
    file = SourceFile(_AUDITS, f"{shown_folder(root)}{_AUDITS}", root / _AUDITS)
    read = read_past_audits(_text(file, on_problem))
    for line, message in read.problems:
        on_problem(f"{file.shown_path}:{line} {message}. The line is passed over.")
    return read.audits


def _text(file: SourceFile, on_problem: Callable[[str], None]) -> str:
    """Read a file that may not be there. What is no UTF-8 spoils its own line only."""
    if not file.file.exists():
        return ""
    try:
        return read_file(file).decode("utf-8-sig", "replace")
    except Unreadable as error:
        on_problem(str(error))
        return ""


def _decisions(root: Path, on_problem: Callable[[str], None]) -> Decisions:
    try:
        return open_decisions(root)
    except Unreadable as error:
        on_problem(str(error))
        return Decisions(())
