"""What comes after a transfer: an answer, the next redirect, another try, or a look behind a bad certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.auditing.fetching.chains import go_on
from regesta.auditing.fetching.endings import BAD_CERTIFICATE, Ending, other_manner
from regesta.auditing.fetching.headers import header_value
from regesta.auditing.fetching.patience import LONGEST_WAIT, pause_before_retry, retry_after
from regesta.auditing.fetching.redirects import REDIRECTS
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from regesta.auditing.fetching.host_rules import HostRule
    from regesta.auditing.fetching.under_way import Way

__all__ = ["Step", "next_step"]

_MOST_HEADER_BYTES = 256 * 1024
"""Of all redirects and tries of a link together."""
_LEAST_LEFT = 1.0
"""Seconds that a link must have left to be asked again, and that a second look has at least."""
_TURNED_AWAY = frozenset({401, 403, 406, 429, 451, 503, 999})
"""Statuses with which servers turn programs away."""
_GOOD = range(200, 300)
_NOT_NOW = frozenset({429, 503})
"""Statuses that may say when (RFC 9110, 10.2.3)."""


class Step(NamedTuple):
    """What to do next."""

    ending: Ending
    """What the answer says, where there is no `again`."""
    again: bool = False
    """Whether the way's address, which may be another by now, is asked."""
    pause: float = 0.0
    """Seconds before that."""
    rest: float | None = None
    """Seconds that the host wants no request at all."""
    leads_on: bool = False
    """Whether it is another address that is asked: the next of a chain."""
    keeps_cookies: bool = False
    """Whether the cookies of this transfer go along."""
    url: str = ""
    """Where the way ended, if that is not where it was asked."""

    @property
    def is_too_long(self) -> bool:
        """Whether the host wants more patience than a run has."""
        return self.rest is not None and self.rest > LONGEST_WAIT


def next_step(
    way: Way, end: Ending, lines: Sequence[bytes], *, cookies: Callable[[], Iterable[str]], rule: HostRule
) -> Step:
    """Decide, and make the way ready for it. `lines` are those of the header, `cookies` gives what is held."""
    if not way.manner.verify and way.so_far:
        # The second look behind a bad certificate: what it finds changes nothing of the first.
        return Step(end._replace(failure=way.so_far.failure, detail=way.so_far.detail))
    if end.failure is None:
        if way.header_bytes > _MOST_HEADER_BYTES:
            return Step(end._replace(failure=Failure.TOO_LARGE_HEADER))
        if end.status in REDIRECTS and way.request.follows:
            return _redirected(way, end, header_value(lines, b"location"), cookies())
    elif end.failure in BAD_CERTIFICATE and way.post is None:
        way.manner = way.manner._replace(verify=False)
        way.left = max(way.left, _LEAST_LEFT)
        return Step(end, again=True)
    elif other := other_manner(way.manner, end.code):
        way.manner = other
        way.tries -= 1
        way.left = max(way.left, _LEAST_LEFT)
        return Step(end, again=True, keeps_cookies=True)
    return _perhaps_again(way, end, lines, rule)


def _redirected(way: Way, end: Ending, location: bytes | None, cookies: Iterable[str]) -> Step:
    stopped = go_on(way, end.status, location, cookies)
    if stopped is None:
        return Step(end, again=True, leads_on=True, keeps_cookies=True)
    return Step(end._replace(failure=stopped.failure, detail=stopped.detail), url=stopped.url)


def _perhaps_again(way: Way, end: Ending, lines: Sequence[bytes], rule: HostRule) -> Step:
    if end.failure is None and end.status in _GOOD:
        return Step(end)
    rest = None
    if end.failure is None:
        if end.status in _NOT_NOW:
            rest = retry_after((header_value(lines, b"retry-after") or b"").decode("latin-1"))
        if rest is None and end.status in _TURNED_AWAY and rule.browser_like and not way.as_browser:
            way.as_browser, way.tries = True, 0
            return Step(end, again=True)
    pause = pause_before_retry(end.status, end.failure, way.tries, wanted=rest)
    if pause is None or way.left < _LEAST_LEFT:
        return Step(end, rest=rest)
    return Step(end, again=True, pause=pause, rest=rest, keeps_cookies=bool(way.hops))
