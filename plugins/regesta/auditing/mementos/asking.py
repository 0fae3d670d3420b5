"""Asks an archive for copies: one question after another, at its pace, as far as a run's budget goes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from regesta.auditing.mementos.archive_line import Line
from regesta.auditing.mementos.search import Errand, MementoState, Outcome, search
from regesta.auditing.mementos.servers import WAYBACK
from regesta.model.ledger import MEMENTO_REFUSED, NO_MEMENTO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regesta.auditing.fetching.answers import Fetcher
    from regesta.auditing.mementos.questions import Question
    from regesta.auditing.mementos.servers import MementoServer

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
    server: MementoServer = WAYBACK,
    budget: Budget = Budget(),  # noqa: B008 - it is a constant
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[MementoAnswer]:
    """Ask, in the order given, and give each answer as it comes.

    One request is under way at a time. It ends with the budget, or early when the archive has had enough of us; what
    was not asked gives no answer.
    """
    pauses = {Errand.QUESTION: server.question_pause, Errand.VISIT: server.visit_pause}
    line = Line(fetcher, pauses, ends=clock() + budget.seconds, clock=clock, sleep=sleep)
    for count, question in enumerate(questions):
        if count >= budget.questions or line.is_closed:
            return
        outcome = line.run(search(question.url, question.day, server=server))
        if outcome is None:
            return
        yield MementoAnswer(question, outcome)
