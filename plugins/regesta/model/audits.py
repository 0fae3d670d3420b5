"""The log of audits, one line of JSON each: how much was visited, and what it came to. It feeds the trend."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.model.json_lines import InvalidLine, LineProblem, is_conflict_marker, read_object, shown
from regesta.model.ledger import one_line
from regesta.model.ledger_lines import read_day
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["AuditRun", "last_done", "read_audits", "write_audit"]


class AuditRun(NamedTuple):
    """One run of an audit."""

    at: datetime
    """When it ended, in UTC, to the second."""
    vantage: str
    """From where, as the archive calls the place."""
    version: str
    """Of Regesta."""
    due: int
    """Addresses that were due."""
    visited: int
    """Addresses that were visited."""
    counts: Mapping[Verdict, int]
    """Addresses on record by verdict, after the run."""
    seen_since: date | None = None
    """The oldest last visit among the addresses that were not due; None where all were."""
    outcome: str = "done"
    """`done`, `outage`, or as the run calls it."""


def write_audit(run: AuditRun) -> str:
    """Write a run as a line, in ASCII."""
    data: dict[str, object] = {"at": run.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    if run.vantage:
        data["vantage"] = run.vantage
    data |= {"version": run.version, "due": run.due, "visited": run.visited}
    data["counts"] = {verdict.value: run.counts[verdict] for verdict in Verdict if run.counts.get(verdict)}
    if run.seen_since:
        data["seen_since"] = run.seen_since.isoformat()
    data["outcome"] = run.outcome
    return json.dumps(data, separators=(",", ":")) + "\n"


def read_audits(text: str) -> tuple[tuple[AuditRun, ...], tuple[LineProblem, ...]]:
    """Read the log, in order of time, as two branches that were merged leave it; also give what is wrong, by line."""
    runs: dict[str, AuditRun] = {}
    problems: list[LineProblem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            run = _run(read_object(line))
        except InvalidLine as error:
            words = f"a conflict of git's: {shown(line)}" if is_conflict_marker(line) else str(error)
            problems.append(LineProblem(number, words, "The line says nothing, and is kept as it is: delete it."))
            continue
        runs[write_audit(run)] = run
    return tuple(run for _, run in sorted(runs.items(), key=_by_time)), tuple(problems)


def last_done(runs: Sequence[AuditRun]) -> AuditRun | None:
    """Give the last run that recorded anything, if there was one."""
    return next((run for run in reversed(runs) if run.outcome == "done"), None)


def _by_time(item: tuple[str, AuditRun]) -> tuple[datetime, str]:
    return item[1].at, item[0]


_FIELDS = frozenset("at vantage version due visited counts seen_since outcome".split())
_VERDICTS = {verdict.value: verdict for verdict in Verdict}
_LONGEST, _MOST = 200, 10**9


def _run(data: dict[str, Any]) -> AuditRun:
    if unknown := data.keys() - _FIELDS:
        raise InvalidLine(f"unknown field {shown(min(unknown))}")
    counts = data.get("counts")
    if not isinstance(counts, dict):
        raise InvalidLine(f"expected numbers by verdict in 'counts', found {shown(counts)}")
    if unknown := counts.keys() - _VERDICTS.keys():
        raise InvalidLine(f"unknown verdict {shown(min(unknown))}")
    return AuditRun(
        _moment(data),
        _words(data, "vantage", ""),
        _words(data, "version"),
        _count(data, "due"),
        _count(data, "visited"),
        {_VERDICTS[word]: _count(counts, word) for word in counts},
        read_day(_words(data, "seen_since")) if "seen_since" in data else None,
        _words(data, "outcome"),
    )


def _moment(data: dict[str, Any]) -> datetime:
    written = _words(data, "at")
    try:
        return datetime.strptime(written, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise InvalidLine(f"not a time (expected such as 2026-11-26T03:28:08Z): {shown(written)}") from error


def _words(data: dict[str, Any], name: str, usual: str | None = None) -> str:
    value = data.get(name, usual)
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise InvalidLine(f"expected at most {_LONGEST} characters of text in {name!r}, found {shown(value)}")
    return one_line(value)


def _count(data: dict[str, Any], name: str) -> int:
    value = data.get(name)
    if type(value) is not int or not 0 <= value <= _MOST:
        raise InvalidLine(f"expected a number in {name!r}, found {shown(value)}")
    return value
