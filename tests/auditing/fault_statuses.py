"""Statuses, servers that ask for patience, and servers that treat HEAD otherwise than GET."""

from __future__ import annotations

import asyncio
import time
from email.utils import formatdate
from typing import TYPE_CHECKING

from tests.auditing.fault_pages import article
from tests.auditing.fault_table import enter, fault, status

from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.auditing.fault_server import Exchange
    from tests.auditing.fault_table import Handler

LIVE = Verdict.LIVE
DEAD = Verdict.DEAD
RESTRICTED = Verdict.RESTRICTED
UNREACHABLE = Verdict.UNREACHABLE
UNSURE = (RESTRICTED, UNREACHABLE)
YEAR = 365 * 86400


_STATUSES = {
    **dict.fromkeys((200, 204), (LIVE,)),
    **dict.fromkeys((404, 410), (DEAD,)),
    **dict.fromkeys((401, 402, 403, 407, 451, 999), (RESTRICTED,)),
    # They say something of the request, not of the page.
    **dict.fromkeys((400, 405, 406, 418), UNSURE),
    429: (RESTRICTED,),
    **dict.fromkeys((500, 502, 503, 504), (UNREACHABLE,)),
}


for _number, _truth in _STATUSES.items():
    enter(f"/{_number}", f"{_number}, always", _truth, status(_number))
enter("/article", "a page that is there", (LIVE,), status(200))
enter("/anchor", "a page with the fragment", (LIVE,), status(200), "present")
enter("/anchor-missing", "a page without the fragment", (DEAD,), status(200), "absent")
enter("/anchor-text", "a page, linked by a text fragment", (LIVE,), status(200), ":~:text=ferry")
enter("/anchor-top", "a page, linked to its top, which every page has", (LIVE,), status(200), "top")


@fault("/503-then-200", LIVE)
async def _(exchange: Exchange) -> None:
    """503 the first time, then 200."""
    await status(200 if exchange.asked_before else 503)(exchange)


@fault("/slow", LIVE)
async def _(exchange: Exchange) -> None:
    """200 after 300 ms."""
    await asyncio.sleep(0.3)
    await status(200)(exchange)


def _too_many(retry_after: Callable[[Exchange], str], until: float) -> Handler:
    async def handler(exchange: Exchange) -> None:
        if time.monotonic() - exchange.first_asked < until:
            await exchange.reply(429, "Too many", headers={"Retry-After": retry_after(exchange)})
        else:
            await exchange.reply(200, article(exchange.path))

    return handler


def _in_two_seconds(exchange: Exchange) -> str:
    # A date has whole seconds: rounded up, so that who keeps to it finds the page.
    return formatdate(time.time() + 2 - (time.monotonic() - exchange.first_asked), usegmt=True)


_EVER = float("inf")
for _path, _does, _truth, _after, _until in (
    ("/429-seconds", "429 with Retry-After: 1, then 200", (LIVE,), "1", 0.9),
    ("/429-for-ever", "429 with Retry-After: 1, for ever", (RESTRICTED,), "1", _EVER),
    ("/429-negative", "429 with Retry-After: -5, for ever", (RESTRICTED,), "-5", _EVER),
    ("/429-year", "429 with Retry-After: a year", (RESTRICTED,), str(YEAR), _EVER),
    ("/429-huge", "429 with a Retry-After of 400 digits", (RESTRICTED,), "9" * 400, _EVER),
    ("/429-words", "429 with a Retry-After that is none", (RESTRICTED,), "soon \x7f", _EVER),
):
    enter(_path, _does, _truth, _too_many(lambda _exchange, after=_after: after, _until))
enter("/429-date", "429 with Retry-After: a date in two seconds, then 200", (LIVE,), _too_many(_in_two_seconds, 0.9))
enter(
    "/429-past",
    "429 with Retry-After: a date of the year 1990, for ever",
    (RESTRICTED,),
    _too_many(lambda _: "Mon, 01 Jan 1990 00:00:00 GMT", _EVER),
)


def _head(answers: Handler) -> Handler:
    async def handler(exchange: Exchange) -> None:
        await (answers if exchange.seen.method == "HEAD" else status(200))(exchange)

    return handler


async def _hang(exchange: Exchange) -> None:
    await exchange.hang()


for _number in (403, 404, 405, 500):
    enter(f"/head-{_number}", f"HEAD {_number}, GET 200", (LIVE,), _head(status(_number)))
enter("/head-hangs", "HEAD is never answered, GET 200", (LIVE,), _head(_hang))
