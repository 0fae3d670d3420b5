"""The files of an archive: which there are, and what they hold."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

__all__ = [
    "IMAGE_SUFFIXES",
    "ArchiveFolder",
    "ArchiveMissing",
    "SourceFile",
    "Unreadable",
    "exists",
    "list_folder",
    "list_markdown",
    "list_paths",
    "read_file",
    "shown_folder",
]

IMAGE_SUFFIXES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
"""Images that the site shows. SVG is not among them: it can hold scripts."""

SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes of one Markdown file."""


class ArchiveMissing(Exception):
    """There is no such folder, or it holds no archive."""


class Unreadable(Exception):
    """A file that cannot be read: it is named, and the others are read all the same."""

    def __init__(self, path: str, reason: str) -> None:
        """Say which file, as messages name it, and why."""
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class SourceFile(NamedTuple):
    """A file of the archive."""

    path: str
    """From the archive's source folder, with forward slashes."""
    shown_path: str
    """As messages name it."""
    file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFolder:
    """What lies in an archive's source folder, each list in order of path."""

    root: Path
    briefs: tuple[SourceFile, ...]
    entities: tuple[SourceFile, ...]
    images: tuple[SourceFile, ...]


def list_folder(root: Path) -> ArchiveFolder:
    """List the files of an archive; raise `ArchiveMissing`. Symbolic links are not followed."""
    if not root.is_dir():
        raise ArchiveMissing(
            f"There is no folder {os.fspath(root)!r}. An archive keeps its briefs in 'briefs_src/briefs/'."
        )
    briefs, images = [], []
    for file in _files(root, "briefs"):
        suffix = Path(file.path).suffix.lower()
        if suffix == ".md":
            briefs.append(file)
        elif suffix in IMAGE_SUFFIXES:
            images.append(file)
    entities = [file for file in _files(root, "entities") if file.path.endswith(".md")]
    return ArchiveFolder(root=root, briefs=tuple(briefs), entities=tuple(entities), images=tuple(images))


def list_paths(root: Path) -> frozenset[str]:
    """Give the paths of all files in a folder, from there, with forward slashes."""
    return frozenset(file.path for file in _files(root, ""))


def list_markdown(place: Path) -> tuple[SourceFile, ...]:
    """List the Markdown files of a folder that is no archive, or the one file that is named; raise `ArchiveMissing`."""
    if place.is_file():
        return (SourceFile(place.name, f"{shown_folder(place.parent)}{place.name}", place),)
    if not place.is_dir():
        raise ArchiveMissing(f"There is no file or folder {os.fspath(place)!r}.")
    return tuple(file for file in _files(place, "") if file.path.lower().endswith((".md", ".markdown")))


def exists(shown_path: str) -> bool:
    """Tell whether there is a file that messages name so."""
    return Path(shown_path).exists()


def read_file(file: SourceFile) -> bytes:
    """Read a file; raise `Unreadable`."""
    try:
        if file.file.stat().st_size > SIZE_LIMIT:
            raise Unreadable(file.shown_path, f"larger than {SIZE_LIMIT // 2**20} MB. Is it a brief?")
        return file.file.read_bytes()
    except OSError as error:
        raise Unreadable(file.shown_path, f"cannot be read ({error.strerror or error}).") from error


def _files(root: Path, folder: str) -> list[SourceFile]:
    found = []
    shown = shown_folder(root)
    for place, folders, names in os.walk(root / folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            file = Path(place, name)
            if name.startswith(".") or file.is_symlink():
                continue
            path = file.relative_to(root).as_posix()
            found.append(SourceFile(path, f"{shown}{path}", file))
    return sorted(found)


def shown_folder(root: Path) -> str:
    """Name the folder as a person in the current one would."""
    try:
        shown = root.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        shown = root.as_posix()
    return "" if shown == "." else f"{shown}/"
