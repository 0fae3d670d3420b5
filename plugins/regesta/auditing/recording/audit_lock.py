"""One audit of an archive at a time. The system holds the lock, so that a process that is killed lets it go."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from regesta.model.json_lines import shown
from regesta.reading.whole_files import make_own_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["LOCK", "AuditRunning", "audit_lock"]

LOCK = ".regesta/audit.lock"
"""Beside mkdocs.yml. That it is there says nothing."""


class AuditRunning(Exception):
    """Another audit of this archive is running, or the lock cannot be had at all."""


@contextmanager
def audit_lock(file: Path, *, now: datetime | None = None) -> Iterator[None]:
    """Hold the lock; raise `AuditRunning` with whoever holds it. Nobody waits."""
    try:
        make_own_folder(file.parent)
        number = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError as error:
        raise AuditRunning(
            f"{file}: cannot be opened ({error.strerror or error}). An audit needs a folder that it can write."
        ) from error
    try:
        if not _lock(number):
            raise AuditRunning(
                f"Another audit of this archive is running{_holder(number)}. Wait until it has ended, or end it."
            )
        started = (now or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M UTC")
        with suppress(OSError):  # on a full disk the lock holds all the same
            os.ftruncate(number, 0)
            os.lseek(number, 0, os.SEEK_SET)
            os.write(number, f"process {os.getpid()}, since {started}\n".encode("ascii"))
        yield
    finally:
        os.close(number)  # lets the lock go


_LONGEST = 200


def _holder(number: int) -> str:
    """Say who holds the lock, as whoever holds it has written it."""
    with suppress(OSError):
        os.lseek(number, 0, os.SEEK_SET)
        if written := os.read(number, _LONGEST).decode("ascii", "replace").strip():
            return f" ({shown(written)[1:-1]})"
    return ""


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30

    def _lock(number: int) -> bool:
        """Lock a byte far behind what is written: there a locked byte cannot be read."""
        os.lseek(number, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(number: int) -> bool:
        """Lock the file as such."""
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
