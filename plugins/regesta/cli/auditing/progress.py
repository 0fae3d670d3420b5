"""How far an audit has come: its rate, the time it still needs, and what was found so far."""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from regesta.model.verdicts import Verdict

__all__ = ["AuditProgress"]

_PATIENCE, _PAUSE = 1.0, 0.1
"""Seconds without a word at first, and between two updates of a line on a terminal."""
_LOG_PAUSE = 60.0
"""Seconds between two lines where stderr is a log."""
_MANY_SECONDS = 100


class AuditProgress:
    """Counts visits on stderr: one line that changes on a terminal, a line a minute in a log."""

    def __init__(self, total: int, *, stream: TextIO | None = None, now: Callable[[], float] = time.monotonic) -> None:
        """Take how many links are due."""
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()
        self._now, self._total = now, total
        self._start = now()
        self._next = self._start + (_PATIENCE if self._is_terminal else _LOG_PAUSE)
        self._counts: Counter[Verdict] = Counter()
        self._done = 0
        self._wrote = False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self._wrote and self._is_terminal:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def step(self, says: Iterable[Verdict]) -> None:
        """Count what one visit says of the links to an address."""
        for one in says:
            self._done += 1
            self._counts[one] += 1
        now = self._now()
        if now < self._next:
            return
        self._next = now + (_PAUSE if self._is_terminal else _LOG_PAUSE)
        self._wrote = True
        line = self.line(now - self._start)
        self._stream.write(f"\r{line}\x1b[K" if self._is_terminal else f"{line}\n")
        self._stream.flush()

    def line(self, seconds: float) -> str:
        """Say how far it has come after so many seconds."""
        rate = self._done / seconds if seconds > 0 else 0.0
        left = max(0, self._total - self._done) / rate if rate else 0.0
        parts = [f"{self._done:,} of {self._total:,} links"]
        if rate:
            parts += [f"{rate:,.0f} a second", f"{_duration(left)} left"]
        found = ", ".join(f"{number:,} {verdict.value}" for verdict, number in sorted(self._counts.items()))
        return " · ".join(parts) + (f" · {found}" if found else "")


def _duration(seconds: float) -> str:
    """Say a time in the unit that fits it."""
    return f"{seconds:.0f} s" if seconds < _MANY_SECONDS else f"{seconds / 60:.0f} min"
