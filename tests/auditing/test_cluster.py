"""Visits on the machines of a Dask cluster come to the same record, whatever happens to the machines."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.auditing.audited import Archive
from tests.auditing.fault_server import HOSTS

from regesta.auditing.cluster import batches_of
from regesta.auditing.fetching.host_rules import HostRule
from regesta.auditing.orders import (
    Orders,
    pack_orders,
    pack_targets,
    pack_visits,
    unpack_orders,
    unpack_targets,
    unpack_visits,
)
from regesta.auditing.visiting import Target, Visit
from regesta.model.urls import Url, host_of
from regesta.model.verdicts import Failure, Observation, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.auditing.fault_server import FaultServer

DAY = date(2026, 3, 1)
ORDERS = Orders(
    user_agent="regesta",
    languages="en",
    allow=("127.8.0.0/16",),
    deny=(),
    at_once=7,
    all_hosts=HostRule(),
    hosts={"a.example": HostRule(skip=True, treat_as={403: Verdict.LIVE})},
    today=DAY,
    vantage="ci",
    ends=1.8e9,
)
NOW = ("--now", "2026-03-01")


# Batches.


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 99)), max_size=300), st.integers(1, 50))
def test_a_host_lies_in_one_batch(links: list[tuple[int, int]], size: int) -> None:
    """No link is lost or doubled, no host parted, no batch empty, and the batches are the same every time."""
    targets = [Target(url, (url,)) for url in {Url(f"http://h{host}.example/{path}") for host, path in links}]
    batches = batches_of(targets, size)
    assert sorted(target.url for batch in batches for target in batch) == sorted(target.url for target in targets)
    hosts = [host for batch in batches for host in {host_of(target.url) for target in batch}]
    assert max(Counter(hosts).values(), default=1) == 1
    assert all(batches)
    assert batches == batches_of(targets, size)
    most = max(Counter(host_of(target.url) for target in targets).values(), default=0)
    assert all(len(batch) <= most + size for batch in batches)


def test_a_last_dot_makes_no_other_host() -> None:
    """The server is the same."""
    targets = [Target(Url(f"http://{host}/"), ()) for host in ("a.example", "a.example.", "b.example")]
    assert sorted(map(len, batches_of(targets, 1))) == [1, 2]


# What goes out and comes back.


def test_orders_come_through_as_they_were() -> None:
    """Rules, networks, the day, and when the run ends."""
    assert unpack_orders(pack_orders(ORDERS)) == ORDERS
    endless = replace(ORDERS, ends=float("inf"))
    assert unpack_orders(pack_orders(endless)) == endless
    json.loads(pack_orders(endless), parse_constant=pytest.fail)


URL, OTHER = Url("http://a.example/"), Url("http://b.example/")
SEEN = Observation(DAY, "ci", Verdict.DEAD, 404, "", Failure.STATUS if hasattr(Failure, "STATUS") else None, "Gone.")
TARGETS = {URL: Target(URL, (URL, Url(f"{URL}#x"))), OTHER: Target(OTHER, (OTHER,))}


def test_visits_come_through_as_they_were() -> None:
    """With an observation for each address asked, or with none where it was put off."""
    visits = [Visit(TARGETS[URL], (SEEN, SEEN), '"v1"', "", "abc"), Visit(TARGETS[OTHER], ())]
    assert list(unpack_visits(pack_visits(visits), TARGETS, ORDERS)) == visits
    assert unpack_targets(pack_targets(TARGETS.values())) == list(TARGETS.values())


def packed(**changes: object) -> str:
    """Pack a visit to OTHER, with something of its observation changed."""
    names = ("at", "vantage", "says", "status", "final_url", "failure", "reason")
    observation = {**dict(zip(names, [DAY.isoformat(), *SEEN[1:]], strict=True)), "failure": None, **changes}
    return json.dumps([[OTHER, [list(observation.values())], "", "", ""]])


NONSENSE = [
    None,
    b"[]",
    7,
    "",
    "nonsense",
    "{}",
    "[" * 100_000,
    "[1, 2]",
    '["abcde"]',
    json.dumps([["http://elsewhere.example/", [], "", "", ""]]),
    json.dumps([[OTHER, [["2026-03-01", "", "dead", 404, "", None, ""]] * 2, "", "", ""]]),
    json.dumps([[OTHER, [[]], "", "", ""]]),
    json.dumps([[OTHER, "x", "", "", ""]]),
    json.dumps([[[OTHER], [], "", "", ""]]),
    json.dumps([[OTHER, [["2026-03-01", "", "dead", 404, "", None, ""]], None, "", ""]]),
    packed(says="alive"),
    packed(says="failing"),
    packed(says="unchecked"),
    packed(says=["dead"]),
    packed(failure="invented"),
    packed(reason=None),
    packed(final_url=7),
]


@pytest.mark.parametrize("text", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_not_believed(text: object) -> None:
    """It is as if nothing had come back: the coordinator visits by itself."""
    assert list(unpack_visits(text, TARGETS, ORDERS)) == []


def test_what_is_believed_is_cleaned() -> None:
    """Control characters, addresses that are none, statuses that cannot be, days and places that were not ordered."""
    text = packed(
        at="1999-01-01",
        vantage="moon",
        status=10**9,
        final_url="javascript:alert(1)",
        reason="\x1b[31m\x00Gone.\n::error::",
    )
    (visit,) = unpack_visits(text, TARGETS, ORDERS)
    (seen,) = visit.observations
    assert (seen.at, seen.vantage, seen.status, seen.final_url) == (DAY, "ci", 0, "")
    assert seen.reason.isprintable()
    assert unpack_visits(packed(status=True), TARGETS, ORDERS)


def test_the_first_of_two_visits_counts() -> None:
    """An address that was asked once is answered once."""
    one, two = json.loads(packed(says="live")), json.loads(packed())
    (visit,) = unpack_visits(json.dumps(one + two), TARGETS, ORDERS)
    assert visit.observations[0].says is Verdict.LIVE


# Real clusters.

WORKER = """\
import sys
from distributed.cli.dask_worker import main
main()
"""
HOSTILE = """\
import json, os
import regesta.auditing.cluster as cluster
def lie(targets, orders):
    asked = json.loads(targets)
    seen = ["2026-03-01", "", "dead", 404, "javascript:alert(1)", None, "\\x1b[2J::error::"]
    said = [["http://127.8.0.1/foreign", [seen], "", "", ""]]
    said += [[url, [["2026-03-01", "", "failing", 0, "", None, ""]] * len(all), "", "", ""] for url, all, *_ in asked]
    return json.dumps(said)
cluster.visit_batch.__code__ = lie.__code__
cluster.visit_batch.__globals__["json"] = json
"""

PROGRAM = """\
import os, sys
import regesta.auditing.cluster as cluster
class Trap:
    def __reduce__(self):
        return os.mkdir, ("planted",)
sys.modules["regesta.auditing.cluster"].Trap = Trap
def lie(targets, orders):
    return Trap()
cluster.visit_batch.__code__ = lie.__code__
"""


class Cluster(NamedTuple):
    """A scheduler and its workers, each a process."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def cluster(folder: Path, number: int, *, prelude: str = "") -> Iterator[Cluster]:
    """Start a scheduler and workers, and end them."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "false",
    }
    file = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, "env": environment}
    run = [sys.executable, "-W", "ignore", "-c"]
    scheduler = subprocess.Popen(
        [*run, "from distributed.cli.dask_scheduler import main; main()", "--host", "127.0.0.1", "--port", "0",
         "--no-dashboard", "--scheduler-file", str(file)],
        **quiet,
    )  # fmt: skip
    workers = []
    try:
        wait_until(file.exists)
        address = json.loads(file.read_text())["address"]
        begin = f"{prelude}\nfrom distributed.cli.dask_worker import main; main()"
        workers = [
            subprocess.Popen(
                [*run, begin, address, "--no-nanny", "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard"],
                **quiet,
            )
            for _ in range(number)
        ]
        if number:
            wait_until(lambda: count_workers(address) == number)
        yield Cluster(address, workers)
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def count_workers(address: str) -> int:
    """Ask the scheduler, from a process of its own: distributed leaves threads and sockets behind."""
    words = f"from distributed import Client; print(len(Client({address!r}).scheduler_info(n_workers=-1)['workers']))"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", words], capture_output=True, text=True, check=False)
    return int(done.stdout.split()[-1]) if done.returncode == 0 else 0


def wait_until(done: object, seconds: float = 60) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.1)


def links(server: FaultServer) -> list[str]:
    """Give links of every kind, enough for two batches."""
    paths = [*(f"200/{number}" for number in range(30)), "404", "slow/1", "slow/2", "anchor#absent", "403", "to-home"]
    return [server.url(f"/{path}", host) for host in HOSTS for path in paths]


def alone(folder: Path, server: FaultServer) -> bytes:
    """Give the record of a run without a cluster."""
    archive = Archive(folder)
    archive.write(links(server))
    assert archive.run(*NOW, "--host-rate", "no limit").status == 0
    return archive.ledger.read_bytes()


def test_a_cluster_comes_to_the_same_record(
    tmp_path_factory: pytest.TempPathFactory, archive: Archive, fault_server: FaultServer
) -> None:
    """Even where one of its two workers is killed in the middle; no address is asked for by two of them."""
    expected = alone(tmp_path_factory.mktemp("alone"), fault_server)
    archive.write(links(fault_server))
    with cluster(tmp_path_factory.mktemp("cluster"), 2) as running:
        fault_server.reset()
        ran = archive.run(*NOW, "--scheduler", running.address, "--host-rate", "no limit")
        assert (ran.status, ran.err) == (0, "")
        assert archive.ledger.read_bytes() == expected
        pages = Counter(
            f"{seen.host}{seen.path}" for seen in fault_server.tally.requests if seen.path.startswith("/200/")
        )
        assert max(pages.values()) == 1
        archive.ledger.unlink()
        fault_server.reset()
        command = ("--no-mementos", *NOW, "--scheduler", running.address, "--host-rate", "10/s")
        with archive.start(*command) as process:
            wait_until(lambda: len(fault_server.tally.requests) > 40)
            running.workers[0].send_signal(signal.SIGKILL)
            _, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (0, "")
        assert archive.ledger.read_bytes() == expected


def test_a_worker_that_lies_is_not_believed(
    tmp_path_factory: pytest.TempPathFactory, archive: Archive, fault_server: FaultServer
) -> None:
    """Neither of foreign addresses, nor what no visit can say: the coordinator visits by itself, and says so."""
    expected = alone(tmp_path_factory.mktemp("alone"), fault_server)
    archive.write(links(fault_server))
    with cluster(tmp_path_factory.mktemp("cluster"), 1, prelude=HOSTILE) as running:
        ran = archive.run(*NOW, "--scheduler", running.address, "--host-rate", "no limit")
    assert ran.status == 0
    assert ran.err.startswith("Visited from here: 288, since no worker has brought them back.")
    assert archive.ledger.read_bytes() == expected


def test_what_a_worker_sends_never_runs_here(
    tmp_path_factory: pytest.TempPathFactory, archive: Archive, fault_server: FaultServer
) -> None:
    """An object that would run as a program when it is read is not read."""
    url = fault_server.url("/200")
    archive.write([url])
    with cluster(tmp_path_factory.mktemp("cluster"), 1, prelude=PROGRAM) as running:
        ran = archive.run("--scheduler", running.address)
    assert (ran.status, list(archive.records)) == (0, [url])
    assert "Visited from here: 1, since" in ran.err
    assert not (archive.folder / "planted").exists()


def test_the_time_of_a_run_and_signals_hold_for_workers_too(
    tmp_path_factory: pytest.TempPathFactory, archive: Archive, fault_server: FaultServer
) -> None:
    """They begin nothing more, and what they have not brought back stays due."""
    archive.write([fault_server.url(f"/slow/{number}") for number in range(60)])
    with cluster(tmp_path_factory.mktemp("cluster"), 1) as running:
        begun = time.monotonic()
        ran = archive.run("--scheduler", running.address, "--host-connections", "1", "--budget", "4s")
        assert time.monotonic() - begun < 15
        assert ran.status == 0
        assert "the time of the run was over" in ran.err
        assert 3 <= len(archive.records) <= 20
        process = archive.start("--no-mementos", "--scheduler", running.address, "--host-rate", "1/s")
        number = len(fault_server.tally.requests)
        wait_until(lambda: len(fault_server.tally.requests) > number)
        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        _, err = process.communicate(timeout=30)
        assert time.monotonic() - begun < 6
        assert process.returncode == 143, err
        assert "ended by a signal" in err


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "", "ftp://x.example:1", "tcp://127.8.0.1:99999"])
def test_where_no_scheduler_is_nothing_is_visited(archive: Archive, fault_server: FaultServer, address: str) -> None:
    """Exit status 2, and one sentence."""
    archive.write([fault_server.url("/200")])
    ran = archive.run("--scheduler", address)
    assert ran.status == 2, ran.err
    assert (
        f"here is no Dask scheduler at {address!r}" in ran.err
        or f"expected such as tcp://10.0.0.5:8786): {address!r}" in ran.err
    )
    assert ran.err.count("\n") == 1
    assert fault_server.tally.requests == []
    assert not archive.ledger.exists()


def test_a_cluster_without_workers_is_named(
    tmp_path_factory: pytest.TempPathFactory, archive: Archive, fault_server: FaultServer
) -> None:
    """Else nobody would know what is being waited for."""
    archive.write([fault_server.url("/200")])
    with cluster(tmp_path_factory.mktemp("cluster"), 0) as running:
        ran = archive.run("--scheduler", running.address)
    assert (ran.status, "has no worker" in ran.err) == (2, True)


def test_without_the_extra_the_way_to_it_is_named(archive: Archive, fault_server: FaultServer, tmp_path: Path) -> None:
    """Exit status 2, and what to install."""
    block = tmp_path / "blocked/distributed"
    block.mkdir(parents=True)
    (block / "__init__.py").write_text("raise ImportError('no such thing')\n")
    archive.environment = {**archive.environment, "PYTHONPATH": os.pathsep.join([str(block.parent), *sys.path])}
    archive.write([fault_server.url("/200")])
    ran = archive.run("--scheduler", "tcp://127.0.0.1:1")
    assert (ran.status, "pip install 'regesta[cluster]'" in ran.err) == (2, True)
    assert archive.run().status == 0  # nor is it asked for by any other run
