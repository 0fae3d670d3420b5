"""Names become addresses."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from tests.auditing.fault_names import look_up_fault

from regesta.auditing.fetching import resolving
from regesta.auditing.fetching.resolving import Resolved, Resolver, _listed_names, look_up
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def answers(resolver: Resolver, *, until: Callable[[list[Resolved]], bool], patience: float = 5.0) -> list[Resolved]:
    """Take answers as the fetcher does until there are enough."""
    found: list[Resolved] = []
    end = time.monotonic() + patience
    while not until(found):
        assert time.monotonic() < end, found
        found += resolver.ready()
        time.sleep(min(resolver.next_look, 0.02))
    return found


def all_of(resolver: Resolver, *names: str) -> dict[str, Resolved]:
    """Look names up and give what became of them."""
    for name in names:
        resolver.ask(name)
    found = answers(resolver, until=lambda found: len(found) == len(names))
    assert not resolver.is_waiting
    resolver.close()
    return {resolved.host: resolved for resolved in found}


def raises(error: Exception) -> Callable[[str], tuple[str, ...]]:
    """Look up by failing."""

    def look_up(_: str) -> tuple[str, ...]:
        raise error

    return look_up


def test_names_have_their_addresses() -> None:
    """A name has all its addresses, in their order."""
    found = all_of(Resolver(look_up=look_up_fault), "h2.test", "both.test")
    assert found["h2.test"].addresses == ("127.8.0.2",)
    assert found["both.test"].addresses == ("::1", "127.8.0.1")


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no"), Failure.NO_HOST),
        (socket.gaierror(socket.EAI_NODATA, "no"), Failure.NO_HOST),
        (socket.gaierror(socket.EAI_AGAIN, "no"), Failure.NO_NAME_ANSWER),
        (socket.gaierror(socket.EAI_FAIL, "no"), Failure.NO_NAME_ANSWER),
        (socket.gaierror(socket.EAI_SYSTEM, "no"), Failure.NO_NAME_ANSWER),
        (OSError("no"), Failure.NO_NAME_ANSWER),
        (UnicodeError("no"), Failure.NO_NAME_ANSWER),
        (ValueError("embedded null byte"), Failure.NO_NAME_ANSWER),
    ],
)
def test_only_no_such_name_is_evidence(error: Exception, failure: Failure) -> None:
    """That a name does not exist is told from everything else that keeps it from being found."""
    assert all_of(Resolver(look_up=raises(error)), "a.test")["a.test"].failure is failure


def test_a_name_without_addresses_does_not_exist() -> None:
    """A name that exists and has no address of the internet leads nowhere."""
    assert all_of(Resolver(look_up=lambda _: ()), "a.test")["a.test"].failure is Failure.NO_HOST


def test_trouble_may_pass() -> None:
    """A name whose server is in trouble is asked once more."""
    tries: list[str] = []

    def look_up(host: str) -> tuple[str, ...]:
        tries.append(host)
        if len(tries) == 1:
            raise socket.gaierror(socket.EAI_AGAIN, "later")
        return ("127.8.0.1",)

    assert all_of(Resolver(look_up=look_up), "a.test")["a.test"].addresses == ("127.8.0.1",)
    assert len(tries) == 2


def test_a_name_that_hangs_is_given_up() -> None:
    """After its deadline a name has had no answer, and one that comes later counts for nothing."""
    held = threading.Event()

    def look_up(_: str) -> tuple[str, ...]:
        held.wait(5)
        return ("127.8.0.1",)

    resolver = Resolver(look_up=look_up, deadline=0.2)
    resolver.ask("a.test")
    start = time.monotonic()
    found = answers(resolver, until=bool)
    assert [resolved.failure for resolved in found] == [Failure.NO_NAME_ANSWER]
    assert 0.15 < time.monotonic() - start < 1
    held.set()
    time.sleep(0.1)
    assert list(resolver.ready()) == []
    assert not resolver.is_waiting
    resolver.close()


def test_three_hundred_names_that_hang_hold_up_nobody() -> None:
    """A name that is asked after 300 that hang has its answer within a second, and is not called late."""
    held = threading.Event()

    def look_up(host: str) -> tuple[str, ...]:
        if host.startswith("hangs"):
            held.wait(20)
        return ("127.8.0.1",)

    resolver = Resolver(look_up=look_up, deadline=9)
    for number in range(300):
        resolver.ask(f"hangs{number}.test")
    resolver.ask("a.test")
    start = time.monotonic()
    found = answers(resolver, until=bool)
    assert [(resolved.host, resolved.failure) for resolved in found] == [("a.test", None)]
    assert time.monotonic() - start < 1
    held.set()
    resolver.close()


def test_waiting_for_a_thread_is_not_being_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many names that take a while each are all found, though together they take longer than the deadline of one."""
    monkeypatch.setattr(resolving, "_AT_ONCE", 4)
    monkeypatch.setattr(resolving, "_HELD_UP", 0.5)
    busy, most = [0], [0]
    lock = threading.Lock()

    def look_up(_: str) -> tuple[str, ...]:
        with lock:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        time.sleep(0.05)
        with lock:
            busy[0] -= 1
        return ("127.8.0.1",)

    names = [f"n{number}.test" for number in range(40)]
    found = all_of(Resolver(look_up=look_up, deadline=0.25), *names)
    assert {resolved.failure for resolved in found.values()} == {None}
    assert most[0] <= 4


def test_threads_are_few_and_go_home() -> None:
    """A thousand quick names take no more than 64 threads, and after `close` there is none."""
    before = set(threading.enumerate())
    resolver = Resolver(look_up=lambda _: ("127.8.0.1",))
    seen = 0
    for number in range(1000):
        resolver.ask(f"n{number}.test")
        seen = max(seen, len(set(threading.enumerate()) - before))
    answers(resolver, until=lambda _: not resolver.is_waiting)
    assert 0 < seen <= 64
    mine = set(threading.enumerate()) - before
    resolver.close()
    for thread in mine:
        thread.join(2)
    assert not any(thread.is_alive() for thread in mine)


def test_whoever_waits_is_woken() -> None:
    """Each answer wakes the run."""
    woken = threading.Event()
    resolver = Resolver(look_up=lambda _: ("127.8.0.1",), on_ready=woken.set)
    resolver.ask("a.test")
    assert woken.wait(2)
    assert resolver.is_waiting
    assert [resolved.host for resolved in resolver.ready()] == ["a.test"]
    resolver.close()


def test_the_system_is_asked_for_internet_addresses_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what the system knows, only IPv4 and IPv6 count, each address once."""
    rows = [
        (socket.AF_INET6, 1, 6, "", ("2001:db8::1", 0, 0, 0)),
        (socket.AF_UNIX, 1, 0, "", "/run/socket"),
        (socket.AF_INET, 1, 6, "", ("192.0.2.1", 0)),
        (socket.AF_INET, 2, 17, "", ("192.0.2.1", 0)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: rows)
    assert look_up("a.test") == ("2001:db8::1", "192.0.2.1")


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        ("ferry.example", "ferry.example."),
        ("ferry.example.", "ferry.example."),
        ("a.b.ferry.example", "a.b.ferry.example."),
        ("xn--e1afmkfd.example", "xn--e1afmkfd.example."),
        ("printer", "printer"),
        ("localhost", "localhost"),
        ("listed.example", "listed.example"),
        ("also.listed.example", "also.listed.example"),
        ("behind.example", "behind.example."),
    ],
)
def test_names_are_looked_up_as_they_are_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, host: str, asked: str
) -> None:
    """With a dot at their end, so that search domains do not count; but for names of one word and listed ones."""
    hosts = tmp_path / "hosts"
    hosts.write_text("127.0.0.1 localhost\n192.0.2.7\tListed.example also.listed.example # behind.example\n\n#x\n")
    monkeypatch.setattr("regesta.auditing.fetching.resolving._HOSTS_FILE", hosts)
    _listed_names.cache_clear()
    seen: list[str] = []

    def getaddrinfo(name: str, *_: object) -> list[object]:
        seen.append(name)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    look_up(host)
    _listed_names.cache_clear()
    assert seen == [asked]


NAMESPACE = """\
ip link set lo up
printf 'search corp.test\\nnameserver 127.0.0.1\\noptions timeout:1 attempts:1\\n' >resolv
printf '127.0.0.1 localhost\\n127.8.0.7 listed.test\\n' >hosts
mount --bind resolv /etc/resolv.conf
mount --bind hosts /etc/hosts
"$PYTHON" asker.py
"""
ASKER = """\
import json, socket, threading
from regesta.auditing.fetching.resolving import look_up

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))

def serve():
    # Knows live.test, and everything beneath the search domain.
    while True:
        question, place = server.recvfrom(512)
        at, labels = 12, []
        while question[at]:
            labels.append(question[at + 1 : at + 1 + question[at]].decode())
            at += question[at] + 1
        name, kind = ".".join(labels), question[at + 2]
        known = name == "live.test" or name.endswith("corp.test")
        number = int(known and kind == 1)
        answer = question[:2] + (b"\\x81\\x80" if known else b"\\x81\\x83")
        answer += b"\\0\\1" + bytes([0, number]) + b"\\0" * 4
        answer += question[12 : at + 5]
        if number:
            answer += b"\\xc0\\x0c\\0\\1\\0\\1\\0\\0\\0\\x3c\\0\\4" + bytes([127, 8, 0, 9])
        server.sendto(answer, place)

threading.Thread(target=serve, daemon=True).start()
found = {}
for name in ("live.test", "gone.test", "gone.test.", "listed.test"):
    try:
        found[name] = look_up(name)
    except socket.gaierror as error:
        found[name] = error.errno == socket.EAI_NONAME
print(json.dumps(found))
"""


def test_search_domains_do_not_count_with_a_real_resolver(tmp_path: Path) -> None:
    """A name that is gone is gone, although whatever stands beneath the search domain is answered."""
    (tmp_path / "asker.py").write_text(ASKER, encoding="utf-8")
    command = ["unshare", "--user", "--map-root-user", "--net", "--mount", "sh", "-e", "-c", NAMESPACE]
    environment = {**os.environ, "PYTHON": sys.executable, "PYTHONPATH": os.pathsep.join(sys.path)}
    try:
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
    except FileNotFoundError:
        pytest.skip("there is no unshare here")
    if done.returncode and not done.stdout and "Traceback" not in done.stderr:
        pytest.skip(f"no network of its own may be made here: {done.stderr}")
    assert json.loads(done.stdout) == {
        "live.test": ["127.8.0.9"],
        "gone.test": True,
        "gone.test.": True,
        "listed.test": ["127.8.0.7"],
    }
