"""What tests of the audit share: a server that behaves as badly as the web does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.auditing.audited import Archive
from tests.auditing.fault_server import FaultServer
from tests.auditing.faults import answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Running(NamedTuple):
    """The server, and the file with the authority that a client of it must trust."""

    server: FaultServer
    authority: Path


@pytest.fixture(scope="session")
def running_fault_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Start the fault server once; tests ask for `fault_server`."""
    from tests.auditing.certificates import write_certificates  # noqa: PLC0415 - most runs of single tests need no TLS

    authority = tmp_path_factory.mktemp("authority") / "authority.pem"
    with FaultServer(answer, write_certificates(authority)) as server:
        yield Running(server, authority)


@pytest.fixture
def fault_server(running_fault_server: Running) -> FaultServer:
    """Give the fault server as if nobody had asked it anything yet."""
    running_fault_server.server.reset()
    return running_fault_server.server


@pytest.fixture
def authority(running_fault_server: Running) -> Path:
    """Give the file with the authority that vouches for the fault server's good certificate."""
    return running_fault_server.authority


@pytest.fixture
def archive(tmp_path: Path, authority: Path) -> Archive:
    """Make an empty archive that trusts the fault server's certificates."""
    (tmp_path / "briefs_src/briefs").mkdir(parents=True)
    made = Archive(tmp_path, {"SSL_CERT_FILE": os.fspath(authority)})
    made.configure({})
    return made
