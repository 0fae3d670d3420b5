"""Each host's queue: how many of its links may be under way, and when the next may start."""

from __future__ import annotations

import heapq
from collections import deque
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.auditing.host_rules import HostRule
    from regesta.auditing.under_way import Way
    from regesta.model.verdicts import Failure

__all__ = ["HostQueue", "Queues"]


_SILENT, _SILENT_LATER = 3, 10
"""Links of one host in a row without an answer, after which it is asked no more in this run; the second figure is for
a host that has answered before."""
_TURNED_AWAY = 3
"""Links of one host in a row that were told to come later, again and again, after which we do."""


class HostQueue:
    """The links of one host that wait, and what the host has shown of itself."""

    __slots__ = (
        "active", "addresses", "answered", "closed", "detail", "failure", "is_listed", "is_resolved", "name",
        "next_start", "rule", "silent", "told", "turned_away", "waiting",
    )  # fmt: skip

    def __init__(self, name: str, rule: HostRule) -> None:
        """Begin with nothing waiting."""
        self.name, self.rule = name, rule
        self.waiting: deque[Way] = deque()
        self.active = 0
        self.next_start = 0.0
        self.is_resolved = False
        self.addresses = ""
        """As libcurl takes them, joined by commas."""
        self.told: frozenset[tuple[object, ...]] = frozenset()
        """Its names, with and without a last dot, and ports, for which libcurl knows the addresses already."""
        self.closed = False
        """Whether it is not asked any more in this run."""
        self.failure: Failure | None = None
        """What is wrong with its name, or why it is asked no more."""
        self.detail = ""
        self.silent = self.turned_away = 0
        """Links in a row that had no answer; that were told to come later."""
        self.answered = False
        self.is_listed = False

    @property
    def has_room(self) -> bool:
        """Whether one more link may be under way. A host that has never answered is waited for first."""
        if self.silent and not self.answered:
            return self.active == 0
        return self.active < self.rule.connections

    def note(self, *, is_silent: bool, is_turned_away: bool) -> None:
        """Note how one of its links came out."""
        self.silent = self.silent + 1 if is_silent else 0
        self.turned_away = self.turned_away + 1 if is_turned_away else 0

    def close(self, failure: Failure, detail: str) -> None:
        """Ask it no more in this run. The first reason stands."""
        if not self.closed:
            self.closed, self.failure, self.detail = True, failure, detail

    @property
    def is_silent(self) -> bool:
        """Whether it has left too many links in a row without an answer."""
        return self.silent >= (_SILENT_LATER if self.answered else _SILENT)

    @property
    def wants_peace(self) -> bool:
        """Whether it has told too many links in a row to come later."""
        return self.turned_away >= _TURNED_AWAY


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
        """Take out all that wait for a host."""
        dropped = list(host.waiting)
        host.waiting.clear()
        self.waiting -= len(dropped)
        return dropped

    def drop_all(self) -> list[Way]:
        """Take out all that wait, for hosts and for their time."""
        dropped = [way for host in self.hosts.values() for way in self.drop(host)]
        return [*dropped, *self.due(float("inf"))]

    def next_time(self) -> float | None:
        """Say when the next link may start, of those that wait for a time."""
        times = [heap[0][0] for heap in (self._timed, self._later) if heap]
        return min(times) if times else None
