"""Names become addresses, in threads of our own: in libcurl's resolver a few dead names hold up all others."""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Resolved", "Resolver", "look_up"]

_AT_ONCE, _MOST = 64, 512
"""Threads that wait for names; the second figure counts those that hang."""
_PATIENCE = 0.05
"""Seconds that a name waits for a thread before one more is started."""
_STACK = 256 * 1024


class Resolved(NamedTuple):
    """What became of a name."""

    host: str
    addresses: tuple[str, ...]
    """In the order of the system's choice; empty when there are none."""
    failure: Failure | None
    detail: str


def look_up(host: str) -> tuple[str, ...]:
    """Ask the system for the addresses of a name, IPv4 and IPv6; raise `socket.gaierror`."""
    found = socket.getaddrinfo(host, None, socket.AF_UNSPEC, socket.SOCK_STREAM)
    known = (socket.AF_INET, socket.AF_INET6)
    return tuple(dict.fromkeys(str(address[0]) for family, _, _, _, address in found if family in known))


# What says that a name does not exist. All else says only that nobody answered.
_NO_SUCH_NAME = frozenset(
    code for code in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)) if code is not None
)  # fmt: skip


class Resolver:
    """Looks names up beside the run. Each name is asked once a run; a name that hangs holds up nobody."""

    def __init__(
        self,
        *,
        look_up: Callable[[str], tuple[str, ...]] = look_up,
        deadline: float = 10.0,
        on_ready: Callable[[], None] = lambda: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the deadline of a name in seconds, and who is to be woken when an answer is there."""
        self._look_up, self._deadline, self._now = look_up, deadline, now
        self.on_ready = on_ready
        self._asked: dict[str, float] = {}
        """Names without an answer, and when they were asked, the oldest first."""
        self._queue: deque[str] = deque()
        self._answers: deque[Resolved] = deque()
        self._wanted = threading.Semaphore(0)
        self._threads = self._busy = 0

    def ask(self, host: str) -> None:
        """Begin to look a name up."""
        self._asked[host] = self._now()
        self._queue.append(host)
        if self._threads < _AT_ONCE and self._threads <= self._busy + len(self._queue):
            self._start_thread()
        self._wanted.release()

    @property
    def is_waiting(self) -> bool:
        """Whether a name has no answer yet."""
        return bool(self._asked)

    def ready(self) -> Iterator[Resolved]:
        """Give what was answered since the last call, and the names whose time is up."""
        while self._answers:
            answer = self._answers.popleft()
            # An answer that came too late is none: the name was given up.
            if self._asked.pop(answer.host, None) is not None:
                yield answer
        now = self._now()
        while self._asked:
            host, since = next(iter(self._asked.items()))
            if now - since < self._deadline:
                if self._queue and now - since > _PATIENCE and self._threads < _MOST:
                    self._start_thread()
                return
            del self._asked[host]
            yield Resolved(host, (), Failure.NO_NAME_ANSWER, "no answer in time")

    def _start_thread(self) -> None:
        self._threads += 1
        before = threading.stack_size(_STACK)
        try:
            threading.Thread(target=self._work, name=f"names-{self._threads}", daemon=True).start()
        finally:
            threading.stack_size(before)

    def _work(self) -> None:
        while True:
            self._wanted.acquire()
            host = self._queue.popleft()
            self._busy += 1
            try:
                answer = self._answer(host)
            finally:
                self._busy -= 1
            self._answers.append(answer)
            self.on_ready()

    def _answer(self, host: str) -> Resolved:
        try:
            found = self._look_up(host)
        except socket.gaierror as error:
            failure = Failure.NO_HOST if error.errno in _NO_SUCH_NAME else Failure.NO_NAME_ANSWER
            return Resolved(host, (), failure, error.strerror or "")
        except (OSError, UnicodeError) as error:
            return Resolved(host, (), Failure.NO_NAME_ANSWER, str(error))
        return Resolved(host, found, None if found else Failure.NO_HOST, "")
