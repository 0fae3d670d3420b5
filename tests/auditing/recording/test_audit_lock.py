"""Two audits of one archive do not run at once, and none that has died keeps the next from running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from regesta.auditing.recording.audit_lock import AuditRunning, audit_lock

HOLDER = """\
import sys, time
from pathlib import Path
from regesta.auditing.recording.audit_lock import audit_lock
with audit_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Start a process that holds the lock."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, os.fspath(tmp_path / "audit.lock")],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_audit_is_refused(tmp_path, holder):
    """The words say which process holds the lock, and since when; when that one is killed the lock is free."""
    file = tmp_path / "audit.lock"
    today = datetime.now(UTC).strftime("%Y-")
    with (
        pytest.raises(AuditRunning, match=rf"running \(process {holder.pid}, since {today}.* UTC\)\. Wait"),
        audit_lock(file),
    ):
        pass
    holder.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    holder.wait()
    with audit_lock(file):
        pass


def test_within_one_process_too(tmp_path):
    """The lock belongs to whoever opened the file."""
    file = tmp_path / "new" / "audit.lock"
    then = datetime(2026, 11, 26, 3, 12, tzinfo=UTC)
    with audit_lock(file, now=then), pytest.raises(AuditRunning, match="since 2026-11-26 03:12 UTC"), audit_lock(file):
        pass
    with audit_lock(file):
        pass


def test_a_file_alone_locks_nothing(tmp_path):
    """A run that was killed has left it."""
    file = tmp_path / "audit.lock"
    file.write_text("process 1, since the flood\n")
    with audit_lock(file):
        assert f"process {os.getpid()}" in file.read_text()


def test_what_the_file_says_is_quoted(tmp_path, holder):
    """It may hold anything."""
    file = tmp_path / "audit.lock"
    file.write_bytes(b"\x1b[2J\n::error::\xff" + b"x" * 5000)
    with pytest.raises(AuditRunning) as caught, audit_lock(file):
        pass
    assert holder.poll() is None
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_a_place_that_cannot_be_is_told(tmp_path):
    """One line, with the way out."""
    (tmp_path / "x").write_text("")
    with pytest.raises(AuditRunning, match="cannot be opened"), audit_lock(tmp_path / "x" / "audit.lock"):
        pass
