"""B: lines of the record that say nothing, or not all that they seem to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Severity
from regesta.model.spans import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.json_lines import RecordFault

__all__ = ["damaged_record", "unknown_archive"]


@rule(
    "B340",
    "damaged-record",
    Severity.WARNING,
    Subject.RECORD_LINE,
    why="""
    `links.jsonl` and `audits.jsonl` are written by machines and merged by git, and a killed program, a full disk, a
    conflict or another version of Regesta leave lines behind that cannot be read. Such a line says nothing: its address
    counts as not visited, and everything else counts as before. It is kept as it stands, at the end of the file, since
    nobody but you can tell what it was. A line that can be read in part is told as well.
    """,
    example='{"url": "https://board.example/", "verdict": ',
    fix="""
    Look at the line, and correct or delete it. An address whose line is gone is visited by the next audit. What git has
    left of a conflict can simply be deleted: both sides are read, and the newer evidence counts.
    """,
)
def damaged_record(fault: RecordFault) -> Iterator[Flaw]:
    """A line of the record cannot be read, or not all of it."""
    if not fault.problem.is_of_archive:
        yield _flaw(fault)


@rule(
    "B341",
    "unknown-archive",
    Severity.WARNING,
    Subject.RECORD_LINE,
    why="""
    A copy of a page is shown beside its link as if it were the page. Anybody who may propose a change to the record
    could name a copy on a host of their own, so only well-known web archives are shown, those that the settings name,
    and those that somebody has given to `regesta audit --memento-server` on this machine. Others are kept in the record
    and not shown.
    """,
    example='{"url": "https://board.example/", "mementos": {"2020-09-09": "https://copies.example/20200909120000/…"}}',
    fix="""
    If you trust the archive, name it in `mkdocs.yml`: `audit: mementos: server` of `regesta/links`. Otherwise delete
    the copy from the line.
    """,
)
def unknown_archive(fault: RecordFault) -> Iterator[Flaw]:
    """A copy on record lies in an archive that is not known here."""
    if fault.problem.is_of_archive:
        yield _flaw(fault)


def _flaw(fault: RecordFault) -> Flaw:
    path, offset, problem = fault
    at = Place(path=path, line=problem.line, column=1, end_line=problem.line, end_column=1, offset=offset)
    return Flaw(at, f"{problem.message[:1].upper()}{problem.message[1:]}.", problem.hint, f"line {problem.line}")
