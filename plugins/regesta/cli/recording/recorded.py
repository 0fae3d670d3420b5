"""What is on record of an archive's links: now, and as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.model.audits import last_done
from regesta.model.ledger_reading import read_ledger
from regesta.model.memento_archives import COPY_HOSTS
from regesta.model.mementos import is_memento_of
from regesta.reading.audits import AUDITS, open_audits
from regesta.reading.folder import Unreadable
from regesta.reading.ledger import LEDGER, open_ledger
from regesta.reading.revisions import NoSuchRevision, find_revision, texts_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date
    from pathlib import Path

    from regesta.model.audits import AuditRun
    from regesta.model.json_lines import RecordFault
    from regesta.model.ledger import Ledger, LinkRecord
    from regesta.model.urls import Url

__all__ = ["Recorded", "ledger_at", "open_recorded"]


class Recorded(NamedTuple):
    """What an archive has on record."""

    ledger: Ledger
    last_audit: date | None = None
    """The day of the last audit; where none is noted, the newest day of which the record speaks."""
    seen_since: date | None = None
    """A day after which every address on record was visited, where that is known."""
    faults: tuple[RecordFault, ...] = ()
    """What is wrong with single lines of it."""


def open_recorded(
    root: Path, file: Path | None, *, today: date, fail: Callable[[str], None], copy_hosts: Collection[str] = COPY_HOSTS
) -> Recorded:
    """Read the record of an archive, or a ledger that is named, and say what of it cannot be read.

    `today` is the clock's: what speaks of a later day is not believed, whatever day a report is made for.
    """
    place = file or root / LEDGER
    if file and not (file.exists() or file.with_suffix("").is_dir()):
        fail(f"{file}: there is no such file. 'regesta audit --ledger' writes one.")
        return Recorded({})
    try:
        opened = open_ledger(place, is_copy=_is_copy(copy_hosts), today=today)
    except Unreadable as error:
        fail(str(error))
        return Recorded({})
    runs, problems = _runs(place.parent / AUDITS, fail)
    last = last_done(runs)
    newest = max((record.last_evidence for record in opened.records.values()), default=None)
    return Recorded(
        opened.records,
        last.at.date() if last else newest,
        last.seen_since if last else None,
        (*opened.problems, *problems),
    )


def _runs(file: Path, fail: Callable[[str], None]) -> tuple[tuple[AuditRun, ...], tuple[RecordFault, ...]]:
    try:
        return open_audits(file)
    except Unreadable as error:
        fail(str(error))
        return (), ()


def ledger_at(
    revision: str, root: Path, file: Path | None, *, today: date, copy_hosts: Collection[str] = COPY_HOSTS
) -> Ledger:
    """Read a ledger as it was in a revision; raise `NoSuchRevision`, also where that has no ledger."""
    place = (file or root / LEDGER).absolute()
    folder, name = place.parent, place.name
    commit = find_revision(revision, folder)
    # One that has grown too large is a folder of the same lines.
    texts = (*texts_at(commit, folder, name), *texts_at(commit, folder, place.stem))
    if not texts:
        raise NoSuchRevision(
            f"The revision {revision!r} has no {name!r} in {str(folder)!r}: nothing was on record then. "
            "Name a later one, or a day."
        )
    records: dict[Url, LinkRecord] = {}
    for text in texts:
        records |= read_ledger(text, is_copy=_is_copy(copy_hosts), today=today).records
    return records


def _is_copy(hosts: Collection[str]) -> Callable[[str, Url], bool]:
    return lambda memento, url: is_memento_of(memento, url, hosts)
