"""The fetcher: many links at once, each host at its own pace, every hop judged before it is taken."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, NamedTuple, cast

import pycurl

from regesta.auditing.answers import Answer, Hop
from regesta.auditing.failures import certificate_failure, transfer_failure
from regesta.auditing.handles import ACCEPT, Handle
from regesta.auditing.headers import header_value, read_headers
from regesta.auditing.host_rules import HostRules
from regesta.auditing.patience import LONGEST_WAIT, TRIES, pause_before_retry, retry_after
from regesta.auditing.queues import HostQueue, Queues, Way
from regesta.auditing.redirects import REDIRECTS, Asked, NotAsked, follow, split_url
from regesta.auditing.resolving import Resolver
from regesta.auditing.transfers import Transfers
from regesta.model.cleaning import clean_text
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from regesta.auditing.addresses import AddressPolicy
    from regesta.auditing.answers import Request
    from regesta.model.urls import Url

__all__ = ["CurlFetcher", "FetchOptions"]

_MOST_HOPS = 10
"""Redirects in one chain. Browsers allow 20; what needs more than half of that is broken."""
_MOST_HEADER_BYTES = 256 * 1024
"""Of all hops together."""
_QUEUED = 20_000
"""Links that wait at most; the rest is not read yet."""
_SILENT = 3
"""Links of one host in a row without an answer, after which it is asked no more in this run."""
_LONGEST_SLEEP = 1.0
"""Seconds between two looks at whether the run's time is over."""
_IDLE = 0.5
"""Seconds between two looks at names whose time may be up."""
_BROWSER = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    ("Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Site: none", "Upgrade-Insecure-Requests: 1"),
)
_TURNED_AWAY = frozenset({401, 403, 406, 429, 451, 503, 999})
_NOT_NOW = frozenset({429, 503})
"""Statuses that may say when (RFC 9110, 10.2.3)."""
_LEAST_STATUS = 200
_LEAST_PAUSE = 0.1
_SILENCE = frozenset({Failure.TIMEOUT, Failure.REFUSED_CONNECTION, Failure.RESET, Failure.EMPTY, Failure.TLS})


class FetchOptions(NamedTuple):
    """How a run asks."""

    certificates: str
    """The file of certificates that are trusted."""
    user_agent: str = "regesta"
    languages: str = "en"
    """As `Accept-Language` has them."""
    at_once: int = 256
    """Requests under way at most, to all hosts together."""
    body_limit: int = 128 * 1024
    """Bytes of a page that are read."""
    tokens: Mapping[str, str] = {}
    """Bearer tokens by host."""


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

        Once `is_over` says so, nothing more is started.
        """
        self._options, self._policy, self._now, self._is_over = options, policy, now, is_over
        self._rules = rules or HostRules()
        self._transfers = Transfers()
        self._resolver = resolver or Resolver()
        self._resolver.on_ready = self._transfers.wake
        self._queues = Queues()
        self._handles: list[Handle] = []
        self._ways: dict[Handle, tuple[Way, HostQueue]] = {}
        self._answers: deque[Answer] = deque()
        self._plain = self._header_lines(options.user_agent)
        self._stopped = False

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Give the answers as they come. `requests` is read as far as there is room for more."""
        source = iter(requests)
        is_empty = False
        while True:
            if not self._stopped and self._is_over():
                self.stop()
            while not (is_empty or self._stopped) and self._queues.waiting < _QUEUED:
                request = next(source, None)
                if request is None:
                    is_empty = True
                    break
                self.add(request)
            self._start()
            while self._answers:
                yield self._answers.popleft()
            if not (self._transfers or self._queues.waiting or self._resolver.is_waiting):
                if (is_empty or self._stopped) and not self._answers:
                    return
                continue
            self._wait()

    def add(self, request: Request) -> None:
        """Ask for one more, while answers are being given."""
        asked = split_url(request.url)
        if isinstance(asked, NotAsked):
            self._answers.append(
                Answer(request, request.url, 0, {}, b"", False, (), asked.failure, asked.detail)  # noqa: FBT003
            )
            return
        host = self._host(asked)
        self._enqueue(Way(request, asked, host.rule.timeout), host)

    def stop(self) -> None:
        """Start nothing more. What is under way is waited for; what waits is answered as put off."""
        self._stopped = True
        for host in self._queues.hosts.values():
            self._put_off(self._queues.drop(host))
        self._put_off(self._queues.due(float("inf")))

    def wake(self) -> None:
        """Have `is_over` asked at once. May be called from a signal handler, and from any thread."""
        self._transfers.wake()

    def close(self) -> None:
        """End what is under way."""
        self._transfers.close()

    # Hosts and their queues

    def _host(self, asked: Asked) -> HostQueue:
        host = self._queues.hosts.get(asked.host)
        if host is None:
            host = self._queues.hosts[asked.host] = HostQueue(asked.host, self._rules.of(asked.host))
            if host.rule.skip:
                self._close_host(host, Failure.POLICY, "the configuration skips this host")
            elif asked.is_literal:
                host.is_resolved = True
                if why := self._policy.why_refused(asked.host):
                    self._close_host(host, Failure.PRIVATE, why)
            else:
                self._resolver.ask(asked.host)
        return host

    def _enqueue(self, way: Way, host: HostQueue, *, first: bool = False) -> None:
        if host.closed:
            self._fail(way, host.failure or Failure.NOT_ANSWERING_HOST, host.detail)
        elif self._stopped:
            self._put_off([way])
        else:
            self._queues.put(host, way, first=first)

    def _close_host(self, host: HostQueue, failure: Failure, detail: str) -> None:
        """Ask a host no more; answer for all that wait for it."""
        host.closed, host.failure, host.detail = True, failure, detail
        for way in self._queues.drop(host):
            self._fail(way, failure, detail)

    def _on_names(self) -> None:
        for resolved in self._resolver.ready():
            host = self._queues.hosts[resolved.host]
            if resolved.failure:
                if resolved.failure is Failure.NO_NAME_ANSWER and not host.silent and not self._stopped:
                    # A name server that does not answer at once may do so the second time.
                    host.silent = 1
                    self._resolver.ask(host.name)
                    continue
                self._close_host(host, resolved.failure, resolved.detail)
                continue
            refusals = {address: self._policy.why_refused(address) for address in resolved.addresses}
            good = [address for address, why in refusals.items() if not why]
            if not good:
                self._close_host(host, Failure.PRIVATE, next(iter(refusals.values())))
                continue
            host.addresses = ",".join(f"[{address}]" if ":" in address else address for address in good)
            host.is_resolved, host.silent = True, 0
            self._queues.offer(host)

    # Starting and waiting

    def _start(self) -> None:
        if self._resolver.is_waiting:
            self._on_names()
        now = self._now()
        for way in self._queues.due(now):
            self._enqueue(way, self._host(way.asked), first=True)
        room = self._options.at_once - len(self._transfers)
        while room > 0 and (found := self._queues.take(now)) is not None:
            host, way = found
            self._send(way, host)
            room -= 1

    def _send(self, way: Way, host: HostQueue) -> None:
        handle = cast("Handle | None", way.keep_handle)
        keeps = handle is not None
        if handle is None:
            handle = self._handles.pop() if self._handles else Handle(self._policy, self._options.certificates)
        way.tries += 1
        asked = way.asked
        handle.ask(
            asked.url,
            header=self._header(way),
            known_as=f"{host.name}:{asked.port}:{host.addresses}" if host.addresses else "",
            seconds=way.left,
            limit=way.request.body_limit or self._options.body_limit,
            keep_cookies=keeps,
            decode=way.decode,
            verify=way.verify,
            http2=way.http2,
            post=way.request.post,
        )
        self._ways[handle] = way, host
        self._transfers.start(handle)

    def _wait(self) -> None:
        until = self._queues.next_time()
        seconds = _IDLE if self._resolver.is_waiting else _LONGEST_SLEEP
        if until is not None and len(self._transfers) < self._options.at_once:
            seconds = min(seconds, until - self._now())
        if self._answers:
            seconds = 0.0
        self._transfers.wait(seconds, self._on_end)

    def _header(self, way: Way) -> list[str]:
        request = way.request
        if not (request.headers or way.as_browser or self._options.tokens or request.post is not None):
            return self._plain
        lines = self._header_lines(_BROWSER[0], _BROWSER[1]) if way.as_browser else list(self._plain)
        # What was meant for one host is told no other.
        if way.asked.host == way.first_host:
            lines += [f"{name}: {value}" for name, value in request.headers]
            token = self._options.tokens.get(way.asked.host)
            if token and way.asked.url.startswith("https:") and way.verify:
                lines.append(f"Authorization: Bearer {token}")
        return lines

    def _header_lines(self, agent: str, more: tuple[str, ...] = ()) -> list[str]:
        return [f"User-Agent: {agent}", f"Accept: {ACCEPT}", f"Accept-Language: {self._options.languages}", *more]

    # The end of a transfer

    def _on_end(self, handle: Handle, code: int, message: str) -> None:
        way, host = self._ways.pop(handle)
        host.active -= 1
        self._queues.offer(host)
        curl = handle.curl
        status = curl.getinfo(pycurl.RESPONSE_CODE)
        failure = None
        detail = ""
        address = curl.getinfo(pycurl.PRIMARY_IP)
        if handle.refused and not address:
            failure, detail = Failure.PRIVATE, handle.refused
        elif address and (why := self._policy.why_refused(address)):
            # A connection that is used again is not vetted when it is opened.
            failure, detail = Failure.PRIVATE, why
        elif code == pycurl.E_PEER_FAILED_VERIFICATION:
            self._look_behind(way, host, handle, message)
            return
        elif code and not (code == pycurl.E_WRITE_ERROR and handle.was_cut):
            failure = transfer_failure(code, message)
            detail = clean_text(message)
            if self._ask_otherwise(way, host, handle, code):
                return
        elif status < _LEAST_STATUS:
            failure, detail = Failure.NOT_HTTP, "it has no usable status"
        self._note_silence(host, failure, status)
        if way.failure is not None:
            # The second look behind a bad certificate: what it finds changes nothing of the first.
            self._answer(way, handle, status, way.failure, way.detail, code=code)
        elif failure is None and status in REDIRECTS and way.request.follows:
            self._redirect(way, handle, status)
        elif not self._try_again(way, host, handle, status, failure):
            self._answer(way, handle, status, failure, detail, code=code)

    def _look_behind(self, way: Way, host: HostQueue, handle: Handle, message: str) -> None:
        """Look once more at a host whose certificate is bad, only to say what lies behind."""
        result = handle.curl.getinfo(pycurl.SSL_VERIFYRESULT)
        way.failure, way.detail = certificate_failure(result, message), clean_text(message)
        way.verify, way.keep_handle = False, None
        self._give_back(way, handle)
        self._enqueue(way, host, first=True)

    def _ask_otherwise(self, way: Way, host: HostQueue, handle: Handle, code: int) -> bool:
        """Ask again without what the server did not manage: compression, or HTTP/2."""
        if code == pycurl.E_BAD_CONTENT_ENCODING and way.decode:
            way.decode = False
        elif code in {pycurl.E_HTTP2, 92} and way.http2:
            way.http2 = False
        else:
            return False
        way.tries -= 1
        way.keep_handle = None
        self._drop(handle)
        self._enqueue(way, host, first=True)
        return True

    def _redirect(self, way: Way, handle: Handle, status: int) -> None:
        location = header_value(handle.header, b"location")
        here = way.asked.url
        way.left -= handle.curl.getinfo(pycurl.TOTAL_TIME)
        way.header_bytes += sum(map(len, handle.header))
        found = follow(location, here)
        if isinstance(found, NotAsked):
            detail = f"{found.url} {found.detail}".strip()
            self._answer(way, handle, status, found.failure, detail, end=found.url)
            return
        seen = way.seen = way.seen if way.seen is not None else set()
        # The same address again may be one that waits for its cookie, but not twice.
        cookies = len(handle.curl.getinfo(pycurl.INFO_COOKIELIST))
        mark = f"{found.url} {cookies}"
        if mark in seen:
            self._answer(way, handle, status, Failure.LOOP, found.url)
        elif len(way.hops) >= _MOST_HOPS:
            self._answer(way, handle, status, Failure.TOO_MANY_REDIRECTS, f"more than {_MOST_HOPS}")
        elif way.header_bytes > _MOST_HEADER_BYTES:
            self._answer(way, handle, status, Failure.TOO_LARGE_HEADER, "")
        elif way.left <= 0:
            self._answer(way, handle, status, Failure.TIMEOUT, "the redirects took all the time")
        else:
            seen.add(mark)
            way.hops = (*way.hops, Hop(here, status))
            way.asked, way.tries = found, 0
            way.keep_handle = handle
            self._enqueue(way, self._host(found), first=True)

    def _try_again(self, way: Way, host: HostQueue, handle: Handle, status: int, failure: Failure | None) -> bool:
        """Ask once more after a pause, or as a browser would, where that may help."""
        if failure is None and status in _TURNED_AWAY and host.rule.browser_like and not way.as_browser:
            way.as_browser, way.tries = True, 0
            self._give_back(way, handle)
            self._enqueue(way, host, first=True)
            return True
        pause = pause_before_retry(status, failure, way.tries)
        if failure is None and status in _NOT_NOW:
            wanted = retry_after((header_value(handle.header, b"retry-after") or b"").decode("latin-1"))
            if wanted is not None and wanted > LONGEST_WAIT:
                self._leave_for_today(host)
                return False
            if wanted is not None and way.tries < TRIES:
                pause = max(wanted, _LEAST_PAUSE)
                host.next_start = max(host.next_start, self._now() + wanted)
        if pause is None or self._stopped or host.closed:
            return False
        if way.hops:
            # A cookie that a redirect has set is wanted again.
            way.keep_handle = handle
        else:
            self._give_back(way, handle)
        self._queues.put_later(way, self._now() + pause)
        return True

    def _leave_for_today(self, host: HostQueue) -> None:
        """Ask a host no more that wants a longer pause than a run can make; its links stay due."""
        host.closed, host.failure, host.detail = True, Failure.PUT_OFF, "its host asks for a longer pause"
        self._put_off(self._queues.drop(host))

    def _note_silence(self, host: HostQueue, failure: Failure | None, status: int) -> None:
        if status or failure not in _SILENCE:
            host.silent, host.answered = 0, host.answered or bool(status)
            return
        host.silent += 1
        if host.silent >= _SILENT and not host.answered and not host.closed:
            self._close_host(host, Failure.NOT_ANSWERING_HOST, f"{host.silent} of its links had no answer")

    # Answers

    def _answer(  # noqa: PLR0913 - all that may be known
        self,
        way: Way,
        handle: Handle,
        status: int,
        failure: Failure | None,
        detail: str,
        *,
        code: int = 0,
        end: str = "",
    ) -> None:
        header = read_headers(handle.header)
        answer = Answer(
            way.request,
            cast("Url", end) if end else way.asked.url,
            status,
            header,
            handle.body,
            not code,
            way.hops,
            failure,
            detail,
        )
        self._give_back(way, handle)
        self._answers.append(answer)

    def _fail(self, way: Way, failure: Failure, detail: str) -> None:
        """Answer without having asked."""
        if way.failure is not None:
            failure, detail = way.failure, way.detail
        if way.keep_handle is not None:
            self._give_back(way, cast("Handle", way.keep_handle))
        self._answers.append(
            Answer(way.request, way.asked.url, 0, {}, b"", False, way.hops, failure, detail)  # noqa: FBT003
        )

    def _put_off(self, ways: Iterable[Way]) -> None:
        for way in ways:
            self._fail(way, Failure.PUT_OFF, "")

    def _give_back(self, way: Way, handle: Handle) -> None:
        way.keep_handle = None
        if way.decode and way.verify and way.http2 and way.request.post is None:
            self._handles.append(handle)
        else:
            self._drop(handle)

    def _drop(self, handle: Handle) -> None:
        handle.curl.close()
