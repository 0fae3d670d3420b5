"""How politely and how patiently hosts are asked."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.auditing.fault_server import HOSTS, FaultServer
from tests.auditing.visits import QUICK, a_fetcher, request, visit

from regesta.auditing.fetching import steps
from regesta.auditing.fetching.host_rules import HostRule
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from tests.auditing.fault_server import Exchange


@pytest.mark.parametrize("connections", [1, 2, 5])
def test_no_host_has_more_links_at_one_time_than_allowed(fault_server: FaultServer, connections: int) -> None:
    """Each host has its own bound, and uses it."""
    visit(
        *(fault_server.url(f"/slow/{number}", host) for number in range(6) for host in HOSTS[:3]),
        rule=QUICK._replace(connections=connections),
    )
    assert fault_server.tally.most_in_flight == dict.fromkeys(HOSTS[:3], connections)


def test_redirects_between_hosts_keep_to_the_bound() -> None:
    """A host that others redirect to is asked no more often at one time, nor faster, than in its own right."""

    async def leads(exchange: Exchange) -> None:
        await asyncio.sleep(0.05)
        if exchange.seen.host == HOSTS[0]:
            await exchange.reply(200)
        else:
            await exchange.redirect(exchange.server.url(exchange.path, HOSTS[0]))

    with FaultServer(leads) as server:
        urls = [server.url(f"/{number}", host) for number, host in enumerate(HOSTS * 3)]
        answers = visit(*urls, rule=HostRule(connections=2, interval=0.03, timeout=5))
        assert server.tally.most_in_flight[HOSTS[0]] <= 2
        assert server.tally.least_gap(HOSTS[0]) > 0.02
    assert {answer.status for answer in answers} == {200}


def test_a_host_is_given_its_interval(fault_server: FaultServer) -> None:
    """Between the starts of two requests to one host lies the interval; to other hosts it does not count."""
    start = time.monotonic()
    visit(
        *(fault_server.url(f"/204/{number}", host) for number in range(5) for host in HOSTS),
        rule=QUICK._replace(interval=0.1),
    )
    # The server may read a request late on a busy machine; half of the interval is more than chance would leave.
    assert min(fault_server.tally.least_gap(host) for host in HOSTS) > 0.05
    assert 0.38 < time.monotonic() - start < 3.5


def test_a_host_has_its_own_rule(fault_server: FaultServer) -> None:
    """A rule holds for its host and those beneath it, and for nobody else."""
    named = {"h1.test": QUICK._replace(connections=1), "h2.test": QUICK._replace(skip=True)}
    port = fault_server.port
    urls = [
        f"http://{host}:{port}/slow/{number}" for number in range(2) for host in ("www.h1.test", "h2.test", "h3.test")
    ]
    answers = visit(*urls, named=named)
    assert Counter(answer.failure for answer in answers) == {None: 4, Failure.POLICY: 2}
    assert fault_server.tally.most_in_flight == {"www.h1.test": 1, "h3.test": 2}


@pytest.mark.parametrize(
    ("path", "status", "requests"),
    [
        ("/503-then-200", 200, 2),
        ("/429-seconds", 200, 2),
        ("/429-date", 200, 2),
        ("/429-for-ever", 429, 3),
        ("/429-negative", 429, 3),
        ("/429-words", 429, 3),
        ("/429-past", 429, 3),
        ("/429-year", 429, 1),
        ("/429-huge", 429, 1),
        ("/500", 500, 3),
        ("/404", 404, 1),
        ("/reset", 0, 3),
    ],
)
def test_a_server_in_trouble_is_asked_again(fault_server: FaultServer, path: str, status: int, requests: int) -> None:
    """As often as may help and no more, and not at all where the pause is longer than a run."""
    start = time.monotonic()
    (answer,) = visit(fault_server.own_url(path))
    assert answer.status == status
    assert len(fault_server.tally.requests) == requests
    assert time.monotonic() - start < 6


@pytest.mark.parametrize(("path", "pause"), [("/429-seconds", 1.0), ("/429-for-ever", 1.0), ("/500", 0.8)])
def test_a_pause_is_kept(fault_server: FaultServer, path: str, pause: float) -> None:
    """Between two tries lies what the server has asked for, or what we give it."""
    visit(fault_server.own_url(path))
    times = [seen.at for seen in fault_server.tally.requests]
    assert min(later - former for former, later in pairwise(times)) >= pause - 0.01


def test_a_pause_holds_for_the_host_and_for_no_other(fault_server: FaultServer) -> None:
    """A host that has asked for a second is not asked for a second, while all others go on."""
    port = fault_server.port
    busy = [f"http://h1.test:{port}/{path}" for path in ("429-seconds", "200/a", "200/b")]
    others = [f"http://h2.test:{port}/200/{number}" for number in range(20)]
    visit(*busy, *others, rule=QUICK._replace(connections=1, interval=0.01))
    times = {
        host: [seen.at for seen in fault_server.tally.requests if seen.host == host] for host in ("h1.test", "h2.test")
    }
    assert len(times["h1.test"]) == 4
    assert times["h1.test"][1] - times["h1.test"][0] > 0.95
    assert times["h2.test"][-1] - times["h2.test"][0] < 0.8


@pytest.mark.parametrize("path", ["/429-year", "/429-huge"])
def test_a_host_that_wants_a_year_is_left_for_today(fault_server: FaultServer, path: str) -> None:
    """Its other links are put off, which says nothing of them."""
    urls = [f"http://h1.test:{fault_server.port}{path}/{number}" for number in range(8)]
    answers = visit(*urls, rule=QUICK._replace(connections=1))
    failures = Counter(answer.failure for answer in answers)
    assert failures == {None: 1, Failure.PUT_OFF: 7}
    assert len(fault_server.tally.requests) == 1


def test_a_host_that_goes_on_asking_for_pauses_is_left(fault_server: FaultServer) -> None:
    """After nine requests that were told to come later the other links are put off; those that were asked say so."""
    urls = [f"http://h1.test:{fault_server.port}/429-past/{number}" for number in range(12)]
    answers = visit(*urls, rule=QUICK._replace(connections=1))
    asked = set(fault_server.tally.paths())
    assert len(fault_server.tally.requests) == 9
    assert {answer.status for answer, url in zip(answers, urls, strict=True) if url[-1] in asked} <= {429}
    assert Counter((answer.status, answer.failure) for answer in answers) == {
        (429, None): len(asked),
        (0, Failure.PUT_OFF): 12 - len(asked),
    }


@pytest.mark.parametrize("path", ["/hang", "/reset", "/empty"])
def test_a_host_that_never_answers_is_given_up(fault_server: FaultServer, path: str) -> None:
    """A few of its links are tried, the others are answered for, and other hosts are not held up."""
    port = fault_server.port
    urls = [f"http://h1.test:{port}{path}/{number}" for number in range(50)] + [f"http://h2.test:{port}/200"]
    start = time.monotonic()
    *silent, other = visit(*urls, rule=QUICK._replace(connections=4, timeout=1.2))
    failures = Counter(answer.failure for answer in silent)
    assert failures[Failure.NOT_ANSWERING_HOST] >= 45
    assert len(fault_server.tally.requests) <= 16
    assert time.monotonic() - start < 5
    assert other.status == 200


def test_a_host_that_has_answered_is_given_more_chances() -> None:
    """One page that hangs is not the host; ten in a row are."""

    async def sometimes(exchange: Exchange) -> None:
        number = int(exchange.path.strip("/"))
        if number % 5 or number > 30:
            await exchange.hang()
        await exchange.reply(204)

    with FaultServer(sometimes) as server:
        urls = [f"http://h1.test:{server.port}/{number}" for number in range(60)]
        answers = visit(*urls, rule=QUICK._replace(connections=1, timeout=0.15))
    assert [answer.status for answer in answers][:31:5] == [204] * 7
    failures = [answer.failure for answer in answers]
    assert Failure.NOT_ANSWERING_HOST not in failures[:40]
    assert failures[41:] == [Failure.NOT_ANSWERING_HOST] * 19


def test_a_connection_that_was_closed_is_tried_once_more(fault_server: FaultServer) -> None:
    """A server that ends a kept connection without a word has said nothing of the next link."""
    urls = [fault_server.url(f"/closes-silently/{number}") for number in range(6)]
    answers = visit(*urls, rule=QUICK._replace(connections=1))
    assert [answer.status for answer in answers] == [200] * 6
    assert len(fault_server.tally.requests) <= 11


def test_a_refusal_is_answered_as_a_browser_where_that_is_wanted(fault_server: FaultServer) -> None:
    """Once, only for hosts whose rule says so, and never against a pause that was asked for."""
    rule = QUICK._replace(browser_like=True)
    assert visit(fault_server.own_url("/browsers-only"))[0].status == 403
    fault_server.reset()
    browsers, never, later = visit(*map(fault_server.own_url, ("/browsers-only", "/403", "/429-year")), rule=rule)
    assert (browsers.status, never.status, later.status) == (200, 403, 429)
    assert Counter(seen.path for seen in fault_server.tally.requests) == {
        "/browsers-only": 2,
        "/403": 2,
        "/429-year": 1,
    }


def test_a_retry_keeps_the_cookies_of_its_chain() -> None:
    """A wall that has set its cookie, and then is in trouble, is asked with the cookie again."""

    async def wall(exchange: Exchange) -> None:
        if "seen=1" not in exchange.seen.headers.get("cookie", ""):
            await exchange.redirect("/in", headers={"Set-Cookie": "seen=1; Path=/"})
        else:
            await exchange.reply(200 if exchange.asked_before else 503)

    with FaultServer(wall) as server:
        (answer,) = visit(server.own_url("/wall"))
        cookies = [seen.headers.get("cookie") for seen in server.tally.requests]
    assert answer.status == 200
    assert cookies == [None, "seen=1", "seen=1"]


def test_the_longest_pause_is_kept_to(fault_server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is longer than the ceiling is not waited for, what is not is."""
    monkeypatch.setattr(steps, "LONGEST_WAIT", 0.5)
    (answer,) = visit(fault_server.own_url("/429-seconds"))
    assert (answer.status, len(fault_server.tally.requests)) == (429, 1)


def test_names_that_hang_do_not_slow_the_pace(fault_server: FaultServer) -> None:
    """While a name is waited for, links are started when their time has come, not when somebody looks."""
    urls = [fault_server.url(f"/204/{number}") for number in range(20)]
    with a_fetcher(rule=QUICK._replace(interval=0.02, connections=1), deadline=1.5) as fetcher:
        start, taken = time.monotonic(), 0.0
        for answer in fetcher.fetch([request("http://a.hang.test/"), *map(request, urls)]):
            taken = time.monotonic() - start if answer.status else taken
    assert taken < 1.0
