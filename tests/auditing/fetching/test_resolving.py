"""Names become addresses."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest
from tests.auditing.fault_names import look_up_fault

from regesta.auditing.fetching import resolving
from regesta.auditing.fetching.resolving import Resolved, Resolver, look_up
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Callable


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
