"""Bodies and headers: without end, compressed to the utmost, damaged, or slow."""

from __future__ import annotations

import gzip
import zlib
from functools import cache
from typing import TYPE_CHECKING

from tests.auditing.fault_pages import article
from tests.auditing.fault_table import enter, fault

from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.auditing.fault_server import Exchange
    from tests.auditing.fault_table import Handler

LIVE = Verdict.LIVE
MOVED = Verdict.MOVED
DEAD = Verdict.DEAD
UNREACHABLE = Verdict.UNREACHABLE


def _endless(status: int, location: str = "") -> Handler:
    async def handler(exchange: Exchange) -> None:
        to = f"Location: {location}\r\n" if location else ""
        head = f"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\n{to}Transfer-Encoding: chunked\r\n\r\n"
        await exchange.send(head.encode())
        await exchange.send_without_end(b"10000\r\n" + b"x" * 65536 + b"\r\n")

    return handler


enter("/endless", "200 with a body without end", (LIVE, UNREACHABLE), _endless(200))
enter(
    "/endless-anchor", "200 with a body without end, and a fragment", (LIVE, UNREACHABLE, DEAD), _endless(200), "absent"
)
enter("/endless-404", "404 with a body without end", (DEAD,), _endless(404))
enter("/endless-redirect", "301 to a page, with a body without end", (MOVED,), _endless(301, "/article/x"))


@cache
def bomb() -> bytes:
    """Make four GiB of zeros, in some four MB of gzip."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = squeeze.compress(bytes(16 << 20)) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + block * 256 + b"\x03\x00" + bytes(8)


def _encoded(encoding: str, body: Callable[[Exchange], bytes]) -> Handler:
    async def handler(exchange: Exchange) -> None:
        await exchange.reply(200, body(exchange), headers={"Content-Encoding": encoding})

    return handler


def _plain(exchange: Exchange) -> bytes:
    return article(exchange.path).encode()


enter("/gzip", "200, compressed", (LIVE,), _encoded("gzip", lambda x: gzip.compress(_plain(x))))
enter("/gzip-bomb", "200, four MB that unpack to four GB", (LIVE, UNREACHABLE), _encoded("gzip", lambda _: bomb()))
enter(
    "/gzip-broken",
    "200, gzip that is damaged",
    (LIVE, UNREACHABLE),
    _encoded("gzip", lambda x: gzip.compress(_plain(x))[:90] + b"?" * 300),
)
enter("/gzip-lie", "200, called gzip, and plain", (LIVE, UNREACHABLE), _encoded("gzip", _plain))
enter("/encoding-unknown", "200 in an encoding that nobody knows", (LIVE,), _encoded("x-harbour", _plain))
enter(
    "/encoding-layers",
    "200 in gzip, three times over",
    (LIVE, UNREACHABLE),
    _encoded("gzip, gzip, gzip", lambda x: gzip.compress(gzip.compress(gzip.compress(_plain(x))))),
)


@fault("/drip", LIVE, UNREACHABLE)
async def _(exchange: Exchange) -> None:
    """200, then a byte of the body every tenth of a second."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    await exchange.send_without_end(b"a", every=0.1)


@fault("/drip-headers", UNREACHABLE)
async def _(exchange: Exchange) -> None:
    """200, then a header line every tenth of a second, without end."""
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    await exchange.send_without_end(b"X-A: b\r\n", every=0.1)


@fault("/header-1mb", LIVE, UNREACHABLE)
async def _(exchange: Exchange) -> None:
    """200 with one header of a megabyte."""
    await exchange.reply(200, article(exchange.path), headers={"X-Long": "z" * (1 << 20)})


@fault("/headers-100000", LIVE, UNREACHABLE)
async def _(exchange: Exchange) -> None:
    """200 with a hundred thousand headers."""
    lines = "".join(f"X-{number}: a\r\n" for number in range(100_000))
    await exchange.send(f"HTTP/1.1 200 OK\r\n{lines}Content-Length: 0\r\n\r\n".encode())


@fault("/cookies-1000", LIVE, UNREACHABLE)
async def _(exchange: Exchange) -> None:
    """302 to a page, with a thousand cookies of four kilobytes."""
    lines = "".join(f"Set-Cookie: c{number}={'y' * 4000}\r\n" for number in range(1000))
    await exchange.send(f"HTTP/1.1 302 Found\r\n{lines}Location: /article\r\nContent-Length: 0\r\n\r\n".encode())
