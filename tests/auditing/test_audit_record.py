"""What `regesta audit` keeps from run to run: the record, the visits, the words of people, and what is still due."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.auditing.fault_server import HOSTS

from regesta.cli.auditing.copies import add_copies
from regesta.model.ledger import LinkRecord
from regesta.model.urls import Url
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from tests.auditing.audited import Archive
    from tests.auditing.fault_server import FaultServer

GIT = shutil.which("git") or "git"


def test_a_dead_link_is_confirmed_over_six_days(archive: Archive, fault_server: FaultServer) -> None:
    """The first visit finds it failing, another on the same day adds nothing, the third on the sixth day decides."""
    url, again = fault_server.url("/404"), ("--max-age", "0d")
    archive.write([url])
    found = [(day, archive.json("--now", f"2026-03-0{day}", *again).links[url]) for day in (1, 1, 4, 7)]
    assert [link["verdict"] for _, link in found] == ["failing", "failing", "failing", "dead"]
    assert found[-1][1]["since"] == "2026-03-01"
    record = archive.records[url]
    assert (record["failures"], [one["at"] for one in record["evidence"]]) == (
        3,
        ["2026-03-01", "2026-03-04", "2026-03-07"],
    )


def test_what_is_not_confirmed_comes_due_by_itself(archive: Archive, fault_server: FaultServer) -> None:
    """A nightly run visits what is failing every third day, and leaves the live alone for weeks."""
    dead, live = fault_server.url("/410"), fault_server.url("/200")
    archive.write([dead, live])
    asked = []
    for day in range(1, 9):
        fault_server.reset()
        archive.run("--now", f"2026-03-0{day}")
        asked.append(set(fault_server.tally.paths()))
    assert asked[0] == {"/200", "/410"}
    # A day without a visit is one without any request; the live one is asked once more, before the dead one.
    assert ["/410" in paths for paths in asked[1:]].count(True) == 2
    assert all(not paths or "/410" in paths for paths in asked)
    assert archive.records[dead]["verdict"] == "dead"


def test_a_visit_that_finds_the_page_clears_everything(archive: Archive, fault_server: FaultServer) -> None:
    """Even what was dead is live at once."""
    url, other = fault_server.url("/503-then-200"), fault_server.url("/200", HOSTS[1])
    archive.write([url, other])
    archive.run("--confirm", "1", "--now", "2026-03-01")
    dead = archive.ledger.read_text().replace('"verdict":"live"', '"verdict":"dead","failures":3', 1)
    archive.ledger.write_text(dead)
    assert sorted(record["verdict"] for record in archive.records.values()) == ["dead", "live"]
    assert archive.json("--now", "2026-05-20").verdicts == {url: "live", other: "live"}
    assert "failures" not in archive.records[url]


def test_when_nothing_is_due_nobody_is_asked(archive: Archive, fault_server: FaultServer) -> None:
    """The second run of a day makes no request and leaves every byte of the record; `--max-age 0d` asks for all."""
    urls = [fault_server.url(f"/200/{number}", host) for host in HOSTS[:4] for number in range(3)]
    archive.write(urls)
    first = archive.json("--now", "2026-03-01").verdicts
    before = archive.ledger.stat(), archive.ledger.read_bytes()
    fault_server.reset()
    assert archive.json("--now", "2026-03-01").verdicts == first == dict.fromkeys(urls, "live")
    assert fault_server.tally.requests == []
    after = archive.ledger.stat(), archive.ledger.read_bytes()
    assert (before[0].st_ino, before[0].st_mtime_ns, before[1]) == (after[0].st_ino, after[0].st_mtime_ns, after[1])
    archive.run("--now", "2026-03-01", "--max-age", "0d")
    assert {f"http://{seen.headers['host']}{seen.path}" for seen in fault_server.tally.requests} == set(urls)
    assert archive.ledger.read_bytes() == before[1]


def test_an_unchanged_page_is_not_sent_again(archive: Archive, fault_server: FaultServer) -> None:
    """The server is told what we have seen, and says 304; the link stays live."""
    url = fault_server.url("/etag")
    archive.write([url])
    archive.run("--now", "2026-03-01")
    fault_server.reset()
    assert archive.json("--now", "2026-04-20").verdicts == {url: "live"}
    asked = [seen for seen in fault_server.tally.requests if "if-none-match" in seen.headers]
    assert [(seen.headers["if-none-match"], "if-modified-since" in seen.headers) for seen in asked] == [('"v1"', True)]


def test_links_that_differ_in_the_fragment_cost_one_request(archive: Archive, fault_server: FaultServer) -> None:
    """Each has a verdict of its own."""
    there, missing = fault_server.url("/anchor#present"), fault_server.url("/anchor#absent")
    plain = fault_server.url("/anchor")
    archive.write([there, missing, plain])
    assert archive.json("--confirm", "1").verdicts == {there: "live", missing: "dead", plain: "live"}
    assert fault_server.tally.paths() == ["/anchor"]


def test_the_page_behind_a_copy_is_visited_too(archive: Archive, fault_server: FaultServer) -> None:
    """A brief that cites a copy in a web archive cites the page it is a copy of."""
    page = fault_server.url("/200")
    replay = fault_server.url("/wayback/", HOSTS[1])
    server = f"cdx {fault_server.url('/cdx', HOSTS[1])} {replay}"
    copy = f"{replay}20200909000000/{page}"
    archive.write([copy])
    archive.json("--memento-server", server)
    assert ("127.8.0.1", "/200") in {(seen.host, seen.path) for seen in fault_server.tally.requests}
    assert archive.records[page]["verdict"] == "live"


def test_people_have_the_last_word(archive: Archive, fault_server: FaultServer) -> None:
    """What they forbid is never visited, what they say is reported, and nothing writes their file."""
    skip, live, dead, moved = (fault_server.url(f"/{path}") for path in ("200/skip", "404/live", "200/dead", "404/old"))
    host = fault_server.url("/200", HOSTS[3])
    new = "http://new.example/"
    archive.write([skip, live, dead, moved, host])
    decisions = archive.folder / "briefs_src/decisions.yml"
    said = [
        {"url": skip, "say": "skip", "by": "Ada", "on": "2026-01-02"},
        {"url": live, "say": "live", "by": "Ada", "why": "It answers people."},
        {"url": dead, "say": "dead"},
        {"url": moved, "replaced_by": new},
        {"host": HOSTS[3], "say": "skip"},
    ]
    decisions.write_text(json.dumps(said), encoding="utf-8")
    text = archive.folder / "report.txt"
    ran = archive.json("--confirm", "1", "--output-format", f"text={text}")
    assert ran.verdicts == {skip: "refused", live: "live", dead: "dead", moved: "dead", host: "refused"}
    assert new in text.read_text(encoding="utf-8")
    assert {seen.path for seen in fault_server.tally.requests} == {"/404/live", "/200/dead", "/404/old"}
    assert json.loads(decisions.read_text(encoding="utf-8")) == said
    assert {url: record["verdict"] for url, record in archive.records.items()} == {
        live: "dead",
        dead: "live",
        moved: "dead",
    }


def test_a_slip_of_the_pen_lets_nothing_be_visited(archive: Archive, fault_server: FaultServer) -> None:
    """Where decisions cannot be read nobody knows what is forbidden; the record is reported all the same."""
    url = fault_server.url("/200")
    archive.write([url])
    archive.run("--now", "2026-03-01")
    fault_server.reset()
    (archive.folder / "briefs_src/decisions.yml").write_text(f"- {{url: '{url}', say: skipp}}\n", encoding="utf-8")
    ran = archive.json("--max-age", "0d")
    assert (ran.status, ran.verdicts) == (2, {url: "live"})
    assert "'skip'" in ran.err
    assert fault_server.tally.requests == []


def test_a_forbidden_address_is_no_probe_either(archive: Archive, fault_server: FaultServer) -> None:
    """What has always answered is asked before a run, unless nobody wants it visited, or cites it."""
    forbidden, uncited, other = (fault_server.url(f"/200/{number}", HOSTS[number]) for number in range(3))
    archive.write([forbidden, uncited, other])
    archive.run("--now", "2026-03-01")
    archive.write([forbidden, other])
    (archive.folder / "briefs_src/decisions.yml").write_text(json.dumps([{"url": forbidden, "say": "skip"}]))
    fault_server.reset()
    archive.run("--now", "2026-04-20")
    assert set(fault_server.tally.paths()) == {"/200/2"}


def test_a_damaged_line_is_named_and_kept(archive: Archive, fault_server: FaultServer) -> None:
    """The other lines count; the damaged one stands at the end of the new ledger as it was."""
    first, second = fault_server.url("/200/1"), fault_server.url("/200/2")
    archive.write([first, second])
    archive.run("--now", "2026-03-01")
    damaged = '{"url": "http://b.example/", "verdict": '
    whole = archive.ledger.read_text().splitlines()
    archive.ledger.write_text(f"{damaged}\n{whole[1]}\n")
    ran = archive.json("--now", "2026-03-02")
    assert (ran.status, ran.err, ran.verdicts) == (0, "", {first: "live", second: "live"})
    (finding,) = json.loads(ran.out)["findings"]
    assert (finding["rule"], finding["path"], finding["line"]) == ("B340", "briefs_src/links.jsonl", 1)
    visited_anew = whole[0].replace("2026-03-01", "2026-03-02")
    assert archive.ledger.read_text().splitlines() == [visited_anew, whole[1], damaged]


def test_a_record_may_lie_elsewhere(archive: Archive, fault_server: FaultServer) -> None:
    """So does the list of runs, beside it."""
    archive.write([fault_server.url("/200")])
    place = archive.folder / "records/of/ours.jsonl"
    archive.run("--ledger", place)
    assert not archive.ledger.exists()
    assert place.exists()
    assert (place.parent / "audits.jsonl").exists()


def test_any_folder_of_markdown_will_do(archive: Archive, fault_server: FaultServer) -> None:
    """Without an archive the record lies with the visits."""
    shutil.rmtree(archive.folder / "briefs_src")
    (archive.folder / "mkdocs.yml").unlink()
    notes = archive.folder / "notes/deep"
    notes.mkdir(parents=True)
    url, reference = fault_server.url("/200"), fault_server.url("/404")
    (notes / "a.md").write_text(f"See [it]({url}) and [that][1].\n\n[1]: {reference}\n")
    assert archive.json("notes", "--confirm", "1").verdicts == {url: "live", reference: "dead"}
    assert sorted(path for path in archive.tree() if not path.startswith("notes")) == [
        ".regesta/.gitignore",
        ".regesta/audit.lock",
        ".regesta/audits.jsonl",
        ".regesta/cited.sqlite",
        ".regesta/links.jsonl",
        ".regesta/visits.sqlite",
    ]
    fault_server.reset()
    archive.run("notes")
    assert fault_server.tally.requests == []


def test_a_limit_holds(archive: Archive, fault_server: FaultServer) -> None:
    """The rest stays due, and the runs together visit everything once."""
    urls = [fault_server.url(f"/200/{number}") for number in range(7)]
    archive.write(urls)
    visited = []
    for _ in range(3):
        fault_server.reset()
        archive.run("--limit", "3", "--trust-network")
        visited.append({path for path in fault_server.tally.paths() if f"{fault_server.url(path)}" in urls})
    assert list(map(len, visited[:1])) == [3]
    assert set(archive.records) == set(urls)
    fault_server.reset()
    assert archive.json("--limit", "0", "--max-age", "0d").verdicts == dict.fromkeys(urls, "live")
    assert fault_server.tally.requests == []
    assert [run["due"] for run in map(json.loads, archive.audits.read_text().splitlines())] == [7, 4, 1, 7]


def test_when_the_time_is_over_the_rest_stays_due(archive: Archive, fault_server: FaultServer) -> None:
    """What was seen is on record, the rest is not, that is said, and the next run goes on with it."""
    urls = [fault_server.url(f"/slow/{number}") for number in range(60)]
    archive.write(urls)
    begun = time.monotonic()
    ran = archive.json("--budget", "2s", "--host-connections", "2")
    assert time.monotonic() - begun < 8
    done = {url for url, verdict in ran.verdicts.items() if verdict == "live"}
    assert 4 <= len(done) <= 25
    assert ran.status == 0
    left = len(urls) - len(done)
    assert f"{left} of 60 links that are due were not visited: the time of the run was over (--budget)" in ran.err
    assert set(archive.records) == done
    fault_server.reset()
    archive.run("--host-rate", "no limit", "--host-connections", "30")
    asked = {fault_server.url(path) for path in fault_server.tally.paths()}
    assert asked >= set(urls) - done
    assert len(asked & done) <= 1  # as the address that always answers
    assert set(archive.records) == set(urls)


def test_a_change_that_is_proposed_is_audited_alone(archive: Archive, fault_server: FaultServer) -> None:
    """Only links of briefs that differ from a commit are visited; no line is added for a part of the archive."""
    old, new = fault_server.url("/200/old"), fault_server.url("/200/new")
    archive.write([old], "2020-09-08-old")
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-qm", "x"],
    ):
        subprocess.run(
            [GIT, *command], cwd=archive.folder, check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
        )
    archive.write([new])
    assert archive.json("--changed-since", "HEAD").verdicts == {new: "live"}
    assert fault_server.tally.paths() == ["/200/new"]
    assert not archive.audits.exists()
    ran = archive.run("--changed-since", "nowhere")
    assert (ran.status, "'nowhere'" in ran.err) == (2, True)


def test_without_a_record_nothing_is_written(archive: Archive, fault_server: FaultServer) -> None:
    """Not a file, not a byte, not even where a record is there."""
    url, other = fault_server.url("/404"), fault_server.url("/200", HOSTS[1])
    archive.write([url])
    before = archive.tree()
    assert archive.json("--no-record", "--confirm", "1").verdicts == {url: "dead"}
    assert archive.tree() == before
    archive.run()
    archive.write([url, other])
    before = archive.tree()
    assert archive.json("--no-record", "--max-age", "0d").verdicts == {url: "failing", other: "live"}
    assert archive.tree() == before


def test_two_audits_at_once_are_one_too_many(archive: Archive, fault_server: FaultServer) -> None:
    """The second says who is at work and since when, and touches nothing."""
    archive.write([fault_server.url("/hang")])
    with archive.start("--no-mementos", "--timeout", "4", "--trust-network") as first:
        until = time.monotonic() + 20
        while not fault_server.tally.requests and time.monotonic() < until:
            time.sleep(0.05)
        second = archive.run()
        assert second.status == 2
        assert f"Another audit of this archive is running (process {first.pid}, since " in second.err
        first.communicate()
    assert first.returncode == 0
    assert archive.run("--trust-network").status == 0


def test_every_run_is_listed(archive: Archive, fault_server: FaultServer) -> None:
    """With its day, the place it was made from, what was due, what was visited, and what it came to."""
    archive.write([fault_server.url("/200"), fault_server.url("/404"), "hxxp://a.example/"])
    archive.configure({"vantage": "office"})
    archive.run("--now", "2026-03-01")
    (line,) = map(json.loads, archive.audits.read_text().splitlines())
    assert line.pop("at").startswith("2026-03-01T")
    line.pop("version")
    assert line == {
        "vantage": "office",
        "due": 2,
        "visited": 2,
        "counts": {"live": 1, "failing": 1},
        "seen_since": "2026-03-01",
        "outcome": "done",
    }


def test_somebody_may_write_during_a_run(archive: Archive, fault_server: FaultServer) -> None:
    """Lines that a `git pull` brings meanwhile survive it."""
    mine, theirs = fault_server.url("/200"), "http://theirs.example/"
    archive.write([mine])
    archive.run("--now", "2026-03-01")
    line = archive.ledger.read_text().replace(mine, theirs)
    archive.write([mine, fault_server.url("/hang", HOSTS[1])])
    with archive.start("--no-mementos", "--timeout", "2") as process:
        until = time.monotonic() + 20
        while not fault_server.tally.paths(HOSTS[1]) and time.monotonic() < until:
            time.sleep(0.02)
        archive.ledger.write_text(archive.ledger.read_text() + line)
        process.communicate(timeout=60)
    assert set(archive.records) == {mine, theirs, fault_server.url("/hang", HOSTS[1])}


def test_copies_alone_are_added() -> None:
    """What the record says by now of an address stays; what it says of others, too."""
    url, other = Url("http://a.example/"), Url("http://b.example/")
    day = date(2026, 3, 1)
    ours = LinkRecord(url=url, verdict=Verdict.LIVE, since=day, mementos={"2020-09-09": "none"})
    theirs = LinkRecord(url=url, verdict=Verdict.MOVED, since=day, mementos={"2021-01-01": "none"})
    there = {url: theirs, other: LinkRecord(url=other, verdict=Verdict.LIVE, since=day)}
    assert add_copies(there, {url: ours}) == {
        url: replace(theirs, mementos={"2020-09-09": "none", "2021-01-01": "none"}),
        other: there[other],
    }
