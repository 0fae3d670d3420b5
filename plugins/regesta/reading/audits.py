"""`audits.jsonl`: one line for each run of an audit."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from regesta.model.audits import AuditRun, read_audits, write_audit
from regesta.reading.folder import read_own_bytes, shown_folder
from regesta.reading.ledger import faults_of
from regesta.reading.whole_files import NotReplaced

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.model.json_lines import RecordFault

__all__ = ["AUDITS", "add_audit", "open_audits"]

AUDITS = "audits.jsonl"
_SIZE_LIMIT = 32 * 1024 * 1024


def open_audits(file: Path) -> tuple[tuple[AuditRun, ...], tuple[RecordFault, ...]]:
    """Read the runs, in order of time, none where there is no file; also give what is wrong; raise `Unreadable`."""
    shown = f"{shown_folder(file.parent)}{file.name}"
    content = read_own_bytes(file, limit=_SIZE_LIMIT)
    if content is None:
        return (), ()
    runs, problems = read_audits(content.decode("utf-8-sig", "replace"))
    return runs, faults_of(shown, content, problems)


def add_audit(file: Path, run: AuditRun) -> None:
    """Add a run at the end; raise `NotReplaced`. On a full disk the file is as long as it was."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0), 0o666)
        with os.fdopen(number, "r+b", buffering=0) as opened:
            length = opened.seek(0, os.SEEK_END)
            if length:
                opened.seek(-1, os.SEEK_END)
            # What was cut off once does not spoil another line.
            start = b"\n" if length and opened.read(1) != b"\n" else b""
            _add(opened.fileno(), length, start + write_audit(run).encode("ascii"))
    except OSError as error:
        shown = f"{shown_folder(file.parent)}{file.name}"
        raise NotReplaced(f"{shown}: cannot be written ({error.strerror or error}). It is as it was.") from error


def _add(number: int, length: int, line: bytes) -> None:
    try:
        left = line
        while left:
            left = left[os.write(number, left) :]
        os.fsync(number)
    except OSError:
        os.ftruncate(number, length)
        raise
