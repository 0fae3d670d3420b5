"""An archive in which nothing has changed since the last check is not read again."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from regesta import __version__
from regesta.checking.recall import Outcome, recall, remember
from regesta.reading.cache import Cache, file_state

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from regesta.checking.registry import Selection
    from regesta.checking.texts import Context
    from regesta.reading.folder import SourceFile

__all__ = ["CACHE_FILE", "Remembered"]

CACHE_FILE = ".regesta/check.sqlite"
"""Beside mkdocs.yml; never committed."""


class Remembered:
    """What the last check of an archive found, if all that it saw is as it was."""

    def __init__(
        self, root: Path, files: Sequence[SourceFile], context: Context, selection: Selection, cache: Cache | None
    ) -> None:
        """Look it up. Without a cache nothing is known and nothing is kept."""
        self._cache = cache
        self._key = _key(root, files, context, selection) if cache else ""
        kept = cache.get(self._key) if cache else None
        self.outcome = recall(kept) if kept else None

    def keep(self, outcome: Outcome) -> None:
        """Keep what was found now."""
        if self._cache:
            self._cache.put(self._key, remember(outcome))


def _key(root: Path, files: Sequence[SourceFile], context: Context, selection: Selection) -> str:
    """Give one key to each state of all that a check looks at.

    A file is known by its size, times and number and is not read; today's date counts, since a rule asks for it.
    """
    digest = blake2b(digest_size=20)
    facts = [
        __version__,
        str(context.now),
        str(context.directory_urls),
        *sorted(selection.codes),
        "",
        *sorted(context.own_fields),
        "",
    ]
    facts += [*sorted(context.paths), "", str(file_state(root / "decisions.yml"))]
    facts += [f"{file.shown_path}\0{file_state(file.file)}" for file in files]
    for fact in facts:
        digest.update(fact.encode("utf-8", "surrogateescape") + b"\n")
    return digest.hexdigest()
