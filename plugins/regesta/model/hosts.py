"""What can be said of a host from its name alone."""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from ada_url import idna_to_unicode

__all__ = ["is_private_host", "mixed_scripts", "why_impossible"]

_LONGEST_NAME, _LONGEST_LABEL = 253, 63
"""RFC 1035."""
_FOREIGN = re.compile(r"[^a-z0-9_.-]")


def why_impossible(host: str) -> str | None:
    """Say why no name server can know a host that the WHATWG parser has passed; None where one can.

    >>> why_impossible("ferry,example.org")
    "',' cannot stand in a host"
    >>> why_impossible("a_b.example."), why_impossible("foo-.blog.example")
    (None, None)
    """
    if host.startswith("["):
        return None
    if foreign := _FOREIGN.search(host):
        return f"{foreign[0]!r} cannot stand in a host"
    labels = host.removesuffix(".").split(".")
    if not all(labels):
        return "a dot too many stands in the host"
    if len(host) > _LONGEST_NAME or max(map(len, labels)) > _LONGEST_LABEL:
        return "the host, or a part of it, is longer than any name can be"
    if any(label.startswith("-") or label.endswith("-") for label in labels[-2:]):
        return "no registered name begins or ends with a hyphen"
    return None


_LOCAL = re.compile(
    r"(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)\.?$|^[a-z0-9_-]+\.?$"
)
_PRIVATE_NETWORKS = [
    ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.168.0.0/16", "::/127", "fc00::/7", "fe80::/10", "fec0::/10",
    )
]  # fmt: skip


def is_private_host(host: str) -> bool:
    """Tell whether a host can only be reached from one machine or one network.

    >>> is_private_host("localhost"), is_private_host("10.1.2.3"), is_private_host("[2001:db8::1]")
    (True, True, False)
    """
    if _LOCAL.search(host):
        return True
    if not (host.startswith("[") or host[-1:].isdigit()):
        return False
    try:
        address: IPv4Address | IPv6Address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in _PRIVATE_NETWORKS)


_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
"""Scripts whose letters look like one another's; no language writes two of them in one word."""


def mixed_scripts(host: str) -> str | None:
    """Give a part of a host in which letters of two scripts stand that look alike and that no language mixes.

    >>> mixed_scripts("xn--ferr-y6d.example"), mixed_scripts("xn--e1afmkfd.com")
    ('ferrу', None)
    """
    if "xn--" not in host:
        return None
    for label in idna_to_unicode(host).split("."):
        if label.isascii():
            continue
        scripts = {unicodedata.name(char, "?").split()[0] for char in label if char.isalpha()}
        if len(scripts & _ALIKE) > 1:
            return label
    return None
