"""Whether the network is down on our side: what a run finds then is evidence of nothing.

Two errors are possible, and both are dear. To take an outage for the truth would let living sources fail; to take the
truth for an outage would keep an archive from ever being audited again. So silence alone is believed to be ours only
where nothing at all answers, and what looks like an outage for days, while other hosts answer, is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.urls import host_of
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.model.urls import Url

__all__ = ["NetworkWatch", "choose_probes"]

_PROBES = 15
_CERTAIN_PROBES = 5
"""Addresses that have always answered: when so many are silent together, nothing else needs to be asked."""
_LEAST_PROBES = 2
"""Likewise, where nothing else has answered in the whole run either."""
_LEAST_HOSTS = 10
"""Hosts that were live and were visited, before anything is said of their share."""
_LEAST_HOSTS_EARLY = 30
"""The same while the run goes on: the first links are no fair sample."""
_SHARE = 0.3
_LEAST_UNKNOWN = 5
"""Hosts of which none has given a sound answer, before a run says that it could not judge; and hosts that lead to one
and the same other host, before that is taken for the portal of a hotel."""
_STREAK, _TAIL = 10, 3
"""Visits in a row without a sound answer, after which a look at addresses that always answer is due: while the run goes
on, and at its end."""

_WENT_WRONG = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.INSECURE, Verdict.UNREACHABLE})


def choose_probes(live: Iterable[Url]) -> tuple[Url, ...]:
    """Choose addresses that always answered: of the hosts with the most live links one each, the same every time.

    >>> choose_probes(map(Url, ["http://a.example/", "http://b.example/2", "http://b.example/1"]))
    ('http://b.example/1', 'http://a.example/')
    """
    by_host: dict[str, list[Url]] = {}
    for url in live:
        by_host.setdefault(host_of(url), []).append(url)
    hosts = sorted(by_host, key=lambda host: (-len(by_host[host]), host))[:_PROBES]
    return tuple(min(by_host[host]) for host in hosts)


class NetworkWatch:
    """Sees every visit of a run, and says when the fault must be ours."""

    def __init__(
        self, was_live: Iterable[Url], *, trust: bool = False, believes_share: bool = False, certain: int = 0
    ) -> None:
        """Take the addresses that were live so far.

        With `trust` the network is taken to be in order; with `believes_share` no share of hosts is too large, as long
        as others answer. `certain` is how many probes are enough, where people have named them.
        """
        self._live_hosts = frozenset(map(host_of, was_live))
        self._trust, self._believes_share, self._certain = trust, believes_share, certain or _CERTAIN_PROBES
        self._was_seen: dict[str, bool] = {}
        """Of the hosts that were live and were visited: whether one of their links is still well."""
        self._failing = 0
        self._unsound: set[str] = set()
        self._sound: set[str] = set()
        self._led: dict[str, set[str]] = {}
        """By a host, the others that led to it."""
        self._probes_good = self._probes_bad = 0
        self._streak, self._next_look = 0, _STREAK
        self._is_sound_since = False

    def begin_probes(self) -> None:
        """Begin a round of visits to addresses that always answer; the one before counts no more."""
        self._probes_good = self._probes_bad = 0
        self._is_sound_since = False

    def see_probe(self, *, answered: bool) -> None:
        """See one of them."""
        self._probes_good += answered
        self._probes_bad += not answered

    @property
    def has_probe_answered(self) -> bool:
        """Whether one of this round has answered."""
        return self._probes_good > 0

    def see(self, host: str, says: Verdict, *, answered: bool, ended: str = "") -> None:
        """See one visit: what it says of the link, whether a server answered at all, and at which host it ended."""
        if answered and says is not Verdict.INSECURE:
            self._sound.add(host)
            self._is_sound_since = True
            self._streak, self._next_look = 0, _STREAK
        else:
            self._unsound.add(host)
            self._streak += 1
        if ended and ended != host:
            self._led.setdefault(ended, set()).add(host)
        if host in self._live_hosts:
            is_well = says not in _WENT_WRONG
            before = self._was_seen.get(host)
            if before is None:
                self._failing += not is_well
            elif is_well and not before:
                self._failing -= 1
            self._was_seen[host] = is_well or bool(before)

    def wants_probes(self, *, at_end: bool = False) -> bool:
        """Tell whether so many visits in a row went unanswered that those who always answer should be asked.

        A run that is cut off by an outage has begun well: no share of its hosts would tell.
        """
        if at_end:
            return self._streak >= _TAIL
        if self._streak < self._next_look:
            return False
        self._next_look = 2 * self._streak
        return True

    def why_out(self, *, at_end: bool = False) -> str:
        """Say why nothing can be judged; empty while it can."""
        if self._trust:
            return ""
        if self._probes_bad >= self._certain and not self._probes_good and not self._is_sound_since:
            return f"None of {self._probes_bad} addresses that always answer did so."
        seen = len(self._was_seen)
        is_fair = seen >= (_LEAST_HOSTS if at_end else _LEAST_HOSTS_EARLY)
        if is_fair and self._failing > _SHARE * seen and not self._believes_share:
            return f"{self._failing} of {seen} hosts that were live failed at once."
        return self._why_nothing() if at_end else ""

    def _why_nothing(self) -> str:
        """Say at the end whether nothing was seen but silence, strangers' certificates and somebody's portal."""
        portal = max(self._led, key=lambda host: len(self._led[host]), default="")
        led = self._led.get(portal, set())
        if len(led) < _LEAST_UNKNOWN:
            led = set()
        if self._sound - led - ({portal} if led else set()):
            return ""
        hosts = self._sound | self._unsound
        if len(hosts) < _LEAST_UNKNOWN and (self._probes_bad < _LEAST_PROBES or self._probes_good):
            return ""
        if led:
            return f"All of {len(hosts)} hosts led to {portal!r}, or gave no answer that can be trusted."
        return f"None of {len(hosts)} hosts gave an answer that can be trusted." if hosts else ""
