"""Each host's queue: how many of its links may be under way, and when the next may start."""

from __future__ import annotations

import heapq
from collections import deque
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.auditing.answers import Hop, Request
    from regesta.auditing.host_rules import HostRule
    from regesta.auditing.redirects import Asked
    from regesta.model.verdicts import Failure

__all__ = ["HostQueue", "Queues", "Way"]


class Way:
    """A request on its way: where it stands, what it has cost."""

    __slots__ = (
        "as_browser",
        "asked",
        "behind",
        "decode",
        "detail",
        "failure",
        "first_host",
        "header_bytes",
        "hops",
        "http2",
        "keep_handle",
        "left",
        "request",
        "seen",
        "tries",
        "verify",
    )  # fmt: skip

    def __init__(self, request: Request, asked: Asked, seconds: float) -> None:
        """Begin, with so many seconds for all of it."""
        self.request, self.asked = request, asked
        self.first_host = asked.host
        self.left = seconds
        self.hops: tuple[Hop, ...] = ()
        self.seen: set[str] | None = None
        self.tries = 0
        self.header_bytes = 0
        self.keep_handle: object = None
        """The handle whose cookies go along, after a redirect."""
        self.decode = self.verify = self.http2 = True
        self.as_browser = False
        self.failure: Failure | None = None
        """What ended the first look, while a second one is taken."""
        self.detail = ""


class HostQueue:
    """The links of one host that wait."""

    __slots__ = (
        "active", "addresses", "answered", "closed", "detail", "failure", "is_listed", "is_resolved", "name",
        "next_start", "rule", "silent", "waiting",
    )  # fmt: skip

    def __init__(self, name: str, rule: HostRule) -> None:
        """Begin with nothing waiting."""
        self.name, self.rule = name, rule
        self.waiting: deque[Way] = deque()
        self.active = 0
        self.next_start = 0.0
        self.is_resolved = False
        self.addresses = ""
        """As libcurl takes them, joined by commas; empty for a host that is an address itself."""
        self.failure: Failure | None = None
        """What is wrong with its name, or why it is asked no more."""
        self.detail = ""
        self.closed = False
        """Whether it is not asked any more in this run."""
        self.silent = 0
        """Links in a row that had no answer."""
        self.answered = False
        self.is_listed = False

    @property
    def has_room(self) -> bool:
        """Whether one more link may be under way. A host that has never answered is waited for first."""
        if self.silent and not self.answered:
            return self.active == 0
        return self.active < self.rule.connections


class Queues:
    """All hosts, and which of them may start a link now."""

    def __init__(self) -> None:
        """Begin with none."""
        self.hosts: dict[str, HostQueue] = {}
        self._free: deque[HostQueue] = deque()
        self._timed: list[tuple[float, int, HostQueue]] = []
        self._later: list[tuple[float, int, Way]] = []
        self._numbers = count()
        self.waiting = 0
        """Links that wait, in all queues and for their time."""

    def put(self, host: HostQueue, way: Way, *, first: bool = False) -> None:
        """Let a link wait for its host. With `first` it is the next."""
        self.waiting += 1
        if first:
            host.waiting.appendleft(way)
        else:
            host.waiting.append(way)
        self.offer(host)

    def put_later(self, way: Way, at: float) -> None:
        """Let a link wait for its time, then for its host."""
        self.waiting += 1
        heapq.heappush(self._later, (at, next(self._numbers), way))

    def offer(self, host: HostQueue) -> None:
        """Note that a host may have room."""
        if host.is_listed or not host.waiting or not host.is_resolved or not host.has_room:
            return
        host.is_listed = True
        self._free.append(host)

    def due(self, now: float) -> Iterator[Way]:
        """Give the links whose time has come, for their hosts' queues."""
        while self._later and self._later[0][0] <= now:
            self.waiting -= 1
            yield heapq.heappop(self._later)[2]

    def take(self, now: float) -> tuple[HostQueue, Way] | None:
        """Give the next link that may start."""
        while self._timed and self._timed[0][0] <= now:
            self._free.append(heapq.heappop(self._timed)[2])
        while self._free:
            host = self._free.popleft()
            if not host.waiting or not host.has_room:
                host.is_listed = False
                continue
            if host.next_start > now:
                heapq.heappush(self._timed, (host.next_start, next(self._numbers), host))
                continue
            way = host.waiting.popleft()
            self.waiting -= 1
            host.active += 1
            host.next_start = now + host.rule.interval
            host.is_listed = False
            self.offer(host)
            return host, way
        return None

    def drop(self, host: HostQueue) -> list[Way]:
        """Take all that wait for a host out."""
        dropped = list(host.waiting)
        host.waiting.clear()
        self.waiting -= len(dropped)
        return dropped

    def next_time(self) -> float | None:
        """Say when the next link may start, of those that wait for a time."""
        times = [heap[0][0] for heap in (self._timed, self._later) if heap]
        return min(times) if times else None
