"""A server on loopback that speaks HTTP/2 over TLS, well or badly, and HTTP/1.1 where it is wanted."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Self

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import RequestReceived
from h2.exceptions import ProtocolError

if TYPE_CHECKING:
    import ssl

__all__ = ["Http2Server"]

PAGE = b"<!doctype html><title>Harbour</title><h1>Harbour</h1>" + b"<p>The ferry leaves at noon, as always.</p>" * 9


class Http2Server:
    """Listens at an address; what it does stands in the path that is asked for."""

    def __init__(self, context: ssl.SSLContext, host: str, *, also_http1: bool = True) -> None:
        context.set_alpn_protocols(["h2", "http/1.1"] if also_http1 else ["h2"])
        self._context, self.host = context, host
        self.port = 0
        self.asked: list[tuple[int, str, str]] = []
        """The connection, the stream's method and path of each request."""
        self.headers: list[dict[str, str]] = []
        self.protocols: list[str | None] = []
        """What each connection has agreed on."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def url(self, path: str) -> str:
        """Give the address of a path."""
        return f"https://{self.host}:{self.port}{path}"

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
        self._server = await asyncio.start_server(self._serve, self.host, 0, ssl=self._context)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        self._server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.02)  # closed connections are told so

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.CancelledError, ProtocolError):
            self.protocols.append(writer.get_extra_info("ssl_object").selected_alpn_protocol())
            if self.protocols[-1] == "http/1.1":
                await reader.readuntil(b"\r\n\r\n")
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE))
                writer.write(PAGE)
                await writer.drain()
            else:
                await self._talk(reader, writer, len(self.protocols))
        writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        # What it says is not looked at: it may be against the rules.
        config = H2Configuration(
            client_side=False,
            validate_outbound_headers=False,
            normalize_outbound_headers=False,
            header_encoding="utf-8",
        )
        connection = H2Connection(config)
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while data := await reader.read(1 << 16):
            for event in connection.receive_data(data):
                if isinstance(event, RequestReceived) and event.stream_id and event.headers:
                    named = {str(name): str(value) for name, value in event.headers}
                    self.asked.append((number, named[":method"], named[":path"]))
                    self.headers.append(named)
                    await self._answer(connection, event.stream_id, named[":path"], writer)
            writer.write(connection.data_to_send())
            await writer.drain()

    async def _answer(self, connection: H2Connection, stream: int, path: str, writer: asyncio.StreamWriter) -> None:
        first = sum(asked[2] == path for asked in self.asked) == 1
        kind = [("content-type", "text/html; charset=utf-8")]
        if path.startswith("/goaway-before") and first:
            # "I have not begun with this one: ask again" (RFC 9113, 6.8).
            connection.close_connection(ErrorCodes.NO_ERROR, last_stream_id=0)
        elif path.startswith("/reset-always") or (path.startswith("/reset-once") and first):
            connection.reset_stream(stream, ErrorCodes.INTERNAL_ERROR)
        elif path.startswith("/refused-once") and first:
            connection.reset_stream(stream, ErrorCodes.REFUSED_STREAM)
        elif path.startswith("/http1-required"):
            connection.reset_stream(stream, ErrorCodes.HTTP_1_1_REQUIRED)
        elif path.startswith("/reset-in-body"):
            connection.send_headers(stream, [(":status", "200"), *kind])
            connection.send_data(stream, PAGE)
            writer.write(connection.data_to_send())
            await writer.drain()
            connection.reset_stream(stream, ErrorCodes.INTERNAL_ERROR)
        elif path.startswith("/hang"):
            return
        elif path.startswith("/moved"):
            connection.send_headers(stream, [(":status", "301"), ("location", "/200")], end_stream=True)
        elif path.startswith("/upper-case"):
            connection.send_headers(stream, [(":status", "200"), ("Content-Type", "text/html")], end_stream=True)
        else:
            status = path.strip("/").partition("/")[0] or "200"
            headers = [(":status", status), *kind, ("etag", '"a"'), ("set-cookie", "a=1"), ("set-cookie", "b=2")]
            connection.send_headers(stream, headers)
            connection.send_data(stream, PAGE, end_stream=True)
            if path.startswith("/200/goaway-after"):
                writer.write(connection.data_to_send())
                connection.close_connection(ErrorCodes.NO_ERROR)
