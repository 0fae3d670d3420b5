"""The visits of one audit: with whom, how long, and what a signal does to them."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Self

import click

from regesta import __version__
from regesta.auditing.audit import Visitor, audit, believed, targets_of
from regesta.auditing.failed import AuditFailed, NetworkDown
from regesta.auditing.fetching.asking import InvalidHeader
from regesta.auditing.fetching.fetcher import CurlFetcher, NoCertificates
from regesta.auditing.fetching.proxies import InvalidProxy
from regesta.auditing.orders import Orders
from regesta.auditing.outage import CANARIES, NetworkWatch, choose_probes
from regesta.auditing.recording.confirming import Confirm
from regesta.auditing.recording.visits import Outcome
from regesta.cli.auditing.progress import AuditProgress
from regesta.model.verdicts import Verdict
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from types import FrameType

    from regesta.auditing.audit import Audited
    from regesta.auditing.recording.visits import Visits
    from regesta.auditing.settings import AuditSettings
    from regesta.auditing.visiting import Target, Visit
    from regesta.model.ledger import Ledger
    from regesta.model.urls import Url
    from regesta.model.verdicts import Observation

__all__ = ["AuditVisits", "user_agent"]

_FILES = 4096
"""Open files that a run may need: its connections, and those kept for later."""

_PATIENCE = Confirm(3, 6)
"""Runs that found too large a share of hosts failing, on different days, after which it is believed."""


class AuditVisits:
    """A fetcher and all that belongs to it, from the first visit to the last copy that is asked for."""

    def __init__(self, how: AuditSettings, *, today: date, contact: str, seconds: float | None) -> None:
        """Make ready; raise `AuditFailed`. `seconds` is what the run may take."""
        self._how, self._today = how, today
        self.orders = Orders(
            user_agent=user_agent(how.contact or contact),
            languages=how.languages,
            allow=how.allow_network,
            deny=how.deny_network,
            at_once=how.concurrency,
            all_hosts=how.all_hosts,
            hosts=how.hosts,
            today=today,
            vantage=how.vantage,
            proxy=how.proxy,
            ends=time.time() + seconds if seconds is not None else float("inf"),
        )
        options = self.orders.fetch_options(os.environ)
        if not options.certificates:
            raise AuditFailed(
                "No file of trusted certificates was found, so that no https address can be judged. "
                "Install ca-certificates, or name a file: SSL_CERT_FILE=/path/to/certificates.pem"
            )
        _allow_files(_FILES)
        try:
            self.fetcher = CurlFetcher(
                options, policy=self.orders.policy, rules=self.orders.rules, is_over=self._is_over
            )
        except (InvalidProxy, InvalidHeader, NoCertificates) as error:
            raise AuditFailed(str(error)) from error
        self._ends = time.monotonic() + seconds if seconds is not None else float("inf")
        self._is_ended = threading.Event()
        self._is_looking = False
        self.signal = 0
        """The signal that has ended the run early, if one did."""

    @property
    def seconds_left(self) -> float:
        """How much of the run's time is left; nothing after a signal."""
        return 0.0 if self.signal else max(0.0, self._ends - time.monotonic())

    def _is_over(self) -> bool:
        # A last look at the network costs little, and without it a failure that was seen would not count.
        return bool(self.signal) if self._is_looking else not self.seconds_left

    def sleep(self, seconds: float) -> None:
        """Wait, but not beyond a signal."""
        self._is_ended.wait(seconds)

    def why_left(self, number: int) -> str:
        """Say why so many links were not visited."""
        was = "was" if number == 1 else "were"
        if self.signal:
            return f"{was} not visited: the run was ended by a signal. The next run takes them up."
        if not self.seconds_left:
            return f"{was} not visited: the time of the run was over (--budget). The next run takes them up."
        return f"{was} put off: their hosts have asked for a longer pause. The next run tries again."

    def visit(  # noqa: PLR0913 - each is one thing that is known
        self,
        due: Sequence[Url],
        *,
        cited: Sequence[Url],
        records: Ledger,
        visits: Visits,
        scheduler: str | None = None,
        trust_network: bool = False,
    ) -> Audited:
        """Visit what is due and weigh what is seen; raise `NetworkDown`. `cited` is all that may be visited."""
        live = [url for url, record in records.items() if record.verdict is Verdict.LIVE]
        # Whatever is on record and no longer cited, or forbidden, is not asked for our own peace of mind.
        probes = self._how.probes or choose_probes(
            url for url in cited if url in records and records[url].verdict is Verdict.LIVE
        )
        outages = [*visits.outages(), self._today]
        watch = partial(
            NetworkWatch,
            live,
            trust=trust_network,
            believes_share=_PATIENCE.is_reached(len(set(outages)), (outages[-1] - outages[0]).days),
            named=len(self._how.probes),
            is_inner=bool(self._how.allow_network),
            has_proxy=bool(self._how.proxy),
        )
        left_over = believed(visits.left_over(), watch(), visits)
        try:
            return self._visit(
                due, watch(), probes, cited, left_over, records=records, visits=visits, scheduler=scheduler
            )
        except NetworkDown:
            visits.finish(Outcome.OUTAGE)
            raise

    def _visit(  # noqa: PLR0913 - each is one thing that is known
        self,
        due: Sequence[Url],
        watch: NetworkWatch,
        probes: Sequence[Url],
        cited: Sequence[Url],
        left_over: Sequence[tuple[Url, Observation]],
        *,
        records: Ledger,
        visits: Visits,
        scheduler: str | None,
    ) -> Audited:
        visitor = Visitor(
            self.fetcher,
            self.orders.rules,
            watch,
            probes=probes,
            canaries=() if self._how.probes else CANARIES,
            today=self._today,
            vantage=self._how.vantage,
        )
        if due:
            visitor.probe()
            if why := watch.why_out():
                raise NetworkDown(why)

        def there(targets: Iterable[Target]) -> Iterator[Visit]:
            from regesta.auditing.cluster import Here, visit_on_cluster  # noqa: PLC0415 - few have a cluster

            here = Here(visitor.visit, lambda: bool(self.signal), lambda words: click.echo(shown(words), err=True))
            return visit_on_cluster(targets, scheduler=scheduler or "", orders=self.orders, here=here)

        def look() -> None:
            self._is_looking = True
            try:
                visitor.look()
            finally:
                self._is_looking = False

        with AuditProgress(len(due)) as progress:

            def on_visit(seen: Sequence[Observation]) -> None:
                progress.step(observation.says for observation in seen)

            return audit(
                targets_of(due, cited, records, visits),
                records=records,
                visits=visits,
                visit=there if scheduler is not None and due else visitor.visit,
                watch=watch,
                left_over=left_over,
                confirm=self._how.confirm,
                look=look,
                on_visit=on_visit,
            )

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End what is under way and close all connections."""
        self.fetcher.close()

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Let a first SIGINT or SIGTERM end the run in good order, and a second one at once."""

        def end(number: int, _frame: FrameType | None) -> None:
            if self.signal:
                os._exit(128 + number)
            self.signal = number
            self._is_ended.set()
            self.fetcher.wake()

        former = {}
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(ValueError):  # not in the main thread
                former[number] = signal.signal(number, end)
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)


def user_agent(contact: str) -> str:
    """Say who asks, and who may be asked about it.

    >>> user_agent("https://archive.example/").partition("/")[2].partition(" ")[2]
    '(link audit; +https://archive.example/)'
    """
    return f"regesta/{__version__} (link audit{f'; +{contact}' if contact else ''})"


def _allow_files(number: int) -> None:
    """Let this process open more files, where the system has such a limit and allows it."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number and (hard == resource.RLIM_INFINITY or soft < hard):
        wanted = number if hard == resource.RLIM_INFINITY else min(number, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
