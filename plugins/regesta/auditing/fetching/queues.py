"""Each host's queue: how many of its links may be under way, and when the next may start."""

from __future__ import annotations

import heapq
from collections import deque
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.auditing.fetching.host_rules import HostRule
    from regesta.auditing.fetching.under_way import Way
    from regesta.model.verdicts import Failure

__all__ = ["HostQueue", "Queues"]


_SILENT, _SILENT_LATER = 3, 10
"""Links of one host in a row without an answer, after which it is asked no more in this run; the second figure is for
a host that has answered before."""
_TURNED_AWAY = 9
"""Requests in a row to one host that were told to come later, after which we do: three for each of three links."""


class HostQueue:
    """The links of one host that wait, and what the host has shown of itself."""

    __slots__ = (
        "active", "addresses", "answered", "closed", "detail", "failure", "is_listed", "is_resolved", "name",
        "next_start", "paused", "rule", "silent", "told", "turned_away", "waiting",
    )  # fmt: skip

    def __init__(self, name: str, rule: HostRule) -> None:
        """Begin with nothing waiting."""
        self.name, self.rule = name, rule
        self.waiting: deque[Way] = deque()
        self.active = self.paused = 0
        """Links that are under way; that wait for their next try."""
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
        """Links in a row that had no answer; requests in a row that were told to come later."""
        self.answered = False
        self.is_listed = False

    @property
    def has_room(self) -> bool:
        """Whether one more link may be under way. A host that has never answered is waited for first."""
        if self.answered:
            return self.active < self.rule.connections
        return self.active + self.paused < (1 if self.silent else self.rule.connections)

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
        """Whether it has told us too often in a row to come later."""
        return self.turned_away >= _TURNED_AWAY


class Queues:
    """All hosts, and which of them may start a link now."""

    def __init__(self) -> None:
        """Begin with none."""
        self.hosts: dict[str, HostQueue] = {}
        self._free: deque[HostQueue] = deque()
        self._timed: list[tuple[float, int, HostQueue]] = []
        self._later: list[tuple[float, int, HostQueue, Way]] = []
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

    def put_later(self, host: HostQueue, way: Way, at: float) -> None:
        """Let a link wait for its next try."""
        self.waiting += 1
        host.paused += 1
        heapq.heappush(self._later, (at, next(self._numbers), host, way))

    def offer(self, host: HostQueue) -> None:
        """Note that a host may have room."""
        if host.is_listed or not host.waiting or not host.is_resolved or not host.has_room:
            return
        host.is_listed = True
        self._free.append(host)

    def due(self, now: float) -> Iterator[tuple[HostQueue, Way]]:
        """Give the links whose time has come, for their hosts' queues."""
        while self._later and self._later[0][0] <= now:
            _, _, host, way = heapq.heappop(self._later)
            self.waiting -= 1
            host.paused -= 1
            yield host, way

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
        return [*dropped, *(way for _, way in self.due(float("inf")))]

    def next_time(self) -> float | None:
        """Say when the next link may start, of those that wait for a time."""
        times = [heap[0][0] for heap in (self._timed, self._later) if heap]
        return min(times) if times else None
