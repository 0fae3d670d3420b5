"""A real web archive on loopback: pywb, filled from WARC files."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.auditing.mementos.captured import CAPTURED, KEPT_BACK

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent


def free_port() -> int:
    """Give a port that nobody uses."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(folder: Path, binaries: Path, *options: str) -> Iterator[str]:
    """Run pywb over the collections of a folder; give its address."""
    port = free_port()
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries / "python", HERE / "run_pywb.py", "-b", "127.0.0.1", "-p", str(port), *options],
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}/"
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "pywb has ended; its last words are in the file 'log' of its folder"
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("pywb has not come up within 30 seconds")


@pytest.fixture(scope="session")
def pywb_binaries() -> Path:
    """Give the folder that holds pywb's programs; scripts/test makes it."""
    named = os.environ.get("REGESTA_PYWB")
    if not named:
        pytest.skip("REGESTA_PYWB names no environment with pywb; scripts/test makes one")
    return Path(named)


@pytest.fixture(scope="session")
def archive(pywb_binaries: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Fill a collection with what was captured, serve it, and give its address."""
    folder = tmp_path_factory.mktemp("archive")

    def run(*command: str | Path, given: str | None = None) -> None:
        subprocess.run(command, cwd=folder, input=given, text=True, check=True, capture_output=True)

    run(pywb_binaries / "wb-manager", "init", "copies")
    run(pywb_binaries / "python", HERE / "write_warc.py", "copies.warc.gz", given=json.dumps(CAPTURED))
    run(pywb_binaries / "wb-manager", "add", "copies", "copies.warc.gz")
    run(pywb_binaries / "wb-manager", "acl", "add", "copies", KEPT_BACK, "block")
    with running(folder, pywb_binaries) as address:
        yield f"{address}copies/"
