"""`regesta audit` against every fault at once, and against hosts of which the configuration says something."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.auditing.audited import Archive, Ran
from tests.auditing.fault_pages import page
from tests.auditing.fault_server import HOSTS, FaultServer, Tally
from tests.auditing.faults import FAULTS, answer
from tests.auditing.small_proxy import SmallProxy

from regesta.model.urls import parse_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.auditing.fault_server import Exchange

OWN_HOSTS = {path: f"127.8.{1 + number // 200}.{1 + number % 200}" for number, path in enumerate(FAULTS)}
"""A host of its own for each fault, so that one that hangs holds up no other."""

NOT_WEB = ("ftp://127.8.0.1/x", "http://127.8.0.1(.)example/x", "mailto:a@b.example")

MEASURED = """\
import sys
from pathlib import Path
from regesta.cli.main import main
try:
    main()
finally:
    Path("peak").write_text(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


class All(NamedTuple):
    """One run over all faults."""

    ran: Ran
    links: dict[str, str]
    """By the path of a fault: the address."""
    tally: Tally
    seconds: float
    peak: int
    """Kilobytes of memory."""


def measured(archive: Archive, *arguments: str) -> tuple[Ran, int]:
    """Run an audit, and tell how many kilobytes of memory it took at most."""
    command = archive.command("--no-mementos", *arguments)
    command[1:3] = ["-c", MEASURED]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        command, cwd=archive.folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr), int((archive.folder / "peak").read_text())


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[All]:
    """Run one audit over every fault."""
    with FaultServer(answer, hosts=(*HOSTS, *OWN_HOSTS.values())) as server:
        archive = Archive(tmp_path_factory.mktemp("everything"))
        links = {}
        for path, fault in FAULTS.items():
            link = server.url(path, OWN_HOSTS[path]) + (f"#{fault.fragment}" if fault.fragment else "")
            links[path] = parse_url(link) or link
        archive.write([*links.values(), *NOT_WEB])
        begun = time.monotonic()
        ran, peak = measured(archive, *"--confirm 1 --timeout 2 --output-format json".split())
        yield All(ran, links, server.tally, time.monotonic() - begun, peak)


@pytest.mark.parametrize("path", FAULTS)
def test_the_verdict_of_a_fault_is_true(everything: All, path: str) -> None:
    """What the report says of a link is what an honest audit may say."""
    link = everything.ran.links[everything.links[path]]
    assert link["verdict"] in FAULTS[path].truth, link


def test_all_of_it_ends_in_time_and_costs_little(everything: All) -> None:
    """One run over every fault ends well, though dozens of them never would by themselves, in little memory."""
    assert (everything.ran.status, everything.ran.err) == (0, "")
    assert everything.seconds < 60
    assert everything.peak < 150_000


def test_nobody_was_led_inside(everything: All) -> None:
    """Nothing reached the canary, which lies outside of the network that was allowed."""
    assert everything.tally.canary == 0


def test_every_link_is_in_the_report(everything: All) -> None:
    """So are those that no audit ever visits."""
    listed = everything.ran.listed
    verdicts = {raw: link["verdict"] for link in listed for raw in link["raw"]}
    assert {link["url"] for link in listed} >= set(everything.links.values())
    assert {raw: verdicts[raw] for raw in NOT_WEB} == dict.fromkeys(NOT_WEB, "refused")


def test_what_servers_say_gives_no_orders(everything: All) -> None:
    """Neither the report nor the record holds a control character of theirs."""
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", everything.ran.out)
    assert not re.search(r"^(::|##\[)", everything.ran.out, re.MULTILINE)


def test_a_browser_is_played_only_where_that_is_wanted(archive: Archive, fault_server: FaultServer) -> None:
    """Of two hosts that turn programs away, the one that is named in the settings is asked once more."""
    wanted, other = (fault_server.url("/browsers-only", host) for host in HOSTS[:2])
    archive.write([wanted, other])
    archive.configure({"hosts": {HOSTS[0]: {"browser_like": True}}})
    assert archive.json("--confirm", "1").verdicts == {wanted: "live", other: "restricted"}
    agents = [(seen.host, seen.headers["user-agent"].split("/")[0]) for seen in fault_server.tally.requests]
    assert sorted(agents) == [(HOSTS[0], "Mozilla"), (HOSTS[0], "regesta"), (HOSTS[1], "regesta")]
    fault_server.reset()
    assert archive.json("--browser-like", "--max-age", "0d").verdicts == {wanted: "live", other: "live"}


def test_a_host_may_be_skipped_or_understood(archive: Archive, fault_server: FaultServer) -> None:
    """A host that is skipped is never asked; a status may mean with one host what it means with no other."""
    skipped, taken, other = (fault_server.url("/403", host) for host in HOSTS[:3])
    archive.write([skipped, taken, other])
    archive.configure({"hosts": {HOSTS[0]: {"skip": True}, HOSTS[1]: {"treat_as": {403: "live"}}}})
    ran = archive.json()
    assert ran.verdicts == {skipped: "refused", taken: "live", other: "restricted"}
    assert "configuration" in ran.links[skipped]["reason"]
    assert {seen.host for seen in fault_server.tally.requests} == {*HOSTS[1:3]}


def test_a_host_has_its_own_time_and_pace(archive: Archive, fault_server: FaultServer) -> None:
    """Seconds for a link and pauses between links are those of its host; the pyproject.toml serves as well."""
    slow = [fault_server.url(f"/slow/{number}", HOSTS[0]) for number in range(3)]
    impatient = fault_server.url("/slow", HOSTS[1])
    paced = [fault_server.url(f"/200/{number}", HOSTS[2]) for number in range(4)]
    archive.write([*slow, impatient, *paced])
    (archive.folder / "pyproject.toml").write_text(
        f'[tool.regesta.audit]\nmax-age = "7d"\n[tool.regesta.audit.hosts."{HOSTS[1]}"]\ntimeout = 0.1\n'
        f'[tool.regesta.audit.hosts."{HOSTS[2]}"]\nrate = "5/s"\nconnections = 1\n',
        encoding="utf-8",
    )
    verdicts = archive.json().verdicts
    assert verdicts == {**dict.fromkeys([*slow, *paced], "live"), impatient: "unreachable"}
    assert 0.15 < fault_server.tally.least_gap(HOSTS[2]) < 1
    assert fault_server.tally.most_in_flight[HOSTS[2]] == 1


def test_a_token_goes_to_its_host_by_tls_and_nowhere_else(archive: Archive, fault_server: FaultServer) -> None:
    """Neither in plain text, nor to another host, nor to whoever has a bad certificate, nor along a redirect."""
    own, other, expired = (fault_server.tls_url(host) for host in (HOSTS[0], HOSTS[6], HOSTS[1]))
    away = fault_server.tls_url(HOSTS[0], "/to-other-home")
    archive.write([own, other, expired, away, fault_server.url("/200", HOSTS[0])])
    hosts = {HOSTS[0]: {"token_variable": "OURS"}, HOSTS[1]: {"token_variable": "OURS"}}
    archive.configure({"hosts": hosts})
    archive.environment = {**archive.environment, "OURS": "sesame"}
    ran = archive.run()
    assert "sesame" not in ran.out + ran.err + "".join(map(str, archive.tree().values()))
    sent = {(seen.host, seen.path) for seen in fault_server.tally.requests if "authorization" in seen.headers}
    assert {path for _, path in sent} >= {"/200", "/to-other-home"}
    assert {host for host, _ in sent} == {HOSTS[0]}
    plain = f":{fault_server.port}"
    with_token = [seen for seen in fault_server.tally.requests if "authorization" in seen.headers]
    assert not [seen for seen in with_token if plain in seen.headers["host"]]


SETTINGS = {
    "an option that is none": ({"max_aeg": "7d"}, "max_aeg", "max_age"),
    "one of a host": (
        {"hosts": {"a.example": {"treat": {403: "live"}}}},
        "a.example: there is no option 'treat'",
        "treat_as",
    ),
    "a verdict": ({"hosts": {"a.example": {"treat_as": {403: "alive"}}}}, "treat_as: Not a verdict: 'alive'", "live"),
    "a status": ({"hosts": {"a.example": {"treat_as": {"4xx": "live"}}}}, "Not a status", "'4xx'"),
    "a rate": ({"host_rate": 5}, "host_rate: Not a rate", "20/s"),
    "a time": ({"max_age": 28}, "max_age: Not a time", "28d"),
    "no time at all": ({"timeout": 0}, "timeout: Expected a number from 0.1", "0"),
    "a host": ({"hosts": {"a b": {"skip": True}}}, "Not a host", "'a b'"),
    "a network": ({"allow_network": "10.0.0.0/33"}, "allow_network", "10.0.0.0/33"),
    "no mapping": (["max_age"], "audit", "max_age"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_a_setting_that_cannot_be_is_named(archive: Archive, case: str) -> None:
    """Nothing is visited; the message says which file, which option, what was written and what would do."""
    options, *words = SETTINGS[case]
    archive.write(["http://127.8.0.1:81/x"])
    archive.configure(options)
    ran = archive.run()
    assert (ran.status, ran.out) == (2, "")
    assert all(word in " ".join(ran.err.split()) for word in ["mkdocs.yml", *words]), ran.err
    assert not archive.ledger.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--max-age", "28"], "the command line: max_age: Not a time (expected such as 28d"),
        (["--confirm", "3/6"], "confirm: Not a number of visits"),
        (["--host-rate", "fast"], "host_rate: Not a rate"),
        (["--timeout", "soon"], "timeout: Expected a number"),
        (["--memento-server", "nowhere"], "nowhere"),
        (["--output-format", "jsno"], "There is no format 'jsno'"),
        (["--chnaged-since", "HEAD"], "--changed-since"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_the_command_line_cannot_mean_is_named(archive: Archive, arguments: list[str], words: str) -> None:
    """With the value, and with what would do."""
    archive.write(["http://127.8.0.1:81/x"])
    ran = archive.run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert words in " ".join(ran.err.split()), ran.err


def test_the_command_line_is_stronger_than_the_files(archive: Archive, fault_server: FaultServer) -> None:
    """And mkdocs.yml than pyproject.toml."""
    url = fault_server.url("/404")
    archive.write([url])
    (archive.folder / "pyproject.toml").write_text('[tool.regesta.audit]\nconfirm = "3/6d"\nvantage = "p"\n')
    archive.configure({"confirm": "2/1d", "vantage": "m"})
    assert archive.json("--confirm", "1").verdicts == {url: "dead"}
    assert archive.records[url]["evidence"][0]["from"] == "m"


def test_without_leave_nothing_inside_is_visited(archive: Archive, fault_server: FaultServer) -> None:
    """What is not public has to be allowed."""
    url = fault_server.url("/200")
    archive.write([url])
    archive.allowed = ()
    assert archive.json().verdicts == {url: "refused"}
    assert fault_server.tally.requests == []


def test_pages_that_raise_a_question_are_not_held(archive: Archive) -> None:
    """The nonsense beside a suspicious page is asked for at once, not behind the thousand other links of its host."""

    async def shell(exchange: Exchange) -> None:
        await exchange.reply(200, page("The Post", f"<p>News.</p><script>{'x' * 100_000}</script>"))

    with FaultServer(shell) as server:
        archive.write([server.url(f"/papers/{number}.pdf") for number in range(1500)])
        ran, peak = measured(archive, "--host-rate", "no limit")
    assert ran.status == 0
    assert peak < 150_000


def test_a_proxy_makes_the_visits_where_one_is_named(archive: Archive, fault_server: FaultServer) -> None:
    """It is led to by its address alone; variables of the environment lead to none."""
    url = f"http://harbour.example:{fault_server.port}/200"
    archive.write([url])
    with SmallProxy({"harbour.example": HOSTS[0]}) as proxy:
        archive.environment = {**archive.environment, "http_proxy": proxy.url, "https_proxy": proxy.url}
        direct = archive.json("--confirm", "1", "--no-record", "--probe", fault_server.url("/200"))
        assert direct.verdicts == {url: "dead"}
        assert proxy.asked == []
        assert archive.json("--trust-network", "--proxy", proxy.url).verdicts == {url: "live"}
        assert len(proxy.asked) == 1


def test_a_proxy_that_cannot_be_is_named(archive: Archive) -> None:
    """What is no address of a proxy ends the audit with 2 and a sentence."""
    archive.write(["https://harbour.example/"])
    ran = archive.run("--proxy", "socks5://proxy.example:1080")
    assert ran.status == 2
    assert "socks5://proxy.example:1080" in ran.err
