"""A small HTTP proxy that really is one: it connects, tunnels, and may want credentials."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SmallProxy"]


class SmallProxy:
    """Listens on `127.0.0.1`; leads each host to the address that it is told, and refuses all others."""

    def __init__(self, leads: Mapping[str, str], credentials: bytes = b"") -> None:
        self.leads, self.credentials = leads, credentials
        self.port = 0
        self.asked: list[bytes] = []
        """The first lines of what came, such as `CONNECT ferry.example:443 HTTP/1.1`."""
        self.heads: list[bytes] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Start."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(5)
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        self._server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.02)  # closed connections are told so

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._answer(reader, writer)
        await _end(writer)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.heads.append(head)
        first = head.partition(b"\r\n")[0]
        self.asked.append(first)
        method, target, _ = first.split(b" ")
        tunnels = method == b"CONNECT"
        place = target if tunnels else target.partition(b"://")[2].partition(b"/")[0]
        host, _, port = place.decode().rpartition(":")
        if self.credentials and b"Proxy-Authorization: Basic " + self.credentials not in head:
            writer.write(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\nX-Proxy: yes\r\n\r\n")
            return
        if host not in self.leads:
            writer.write(b"HTTP/1.1 403 Not there\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        there_reader, there = await asyncio.open_connection(self.leads[host], int(port))
        if tunnels:
            writer.write(b"HTTP/1.1 200 Go on\r\nX-Proxy: yes\r\n\r\n")
        else:
            path = b"/" + target.partition(b"://")[2].partition(b"/")[2]
            lines = [line for line in head.split(b"\r\n")[1:] if not line.lower().startswith(b"proxy-")]
            there.write(b"\r\n".join([b"%b %b HTTP/1.1" % (method, path), b"Connection: close", *lines]))
        try:
            await asyncio.gather(_pass_on(reader, there), _pass_on(there_reader, writer))
        finally:
            there.transport.abort()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)
        await writer.drain()
    await _end(writer)


async def _end(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        writer.close()
        await writer.wait_closed()
