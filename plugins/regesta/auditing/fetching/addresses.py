"""Which network addresses may be visited: public ones, and those that somebody has allowed."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BAD_PORTS", "AddressPolicy", "InvalidNetwork"]

_Address: TypeAlias = "IPv4Address | IPv6Address"

# The IANA registries of special-purpose addresses (RFC 6890 and its updates) and RFC 5771, in our own list:
# Python's `is_global` calls multicast, IPv4 inside IPv6, and some clouds' inner addresses global.
_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3", "168.63.129.16/32",
    )
)  # fmt: skip
_UNICAST_6 = IPv6Network("2000::/3")
"""All that is given out of IPv6 so far (RFC 4291, 2.4)."""
_NOT_PUBLIC_6 = tuple(IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "3fff::/20"))
_TRANSLATED = IPv6Network("64:ff9b::/96")

BAD_PORTS = frozenset({
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
})  # fmt: skip
"""Ports that browsers never ask, since something else than the web listens there (the Fetch standard, 2.9)."""


class InvalidNetwork(ValueError):
    """No network in CIDR notation."""


class AddressPolicy:
    """Says of each address whether it may be visited. One policy rules one run."""

    def __init__(self, allow: Iterable[str] = (), deny: Iterable[str] = ()) -> None:
        """Take networks in CIDR notation; raise `InvalidNetwork`. What is denied is never visited."""
        self.allow, self.deny = _networks(allow), _networks(deny)
        self._known: dict[str, str] = {}

    def why_refused(self, address: str) -> str:
        """Say why an address is not visited; empty where it may be.

        >>> AddressPolicy().why_refused("::ffff:127.0.0.1")
        "'::ffff:127.0.0.1' is in a private or reserved network"
        >>> AddressPolicy(allow=["127.0.0.0/8"]).why_refused("127.0.0.1")
        ''
        """
        known = self._known.get(address)
        if known is None:
            known = self._known[address] = self._judge(address)
        return known

    def _judge(self, text: str) -> str:
        try:
            written: _Address = ip_address(text.strip("[]"))
        except ValueError:
            return f"{text!r} is no address"
        if isinstance(written, IPv6Address) and written.scope_id:
            return f"{text!r} is of one network only"
        inner = _inner(written)
        meant = {written, *inner}
        if any(address in network for address in meant for network in self.deny):
            return f"{text!r} is in a network that is denied"
        if any(address in network for address in meant for network in self.allow):
            return ""
        if all(map(_is_public, inner or (written,))):
            return ""
        return f"{text!r} is in a private or reserved network"


def _inner(address: _Address) -> tuple[_Address, ...]:
    """Give the IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return ()
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address in _TRANSLATED:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    if address.sixtofour:
        return (address.sixtofour,)
    return address.teredo or ()


def _is_public(address: _Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    return address in _UNICAST_6 and not any(address in network for network in _NOT_PUBLIC_6)


def _networks(written: Iterable[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    found = []
    for text in written:
        try:
            found.append(ip_network(text, strict=False))
        except ValueError as error:
            raise InvalidNetwork(f"Not a network (expected CIDR notation, such as 10.1.0.0/16): {text!r}") from error
    return tuple(found)
