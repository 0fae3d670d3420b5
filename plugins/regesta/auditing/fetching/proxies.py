"""The proxy that somebody has asked for: it then does what we do ourselves otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from ada_url import URL

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["InvalidProxy", "Proxy", "find_proxy"]


class InvalidProxy(ValueError):
    """A proxy that cannot be used."""


class Proxy(NamedTuple):
    """An HTTP proxy. It resolves the names of links and connects to them; we connect to it alone."""

    url: str
    """Without credentials."""
    known_as: str
    """`host:port:addresses`, as libcurl takes it."""
    addresses: frozenset[str]
    """Its own: the only ones that may be connected to."""
    credentials: tuple[str, str] | None

    def why_refused(self, address: str) -> str:
        """Say why an address is not connected to; empty for those of the proxy.

        >>> find_proxy("http://10.0.0.9:3128", look_up=lambda host: (host,)).why_refused("10.0.0.1")
        "'10.0.0.1' is not the proxy"
        """
        return "" if address in self.addresses else f"{address!r} is not the proxy"


def find_proxy(text: str, *, look_up: Callable[[str], tuple[str, ...]]) -> Proxy:
    """Read the address of a proxy and look its name up; raise `InvalidProxy`.

    >>> find_proxy("http://me:s%20t@proxy.example:3128", look_up=lambda host: ("10.0.0.9",)).credentials
    ('me', 's t')
    """
    try:
        url = URL(text)
    except ValueError as error:
        raise InvalidProxy(_message(text)) from error
    if url.protocol != "http:" or url.pathname not in {"", "/"} or url.search or url.hash:
        raise InvalidProxy(_message(text))
    host, port = url.hostname, url.port or "80"
    bare = host.strip("[]")
    if host.startswith("[") or bare.replace(".", "").isdigit():
        addresses: tuple[str, ...] = (bare,)
    else:
        try:
            addresses = look_up(host)
        except OSError as error:
            raise InvalidProxy(f"The proxy {host!r} was not found: {error}") from error
    if not addresses:
        raise InvalidProxy(f"The proxy {host!r} has no address")
    joined = ",".join(f"[{address}]" if ":" in address else address for address in addresses)
    credentials = (unquote(url.username), unquote(url.password)) if url.username or url.password else None
    return Proxy(f"http://{host}:{port}", f"{host}:{port}:{joined}", frozenset(addresses), credentials)


def _message(text: str) -> str:
    return f"Not a proxy (expected one such as http://proxy.example:3128): {text!r}"
