"""Redirects in a row: where a way goes on, and what ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.auditing.fetching.answers import Hop
from regesta.auditing.fetching.redirects import NotAsked, follow
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.auditing.fetching.under_way import Way

__all__ = ["go_on"]

_MOST_HOPS = 10
"""Redirects in one chain. Browsers allow 20; what needs more than half of that is broken."""
_SAME_METHOD = frozenset({307, 308})
"""Redirects after which a POST is still one (Fetch, 4.4)."""


def go_on(way: Way, status: int, location: bytes | None, cookies: Iterable[str]) -> NotAsked | None:
    """Lead a way to where a redirect points; give what ends it instead, if something does."""
    here = way.asked.url
    found = follow(location, here)
    if isinstance(found, NotAsked):
        detail = f"{found.url} {found.detail}".strip()
        return found._replace(detail=detail)
    held = _values(cookies)
    if way.seen is None:
        way.seen = {(here, frozenset())}
    # The same address again may be one that waits for its cookie.
    mark = (found.url, held)
    if mark in way.seen:
        return NotAsked(here, Failure.LOOP, found.url)
    if len(way.hops) >= _MOST_HOPS:
        return NotAsked(here, Failure.TOO_MANY_REDIRECTS, f"more than {_MOST_HOPS}")
    if way.left <= 0:
        return NotAsked(here, Failure.TIMEOUT, "the redirects took all the time")
    before = way.asked
    way.asked = found
    if way.post is not None and status not in _SAME_METHOD:
        way.post = None
    elif way.post is not None and not way.is_at_home:
        way.asked = before
        return NotAsked(found.url, Failure.POLICY, "what was to be sent is told no other server")
    way.seen.add(mark)
    way.hops = (*way.hops, Hop(here, status))
    way.tries = 0
    return None


def _values(cookies: Iterable[str]) -> frozenset[str]:
    """Take the times of cookies away: with them a wall that sets one each time would never be the same."""
    return frozenset("\t".join((*parts[:4], *parts[5:])) for parts in (cookie.split("\t") for cookie in cookies))
