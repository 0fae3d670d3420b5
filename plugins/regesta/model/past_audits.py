"""Past audits: one line of JSON a run, which the trend is drawn from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.json_lines import InvalidLine, read_object, shown
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PastAudit", "ReadAudits", "read_past_audits"]


class PastAudit(NamedTuple):
    """One run of the audit, as the archive remembers it."""

    at: date
    visited: int
    counts: Mapping[Verdict, int]
    """Addresses by verdict."""
    seen_since: date | None
    """The day since which every address that was not due had been visited."""


class ReadAudits(NamedTuple):
    """What `audits.jsonl` says, and what of it could not be read."""

    audits: tuple[PastAudit, ...]
    """The earliest first. A run that has recorded no verdict is none of them."""
    problems: tuple[tuple[int, str], ...]
    """Line, and what is wrong with it."""


def read_past_audits(text: str) -> ReadAudits:
    """Read the lines of `audits.jsonl`, as if somebody had planted them.

    >>> read_past_audits('{"at":"2026-03-09","visited":2,"counts":{"live":2}}').audits[0].counts
    {<Verdict.LIVE: 'live'>: 2}
    """
    audits, problems = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        try:
            if (audit := _audit(read_object(line))) is not None:
                audits.append(audit)
        except InvalidLine as error:
            problems.append((number, str(error)))
    return ReadAudits(tuple(sorted(audits, key=lambda audit: audit.at)), tuple(problems))


def _audit(data: dict[str, object]) -> PastAudit | None:
    if data.get("outcome", "done") not in {"done", ""}:
        return None
    at = _day(data, "at")
    if at is None:
        raise InvalidLine("it has no 'at'")
    counts = data.get("counts")
    if not isinstance(counts, dict):
        raise InvalidLine(f"expected the number of links by verdict in 'counts', found {shown(counts)}")
    known = {verdict.value: verdict for verdict in Verdict}
    if unknown := [name for name in counts if name not in known]:
        raise InvalidLine(f"no such verdict: {shown(unknown[0])}")
    by_verdict = {known[name]: _number(number) for name, number in counts.items()}
    return PastAudit(at, _number(data.get("visited", 0)), by_verdict, _day(data, "seen_since"))


_MOST = 10**9


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
        raise InvalidLine(f"expected a number of links, found {shown(value)}")
    return value


_DAY = len("2026-03-09")


def _day(data: dict[str, object], field: str) -> date | None:
    """Read a day, or the day of a moment."""
    value = data.get(field)
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value[:_DAY] if isinstance(value, str) else "")
    except ValueError:
        raise InvalidLine(f"expected a day in {field!r}, found {shown(value)}") from None
