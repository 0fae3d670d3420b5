"""What an audit says: its progress, its help, and nothing that others want a terminal, a log or a page to do."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.auditing.fault_server import HOSTS

from regesta.cli.audit import command
from regesta.cli.auditing.progress import AuditProgress
from regesta.model.verdicts import Verdict
from regesta.reporting.formats import LINK_FORMATS

if TYPE_CHECKING:
    from tests.auditing.audited import Archive
    from tests.auditing.fault_server import FaultServer

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
AS_MARKUP = {"html", "junit"}
"""Formats in which a tag would be one; in Markdown words of others stand in code."""
ORDERS = re.compile(r"^\s*(::|##\[)", re.MULTILINE)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_progress_on_a_terminal(archive: Archive, fault_server: FaultServer) -> None:
    """One line that changes: how many, how fast, how long still, what was found; taken away at the end."""
    archive.write([fault_server.url(f"/{path}/{number}") for number in range(20) for path in ("slow", "404")])
    ours, theirs = os.openpty()
    process = archive.start("--no-mementos", "--host-connections", "2", "--host-rate", "10/s", stderr=theirs)
    os.close(theirs)
    said = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # whoever wrote has gone
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    lines = said.decode().split("\r")
    assert re.fullmatch(r"\d+ of 40 links · \d+ a second · \d+ s left · .*\d+ live.*\x1b\[K", lines[-2]), lines[-5:]
    assert lines[-1] == "\x1b[K"
    assert "\n" not in said.decode()
    assert "\r" not in out


def test_progress_in_a_log() -> None:
    """A line a minute, and none in the first."""
    stream, now = io.StringIO(), [0.0]
    with AuditProgress(1000, stream=stream, now=lambda: now[0]) as progress:
        for _ in range(1000):
            now[0] += 0.2
            progress.step([Verdict.LIVE])
    lines = stream.getvalue().splitlines()
    assert [re.sub(r"[\d,]+", "7", line) for line in lines] == [
        "7 of 7 links · 7 a second · 7 min left · 7 live",
        *["7 of 7 links · 7 a second · 7 s left · 7 live"] * 2,
    ]
    assert lines[0].startswith("300 of 1,000 links · 5 a second · 2 min left")
    assert "\r" not in stream.getvalue()


def test_more_may_be_found_than_was_due() -> None:
    """A page that two links lead to, one of them due, is told once for each; the time left is never below nothing."""
    progress = AuditProgress(1, stream=io.StringIO())
    progress.step([Verdict.LIVE, Verdict.LIVE])
    assert "0 s left" in progress.line(1.0)


def test_a_quick_run_says_nothing_on_the_way(archive: Archive, fault_server: FaultServer) -> None:
    """Neither does one in a log that takes less than a minute."""
    archive.write([fault_server.url("/200")])
    assert archive.run().err == ""


def test_help_names_every_option_with_what_it_is_else(archive: Archive) -> None:
    """On lines that fit, each a sentence."""
    archive.environment = {**archive.environment, "COLUMNS": "80"}
    ran = archive.run("--help")
    assert ran.status == 0
    assert max(map(len, ran.out.splitlines())) <= 80
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert option in ran.out
        if words := getattr(parameter, "help", None):
            assert words.endswith("."), words


@pytest.mark.parametrize("name", LINK_FORMATS)
def test_servers_give_no_orders(archive: Archive, fault_server: FaultServer, name: str) -> None:
    """Reasons, titles and Locations with ESC, NUL and commands of CI reach no output and no record as they came."""
    paths = ["/reason-escape", "/reason-nul", "/title-escape", "/title-script", "/404", "/to-home"]
    archive.write([fault_server.url(path, HOSTS[number]) for number, path in enumerate(paths)])
    ran = archive.run("--output-format", name, "--confirm", "1", "--trust-network")
    assert ran.status == 0
    for text in (ran.out, ran.err, archive.ledger.read_text(encoding="ascii")):
        assert not CONTROL.search(text.replace("\r\n", "\n"))
        assert name == "github" or not ORDERS.search(text)
        assert name not in AS_MARKUP or "<script>alert" not in text
    if name == "github":
        assert not re.search(r"^::(?!(error|warning|notice) )", ran.out, re.MULTILINE)
    if name == "json":
        assert len(ran.listed) == len(paths)


def test_a_planted_ledger_gives_no_orders(archive: Archive, fault_server: FaultServer) -> None:
    """A pull request may write what it likes: it is shown as text, led nowhere, and a visit's word is stronger."""
    url, other = fault_server.url("/404"), fault_server.url("/200", HOSTS[1])
    archive.write([url, other])
    planted = {
        "url": url,
        "verdict": "moved",
        "since": "2026-03-01",
        "reason": "\x1b]0;x\x07\n::error::planted <script>alert(1)</script>",
        "final_url": "javascript:alert(1)",
        "evidence": [{"at": "2026-03-01", "status": 200, "from": "\x1b[2J"}],
        "mementos": {"2020-09-09": "https://elsewhere.example/web/20200909000000/" + url},
    }
    uncited = {**planted, "url": "http://169.254.169.254/latest", "verdict": "live"}
    archive.ledger.write_text("".join(json.dumps(line) + "\n" for line in (planted, uncited)), encoding="ascii")
    for arguments in (["--limit", "0"], ["--now", "2026-05-20"]):
        for name in LINK_FORMATS:
            ran = archive.run("--output-format", name, *arguments)
            for text in (ran.out, ran.err):
                assert not CONTROL.search(text.replace("\r\n", "\n"))
                assert name == "github" or not ORDERS.search(text)
            # What is wrong with the ledger is named, quoted and escaped; nothing of it can be followed.
            assert not re.search(r"""(href=["']?|\(<?|<)(javascript|https://elsewhere)""", ran.out)
            assert name not in AS_MARKUP or "<script>alert" not in ran.out
    assert all(seen.host in HOSTS for seen in fault_server.tally.requests)
    assert "javascript" not in archive.ledger.read_text()


def test_names_of_files_give_no_orders(archive: Archive, fault_server: FaultServer) -> None:
    """Neither in messages of what could not be done."""
    archive.write([fault_server.url("/200")])
    (archive.folder / "briefs_src/links.jsonl").write_text("{\x1b[2J\n::error::\n")
    ran = archive.run("--ledger", "nowhere\n::error::x/links.jsonl", "::warning::y")
    for text in (ran.out, ran.err, archive.run().err):
        assert not CONTROL.search(text)
        assert not ORDERS.search(text)
