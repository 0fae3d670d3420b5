"""Whether the network is down on our side: what a run finds then is evidence of nothing.

Two errors are possible, and both are dear. To take an outage for the truth would let living sources fail; to take the
truth for an outage would keep an archive from ever being audited again. So a failure counts only where something has
proved that the network was there: another link's answer, or that of an address that always answers.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from regesta.model.hosts import is_private_host
from regesta.model.public_suffixes import registrable_domain
from regesta.model.urls import Url, host_of
from regesta.model.verdicts import Failure, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.auditing.fetching.answers import Answer
    from regesta.model.verdicts import Observation

__all__ = ["CANARIES", "NetworkWatch", "choose_probes"]

CANARIES = tuple(
    map(Url, ("https://example.com/", "https://www.wikipedia.org/", "https://www.w3.org/", "https://www.debian.org/"))
)
"""Addresses of four operators that are asked where nothing else proves that the network is there. They are https, since
the portal of a hotel cannot answer in their names."""

_PROBES = 15
_CERTAIN_PROBES = 5
"""Addresses that have always answered: when so many are silent together, nothing else needs to be asked."""
_LEAST_PROBES = 2
"""Likewise, where some of them belong to nobody whom the archive cites."""
_LEAST_HOSTS = 10
"""Hosts that were live and were visited, before anything is said of their share."""
_LEAST_HOSTS_EARLY = 30
"""The same while the run goes on: the first links are no fair sample."""
_SHARE = 0.3
_LEAST_ALIKE = 2
"""Hosts that lead to one and the same other host, or that show one and the same page, before that is taken for a
portal, where nothing else has answered."""
_LEAST_SAME = 3
"""Hosts that show one page at one and the same path, which the mirrors of a site do as well."""
_STREAK = 10
"""Visits in a row without a sound answer, after which a look at addresses that always answer is due."""

_WENT_WRONG = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.INSECURE, Verdict.UNREACHABLE})
_DECIDED_HERE = frozenset({
    Failure.BAD_PORT, Failure.SCHEME, Failure.MALFORMED, Failure.DEFANGED, Failure.POLICY, Failure.PUT_OFF,
})  # fmt: skip
"""What is known without asking anybody."""
_OF_NAMES = frozenset({Failure.NO_HOST, Failure.NO_NAME_ANSWER})
_LOGIN_FIRST = 511
"""Network Authentication Required (RFC 6585): the network speaks, and not the server."""
_OF_A_PROXY = frozenset({403, 407, 500, 502, 503, 504})
"""With these a proxy says that it did not reach a server, or may not."""


class _Weight(Enum):
    """What one visit proves of the network."""

    NOTHING = 0
    """Nobody was asked."""
    SILENT = 1
    """Nobody answered whom the address names: either the link failed, or the network."""
    WEAK = 2
    """Somebody answered, by a protocol in which anybody on the way can."""
    PROOF = 3
    """The server answered, with a certificate."""


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

    def __init__(  # noqa: PLR0913 - each is one thing that people have said, or that is known
        self,
        was_live: Iterable[Url],
        *,
        trust: bool = False,
        believes_share: bool = False,
        named: int = 0,
        is_inner: bool = False,
        has_proxy: bool = False,
    ) -> None:
        """Take the addresses that were live so far.

        With `trust` the network is taken to be in order; with `believes_share` no share of hosts is too large, as long
        as others answer. `named` is how many probes people have named. `is_inner` says that addresses of networks are
        visited that are not public: these need not lead to the rest of the world, and an answer by http is believed.
        """
        self._live_hosts = frozenset(map(host_of, was_live))
        self._trust, self._believes_share, self._has_proxy = trust, believes_share, has_proxy
        self._is_named, self._is_inner = bool(named), is_inner
        self._certain = min(named or _CERTAIN_PROBES, _CERTAIN_PROBES)
        self._least = self._certain if named or is_inner else _LEAST_PROBES
        self._was_seen: dict[str, bool] = {}
        """Of the hosts that were live and were visited: whether one of their links is still well."""
        self._failing = 0
        self._open: dict[Url, None] = {}
        """What was seen since something last proved that the network is there."""
        self._open_names: dict[Url, None] = {}
        """Names that were not found since one last was."""
        self._hosts: set[str] = set()
        self._proved: set[str] = set()
        """Hosts that have answered with a certificate, or that people have named."""
        self._ended: dict[str, set[str]] = {}
        """By a host that has answered without one, the hosts where its links ended."""
        self._digests: dict[str, set[str]] = {}
        """Likewise, what its pages were."""
        self._paths: set[str] = set()
        """Of the addresses that answered without one."""
        self._asked = self._probes_good = self._probes_bad = 0
        self._streak, self._next_look = 0, _STREAK
        self._is_sound_since = False

    @property
    def is_inner(self) -> bool:
        """Whether addresses are visited that are not public."""
        return self._is_inner

    # Probes

    def begin_probes(self, number: int) -> None:
        """Begin a round of so many visits to addresses that always answer; the one before counts no more."""
        self._asked, self._probes_good, self._probes_bad = number, 0, 0
        self._is_sound_since = False

    def see_probe(self, answer: Answer) -> None:
        """See one of them."""
        asked, ended = host_of(answer.request.url), host_of(answer.url)
        is_own = _site(asked) == _site(ended)
        is_answer = answer.status > 0 and answer.failure is None and is_own and not self._is_networks(answer)
        is_secure = answer.request.url.startswith("https:")
        is_proof = self._is_named or is_secure or (self._is_inner and not self._portal())
        if not is_answer:
            self._probes_bad += 1
        elif is_proof:
            self._probes_good += 1
            if self._is_named or is_secure:
                self._proved.add(asked)
            self._prove(asked, is_certain=self._is_named)
        else:
            self._asked -= 1

    def leave_probe(self) -> None:
        """Note that one of them was not asked."""
        self._asked -= 1

    @property
    def has_probe_answered(self) -> bool:
        """Whether one of this round has answered."""
        return self._probes_good > 0

    @property
    def has_looked(self) -> bool:
        """Whether this round has told anything."""
        return self._probes_good > 0 or self._are_probes_silent

    @property
    def _are_probes_silent(self) -> bool:
        return not self._probes_good and 0 < self._asked <= self._probes_bad

    def _is_networks(self, answer: Answer) -> bool:
        return self._speaks_for_network(answer.status, is_http=answer.url.startswith("http:"))

    def _speaks_for_network(self, status: int, *, is_http: bool) -> bool:
        """Tell whether an answer is that of a portal or a proxy instead of the server's."""
        return status == _LOGIN_FIRST or (self._has_proxy and is_http and status in _OF_A_PROXY)

    # Visits

    def see(self, url: Url, seen: Observation, *, digest: str = "") -> None:
        """See one visit: what it says of the link, and a digest of the page that came."""
        host = host_of(url)
        weight = self._weigh(url, host, seen)
        if weight is not _Weight.NOTHING:
            self._hosts.add(host)
        if weight is _Weight.SILENT:
            self._streak += 1
            (self._open_names if seen.failure in _OF_NAMES else self._open)[url] = None
        elif weight is _Weight.WEAK:
            self._ended.setdefault(host, set()).add(host_of(Url(seen.final_url)) if seen.final_url else host)
            self._paths.add(url.split("/", 3)[-1])
            if digest:
                self._digests.setdefault(host, set()).add(digest)
            if self._is_inner:
                self._prove(host)
            else:
                self._open[url] = None
        elif weight is _Weight.PROOF:
            self._proved.add(host)
            self._prove(host)
        if host in self._live_hosts:
            self._count_share(host, is_well=seen.says not in _WENT_WRONG)

    def _weigh(self, url: Url, host: str, seen: Observation) -> _Weight:
        is_literal_private = seen.failure is Failure.PRIVATE and not seen.final_url and is_private_host(host)
        if seen.failure in _DECIDED_HERE or is_literal_private:
            return _Weight.NOTHING
        ended = seen.final_url or url
        is_secure = url.startswith("https:") or (ended.startswith("https:") and _is_same(host, host_of(Url(ended))))
        if seen.says is Verdict.INSECURE or self._speaks_for_network(seen.status, is_http=ended.startswith("http:")):
            return _Weight.SILENT
        # Where it ended elsewhere, the server that was asked has answered, whatever came then.
        if seen.status > 0 or (is_secure and seen.final_url):
            return _Weight.PROOF if is_secure else _Weight.WEAK
        return _Weight.SILENT

    def _prove(self, host: str, *, is_certain: bool = False) -> None:
        """Take what was seen so far for the truth. That an address answers does not prove that names are found."""
        self._is_sound_since = True
        self._streak, self._next_look = 0, _STREAK
        self._open.clear()
        if is_certain or not _needs_no_name(host):
            self._open_names.clear()

    def _count_share(self, host: str, *, is_well: bool) -> None:
        before = self._was_seen.get(host)
        if before is None:
            self._failing += not is_well
        elif is_well and not before:
            self._failing -= 1
        self._was_seen[host] = is_well or bool(before)

    # What follows

    def wants_probes(self) -> bool:
        """Tell whether so many visits in a row went unanswered that those who always answer should be asked.

        A run that is cut off by an outage has begun well: no share of its hosts would tell.
        """
        if self._streak < self._next_look:
            return False
        self._next_look = 2 * self._streak
        return True

    @property
    def is_open(self) -> bool:
        """Whether something was seen of which nothing proves that the network was there: at the end, ask who proves it.

        A portal's answers prove nothing.
        """
        return not self._trust and bool(self._open or self._open_names or self._portal())

    def drop_open(self) -> set[Url]:
        """Give the addresses whose visits prove nothing, which are then as if not visited."""
        found = {*self._open, *self._open_names}
        self._open.clear()
        self._open_names.clear()
        return found

    def why_out(self, *, at_end: bool = False) -> str:
        """Say why nothing can be judged; empty while it can."""
        if self._trust:
            return ""
        if at_end and (portal := self._portal()):
            return portal
        if self._are_probes_silent and self._probes_bad >= self._least and not self._is_sound_since:
            return self._silent_words()
        seen = len(self._was_seen)
        is_fair = seen >= (_LEAST_HOSTS if at_end else _LEAST_HOSTS_EARLY)
        if is_fair and self._failing > _SHARE * seen and not self._believes_share:
            return f"{self._failing} of {seen} hosts that were live failed at once."
        return self._why_nothing() if at_end else ""

    def _why_nothing(self) -> str:
        """Say at the end why what was seen since the last proof is no evidence."""
        if not (self._open or self._open_names):
            return ""
        if self._are_probes_silent:
            return self._silent_words()
        number = len(self._hosts)
        if self._open_names and not self._open:
            return f"No name was found, and {len(self._open_names)} of {number} hosts have names."
        subject = "The host that was visited" if number == 1 else f"None of {number} hosts"
        return f"{subject} gave {'no' if number == 1 else 'an'} answer that can be trusted."

    def _silent_words(self) -> str:
        if self._probes_bad == 1:
            return "The address that always answers did not."
        return f"None of {self._probes_bad} addresses that always answer did so."

    def _portal(self) -> str:
        """Say that somebody's portal has answered for everybody, where nothing speaks against it."""
        if self._proved or len(self._ended) < _LEAST_ALIKE:
            return ""
        there = set().union(*self._ended.values())
        leads = [host for host, ends in self._ended.items() if host not in ends]
        if len(there) == 1 and len(leads) >= _LEAST_ALIKE:
            words = f"All of {len(self._hosts)} hosts led to {there.pop()!r}"
        elif self._is_one_page():
            words = f"All of {len(self._hosts)} hosts showed the same page"
        else:
            return ""
        return f"{words}, or gave no answer that can be trusted."

    def _is_one_page(self) -> bool:
        is_same = len(self._digests) == len(self._ended) and len(set().union(*self._digests.values())) == 1
        return is_same and (len(self._paths) > 1 or len(self._digests) >= _LEAST_SAME)


def _needs_no_name(host: str) -> bool:
    return host.startswith("[") or host[-1:].isdigit() or host.removesuffix(".").rpartition(".")[2] == "localhost"


def _is_same(host: str, other: str) -> bool:
    return host.removeprefix("www.") == other.removeprefix("www.")


def _site(host: str) -> str:
    return host if _needs_no_name(host) else registrable_domain(host)
