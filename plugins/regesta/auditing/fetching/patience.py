"""When to ask again, and how long to wait before."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LONGEST_WAIT", "TRIES", "pause_before_retry", "retry_after"]

TRIES = 3
"""How often a link is asked for in one run at most."""
LONGEST_WAIT = 30.0
"""Seconds: a host that wants more than this between two requests is left for another run."""
_FIRST_PAUSE = 0.8
"""Seconds before the first repetition; twice as much before each further one, and up to half of it more by chance."""

_LEAST_PAUSE = 0.1
"""Seconds, for a server that wants none."""

_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 527})
"""Statuses that say 'not now' (RFC 9110; above 519 Cloudflare's own)."""
_LOST = frozenset({Failure.RESET, Failure.EMPTY, Failure.NO_NAME_ANSWER})
"""What may have been an accident. A time-out is not among them: it has cost its time already, and proves nothing."""


def pause_before_retry(
    status: int,
    failure: Failure | None,
    tries: int,
    *,
    wanted: float | None = None,
    chance: Callable[[], float] = random.random,
) -> float | None:
    """Give the seconds before a link is asked for again; None where it is not.

    `tries` is how often it was, `wanted` the seconds that the server itself has named.

    >>> pause_before_retry(503, None, 1, chance=lambda: 0), pause_before_retry(404, None, 1)
    (0.8, None)
    """
    if tries >= TRIES or not (failure in _LOST if failure else status in _TRY_AGAIN):
        return None
    if wanted is not None:
        return max(wanted, _LEAST_PAUSE)
    return float(_FIRST_PAUSE * 2 ** (tries - 1) * (1 + chance() / 2))


def retry_after(value: str, *, now: datetime | None = None) -> float | None:
    """Read a `Retry-After` header (RFC 9110, 10.2.3): seconds, or a date; give seconds, None for anything else.

    >>> retry_after("120"), retry_after("Wed, 21 Oct 2015 07:28:00 GMT", now=datetime(2015, 10, 21, 7, 27, tzinfo=UTC))
    (120.0, 60.0)
    >>> retry_after("-1"), retry_after("soon")
    (None, None)
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    try:
        return max(0.0, (then - (now or datetime.now(tz=UTC))).total_seconds())
    except OverflowError:
        return None
