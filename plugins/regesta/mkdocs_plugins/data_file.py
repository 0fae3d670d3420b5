"""A file of the site that is no page, as MkDocs knows files: made when it is due, and not written again unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig

    from regesta.pages.links_data import DataFile

__all__ = ["data_file"]


class _DueFile(File):
    """Is made at the moment at which MkDocs would copy it."""

    data: DataFile
    stands: Callable[[str, bytes], bool]

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - MkDocs' own signature
        content = self.data.written()
        if self.stands(self.dest_uri, content):
            return
        place = Path(self.abs_dest_path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def data_file(config: MkDocsConfig, data: DataFile, stands: Callable[[str, bytes], bool]) -> File:
    """Make the file. `stands` tells whether the last build has left just this at a path."""
    file = _DueFile.generated(config, data.path, content=b"")
    assert isinstance(file, _DueFile)  # noqa: S101 - `generated` makes the class it is called on
    file.data, file.stands = data, stands
    return file
