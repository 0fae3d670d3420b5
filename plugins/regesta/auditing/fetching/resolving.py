"""Names become addresses, in threads of our own: in libcurl's resolver a few dead names hold up all others."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections import deque
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Resolved", "Resolver", "look_up"]

_AT_ONCE, _MOST = 64, 512
"""Threads that look names up; the second figure counts those that are held up by a name."""
_HELD_UP = 0.1
"""Seconds after which a look-up may be one that hangs: another thread takes its place."""
_PAUSE = 0.3
"""Seconds before a name is asked again whose server was in trouble."""
_STACK = 256 * 1024


class Resolved(NamedTuple):
    """What became of a name."""

    host: str
    addresses: tuple[str, ...]
    """In the order of the system's choice; empty when there are none."""
    failure: Failure | None
    detail: str


def look_up(host: str) -> tuple[str, ...]:
    """Ask the system for the addresses of a name, IPv4 and IPv6; raise `socket.gaierror`.

    A name is looked up as it is written, and not beneath the search domains of this machine (`resolv.conf`), where many
    a provider answers whatever is asked. With a dot at its end it is; but so it is not found in the file of hosts.
    """
    name = host.removesuffix(".")
    asked = f"{name}." if "." in name and name not in _listed_names() else host
    found = socket.getaddrinfo(asked, None, socket.AF_UNSPEC, socket.SOCK_STREAM)
    known = (socket.AF_INET, socket.AF_INET6)
    return tuple(dict.fromkeys(str(address[0]) for family, _, _, _, address in found if family in known))


@cache
def _listed_names() -> frozenset[str]:
    """Give the names in this machine's own file of hosts."""
    try:
        lines = _HOSTS_FILE.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return frozenset()
    return frozenset(name.lower() for line in lines for name in line.partition("#")[0].split()[1:])


_HOSTS_FILE = (
    Path(os.environ.get("SYSTEMROOT", "C:/Windows"), "System32/drivers/etc/hosts")
    if os.name == "nt"
    else (Path("/etc/hosts"))
)


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
        self.look_up, self._deadline, self._now = look_up, deadline, now
        self.on_ready = on_ready
        self._lock = threading.Lock()
        self._queue: deque[str | None] = deque()
        """Names that wait for a thread; None sends a thread home."""
        self._begun: dict[str, float] = {}
        """Names that are being looked up, and since when, the oldest first."""
        self._answers: deque[Resolved] = deque()
        self._wanted = threading.Semaphore(0)
        self._threads = self._lost = 0
        """All of them, and those whose name was given up before they came back."""

    def ask(self, host: str) -> None:
        """Begin to look a name up."""
        with self._lock:
            self._queue.append(host)
            if self._threads < min(_AT_ONCE, len(self._begun) + len(self._queue)):
                self._start_thread()
        self._wanted.release()

    @property
    def is_waiting(self) -> bool:
        """Whether a name has no answer yet, or an answer has not been taken."""
        return bool(self._queue or self._begun or self._answers)

    @property
    def next_look(self) -> float:
        """Seconds until `ready` has something to do, answers apart."""
        with self._lock:
            if self._queue:
                return _HELD_UP / 2
            since = next(iter(self._begun.values()), None)
        return self._deadline if since is None else max(0.0, since + self._deadline - self._now())

    def ready(self) -> Iterator[Resolved]:
        """Give what was answered since the last call, and the names whose time is up."""
        with self._lock:
            found = [*self._answers]
            self._answers.clear()
            now = self._now()
            # The time of a name begins when a thread takes it: names that wait for their turn are late for no fault
            # of their own.
            late = [host for host, since in self._begun.items() if now - since >= self._deadline]
            for host in late:
                del self._begun[host]
            self._lost += len(late)
            self._replace_held_up(now)
        yield from found
        for host in late:
            yield Resolved(host, (), Failure.NO_NAME_ANSWER, "no answer in time")

    def close(self) -> None:
        """Let the threads go home. Those that a name holds up end with it, or with the process."""
        with self._lock:
            self.on_ready = lambda: None
            self._queue.clear()
            self._lost += len(self._begun)
            self._begun.clear()
            self._queue.extend([None] * self._threads)
            self._wanted.release(self._threads or 1)

    def _replace_held_up(self, now: float) -> None:
        if not self._queue:
            return
        # The more hang, the more are started at one time: three hundred take three rounds, and not five.
        held_up = self._lost + sum(now - since >= _HELD_UP for since in self._begun.values())
        wanted = max(_AT_ONCE, held_up) - (self._threads - held_up)
        for _ in range(min(wanted, len(self._queue), _MOST - self._threads)):
            self._start_thread()

    def _start_thread(self) -> None:
        before = threading.stack_size(_STACK)
        try:
            threading.Thread(target=self._work, name=f"names-{self._threads}", daemon=True).start()
        except RuntimeError:
            # The machine allows no more of them; with some we only take longer.
            if not self._threads:
                raise
        else:
            self._threads += 1
        finally:
            threading.stack_size(before)

    def _work(self) -> None:
        while True:
            self._wanted.acquire()
            with self._lock:
                host = self._queue.popleft() if self._queue else None
                if host is None:
                    self._threads -= 1
                    return
                self._begun[host] = self._now()
            answer = self._answer(host)
            with self._lock:
                # An answer that came too late is none: the name was given up.
                if self._begun.pop(host, None) is None:
                    self._lost -= 1
                else:
                    self._answers.append(answer)
            self.on_ready()

    def _answer(self, host: str) -> Resolved:
        try:
            try:
                found = self.look_up(host)
            except socket.gaierror as error:
                if error.errno != socket.EAI_AGAIN:
                    raise
                time.sleep(_PAUSE)
                found = self.look_up(host)
        except socket.gaierror as error:
            failure = Failure.NO_HOST if error.errno in _NO_SUCH_NAME else Failure.NO_NAME_ANSWER
            return Resolved(host, (), failure, error.strerror or "")
        except (OSError, ValueError) as error:
            return Resolved(host, (), Failure.NO_NAME_ANSWER, str(error))
        return Resolved(host, found, None if found else Failure.NO_HOST, "")
