"""What stands about hosts is told in `test_fetching_addresses.py`; here is what libcurl is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from regesta.auditing.fetching.addresses import AddressPolicy
from regesta.auditing.fetching.host_rules import HostRule, HostRules
from regesta.auditing.fetching.names import Names
from regesta.auditing.fetching.redirects import Asked, split_address
from regesta.auditing.fetching.resolving import Resolver
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from regesta.auditing.fetching.queues import HostQueue


def some_names(hosts: dict[str, HostQueue], **more: object) -> Names:
    """Make the names of a run that looks nothing up."""
    made = {
        "policy": AddressPolicy(),
        "rules": HostRules(named={"skipped.example": HostRule(skip=True)}),
        "resolver": Resolver(look_up=lambda _: ("192.0.9.9", "2606:4700::1")),
        "proxy": None,
        **more,
    }
    return Names(hosts, **made)  # type: ignore[arg-type]


def asked(url: str) -> Asked:
    """Read an address that is in order."""
    found = split_address(url)
    assert isinstance(found, Asked)
    return found


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://ferry.example/", "ferry.example:80:192.0.9.9,[2606:4700::1]"),
        ("https://ferry.example:8443/", "ferry.example:8443:192.0.9.9,[2606:4700::1]"),
        ("https://ferry.example./", "ferry.example.:443:192.0.9.9,[2606:4700::1]"),
        ("http://8.8.8.8/", "8.8.8.8:80:8.8.8.8"),
        ("http://[2606:4700::2]/", "[2606:4700::2]:80:[2606:4700::2]"),
    ],
)
def test_libcurl_is_told_every_address(url: str, told: str) -> None:
    """A name with all that it leads to, with and without its last dot, and an address as itself, each with the port."""
    names = some_names({})
    host = names.host(asked(url))
    while not host.is_resolved:
        list(names.found())
    assert names.known_as(asked(url), host) == told
    names.note_told(asked(url), host)
    assert names.known_as(asked(url), host) == ""
    assert names.known_as(asked(url)._replace(port=81), host)


def test_a_last_dot_makes_no_other_host() -> None:
    """One host with and without its last dot has one queue, and so one pace."""
    names = some_names({})
    assert names.host(asked("http://ferry.example./")) is names.host(asked("https://ferry.example/a"))


@pytest.mark.parametrize(
    ("url", "failure"), [("http://www.skipped.example/", Failure.POLICY), ("http://10.0.0.1/", Failure.PRIVATE)]
)
def test_what_is_not_asked_is_not_looked_up(url: str, failure: Failure) -> None:
    """A host that is skipped or private is closed at once."""
    host = some_names({}).host(asked(url))
    assert (host.closed, host.failure) == (True, failure)


def test_libcurl_is_not_told_of_private_addresses() -> None:
    """Of a name that leads to both, it knows the public ones alone."""
    names = some_names({}, resolver=Resolver(look_up=lambda _: ("::1", "8.8.8.8", "10.0.0.1")))
    place = asked("http://ferry.example/")
    host = names.host(place)
    while not host.is_resolved:
        list(names.found())
    assert names.known_as(place, host) == "ferry.example:80:8.8.8.8"
