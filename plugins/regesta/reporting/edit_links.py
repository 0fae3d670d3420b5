"""Where a file of the archive can be edited on the web."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from regesta.model.urls import parse_url

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["edit_addresses"]

_CUSTOMARY = {
    "github.com": "edit/master/docs/",
    "gitlab.com": "edit/master/docs/",
    "bitbucket.org": "src/default/docs/",
}
"""What MkDocs takes for the `edit_uri` where mkdocs.yml names none."""


def edit_addresses(repo_url: str, edit_uri: str | None, docs: str) -> Callable[[str], str | None]:
    """Give a function from a file's path to its address, made as MkDocs makes those of pages.

    `edit_uri` leads to the folder of hand-written pages; `docs` is that folder, from where paths count.

    >>> edit_addresses("https://code.example/r/", "edit/main/docs/", "docs")("briefs_src/a b.md")
    'https://code.example/r/edit/main/briefs_src/a%20b.md'
    """
    base = edit_uri if edit_uri is not None else _CUSTOMARY.get(urlsplit(repo_url).netloc.lower(), "")

    def address(path: str) -> str | None:
        if not repo_url or not base or posixpath.isabs(path) or path.startswith("../"):
            return None
        from_docs = posixpath.relpath(path, docs)
        if base.startswith(("?", "#")):
            return parse_url(repo_url.rstrip("/") + base + quote(from_docs, errors="surrogateescape"))
        folder, _, file = posixpath.normpath(posixpath.join(base, from_docs)).rpartition("/")
        return parse_url(f"{repo_url.rstrip('/')}/{folder.lstrip('/')}/{quote(file, errors='surrogateescape')}")

    return address
