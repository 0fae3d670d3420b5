"""What the fault server serves: all faults in one table, and the answer to any request."""

from __future__ import annotations

from typing import TYPE_CHECKING

# Each of them enters its faults into the table.
from tests.auditing import fault_bodies, fault_connections, fault_contents, fault_redirects, fault_statuses
from tests.auditing.fault_pages import page
from tests.auditing.fault_table import FAULTS, MORE, Fault

if TYPE_CHECKING:
    from tests.auditing.fault_server import Exchange

__all__ = ["FAULTS", "KINDS", "Fault", "answer"]

KINDS = (fault_statuses, fault_redirects, fault_bodies, fault_connections, fault_contents)


async def answer(exchange: Exchange) -> None:
    """Answer a request by the table; an unknown path is a 404, `/` the home page."""
    first = "/" + exchange.path.partition("?")[0].split("/")[1]
    if first == "/":
        links = "<a href='/200'>More</a>" * 30
        await exchange.reply(200, page("The Harbour Post", f"<p>News, weather, tides.</p>{links}"))
    elif first in FAULTS:
        await FAULTS[first].answer(exchange)
    elif first in MORE:
        await MORE[first](exchange)
    else:
        await exchange.reply(404, page("Nothing here", "<p>Nothing here.</p>"))
