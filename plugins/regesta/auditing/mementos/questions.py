"""Which copies are to be asked for, and in what order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.hosts import is_private_host
from regesta.model.ledger import MEMENTO_REFUSED, NO_MEMENTO
from regesta.model.mementos import read_memento, unwrap
from regesta.model.urls import Url, host_of
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from regesta.model.ledger import Ledger

__all__ = ["ASKED_AGAIN_AFTER", "Question", "originals", "questions"]

ASKED_AGAIN_AFTER = timedelta(days=90)
"""What had no copy is asked for again after this time: archives grow, also backwards."""


class Question(NamedTuple):
    """Asks for the copy of one page that is nearest the date of the briefs that cite it then."""

    url: Url
    day: date
    """Under which the record keeps it: see `memento_day`."""
    verdict: Verdict = Verdict.UNCHECKED
    again: bool = False
    """Whether it was asked before, and there was none."""


_FIRST = (
    {Verdict.DEAD},
    {Verdict.FAILING, Verdict.SOFT_404},
    {Verdict.UNREACHABLE},
    {Verdict.MOVED},
    {Verdict.RESTRICTED},
    {Verdict.INSECURE},
    {Verdict.LIVE, Verdict.UNCHECKED},
)
_RANKS = {verdict: rank for rank, verdicts in enumerate(_FIRST) for verdict in verdicts}


def questions(
    cited: Iterable[tuple[Url, date]],
    *,
    ledger: Ledger,
    asked: Mapping[tuple[Url, date], date],
    today: date,
    hosts: Collection[str] = (),
) -> list[Question]:
    """Give what is to be asked now, the dead and the newest cited first.

    `cited` are addresses with the days of the briefs that cite them; `asked` says when each was asked for, as far as
    that is known. What is a copy itself, private, or refused is never asked for; what was asked before comes last.
    """
    found = []
    for url, day in dict.fromkeys(cited):
        record = ledger.get(url)
        verdict = record.verdict if record else Verdict.UNCHECKED
        if verdict not in _RANKS or is_private_host(host_of(url)) or read_memento(url, hosts):
            continue
        known = record.mementos.get(day.isoformat()) if record else None
        if known in {NO_MEMENTO, MEMENTO_REFUSED}:
            before = asked.get((url, day))
            if before is None or today - before >= ASKED_AGAIN_AFTER:
                found.append(Question(url, day, verdict, again=True))
        elif known is None:
            found.append(Question(url, day, verdict))
    found.sort(key=lambda question: question.url)
    found.sort(key=lambda question: question.day, reverse=True)
    found.sort(key=lambda question: (question.again, _RANKS[question.verdict]))
    return found


def originals(urls: Iterable[Url], hosts: Collection[str] = ()) -> dict[Url, Url]:
    """Give, of the addresses that are copies, the pages they are copies of: these are to be visited too.

    >>> originals([Url("https://web.archive.org/web/2020/https://ferry.example/a"), Url("https://ferry.example/b")])
    {'https://web.archive.org/web/2020/https://ferry.example/a': 'https://ferry.example/a'}
    """
    return {url: page for url in urls if (page := unwrap(url, hosts)) != url}
