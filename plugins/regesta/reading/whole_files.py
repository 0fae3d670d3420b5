"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import suppress
from glob import escape
from pathlib import Path

__all__ = ["NotReplaced", "make_own_folder", "replace_whole", "sweep", "write_bytes_whole", "write_whole"]


class NotReplaced(Exception):
    """A file that was left as it was. The message says why."""


def write_whole(path: Path, text: str) -> None:
    """Write beside the place and move there: a reader sees the old file or the new one, never a half."""
    write_bytes_whole(path, text.encode("utf-8"))


def write_bytes_whole(path: Path, content: bytes) -> None:
    """Do the same with bytes. A file that was there keeps its mode. A device or a pipe is not replaced by a file."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if not (stat.S_ISREG(found := path.lstat().st_mode) or stat.S_ISLNK(found) or stat.S_ISDIR(found)):
            raise OSError(errno.EINVAL, "is no ordinary file", os.fspath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep_dead(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def make_own_folder(folder: Path) -> None:
    """Make a folder of our own that git passes over, `.regesta`; raise `OSError`, also where it is a symbolic link."""
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "is a symbolic link. Delete it", os.fspath(folder))
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as ignored:
        ignored.write("*\n")


def sweep(path: Path) -> None:
    """Take away what a process that was killed while it wrote a file has left beside it. The name may be a pattern."""
    for left in path.parent.glob(f".{path.name}.*.tmp"):
        with suppress(OSError):
            left.unlink()


def _sweep_dead(path: Path) -> None:
    """Take away what runs that were killed have left beside a file: what those that go on still write is theirs."""
    for left in path.parent.glob(f".{escape(path.name)}.*.tmp"):
        process = left.name.removesuffix(".tmp").rpartition(".")[2]
        if process.isdecimal() and not _is_running(int(process)):
            with suppress(OSError):
                left.unlink()


def _is_running(process: int) -> bool:
    if os.name == "nt":
        return True  # there the question would end the process
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def replace_whole(path: Path, old: bytes, new: bytes) -> None:
    """Put `new` in the place of `old`, byte for byte, with the file's mode; raise `NotReplaced` and touch nothing.

    A file that no longer holds `old`, one that may not be written and a symbolic link are left alone.
    """
    try:
        _replace(path, old, new)
    except OSError as error:
        raise NotReplaced(f"cannot be written ({error.strerror or error}).") from error


def _replace(path: Path, old: bytes, new: bytes) -> None:
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise NotReplaced("is a symbolic link, or no file. Name the file itself.")
    # A rename asks nobody whether the file may be written, and a superuser may write anything.
    if not found.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise NotReplaced("is read-only.")
    number, name = tempfile.mkstemp(prefix=".regesta-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(number)
        beside.chmod(stat.S_IMODE(found.st_mode))
        if hasattr(os, "chown"):
            with suppress(PermissionError):
                os.chown(beside, found.st_uid, found.st_gid)
        _hold_to(path, old)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _hold_to(path: Path, old: bytes) -> None:
    if path.read_bytes() != old:
        raise NotReplaced("was changed by someone else meanwhile. Run the command again.")


def _settle(folder: Path) -> None:
    """Make the rename last, where the system can: the file itself is whole either way."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
