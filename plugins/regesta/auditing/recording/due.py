"""Which addresses are to be visited today, and in what order."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from regesta.model.hosts import is_private_host
from regesta.model.urls import host_of
from regesta.model.verdicts import Failure, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.auditing.recording.confirming import Confirm
    from regesta.model.decisions import Decisions
    from regesta.model.ledger import Ledger, LinkRecord
    from regesta.model.urls import Url

__all__ = ["MAX_AGE", "InvalidDuration", "Plan", "parse_duration", "plan_visits"]

MAX_AGE = timedelta(days=28)


class InvalidDuration(ValueError):
    """What cannot be read as a time."""


def parse_duration(text: str) -> timedelta:
    """Read `28d`, `12h`, `40m`, `90s` or `4w`; raise `InvalidDuration`.

    >>> parse_duration("40m")
    datetime.timedelta(seconds=2400)
    >>> parse_duration("28")
    Traceback (most recent call last):
    regesta.auditing.recording.due.InvalidDuration: Not a time (expected such as 28d, 12h, 40m, 90s or 4w): '28'
    """
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        raise InvalidDuration(f"Not a time (expected such as 28d, 12h, 40m, 90s or 4w): {text[:_SHOWN]!r}")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


_DURATION = re.compile(r"(\d{1,6})(?:\s?)([smhdw])", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SHOWN = 40


class Plan(NamedTuple):
    """What is to be done today."""

    due: tuple[Url, ...]
    """In the order in which to visit them."""
    left: int
    """Addresses that are due as well, and were left for another day."""
    waiting: int
    """Addresses that are not due yet."""
    seen_since: date | None
    """The oldest last visit among those that wait: each of them has been seen since. None where none has been seen."""


def plan_visits(  # noqa: PLR0913 - each by its name, most with what is usual
    urls: Iterable[Url],
    *,
    ledger: Ledger,
    last_at: Callable[[Url], int | None],
    now: datetime,
    confirm: Confirm,
    max_age: timedelta = MAX_AGE,
    decisions: Decisions | None = None,
    limit: int | None = None,
) -> Plan:
    """Say which addresses are due: `last_at` gives the second of the last visit to each.

    What is not confirmed yet comes first, then what was never visited, then the rest, the longest overdue first; within
    each the links of a host are spread evenly, so that none has to be waited for at the end. The same input gives the
    same order. Addresses that a decision keeps from being visited are in none of the numbers.
    """
    found: list[tuple[int, int, Url]] = []
    second, latest = int(now.timestamp()), int(now.timestamp()) + _DAY
    today = now.astimezone(UTC).date()
    oldest, waiting = latest, 0
    age, step = max_age.total_seconds(), confirm.step
    earliest = age * _EARLIEST
    for url in urls:
        if decisions is not None and (decision := decisions.on(url, today)) and decision.forbids_visits:
            continue
        record = ledger.get(url)
        last = last_at(url)
        if record is not None and record.verdict is not Verdict.UNCHECKED:
            # Without the file of visits the ledger still knows when something was seen last.
            last = max(last or 0, _second(record.last_evidence))
        if last is None or last > latest:
            found.append((_NEVER, 0, url))
            continue
        if record is not None and record.is_pending:
            # A nightly run comes at about the same hour, not at the same second.
            rank, wait = _PENDING, step * _DAY - _DAY / 2
        else:
            rank, wait = _AGED, earliest if second - last < earliest else _wait(url, record, last, age)
        over = second - last - wait
        if over < 0:
            waiting += 1
            oldest = min(oldest, last)
        else:
            found.append((rank, -int(over // _DAY), url))
    due = _interleaved(found)
    chosen = due if limit is None else due[: max(0, limit)]
    seen_since = datetime.fromtimestamp(oldest, UTC).date() if waiting else None
    return Plan(tuple(chosen), len(due) - len(chosen), waiting, seen_since)


_DAY = 86_400
_PENDING, _NEVER, _AGED = range(3)
"""Ranks, the first to be visited first."""

_EARLIEST, _LATEST = 0.75, 0.98
"""Shares of the greatest age at which addresses fall due, each by a hash of it and of the day of its last visit. An
audit once a night then still visits each within that age."""


def _wait(url: Url, record: LinkRecord | None, last: int, age: float) -> float:
    """Give the seconds to wait after the last visit."""
    # Another share each time: else those that have met on one night would meet for ever.
    mixed = (crc32(url.encode()) ^ (last // _DAY * 0x9E3779B1)) * 0x85EBCA6B
    wait = age * (_EARLIEST + (_LATEST - _EARLIEST) * ((mixed & 0xFFFFFFFF) / 2**32))
    if record is None or record.verdict not in _SLOWER:
        return wait
    return math.inf if record.verdict is Verdict.REFUSED and not _may_change(record) else 2 * wait


_SLOWER = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.REFUSED})


def _may_change(record: LinkRecord) -> bool:
    """Tell whether an address was refused for what its name led to: a name may lead elsewhere one day."""
    led_home = bool(record.evidence) and record.evidence[-1].failure is Failure.PRIVATE
    return led_home and not is_private_host(host_of(record.url))


_SECONDS: dict[date, int] = {}


def _second(day: date) -> int:
    """Give the first second of a day. A ledger has few days and many records."""
    if (known := _SECONDS.get(day)) is None:
        known = _SECONDS[day] = (day.toordinal() - _EPOCH) * _DAY
    return known


_EPOCH = date(1970, 1, 1).toordinal()


def _interleaved(found: list[tuple[int, int, Url]]) -> list[Url]:
    """Order by rank and by days overdue; among equals spread each host's links over the whole, as far as they go."""
    groups: dict[tuple[int, int], dict[str, list[Url]]] = {}
    for rank, overdue, url in found:
        groups.setdefault((rank, overdue), {}).setdefault(host_of(url), []).append(url)
    order: list[Url] = []
    for _, hosts in sorted(groups.items()):
        placed: list[tuple[float, str, Url]] = []
        for host, urls in hosts.items():
            start = crc32(host.encode()) / 2**32
            urls.sort()
            placed += (((number + start) / len(urls), host, url) for number, url in enumerate(urls))
        order += (url for _, _, url in sorted(placed))
    return order
