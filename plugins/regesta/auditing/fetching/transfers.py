"""Transfers under way, all in one thread: libcurl says which sockets it waits for, and we wait for them."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import pycurl

from regesta.auditing.fetching.sockets import Sockets

if TYPE_CHECKING:
    from collections.abc import Callable

    from regesta.auditing.fetching.handles import Handle

__all__ = ["Transfers"]

_KEPT_OPEN = 1024
"""Connections that are kept for later requests of the same host."""


class Transfers:
    """The transfers of one run. It can be woken from another thread."""

    def __init__(self) -> None:
        """Begin with none."""
        self._sockets = Sockets()
        self._wakes, self._wake = os.pipe()
        os.set_blocking(self._wakes, False)
        os.set_blocking(self._wake, False)
        self._sockets.want(pycurl.POLL_IN, self._wakes)
        self._due: float | None = None
        """When libcurl wants to be asked at the latest."""
        self._under_way: dict[pycurl.Curl, Handle] = {}
        self._is_closed = False
        self._lock = threading.Lock()
        self._multi = multi = pycurl.CurlMulti()
        multi.setopt(pycurl.M_MAXCONNECTS, _KEPT_OPEN)
        multi.setopt(pycurl.M_SOCKETFUNCTION, self._sockets.want)
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
        # After `close` the number of the pipe may be that of any other file.
        with self._lock:
            if self._is_closed:
                return
            try:
                os.write(self._wake, b"\0")
            except BlockingIOError:
                return  # it is awake already

    def wait(self, seconds: float, on_end: Callable[[Handle, int, str], None]) -> None:
        """Wait until something happens, at most so long; tell of each transfer that ended, with libcurl's code."""
        if self._due is not None:
            seconds = min(seconds, self._due - time.monotonic())
        action = self._multi.socket_action
        for number, events in self._sockets.ready(max(0.0, seconds)):
            if number == self._wakes:
                self._drain()
            else:
                action(number, events)
        if self._due is not None and time.monotonic() >= self._due:
            self._due = None
            action(pycurl.SOCKET_TIMEOUT, 0)
        self._collect(on_end)

    def abandon(self) -> list[Handle]:
        """End all that is under way; give the handles back."""
        handles = list(self._under_way.values())
        for curl in self._under_way:
            self._multi.remove_handle(curl)
        self._under_way.clear()
        return handles

    def close(self) -> None:
        """End all that is under way, and close every connection. Once is enough, twice does no harm."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            self.abandon()
            self._multi.close()
            self._sockets.close()
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

    def _on_timer(self, milliseconds: int) -> None:
        self._due = None if milliseconds < 0 else time.monotonic() + milliseconds / 1000
