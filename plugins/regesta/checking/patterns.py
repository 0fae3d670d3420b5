"""Patterns of paths, as settings and exceptions name files by them."""

from __future__ import annotations

from fnmatch import fnmatchcase

__all__ = ["matches_path"]


def matches_path(pattern: str, path: str) -> bool:
    """Tell whether a path fits: `*` and `?` stay within a folder's name, `**` goes through any number of folders.

    >>> matches_path("briefs/*.md", "briefs/2020/a.md"), matches_path("briefs/**/*.md", "briefs/2020/a.md")
    (False, True)
    >>> matches_path("briefs/2020/", "briefs/2020/a.md")
    True
    """
    wanted = (pattern + "**" if pattern.endswith("/") else pattern).removeprefix("./").split("/")
    parts = path.split("/")
    reached = {0}
    for part in wanted:
        if part == "**":
            reached = set(range(min(reached, default=len(parts) + 1), len(parts) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(parts) and fnmatchcase(parts[at], part)}
    return len(parts) in reached
