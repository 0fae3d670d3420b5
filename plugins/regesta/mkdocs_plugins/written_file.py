"""A file of the site that is no page, written when MkDocs copies files and only where it has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig

    from regesta.mkdocs_plugins.previous_site import PreviousSite
    from regesta.pages.lazy_file import LazyFile

__all__ = ["WrittenFile", "write_changed"]


class WrittenFile(File):
    """Asks for what it holds when it is due, and leaves a file of the last build alone that says the same."""

    def __init__(self, lazy: LazyFile, config: MkDocsConfig, previous: PreviousSite, *, written: bool = False) -> None:
        """Take what it is, what the last build wrote, and whether this build has written it already."""
        path = lazy.path
        super().__init__(
            path, None, config.site_dir, config.use_directory_urls, dest_uri=path, inclusion=InclusionLevel.NOT_IN_NAV
        )
        self.generated_by = "regesta/briefs"
        # Other plugins take a path for granted.
        self.abs_src_path = config.config_file_path
        self._lazy, self._previous, self._written = lazy, previous, written

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - MkDocs' own signature
        """Write it."""
        if self._written:
            return
        place = Path(self.abs_dest_path)
        if self._previous.holds(self.dest_uri):
            write_changed(place, self._lazy.pieces())
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            file.writelines(self._lazy.pieces())


def write_changed(place: Path, pieces: Iterable[bytes]) -> None:
    """Make a file hold the pieces; write from the first on that is another. A file that holds them is left alone."""
    with place.open("r+b") as file:
        same = True
        for piece in pieces:
            at = file.tell() if same else 0
            if same and file.read(len(piece)) != piece:
                same = False
                file.seek(at)
            if not same:
                file.write(piece)
        end = file.tell()
        if file.seek(0, 2) != end:
            file.truncate(end)
