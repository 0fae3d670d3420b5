"""Paths that never leave their folder, on any system."""

from __future__ import annotations

import re

__all__ = ["is_inside", "is_portable"]


_DRIVE = re.compile(r"[A-Za-z]:")


_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def is_inside(path: str) -> bool:
    """Say whether a path stays in its folder on every system.

    >>> is_inside("old/path"), is_inside("../x"), is_inside("C:x"), is_inside("a/nul.md")
    (True, False, False, False)
    """
    if not path or "\\" in path or path.startswith("/") or _DRIVE.match(path):
        return False
    return not any(
        part in {"", ".", ".."} or part.endswith((".", " ")) or _DEVICE.fullmatch(part) for part in path.split("/")
    )


_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


def is_portable(name: str) -> bool:
    """Say whether every system can hold a file of this name.

    >>> is_portable("річка 1.md"), is_portable("con.md"), is_portable("a:b.md"), is_portable("a. ")
    (True, False, False, False)
    """
    return not (name.endswith((".", " ")) or name.startswith(" ") or _DEVICE.fullmatch(name) or _UNFIT.search(name))
