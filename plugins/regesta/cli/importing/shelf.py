"""The folders that imports go to. Each file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
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
        self._briefs, self._logs = into / "briefs", into / "repairs"
        self.force, self._dry_run = force, dry_run
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
        if not self._dry_run:
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


def _originals(folder: Path) -> Iterator[tuple[str, PurePosixPath]]:
    for path in sorted(folder.rglob("*.md")):
        try:
            with path.open("rb") as file:
                sha256 = original_sha256(file.read(_FRONT_MATTER))
        except OSError:
            continue  # a folder named x.md, or a file that vanished
        if sha256:
            yield sha256, PurePosixPath(path.relative_to(folder).as_posix())
