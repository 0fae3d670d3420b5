"""An outage of ours is evidence of nothing, and what is no outage must not keep an archive from being audited."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.auditing.fault_pages import article
from tests.auditing.fault_server import FaultServer

from regesta.auditing.audit import Visitor
from regesta.auditing.fetching.answers import Answer, Request
from regesta.auditing.fetching.headers import Headers
from regesta.auditing.fetching.host_rules import HostRules
from regesta.auditing.outage import NetworkWatch, choose_probes
from regesta.model.urls import Url
from regesta.model.verdicts import Failure, Observation, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.auditing.audited import Archive
    from tests.auditing.fault_server import Exchange

MANY = tuple(f"127.8.7.{number}" for number in range(1, 41))


class Moody:
    """A server of forty hosts, some of which can be told to fail."""

    def __init__(self) -> None:
        self.silent: set[str] = set()
        self.gone: set[str] = set()
        self.portal = ""
        self.silent_after = 10**9
        self.fail = self.garble
        self.server = FaultServer(self._answer, hosts=MANY)

    async def _answer(self, exchange: Exchange) -> None:
        host = exchange.seen.host
        if host in self.silent or len(self.server.tally.requests) > self.silent_after:
            await self.fail(exchange)
        elif self.portal and host != self.portal:
            await exchange.redirect(f"http://{self.portal}:{self.server.port}/welcome?to={host}")
        elif host in self.gone:
            await exchange.reply(404, "gone")
        else:
            await exchange.reply(200, article(host + exchange.path))

    @staticmethod
    async def garble(exchange: Exchange) -> None:
        """Answer with what is no HTTP: nobody asks again, so that tests need not wait."""
        exchange.closes = True
        await exchange.send(b"HTTP/1.1 OK two-hundred\r\nContent-Length: 0\r\n\r\n")

    @staticmethod
    async def reset(exchange: Exchange) -> None:
        """End the connection as a crash does."""
        exchange.reset()

    def links(self, number: int = 40) -> list[str]:
        """Give a link at each of so many hosts."""
        return [self.server.url("/a", host) for host in MANY[:number]]


@pytest.fixture
def moody() -> Iterator[Moody]:
    """Start it."""
    made = Moody()
    with made.server:
        yield made


def kept(archive: Archive) -> tuple[bytes, bytes]:
    """Give the bytes of the record and of the list of runs."""
    return archive.ledger.read_bytes(), archive.audits.read_bytes()


def night(archive: Archive, day: str, *arguments: str) -> tuple[int, str]:
    """Visit everything on a day; give the exit status and what was said."""
    ran = archive.run("--now", day, "--max-age", "0d", "--timeout", "2", *arguments)
    return ran.status, ran.err


def test_when_all_that_were_live_refuse_nothing_is_recorded(archive: Archive, moody: Moody) -> None:
    """Exit status 3; record, list of runs and visits are as they were, and everything is still due."""
    urls = moody.links()
    archive.write(urls)
    assert night(archive, "2026-03-01") == (0, "")
    before = kept(archive)
    moody.silent, moody.fail = set(MANY), moody.reset
    status, said = night(archive, "2026-04-20")
    assert status == 3
    assert said.startswith("Nothing was recorded: None of 15 addresses that always answer did so.")
    assert "--trust-network" in said
    assert kept(archive) == before
    moody.silent = set()
    moody.server.reset()
    assert archive.run("--now", "2026-04-20").status == 0
    assert {seen.host for seen in moody.server.tally.requests} == set(MANY)


@pytest.mark.parametrize("number", [2, 4])
def test_few_hosts_that_are_silent_are_no_outage_while_another_answers(
    archive: Archive, moody: Moody, number: int
) -> None:
    """A small archive whose few hosts die is audited on as long as anything answers, and else is not judged."""
    archive.write(moody.links(number))
    night(archive, "2026-03-01")
    before = kept(archive)
    moody.silent = set(MANY[:number])
    assert night(archive, "2026-04-20")[0] == 3
    assert kept(archive) == before
    archive.write(moody.links(number + 1))
    assert night(archive, "2026-04-21") == (0, "")
    assert all(archive.records[url]["pending"] == 1 for url in moody.links(number))


def test_a_third_of_the_hosts_at_once_is_an_outage(archive: Archive, moody: Moody) -> None:
    """Whatever they say; at 30 % it is none, and for those who trust their network neither."""
    archive.write(moody.links())
    night(archive, "2026-03-01")
    before = kept(archive)
    moody.gone = set(MANY[:13])
    status, said = night(archive, "2026-04-20")
    assert (status, "13 of 40 hosts that were live failed at once." in said) == (3, True)
    assert kept(archive) == before
    assert night(archive, "2026-04-20", "--trust-network")[0] == 0
    assert [record["verdict"] for record in archive.records.values()].count("failing") == 13


def test_at_thirty_percent_it_is_none(archive: Archive, moody: Moody) -> None:
    """Twelve of forty."""
    archive.write(moody.links())
    night(archive, "2026-03-01")
    moody.gone = set(MANY[:12])
    assert night(archive, "2026-04-20") == (0, "")


def test_what_lasts_for_days_is_no_outage(archive: Archive, moody: Moody) -> None:
    """After a long pause a third may have died indeed: on the third night, six days on, it is believed."""
    archive.write(moody.links())
    night(archive, "2026-03-01")
    moody.gone = set(MANY[:20])
    assert [night(archive, f"2028-01-0{day}")[0] for day in (1, 1, 3, 4, 7)] == [3, 3, 3, 3, 0]
    assert [record["verdict"] for record in archive.records.values()].count("failing") == 20


def test_silence_of_all_is_never_believed(archive: Archive, moody: Moody) -> None:
    """However often it is met: a machine may be cut off for weeks."""
    archive.write(moody.links())
    night(archive, "2026-03-01")
    before = kept(archive)
    moody.silent = set(MANY)
    assert [night(archive, f"2026-04-{day}")[0] for day in (10, 14, 18, 22)] == [3] * 4
    assert kept(archive) == before


def test_a_network_that_is_cut_off_in_the_middle_is_noticed(archive: Archive, moody: Moody) -> None:
    """Though more than two thirds of the hosts had answered by then; on a first run, too."""
    archive.write([moody.server.url(f"/{path}", host) for host in MANY for path in ("a", "b")])
    moody.silent_after = 62
    status, said = night(archive, "2026-03-01", "--concurrency", "2")
    assert (status, "addresses that always answer" in said) == (3, True)
    assert not archive.ledger.exists()
    moody.silent_after = 10**9
    night(archive, "2026-03-01")
    before = kept(archive)
    moody.server.reset()
    moody.silent_after = 66
    assert night(archive, "2026-04-20", "--concurrency", "2")[0] == 3
    assert kept(archive) == before


def test_a_first_run_in_which_nobody_answers_cannot_judge(archive: Archive, moody: Moody) -> None:
    """However few hosts there are."""
    moody.silent = set(MANY)
    for number in (1, 2, 4, 5, 20):
        archive.write(moody.links(number))
        assert night(archive, "2026-03-01")[0] == 3
        assert not archive.ledger.exists()
    assert night(archive, "2026-03-02", "--trust-network")[0] == 0


def test_the_portal_of_a_hotel_is_nobodys_page(archive: Archive, moody: Moody) -> None:
    """Where every address leads to one and the same host, nothing was seen."""
    moody.portal = MANY[-1]
    archive.write(moody.links(20))
    status, said = night(archive, "2026-03-01")
    assert (status, f"led to {MANY[-1]!r}" in said) == (3, True)
    assert not archive.ledger.exists()


def test_addresses_of_the_settings_are_believed(archive: Archive, moody: Moody) -> None:
    """Where people have named what always answers, these alone are asked, and one of them may be silent."""
    good, bad, other = (moody.server.url("/probe", host) for host in MANY[30:33])
    archive.write(moody.links(2))
    moody.silent = set(MANY[31:33])
    archive.configure({"probes": [bad, other]})
    assert night(archive, "2026-03-01")[0] == 3
    assert {seen.host for seen in moody.server.tally.requests} == set(MANY[31:33])
    archive.configure({"probes": [bad, good]})
    assert night(archive, "2026-03-01") == (0, "")


def test_when_the_time_is_over_the_network_is_not_to_blame(archive: Archive, moody: Moody) -> None:
    """What was not asked any more did not fail."""
    archive.write(moody.links())
    night(archive, "2026-03-01")
    ran = archive.run("--now", "2026-04-20", "--budget", "0s")
    assert ran.status == 0
    assert "40 of 40 links that are due were not visited: the time of the run was over" in ran.err


def test_what_a_killed_run_saw_in_an_outage_is_forgotten(archive: Archive, moody: Moody) -> None:
    """Nobody has judged it before it was taken up."""
    archive.write(moody.links())
    night(archive, "2026-03-01")
    before = kept(archive)
    moody.gone = set(MANY[5:])
    assert night(archive, "2026-04-20", "--trust-network")[0] == 0
    assert all(archive.records[url]["verdict"] == "failing" for url in moody.links()[5:])
    # As if it had been killed before it wrote anything.
    archive.ledger.write_bytes(before[0])
    with sqlite3.connect(archive.folder / ".regesta/visits.sqlite") as database:
        database.execute("UPDATE run SET outcome = NULL WHERE id = (SELECT max(id) FROM run)")
    database.close()
    moody.gone = set()
    assert archive.run("--now", "2026-04-20").status == 0
    assert {record["verdict"] for record in archive.records.values()} == {"live"}
    moody.server.reset()
    assert night(archive, "2026-04-21") == (0, "")
    assert {seen.host for seen in moody.server.tally.requests} >= set(MANY)


@pytest.mark.parametrize(("silent_after", "most"), [(120, 190), (196, 215)])
def test_a_run_without_a_network_is_soon_over(archive: Archive, moody: Moody, silent_after: int, most: int) -> None:
    """After ten visits in a row without an answer somebody is asked who has answered; at the end three are enough."""
    archive.write([moody.server.url(f"/{path}", host) for host in MANY for path in range(5)])
    moody.silent_after = silent_after
    assert night(archive, "2026-03-01", "--concurrency", "2")[0] == 3
    assert len(moody.server.tally.requests) < most


# The rules by themselves.

HOST_NAMES = [f"h{number}.example" for number in range(60)]
LIVE = [Url(f"http://{name}/") for name in HOST_NAMES]


def observed(
    says: Verdict, *, answered: bool = False, failure: Failure | None = None, status: int = 0, ended: str = ""
) -> Observation:
    """Make an observation."""
    return Observation(date(2026, 3, 1), "", says, status or (200 if answered else 0), ended, failure, "")


def silence(url: Url) -> Answer:
    """Make the answer of an address that gives none."""
    return Answer(Request(url), url, 0, Headers(), b"", False, (), Failure.TIMEOUT, "")  # noqa: FBT003


@given(st.lists(st.tuples(st.sampled_from(HOST_NAMES), st.sampled_from(list(Verdict)), st.booleans()), max_size=200))
def test_shares_are_counted_as_they_should_be(seen: list[tuple[str, Verdict, bool]]) -> None:
    """A host fails when each of its links that were seen went wrong."""
    watch = NetworkWatch(LIVE[:30])
    wrong = {Verdict.DEAD, Verdict.SOFT_404, Verdict.INSECURE, Verdict.UNREACHABLE}
    by_host: dict[str, bool] = {}
    for host, says, answered in seen:
        watch.see(Url(f"http://{host}/"), observed(says, answered=answered))
        if int(host[1:].split(".")[0]) < 30:
            by_host[host] = by_host.get(host, False) or says not in wrong
    failing = sum(not well for well in by_host.values())
    expected = len(by_host) >= 10 and failing > 0.3 * len(by_host)
    assert ("hosts that were live failed" in watch.why_out(at_end=True)) == expected


@given(st.lists(st.booleans(), max_size=30), st.booleans())
def test_nothing_is_an_outage_for_who_trusts(answers: list[bool], at_end: bool) -> None:  # noqa: FBT001
    """Whatever is seen."""
    watch = NetworkWatch(LIVE, trust=True)
    watch.begin_probes(len(answers))
    for number, answered in enumerate(answers):
        watch.see_probe(silence(LIVE[number]))
        watch.see(LIVE[number], observed(Verdict.UNREACHABLE, answered=answered))
    assert watch.why_out(at_end=at_end) == ""


class NobodyAsked:
    """Puts off whatever it is asked for, as a fetcher does when the time is over."""

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Answer that nothing was asked."""
        for request in requests:
            yield Answer(request, request.url, 0, Headers(), b"", False, (), Failure.PUT_OFF, "")  # noqa: FBT003


def test_a_probe_that_was_not_asked_says_nothing() -> None:
    """The time of the run was over, or its host wants a pause."""
    watch = NetworkWatch(LIVE)
    Visitor(NobodyAsked(), HostRules(), watch, probes=LIVE[:15], today=date(2026, 3, 1)).probe()
    assert watch.why_out(at_end=True) == ""


def test_one_sound_answer_outweighs_silent_probes() -> None:
    """The probes may have died; a network that answers is there."""
    watch = NetworkWatch(LIVE)
    watch.begin_probes(15)
    for url in LIVE[:15]:
        watch.see_probe(silence(url))
    assert watch.why_out()
    watch.see(Url("https://new.example/"), observed(Verdict.DEAD, answered=True))
    assert not watch.why_out()
    assert not watch.why_out(at_end=True)


def test_strangers_certificates_alone_are_no_evidence() -> None:
    """Where every host has one, somebody stands between, or our own list of authorities is broken."""
    watch = NetworkWatch([])
    for name in HOST_NAMES[:20]:
        watch.see(Url(f"https://{name}/"), observed(Verdict.INSECURE, answered=True))
    assert "None of 20 hosts" in watch.why_out(at_end=True)
    watch.see(Url(f"https://{HOST_NAMES[20]}/"), observed(Verdict.LIVE, answered=True))
    assert not watch.why_out(at_end=True)


def test_probes_are_the_hosts_with_the_most_links() -> None:
    """Fifteen at most, one link of each, the same ones whatever the order."""
    urls = [Url(f"http://h{host:02}.example/{path}") for host in range(30) for path in range(host)]
    chosen = choose_probes(urls)
    assert chosen == choose_probes(reversed(urls))
    assert chosen == tuple(f"http://h{host:02}.example/0" for host in range(29, 14, -1))


def test_a_row_of_silence_asks_for_a_look() -> None:
    """After ten visits, then after twenty; a sound answer begins the count anew."""
    watch = NetworkWatch([])
    wanted = []
    for _ in range(25):
        watch.see(Url("https://h.example/"), observed(Verdict.UNREACHABLE, answered=False))
        wanted.append(watch.wants_probes())
    assert [number for number, one in enumerate(wanted, 1) if one] == [10, 20]
    assert watch.is_open
    watch.see(Url("https://h.example/"), observed(Verdict.LIVE, answered=True))
    assert not watch.wants_probes()
    assert not watch.is_open
