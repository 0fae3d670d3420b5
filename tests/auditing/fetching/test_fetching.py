"""The fetcher from the outside: links go in, each has one answer, and nothing is left behind."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.auditing.fault_server import HOSTS
from tests.auditing.visits import QUICK, a_fetcher, request, visit

from regesta.auditing.fetching.host_rules import HostRule
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.auditing.fault_server import FaultServer

    from regesta.auditing.fetching.answers import Request


def test_no_links_have_no_answers() -> None:
    """Nothing is asked, and the run ends."""
    with a_fetcher() as fetcher:
        assert list(fetcher.fetch([])) == []
        assert list(fetcher.fetch([])) == []


def test_an_answer_says_all_that_came(fault_server: FaultServer) -> None:
    """Status, headers, body, whether that is all, and the asker's own key."""
    (answer,) = visit(fault_server.url("/200"))
    assert (answer.status, answer.failure, answer.is_whole, answer.hops) == (200, None, True, ())
    assert answer.url == fault_server.url("/200")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert b"Ferries" in answer.body
    assert answer.request.key == 0


def test_a_chain_says_where_it_was(fault_server: FaultServer) -> None:
    """Each redirect is a hop with its status, and the answer is that of the end."""
    (answer,) = visit(fault_server.url("/chain-301-3"))
    assert [(hop.url.removeprefix(fault_server.url("")), hop.status) for hop in answer.hops] == [
        ("/chain-301-3", 301),
        ("/chain-301-3/2", 301),
        ("/chain-301-3/1", 301),
    ]
    assert (answer.status, answer.url) == (200, fault_server.url("/article/end"))


def test_redirects_are_not_followed_where_nobody_wants_it(fault_server: FaultServer) -> None:
    """The redirect itself is the answer."""
    (answer,) = visit(request(fault_server.url("/301"), follows=False))
    assert (answer.status, answer.hops, answer.headers["location"]) == (301, (), "/article/elsewhere")


@pytest.mark.parametrize(
    ("path", "status", "failure"),
    [
        ("/reset", 0, Failure.RESET),
        ("/empty", 0, Failure.EMPTY),
        ("/hang", 0, Failure.TIMEOUT),
        ("/hang-body", 200, Failure.TIMEOUT),
        ("/reset-body", 200, Failure.RESET),
        ("/bad-status-line", 0, Failure.NOT_HTTP),
        ("/status-000", 0, Failure.NOT_HTTP),
        ("/http-0.9", 0, Failure.NOT_HTTP),
        ("/http-1.0", 200, None),
        ("/early-hints", 200, None),
        ("/reason-escape", 404, None),
        ("/no-location", 302, Failure.NOWHERE),
        ("/to-file", 302, Failure.NOWHERE),
        ("/loop", 302, Failure.LOOP),
        ("/loop-of-two", 302, Failure.LOOP),
        ("/chain-100", 302, Failure.TOO_MANY_REDIRECTS),
        ("/spiral", 302, Failure.TOO_MANY_REDIRECTS),
        ("/cookie-wall", 200, None),
        ("/304-unasked", 304, None),
        ("/head-hangs", 200, None),
    ],
)
def test_a_failure_is_called_by_its_name(
    fault_server: FaultServer, path: str, status: int, failure: Failure | None
) -> None:
    """What went wrong is told from everything else that could have."""
    (answer,) = visit(fault_server.own_url(path), rule=QUICK._replace(timeout=2.5))
    assert (answer.status, answer.failure) == (status, failure), answer.detail


def test_a_server_that_is_not_there_has_refused(fault_server: FaultServer) -> None:
    """Nobody listens at that port."""
    (answer,) = visit(fault_server.url("/200").replace(str(fault_server.port), str(free_port())))
    assert answer.failure is Failure.REFUSED_CONNECTION


def free_port() -> int:
    """Give a port where nobody listens."""
    import socket  # noqa: PLC0415 - for this alone

    with socket.socket() as probe:
        probe.bind((HOSTS[0], 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("url", "failure"),
    [
        ("http://h1.test:25/", Failure.BAD_PORT),
        ("http://h1.test:6667/", Failure.BAD_PORT),
        ("ftp://h1.test/", Failure.SCHEME),
        ("file:///etc/passwd", Failure.SCHEME),
        ("http://[bad/", Failure.MALFORMED),
        ("http://a,b.test/", Failure.MALFORMED),
        ("http://a..test/", Failure.MALFORMED),
        ("http://gone.test/", Failure.NO_HOST),
        ("http://no-address.test/", Failure.NO_HOST),
        ("http://trouble.test/", Failure.NO_NAME_ANSWER),
        ("http://fails.test/", Failure.NO_NAME_ANSWER),
        ("http://x.onion/", Failure.NO_HOST),
    ],
)
def test_what_cannot_be_asked_is_answered(url: str, failure: Failure) -> None:
    """A link that nobody could ask has its answer, with the reason."""
    (answer,) = visit(url)
    assert (answer.status, answer.failure, answer.body, dict(answer.headers)) == (0, failure, b"", {})


def test_odd_hosts_are_asked_by_their_right_name(fault_server: FaultServer) -> None:
    """A last dot, capital letters, another alphabet, an underscore and IPv6 each lead to the server that is meant."""
    port = fault_server.port
    known = {"xn--90ac.faults.test": (HOSTS[1],), "a_b.test": (HOSTS[2],), "h1.test": (HOSTS[0],)}
    urls = [f"http://{host}:{port}/200" for host in ("h1.test.", "H1.TEST", "бв.faults.test", "a_b.test", "h1.test")]
    answers = visit(*urls, look_up=lambda host: known[host])
    assert [answer.status for answer in answers] == [200] * 5
    seen = Counter(seen.host for seen in fault_server.tally.requests)
    assert seen == {"h1.test": 2, "h1.test.": 1, "xn--90ac.faults.test": 1, "a_b.test": 1}


def test_ipv6_is_asked() -> None:
    """A host that is an IPv6 address is connected to as such."""
    import http.server  # noqa: PLC0415 - for this alone
    import socket  # noqa: PLC0415

    class Server(http.server.ThreadingHTTPServer):
        address_family = socket.AF_INET6

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    try:
        server = Server(("::1", 0), Handler)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_port
        answers = visit(
            f"http://[::1]:{port}/", f"http://six.test:{port}/", allow=("::1/128",), look_up=lambda _: ("::1",)
        )
        server.shutdown()
    assert [answer.status for answer in answers] == [204, 204]


def test_a_post_is_sent(fault_server: FaultServer) -> None:
    """A request with a body is a POST, and the next one over the same handle is a GET again."""
    visit(
        *(request(fault_server.url(f"/200/{number}"), post=b"a=b" if number % 2 else None) for number in range(6)),
        at_once=1,
    )
    methods = {seen.path: (seen.method, seen.headers.get("content-length")) for seen in fault_server.tally.requests}
    assert methods == {f"/200/{number}": ("POST", "3") if number % 2 else ("GET", None) for number in range(6)}


def test_a_request_has_its_own_headers(fault_server: FaultServer) -> None:
    """What one request says beside the usual is said by it alone."""
    url = fault_server.url
    first, second = visit(
        request(url("/etag"), headers=(("If-None-Match", '"v1"'),)), request(url("/etag/b")), at_once=1
    )
    assert (first.status, second.status) == (304, 200)


def test_links_may_be_added_while_answers_are_given(fault_server: FaultServer) -> None:
    """Also by whoever has just been given the last answer, without a wait."""
    start = time.monotonic()
    with a_fetcher() as fetcher:
        seen = []
        for answer in fetcher.fetch([request(fault_server.url("/200/0"), key=0)]):
            seen.append(answer.request.key)
            if len(seen) < 5:
                fetcher.add(request(fault_server.url(f"/200/{len(seen)}"), key=len(seen)))
                fetcher.add(request("http://h1.test:25/", key="bad"))
    assert [key for key in seen if key != "bad"][:4] == [0, 1, 2, 3]
    assert time.monotonic() - start < 2


def test_one_host_may_have_ten_thousand_links(fault_server: FaultServer) -> None:
    """Each has its answer, no more are under way than allowed, and few connections are made."""
    rule = HostRule(connections=4, interval=0.0, timeout=10)
    with a_fetcher(rule=rule) as fetcher:
        answers = fetcher.fetch(request(fault_server.url(f"/204/{number}"), key=number) for number in range(10_000))
        statuses = Counter((answer.status, answer.failure) for answer in answers)
    assert statuses == {(204, None): 10_000}
    assert fault_server.tally.most_in_flight[HOSTS[0]] <= 4
    assert fault_server.tally.connections <= 4


def test_requests_are_read_only_as_far_as_there_is_room(fault_server: FaultServer) -> None:
    """Of requests without end no more is read than may wait."""
    read = 0

    def without_end() -> Iterator[Request]:
        nonlocal read
        while True:
            read += 1
            yield request(fault_server.url(f"/204/{read}"))

    with a_fetcher() as fetcher:
        answers = fetcher.fetch(without_end())
        for _ in range(3):
            next(answers)
        answers.close()  # type: ignore[attr-defined]
    assert 20_000 <= read < 21_000


def open_files() -> int:
    """Count the files and sockets that this process has open."""
    gc.collect()
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a count


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="it counts in /proc")
def test_whoever_leaves_off_leaves_nothing_behind(fault_server: FaultServer) -> None:
    """After an error of the consumer nothing is under way; after `close` no socket, pipe or thread is left."""
    visit(fault_server.url("/200"))
    before, threads = open_files(), set(threading.enumerate())
    fetcher = a_fetcher()
    urls = [fault_server.url("/slow", host) for host in HOSTS] + [fault_server.own_url("/200")]

    def consume() -> None:
        for _ in fetcher.fetch([request(url) for url in urls * 20]):
            raise LookupError

    with pytest.raises(LookupError):
        consume()
    # It may even be used again: what was left is not answered then.
    assert [answer.request.key for answer in fetcher.fetch([request(fault_server.url("/200"), key="again")])] == [
        "again"
    ]
    fetcher.close()
    fetcher.close()
    for thread in set(threading.enumerate()) - threads:
        thread.join(2)
    assert set(threading.enumerate()) <= threads
    # The server's own ends are in this process as well, and close when it has noticed.
    end = time.monotonic() + 20
    while open_files() != before and time.monotonic() < end:
        time.sleep(0.1)
    assert open_files() == before


def test_stopping_starts_nothing_more(fault_server: FaultServer) -> None:
    """What is under way is waited for, what waits for its host, its name or its time is put off, and the run ends."""
    urls = [
        *(fault_server.url(f"/slow/{number}") for number in range(30)),
        *(f"http://a{number}.hang.test/" for number in range(9)),
        *(fault_server.own_url(f"/503/{number}") for number in range(3)),
    ]
    with a_fetcher(rule=QUICK._replace(connections=2), deadline=8.0) as fetcher:
        statuses: Counter[object] = Counter()
        stopped = 0.0
        for answer in fetcher.fetch([request(url) for url in urls]):
            statuses[answer.failure or answer.status] += 1
            if not stopped:
                fetcher.stop()
                stopped = time.monotonic()
        assert time.monotonic() - stopped < 1.5
    assert statuses.total() == len(urls)
    assert statuses[Failure.PUT_OFF] > 30
    assert set(statuses) <= {200, 503, Failure.PUT_OFF}
    asked = len(fault_server.tally.requests)
    time.sleep(0.3)
    assert len(fault_server.tally.requests) == asked


def test_a_redirect_is_not_taken_after_the_stop(fault_server: FaultServer) -> None:
    """A way that was stopped between two addresses says how far it came, and that it is put off."""
    with a_fetcher() as fetcher:
        requests = [request(fault_server.url("/204")), request(fault_server.url("/chain-5"))]
        found = {}
        for answer in fetcher.fetch(requests):
            found[answer.request.url] = answer
            fetcher.stop()
    last = found[requests[1].url]
    assert last.failure is Failure.PUT_OFF
    assert last.status == 0


def test_every_link_is_answered_exactly_once(fault_server: FaultServer) -> None:
    """Whatever a link runs into, it comes back once, under its own key."""
    from tests.auditing.faults import FAULTS  # noqa: PLC0415 - all of them, only here

    with a_fetcher(rule=QUICK._replace(timeout=1.5)) as fetcher:
        keys = Counter(
            answer.request.key
            for answer in fetcher.fetch([request(fault_server.own_url(path), key=path) for path in FAULTS])
        )
    assert keys == dict.fromkeys(FAULTS, 1)
    assert fault_server.tally.canary == 0
