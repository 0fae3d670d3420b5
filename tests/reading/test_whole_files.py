"""A file is written whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from regesta.reading.whole_files import NotReplaced, replace_whole, write_whole

OLD = b"\xef\xbb\xbfold\r\nfile" * 1000
NEW = OLD.replace(b"old", b"new, and longer")
POSIX = pytest.mark.skipif(os.name == "nt", reason="these modes, limits and signals are those of POSIX")


@pytest.fixture
def file(tmp_path):
    """Make a file."""
    path = tmp_path / "a.md"
    path.write_bytes(OLD)
    return path


def names(folder):
    """List a folder."""
    return [path.name for path in folder.iterdir()]


def test_the_new_file_has_the_new_bytes(file):
    """Byte for byte, and nothing lies beside it."""
    replace_whole(file, OLD, NEW)
    assert file.read_bytes() == NEW
    assert names(file.parent) == ["a.md"]


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_the_mode_stays(file, mode):
    """Who could read the file can read it still, and nobody else."""
    file.chmod(mode)
    replace_whole(file, OLD, NEW)
    assert file.stat().st_mode & 0o7777 == mode


def test_a_file_that_changed_meanwhile_is_left_alone(file):
    """What somebody saved in the meantime is not overwritten."""
    with pytest.raises(NotReplaced, match="changed by someone else"):
        replace_whole(file, OLD + b"x", NEW)
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["a.md"]


@POSIX
def test_a_read_only_file_is_left_alone(file):
    """Neither a rename nor a superuser gets round it."""
    file.chmod(0o444)
    with pytest.raises(NotReplaced, match="read-only"):
        replace_whole(file, OLD, NEW)
    assert file.read_bytes() == OLD


@POSIX
def test_a_symbolic_link_is_not_followed(file, tmp_path):
    """Neither the link nor the file that it points to changes."""
    link = tmp_path / "link.md"
    link.symlink_to(file)
    with pytest.raises(NotReplaced, match="symbolic link"):
        replace_whole(link, OLD, NEW)
    assert link.is_symlink()
    assert file.read_bytes() == OLD


def test_a_file_that_has_gone_is_not_made(tmp_path):
    """Somebody has deleted or renamed it."""
    with pytest.raises(NotReplaced, match="cannot be written"):
        replace_whole(tmp_path / "gone.md", OLD, NEW)
    assert names(tmp_path) == []


WRITER = """\
import os, resource, signal, sys
from pathlib import Path
from regesta.reading import whole_files
{before}
path = Path(sys.argv[1])
old = path.read_bytes()
try:
    whole_files.replace_whole(path, old, b"x" * 5_000_000)
except whole_files.NotReplaced as error:
    print(error)
"""


def write(file, before):
    """Replace a file in a process of its own, to which something happens."""
    code = WRITER.format(before=textwrap.dedent(before))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", code, os.fspath(file)], capture_output=True, text=True, env=environment, check=False
    )


@POSIX
def test_when_no_more_can_be_written_the_old_file_stays(file):
    """A limit that the system sets stands for a full disk: half of the new file is written, then no more."""
    done = write(
        file,
        """\
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
        """,
    )
    assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 1, "")
    assert "cannot be written (File too large)" in done.stdout
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["a.md"]


@POSIX
@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_process_that_is_killed_leaves_the_old_file(file, moment):
    """At the last moment before the rename, and before the bytes are safe: the old file is whole."""
    owner = "os" if moment == "fsync" else "Path"
    done = write(file, f"{owner}.{moment} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n")
    assert done.returncode == -signal.SIGKILL
    assert file.read_bytes() == OLD


def is_small_disk_possible():
    """Tell whether this system lets us mount a disk of our own."""
    return sys.platform == "linux" and hasattr(os, "geteuid") and os.geteuid() == 0 and not os.environ.get("CI")


@pytest.mark.skipif(not is_small_disk_possible(), reason="only a superuser of Linux may mount a small disk")
def test_on_a_full_disk_the_old_file_stays(tmp_path):
    """The same on a disk that is really full."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", os.fspath(disk)],  # noqa: S607 - wherever it lies
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this machine mounts nothing")
    try:
        file = disk / "a.md"
        file.write_bytes(OLD)
        done = write(file, "")
        assert "cannot be written (No space left on device)" in done.stdout
        assert file.read_bytes() == OLD
        assert names(disk) == ["a.md"]
    finally:
        subprocess.run(["umount", os.fspath(disk)], check=True)  # noqa: S607 - wherever it lies


@pytest.mark.skipif(os.name == "nt", reason="a process is not asked for there")
def test_what_a_killed_run_has_left_is_swept(tmp_path):
    """The next run takes away the other file of a process that is no more, and leaves one of a process that runs."""
    running = f".a[1].txt.{os.getppid()}.tmp"
    for name in (".a[1].txt.999999999.tmp", running, ".b.txt.999999999.tmp", ".a1.txt.999999999.tmp"):
        (tmp_path / name).write_text("half", encoding="utf-8")
    write_whole(tmp_path / "a[1].txt", "whole")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"a[1].txt", running, ".b.txt.999999999.tmp", ".a1.txt.999999999.tmp"}


@pytest.mark.skipif(os.name == "nt", reason="devices that only POSIX has")
def test_a_device_is_not_replaced_by_a_file(tmp_path):
    """A pipe stays a pipe."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="is no ordinary file"):
        write_whole(tmp_path / "pipe", "x")
    assert (tmp_path / "pipe").is_fifo()
