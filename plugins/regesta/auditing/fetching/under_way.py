"""A request on its way: where it stands, and what it has cost so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from regesta.auditing.fetching.answers import Answer, Hop, Request
    from regesta.auditing.fetching.handles import Handle
    from regesta.auditing.fetching.redirects import Asked

__all__ = ["USUAL", "Manner", "Way"]


class Manner(NamedTuple):
    """How one address is asked, where it did not work in the usual way."""

    decode: bool = True
    """Whether the body may come compressed."""
    http2: bool = True
    verify: bool = True
    """Whether the certificate must be good. What is seen without that is evidence of nothing."""


USUAL = Manner()
"""How nearly every address is asked."""


class Way:
    """A request on its way. One budget of time, of headers and of redirects holds for all of it."""

    __slots__ = (
        "as_browser",
        "asked",
        "handle",
        "header_bytes",
        "hops",
        "left",
        "manner",
        "post",
        "request",
        "seen",
        "so_far",
        "start",
        "tries",
    )

    def __init__(self, request: Request, asked: Asked, seconds: float) -> None:
        """Begin, with so many seconds for all of it."""
        self.request = request
        self.start = self.asked = asked
        self.post = request.post
        self.left = seconds
        self.header_bytes = 0
        self.hops: tuple[Hop, ...] = ()
        self.seen: set[object] | None = None
        """Where its redirects have been, and with which cookies."""
        self.tries = 0
        """How often this very address was asked."""
        self.handle: Handle | None = None
        """Whose cookies go along, after a redirect."""
        self.manner = USUAL
        self.as_browser = False
        self.so_far: Answer | None = None
        """The answer that stands, if this address cannot be asked once more."""

    @property
    def is_at_home(self) -> bool:
        """Whether it asks whom it asked first, as privately: what was meant for one server is told no other."""
        asked, start = self.asked, self.start
        if asked is start:
            return True
        if asked.host != start.host:
            return False
        first, here = ((place.url.partition(":")[0], place.port) for place in (start, asked))
        return here in (first, ("https", 443)) and first in (here, ("http", 80))
