"""Whether the network is down on our side: what a run finds then is evidence of nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from regesta.model.urls import host_of
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.model.urls import Url

__all__ = ["NetworkWatch", "choose_probes"]

_PROBES = 5
_LEAST_PROBES = 2
_LEAST_HOSTS = 10
"""Hosts that were live and were visited, before anything is said of their share."""
_LEAST_HOSTS_EARLY = 30
"""The same while the run goes on: the first links are no fair sample."""
_SHARE = 0.3
_LEAST_UNKNOWN = 5
"""Hosts without an answer, when none has answered, before a first run says that it could not judge."""

_WENT_WRONG = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.INSECURE, Verdict.UNREACHABLE})


def choose_probes(live: Iterable[Url]) -> tuple[Url, ...]:
    """Choose addresses that always answered: of the hosts with the most live links one each, the same every time."""
    by_host: dict[str, list[Url]] = {}
    for url in live:
        by_host.setdefault(host_of(url), []).append(url)
    hosts = sorted(by_host, key=lambda host: (-len(by_host[host]), host))[:_PROBES]
    return tuple(min(by_host[host]) for host in hosts)


class NetworkWatch:
    """Sees every visit of a run, and says when the fault must be ours."""

    def __init__(self, was_live: Iterable[Url], *, trust: bool = False) -> None:
        """Take the addresses that were live so far. With `trust` the network is taken to be in order."""
        self._live_hosts = Counter(host_of(url) for url in was_live)
        self._trust = trust
        self._good: set[str] = set()
        self._bad: set[str] = set()
        self._silent: set[str] = set()
        self._answered = False
        self._probes_good = self._probes_bad = 0

    def begin_probes(self) -> None:
        """Begin a round of visits to addresses that always answer; the one before counts no more."""
        self._probes_good = self._probes_bad = 0

    def see_probe(self, *, answered: bool) -> None:
        """See one of them."""
        self._probes_good += answered
        self._probes_bad += not answered

    def see(self, host: str, says: Verdict, *, answered: bool) -> None:
        """See one visit: what it says of the link, and whether a server answered at all."""
        self._answered = self._answered or answered
        if not answered:
            self._silent.add(host)
        if host in self._live_hosts:
            (self._bad if says in _WENT_WRONG else self._good).add(host)

    def why_out(self, *, at_end: bool = False) -> str:
        """Say why nothing can be judged; empty while it can."""
        if self._trust:
            return ""
        probes = self._probes_good + self._probes_bad
        if probes >= _LEAST_PROBES and not self._probes_good:
            return f"None of {probes} addresses that always answer did so."
        failing = self._bad - self._good
        seen = len(self._bad | self._good)
        if seen >= (_LEAST_HOSTS if at_end else _LEAST_HOSTS_EARLY) and len(failing) > _SHARE * seen:
            return f"{len(failing)} of {seen} hosts that were live failed at once."
        if at_end and not self._answered and len(self._silent) >= _LEAST_UNKNOWN:
            return f"None of {len(self._silent)} hosts answered."
        return ""
