"""What the last build wrote, kept so that an unchanged page is not written again.

Writing a new file costs some disks more than making the page. MkDocs empties the site's folder first, so the folders
of the archive are moved aside before it does, and back afterwards; what nobody renewed is deleted at the end.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["PreviousSite"]

ASIDE = ".regesta-previous"
"""MkDocs leaves hidden names alone when it empties the site's folder."""


class PreviousSite:
    """The folders of the archive in a site that was built before."""

    def __init__(self, site_dir: str, folders: Collection[str]) -> None:
        """Take the site's folder, and the names in it that belong to the archive."""
        self._site = Path(site_dir)
        self._aside = self._site / ASIDE
        self._folders = sorted(folders)
        self._present: set[str] = set()

    def set_aside(self) -> None:
        """Move the folders out of MkDocs' way. What an interrupted build left aside is taken up."""
        if not self._site.is_dir():
            return
        for name in self._folders:
            here, there = self._site / name, self._aside / name
            if not here.is_dir() or here.is_symlink():
                continue
            if there.exists():
                shutil.rmtree(there)
            self._aside.mkdir(exist_ok=True)
            here.rename(there)

    def take_back(self) -> None:
        """Move them back, after MkDocs has emptied the folder and before anything is written."""
        self._present.clear()
        for name in self._folders:
            here, there = self._site / name, self._aside / name
            if there.is_dir() and not here.exists():
                there.rename(here)
                self._present.update(_files(here, self._site))
        self.drop_aside()

    def has(self, path: str, content: bytes) -> bool:
        """Tell whether a file of the last build, by its path in the site, holds just this."""
        if path not in self._present:
            return False
        try:
            with (self._site / path).open("rb") as file:
                return file.read() == content
        except OSError:
            return False

    def holds(self, path: str) -> bool:
        """Tell whether there is a file of the last build, by its path in the site."""
        return path in self._present

    def drop_all_but(self, paths: Collection[str]) -> None:
        """Delete what the last build wrote and this one did not."""
        gone = self._present.difference(paths)
        for path in gone:
            (self._site / path).unlink(missing_ok=True)
        for folder in sorted({os.path.dirname(path) for path in gone}, key=len, reverse=True):  # noqa: PTH120
            _remove_empty(self._site / folder, self._site)
        self._present.clear()

    def drop_aside(self) -> None:
        """Delete what is still aside."""
        shutil.rmtree(self._aside, ignore_errors=True)


def _files(folder: Path, site: Path) -> list[str]:
    found = []
    prefix = len(os.fspath(site)) + 1
    for place, _, names in os.walk(folder):
        stem = place[prefix:].replace(os.sep, "/")
        found += [f"{stem}/{name}" for name in names]
    return found


def _remove_empty(folder: Path, site: Path) -> None:
    while folder != site:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
