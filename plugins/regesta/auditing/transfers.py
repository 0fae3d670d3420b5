"""Transfers under way, all in one thread: libcurl says which sockets it waits for, and we wait for them."""

from __future__ import annotations

import os
import selectors
import time
from typing import TYPE_CHECKING

import pycurl

if TYPE_CHECKING:
    from collections.abc import Callable

    from regesta.auditing.handles import Handle

__all__ = ["Transfers"]

_KEPT_OPEN = 1024
"""Connections that are kept for later requests of the same host."""
_IN, _OUT = selectors.EVENT_READ, selectors.EVENT_WRITE
_WANTED = {pycurl.POLL_IN: _IN, pycurl.POLL_OUT: _OUT, pycurl.POLL_INOUT: _IN | _OUT}
_READY = {_IN: pycurl.CSELECT_IN, _OUT: pycurl.CSELECT_OUT, _IN | _OUT: pycurl.CSELECT_IN | pycurl.CSELECT_OUT}


class Transfers:
    """The transfers of one run. It can be woken from another thread."""

    def __init__(self) -> None:
        """Begin with none."""
        self._selector = selectors.DefaultSelector()
        self._wakes, self._wake = os.pipe()
        os.set_blocking(self._wakes, False)
        os.set_blocking(self._wake, False)
        self._selector.register(self._wakes, _IN)
        self._due: float | None = None
        """When libcurl wants to be asked at the latest."""
        self._under_way: dict[pycurl.Curl, Handle] = {}
        self._multi = multi = pycurl.CurlMulti()
        multi.setopt(pycurl.M_MAXCONNECTS, _KEPT_OPEN)
        multi.setopt(pycurl.M_SOCKETFUNCTION, self._on_socket)
        multi.setopt(pycurl.M_TIMERFUNCTION, self._on_timer)

    def __len__(self) -> int:
        """How many are under way."""
        return len(self._under_way)

    def start(self, handle: Handle) -> None:
        """Start a transfer."""
        self._under_way[handle.curl] = handle
        self._multi.add_handle(handle.curl)

    def wake(self) -> None:
        """End a wait. May be called from any thread."""
        try:
            os.write(self._wake, b"\0")
        except OSError:
            return  # it is awake already, or closed

    def wait(self, seconds: float, on_end: Callable[[Handle, int, str], None]) -> None:
        """Wait until something happens, at most so long; tell of each transfer that ended, with libcurl's code."""
        if self._due is not None:
            seconds = min(seconds, self._due - time.monotonic())
        ready = self._selector.select(max(0.0, seconds))
        action = self._multi.socket_action
        for key, events in ready:
            number = key.fd
            if number == self._wakes:
                self._drain()
            else:
                action(number, _READY[events])
        if self._due is not None and time.monotonic() >= self._due:
            self._due = None
            action(pycurl.SOCKET_TIMEOUT, 0)
        self._collect(on_end)

    def close(self) -> None:
        """End all that is under way, and close every connection."""
        for curl in [*self._under_way]:
            self._multi.remove_handle(curl)
        self._under_way.clear()
        self._multi.close()
        self._selector.close()
        os.close(self._wakes)
        os.close(self._wake)

    def _collect(self, on_end: Callable[[Handle, int, str], None]) -> None:
        left = 1
        while left:
            left, good, bad = self._multi.info_read()
            for curl in good:
                self._multi.remove_handle(curl)
                on_end(self._under_way.pop(curl), 0, "")
            for curl, code, message in bad:
                self._multi.remove_handle(curl)
                on_end(self._under_way.pop(curl), code, message)

    def _drain(self) -> None:
        try:
            while os.read(self._wakes, 4096):
                pass
        except BlockingIOError:
            return

    def _on_socket(self, what: int, number: int, _multi: pycurl.CurlMulti, _data: object) -> None:
        if what == pycurl.POLL_REMOVE:
            try:
                self._selector.unregister(number)
            except (KeyError, ValueError):
                return
            return
        events = _WANTED[what]
        try:
            self._selector.modify(number, events)
        except KeyError:
            self._selector.register(number, events)

    def _on_timer(self, milliseconds: int) -> None:
        self._due = None if milliseconds < 0 else time.monotonic() + milliseconds / 1000
