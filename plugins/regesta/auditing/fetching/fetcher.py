"""The fetcher: many links at once, each host at its own pace, every hop judged before it is taken."""

from __future__ import annotations

import os
import time
from collections import deque
from typing import TYPE_CHECKING, Self, cast

import pycurl

from regesta.auditing.fetching.answers import Answer
from regesta.auditing.fetching.asking import Asking
from regesta.auditing.fetching.endings import SILENCE, read_ending
from regesta.auditing.fetching.handles import Handle
from regesta.auditing.fetching.headers import Headers
from regesta.auditing.fetching.host_rules import HostRules
from regesta.auditing.fetching.names import Names
from regesta.auditing.fetching.proxies import find_proxy
from regesta.auditing.fetching.queues import Queues
from regesta.auditing.fetching.redirects import NotAsked, split_url
from regesta.auditing.fetching.resolving import Resolver
from regesta.auditing.fetching.steps import next_step
from regesta.auditing.fetching.transfers import Transfers
from regesta.auditing.fetching.under_way import Way
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regesta.auditing.fetching.addresses import AddressPolicy
    from regesta.auditing.fetching.answers import Request
    from regesta.auditing.fetching.options import FetchOptions
    from regesta.auditing.fetching.queues import HostQueue
    from regesta.auditing.fetching.steps import Step
    from regesta.model.urls import Url

__all__ = ["CurlFetcher", "NoCertificates"]

_QUEUED = 20_000
"""Links that wait at most; the rest is not read yet."""
_LONGEST_SLEEP = 1.0
"""Seconds between two looks at whether the run's time is over."""
_NO_HEADERS = Headers()


class NoCertificates(ValueError):
    """Without certificates that are trusted, every https link would look as if its server were at fault."""


class CurlFetcher:
    """Asks for many addresses at once. Made for one run, and closed after it."""

    def __init__(  # noqa: PLR0913 - the world is passed in
        self,
        options: FetchOptions,
        *,
        policy: AddressPolicy,
        rules: HostRules | None = None,
        resolver: Resolver | None = None,
        now: Callable[[], float] = time.monotonic,
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        """Take the policy that rules every address, the rules of hosts, and who looks names up.

        Once `is_over` says so, nothing more is started. Raise `NoCertificates`, `InvalidProxy` or `InvalidHeader`.
        """
        if not os.access(options.certificates, os.R_OK):
            raise NoCertificates(
                f"Not a file of trusted certificates: {options.certificates!r}. "
                "Name one in the variable SSL_CERT_FILE, or install the library certifi"
            )
        self._options, self._now, self._is_over = options, now, is_over
        self._asking = Asking(user_agent=options.user_agent, languages=options.languages, tokens=options.tokens)
        self._resolver = resolver or Resolver()
        self._proxy = find_proxy(options.proxy, look_up=self._resolver.look_up) if options.proxy else None
        self._why_refused = self._proxy.why_refused if self._proxy else policy.why_refused
        self._transfers = Transfers()
        self._resolver.on_ready = self._transfers.wake
        self._queues = Queues()
        self._names = Names(
            self._queues.hosts, policy=policy, rules=rules or HostRules(), resolver=self._resolver, proxy=self._proxy
        )
        self._handles: list[Handle] = []
        self._ways: dict[Handle, tuple[Way, HostQueue]] = {}
        self._answers: deque[Answer] = deque()
        self._stopped = False

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Give the answers as they come. `requests` is read as far as there is room for more.

        Whoever leaves off before the end leaves nothing under way.
        """
        source = iter(requests)
        has_more, self._stopped = True, False
        try:
            while True:
                if not self._stopped and self._is_over():
                    self.stop()
                has_more = has_more and self._read(source)
                self._start()
                if self._answers:
                    while self._answers:
                        yield self._answers.popleft()
                elif self._transfers or self._queues.waiting:
                    self._wait()
                elif not has_more:
                    return
        finally:
            self._abandon()

    def add(self, request: Request, *, first: bool = False) -> None:
        """Ask for one more, while answers are being given. With `first` it is the next of its host."""
        asked = split_url(request.url)
        if isinstance(asked, NotAsked):
            self._answers.append(
                Answer(request, request.url, 0, _NO_HEADERS, b"", False, (), asked.failure, asked.detail)  # noqa: FBT003
            )
            return
        host = self._names.host(asked)
        self._enqueue(Way(request, asked, host.rule.timeout), host, first=first)

    def stop(self) -> None:
        """Start nothing more until `fetch` is called anew. What is under way is waited for; what waits is put off.

        What has not been read of the requests stays unread.
        """
        self._stopped = True
        for way in self._queues.drop_all():
            self._fail(way, Failure.PUT_OFF, "")

    def wake(self) -> None:
        """Have `is_over` asked at once. May be called from a signal handler, and from any thread."""
        self._transfers.wake()

    def close(self) -> None:
        """End what is under way, close all connections and send the threads of names home."""
        self._abandon()
        for handle in self._handles:
            handle.close()
        self._handles.clear()
        self._resolver.close()
        self._transfers.close()

    def __enter__(self) -> Self:
        """Begin a run."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it."""
        self.close()

    # Before a transfer

    def _read(self, source: Iterator[Request]) -> bool:
        """Read requests while there is room; say whether there may be more."""
        while self._queues.waiting < _QUEUED:
            if self._stopped or (request := next(source, None)) is None:
                return False
            self.add(request)
        return True

    def _enqueue(self, way: Way, host: HostQueue, *, first: bool = False) -> None:
        if host.closed:
            self._fail(way, host.failure or Failure.NOT_ANSWERING_HOST, host.detail)
        elif self._stopped:
            self._fail(way, Failure.PUT_OFF, "")
        else:
            self._queues.put(host, way, first=first)

    def _start(self) -> None:
        if self._resolver.is_waiting:
            for host in self._names.found():
                self._answer_closed(host)
                self._queues.offer(host)
        now = self._now()
        for host, way in self._queues.due(now):
            self._enqueue(way, host, first=True)
        room = self._options.at_once - len(self._transfers)
        while room > 0 and (found := self._queues.take(now)) is not None:
            self._send(*found)
            room -= 1

    def _send(self, host: HostQueue, way: Way) -> None:
        handle = way.handle
        keeps = handle is not None
        if handle is None:
            handle = self._handles.pop() if self._handles else self._new_handle()
        way.handle = handle
        way.tries += 1
        handle.ask(
            way.asked.url,
            header=self._asking.lines(way),
            known_as=self._names.known_as(way.asked, host),
            seconds=way.left,
            limit=way.request.body_limit or self._options.body_limit,
            keep_cookies=keeps,
            manner=way.manner,
            post=way.post,
        )
        self._ways[handle] = way, host
        self._transfers.start(handle)

    def _new_handle(self) -> Handle:
        return Handle(self._why_refused, self._options.certificates, self._proxy)

    def _wait(self) -> None:
        seconds = self._resolver.next_look if self._resolver.is_waiting else _LONGEST_SLEEP
        until = self._queues.next_time()
        if until is not None and len(self._transfers) < self._options.at_once:
            seconds = min(seconds, until - self._now())
        self._transfers.wait(seconds, self._on_end)

    # After it

    def _on_end(self, handle: Handle, code: int, message: str) -> None:
        way, host = self._ways.pop(handle)
        host.active -= 1
        end = read_ending(handle, code, message, why_refused=self._why_refused)
        if not code:
            self._names.note_told(way.asked, host)
        way.left -= handle.curl.getinfo(pycurl.TOTAL_TIME)
        way.header_bytes += handle.curl.getinfo(pycurl.HEADER_SIZE)
        step = next_step(way, end, handle.lines, cookies=handle.cookies, rule=host.rule)
        if end.status:
            host.answered, host.silent = True, 0
        if step.rest is not None:
            self._let_rest(host, step)
        elif end.status:
            host.turned_away = 0
        if step.again and not (step.pause and (self._stopped or host.closed)):
            self._ask_again(way, host, step)
        else:
            self._answers.append(self._answer(way, handle, step))
            self._give_back(way)
            if end.failure in SILENCE:
                self._note_silence(host)
        self._queues.offer(host)

    def _ask_again(self, way: Way, host: HostQueue, step: Step) -> None:
        handle = way.handle
        assert handle is not None  # noqa: S101 - it has just come back
        way.so_far = None if step.leads_on else self._answer(way, handle, step)
        if not step.keeps_cookies:
            self._give_back(way)
        if step.pause:
            self._queues.put_later(host, way, self._now() + step.pause)
        else:
            self._enqueue(way, self._names.host(way.asked), first=True)

    def _let_rest(self, host: HostQueue, step: Step) -> None:
        host.turned_away += 1
        host.next_start = max(host.next_start, self._now() + (step.rest or 0.0))
        if step.is_too_long or host.wants_peace:
            host.close(Failure.PUT_OFF, "its host asks for a longer pause")
            self._answer_closed(host)

    def _note_silence(self, host: HostQueue) -> None:
        host.silent += 1
        if host.is_silent:
            host.close(Failure.NOT_ANSWERING_HOST, f"{host.silent} of its links had no answer")
            self._answer_closed(host)

    # Answers

    def _answer(self, way: Way, handle: Handle, step: Step) -> Answer:
        end = step.ending
        return Answer(
            way.request,
            cast("Url", step.url) if step.url else way.asked.url,
            end.status,
            Headers(handle.lines),
            # What came from where nobody may go is told nobody.
            b"" if end.failure is Failure.PRIVATE else handle.body,
            not end.code,
            way.hops,
            end.failure,
            end.detail,
        )

    def _fail(self, way: Way, failure: Failure, detail: str) -> None:
        """Answer without asking, or without asking again."""
        self._answers.append(
            way.so_far or Answer(way.request, way.asked.url, 0, _NO_HEADERS, b"", False, way.hops, failure, detail)  # noqa: FBT003
        )
        self._give_back(way)

    def _give_back(self, way: Way) -> None:
        if way.handle is not None:
            self._handles.append(way.handle)
            way.handle = None

    def _answer_closed(self, host: HostQueue) -> None:
        """Answer for all that wait for a host that is asked no more."""
        if host.closed:
            for way in self._queues.drop(host):
                self._fail(way, host.failure or Failure.NOT_ANSWERING_HOST, host.detail)

    def _abandon(self) -> None:
        """Leave everything that has not been answered."""
        self._handles += self._transfers.abandon()
        for way, host in self._ways.values():
            way.handle = None
            host.active = 0
        self._ways.clear()
        self._handles += [way.handle for way in self._queues.drop_all() if way.handle]
        self._answers.clear()
