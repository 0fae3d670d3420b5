"""The files of an archive: which there are, and what they hold."""

from __future__ import annotations

import os
import stat
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

from regesta.model.site_paths import IMAGE_SUFFIXES

__all__ = [
    "MARKDOWN_SUFFIXES",
    "ArchiveFolder",
    "ArchiveMissing",
    "SourceFile",
    "Unreadable",
    "archive_of",
    "exists",
    "is_utf8",
    "list_folder",
    "list_markdown",
    "list_paths",
    "list_suffix",
    "list_symlinks",
    "not_utf8",
    "read_file",
    "read_own_bytes",
    "read_own_text",
    "read_settings_file",
    "shown_folder",
    "unusable_name",
    "within",
]

MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".mdx")
"""As MkDocs knows them, and Markdown with components."""

SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes of one Markdown file."""


OWN_SIZE_LIMIT = 4 * 1024 * 1024
"""Bytes of a file that people write beside the briefs."""

_COUNTED = frozenset({*IMAGE_SUFFIXES, *MARKDOWN_SUFFIXES, ".yml", ".yaml"})
"""Endings of the names of what an archive shows or reads."""
_LINKED_FOLDER = "is a symbolic link. Put the folder itself there."
_NOT_ITSELF = "is a symbolic link, or no file. Put the file itself there."


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


OnUnreadable: TypeAlias = Callable[[Unreadable], None]
"""Is told of what is there and cannot be read."""


def _pass_over(_unreadable: Unreadable) -> None:
    """Say nothing: whoever lists the same folder for its contents has said it."""


def list_folder(root: Path, *, on_unreadable: OnUnreadable = _pass_over) -> ArchiveFolder:
    """List the files of an archive; raise `ArchiveMissing`. Symbolic links are not followed."""
    if not root.is_dir():
        raise ArchiveMissing(
            f"There is no folder {os.fspath(root)!r}. An archive keeps its briefs in 'briefs_src/briefs/'."
        )
    briefs = [file for file in _files(root, "briefs", on_unreadable) if file.path.endswith(".md")]
    entities = [file for file in _files(root, "entities", on_unreadable) if file.path.endswith(".md")]
    return ArchiveFolder(root=root, briefs=tuple(briefs), entities=tuple(entities))


def list_paths(root: Path) -> frozenset[str]:
    """Give the paths of all files in a folder, from there, with forward slashes."""
    return frozenset(file.path for file in _files(root, "", _pass_over))


def list_symlinks(root: Path) -> frozenset[str]:
    """Give the paths of the symbolic links in a folder, of files and of folders. None is followed."""
    symlinks: list[str] = []
    _files(root, "", _pass_over, symlinks=symlinks)
    return frozenset(symlinks)


def list_suffix(
    root: Path, folder: str, suffixes: tuple[str, ...], *, on_unreadable: OnUnreadable = _pass_over
) -> tuple[SourceFile, ...]:
    """List the files of one folder of an archive whose names end so, in order of path."""
    return tuple(file for file in _files(root, folder, on_unreadable) if file.path.lower().endswith(suffixes))


def list_markdown(place: Path, *, on_unreadable: OnUnreadable = _pass_over) -> tuple[SourceFile, ...]:
    """List the Markdown files of a folder that is no archive, or the one file that is named; raise `ArchiveMissing`.

    Files are found through symbolic links too, as a site builds them; folders are not, since they may go in circles.
    """
    if place.is_file():
        return (SourceFile(place.name, f"{shown_folder(place.parent)}{place.name}", place),)
    if not place.is_dir():
        raise ArchiveMissing(f"There is no file or folder {os.fspath(place)!r}.")
    files = _files(place, "", on_unreadable, linked_files=True)
    return tuple(file for file in files if file.path.lower().endswith(MARKDOWN_SUFFIXES))


@lru_cache(maxsize=1024)
def archive_of(folder: Path) -> Path | None:
    """Give the source folder of the archive that a folder of briefs is in: `briefs/` lies there beside `entities/`."""
    folder = folder.absolute()
    ups = (folder, *folder.parents)
    return next((up.parent for up in ups if up.name == "briefs" and (up.parent / "entities").is_dir()), None)


def within(root: Path, file: SourceFile) -> SourceFile:
    """Give a file as one of the archive in `root`."""
    return file._replace(path=file.file.absolute().relative_to(root).as_posix())


def exists(shown_path: str) -> bool:
    """Tell whether there is a file that messages name so."""
    return Path(shown_path).exists()


def is_utf8(name: str) -> bool:
    """Tell whether a file's name is UTF-8: Python writes what is not as halves of surrogate pairs."""
    return name.isascii() or not any("\ud800" <= char <= "\udfff" for char in name)


def unusable_name(name: str) -> str:
    """Say why a name is none that can be used, and what to do: it is not UTF-8, or Python does not take it for that."""
    try:
        os.fsencode(name.rpartition("/")[2]).decode("utf-8")
    except ValueError:
        return "has a name that is not UTF-8. Rename it."
    return "has a name that cannot be read in this locale. Set PYTHONUTF8=1."


def read_file(file: SourceFile) -> bytes:
    """Read a file; raise `Unreadable`. A pipe or a device that goes by a file's name is not waited for."""
    try:
        opened = os.open(file.file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(opened, "rb") as source:  # noqa: PTH123 - a descriptor has no path
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise Unreadable(file.shown_path, "is no ordinary file.")
            content = source.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(file.shown_path, f"cannot be read ({_why(error)}).") from error
    if len(content) > SIZE_LIMIT:
        hint = " Is it a brief?" if file.path.lower().endswith(MARKDOWN_SUFFIXES) else ""
        raise Unreadable(file.shown_path, f"larger than {SIZE_LIMIT // 2**20} MB.{hint}")
    return content


def read_settings_file(file: Path) -> bytes | None:
    """Read `mkdocs.yml` or the like, through symbolic links too; None without one; raise `Unreadable`."""
    if not file.exists():
        return None
    return read_file(SourceFile(file.name, os.fspath(file), file))


def read_own_bytes(file: Path, *, limit: int = OWN_SIZE_LIMIT) -> bytes | None:
    """Read a file that an archive keeps of itself, such as `decisions.yml`; None without one; raise `Unreadable`.

    Symbolic links are not followed, and a pipe or a device is not waited for.
    """
    shown = f"{shown_folder(file.parent)}{file.name}"
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        # What it is comes first: opening a device may act on it.
        if not stat.S_ISREG(file.lstat().st_mode):
            raise Unreadable(shown, _NOT_ITSELF)
        with open(os.open(file, flags), "rb") as source:  # noqa: PTH123 - a descriptor has no path
            if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
                raise Unreadable(shown, _NOT_ITSELF)
            content = source.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Unreadable(shown, f"cannot be read ({_why(error)}).") from error
    if len(content) > limit:
        raise Unreadable(shown, f"larger than {limit // 2**20} MB.")
    return content


def read_own_text(file: Path, *, limit: int = OWN_SIZE_LIMIT) -> str | None:
    """Read such a file as UTF-8; None without one; raise `Unreadable`."""
    content = read_own_bytes(file, limit=limit)
    try:
        return None if content is None else content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{shown_folder(file.parent)}{file.name}", not_utf8(error)) from error


def not_utf8(error: UnicodeDecodeError) -> str:
    """Say which line of a file is not UTF-8, and what to do."""
    if error.object.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "is UTF-16. Save the file as UTF-8."
    line = error.object[: error.start].count(b"\n") + 1
    return f"line {line} is not UTF-8 (byte 0x{error.object[error.start]:02x}). Save the file as UTF-8."


def _files(
    root: Path,
    folder: str,
    on_unreadable: OnUnreadable,
    *,
    linked_files: bool = False,
    symlinks: list[str] | None = None,
) -> list[SourceFile]:
    """List all ordinary files below a folder, without those whose names begin with a dot."""
    found: list[SourceFile] = []
    shown = shown_folder(root)
    left = [folder]
    if folder and (root / folder).is_symlink():
        on_unreadable(Unreadable(f"{shown}{folder}", _LINKED_FOLDER))
        return []
    while left:
        inside = left.pop()
        try:
            with os.scandir(root / inside) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    path = f"{inside}/{entry.name}" if inside else entry.name
                    file = SourceFile(path, f"{shown}{path}", Path(entry.path))
                    if not linked_files and (entry.is_symlink() or not is_utf8(entry.name)):
                        if symlinks is not None and is_utf8(entry.name):
                            symlinks.append(path)
                        _refuse(file, entry, on_unreadable)
                    elif entry.is_dir(follow_symlinks=False):
                        left.append(path)
                    else:
                        _add(file, entry, found, on_unreadable)
        except FileNotFoundError:
            continue  # an archive need not have each folder
        except OSError as error:
            on_unreadable(Unreadable(f"{shown}{inside}".rstrip("/") or ".", f"cannot be listed ({_why(error)})."))
    return sorted(found)


def _add(file: SourceFile, entry: os.DirEntry[str], found: list[SourceFile], on_unreadable: OnUnreadable) -> None:
    try:
        if entry.is_file():
            found.append(file)
            return
        if entry.is_dir() or not file.path.lower().endswith(MARKDOWN_SUFFIXES):
            return
        why = "is a symbolic link that leads nowhere." if entry.is_symlink() else "is no ordinary file."
    except OSError as error:
        why = f"cannot be read ({_why(error)})."
    on_unreadable(Unreadable(file.shown_path, why))


def _refuse(file: SourceFile, entry: os.DirEntry[str], on_unreadable: OnUnreadable) -> None:
    """Name what stands in the place of what an archive would show: a symbolic link, or a name that is not UTF-8."""
    if not is_utf8(entry.name):
        # No address can be made of it, and no table or report can hold it.
        on_unreadable(Unreadable(file.shown_path, unusable_name(entry.name)))
        return
    with suppress(OSError):
        if entry.is_dir():
            on_unreadable(Unreadable(file.shown_path, _LINKED_FOLDER))
            return
    if file.file.suffix.lower() in _COUNTED:
        on_unreadable(Unreadable(file.shown_path, "is a symbolic link. Put the file itself there."))


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


def shown_folder(root: Path) -> str:
    """Name the folder as a person in the current one would."""
    try:
        shown = root.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except (ValueError, OSError):  # the current folder may be gone
        shown = root.as_posix()
    return "" if shown == "." else f"{shown}/"
