"""An audit that is killed, ended by a signal, or out of room: nothing seen is lost, and the record is whole."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.auditing.audited import Archive
from tests.auditing.fault_server import HOSTS

from regesta.auditing.settings import AuditSettings
from regesta.cli.auditing.visits import AuditVisits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.auditing.conftest import Running
    from tests.auditing.fault_server import FaultServer

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")

NOW = ("--now", "2026-03-01", "--timeout", "5", "--host-rate", "12/s")


def links(server: FaultServer) -> list[str]:
    """Give 120 links, some of which are slow, dead or odd."""
    paths = ["200", "200", "404", "slow", "403", "200", "410", "anchor#present", "to-home", "slow"]
    return [
        server.url(f"/{path.partition('#')[0]}/{number}", host) + path[path.find("#") :] * ("#" in path)
        for host in HOSTS
        for number, path in enumerate(paths + paths[:5])
    ]


def asked(server: FaultServer) -> Counter[str]:
    """Count the links that were asked for, and not what was asked beside them."""
    paths = [f"{seen.host}{seen.path}" for seen in server.tally.requests]
    return Counter(path for path in paths if path.count("/") == 2 and path.rpartition("/")[2].isdigit())


def unbroken(folder: Path, server: FaultServer) -> tuple[bytes, float]:
    """Give the ledger of a run that nothing breaks, and how long it takes."""
    archive = Archive(folder)
    archive.write(links(server))
    begun = time.monotonic()
    assert archive.run(*NOW).status == 0
    return archive.ledger.read_bytes(), time.monotonic() - begun


@pytest.mark.parametrize("seed", range(20))
def test_a_run_that_is_killed_is_taken_up(
    tmp_path: Path, seed: int, fault_server: FaultServer, whole_run: tuple[bytes, float]
) -> None:
    """The next run gives the ledger of an unbroken one; only what was seen in the last half second is asked again."""
    expected, seconds = whole_run
    archive = Archive(tmp_path)
    archive.write(links(fault_server))
    process = archive.start("--no-mementos", *NOW, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    moment = random.Random(seed).uniform(0.2, 1.0)  # noqa: S311 - the same moments every time
    time.sleep(moment * seconds)
    killed = time.monotonic()
    process.kill()
    process.wait()
    assert not archive.ledger.exists() or archive.ledger.read_bytes() == expected
    before = list(fault_server.tally.requests)
    assert archive.run(*NOW).status == 0
    assert archive.ledger.read_bytes() == expected
    twice = {path for path, number in asked(fault_server).items() if number > 1}
    last = {f"{seen.host}{seen.path}" for seen in before if killed - seen.at < 1.2}
    assert twice <= last
    assert len(asked(fault_server)) == 120


@pytest.fixture(scope="module")
def whole_run(tmp_path_factory: pytest.TempPathFactory, running_fault_server: Running) -> tuple[bytes, float]:
    """Run it once as it should be."""
    return unbroken(tmp_path_factory.mktemp("whole"), running_fault_server.server)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_run_in_good_order(
    archive: Archive, fault_server: FaultServer, number: int, status: int
) -> None:
    """What was seen is on record, the report is written, and the exit status says which signal it was."""
    urls = [fault_server.url(f"/slow/{one}") for one in range(100)]
    archive.write(urls)
    process = archive.start("--no-mementos", "--host-connections", "2", "--output-format", "json")
    wait_for(fault_server, 12)
    process.send_signal(number)
    begun = time.monotonic()
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - begun < 4
    assert process.returncode == status, err
    assert "links that are due were not visited: the run was ended by a signal" in err
    assert out.startswith('{"version": 1')
    assert 8 <= len(archive.records) <= 20
    fault_server.reset()
    archive.run("--host-rate", "no limit", "--host-connections", "50")
    assert set(archive.records) == set(urls)


def test_a_second_signal_ends_at_once(archive: Archive, fault_server: FaultServer) -> None:
    """A person who presses Ctrl-C twice does not want to wait for a server that never answers."""
    archive.write([fault_server.url(f"/hang/{one}", HOSTS[one]) for one in range(4)])
    process = archive.start("--no-mementos", "--timeout", "60")
    wait_for(fault_server, 4)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert process.poll() is None
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert time.monotonic() - begun < 1
    assert process.returncode == 130


def test_a_signal_before_the_first_visit_is_one_too(tmp_path: Path) -> None:
    """While briefs are still being read, nothing is written and the exit status is the same."""
    archive = Archive(tmp_path)
    for number in range(3000):
        archive.write([f"http://127.8.0.1:81/{number}"], f"2020-09-09-brief-{number}")
    for wait in (0.9, 0.7, 0.5, 0.4, 0.3):
        process = archive.start("--no-mementos")
        time.sleep(wait)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        if not archive.ledger.exists():
            break
        archive.ledger.unlink()  # it was through already: this machine is fast
    assert process.returncode == 130
    assert "Traceback" not in err
    assert not archive.ledger.exists()


def test_a_signal_wakes_whoever_waits_for_an_archive(authority: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A web archive may want a pause of a minute; whoever ends the run does not."""
    monkeypatch.setenv("SSL_CERT_FILE", os.fspath(authority))
    with AuditVisits(AuditSettings(), today=date(2026, 3, 1), contact="", seconds=None) as going, going.on_signals():
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
        begun = time.monotonic()
        going.sleep(60)
        assert time.monotonic() - begun < 10
        assert (going.signal, going.seconds_left) == (signal.SIGTERM, 0)


def wait_for(server: FaultServer, number: int) -> None:
    """Wait until so many requests have come."""
    until = time.monotonic() + 30
    while len(server.tally.requests) < number and time.monotonic() < until:
        time.sleep(0.01)


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk that is small; skip where none can be made."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "false", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run([shutil.which("umount") or "umount", place], check=True)


@pytest.mark.parametrize("room", [0, 20, 60, 120])
def test_a_full_disk_is_an_error_and_the_old_record_stays(full: Path, fault_server: FaultServer, room: int) -> None:
    """With so many kilobytes left: exit status 2, one line of why, and not a byte of the ledger is another."""
    archive = Archive(full)
    archive.write([fault_server.url("/200")])
    archive.run("--now", "2026-03-01")
    before = archive.ledger.read_bytes()
    archive.write([fault_server.url(f"/200/{one}/{'x' * 900}", HOSTS[one % 8]) for one in range(150)])
    fill(full, room)
    ran = archive.run("--now", "2026-03-02", "--host-rate", "no limit")
    assert ran.status == 2
    assert "No space left" in ran.err or "disk has room" in ran.err
    assert ran.err.count("\n") == 1
    assert archive.ledger.read_bytes() == before
    (full / "filler").unlink()
    assert archive.run("--now", "2026-03-02", "--host-rate", "no limit").status == 0
    assert len(archive.records) == 151


def fill(place: Path, room: int) -> None:
    """Leave so many kilobytes free."""
    free = shutil.disk_usage(place).free
    with (place / "filler").open("wb") as file:
        file.write(bytes(max(0, free - room * 1024)))


@pytest.mark.parametrize("kilobytes", [8, 30])
def test_a_limit_on_the_size_of_files_is_an_error(archive: Archive, fault_server: FaultServer, kilobytes: int) -> None:
    """The old ledger stays, and no half of a new one is left behind."""
    archive.write([fault_server.url("/200")])
    archive.run("--now", "2026-03-01")
    before = archive.ledger.read_bytes()
    archive.write([fault_server.url(f"/200/{one}/{'x' * 900}", HOSTS[one % 8]) for one in range(60)])

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    ran = archive.run("--now", "2026-03-02", preexec_fn=limit)
    assert ran.status == 2, (ran.out, ran.err)
    assert archive.ledger.read_bytes() == before
    assert [path for path in archive.tree() if "tmp" in path.lower()] == []
