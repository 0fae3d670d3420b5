"""Where a page lies in the site: its address is its file's path."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKDOWN_PAGES = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})
"""Suffixes of what MkDocs makes pages of."""
__all__ = ["Addresses", "split_fragment"]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Turns the paths of pages, such as `briefs/2020/a.md`, into addresses, as MkDocs does."""

    directory_urls: bool = True
    """Whether a page is `a/` (its file `a/index.html`) or `a.html`."""
    folders: Mapping[str, str] = field(default_factory=dict, hash=False)
    """How top folders are called in addresses, where that is not their own name: `persons` for `people`."""

    def url(self, path: str) -> str:
        """Give the address from the top of the site; the home page is the empty text.

        >>> Addresses().url("briefs/2020/a.md"), Addresses(False).url("briefs/2020/a.md")
        ('briefs/2020/a/', 'briefs/2020/a.html')
        """
        return _url(self.renamed(path) if self.folders else path, self.directory_urls)

    def renamed(self, path: str) -> str:
        """Give a path with its top folder as addresses have it.

        >>> Addresses(folders={"people": "persons"}).renamed("people/index.md")
        'persons/index.md'
        """
        top, mark, rest = path.partition("/")
        return self.folders.get(top, top) + mark + rest if mark else path

    def top(self, path: str) -> str:
        """Give the way from a page up to the top of the site.

        >>> Addresses().top("briefs/2020/a.md")
        '../../../'
        """
        return "../" * self.url(path).count("/")

    def link(self, path: str, target: str) -> str:
        """Give the relative address of one page from another, with its `#fragment` if it has one.

        >>> Addresses().link("index.md", "briefs/No #3.md#p-1")
        'briefs/No%20%233/#p-1'
        """
        target, mark, fragment = split_fragment(target)
        return ((self.top(path) + self.url(target)) or "./") + mark + fragment


def split_fragment(target: str) -> tuple[str, str, str]:
    """Split the path of a page and its `#fragment`. The name of a file may hold the sign itself.

    >>> split_fragment("a.md#p-1"), split_fragment("No #3.md"), split_fragment("a.md#b.md")
    (('a.md', '#', 'p-1'), ('No #3.md', '', ''), ('a.md#b.md', '', ''))
    """
    path, mark, fragment = target.rpartition(".md#")
    is_name = "/" in fragment or fragment.endswith(".md")
    return (f"{path}.md", "#", fragment) if mark and not is_name else (target, "", "")


@lru_cache(maxsize=131072)
def _url(path: str, directory_urls: bool) -> str:  # noqa: FBT001 - a cache key
    stem, suffix = posixpath.splitext(path)
    if suffix.lower() not in MARKDOWN_PAGES:
        return quote(path)
    folder, name = posixpath.split(stem)
    if name in {"index", "README"}:
        stem = folder
        if directory_urls:
            return quote(f"{stem}/" if stem else "")
        return quote(f"{stem}/index.html" if stem else "index.html")
    return quote(f"{stem}/" if directory_urls else f"{stem}.html")
