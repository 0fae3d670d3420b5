"""Certificates: each fault by its own name, and what lies behind it is evidence of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.auditing.certificates import TLS_FAULTS
from tests.auditing.visits import a_fetcher, request, visit

from regesta.auditing.fetching.failures import certificate_failure
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from tests.auditing.fault_server import FaultServer

TLS = {
    "good": (200, None),
    "expired": (200, Failure.EXPIRED),
    "self-signed": (200, Failure.UNTRUSTED),
    "another host's": (200, Failure.WRONG_HOST),
    "handshake fails": (0, Failure.TLS),
    "plain text": (0, Failure.TLS),
    "intermediate missing": (200, Failure.UNTRUSTED),
    "expired, of another authority": (200, Failure.UNTRUSTED),
}


@pytest.mark.parametrize("kind", TLS_FAULTS)
def test_each_fault_has_its_name(fault_server: FaultServer, authority: Path, kind: str) -> None:
    """What is wrong with a certificate is told, and the status behind it; a failed handshake is none of it."""
    (answer,) = visit(fault_server.tls_url(TLS_FAULTS[kind].host), certificates=str(authority))
    assert (answer.status, answer.failure) == TLS[kind]


def test_the_first_look_counts(fault_server: FaultServer, authority: Path) -> None:
    """A page that is gone behind a certificate that has expired is behind a certificate that has expired."""
    host = TLS_FAULTS["expired"].host
    gone, led = visit(*(fault_server.tls_url(host, path) for path in ("/404", "/301")), certificates=str(authority))
    assert (gone.status, gone.failure) == (404, Failure.EXPIRED)
    assert "expired" in gone.detail
    assert (led.status, led.failure, led.hops) == (301, Failure.EXPIRED, ())


def test_a_connection_without_trust_is_not_used_again(fault_server: FaultServer, authority: Path) -> None:
    """Each second look has a connection of its own, and after it the certificate is as bad as before."""
    host = TLS_FAULTS["self-signed"].host
    urls = [fault_server.tls_url(host, f"/200/{number}") for number in range(6)]
    answers = visit(*urls, certificates=str(authority), at_once=1)
    assert {(answer.status, answer.failure) for answer in answers} == {(200, Failure.UNTRUSTED)}
    connections = [seen.connection for seen in fault_server.tally.requests]
    assert len(set(connections)) == len(urls)


def test_a_good_connection_is_used_again(fault_server: FaultServer, authority: Path) -> None:
    """Twenty links of one host over TLS need no twenty handshakes, also with bad hosts between them."""
    good, bad = TLS_FAULTS["good"].host, TLS_FAULTS["expired"].host
    urls = [fault_server.tls_url(host, f"/200/{number}") for number in range(10) for host in (good, bad)]
    visit(*urls, certificates=str(authority), at_once=1)
    assert len({seen.connection for seen in fault_server.tally.requests if seen.host == good}) == 1


def test_a_post_is_not_sent_without_trust(fault_server: FaultServer, authority: Path) -> None:
    """There is no second look that would send something to who knows whom."""
    url = fault_server.tls_url(TLS_FAULTS["self-signed"].host)
    (answer,) = visit(request(url, post=b"words"), certificates=str(authority))
    assert (answer.status, answer.failure) == (0, Failure.UNTRUSTED)
    assert fault_server.tally.requests == []


def test_a_redirect_to_a_bad_certificate_is_told(fault_server: FaultServer, authority: Path) -> None:
    """The hops before it are kept."""
    from tests.auditing.fault_server import FaultServer as Server  # noqa: PLC0415 - one more of them

    async def leads(exchange: object) -> None:
        await exchange.redirect(fault_server.tls_url(TLS_FAULTS["expired"].host))  # type: ignore[attr-defined]

    with Server(leads) as server:
        (answer,) = visit(server.own_url("/leads"), certificates=str(authority))
    assert (answer.status, answer.failure, len(answer.hops)) == (200, Failure.EXPIRED, 1)


def test_stopping_between_two_looks_keeps_the_first(fault_server: FaultServer, authority: Path) -> None:
    """A link that was stopped before its second look is insecure, not put off."""
    urls = [fault_server.tls_url(TLS_FAULTS[kind].host) for kind in ("good", "expired", "self-signed")]
    with a_fetcher(certificates=str(authority)) as fetcher:
        failures = set()
        for answer in fetcher.fetch([request(url) for url in urls]):
            failures.add(answer.failure)
            fetcher.stop()
    assert failures <= {None, Failure.EXPIRED, Failure.UNTRUSTED}


@pytest.mark.parametrize(
    ("result", "message", "failure"),
    [
        (10, "certificate has expired", Failure.EXPIRED),
        (9, "certificate is not yet valid", Failure.EXPIRED),
        (18, "self-signed certificate", Failure.UNTRUSTED),
        (19, "self-signed certificate in certificate chain", Failure.UNTRUSTED),
        (20, "unable to get local issuer certificate", Failure.UNTRUSTED),
        (62, "SSL: no alternative certificate subject name matches target host name 'a'", Failure.WRONG_HOST),
        (1, "SSL: no alternative certificate subject name matches target IPv4 address", Failure.WRONG_HOST),
        (64, "SSL: no alternative certificate subject name matches target IPv4 address", Failure.WRONG_HOST),
        (0, "SSL: certificate subject name 'b' does not match target host name 'a'", Failure.WRONG_HOST),
        (0, "something else", Failure.UNTRUSTED),
    ],
)
def test_openssl_is_understood(result: int, message: str, failure: Failure) -> None:
    """Each figure of OpenSSL that matters has its meaning; all others mean that nobody vouches for it."""
    assert certificate_failure(result, message) is failure
