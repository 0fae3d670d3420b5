"""The lines of a ledger, read as if somebody had planted them: what is wrong is told, and nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.json_lines import InvalidLine, LineProblem, is_conflict_marker, shown
from regesta.model.ledger import merge_records
from regesta.model.ledger_lines import LineReader

if TYPE_CHECKING:
    from regesta.model.ledger import LinkRecord
    from regesta.model.ledger_lines import IsCopy
    from regesta.model.urls import Url

__all__ = ["ReadLedger", "read_ledger"]


class ReadLedger(NamedTuple):
    """What a ledger says, and what of it could not be read."""

    records: dict[Url, LinkRecord]
    """In order of URL."""
    problems: tuple[LineProblem, ...]
    damaged: tuple[str, ...]
    """Lines that say nothing certain, as they stand. They are written again, so that a person can mend them."""
    is_settled: bool
    """Whether writing it anew would change nothing: it is sorted, without duplicates, conflicts and problems."""


def read_ledger(text: str, *, is_copy: IsCopy, today: date | None = None) -> ReadLedger:
    """Read the text of a ledger. What says something of a day after tomorrow counts as not visited.

    A build has no `today`: there the days are taken as they are.
    """
    records: dict[Url, LinkRecord] = {}
    problems: list[LineProblem] = []
    damaged: list[str] = []
    in_order, last = True, ""
    reader = LineReader(is_copy, today + timedelta(days=1) if today else date.max)
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        try:
            record = reader.read(line)
        except InvalidLine as error:
            if is_conflict_marker(line):
                problems.append(LineProblem(number, f"a conflict of git's: {shown(line)}", _CONFLICT))
            else:
                problems.append(LineProblem(number, str(error), _DAMAGED))
                damaged.append(line)
            continue
        if reader.remarks:
            problems += (LineProblem(number, *remark) for remark in reader.remarks)
            reader.remarks.clear()
        url = record.url
        if url <= last:
            in_order = False
            if url in records:
                record = merge_records(records[url], record)
        last = url
        records[url] = record
    if not in_order:
        records = dict(sorted(records.items()))
    return ReadLedger(records, tuple(problems), tuple(dict.fromkeys(damaged)), in_order and not problems)


_DAMAGED = "The line is kept as it is and says nothing: correct it, or delete it to have the address visited anew."
_CONFLICT = "Both sides are read, and the newer evidence counts. The next audit writes the file without it."
