"""The copies that one audit asks an archive for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from regesta.auditing.mementos.asking import Budget, ask
from regesta.auditing.mementos.questions import questions
from regesta.cli.progress import Progress
from regesta.model.memento_days import memento_day
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.auditing.mementos.questions import Question
    from regesta.auditing.recording.visits import Visits
    from regesta.auditing.settings import AuditSettings
    from regesta.cli.auditing.visits import AuditVisits
    from regesta.model.cited_links import CitedLink
    from regesta.model.dates import ArchiveDate
    from regesta.model.ledger import LinkRecord
    from regesta.model.urls import Url

__all__ = ["add_copies", "ask_for_copies", "copies_to_ask_for"]


def copies_to_ask_for(  # noqa: PLR0913 - each is one thing that is known
    links: Iterable[tuple[str, str, ArchiveDate | None, CitedLink]],
    urls: Iterable[Url],
    *,
    records: Mapping[Url, LinkRecord],
    visits: Visits,
    how: AuditSettings,
    today: date,
) -> list[Question]:
    """Give the questions that are due, the dead and the newest cited first. `urls` are those that are visited."""
    visited = set(urls)
    cited = dict.fromkeys((link.url, memento_day(day)) for _, _, day, link in links if link.url in visited)
    asked = {}
    for url, day in cited:
        if url and (question := visits.question(url, day.isoformat())):
            asked[url, day] = datetime.fromtimestamp(question.at, UTC).date()
    found = questions(
        ((url, day) for url, day in cited if url),
        ledger=records,
        asked=asked,
        today=today,
        hosts=how.mementos.server.hosts,
    )
    return found[: how.mementos.budget.questions]


def ask_for_copies(
    due: list[Question], records: Mapping[Url, LinkRecord], visits: Visits, *, how: AuditSettings, going: AuditVisits
) -> dict[Url, LinkRecord]:
    """Ask for copies as far as the run's time goes; give the records with what was found."""
    now = dict(records)
    budget = Budget(questions=len(due), seconds=min(how.mementos.budget.seconds, going.seconds_left))
    told, why = 0, ""
    with Progress(len(due), "questions for copies") as progress:
        for answer in ask(due, fetcher=going.fetcher, server=how.mementos.server, budget=budget, sleep=going.sleep):
            progress.step()
            url, day = answer.question.url, answer.question.day.isoformat()
            told += answer.recorded is not None
            why = why or ("" if answer.recorded else answer.outcome.reason)
            if answer.recorded is not None:
                # What was not answered is asked again by the next run.
                visits.asked(url, day, answer.outcome.state.value)
                record = now.get(url)
                if record is not None and record.mementos.get(day) != answer.recorded:
                    now[url] = replace(record, mementos={**record.mementos, day: answer.recorded})
            if not going.seconds_left:
                break
    if due and not told and going.seconds_left:
        click.echo(
            shown(f"No question for a copy was answered. {why} The next run asks again.".replace("  ", " ")), err=True
        )
    return now


def add_copies(records: Mapping[Url, LinkRecord], found: Mapping[Url, LinkRecord]) -> dict[Url, LinkRecord]:
    """Give records with the copies of others; nothing else of them is taken over."""
    now = dict(records)
    for url, record in found.items():
        if url in now and record.mementos:
            mementos = {**now[url].mementos, **record.mementos}
            if mementos != now[url].mementos:
                now[url] = replace(now[url], mementos=mementos)
    return now
