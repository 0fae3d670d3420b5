"""One audit from the command line: what it reads, visits, writes and reports."""

from __future__ import annotations

import os
import signal
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from regesta import __version__
from regesta.auditing.audit import NetworkDown, Visitor, audit, counts_of, live_urls, targets_of
from regesta.auditing.audit_lock import LOCK, AuditRunning, audit_lock
from regesta.auditing.due import plan_visits
from regesta.auditing.fetching import CurlFetcher
from regesta.auditing.memento_questions import originals
from regesta.auditing.orders import Orders
from regesta.auditing.outage import NetworkWatch, choose_probes
from regesta.auditing.visits import VISITS, Outcome, Visits, VisitsUnusable
from regesta.cli.audit_progress import AuditProgress
from regesta.cli.cited import Citations
from regesta.cli.link_reports import LinkReporting, write_link_report
from regesta.model.link_changes import Since
from regesta.model.link_states import join_states
from regesta.reading.audits import AUDITS, AuditLine, add_audit
from regesta.reading.ledger import LEDGER, open_ledger, write_ledger
from regesta.reading.revisions import NoSuchRevision, changed_files, find_revision
from regesta.reading.whole_files import NotReplaced
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regesta.auditing.audit import Audited
    from regesta.auditing.due import Plan
    from regesta.auditing.settings import AuditSettings
    from regesta.auditing.visiting import Target, Visit
    from regesta.checking.settings import Settings
    from regesta.cli.fail_on import FailOn
    from regesta.cli.outputs import Output
    from regesta.model.decisions import Decisions
    from regesta.model.urls import Url
    from regesta.model.verdicts import Observation
    from regesta.reading.ledger import OpenedLedger
    from regesta.reading.site_config import SiteConfig

__all__ = ["NOT_DONE", "AuditRun", "Wanted"]

NOT_DONE, NOT_JUDGED = 2, 3
"""Exit statuses: something that was asked for was not done; the network was down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the command line asks for, beside settings."""

    paths: Sequence[Path]
    ledger: Path | None
    limit: int | None
    mementos: bool
    changed_since: str | None
    record: bool
    scheduler: str | None
    trust_network: bool
    outputs: Sequence[Output]
    fail_on: FailOn
    today: date
    statistics: bool
    rules_asked: bool


@dataclass(kw_only=True)
class AuditRun:
    """An audit: made once, run once."""

    config: SiteConfig
    settings: Settings
    how: AuditSettings
    wanted: Wanted
    failures: dict[str, None] = field(default_factory=dict)
    """What could not be done, each thing once. The rest is done all the same."""

    def run(self) -> int:
        """Do it; give the exit status."""
        cited = Citations(config=self.config, fail=self.fail)
        cited.read(self.wanted.paths)
        if self.wanted.changed_since is not None:
            try:
                self._keep_changed(cited, self.wanted.changed_since)
            except NoSuchRevision as error:
                raise click.UsageError(shown(str(error))) from error
        place = self.wanted.ledger or _usual_place(cited)
        try:
            with ExitStack() as stack:
                folder = Path()
                if self.wanted.record:
                    stack.enter_context(audit_lock(folder / LOCK))
                else:
                    folder = Path(stack.enter_context(TemporaryDirectory(prefix="regesta-")))
                visits = stack.enter_context(Visits(folder / VISITS, clock=self._clock))
                if visits.notice:
                    click.echo(shown(visits.notice), err=True)
                return self._audit(cited, place, visits)
        except (AuditRunning, Unreadable, VisitsUnusable, NotReplaced, ClusterMissing, ClusterUnreachable) as error:
            self.fail(str(error))
            return NOT_DONE
        except NetworkDown as error:
            click.echo(shown(f"Nothing was recorded: {error} Is the network down?"), err=True)
            return NOT_JUDGED

    def fail(self, message: str) -> None:
        """Say on stderr what could not be done, once."""
        if message not in self.failures:
            self.failures[message] = None
            click.echo(shown(message), err=True)

    def _keep_changed(self, cited: Citations, revision: str) -> None:
        """Leave only the links of files that have changed."""
        folder = Path().absolute()
        changed = changed_files(find_revision(revision, folder), folder)
        cited.links = [one for one in cited.links if Path(one[0]).resolve() in changed]

    def _audit(self, cited: Citations, place: Path, visits: Visits) -> int:
        wanted, how, clock = self.wanted, self.how, self._clock()
        server = how.memento_server
        opened = open_ledger(place, is_copy=lambda copy, url: is_memento_of(copy, url, server.hosts), today=clock.date())
        for problem in opened.problems:
            self.fail(problem)
        decisions = self._decisions(cited.root)
        urls = _to_visit(cited, server.hosts)
        plan = plan_visits(
            urls,
            ledger=opened.records,
            last_at=visits.last_at,
            now=clock,
            confirm=how.confirm,
            max_age=how.max_age,
            decisions=decisions,
            limit=wanted.limit,
        )
        visits.start(how.vantage)
        copies = self._copies(cited, opened.records, visits) if wanted.mementos else []
        audited = Audited(dict(opened.records), 0, 0, 0)
        ended = 0
        if plan.due or copies or visits.has_left_over:
            audited, ended = self._visit(plan, urls, cited, opened, visits)
        if wanted.record:
            self._note(place, plan, urls, audited, visits)
        visits.finish(Outcome.DONE)
        visits.close()
        status = self._report(cited, audited.records, decisions, visits, place)
        return 128 + ended if ended else status

    def _visit(
        self, plan: Plan, urls: Sequence[Url], cited: Citations, opened: OpenedLedger, visits: Visits
    ) -> tuple[Audited, int]:
        """Visit what is due, then ask for copies; give the signal that has ended this early, if one has."""
        # Loaded only where something is to be visited: libcurl and the words of dead pages take their time.
        from regesta.cli.audit_copies import ask_for_copies  # noqa: PLC0415
        from regesta.cli.audit_visits import AuditVisits  # noqa: PLC0415

        wanted, how = self.wanted, self.how
        seconds = how.budget.total_seconds() if how.budget else None
        going = AuditVisits(how, today=wanted.today, contact=self.config.site_url, seconds=seconds)
        with going.on_signals():
            audited = going.visit(
                plan.due,
                cited=urls,
                records=opened.records,
                visits=visits,
                scheduler=wanted.scheduler,
                trust_network=wanted.trust_network,
            )
            if wanted.record:
                opened = self._write(opened, audited.records)
            if wanted.mementos and going.seconds_left:
                records = ask_for_copies(cited, audited.records, visits, how=how, going=going, today=wanted.today)
                audited = audited._replace(records=records)
                if wanted.record:
                    self._write(opened, records)
        going.fetcher.close()
        return audited, going.signal
