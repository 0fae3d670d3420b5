"""Which addresses may be visited."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.auditing.fetching.addresses import BAD_PORTS, AddressPolicy, InvalidNetwork

PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0
172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255
168.63.129.15 168.63.129.17 2606:4700::1111 2a00:1450:4001::1 2001:200:: 3ffe::1 64:ff9b::8.8.8.8 ::ffff:8.8.8.8
2002:808:808::1
""".split()

NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255 169.254.169.254
172.16.0.0 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.0 192.168.255.255 198.18.0.0
198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 168.63.129.16
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b:1::1
64:ff9b:1::808:808 100::1 fc00::1 fd00::1 fe80::1 fe80::1%eth0 2606:4700::1111%1 fec0::1 ff02::1 2002:7f00:1::
2002:a00:1::1 2002:a9fe:a9fe:: 2001:: 2001:db8::1 2001:2::1 2001:10::1 2001:20::1 3fff::1 4000::1 5f00::1 e000::1
""".split()


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_visited(address: str) -> None:
    """Whatever is given out to the public is visited, up to the edge of what is not."""
    assert AddressPolicy().why_refused(address) == ""


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_other_addresses_may_not(address: str) -> None:
    """Private, reserved and special addresses are refused, and IPv4 in the clothes of IPv6 is judged as IPv4."""
    assert address in AddressPolicy().why_refused(address)


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.1", "0x7f000001", "1.2.3.4.5", "[", "::g", "1.2.3.4/8", "１.1.1.1"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    """Only an address in its plain form is understood; the rest is refused, whatever it might mean to others."""
    assert AddressPolicy().why_refused(text)


@pytest.mark.parametrize(
    ("allow", "deny", "address", "may"),
    [
        (["10.1.0.0/16"], [], "10.1.2.3", True),
        (["10.1.0.0/16"], [], "10.2.2.3", False),
        (["10.1.0.0/16"], [], "::ffff:10.1.2.3", True),
        (["10.1.0.0/16"], ["10.1.2.0/24"], "10.1.2.3", False),
        (["::/0", "0.0.0.0/0"], ["169.254.0.0/16"], "::ffff:169.254.169.254", False),
        ([], ["8.8.0.0/16"], "8.8.8.8", False),
        ([], ["8.8.0.0/16"], "64:ff9b::8.8.8.8", False),
        ([], ["8.8.0.0/16"], "2002:808:808::1", False),
        # Teredo: the server 8.8.8.8, the client 10.1.2.3.
        (["::/0"], ["10.0.0.0/8"], "2001:0:808:808::f5fe:fdfc", False),
        (["::/0"], ["8.8.0.0/16"], "2001:0:808:808::f5fe:fdfc", False),
        (["fe80::/10"], [], "fe80::1%eth0", False),
        (["127.0.0.1"], [], "127.0.0.1", True),
        (["127.0.0.1/8"], [], "127.9.9.9", True),
    ],
)
def test_networks_are_opened_and_closed(allow: list[str], deny: list[str], address: str, *, may: bool) -> None:
    """What is allowed is opened in every spelling, and what is denied is closed whatever is allowed."""
    assert (AddressPolicy(allow, deny).why_refused(address) == "") is may


@pytest.mark.parametrize("text", ["10.0.0.0/33", "ten", "", "10.0.0.0/8/8"])
def test_a_bad_network_is_told(text: str) -> None:
    """What is no network is quoted, with an example of one."""
    with pytest.raises(InvalidNetwork, match="expected CIDR notation") as error:
        AddressPolicy(allow=[text])
    assert repr(text) in str(error.value)


# From the IANA registry of special-purpose addresses, by hand, and not from the module.
PRIVATE = [
    ip_network(text)
    for text in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 "
        "198.18.0.0/15 224.0.0.0/4 240.0.0.0/4"
    ).split()
]


@st.composite
def private_addresses(draw: st.DrawFn) -> IPv4Address:
    """Draw an address of a private network."""
    network = draw(st.sampled_from(PRIVATE))
    return IPv4Address(int(network.network_address) + draw(st.integers(0, network.num_addresses - 1)))


SPELLINGS = {
    "plain": str,
    "mapped": lambda address: f"::ffff:{address}",
    "mapped, in hexadecimal": lambda address: f"0:0:0:0:0:FFFF:{int(address) >> 16:x}:{int(address) & 0xFFFF:x}",
    "in brackets": lambda address: f"[::ffff:{address}]",
    "compatible": lambda address: f"::{address}",
    "NAT64": lambda address: f"64:ff9b::{address}",
    "local NAT64": lambda address: f"64:ff9b:1::{address}",
    "6to4": lambda address: str(IPv6Address((0x2002 << 112) | (int(address) << 80) | 1)),
    "Teredo server": lambda address: str(IPv6Address((0x20010000 << 96) | (int(address) << 64) | 0xF7F7F7F7)),
    "Teredo client": lambda address: str(
        IPv6Address((0x20010000 << 96) | (0x08080808 << 64) | (int(address) ^ 0xFFFFFFFF))
    ),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@given(address=private_addresses())
def test_no_private_address_is_ever_allowed(spelling: str, address: IPv4Address) -> None:
    """No address of a private network is visited by default, in whatever spelling it comes."""
    assert AddressPolicy().why_refused(SPELLINGS[spelling](address))


@given(st.ip_addresses(v=6))
def test_of_ipv6_only_what_is_given_out_is_visited(address: IPv6Address) -> None:
    """What lies outside 2000::/3 is visited only where a public IPv4 address stands in it."""
    if not AddressPolicy().why_refused(str(address)):
        assert address in ip_network("2000::/3") or address.ipv4_mapped or address in ip_network("64:ff9b::/96")


@pytest.mark.parametrize("port", [1, 7, 22, 25, 53, 110, 143, 465, 587, 993, 6000, 6667, 10080])
def test_ports_of_other_services_are_known(port: int) -> None:
    """Mail, login, names and chat are not the web."""
    assert port in BAD_PORTS


def test_ports_of_the_web_are_not_bad() -> None:
    """What the web is served on is asked."""
    assert BAD_PORTS.isdisjoint({80, 443, 8000, 8080, 8443, 3000, 5000})
