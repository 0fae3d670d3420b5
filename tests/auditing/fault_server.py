"""A server on loopback that behaves as badly as the web does, and counts what it is asked.

It serves plain HTTP on a port of `127.8.0.1` to `127.8.0.8`, or of more addresses, so that there are several hosts;
TLS on another port, where each address has its own certificate; and a canary on `127.0.0.1`, which nobody may reach who
is allowed `127.8.0.0/16` alone. What is served stands in `faults.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import struct
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Mapping

__all__ = ["ALLOWED", "HOSTS", "Exchange", "FaultServer", "Seen", "Tally"]

HOSTS = tuple(f"127.8.0.{number}" for number in range(1, 9))
"""The addresses that serve faults."""

ALLOWED = "127.8.0.0/16"
"""What `--allow-network` must open for the faults, and no more: the canary lies outside."""

LONGEST_HEAD = 1 << 20
PIECE = 1 << 16
LIFE = 60.0
"""Seconds after which an endless answer ends all the same, so that a forgotten test does not run for ever."""


class Seen(NamedTuple):
    """One request."""

    at: float
    """Monotonic seconds."""
    host: str
    """As the request named it, without its port."""
    method: str
    path: str
    """With its query."""
    headers: Mapping[str, str]
    """By name in lower case; of several of one name the last."""
    connection: int
    """The number of the connection that it came by."""


@dataclass
class Tally:
    """What has been asked since the last reset."""

    requests: list[Seen] = field(default_factory=list)
    connections: int = 0
    canary: int = 0
    """Connections to the canary, whatever was said there."""
    sent: Counter[str] = field(default_factory=Counter)
    """Bytes handed to the network, by path; what lies in the machine's own buffers counts."""
    in_flight: Counter[str] = field(default_factory=Counter)
    most_in_flight: Counter[str] = field(default_factory=Counter)
    """By host, the most requests that were being answered at one time."""

    def paths(self, host: str = "") -> list[str]:
        """Give the paths that were asked for, in order, at one host or at all."""
        return [seen.path for seen in self.requests if host in {"", seen.host}]

    def methods(self) -> Counter[str]:
        """Count the requests by method."""
        return Counter(seen.method for seen in self.requests)

    def least_gap(self, host: str) -> float:
        """Give the least time between the starts of two requests to a host, in seconds."""
        times = [seen.at for seen in self.requests if seen.host == host]
        return min((later - former for former, later in pairwise(times)), default=float("inf"))


@dataclass
class Exchange:
    """One request, and the means to answer it, well or badly."""

    server: FaultServer
    tally: Tally
    """The one that counts it, also when another has begun."""
    seen: Seen
    asked_before: int
    """How often this very path was asked for before."""
    first_asked: float
    """When this very path was asked for first, in monotonic seconds."""
    writer: asyncio.StreamWriter
    address: str
    """The server's own, as `host:port`."""
    closes: bool = False
    """Whether the connection ends with this answer."""
    in_flight: bool = True
    """Whether it counts as being answered."""
    closes_next: bool = False
    """Whether it ends without a word when the next request comes."""

    @property
    def path(self) -> str:
        """The path with its query, as asked."""
        return self.seen.path

    async def reply(
        self,
        status: int,
        body: bytes | str = b"",
        *,
        reason: bytes | None = None,
        headers: Mapping[str, bytes | str] = {},
    ) -> None:
        """Answer as a decent server does; a HEAD gets no body."""
        body = body.encode() if isinstance(body, str) else body
        known = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **headers}
        head = [b"HTTP/1.1 %d %b" % (status, reason if reason is not None else _phrase(status))]
        for name, value in known.items():
            head.append(name.encode() + b": " + (value.encode() if isinstance(value, str) else value))
        # Counted before it goes out: the other side may ask again before we are told that it went.
        self.count_as_answered()
        without = self.seen.method == "HEAD" or status in {204, 304}
        await self.send(b"\r\n".join(head) + b"\r\n\r\n" + (b"" if without else body))

    def count_as_answered(self) -> None:
        """Take the request out of those in flight, once."""
        if self.in_flight:
            self.in_flight = False
            self.tally.in_flight[self.seen.host] -= 1

    async def redirect(self, location: bytes | str, status: int = 302, headers: Mapping[str, bytes | str] = {}) -> None:
        """Answer with a redirect."""
        await self.reply(status, headers={"Location": location, **headers})

    async def send(self, data: bytes) -> None:
        """Send bytes as they are, as fast as the other side takes them."""
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            self.writer.write(piece)
            self.tally.sent[self.path] += len(piece)
            await self.writer.drain()

    async def send_without_end(self, data: bytes, *, every: float = 0.0) -> None:
        """Send the same bytes again and again until the other side hangs up."""
        self.closes = True
        end = time.monotonic() + LIFE
        while time.monotonic() < end:
            await self.send(data)
            await asyncio.sleep(every)

    async def hang(self) -> None:
        """Say nothing (more), and keep the connection."""
        self.closes = True
        await asyncio.sleep(LIFE)

    def reset(self) -> None:
        """End the connection as a crash does."""
        self.closes = True
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


class FaultServer:
    """The server, from start to stop. Its thread is its own; `tally` may be read from any other."""

    def __init__(
        self,
        answer: Callable[[Exchange], Awaitable[None]],
        tls: Mapping[str, ssl.SSLContext | bytes] = {},
        *,
        hosts: tuple[str, ...] = HOSTS,
    ) -> None:
        self.hosts = hosts
        self.tally = Tally()
        self.port = self.tls_port = self.canary_port = 0
        self._answer = answer
        self._tls = tls
        self._asked: dict[str, tuple[int, float]] = {}
        self._talks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def url(self, path: str, host: str = HOSTS[0]) -> str:
        """Give the address of a path at a host."""
        return f"http://{host}:{self.port}{path}"

    def own_url(self, path: str) -> str:
        """Give the address of a path at a host of its own, so that a host that asks for patience holds up no other.

        The name is one of `fault_names`; a resolver must know it.
        """
        name = re.sub("[^a-z0-9]+", "-", path).strip("-")
        return f"http://{name}.faults.test:{self.port}{path}"

    def tls_url(self, host: str, path: str = "/200") -> str:
        """Give the TLS address of a path at a host."""
        return f"https://{host}:{self.tls_port}{path}"

    def reset(self) -> None:
        """Forget what was asked, and begin each path's story anew."""
        self.tally = Tally()
        self._asked = defaultdict(lambda: (0, time.monotonic()))

    def __enter__(self) -> Self:
        """Start."""
        self.reset()
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop, whatever is still being answered."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _start(self) -> None:
        self._servers = []
        self.port = await self._listen(self.hosts, lambda _: None)
        if self._tls:
            given = {host: context for host, context in self._tls.items() if not isinstance(context, bytes)}
            self.tls_port = await self._listen(tuple(self._tls), given.get)
        canary = await asyncio.start_server(self._canary, "127.0.0.1", 0)
        self._servers.append(canary)
        self.canary_port = canary.sockets[0].getsockname()[1]

    async def _listen(self, hosts: tuple[str, ...], context: Callable[[str], ssl.SSLContext | None]) -> int:
        """Listen on one port at all hosts."""
        for _ in range(50):
            port, servers = 0, []
            try:
                for host in hosts:
                    server = await asyncio.start_server(
                        self._talk, host, port, ssl=context(host), limit=LONGEST_HEAD, backlog=1024
                    )
                    servers.append(server)
                    port = server.sockets[0].getsockname()[1]
            except OSError:
                # Somebody has that port at another of the addresses.
                for server in servers:
                    server.close()
                continue
            self._servers += servers
            return port
        raise OSError(f"No port is free at all of {hosts!r}")

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await asyncio.sleep(0)

    async def _canary(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.tally.canary += 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\ncanary")
        writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._talks.add(task)
        self.tally.connections += 1
        number = self.tally.connections
        # Little lies between us and the other side, so that `sent` comes close to what it took.
        writer.transport.set_write_buffer_limits(high=1 << 16)
        try:
            # A client may hang up at any moment; that is its right.
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._converse(reader, writer, number)
        finally:
            self._talks.discard(task)
            writer.transport.abort() if writer.transport.is_closing() else writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        host, port = writer.get_extra_info("sockname")[:2]
        plain = self._tls.get(host) if port == self.tls_port else None
        if isinstance(plain, bytes):
            await reader.read(1 << 14)
            writer.write(plain)
            await writer.drain()
            return
        exchange = None
        while not (exchange and exchange.closes):
            seen = await _read(reader, host, number)
            if exchange and exchange.closes_next:
                return
            tally = self.tally
            tally.requests.append(seen)
            story = f"{seen.host} {seen.path}"
            asked, first = self._asked[story]
            self._asked[story] = (asked + 1, first)
            tally.in_flight[seen.host] += 1
            tally.most_in_flight[seen.host] = max(tally.most_in_flight[seen.host], tally.in_flight[seen.host])
            exchange = Exchange(self, tally, seen, asked, first, writer, f"{host}:{port}")
            exchange.closes = seen.headers.get("connection", "").lower() == "close"
            try:
                await self._answer(exchange)
            finally:
                exchange.count_as_answered()


async def _read(reader: asyncio.StreamReader, address: str, number: int) -> Seen:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _version = head[0].split(" ", 2)
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)
    }
    await reader.readexactly(int(headers.get("content-length", "0")))
    host = headers.get("host", address).rpartition(":")[0] or headers.get("host", address)
    return Seen(time.monotonic(), host, method, path, headers, number)


def _phrase(status: int) -> bytes:
    try:
        return HTTPStatus(status).phrase.encode()
    except ValueError:
        return b"Odd"
