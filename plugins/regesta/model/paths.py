"""Paths that never leave their folder, on any system."""

from __future__ import annotations

import re

__all__ = ["is_inside"]


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
