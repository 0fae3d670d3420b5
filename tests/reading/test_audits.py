"""Each run of an audit leaves one line, and what else stands there is told."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.audits import AuditRun, read_audits, write_audit
from regesta.model.verdicts import Verdict
from regesta.reading.audits import add_audit, open_audits
from regesta.reading.folder import Unreadable
from regesta.reading.whole_files import NotReplaced

POSIX = pytest.mark.skipif(os.name == "nt", reason="these limits and links are those of POSIX")
RUN = AuditRun(
    datetime(2026, 11, 26, 3, 28, 8, tzinfo=UTC),
    "Brüssel",
    "0.1.0",
    1500,
    1490,
    {Verdict.LIVE: 33_901, Verdict.DEAD: 4210},
    date(2026, 10, 30),
    "done",
)
LINE = write_audit(RUN)
RUNS = st.builds(
    AuditRun,
    st.integers(662_688_000, 4_102_444_800).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.text("aé ", max_size=9),
    st.just("1.2"),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.dictionaries(st.sampled_from(Verdict), st.integers(1, 10**9)),
    st.none() | st.dates(date(1991, 1, 1)),
    st.sampled_from(["done", "outage"]),
)


def test_a_run_is_one_line():
    """In ASCII, in the order of verdicts, without what is empty."""
    assert LINE == (
        '{"at":"2026-11-26T03:28:08Z","vantage":"Br\\u00fcssel","version":"0.1.0","due":1500,"visited":1490,'
        '"counts":{"live":33901,"dead":4210},"seen_since":"2026-10-30","outcome":"done"}\n'
    )


@given(st.lists(RUNS, max_size=4, unique_by=write_audit))
def test_what_is_written_is_read(runs):
    """In order of time, each once, however a merge has mixed the lines."""
    lines = [write_audit(run) for run in runs]
    expected = sorted(runs, key=lambda run: (run.at, write_audit(run)))
    assert read_audits("".join(lines + lines)) == (tuple(expected), ())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("2026-11-26T03:28:08Z", "2026-11-26"), "not a time (expected such as 2026-11-26T03:28:08Z): '2026-11-26'"),
        (("1500", "-1"), "expected a number in 'due', found -1"),
        (("1500", "true"), "expected a number in 'due', found True"),
        (("1500", "NaN"), "NaN is no number"),
        (('"due":1500,', ""), "expected a number in 'due', found None"),
        (("33901", "1.5"), "expected a number in 'live', found 1.5"),
        (('"live"', '"lively"'), "unknown verdict 'lively'"),
        (('"live"', '"dead"'), "the field 'dead' is given twice"),
        (('{"live":33901,"dead":4210}', "[]"), "in 'counts', found []"),
        (("0.1.0", "0" * 201), "at most 200 characters of text in 'version'"),
        (('"0.1.0"', "1"), "of text in 'version', found 1"),
        (("2026-10-30", "soon"), "not a day"),
        (('"due"', '"duty"'), "unknown field 'duty'"),
        ((LINE, "<<<<<<< HEAD\n"), "a conflict of git's: '<<<<<<< HEAD'. The line says nothing"),
        ((LINE, "[" * 50_000), "nested too deep"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_damaged_line_is_told_and_the_others_are_read(tmp_path, monkeypatch, change, words):
    """With the file and the line."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "audits.jsonl").write_text(LINE + LINE.replace(*change, 1).rstrip("\n") + "\n", encoding="utf-8")
    runs, problems = open_audits(tmp_path / "audits.jsonl")
    assert runs == (RUN,)
    assert [str(problem).startswith("audits.jsonl:2: ") and words in str(problem) for problem in problems] == [True]


def test_lines_are_added_at_the_end(tmp_path):
    """Whatever stands there stays; a line that was cut off does not spoil the next."""
    file = tmp_path / "new" / "audits.jsonl"
    assert open_audits(file) == ((), ())
    add_audit(file, RUN)
    add_audit(file, RUN._replace(due=1))
    assert file.read_text() == LINE + write_audit(RUN._replace(due=1))
    file.write_text('{"at":"20')
    add_audit(file, RUN)
    assert file.read_text() == '{"at":"20\n' + LINE


@POSIX
def test_on_a_full_disk_the_log_is_as_it_was(tmp_path):
    """A limit of the system stands for a full disk: half a line is taken back."""
    file = tmp_path / "audits.jsonl"
    file.write_text(LINE * 10)
    code = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom regesta.reading.audits import *\n"
        "from regesta.reading.audits import NotReplaced\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(LINE) * 10 + 20}, {len(LINE) * 10 + 20}))\n"
        "runs, _ = open_audits(Path(sys.argv[1]))\n"
        "try: add_audit(Path(sys.argv[1]), runs[0])\nexcept NotReplaced as error: print(error)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code, os.fspath(file)], capture_output=True, text=True, env=environment, check=False
    )
    assert "cannot be written (File too large)" in done.stdout, done.stderr
    assert file.read_text() == LINE * 10


@POSIX
def test_a_symbolic_link_is_not_followed(tmp_path):
    """Neither to read nor to write."""
    (tmp_path / "other").write_text("mine\n")
    link = tmp_path / "audits.jsonl"
    link.symlink_to(tmp_path / "other")
    with pytest.raises(Unreadable, match="symbolic link"):
        open_audits(link)
    with pytest.raises(NotReplaced):
        add_audit(link, RUN)
    assert (tmp_path / "other").read_text() == "mine\n"
