"""Certificates for the fault server: a good one, and each kind of bad one. One address has one kind."""

from __future__ import annotations

import ssl
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import trustme
from tests.auditing.fault_server import HOSTS

from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["TLS_FAULTS", "TlsFault", "write_certificates"]


class TlsFault(NamedTuple):
    """What one address does when it is asked by TLS."""

    host: str
    does: str
    truth: tuple[Verdict, ...]


TLS_FAULTS = {
    fault.does: fault
    for fault in (
        TlsFault(HOSTS[0], "good", (Verdict.LIVE,)),
        TlsFault(HOSTS[1], "expired", (Verdict.INSECURE,)),
        TlsFault(HOSTS[2], "self-signed", (Verdict.INSECURE,)),
        TlsFault(HOSTS[3], "another host's", (Verdict.INSECURE,)),
        TlsFault(HOSTS[4], "handshake fails", (Verdict.UNREACHABLE,)),
        TlsFault(HOSTS[5], "plain text", (Verdict.UNREACHABLE,)),
        TlsFault(HOSTS[6], "intermediate missing", (Verdict.INSECURE,)),
        TlsFault(HOSTS[7], "expired, of another authority", (Verdict.INSECURE,)),
    )
}
"""By what is wrong."""

ALERT = b"\x15\x03\x01\x00\x02\x02\x28"
"""A TLS record: fatal, handshake failure."""


def write_certificates(authority_file: Path) -> Mapping[str, ssl.SSLContext | bytes]:
    """Write the authority that clients trust to a file, and give what each address answers TLS with."""
    authority, stranger = trustme.CA(), trustme.CA()
    middle = authority.create_child_ca()
    authority.cert_pem.write_to_path(authority_file)
    past = {"not_before": datetime(2020, 1, 1), "not_after": datetime(2021, 1, 1)}  # noqa: DTZ001 - trustme wants it so
    host = {does: fault.host for does, fault in TLS_FAULTS.items()}
    certificates = {
        host["good"]: authority.issue_cert(host["good"], "localhost"),
        host["expired"]: authority.issue_cert(host["expired"], **past),
        host["self-signed"]: stranger.issue_cert(host["self-signed"]),
        host["another host's"]: authority.issue_cert("another.example"),
        host["expired, of another authority"]: stranger.issue_cert(host["expired, of another authority"], **past),
    }
    answers: dict[str, ssl.SSLContext | bytes] = {}
    for address, certificate in certificates.items():
        answers[address] = _context()
        certificate.configure_cert(answers[address])
    alone = middle.issue_cert(host["intermediate missing"])
    context = answers[host["intermediate missing"]] = _context()
    with alone.private_key_pem.tempfile() as key, alone.cert_chain_pems[0].tempfile() as leaf:
        context.load_cert_chain(leaf, key)
    answers[host["handshake fails"]] = ALERT
    answers[host["plain text"]] = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
    # One port listens at all of them, in their order.
    return {address: answers[address] for address in HOSTS}


def _context() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
