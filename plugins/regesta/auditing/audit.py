"""One run of the audit: what is due is visited, what is seen is kept as it comes, and the record is weighed anew."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from regesta.auditing.answers import Request
from regesta.auditing.failed import NetworkDown
from regesta.auditing.visiting import Target, visit_all
from regesta.auditing.visits import Outcome, asked_address
from regesta.auditing.weighing import weigh
from regesta.model.urls import host_of
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from regesta.auditing.answers import Answer
    from regesta.auditing.confirming import Confirm
    from regesta.auditing.fetching import CurlFetcher
    from regesta.auditing.host_rules import HostRules
    from regesta.auditing.outage import NetworkWatch
    from regesta.auditing.visiting import Visit
    from regesta.auditing.visits import Visits
    from regesta.model.ledger import Ledger, LinkRecord
    from regesta.model.urls import Url
    from regesta.model.verdicts import Observation

__all__ = ["Audited", "Visitor", "audit", "targets_of"]

_PROBE_PAUSE = 120.0
"""Seconds between two looks at addresses that always answer."""


class Audited(NamedTuple):
    """What a run came to."""

    records: dict[Url, LinkRecord]
    """The ledger as it is now."""
    visited: int
    """Links that were visited in this run."""
    put_off: int
    """Links that were due and were not visited: the time was over, or their host wants a longer pause."""
    taken_up: int
    """Observations of an earlier run that was cut off."""


def targets_of(due: Iterable[Url], cited: Iterable[Url], records: Ledger, visits: Visits) -> Iterator[Target]:
    """Give the addresses to visit, in the order of what is due: each once, for all links that lead to it.

    Where all of them are live, the server is told what we have seen, and may say that it has not changed.
    """
    links: dict[Url, list[Url]] = {}
    for url in cited:
        links.setdefault(asked_address(url), []).append(url)
    done: set[Url] = set()
    for url in due:
        address = asked_address(url)
        if address in done:
            continue
        done.add(address)
        asked = tuple(links.get(address, (url,)))
        last = visits.last(address)
        if last and (last.etag or last.last_modified) and all(_is_live(records.get(one)) for one in asked):
            yield Target(address, asked, last.etag, last.last_modified)
        else:
            yield Target(address, asked)


def _is_live(record: LinkRecord | None) -> bool:
    return record is not None and record.verdict is Verdict.LIVE and not record.pending


class Visitor:
    """Visits with a fetcher, and looks now and then whether the network is still there."""

    def __init__(  # noqa: PLR0913 - the world is passed in
        self,
        fetcher: CurlFetcher,
        rules: HostRules,
        watch: NetworkWatch,
        *,
        probes: Sequence[Url],
        today: date,
        vantage: str = "",
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the fetcher, and the addresses that always answer."""
        self._fetcher, self._rules, self._watch, self._probes = fetcher, rules, watch, probes
        self._today, self._vantage, self._now = today, vantage, now
        self._next_probe = 0.0

    def probe(self) -> None:
        """Look at the addresses that always answer, before anything else is visited."""
        self._watch.begin_probes()
        for answer in self._fetcher.fetch(Request(url) for url in self._probes):
            self._watch.see_probe(answered=answer.status > 0)
        self._next_probe = self._now() + _PROBE_PAUSE

    def visit(self, targets: Iterable[Target]) -> Iterator[Visit]:
        """Visit targets; stop early where the network is not there any more."""
        visits = visit_all(
            targets,
            fetcher=self._fetcher,
            rules=self._rules,
            today=self._today,
            vantage=self._vantage,
            on_other=self._see_probe,
        )
        for visit in visits:
            yield visit
            if self._watch.why_out():
                self._fetcher.stop()
            elif self._probes and self._now() >= self._next_probe:
                self._next_probe = self._now() + _PROBE_PAUSE
                self._watch.begin_probes()
                for url in self._probes:
                    self._fetcher.add(Request(url))

    def _see_probe(self, answer: Answer) -> None:
        self._watch.see_probe(answered=answer.status > 0)


def audit(  # noqa: PLR0913 - the world is passed in
    targets: Iterable[Target],
    *,
    records: Ledger,
    visits: Visits,
    visit: Callable[[Iterable[Target]], Iterator[Visit]],
    watch: NetworkWatch,
    confirm: Confirm,
    on_visit: Callable[[Sequence[Observation]], None] = lambda _seen: None,
) -> Audited:
    """Visit targets and weigh what is seen; raise `NetworkDown`, and then nothing of this run counts.

    Every observation is in `visits` within half a second. What an earlier run has left there is weighed first.
    `visits` is not finished: that is for whoever has written the records.
    """
    now = dict(records)

    def weighed(url: Url, observation: Observation) -> None:
        known = now.get(url)
        record = weigh(known, observation, url=url, confirm=confirm)
        if record is not known:
            now[url] = record

    taken_up = 0
    for url, observation in visits.left_over():
        weighed(url, observation)
        taken_up += 1
    seen: list[tuple[Url, Observation]] = []
    put_off = 0
    for one in visit(targets):
        if not one.observations:
            put_off += len(one.target.asked)
            continue
        visits.visited(one.target.url, etag=one.etag, last_modified=one.last_modified, digest=one.digest)
        for url, observation in zip(one.target.asked, one.observations, strict=True):
            visits.observe(url, observation)
            seen.append((url, observation))
        watch.see(host_of(one.target.url), one.observations[0].says, answered=one.has_answer)
        on_visit(one.observations)
    if why := watch.why_out(at_end=True):
        visits.finish(Outcome.OUTAGE)
        raise NetworkDown(why)
    for url, observation in seen:
        weighed(url, observation)
    return Audited(now, len(seen), put_off, taken_up)
