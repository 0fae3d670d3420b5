"""The table of faults, how an answer enters it, and the answers that several kinds of fault share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.auditing.fault_pages import article, page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.auditing.fault_server import Exchange

    from regesta.model.verdicts import Verdict

    Handler = Callable[[Exchange], Awaitable[None]]

__all__ = ["FAULTS", "MORE", "Fault", "enter", "fault", "redirects", "says", "status"]


class Fault(NamedTuple):
    """One way in which a server answers."""

    path: str
    """What to ask for. Anything may follow behind a further slash; each such path has its own story."""
    does: str
    truth: tuple[Verdict, ...]
    """What an honest audit with `--confirm 1` may say."""
    answer: Handler
    fragment: str = ""
    """What a link to it asks for on the page."""


FAULTS: dict[str, Fault] = {}
"""By path, without what may follow it."""

MORE: dict[str, Handler] = {}
"""Paths that faults lead to, and that are no fault of their own."""


def enter(path: str, does: str, truth: tuple[Verdict, ...], handler: Handler, fragment: str = "") -> None:
    """Enter an answer into the table."""
    assert path not in FAULTS, path
    FAULTS[path] = Fault(path, does, truth, handler, fragment)


def fault(path: str, *truth: Verdict) -> Callable[[Handler], Handler]:
    """Enter a function into the table; its docstring says what it does."""

    def decorate(handler: Handler) -> Handler:
        enter(path, (handler.__doc__ or "").partition("\n")[0], truth, handler)
        return handler

    return decorate


def status(number: int) -> Handler:
    """Answer with a status: below 400 with an article, from there on with words of error."""

    async def handler(exchange: Exchange) -> None:
        body = article(exchange.path) if number < 400 else page("Error", f"<p>Error {number}.</p>")
        await exchange.reply(number, body)

    return handler


def says(text: str | Callable[[Exchange], str], *, encoding: str = "utf-8") -> Handler:
    """Answer 200 with a text."""

    async def handler(exchange: Exchange) -> None:
        body = (text(exchange) if callable(text) else text).encode(encoding)
        await exchange.reply(200, body, headers={"Content-Type": f"text/html; charset={encoding}"})

    return handler


def redirects(location: bytes | str | Callable[[Exchange], bytes | str], number: int = 302) -> Handler:
    """Answer with a redirect."""

    async def handler(exchange: Exchange) -> None:
        await exchange.redirect(location(exchange) if callable(location) else location, number)

    return handler
