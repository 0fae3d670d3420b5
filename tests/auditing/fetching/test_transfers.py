"""The sockets under the transfers."""

from __future__ import annotations

import select
import threading
import time
from typing import TYPE_CHECKING

import pytest
from tests.auditing.visits import a_fetcher, visit

from regesta.auditing.fetching import sockets
from regesta.auditing.fetching.fetcher import NoCertificates
from regesta.auditing.fetching.transfers import Transfers

if TYPE_CHECKING:
    from tests.auditing.fault_server import FaultServer


def test_where_there_is_no_epoll_poll_will_do(fault_server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything works as before."""
    monkeypatch.setattr(sockets, "_HAS_EPOLL", False)
    monkeypatch.delattr(select, "epoll", raising=False)
    answers = visit(*(fault_server.url(f"/200/{number}") for number in range(50)), fault_server.url("/chain-5"))
    assert {answer.status for answer in answers} == {200}


def test_a_wait_ends_when_somebody_wakes_it() -> None:
    """From another thread, and not before; after the end nobody is woken, and nothing is written anywhere."""
    transfers = Transfers()
    start = time.monotonic()
    threading.Timer(0.1, transfers.wake).start()
    transfers.wait(5, lambda *_: None)
    assert 0.05 < time.monotonic() - start < 1
    for _ in range(100_000):
        transfers.wake()  # a pipe that is full does not hold anybody up
    transfers.close()
    transfers.wake()
    transfers.close()


@pytest.mark.parametrize("name", ["", "/nowhere/certificates.pem"])
def test_a_run_without_certificates_does_not_begin(name: str) -> None:
    """Otherwise every https link would be called unreachable."""
    with pytest.raises(NoCertificates, match="SSL_CERT_FILE"):
        a_fetcher(certificates=name)
