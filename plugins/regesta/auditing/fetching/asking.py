"""What is said to a server: the lines of a request's header."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.auditing.fetching.under_way import Way

__all__ = ["Asking", "InvalidHeader"]

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_BROWSER_ALSO = (
    "Sec-Fetch-Dest: document",
    "Sec-Fetch-Mode: navigate",
    "Sec-Fetch-Site: none",
    "Upgrade-Insecure-Requests: 1",
)


class InvalidHeader(ValueError):
    """Text that cannot stand in a header."""


class Asking:
    """How a run speaks to servers."""

    def __init__(self, *, user_agent: str, languages: str, tokens: Mapping[str, str]) -> None:
        """Take the name we go by, `Accept-Language`, and bearer tokens by host; raise `InvalidHeader`."""
        for text in (user_agent, languages, *tokens.values()):
            if not _may_stand(text):
                raise InvalidHeader(f"Not to be sent in a header (expected printable ASCII): {text!r}")
        self._languages, self._tokens = languages, tokens
        self._plain = self._lines(user_agent)
        self._browser = [*self._lines(_BROWSER), *_BROWSER_ALSO]

    def lines(self, way: Way) -> list[str]:
        """Give the lines for the address that a way has come to. The list is shared: it is not to be changed."""
        known = self._browser if way.as_browser else self._plain
        if not (way.request.headers or self._tokens):
            return known
        # Whoever answers behind a bad certificate may be anybody.
        if not (way.is_at_home and way.manner.verify):
            return known
        lines = [f"{name}: {value}" for name, value in way.request.headers]
        token = self._tokens.get(way.asked.host)
        if token and way.asked.url.startswith("https:"):
            lines.append(f"Authorization: Bearer {token}")
        # An ETag that a server once sent may hold anything.
        return [*known, *filter(_may_stand, lines)]

    def _lines(self, agent: str) -> list[str]:
        return [f"User-Agent: {agent}", f"Accept: {_ACCEPT}", f"Accept-Language: {self._languages}"]


def _may_stand(text: str) -> bool:
    return text.isascii() and text.isprintable()
