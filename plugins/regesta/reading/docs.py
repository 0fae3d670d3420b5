"""The hand-written pages beside an archive: which of them the site has, and the places in each."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pathspec

from regesta.model.anchors import Anchors
from regesta.reading.archive import read_source
from regesta.reading.folder import SourceFile, Unreadable, list_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = ["LeftOut", "left_out", "list_docs", "page_anchors"]

LeftOut = pathspec.GitIgnoreSpec
"""Patterns of `exclude_docs` and `draft_docs`: what they match is not in the site."""

_ALWAYS = (".*", "/templates/")
"""As MkDocs leaves out by itself."""


def left_out(*patterns: str) -> LeftOut:
    """Read the patterns of mkdocs.yml, one a line, as `.gitignore` has them; raise `ValueError`."""
    lines = [line for text in patterns for line in text.splitlines()]
    return pathspec.GitIgnoreSpec.from_lines([*_ALWAYS, *lines])


def list_docs(folder: Path, without: Iterable[LeftOut]) -> frozenset[str]:
    """Give the paths of the pages and files that the site has of a folder."""
    specs = tuple(without)
    found = {path for path in list_paths(folder) if not any(spec.match_file(path) for spec in specs)}
    return frozenset(path for path in found if not _is_second_index(path, found))


def _is_second_index(path: str, paths: set[str]) -> bool:
    """Tell whether MkDocs takes `index.md` for the page of a folder and not this."""
    folder, name = posixpath.split(path)
    return name == "README.md" and posixpath.join(folder, "index.md") in paths


_MADE_LATER = re.compile(rb"--8<--|\{%|\{\{|^:::", re.MULTILINE)
"""What other plugins and extensions put parts of a page in place of."""


def page_anchors(folder: Path) -> Callable[[str], Anchors | None]:
    """Give what finds the places of a hand-written page; None where nobody knows before the site is built."""

    @lru_cache(maxsize=256)
    def anchors_of(path: str) -> Anchors | None:
        try:
            document = read_source(SourceFile(path, path, folder / path), site_markdown=True)
        except Unreadable:
            return None
        if not path.endswith(".md") or _MADE_LATER.search(document.cleaned.source):
            return None
        return Anchors.of_page(document)

    return anchors_of
