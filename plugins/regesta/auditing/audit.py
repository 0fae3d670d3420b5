"""One run of the audit: what is due is visited, what is seen is kept as it comes, and the record is weighed anew."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from regesta.auditing.failed import NetworkDown
from regesta.auditing.fetching.answers import Request
from regesta.auditing.recording.settling import is_worth_a_line
from regesta.auditing.recording.visits import asked_address
from regesta.auditing.recording.weighing import weigh
from regesta.auditing.visiting import Target, visit_all
from regesta.model.urls import Url, host_of
from regesta.model.verdicts import Failure, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from regesta.auditing.fetching.answers import Answer
    from regesta.auditing.fetching.fetcher import CurlFetcher
    from regesta.auditing.fetching.host_rules import HostRules
    from regesta.auditing.outage import NetworkWatch
    from regesta.auditing.recording.confirming import Confirm
    from regesta.auditing.recording.visits import Visits
    from regesta.auditing.visiting import Visit
    from regesta.model.ledger import Ledger, LinkRecord
    from regesta.model.verdicts import Observation

__all__ = ["Audited", "Visitor", "audit", "believed", "targets_of", "weigh_all"]

_PROBE_PAUSE = 120.0
"""Seconds between two looks at addresses that always answer."""


class Audited(NamedTuple):
    """What a run came to."""

    records: dict[Url, LinkRecord]
    """The ledger as it is now."""
    visited: frozenset[Url] = frozenset()
    """Links that were visited in this run."""


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
        canaries: Sequence[Url] = (),
        today: date,
        vantage: str = "",
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the fetcher, and the addresses that always answer: the archive's own, and those of strangers."""
        self._fetcher, self._rules, self._watch = fetcher, rules, watch
        self._probes = {host_of(url): url for url in probes}
        self._canaries = tuple(canaries)
        self._today, self._vantage, self._now = today, vantage, now
        self._next_probe = now() + _PROBE_PAUSE

    def probe(self) -> None:
        """Look at the addresses that always answer, before anything else is visited: a few, then all of them."""
        probes = list(self._probes.values())
        if probes:
            self._look(probes[:_FEW], probes[_FEW:], () if self._watch.is_inner else self._canaries)

    def look(self) -> None:
        """Look, at the end, whether the network is there that the last visits have not proved."""
        probes = list(self._probes.values())
        if self._watch.is_inner:
            self._look(probes[:_FEW], probes[_FEW:], self._canaries)
        elif self._canaries:
            secure = [url for url in probes if url.startswith("https:")]
            self._look(secure[:_A_COUPLE], self._canaries, secure[_A_COUPLE:])
        else:
            self._look(probes)

    def _look(self, *rounds: Sequence[Url]) -> None:
        """Ask one group of addresses after the other, until one has answered."""
        self._watch.begin_probes(sum(map(len, rounds)))
        for some in rounds:
            for answer in self._fetcher.fetch(Request(url) for url in some):
                self._see_probe(answer)
            if self._watch.has_probe_answered:
                break
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
            if self._may_probe(visit):
                # On a first run nobody is known who always answers: whoever has done so today will do.
                self._probes.setdefault(host_of(visit.target.url), visit.target.url)
            if self._watch.why_out():
                self._fetcher.stop()
            elif self._watch.wants_probes() or self._now() >= self._next_probe:
                self._next_probe = self._now() + _PROBE_PAUSE
                some = self._some_probes()
                self._watch.begin_probes(len(some))
                for url in some:
                    self._fetcher.add(Request(url), first=True)

    def _may_probe(self, visit: Visit) -> bool:
        if not visit.has_answer or len(self._probes) >= _FEW or visit.observations[0].says is Verdict.INSECURE:
            return False
        return self._watch.is_inner or visit.target.url.startswith("https:")

    def _some_probes(self) -> list[Url]:
        some = list(self._probes.values())[:_FEW]
        return some if self._watch.is_inner else [*some, *self._canaries[:_A_COUPLE]]

    def _see_probe(self, answer: Answer) -> None:
        # What was not asked, since the time is over or the host wants a pause, says nothing of the network.
        if answer.failure in _NOT_ASKED:
            self._watch.leave_probe()
        else:
            self._watch.see_probe(answer)


_FEW, _A_COUPLE = 5, 2
"""Addresses that are asked in one look: of the archive's own, and of strangers."""
_NOT_ASKED = frozenset({Failure.PUT_OFF, Failure.POLICY})


def audit(  # noqa: PLR0913 - the world is passed in
    targets: Iterable[Target],
    *,
    records: Ledger,
    visits: Visits,
    visit: Callable[[Iterable[Target]], Iterator[Visit]],
    watch: NetworkWatch,
    confirm: Confirm,
    left_over: Iterable[tuple[Url, Observation]] = (),
    look: Callable[[], None] = lambda: None,
    on_visit: Callable[[Sequence[Observation]], None] = lambda _seen: None,
) -> Audited:
    """Visit targets and weigh what is seen; raise `NetworkDown`, and then nothing of this run counts.

    `look` asks at the end whether the network is there, where the last visits do not prove it. Where it cannot ask,
    these visits are taken back, and their addresses stay due.

    Every observation is in `visits` within half a second. What an earlier run has left there, `left_over`, is weighed
    first. `visits` is not finished: that is for whoever has written the records.
    """
    seen: list[tuple[Url, Observation]] = []
    for one in visit(targets):
        if not one.observations:
            continue
        visits.visited(one.target.url, etag=one.etag, last_modified=one.last_modified, digest=one.digest)
        for url, observation in zip(one.target.asked, one.observations, strict=True):
            visits.observe(url, observation)
            seen.append((url, observation))
        watch.see(one.target.url, one.observations[0], digest=one.digest)
        on_visit(one.observations)
    if watch.is_open and not watch.why_out():
        look()
        if not watch.has_looked:
            seen = _taken_back(seen, watch, visits)
    if why := watch.why_out(at_end=True):
        raise NetworkDown(why)
    return Audited(weigh_all((*left_over, *seen), records, visits, confirm), frozenset(url for url, _ in seen))


def weigh_all(
    seen: Sequence[tuple[Url, Observation]], records: Ledger, visits: Visits, confirm: Confirm
) -> dict[Url, LinkRecord]:
    """Give the records as they are after what was seen."""
    now = dict(records)
    counting = {url: record for url, _ in seen if (record := records.get(url)) is not None and record.is_pending}
    # What has been counted since the line was written stands with the visits.
    first = min((record.last_evidence for record in counting.values()), default=None)
    kept = visits.since(first, counting) if first else {}
    earlier = [(url, observation) for url, observations in kept.items() for observation in observations]
    for url, observation in (*earlier, *seen):
        known = now.get(url)
        record = weigh(known, observation, url=url, confirm=confirm)
        if record is not known:
            now[url] = record
    for url, known in counting.items():
        if not is_worth_a_line(known, now[url], confirm):
            now[url] = known
    return now


def believed(
    left_over: Sequence[tuple[Url, Observation]], watch: NetworkWatch, visits: Visits
) -> Sequence[tuple[Url, Observation]]:
    """Give what counts of what a run has left that was cut off; what nothing proves is taken back."""
    for url, observation in left_over:
        watch.see(asked_address(url), observation)
    kept = _taken_back(left_over, watch, visits)
    if left_over and (not kept or watch.why_out(at_end=True)):
        visits.forget_left_over()
        return ()
    return kept


def _taken_back(
    seen: Sequence[tuple[Url, Observation]], watch: NetworkWatch, visits: Visits
) -> list[tuple[Url, Observation]]:
    """Take back the visits that may have been made without a network; give the others."""
    unproved = watch.drop_open()
    if unproved:
        visits.take_back(unproved)
    return [(url, observation) for url, observation in seen if asked_address(url) not in unproved]
