"""Reads a file as it was in an earlier revision, from git."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["NoSuchRevision", "changed_files", "find_revision", "texts_at"]

_PATIENCE = 60
"""Seconds that git may take."""
_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_UNUSABLE = re.compile(r"[\x00-\x20\x7f]|^-|^$")
_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # What a partial clone lacks must not be fetched: reading a record never asks the network.
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}


class NoSuchRevision(ValueError):
    """There is no git here, no repository, or no such revision in it. The message says which, and the way out."""


def find_revision(revision: str, folder: Path) -> str:
    """Give the name of the commit that a revision means in the repository of a folder; raise `NoSuchRevision`."""
    if _UNUSABLE.search(revision):
        raise NoSuchRevision(f"Not a day (expected YYYY-MM-DD) and not a revision of git: {revision!r}.")
    status, told = _git(folder, "rev-parse", "--git-dir")
    if status:
        raise NoSuchRevision(
            f"The folder {os.fspath(folder)!r} is in no git repository that can be read, so that there is no revision "
            f"{revision!r}. Name a day instead."
        )
    status, told = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = told.decode("ascii", "replace").strip()
    if status or not _OBJECT.fullmatch(commit):
        raise NoSuchRevision(
            f"There is no revision {revision!r} in this repository. In CI, see that the checkout fetches it "
            "('fetch-depth: 0')."
        )
    return commit


def texts_at(commit: str, folder: Path, name: str) -> tuple[str, ...]:
    """Give the text of a file, or of all files directly in a folder of that name, as a commit has them; maybe none."""
    status, told = _git(folder, "ls-tree", "-z", "--full-tree", commit, "--", _from_top(folder, name))
    if status or not told:
        return ()
    kind, _, path = told.rstrip(b"\0").partition(b"\t")
    if b" tree " in kind:
        _, told = _git(folder, "ls-tree", "-z", "--full-tree", commit, "--", path.decode() + "/")
    listed = [entry.partition(b"\t")[0].split() for entry in told.split(b"\0") if entry]
    objects = [entry[2].decode() for entry in listed if entry[1] == b"blob" and entry[0] != b"120000"]
    return tuple(_git(folder, "cat-file", "blob", name)[1].decode("utf-8-sig", "replace") for name in objects)


def changed_files(commit: str, folder: Path) -> frozenset[Path]:
    """Give the files below a folder that are not as they were where this branch left a commit's, new ones included.

    Raise `NoSuchRevision` where the two have no common history, or where that was not fetched.
    """
    status, base = _git(folder, "merge-base", commit, "HEAD")
    if status:
        raise NoSuchRevision(
            f"This branch has no history in common with the revision {commit[:12]!r}, as far as it was fetched. "
            "In CI, see that the checkout fetches it ('fetch-depth: 0')."
        )
    start = base.decode("ascii", "replace").strip()
    status, changed = _git(folder, "diff", "--name-only", "--no-renames", "--relative", "-z", start, "--", ".")
    status_new, new = _git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    if status or status_new:
        raise NoSuchRevision(f"git cannot say what has changed since {commit[:12]!r}.")
    return frozenset((folder / os.fsdecode(name)).resolve() for name in (changed + new).split(b"\0") if name)


def _from_top(folder: Path, name: str) -> str:
    """Give the path from the top of the repository."""
    return _git(folder, "rev-parse", "--show-prefix")[1].decode().rstrip("\n") + name


def _git(folder: Path, *arguments: str) -> tuple[int, bytes]:
    command = [
        "git",
        "-C",
        os.fspath(folder),
        "--no-replace-objects",
        "--literal-pathspecs",
        "-c",
        "core.fsmonitor=",
        *arguments,
    ]
    try:
        done = subprocess.run(  # noqa: S603 - no shell; what a person gives stands behind --end-of-options
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
            env={**os.environ, **_QUIET},
        )
    except FileNotFoundError as error:
        raise NoSuchRevision("git is not installed, so that no revision can be read. Name a day instead.") from error
    except subprocess.TimeoutExpired as error:
        raise NoSuchRevision(f"git gave no answer within {_PATIENCE} seconds.") from error
    return done.returncode, done.stdout
