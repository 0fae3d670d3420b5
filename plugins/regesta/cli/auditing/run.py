"""One audit from the command line: what it reads, visits, writes and reports."""

from __future__ import annotations

import signal
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from regesta import __version__
from regesta.auditing.failed import AuditFailed, NetworkDown
from regesta.auditing.mementos.questions import originals
from regesta.auditing.recording.audit_lock import LOCK, AuditRunning, audit_lock
from regesta.auditing.recording.due import plan_visits
from regesta.auditing.recording.visits import VISITS, Outcome, Visits, VisitsUnusable
from regesta.cli.recording.cited import Citations
from regesta.cli.recording.citing_files import CITED_FILE
from regesta.cli.recording.link_reports import LinkReporting, write_link_report
from regesta.model.audits import AuditRun, last_done
from regesta.model.decisions import Decisions
from regesta.model.link_changes import Since
from regesta.model.link_forms import LinkForm
from regesta.model.link_states import join_states
from regesta.model.mementos import is_memento_of
from regesta.model.verdicts import Verdict
from regesta.reading.audits import AUDITS, add_audit, open_audits
from regesta.reading.cache import Cache
from regesta.reading.collection import without_collection
from regesta.reading.decisions import open_decisions
from regesta.reading.folder import Unreadable
from regesta.reading.ledger import LEDGER, open_ledger, remember_copy_hosts, write_ledger
from regesta.reading.revisions import NoSuchRevision, changed_files, find_revision
from regesta.reading.whole_files import NotReplaced
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from regesta.auditing.mementos.questions import Question
    from regesta.auditing.recording.due import Plan
    from regesta.auditing.settings import AuditSettings
    from regesta.checking.settings import Settings
    from regesta.cli.outputs import Output
    from regesta.cli.recording.fail_on import FailOn
    from regesta.model.json_lines import RecordFault
    from regesta.model.ledger import Ledger, LinkRecord
    from regesta.model.urls import Url
    from regesta.reading.ledger import OpenedLedger
    from regesta.reading.site_config import SiteConfig

__all__ = ["NOT_DONE", "AuditCommand", "Wanted"]

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
class AuditCommand:
    """An audit: made once, run once."""

    config: SiteConfig
    settings: Settings
    how: AuditSettings
    known_hosts: frozenset[str]
    """Archives whose copies are shown whatever this run asks."""
    wanted: Wanted
    failures: dict[str, None] = field(default_factory=dict)
    """What could not be done, each thing once. The rest is done all the same."""
    _urls: list[Url] = field(default_factory=list)
    """The addresses that links mean, each once; beside a copy, the page it is a copy of."""
    _seen: dict[Url, date] = field(default_factory=dict)
    """The day of the last visit to each."""
    _faults: tuple[RecordFault, ...] = ()
    """What was wrong with single lines of the record."""
    _ahead: timedelta = field(init=False)
    """How far the day that the command line names is from today."""

    def __post_init__(self) -> None:
        """Set the clock."""
        self._ahead = self.wanted.today - datetime.now(tz=UTC).date()

    def run(self) -> int:
        """Do it; give the exit status."""
        # What is made is kept to the end: looking for garbage among it takes a quarter of the time.
        with without_collection():
            return self._run()

    def _run(self) -> int:
        try:
            cited = self._read()
            place = self.wanted.ledger or _usual_place(cited)
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
        except (AuditRunning, AuditFailed, Unreadable, VisitsUnusable, NotReplaced) as error:
            self.fail(str(error))
            return NOT_DONE
        except NetworkDown as error:
            way_out = "If the network is in order, say so with --trust-network."
            click.echo(shown(f"Nothing was recorded: {error} Is the network down? {way_out}"), err=True)
            return NOT_JUDGED
        except KeyboardInterrupt:
            # Before the first visit, or after the last: there is nothing to bring into order.
            return _SIGNALLED + signal.SIGINT

    def fail(self, message: str) -> None:
        """Say on stderr what could not be done, once."""
        if message not in self.failures:
            self.failures[message] = None
            click.echo(shown(message), err=True)

    def _read(self) -> Citations:
        cache = Cache(Path(CITED_FILE)) if self.wanted.record else None
        cited = Citations(config=self.config, fail=self.fail, cache=cache)
        cited.read(self.wanted.paths)
        if self.wanted.changed_since is not None:
            try:
                self._keep_changed(cited, self.wanted.changed_since)
            except NoSuchRevision as error:
                raise click.UsageError(shown(str(error))) from error
        return cited

    def _keep_changed(self, cited: Citations, revision: str) -> None:
        """Leave only the links of files that have changed."""
        folder = Path().absolute()
        changed = changed_files(find_revision(revision, folder), folder)
        cited.links = [one for one in cited.links if Path(one[0]).resolve() in changed]

    def _audit(self, cited: Citations, place: Path, visits: Visits) -> int:
        wanted, how, clock = self.wanted, self.how, self._clock()
        opened = self._open(place)
        runs, problems = open_audits(place.parent / AUDITS)
        self._faults = (*opened.problems, *problems)
        decisions = self._decisions(cited.root)
        self._urls = urls = self._to_visit(cited)
        # Where the words of people cannot be read, nobody knows what they have forbidden: nothing is visited.
        allowed = _not_forbidden(urls, decisions, wanted.today) if decisions is not None else []
        seen = {url for url, _ in visits.left_over()}
        plan = plan_visits(
            allowed,
            ledger=opened.records,
            # Without its line, a link was lost, or is new and leads to a page that others lead to: it is to be visited.
            last_at=lambda url: visits.last_at(url) if url in opened.records or url in seen else None,
            now=clock,
            confirm=how.confirm,
            max_age=how.max_age,
            limit=wanted.limit,
        )
        visits.start(how.vantage)
        records, ended = opened.records, 0
        if plan.due or seen or (wanted.mementos and self._copies(cited, allowed, records, visits)):
            records, ended = self._visit(plan, allowed, cited, opened, visits)
        else:
            self._keep(opened, records, 0, plan, cited, visits)
        last = last_done(runs)
        status = self._report(cited, records, decisions or Decisions(()), last.at.date() if last else None)
        return _SIGNALLED + ended if ended else status

    def _visit(
        self, plan: Plan, allowed: Sequence[Url], cited: Citations, opened: OpenedLedger, visits: Visits
    ) -> tuple[Ledger, int]:
        """Visit what is due, then ask for copies; give the signal that has ended this early, if one has."""
        # Loaded only where something is to be visited: libcurl and the words of dead pages take their time.
        from regesta.cli.auditing.copies import add_copies, ask_for_copies  # noqa: PLC0415
        from regesta.cli.auditing.visits import AuditVisits  # noqa: PLC0415

        wanted, how = self.wanted, self.how
        seconds = how.budget.total_seconds() if how.budget is not None else None
        with (
            AuditVisits(how, today=wanted.today, contact=self.config.site_url, seconds=seconds) as going,
            going.on_signals(),
        ):
            audited = going.visit(
                plan.due,
                cited=allowed,
                records=opened.records,
                visits=visits,
                scheduler=wanted.scheduler,
                trust_network=wanted.trust_network,
            )
            self._keep(opened, audited.records, len(audited.visited), plan, cited, visits)
            if left := len(set(plan.due) - audited.visited):
                click.echo(f"{left:,} of {len(plan.due):,} links that are due {going.why_left(left)}", err=True)
            records: Ledger = audited.records
            copies = self._copies(cited, allowed, records, visits) if wanted.mementos else []
            if copies and going.seconds_left:
                self._remember_archive()
                with_copies = ask_for_copies(copies, records, visits, how=how, going=going)
                if wanted.record:
                    # Somebody may have written meanwhile, and that counts, too.
                    opened = self._open(opened.file)
                    write_ledger(opened, add_copies(opened.records, with_copies))
                records = with_copies
            return records, going.signal

    def _keep(  # noqa: PLR0913, PLR0917 - each is one thing that a run has come to
        self, opened: OpenedLedger, records: Ledger, visited: int, plan: Plan, cited: Citations, visits: Visits
    ) -> None:
        """Write what the visits have found, as soon as it is known: to ask for copies may take long."""
        self._seen = _last_seen(self._urls, records, visits)
        if self.wanted.record:
            if visited or records != opened.records:
                write_ledger(opened, records)
            # A line for a part of an archive would be a dent in the figures of the whole.
            if self.wanted.changed_since is None and (cited.is_whole or not cited.root.is_dir()):
                known = (records.get(url) for url in self._urls)
                run = AuditRun(
                    at=self._clock(),
                    vantage=self.how.vantage,
                    version=__version__,
                    due=len(plan.due) + plan.left,
                    visited=visited,
                    counts=Counter(record.verdict if record else Verdict.UNCHECKED for record in known),
                    seen_since=min(self._seen.values(), default=None),
                )
                add_audit(opened.file.parent / AUDITS, run)
        visits.finish(Outcome.DONE)

    def _remember_archive(self) -> None:
        """Let whoever reads the record here show the copies of an archive that the command line has named."""
        new = self.how.mementos.server.hosts - self.known_hosts
        if new and self.wanted.record:
            remember_copy_hosts(Path(), new)
            click.echo(
                shown(
                    f"Copies at {', '.join(sorted(new))} are shown on this machine alone. To show them in every build, "
                    "name the server in mkdocs.yml, regesta/links: audit: mementos: server."
                ),
                err=True,
            )

    def _copies(
        self, cited: Citations, urls: Sequence[Url], records: Mapping[Url, LinkRecord], visits: Visits
    ) -> list[Question]:
        from regesta.cli.auditing.copies import copies_to_ask_for  # noqa: PLC0415 - see above

        return copies_to_ask_for(
            cited.links, urls, records=records, visits=visits, how=self.how, today=self.wanted.today
        )

    def _to_visit(self, cited: Citations) -> list[Url]:
        urls = {link.url for *_, link in cited.links if link.url and link.form in _VISITED}
        return sorted({*urls, *originals(urls, self._copy_hosts).values()})

    @property
    def _copy_hosts(self) -> frozenset[str]:
        return self.known_hosts | self.how.mementos.server.hosts

    def _open(self, place: Path) -> OpenedLedger:
        hosts = self._copy_hosts
        return open_ledger(
            place, is_copy=lambda copy, url: is_memento_of(copy, url, hosts), today=datetime.now(tz=UTC).date()
        )

    def _report(
        self,
        cited: Citations,
        records: Mapping[Url, LinkRecord],
        decisions: Decisions,
        last_audit: date | None,
    ) -> int:
        wanted = self.wanted
        states = join_states(cited.links, records, decisions, today=wanted.today, visited=self._seen)
        how = LinkReporting(
            settings=self.settings,
            outputs=wanted.outputs,
            fail_on=wanted.fail_on,
            today=wanted.today,
            last_audit=Since("the last audit", day=last_audit) if last_audit else None,
            max_age=self.how.max_age,
            statistics=wanted.statistics,
            all_remarks=wanted.rules_asked,
            has_record=bool(records),
            faults=self._faults,
        )
        return write_link_report(states, cited, how, list(self.failures))

    def _decisions(self, root: Path) -> Decisions | None:
        try:
            return open_decisions(root)
        except Unreadable as error:
            self.fail(str(error))
            return None

    def _clock(self) -> datetime:
        """Give the time: on the day that the command line says, if it says one."""
        now = datetime.now(tz=UTC)
        return now + self._ahead


def _not_forbidden(urls: Sequence[Url], decisions: Decisions, today: date) -> list[Url]:
    """List what people have not forbidden to visit: nobody else is told of the rest either."""
    found = ((url, decisions.on(url, today)) for url in urls)
    return [url for url, decision in found if not (decision and decision.forbids_visits)]


_SIGNALLED = 128
"""What shells add to the number of the signal that has ended a program."""
_VISITED = frozenset({LinkForm.OK, LinkForm.DAMAGED})


def _last_seen(urls: Iterable[Url], records: Mapping[Url, LinkRecord], visits: Visits) -> dict[Url, date]:
    """Give the day of the last visit to each address on record: as the visits have it, or else the record."""
    days: dict[int, date] = {}
    found = {}
    for url in urls:
        record = records.get(url)
        if record is None or record.verdict is Verdict.REFUSED:
            continue
        at = visits.last_at(url)
        if at is None:
            found[url] = record.last_evidence
            continue
        number = at // _DAY
        if number not in days:
            days[number] = datetime.fromtimestamp(at, UTC).date()
        found[url] = max(days[number], record.last_evidence)
    return found


_DAY = 86_400


def _usual_place(cited: Citations) -> Path:
    """Give where the record lies: with the archive, or with the visits where what was read is none."""
    root = cited.root
    return root / LEDGER if root.is_dir() else Path(".regesta") / LEDGER
