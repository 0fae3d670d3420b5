"""Every fault of the fault server, visited for real by the real fetcher: what the audit says of it is true."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.auditing.certificates import TLS_FAULTS
from tests.auditing.fault_names import look_up_fault
from tests.auditing.fault_server import ALLOWED
from tests.auditing.faults import FAULTS

from regesta.auditing.fetching.addresses import AddressPolicy
from regesta.auditing.fetching.fetcher import CurlFetcher
from regesta.auditing.fetching.host_rules import HostRule, HostRules
from regesta.auditing.fetching.options import FetchOptions
from regesta.auditing.fetching.resolving import Resolver
from regesta.auditing.visiting import Target, Visit, visit_all
from regesta.model.urls import Url, parse_url
from regesta.model.verdicts import Failure, Verdict

if TYPE_CHECKING:
    from tests.auditing.conftest import Running
    from tests.auditing.fault_server import Tally

NAMES = {
    "h1.test": Verdict.LIVE,
    "both.test": Verdict.LIVE,
    "gone.test": Verdict.DEAD,
    "no-address.test": Verdict.DEAD,
    "trouble.test": Verdict.UNREACHABLE,
    "fails.test": Verdict.UNREACHABLE,
    "a.hang.test": Verdict.UNREACHABLE,
    "canary.test": Verdict.REFUSED,
    "canary6.test": Verdict.REFUSED,
    "private.test": Verdict.REFUSED,
    "metadata.test": Verdict.REFUSED,
    "mapped.test": Verdict.REFUSED,
}
"""What a link to a name amounts to."""


class Seen(NamedTuple):
    """What one run over everything has seen."""

    visits: dict[str, Visit]
    """By the path of a fault, what is wrong with a certificate, or a name."""
    tally: Tally


@pytest.fixture(scope="module")
def seen(running_fault_server: Running) -> Seen:
    """Visit every fault in one run, each at a host of its own, as the audit does."""
    server = running_fault_server.server
    server.reset()
    links = {fault.path: f"{server.own_url(fault.path + '/page')}#{fault.fragment}" for fault in FAULTS.values()}
    links |= {kind: server.tls_url(fault.host, "/200/page") for kind, fault in TLS_FAULTS.items()}
    links |= {name: server.url("/200/page", name) for name in NAMES}
    targets = {}
    for key, link in links.items():
        asked = parse_url(link.removesuffix("#"))
        assert asked
        targets[Target(Url(asked.partition("#")[0]), (asked,))] = key
    rules = HostRules(default=HostRule(connections=8, interval=0.0, timeout=6.0))
    fetcher = CurlFetcher(
        FetchOptions(str(running_fault_server.authority)),
        policy=AddressPolicy(allow=(ALLOWED,)),
        rules=rules,
        resolver=Resolver(look_up=look_up_fault, deadline=1.0),
    )
    visits = visit_all(targets, fetcher=fetcher, rules=rules, today=date(2026, 1, 1))
    found = {targets[visit.target]: visit for visit in visits}
    fetcher.close()
    return Seen(found, server.tally)


@pytest.mark.parametrize("path", FAULTS)
def test_what_is_said_of_a_fault_is_true(seen: Seen, path: str) -> None:
    """One visit to a fault says of it what an honest audit may say, in words and without what a terminal would obey."""
    (observation,) = seen.visits[path].observations
    assert observation.says in FAULTS[path].truth, observation
    assert observation.reason.isprintable()
    assert observation.final_url.isprintable()


@pytest.mark.parametrize("kind", TLS_FAULTS)
def test_what_is_said_of_a_certificate_is_true(seen: Seen, kind: str) -> None:
    """One visit by TLS says what is wrong with the certificate, and nothing of rot."""
    (observation,) = seen.visits[kind].observations
    assert observation.says in TLS_FAULTS[kind].truth, observation
    failures = {
        "expired": Failure.EXPIRED,
        "self-signed": Failure.UNTRUSTED,
        "another host's": Failure.WRONG_HOST,
        "intermediate missing": Failure.UNTRUSTED,
    }
    assert observation.failure == failures.get(kind, observation.failure)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_of_a_name_is_true(seen: Seen, name: str) -> None:
    """A name that does not exist is dead, one without an answer is out of reach, one that leads inside is refused."""
    (observation,) = seen.visits[name].observations
    assert observation.says is NAMES[name], observation


def test_nobody_was_led_astray(seen: Seen) -> None:
    """In all of this nobody reached the canary, by whichever way it was offered."""
    assert seen.tally.canary == 0


def test_no_fault_cost_much(seen: Seen) -> None:
    """No endless body took more than what lies in buffers on the way, no redirect was followed for ever."""
    unread = {path: sent for path, sent in seen.tally.sent.items() if sent > 16 << 20}
    assert unread == {}
    hosts = [request.host for request in seen.tally.requests]
    assert max(hosts.count(host) for host in set(hosts)) <= 30


def test_nothing_was_left_out(seen: Seen) -> None:
    """Each link was judged."""
    assert seen.visits.keys() == FAULTS.keys() | TLS_FAULTS.keys() | NAMES.keys()
