"""The links of what was asked for: archives, folders and files of Markdown, each link with the brief that cites it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from regesta.cli.progress import Progress
from regesta.cli.recording.citing_files import Kind, read_citing_file
from regesta.reading.collection import without_collection
from regesta.reading.folder import ArchiveMissing, Unreadable, archive_of, list_folder, list_markdown, within
from regesta.reporting.report import Checked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from regesta.model.cited_links import CitedLink
    from regesta.model.dates import ArchiveDate
    from regesta.reading.cache import Cache
    from regesta.reading.folder import SourceFile
    from regesta.reading.site_config import SiteConfig

__all__ = ["Citations"]


@dataclass(slots=True, kw_only=True)
class Citations:
    """What has been read so far."""

    config: SiteConfig
    fail: Callable[[str], None]
    """Is told of what could not be read; the rest is read all the same."""
    cache: Cache | None = None
    """What is known of files that have not changed."""
    links: list[tuple[str, str, ArchiveDate | None, CitedLink]] = field(default_factory=list)
    """Path, title and date of a file with each of its links, as `join_states` takes them; none of a withdrawn brief."""
    checked: dict[str, Checked] = field(default_factory=dict)
    """Every file that was read, by path."""
    briefs: int = 0
    withdrawn: set[str] = field(default_factory=set)
    """Files of which nothing is quoted."""
    archives: list[Path] = field(default_factory=list)
    """Archives that were read as a whole."""
    _beside: list[Path] = field(default_factory=list)
    _seen: set[Path] = field(default_factory=set)

    @property
    def root(self) -> Path:
        """The archive whose record, decisions and exceptions count: the first that was met, or the site's."""
        return next(iter([*self.archives, *self._beside]), self.config.source)

    @property
    def is_whole(self) -> bool:
        """Whether that archive was read as a whole."""
        return self.root in self.archives

    def read(self, paths: Sequence[Path]) -> None:
        """Read what is asked for, or the archive of the site."""
        with without_collection():
            for path in paths or [self.config.source]:
                try:
                    if path == self.config.source or (path / "briefs").is_dir():
                        self._read_archive(path)
                    else:
                        self._read_markdown(path)
                except ArchiveMissing as error:
                    self.fail(str(error))
        if self.cache:
            self.cache.save()

    def _read_archive(self, root: Path) -> None:
        folder = list_folder(root, on_unreadable=lambda unreadable: self.fail(str(unreadable)))
        self.archives.append(root)
        with Progress(len(folder.briefs) + len(folder.entities), "files") as progress:
            for kind, files in ((Kind.ENTITY, folder.entities), (Kind.BRIEF, folder.briefs)):
                for file in files:
                    progress.step()
                    self._read_file(file, kind)

    def _read_markdown(self, place: Path) -> None:
        files = list_markdown(place, on_unreadable=lambda unreadable: self.fail(str(unreadable)))
        with Progress(len(files), "files") as progress:
            for file in files:
                progress.step()
                root = archive_of(file.file.parent)
                if root is None:
                    self._read_file(file, Kind.PAGE)
                    continue
                if root not in self._beside:
                    self._beside.append(root)
                self._read_file(within(root, file), Kind.BRIEF)

    def _read_file(self, file: SourceFile, kind: Kind) -> None:
        """Read a file, unless it was read before: a folder and a file in it may both be named."""
        resolved = file.file.resolve()
        if resolved in self._seen:
            return
        self._seen.add(resolved)
        try:
            found = read_citing_file(file, kind, self.cache)
        except Unreadable as error:
            self.fail(str(error))
            return
        if found.is_draft:
            return
        path = file.shown_path
        self.briefs += kind is Kind.BRIEF
        self.checked[path] = Checked(path=path, title=found.title, publisher=found.publisher, language=found.language)
        if found.is_withdrawn:
            self.withdrawn.add(path)
        self.links += [(path, found.title, found.date, link) for link in found.links]
