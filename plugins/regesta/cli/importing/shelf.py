"""The folders that imports go to. Each file is written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path, PurePosixPath
from time import time
from typing import TYPE_CHECKING

from regesta.cli.importing.report import shown_name
from regesta.importing.front_matter import original_sha256
from regesta.importing.repairs import repair_log
from regesta.reading.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.importing.imported import Imported

__all__ = ["Refused", "Shelf"]

_FRONT_MATTER = 64 * 1024


class Refused(Exception):
    """Something that was asked for and is not done. The message says why and what to do."""


class Shelf:
    """Knows from which documents the briefs of an archive were made, and where the next one goes."""

    def __init__(self, into: Path, *, force: bool, dry_run: bool) -> None:
        """Look at the briefs that are there. With `force` they may be replaced, with `dry_run` nothing is written."""
        self.root = into
        self._briefs, self._logs = into / "briefs", into / "repairs"
        self.force, self.dry_run = force, dry_run
        if not dry_run:
            _sweep(self._briefs, ".md")
            _sweep(self._logs, ".jsonl")
        self._by_original: dict[str, PurePosixPath] = dict(_originals(self._briefs))
        self._places = set(self._by_original.values())
        self._placed_now: set[PurePosixPath] = set()

    def holds(self, imported: Imported) -> Path | None:
        """Give the brief that was made from the same document."""
        place = self._by_original.get(imported.sha256)
        return self._briefs / place if place else None

    def put(self, imported: Imported) -> tuple[Imported, Path]:
        """Write a brief and its log; give it as written, and its path. Made again, it keeps its address."""
        place = self._by_original.get(imported.sha256)
        if place is None:
            imported, place = self._find_place(imported)
        brief = self._briefs / place
        for folder in (self._briefs, self._logs):
            _refuse_links(folder, place.parent)
        if not self.dry_run:
            # The log first: the brief says that its document is imported, and must not say so too early.
            write_whole((self._logs / place).with_suffix(".jsonl"), repair_log(imported.repairs))
            write_whole(brief, imported.markdown)
        self._by_original[imported.sha256] = place
        self._placed_now.add(place)
        return imported, brief

    def _find_place(self, imported: Imported) -> tuple[Imported, PurePosixPath]:
        place = imported.path()
        if place in self._placed_now or (place in self._places and not self.force):
            imported = imported.kept_apart_from(shown_name(self._briefs / place))
            place = imported.path(apart=True)
        if (self._briefs / place).exists() and not self.force:
            raise Refused(
                f"A brief that was not made from a document stands at {shown_name(self._briefs / place)}. "
                "Use --force to replace it, or give this document another title in a manifest."
            )
        return imported, place


def _refuse_links(root: Path, inside: PurePosixPath) -> None:
    """Refuse to write through a symbolic link below an archive's folder: nothing reads what lies behind it."""
    for folder in (inside, *inside.parents):
        if folder.name and (root / folder).is_symlink():
            raise Refused(
                f"{shown_name(root / folder)} is a symbolic link, which no command follows. "
                "Put a folder in its place, and import the document again."
            )


def _sweep(root: Path, suffix: str) -> None:
    """Take away what an import that was killed has left: files of ours whose process is gone."""
    for left in root.rglob(f".*{suffix}.*.tmp"):
        process = left.name.removesuffix(".tmp").rpartition(".")[2]
        if process.isdecimal() and left.is_file() and not left.is_symlink() and not _is_at_work(int(process), left):
            with suppress(OSError):
                left.unlink()


def _is_at_work(process: int, file: Path) -> bool:
    """Whether another import may be writing a file. An hour later its number may be another program's."""
    try:
        if time() - file.stat().st_mtime > _HOUR or process == os.getpid():
            return False
        if os.name == "nt":  # there, asking whether a process is alive ends it
            return True
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError, FileNotFoundError):
        return False
    except OSError:
        return True
    return True


_HOUR = 3600


def _originals(folder: Path) -> Iterator[tuple[str, PurePosixPath]]:
    for path in sorted(folder.rglob("*.md")):
        try:
            with path.open("rb") as file:
                sha256 = original_sha256(file.read(_FRONT_MATTER))
        except OSError:
            continue  # a folder named x.md, or a file that vanished
        if sha256:
            yield sha256, PurePosixPath(path.relative_to(folder).as_posix())
