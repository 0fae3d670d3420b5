"""How a run asks, whoever it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FetchOptions"]


class FetchOptions(NamedTuple):
    """How a run asks."""

    certificates: str
    """The file of certificates that are trusted."""
    user_agent: str = "regesta"
    languages: str = "en"
    """As `Accept-Language` has them."""
    at_once: int = 256
    """Requests under way at most, to all hosts together."""
    body_limit: int = 128 * 1024
    """Bytes of a page that are read."""
    tokens: Mapping[str, str] = {}
    """Bearer tokens by host."""
    proxy: str = ""
    """`http://proxy.example:3128`, with credentials if it wants some. The proxy then looks up the names of links and
    connects to them: we can judge only hosts that are addresses themselves, or whose name is of one network alone.
    What a name leads to is for the proxy to refuse. Its own address may be a private one. Variables of the environment
    never choose a proxy."""
