"""The line to an archive: its pace, its wish for pauses, and our patience with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from regesta.auditing.fetching.patience import retry_after
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from regesta.auditing.fetching.answers import Answer, Fetcher, Request

__all__ = ["Line"]

Result = TypeVar("Result")

_MOST_WAIT = 60.0
"""Seconds: who asks us to wait longer is left alone for this run."""
_MOST_WAITS = 3
_MOST_FAILURES = 4
_TOO_MANY, _BUSY, _FORBIDDEN = 429, 503, 403


class Line:
    """One request at a time, each kind at its pace. It closes when time is over, or the archive has had enough."""

    def __init__(
        self,
        fetcher: Fetcher,
        pauses: Mapping[Any, float],
        *,
        ends: float,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        """Take the seconds between two requests of a kind, by their keys, and when the line closes by itself."""
        self._fetcher, self._ends, self._clock, self._sleep = fetcher, ends, clock, sleep
        self._pauses = pauses
        self._next = dict.fromkeys(pauses, float("-inf"))
        self._waits = self._failures = 0
        self.is_closed = False

    def run(self, steps: Generator[Request, Answer, Result]) -> Result | None:
        """Make the requests that steps give, and give what they return; None when the line closes before."""
        answer: Answer | None = None
        try:
            while True:
                request = next(steps) if answer is None else steps.send(answer)
                if (answer := self.ask(request)) is None:
                    return None
        except StopIteration as end:
            result: Result = end.value
            return result

    def ask(self, request: Request) -> Answer | None:
        """Give the answer; None when the run's time or the archive's patience is over."""
        while not self.is_closed:
            if not self._wait_until(self._next[request.key]):
                return None
            answer = next(iter(self._fetcher.fetch([request])), None)
            if answer is None or answer.failure is Failure.PUT_OFF:
                self.is_closed = True
                return None
            now = self._clock()
            self._next[request.key] = now + self._pauses[request.key]
            if (wait := self._asked_to_wait(answer)) is None:
                self._count(answer)
                return answer
            self._waits += 1
            self.is_closed = self._waits > _MOST_WAITS or wait > _MOST_WAIT
            self._next = dict.fromkeys(self._pauses, now + wait)
        return None

    def _wait_until(self, moment: float) -> bool:
        now = self._clock()
        if max(now, moment) >= self._ends:
            self.is_closed = True
            return False
        if moment > now:
            self._sleep(moment - now)
        return True

    def _asked_to_wait(self, answer: Answer) -> float | None:
        if "memento-datetime" in answer.headers:
            return None  # a copy of such an answer
        wanted = retry_after(answer.headers.get("retry-after", ""))
        if answer.status == _TOO_MANY or (answer.status == _BUSY and wanted is not None):
            return _MOST_WAIT if wanted is None else wanted
        return None

    def _count(self, answer: Answer) -> None:
        """Count what says that the archive is down or has shut us out: it refuses connections before it says 429."""
        is_trouble = answer.status in {0, _FORBIDDEN} or answer.status >= 500  # noqa: PLR2004 - HTTP's own number
        is_trouble = is_trouble and "memento-datetime" not in answer.headers
        self._failures = self._failures + 1 if is_trouble else 0
        self.is_closed = self._failures >= _MOST_FAILURES
