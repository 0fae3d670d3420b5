"""Junk in the record: each line is a finding with its place, the rest counts, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from regesta.reporting.formats import LINK_FORMATS

if TYPE_CHECKING:
    from tests.auditing.audited import Archive
    from tests.auditing.fault_server import FaultServer

LINE = (
    '{"url":"https://b.example/","verdict":"live","since":"2026-03-01","evidence":[{"at":"2026-03-01","status":200}]}'
)

JUNK: dict[str, bytes] = {
    "half a line": LINE[:40].encode(),
    "no JSON": "рядок, якого ніхто не писав".encode(),
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "wrong types": b'{"url":7,"verdict":"live","since":"2026-03-01"}',
    "another version": LINE.replace('"verdict"', '"confidence":0.9,"verdict"').encode(),
    "a verdict of tomorrow": LINE.replace('"live"', '"resting"').encode(),
    "a key twice": LINE.replace('"verdict"', '"url":"https://c.example/","verdict"').encode(),
    "NUL": b"\0" * 64,
    "NUL in a line": LINE.replace("https", "ht\0tps").encode(),
    "a conflict of mercurial": b"local::::::",
    "Latin-1": '{"url":"https://b.example/","reason":"größer"}'.encode("latin-1"),
    "UTF-16": '{"url":"https://b.example/"}'.encode("utf-16-le").replace(b"\n", b" "),
    "a byte order mark in the middle": b"\xef\xbb\xbf" + LINE.encode(),
    "10 MB": b'{"url":"https://b.example/' + b"a" * 10_000_000 + b'"}',
    "two lines in one": (LINE + LINE).encode(),
    "a day that never was": LINE.replace("2026-03-01", "2026-02-30").encode(),
    "escape sequences": b"\x1b[2J::error::x",
    "nested": b"[" * 100_000,
}
CONFLICT = (b"<<<<<<< HEAD", b"=======", b">>>>>>> nightly")


def findings(out: str) -> list[dict[str, Any]]:
    """Give the findings of a JSON report about the record's lines."""
    return [one for one in json.loads(out).get("findings", ()) if one["rule"] == "B340"]


def report(archive: Archive, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `regesta report` there."""
    return subprocess.run(
        [sys.executable, "-m", "regesta", "report", *arguments],
        cwd=archive.folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def audited(archive: Archive, fault_server: FaultServer) -> Archive:
    """Give an archive with two links that were visited."""
    archive.write([fault_server.url("/200/1"), fault_server.url("/200/2")])
    assert archive.run("--now", "2026-03-01").status == 0
    return archive


@pytest.mark.parametrize("kind", JUNK)
def test_a_junk_line_is_a_finding_and_is_kept(audited: Archive, kind: str) -> None:
    """Audit and report end with 0 and name file and line; the other lines stay, and so does this one, byte for byte."""
    junk = JUNK[kind]
    first, second = audited.ledger.read_bytes().splitlines()
    audited.ledger.write_bytes(b"\n".join([first, junk, second]) + b"\n")
    reported = report(audited, "--output-format", "json")
    assert (reported.returncode, reported.stderr) == (0, "")
    (finding,) = findings(reported.stdout)
    assert (finding["path"], finding["line"], finding["severity"]) == ("briefs_src/links.jsonl", 2, "warning")
    assert finding["message"].isprintable()
    ran = audited.json("--now", "2026-03-02", "--max-age", "0d", "--fail-on", "warning")
    assert (ran.status, ran.err) == (1, "")
    assert set(ran.verdicts.values()) == {"live"}
    assert [one["line"] for one in findings(ran.out)] == [2]
    kept = audited.ledger.read_bytes().split(b"\n")
    assert junk in kept
    assert {first, second} == {line for line in kept if line.startswith(b'{"url":"http://127.')}


def test_a_conflict_is_named_line_by_line_and_mended(audited: Archive) -> None:
    """Both sides of what git has left are read; the next audit writes the file without its marks."""
    first, second = audited.ledger.read_bytes().splitlines()
    begin, middle, end = CONFLICT
    audited.ledger.write_bytes(b"\r\n".join([begin, first, middle, second, end]) + b"\r\n")
    ran = audited.json("--now", "2026-03-02")
    assert ran.status == 0
    assert [one["line"] for one in findings(ran.out)] == [1, 3, 5]
    audited.json("--now", "2026-04-20")
    assert audited.ledger.read_bytes().splitlines() == [first, second]
    assert findings(report(audited, "--output-format", "json").stdout) == []


@pytest.mark.parametrize("change", [lambda text: b"\xef\xbb\xbf" + text, lambda text: text.replace(b"\n", b"\r\n")])
def test_marks_of_editors_are_no_junk(audited: Archive, change: Any) -> None:
    """A byte order mark at the beginning, and the line ends of Windows."""
    audited.ledger.write_bytes(change(audited.ledger.read_bytes()))
    audited.audits.write_bytes(change(audited.audits.read_bytes()))
    ran = audited.json("--now", "2026-03-02")
    assert (ran.status, findings(ran.out), len(ran.verdicts)) == (0, [], 2)


@pytest.mark.parametrize("form", LINK_FORMATS)
def test_every_format_tells_of_it(audited: Archive, form: str) -> None:
    """With the file, and without what would act in a terminal or a page."""
    with audited.ledger.open("ab") as file:
        file.write(b"\x1b[2J<script>::error::\n")
    reported = report(audited, "--output-format", form)
    assert reported.returncode == 0
    said = reported.stderr if form == "csv" else reported.stdout
    assert "links.jsonl" in said
    assert "\x1b" not in said
    assert "<script>" not in said or form not in {"html", "junit"}
    assert not any(line.startswith("::error::") for line in said.splitlines())


@pytest.mark.parametrize("kind", [kind for kind in JUNK if kind != "10 MB"])
def test_junk_in_the_list_of_runs_is_told_and_kept(audited: Archive, kind: str) -> None:
    """Report and audit read it the same: the last run is the last line that can be read."""
    with audited.audits.open("ab") as file:
        file.write(JUNK[kind])
    reported = report(audited, "--output-format", "json", "--fail-on", "new-dead-unarchived")
    assert (reported.returncode, reported.stderr) == (0, "")
    assert [(one["path"], one["line"]) for one in findings(reported.stdout)] == [("briefs_src/audits.jsonl", 2)]
    ran = audited.json("--now", "2026-03-02", "--max-age", "0d")
    assert [(one["path"], one["line"]) for one in findings(ran.out)] == [("briefs_src/audits.jsonl", 2)]
    lines = audited.audits.read_bytes().split(b"\n")
    assert (lines[1], len(lines)) == (JUNK[kind], 4)


def test_a_line_that_speaks_of_a_cited_link_is_not_believed(audited: Archive, fault_server: FaultServer) -> None:
    """The address of a damaged line is visited anew, and the line stays beside the new one."""
    first, second = audited.ledger.read_text().splitlines()
    damaged = first.replace('"live"', '"alive"')
    audited.ledger.write_text(f"{damaged}\n{second}\n")
    fault_server.reset()
    assert audited.run("--now", "2026-03-02").status == 0
    assert "/200/1" in fault_server.tally.paths()
    assert audited.ledger.read_text().splitlines()[1:] == [second, damaged]
