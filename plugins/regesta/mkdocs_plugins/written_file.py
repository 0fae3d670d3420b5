"""A file of the site that is no page, written when MkDocs copies files and only where it has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig

    from regesta.mkdocs_plugins.previous_site import PreviousSite

__all__ = ["WrittenFile"]


class WrittenFile(File):
    """Asks for its text when it is due, and leaves a file of the last build alone that says the same."""

    def __init__(self, path: str, write: Callable[[], str], config: MkDocsConfig, previous: PreviousSite) -> None:
        """Take the path in the site, what writes it, and what the last build wrote."""
        super().__init__(
            path, None, config.site_dir, config.use_directory_urls, dest_uri=path, inclusion=InclusionLevel.NOT_IN_NAV
        )
        self.generated_by = "regesta/briefs"
        self._write, self._previous = write, previous

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - MkDocs' own signature
        """Write it."""
        content = self._write().encode()
        if self._previous.has(self.dest_uri, content):
            return
        place = Path(self.abs_dest_path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
