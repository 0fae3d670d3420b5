"""The sockets that libcurl waits for. `epoll` itself, where there is one: `selectors` costs more than the network."""

from __future__ import annotations

import select
from typing import TYPE_CHECKING

import pycurl

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Sockets"]

_HAS_EPOLL = hasattr(select, "epoll")
# The figures of poll(2) and epoll(7) are the same.
_IN, _OUT = select.POLLIN, select.POLLOUT
_WANTED = {pycurl.POLL_NONE: 0, pycurl.POLL_IN: _IN, pycurl.POLL_OUT: _OUT, pycurl.POLL_INOUT: _IN | _OUT}


def _ready(events: int) -> int:
    """Say to libcurl what has happened; an error or the other side's end is told by reading or writing."""
    if events & ~(_IN | _OUT):
        return pycurl.CSELECT_IN | pycurl.CSELECT_OUT
    return (pycurl.CSELECT_IN if events & _IN else 0) | (pycurl.CSELECT_OUT if events & _OUT else 0)


_READY = [_ready(events) for events in range(64)]
"""By the events of a socket: a look instead of a sum, ten thousand times."""


class Sockets:
    """What is waited for, by the number of the socket."""

    def __init__(self) -> None:
        """Begin with none."""
        self._poll = select.epoll() if _HAS_EPOLL else select.poll()
        self._known: set[int] = set()

    def want(self, what: int, number: int, _multi: object = None, _data: object = None) -> None:
        """Wait for what libcurl wants of a socket, in its own figures; it calls this itself."""
        if what == pycurl.POLL_REMOVE:
            self._forget(number)
            return
        events = _WANTED[what]
        if number in self._known:
            try:
                self._poll.modify(number, events)
            except OSError:  # it was closed, and another has its number
                self._poll.register(number, events)
        else:
            self._known.add(number)
            self._poll.register(number, events)

    def ready(self, seconds: float) -> Sequence[tuple[int, int]]:
        """Wait at most so long; give the sockets where something happened, and what, in libcurl's figures."""
        found = self._poll.poll(seconds if _HAS_EPOLL else seconds * 1000)
        return [(number, _READY[events & 63]) for number, events in found]

    def close(self) -> None:
        """Wait no more."""
        close = getattr(self._poll, "close", None)  # poll(2) holds nothing open
        if close:
            close()

    def _forget(self, number: int) -> None:
        if number in self._known:
            self._known.remove(number)
            try:
                self._poll.unregister(number)
            except OSError:
                return  # closed already, which is as good
