"""Asks an archive for copies: one question after another, at its pace, as far as a run's budget goes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from regesta.auditing.memento_search import Errand, MementoState, Outcome, search
from regesta.auditing.memento_servers import WAYBACK
from regesta.auditing.patience import retry_after
from regesta.model.ledger import MEMENTO_REFUSED, NO_MEMENTO
from regesta.model.memento_dates import wanted_moment
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regesta.auditing.answers import Answer, Fetcher, Request
    from regesta.auditing.memento_questions import Question
    from regesta.auditing.memento_search import Judge
    from regesta.auditing.memento_servers import MementoServer

__all__ = ["Budget", "MementoAnswer", "ask"]


class Budget(NamedTuple):
    """What one run may spend on copies. What is left over waits for the next run."""

    questions: int = 500
    seconds: float = 1200


class MementoAnswer(NamedTuple):
    """A question and what came of it."""

    question: Question
    outcome: Outcome

    @property
    def recorded(self) -> str | None:
        """What stands in the record: the copy's address, `none` or `refused`; None for what is asked another time."""
        if self.outcome.state is MementoState.FOUND:
            return self.outcome.url
        return _RECORDED.get(self.outcome.state)


_RECORDED = {MementoState.NONE: NO_MEMENTO, MementoState.REFUSED: MEMENTO_REFUSED}


def ask(  # noqa: PLR0913 - the world is passed in
    questions: Iterable[Question],
    *,
    fetcher: Fetcher,
    judge: Judge,
    server: MementoServer = WAYBACK,
    budget: Budget = Budget(),  # noqa: B008 - it is a constant
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[MementoAnswer]:
    """Ask, in the order given, and give each answer as it comes.

    One request is under way at a time. It ends with the budget, or early when the archive has had enough of us; what
    was not asked gives no answer.
    """
    line = _Line(fetcher, server, ends=clock() + budget.seconds, clock=clock, sleep=sleep)
    for count, question in enumerate(questions):
        if count >= budget.questions or line.is_closed:
            return
        steps = search(question.url, wanted_moment(question.key), server=server, judge=judge)
        answer: Answer | None = None
        try:
            while True:
                request = next(steps) if answer is None else steps.send(answer)
                if (answer := line.ask(request)) is None:
                    return
        except StopIteration as end:
            yield MementoAnswer(question, end.value)


_MOST_WAIT = 60.0
"""Seconds: who asks us to wait longer is left alone for this run."""
_MOST_WAITS = 3
_MOST_FAILURES = 4
_TOO_MANY, _BUSY, _FORBIDDEN = 429, 503, 403


class _Line:
    """The line to one archive, with its pace and its patience."""

    def __init__(
        self,
        fetcher: Fetcher,
        server: MementoServer,
        *,
        ends: float,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._fetcher, self._ends, self._clock, self._sleep = fetcher, ends, clock, sleep
        self._pauses = {Errand.QUESTION: server.question_pause, Errand.VISIT: server.visit_pause}
        self._next = dict.fromkeys(Errand, float("-inf"))
        self._waits = self._failures = 0
        self.is_closed = False

    def ask(self, request: Request) -> Answer | None:
        """Give the answer; None when the run's time or the archive's patience is over."""
        while not self.is_closed:
            errand = request.key if isinstance(request.key, Errand) else Errand.QUESTION
            if not self._wait_until(self._next[errand]):
                return None
            answer = next(iter(self._fetcher.fetch([request])))
            if answer.failure is Failure.PUT_OFF:
                self.is_closed = True
                return None
            now = self._clock()
            self._next[errand] = now + self._pauses[errand]
            if (wait := self._asked_to_wait(answer)) is None:
                self._count(answer)
                return answer
            self._waits += 1
            self.is_closed = self._waits > _MOST_WAITS or wait > _MOST_WAIT
            self._next = dict.fromkeys(Errand, now + wait)
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
