"""Opens the link ledger, `links.jsonl` or the folder `links/` of the same lines, and replaces it as a whole."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.model.json_lines import RecordFault
from regesta.model.ledger import Ledger, LinkRecord, merge_records, write_lines
from regesta.model.ledger_reading import read_ledger
from regesta.reading.cache import file_state
from regesta.reading.collection import without_collection
from regesta.reading.folder import Unreadable, read_own_bytes, shown_folder
from regesta.reading.whole_files import NotReplaced, sweep, write_bytes_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from regesta.model.json_lines import LineProblem
    from regesta.model.ledger_lines import IsCopy
    from regesta.model.urls import Url

__all__ = [
    "LEDGER",
    "OpenedLedger",
    "faults_of",
    "open_ledger",
    "remember_copy_hosts",
    "remembered_copy_hosts",
    "write_ledger",
]

LEDGER = "links.jsonl"

_COPY_HOSTS_FILE = Path(".regesta/archives.txt")
"""Beside mkdocs.yml, and in no repository: whoever proposes a change to the record cannot name an archive there."""

LARGEST = 50_000_000
"""Bytes past which the ledger is a folder: those who keep repositories for others warn at 50 MB and refuse at 100."""

_SIZE_LIMIT = 2 * LARGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLedger:
    """A ledger as it was found."""

    file: Path
    """`links.jsonl`, also where the lines lie in the folder beside it, `links/`."""
    records: Mapping[Url, LinkRecord]
    """In order of URL."""
    problems: tuple[RecordFault, ...]
    """What is wrong with single lines, with their places. The rest counts."""
    damaged: tuple[str, ...]
    """Lines that say nothing certain. They are written again, at the end, as they stand."""
    is_settled: bool
    """Whether writing the same records would change nothing."""
    states: Mapping[str, str | None]
    """What tells whether somebody has changed the files since."""
    is_copy: IsCopy
    today: date | None


def open_ledger(file: Path, *, is_copy: IsCopy, today: date | None = None) -> OpenedLedger:
    """Read a ledger, an empty one where there is none; raise `Unreadable`. Symbolic links are not followed.

    Both forms are read where both are there: a run was killed while it moved from one to the other.
    """
    records: dict[Url, LinkRecord] = {}
    problems: list[RecordFault] = []
    damaged: list[str] = []
    files = _files(file)
    states = _states(files)
    is_settled = len({one.parent for one in files}) <= 1
    for one in files:
        content = read_own_bytes(one, limit=_SIZE_LIMIT) or b""
        with without_collection():
            # What is no UTF-8 is damaged, and is written as it was.
            found = read_ledger(content.decode("utf-8-sig", "surrogateescape"), is_copy=is_copy, today=today)
        is_settled &= found.is_settled
        if not records:
            records = found.records
        else:
            for url, record in found.records.items():
                records[url] = merge_records(records[url], record) if url in records else record
        problems += faults_of(_shown(one), content, found.problems)
        damaged += found.damaged
    return OpenedLedger(
        file=file,
        records=records if len(files) <= 1 else dict(sorted(records.items())),
        problems=tuple(problems),
        damaged=tuple(dict.fromkeys(damaged)),
        is_settled=is_settled,
        states=states,
        is_copy=is_copy,
        today=today,
    )


def write_ledger(opened: OpenedLedger, records: Ledger, *, largest: int = LARGEST) -> bool:
    """Put records in the place of those that were found; tell whether that changed a file; raise `NotReplaced`.

    Each file is replaced by one rename, or left alone where its bytes stay the same. What somebody else has written
    since is merged: the newer evidence counts.
    """
    if opened.is_settled and records == opened.records:
        return False
    damaged = opened.damaged
    if _states(_files(opened.file)) != opened.states:
        found = open_ledger(opened.file, is_copy=opened.is_copy, today=opened.today)
        records, damaged = _merged(opened.records, records, found.records), found.damaged
    parts = _parts(opened.file, records.values(), damaged, largest)
    try:
        return _replace(opened.file, parts)
    except OSError as error:
        why = error.strerror or error
        raise NotReplaced(
            f"{_shown(opened.file)}: cannot be written ({why}). What was there is there still."
        ) from error


def faults_of(path: str, content: bytes, problems: Sequence[LineProblem]) -> tuple[RecordFault, ...]:
    """Give problems of a file's lines with their places."""
    if not problems:
        return ()
    starts = [0, *(found.end() for found in re.finditer(b"\n", content))]
    return tuple(RecordFault(path, starts[problem.line - 1], problem) for problem in problems)


def remembered_copy_hosts(folder: Path) -> frozenset[str]:
    """Give the hosts of archives that somebody has named to an audit on this machine.

    Their copies may be shown as those of known archives are.
    """
    try:
        text = (folder / _COPY_HOSTS_FILE).read_text(encoding="ascii")
    except (OSError, ValueError):
        return frozenset()
    return frozenset(line for line in text.split("\n") if _HOST.fullmatch(line))


def remember_copy_hosts(folder: Path, hosts: Iterable[str]) -> None:
    """Keep the hosts of archives for whoever reads the record later on; raise `NotReplaced`."""
    known = remembered_copy_hosts(folder)
    found = known | {host for host in hosts if _HOST.fullmatch(host)}
    if found == known:
        return
    file = folder / _COPY_HOSTS_FILE
    try:
        file.parent.mkdir(exist_ok=True)
        write_bytes_whole(file, "".join(f"{host}\n" for host in sorted(found)).encode("ascii"))
    except OSError as error:
        raise NotReplaced(f"{file}: cannot be written ({error.strerror or error}).") from error


_HOST = re.compile(r"(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.ASCII)


def _files(file: Path) -> list[Path]:
    folder = file.with_suffix("")
    try:
        inside = sorted(one for one in folder.iterdir() if _PART.fullmatch(one.name))
    except (FileNotFoundError, NotADirectoryError):
        inside = []
    except OSError as error:
        raise Unreadable(_shown(folder), f"cannot be listed ({error.strerror or error}).") from error
    if inside and folder.is_symlink():
        raise Unreadable(_shown(folder), "is a symbolic link. Put the folder itself there.")
    return [*([file] if file.is_symlink() or file.exists() else []), *inside]


def _states(files: Iterable[Path]) -> dict[str, str | None]:
    return {str(one): file_state(one) for one in files}


def _shown(file: Path) -> str:
    return f"{shown_folder(file.parent)}{file.name}"


def _merged(before: Ledger, ours: Ledger, theirs: Ledger) -> dict[Url, LinkRecord]:
    """Take over what somebody else has changed."""
    merged = dict(ours)
    for url, record in theirs.items():
        if record != before.get(url):
            merged[url] = merge_records(merged[url], record) if url in merged else record
    return merged


_PART = re.compile(r"(?:[0-9a-z]|other)\.jsonl")
_FIRST = re.compile(r"https?://(?:[^/@]*@)?(?:www\.)?([0-9a-z])")


def _parts(file: Path, records: Iterable[LinkRecord], damaged: tuple[str, ...], largest: int) -> dict[Path, bytes]:
    """Write the records, and part them by the first letter of their hosts where they are too many for one file.

    What is written depends on the records alone, not on which form was there.
    """
    kept = "".join(f"{line}\n" for line in damaged).encode("utf-8", "surrogateescape")
    lines = write_lines(records)
    if len(lines) + len(kept) <= largest:
        return {file: lines.encode("ascii") + kept}
    parted: dict[str, list[LinkRecord]] = {}
    for record in records:
        first = _FIRST.match(record.url)
        parted.setdefault(first[1] if first else "other", []).append(record)
    folder = file.with_suffix("")
    parts = {folder / f"{name}.jsonl": write_lines(some).encode("ascii") for name, some in sorted(parted.items())}
    if kept:
        parts[folder / "other.jsonl"] = parts.get(folder / "other.jsonl", b"") + kept
    return parts


def _replace(file: Path, parts: Mapping[Path, bytes]) -> bool:
    """Write what is new, then take away what has moved: at every moment each line is in at least one file."""
    there = _files(file)
    changed = False
    sweep(file)
    sweep(file.with_suffix("") / "*.jsonl")
    for path, content in parts.items():
        if path in there and path.read_bytes() == content:
            continue
        if content or path in there:
            write_bytes_whole(path, content)
            changed = True
    for path in there:
        if path not in parts:
            path.unlink()
            changed = True
    folder = file.with_suffix("")
    if not any(path.parent == folder for path in parts):
        with suppress(OSError):
            folder.rmdir()
    return changed
