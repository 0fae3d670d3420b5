"""How far a long run has come, on a terminal, from its first second on."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Progress"]

_PATIENCE = 1.0
"""Seconds without a word."""
_PAUSE = 0.1


class Progress:
    """Counts steps on stderr. Where stderr is no terminal, it says nothing."""

    def __init__(self, total: int, what: str) -> None:
        """Take the number of steps, and what is counted: `briefs`."""
        self._total, self._what = total, what
        self._done = 0
        self._next = time.monotonic() + _PATIENCE if sys.stderr.isatty() else float("inf")
        self._wrote = False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self._wrote:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def step(self) -> None:
        """Count one."""
        self._done += 1
        if self._next == float("inf") or (now := time.monotonic()) < self._next:
            return
        self._next, self._wrote = now + _PAUSE, True
        sys.stderr.write(f"\r{self._done:,} of {self._total:,} {self._what}")
        sys.stderr.flush()
