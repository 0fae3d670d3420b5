"""Connections that break, hang, or carry what is hardly HTTP."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.auditing.fault_pages import article
from tests.auditing.fault_table import enter, fault

from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from tests.auditing.fault_server import Exchange
    from tests.auditing.fault_table import Handler

LIVE = Verdict.LIVE
DEAD = Verdict.DEAD
UNREACHABLE = Verdict.UNREACHABLE


@fault("/hang", UNREACHABLE)
async def _(exchange: Exchange) -> None:
    """Take the request, and never answer."""
    await exchange.hang()


@fault("/hang-body", LIVE, UNREACHABLE)
async def _(exchange: Exchange) -> None:
    """200 with its headers, and never a body."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n")
    await exchange.hang()


@fault("/reset", UNREACHABLE)
async def _(exchange: Exchange) -> None:
    """End the connection as a crash does."""
    exchange.reset()


@fault("/reset-body", LIVE, UNREACHABLE)
async def _(exchange: Exchange) -> None:
    """200 with half of its body, then the connection ends as in a crash."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
    await asyncio.sleep(0.1)
    exchange.reset()


@fault("/empty", UNREACHABLE)
async def _(exchange: Exchange) -> None:
    """Close the connection without a word."""
    exchange.closes = True


@fault("/closes-silently", LIVE)
async def _(exchange: Exchange) -> None:
    """200 on a connection that is said to stay, and ends when the next request comes."""
    exchange.closes_next = True
    await exchange.reply(200, article(exchange.path), headers={"Connection": "keep-alive"})


_RAW: tuple[tuple[str, str, tuple[Verdict, ...], bytes], ...] = (
    (
        "/bad-status-line",
        "'HTTP/1.1 OK two-hundred'",
        (UNREACHABLE,),
        b"HTTP/1.1 OK two-hundred\r\nContent-Length: 0\r\n\r\n",
    ),
    ("/status-000", "the status 000", (UNREACHABLE,), b"HTTP/1.1 000 Zero\r\nContent-Length: 0\r\n\r\n"),
    (
        "/http-0.9",
        "a body without status or headers",
        (UNREACHABLE,),
        b"<html><body>A page of the year 1991.</body></html>",
    ),
    (
        "/http-1.0",
        "200 by HTTP/1.0, its body ended by the connection's end",
        (LIVE,),
        b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Old</title><p>Old, and still here.</p>",
    ),
    (
        "/chunks-cut",
        "200, chunked, and cut off",
        (LIVE, UNREACHABLE),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n400\r\nabc",
    ),
    (
        "/chunks-negative",
        "200 with a chunk of a negative size",
        (LIVE, UNREACHABLE),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
    ),
    (
        "/length-too-long",
        "200 with less than its Content-Length says",
        (LIVE, UNREACHABLE),
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort",
    ),
    (
        "/length-too-short",
        "200 with more than its Content-Length says",
        (LIVE,),
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nshort and then some more",
    ),
    (
        "/length-no-number",
        "200 with a Content-Length that is no number",
        (LIVE, UNREACHABLE),
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhello",
    ),
    (
        "/early-hints",
        "103 before its 200",
        (LIVE,),
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    ),
    (
        "/reason-escape",
        "404 with ESC, a bell and a command of CI in its reason",
        (DEAD,),
        b"HTTP/1.1 404 \x1b]0;x\x07 ::error::planted\r\nContent-Length: 0\r\n\r\n",
    ),
    (
        "/reason-nul",
        "404 with NUL in its reason",
        (DEAD, UNREACHABLE),
        b"HTTP/1.1 404 a\x00b\r\nContent-Length: 0\r\n\r\n",
    ),
)


def _raw(data: bytes) -> Handler:
    async def handler(exchange: Exchange) -> None:
        exchange.closes = True
        await exchange.send(data)

    return handler


for _path, _does, _truth, _data in _RAW:
    enter(_path, _does, _truth, _raw(_data))
