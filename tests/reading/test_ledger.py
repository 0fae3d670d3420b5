"""The ledger on the disk: read in either form, replaced as a whole, and never shorter by an accident."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date

import pytest
from tests.model.ledgers import is_copy, live

from regesta.model.ledger import write_line, write_lines
from regesta.reading.folder import Unreadable
from regesta.reading.ledger import open_ledger, write_ledger
from regesta.reading.whole_files import NotReplaced

POSIX = pytest.mark.skipif(os.name == "nt", reason="these limits, links and signals are those of POSIX")
HOSTS = ("a", "b", "www.b", "9", "[2001:db8::1]", "xn--e1afmkfd")
RECORDS = {
    record.url: record for record in (live(f"https://{host}.example/".replace("].example", "]")) for host in HOSTS)
}
SORTED = dict(sorted(RECORDS.items()))
FOLDER = {"9.jsonl": 1, "a.jsonl": 1, "b.jsonl": 2, "other.jsonl": 1, "x.jsonl": 1}


@pytest.fixture
def file(tmp_path):
    """Give the place of a ledger."""
    return tmp_path / "links.jsonl"


def opened(file):
    """Open a ledger."""
    return open_ledger(file, is_copy=is_copy, today=date(2026, 11, 26))


def names(file):
    """List the files of a ledger with the number of their lines, and whatever else lies there."""
    found = [path for path in file.parent.rglob("*") if not path.is_dir()]
    return {path.name: len(path.read_bytes().splitlines()) for path in sorted(found)}


def test_what_is_written_is_opened(file):
    """A ledger that is not there is an empty one; the same again touches no file."""
    empty = opened(file)
    assert (dict(empty.records), empty.problems, empty.is_settled) == ({}, (), True)
    assert not write_ledger(empty, {})
    assert names(file) == {}
    assert write_ledger(empty, RECORDS)
    found = opened(file)
    assert list(found.records.items()) == list(SORTED.items())
    before = file.stat()
    assert not write_ledger(found, dict(found.records))
    assert not write_ledger(found, dict(reversed(RECORDS.items())))
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_large_ledger_is_a_folder(file):
    """By the first letter of the host; a change touches one file; when it is small again it is one file again."""
    write_ledger(opened(file), RECORDS)
    one_file = file.read_bytes()
    # Nothing has changed but the limit, so that the file must be thought unsettled to be written.
    more = {**RECORDS, **{record.url: record for record in [live("https://a.example/2")]}}
    assert write_ledger(opened(file), more, largest=100)
    assert names(file) == {**FOLDER, "a.jsonl": 2}
    found = opened(file)
    assert (dict(found.records), found.is_settled) == (more, True)
    times = {path: path.stat().st_ino for path in (file.parent / "links").iterdir()}
    assert write_ledger(found, RECORDS, largest=100)
    assert names(file) == FOLDER
    changed = [path.name for path in (file.parent / "links").iterdir() if path.stat().st_ino != times[path]]
    assert changed == ["a.jsonl"]
    assert write_ledger(opened(file), more)
    assert names(file) == {"links.jsonl": 7}
    assert not (file.parent / "links").exists()
    write_ledger(opened(file), RECORDS)
    assert file.read_bytes() == one_file


def test_a_move_that_was_cut_off_loses_nothing(file):
    """Both forms are read, the newer evidence counts, and the next ledger is in one form."""
    write_ledger(opened(file), RECORDS)
    old = file.read_bytes()
    newer = {url: live(url, date(2026, 5, 1)) for url in RECORDS}
    write_ledger(opened(file), newer, largest=100)
    file.write_bytes(old)
    found = opened(file)
    assert dict(found.records) == newer
    assert not found.is_settled
    assert write_ledger(found, found.records)
    assert names(file) == {"links.jsonl": 6}
    assert dict(opened(file).records) == newer


@pytest.mark.parametrize("largest", [10**6, 100])
def test_damaged_lines_are_kept_byte_for_byte(file, largest):
    """At the end, however often the ledger is written and in whatever form, once each."""
    damaged = [b'{"url":"https://a.example/","verdict":"lost"}', b"\xff\xfe{", "{…".encode(), b"{\r"]
    lines = write_lines(RECORDS.values()).encode().splitlines()
    file.write_bytes(b"\n".join([damaged[0], *lines[:3], *damaged[1:], *lines[3:], damaged[0]]) + b"\n")
    for day in (1, 2):
        found = opened(file)
        assert set(RECORDS) <= set(found.records)
        assert len(found.problems) == (5 if day == 1 else 4)
        write_ledger(
            found,
            {**found.records, "https://c.example/": live("https://c.example/", date(2026, 5, day))},
            largest=largest,
        )
    place = file if largest > 100 else file.parent / "links" / "other.jsonl"
    assert place.read_bytes().endswith(b"\n".join(damaged) + b"\n")


def test_problems_have_their_places(file, monkeypatch):
    """As a person names the file, with the line."""
    monkeypatch.chdir(file.parent)
    file.write_text(f"{write_line(live())}x\n<<<<<<< HEAD\n", encoding="utf-8")
    problems = opened(file).problems
    assert [str(problem).split(": ")[0] for problem in problems] == ["links.jsonl:2", "links.jsonl:3"]


def test_a_byte_order_mark_is_no_fault(file):
    """Some editor has written it; the next ledger is without."""
    file.write_bytes(b"\xef\xbb\xbf" + write_line(live()).encode())
    assert opened(file).problems == ()


def test_what_somebody_else_wrote_meanwhile_is_merged(file):
    """A pull during the audit: their new records stay, and of two the newer evidence counts."""
    write_ledger(opened(file), RECORDS)
    ours = opened(file)
    theirs = {**RECORDS, "https://a.example/": live("https://a.example/", date(2026, 6, 1))}
    theirs["https://new.example/"] = live("https://new.example/")
    write_ledger(opened(file), theirs)
    mine = {**ours.records, "https://b.example/": live("https://b.example/", date(2026, 5, 1))}
    mine["https://a.example/"] = live("https://a.example/", date(2026, 5, 1))
    assert write_ledger(ours, mine)
    assert dict(opened(file).records) == {**theirs, "https://b.example/": mine["https://b.example/"]}


@POSIX
@pytest.mark.parametrize("place", ["links.jsonl", "links", "links/a.jsonl"])
def test_a_symbolic_link_is_not_followed(file, place, tmp_path_factory):
    """Whoever plants one would have another file read, or replaced."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "a.jsonl").write_text(write_line(live()), encoding="utf-8")
    link = file.parent / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere if place == "links" else elsewhere / "a.jsonl")
    with pytest.raises(Unreadable, match="symbolic link"):
        opened(file)


def test_other_files_in_the_folder_are_left_alone(file):
    """Only names that the ledger itself gives are read."""
    (file.parent / "links").mkdir()
    (file.parent / "links" / "notes.jsonl").write_text("x\n", encoding="utf-8")
    assert write_ledger(opened(file), RECORDS)
    assert names(file) == {"links.jsonl": 6, "notes.jsonl": 1}


@POSIX
def test_a_folder_in_its_place_is_told(file):
    """It is no file."""
    file.mkdir()
    with pytest.raises(Unreadable, match="no file"):
        opened(file)


WRITER = """\
import os, resource, signal, sys
from datetime import date
from pathlib import Path
from tests.model.ledgers import is_copy, live
from regesta.reading import ledger, whole_files
file = Path(sys.argv[1])
found = ledger.open_ledger(file, is_copy=is_copy)
{before}
many = {{record.url: record for record in (live(f"https://{{n % 40:x}}.example/{{n}}") for n in range(20_000))}}
try:
    ledger.write_ledger(found, many, largest={largest})
except whole_files.NotReplaced as error:
    print(error)
"""


def write(file, before="", largest=10**9):
    """Write a ledger of 3 MB in a process of its own, to which something happens."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, os.fspath(os.getcwd())])}  # noqa: PTH109
    code = WRITER.format(before=before, largest=largest)
    return subprocess.run(
        [sys.executable, "-c", code, os.fspath(file)], capture_output=True, text=True, env=environment, check=False
    )


@POSIX
def test_when_no_more_can_be_written_the_old_ledger_stays(file):
    """A limit of the system stands for a full disk: the ledger is never shorter than it was."""
    write_ledger(opened(file), RECORDS)
    limit = "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (10**6, 10**6))"
    done = write(file, limit)
    assert (done.returncode, done.stderr) == (0, "")
    assert "cannot be written (File too large)" in done.stdout
    assert dict(opened(file).records) == SORTED
    assert names(file) == {"links.jsonl": 6}


@POSIX
@pytest.mark.parametrize("largest", [10**9, 100])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_process_that_is_killed_leaves_every_line(file, largest, count):
    """At any rename the old lines are there still, and what it left beside them the next one sweeps."""
    write_ledger(opened(file), RECORDS)
    kill = f"""\
left = [{count}]; real = Path.replace
def replace(*paths):
    if not left[0]: os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1; return real(*paths)
Path.replace = replace
"""
    done = write(file, kill, largest)
    assert done.returncode == (0 if largest > 100 and count else -signal.SIGKILL)
    found = opened(file)
    assert set(RECORDS) <= set(found.records) or done.returncode == 0
    assert found.problems == ()
    assert write_ledger(found, {**RECORDS, "https://z.example/": live("https://z.example/")}, largest=largest)
    assert not list(file.parent.rglob(".*.tmp"))


def is_small_disk_possible():
    """Tell whether this system lets us mount a disk of our own."""
    return sys.platform == "linux" and os.geteuid() == 0 and not os.environ.get("CI")


@pytest.mark.skipif(not is_small_disk_possible(), reason="only a superuser of Linux may mount a small disk")
@pytest.mark.parametrize("largest", [10**9, 100])
def test_on_a_full_disk_the_old_ledger_stays(tmp_path, largest):
    """The same on a disk that is really full, and in either form."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", os.fspath(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts nothing")
    try:
        file = disk / "links.jsonl"
        write_ledger(opened(file), RECORDS)
        done = write(file, largest=largest)
        assert "cannot be written (No space left on device)" in done.stdout
        assert set(RECORDS) <= set(opened(file).records)
        assert not list(disk.rglob(".*.tmp"))
    finally:
        subprocess.run(["umount", os.fspath(disk)], check=True)  # noqa: S607 - wherever it lies


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="a superuser may write anything")
def test_a_folder_that_may_not_be_written_is_told(file):
    """One line, and the old ledger."""
    write_ledger(opened(file), RECORDS)
    file.parent.chmod(0o555)
    with pytest.raises(NotReplaced, match="Permission denied"):
        write_ledger(opened(file), {})
    file.parent.chmod(0o755)


@POSIX
def test_the_mode_stays(file):
    """Who could read the ledger can read it still."""
    write_ledger(opened(file), RECORDS)
    file.chmod(0o640)
    write_ledger(opened(file), {})
    assert file.stat().st_mode & 0o777 == 0o640
