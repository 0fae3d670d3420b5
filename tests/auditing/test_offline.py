"""Without a network nothing is known, however few the hosts; with one, a dead host is a dead host."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.auditing import small_world
from tests.auditing.audited import OFFLINE
from tests.auditing.fault_pages import article
from tests.auditing.fault_server import FaultServer
from tests.auditing.small_proxy import SmallProxy
from tests.auditing.small_world import CANARY, PAGES, PORTAL

from regesta.auditing.fetching.answers import Answer, Request
from regesta.auditing.fetching.headers import Headers
from regesta.auditing.outage import CANARIES, NetworkWatch
from regesta.model.urls import Url, host_of
from regesta.model.verdicts import Failure, Observation, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.auditing.audited import Archive
    from tests.auditing.conftest import Running
    from tests.auditing.fault_server import Exchange

HOSTS = tuple(f"127.8.6.{number}" for number in range(1, 7))
NAMES = ("https://ferry.example/a", "http://harbour.example/", "https://www.rada.example/b", "https://przystan.test/")


class World:
    """A server of six hosts: pages, missing pages, and the portal of a hotel."""

    def __init__(self) -> None:
        self.portal = ""
        self.away_after = 10**9
        self.server = FaultServer(self._answer, hosts=HOSTS)

    async def _answer(self, exchange: Exchange) -> None:
        here = f"http://{HOSTS[-1]}:{self.server.port}/login"
        if len(self.server.tally.requests) > self.away_after:
            exchange.reset()
        elif self.portal == "redirect" and exchange.seen.host != HOSTS[-1]:
            await exchange.redirect(here)
        elif self.portal == "511":
            await exchange.reply(511, "Log in")
        elif self.portal:
            await exchange.reply(200, article("Welcome to the Hotel Przystań"))
        else:
            gone = exchange.path.startswith("/gone")
            await exchange.reply(404 if gone else 200, article(exchange.seen.host + exchange.path))


@pytest.fixture
def world() -> Iterator[World]:
    """Start it."""
    made = World()
    with made.server:
        yield made


def tree(archive: Archive) -> dict[str, bytes]:
    """Give what is kept of visits, the audit's own database apart."""
    return {path: content for path, content in archive.tree().items() if not path.startswith(".regesta")}


@pytest.mark.parametrize(
    ("number", "error", "arguments"),
    [
        (1, "EAI_NONAME", ()),
        (2, "EAI_NONAME", ("--confirm", "1")),
        (4, "EAI_NONAME", ("--no-record", "--confirm", "1")),
        (1, "EAI_AGAIN", ("--no-record",)),
        (3, "EAI_AGAIN", ("--confirm", "1")),
        (4, "EAI_FAIL", ()),
    ],
)
def test_a_resolver_that_knows_no_name_is_no_evidence(
    archive: Archive, number: int, error: str, arguments: tuple[str, ...]
) -> None:
    """Whatever error it gives, however few the hosts, whatever is asked for: exit status 3, and nothing is recorded."""
    archive = replace(archive, environment={**archive.environment, "TEST_NAMES": f'{{"*": "{error}"}}'}, allowed=())
    archive.write(NAMES[:number])
    before = tree(archive)
    for day in ("2026-11-20", "2026-11-23", "2026-11-27"):
        ran = archive.run("--now", day, "--max-age", "0d", "--fail-on", "error", *arguments)
        assert (ran.status, ran.out) == (3, "")
        assert ran.err.startswith("Nothing was recorded: None of 4 addresses that always answer did so.")
    assert tree(archive) == before


@pytest.mark.parametrize(
    ("names", "arguments"),
    [
        pytest.param({"*": "127.8.6.1"}, (), id="a portal that answers for every name, in a private network"),
        pytest.param({"*": "127.8.6.9"}, ("--allow-network", "127.8.6.0/24"), id="connections are refused"),
        pytest.param({"*": "::1"}, ("--allow-network", "::1/128"), id="IPv6 alone, and nobody listens"),
        pytest.param({}, ("--proxy", "http://127.8.6.9:9"), id="the proxy is not there"),
    ],
)
def test_other_ways_to_be_without_a_network(
    archive: Archive, world: World, names: dict[str, str], arguments: tuple[str, ...]
) -> None:
    """Addresses that lead nowhere, or to somebody else, say nothing of a link."""
    text = "{" + ", ".join(f'"{name}": "{there}"' for name, there in names.items()) + "}"
    archive = replace(archive, environment={**archive.environment, "TEST_NAMES": text}, allowed=())
    world.portal = "page"
    for links in (NAMES[:1], NAMES):
        archive.write(links)
        before = tree(archive)
        ran = archive.run("--confirm", "1", "--timeout", "3", *arguments)
        assert (ran.status, "Nothing was recorded" in ran.err) == (3, True), ran.err
        assert tree(archive) == before


def test_a_proxy_without_a_network_is_no_evidence(archive: Archive) -> None:
    """What it says of itself, 403 here, no server has said."""
    with SmallProxy({}) as proxy:
        archive.write(["http://ferry.example/a", "https://harbour.example/"])
        ran = archive.run("--proxy", proxy.url, "--confirm", "1")
    assert (ran.status, archive.ledger.exists()) == (3, False)


@pytest.mark.parametrize("number", [2, 4])
@pytest.mark.parametrize("portal", ["page", "redirect", "511"])
def test_a_portal_is_nobodys_page_at_any_number_of_hosts(
    archive: Archive, world: World, portal: str, number: int
) -> None:
    """It answers for all with one page, sends all to one host, or says that it wants a login."""
    world.portal = portal
    archive.write([world.server.url(f"/{host}", host) for host in HOSTS[:number]])
    ran = archive.run("--confirm", "1")
    assert (ran.status, archive.ledger.exists()) == (3, False), ran.err


def test_mirrors_of_one_page_are_no_portal(archive: Archive, world: World) -> None:
    """Two hosts of an inner network show the same at the same path; three that do so are taken for a portal."""
    world.portal = "page"
    archive.write([world.server.url("/", host) for host in HOSTS[:2]])
    assert archive.run().status == 0
    archive.write([world.server.url("/", host) for host in HOSTS[:3]])
    assert archive.run("--max-age", "0d").status == 3


@pytest.mark.parametrize("portal", ["page", "redirect", "511"])
def test_a_portal_at_one_host_is_known_by_a_probe(
    archive: Archive, world: World, running_fault_server: Running, portal: str
) -> None:
    """Where one host is cited, the address that people have named is what the portal does not show."""
    world.portal = portal
    archive.write([world.server.url("/a", HOSTS[0])])
    # An address of TLS with another's certificate: what a portal shows to whoever asks by https.
    archive.configure({"probes": [running_fault_server.server.tls_url("127.8.0.4")]})
    assert archive.run("--confirm", "1").status == 3
    assert not archive.ledger.exists()


@pytest.mark.parametrize("error", ["EAI_NONAME", "EAI_AGAIN"])
def test_one_dead_host_is_judged_while_the_network_is_there(archive: Archive, world: World, error: str) -> None:
    """A single cited name that is not found, and a probe that answers: the link is judged, and not the network."""
    archive = replace(archive, environment={**archive.environment, "TEST_NAMES": f'{{"*": "{error}"}}'})
    archive.write(NAMES[:1])
    archive.configure({"probes": [world.server.url("/probe", HOSTS[1])]})
    ran = archive.json("--confirm", "1")
    assert ran.status == 0
    assert ran.verdicts == {NAMES[0]: "dead" if error == "EAI_NONAME" else "unreachable"}
    # The same from the command line.
    archive.configure({})
    archive.ledger.unlink()
    ran = archive.json("--confirm", "1", "--max-age", "0d", "--probe", world.server.url("/probe", HOSTS[1]))
    assert (ran.status, set(ran.verdicts)) == (0, {NAMES[0]})


def test_that_an_address_answers_does_not_prove_that_names_are_found(archive: Archive, world: World) -> None:
    """Of four cited hosts one is written as numbers: the resolver has failed for all that have names."""
    archive.write([*NAMES[:3], world.server.url("/a", HOSTS[0])])
    ran = archive.run("--confirm", "1")
    assert (ran.status, archive.ledger.exists()) == (3, False)
    found = replace(archive, environment={**archive.environment, "TEST_NAMES": '{"found.example": "127.8.6.2"}'})
    found.write([*NAMES[:3], f"http://found.example:{world.server.port}/a"])
    ran = found.json("--confirm", "1")
    assert (ran.status, sorted(ran.verdicts.values())) == (0, ["dead", "dead", "dead", "live"])


def test_a_network_that_goes_away_half_way_is_noticed_at_any_number_of_hosts(archive: Archive, world: World) -> None:
    """Two hosts have answered, the third does not any more, and neither does anybody else."""
    archive.write([world.server.url("/a", host) for host in HOSTS[:3]])
    world.away_after = 2
    ran = archive.run("--confirm", "1", "--concurrency", "1", "--timeout", "3")
    assert (ran.status, archive.ledger.exists()) == (3, False), ran.err
    world.away_after = 10**9
    assert archive.run().status == 0
    assert len(archive.records) == 3


def test_what_cannot_be_proved_after_a_signal_stays_due(archive: Archive, world: World) -> None:
    """A run that ends early records what is certain; what failed last is visited again."""
    archive.write([world.server.url("/a", HOSTS[0]), "https://ferry.example/a"])
    archive.configure({"probes": [world.server.url("/probe", HOSTS[1])], "budget": "0s"})
    assert archive.run().status == 0
    assert archive.records == {}
    archive.configure({"probes": [world.server.url("/probe", HOSTS[1])]})
    assert archive.run().status == 0
    assert len(archive.records) == 2


def test_what_needs_no_network_is_judged_without_one(archive: Archive) -> None:
    """A private address and a port that browsers block are refused by us, and nobody is asked."""
    archive = replace(archive, allowed=())
    archive.write(["http://10.1.2.3/a", "http://127.0.0.1:22/", "http://ferry.example:25/"])
    ran = archive.json()
    assert ran.status == 0
    assert set(ran.verdicts.values()) == {"refused"}


# The rules by themselves: what one visit proves.


class Seen(NamedTuple):
    """A visit, and whether something is still to be proved after it."""

    url: str
    says: Verdict
    status: int = 0
    ended: str = ""
    failure: Failure | None = None


LIVE, DEAD, UNREACHABLE, INSECURE = Verdict.LIVE, Verdict.DEAD, Verdict.UNREACHABLE, Verdict.INSECURE
REFUSED, SOFT, RESTRICTED = Verdict.REFUSED, Verdict.SOFT_404, Verdict.RESTRICTED

PROVED = [
    Seen("https://a.example/", LIVE, 200),
    Seen("https://a.example/", DEAD, 404),
    Seen("https://a.example/", LIVE, 304),
    Seen("https://a.example/", UNREACHABLE, 503),
    Seen("http://a.example/", LIVE, 200, "https://a.example/"),
    Seen("http://a.example/", LIVE, 200, "https://www.a.example/"),
    Seen("https://a.example/", UNREACHABLE, 0, "http://b.example/", Failure.TIMEOUT),
    Seen("http://a.example:25/", REFUSED, 0, "", Failure.BAD_PORT),
    Seen("http://10.0.0.1/", REFUSED, 0, "", Failure.PRIVATE),
    Seen("https://a.example/", REFUSED, 0, "", Failure.POLICY),
]
OPEN = [
    Seen("http://a.example/", LIVE, 200),
    Seen("http://a.example/", DEAD, 404),
    Seen("http://a.example/", SOFT, 200, "https://portal.example/"),
    Seen("http://a.example/", RESTRICTED, 403),
    Seen("https://a.example/", UNREACHABLE, 511),
    Seen("https://a.example/", INSECURE, 200, "", Failure.UNTRUSTED),
    Seen("https://a.example/", DEAD, 0, "", Failure.NO_HOST),
    Seen("https://a.example/", UNREACHABLE, 0, "", Failure.NO_NAME_ANSWER),
    Seen("https://a.example/", UNREACHABLE, 0, "", Failure.TIMEOUT),
    Seen("https://a.example/", UNREACHABLE, 0, "", Failure.REFUSED_CONNECTION),
    Seen("https://a.example/", REFUSED, 0, "", Failure.PRIVATE),
]


def show(watch: NetworkWatch, *seen: Seen) -> None:
    """Show visits to a watch."""
    for url, says, status, ended, failure in seen:
        watch.see(Url(url), Observation(date(2026, 3, 1), "", says, status, ended, failure, ""))


@pytest.mark.parametrize("seen", PROVED)
def test_what_proves_that_the_network_is_there(seen: Seen) -> None:
    """A certificate that is good, and what is known without asking."""
    watch = NetworkWatch([])
    show(watch, seen)
    assert (watch.is_open, watch.why_out(at_end=True)) == (False, "")


@pytest.mark.parametrize("seen", OPEN)
def test_what_proves_nothing(seen: Seen) -> None:
    """An answer by http may be anybody's; a probe that answers proves all that came before it."""
    watch = NetworkWatch([])
    show(watch, seen)
    assert watch.is_open
    assert watch.why_out(at_end=True)
    watch.begin_probes(1)
    watch.see_probe(answered(CANARIES[0], 200))
    assert (watch.is_open, watch.why_out(at_end=True)) == (False, "")
    show(watch, seen)
    assert watch.is_open
    show(watch, PROVED[0])
    assert not watch.is_open


def answered(url: Url, status: int, ended: str = "", failure: Failure | None = None) -> Answer:
    """Make an answer."""
    return Answer(Request(url), Url(ended) if ended else url, status, Headers(), b"", True, (), failure, "")  # noqa: FBT003


@pytest.mark.parametrize(
    ("answer", "is_proof"),
    [
        (answered(CANARIES[1], 200), True),
        (answered(CANARIES[1], 429), True),
        (answered(CANARIES[1], 200, "https://en.wikipedia.org/"), True),
        (answered(CANARIES[1], 200, "https://portal.example/"), False),
        (answered(CANARIES[1], 511), False),
        (answered(CANARIES[1], 200, failure=Failure.UNTRUSTED), False),
        (answered(CANARIES[1], 0, failure=Failure.NO_HOST), False),
        (answered(Url("http://a.example/"), 200), False),
    ],
)
def test_what_a_probe_must_answer(answer: Answer, is_proof: bool) -> None:  # noqa: FBT001 - a column of the table
    """It is the probe itself that answers, by https where nobody has named it."""
    watch = NetworkWatch([])
    show(watch, OPEN[0])
    watch.begin_probes(1)
    watch.see_probe(answer)
    assert watch.is_open is not is_proof


def test_addresses_that_are_asked_by_default_cannot_be_forged() -> None:
    """They are https, and several belong to nobody in common."""
    assert all(url.startswith("https://") for url in CANARIES)
    assert len(CANARIES) >= 2


# A whole world, with public addresses and the probes that are asked by default.

CANARY_NAMES = [host_of(url) for url in CANARIES]
FERRY = "http://ferry.example/a"
KNOWN = {"ferry.example": PAGES, "harbour.example": PAGES}
WORLD: dict[str, tuple[list[str], dict[str, str], list[str], int, list[str]]] = {
    "a dead host": ([FERRY], dict.fromkeys(CANARY_NAMES, CANARY), [PAGES, CANARY], 0, ["dead"]),
    "one probe of four is enough": ([FERRY], {CANARY_NAMES[2]: CANARY}, [PAGES, CANARY], 0, ["dead"]),
    "a live page by http": ([FERRY], {**KNOWN, CANARY_NAMES[0]: CANARY}, [PAGES, CANARY], 0, ["live"]),
    "a page that is gone": (
        ["http://ferry.example/gone"], {**KNOWN, CANARY_NAMES[0]: CANARY}, [PAGES, CANARY], 0, ["dead"],
    ),
    "https proves it alone": (["https://ferry.example/a"], KNOWN, [PAGES], 0, ["live"]),
    "https proves it for another": (
        ["https://ferry.example/a", "https://rada.example/"], KNOWN, [PAGES], 0, ["live", "dead"],
    ),
    "no network": ([FERRY], {}, [], 3, []),
    "names without a network": ([FERRY], {"*": PAGES}, [], 3, []),
    "a portal at one host": ([FERRY], {"*": PORTAL}, [PORTAL], 3, []),
    "a portal at two hosts": ([FERRY, "https://harbour.example/b"], {"*": PORTAL}, [PORTAL], 3, []),
    "a portal with private addresses": ([FERRY], {"*": "10.0.0.1"}, [], 3, []),
    "http without a probe": ([FERRY], KNOWN, [PAGES], 3, []),
}  # fmt: skip


@pytest.mark.parametrize("what", WORLD)
def test_in_a_world_of_its_own(archive: Archive, what: str) -> None:
    """With public addresses, real servers and the usual probes: judged where the network is there, and only then."""
    links, names, up, status, verdicts = WORLD[what]
    archive.write(links)
    told = json.dumps({"names": names, "up": up, "arguments": ["--confirm", "1", "--timeout", "3"]})
    command = ["unshare", "--user", "--map-root-user", "--net", sys.executable, small_world.__file__]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(OFFLINE), *sys.path])}
    try:
        done = subprocess.run(
            [*command, str(archive.folder), told],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=90,
        )
    except FileNotFoundError:
        pytest.skip("there is no unshare here")
    if done.returncode and "unshare" in done.stderr:
        pytest.skip(f"no network of its own may be made here: {done.stderr}")
    assert done.returncode == 0, done.stderr
    found, out, err = json.loads(done.stdout)
    assert found == status, err
    assert archive.ledger.exists() == (status == 0)
    assert [link["verdict"] for link in json.loads(out or '{"links": []}')["links"]] == verdicts
