"""The files of references beside pages: of one brief, or of all that a page lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.cite_box import alternate_links, reference_links, reference_path
from regesta.pages.sheet import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from regesta.pages.sheet import Sheet
    from regesta.pages.site import Site

__all__ = ["LazyFile", "reference_files", "with_references"]


class LazyFile(NamedTuple):
    """A file of the site that is written when it is due, so that no two need be in memory."""

    path: str
    write: Callable[[], str]


def reference_files(site: Site, sheet: Sheet) -> Iterator[LazyFile]:
    """Give the files of references that belong to a page, if any do."""
    if sheet.lists is None:
        return
    for wanted in site.reference_formats:
        yield LazyFile(
            reference_path(sheet.path, wanted),
            lambda wanted=wanted, lists=sheet.lists: wanted.write(  # type: ignore[misc]
                site.references[entry.brief.path] for entry in lists()
            ),
        )


def with_references(site: Site, sheet: Sheet) -> Sheet:
    """Let a page that lists briefs offer their references at its end; a brief has its Cite box for that."""
    if sheet.lists is None or sheet.path in site.references or not site.reference_formats:
        return sheet

    def write(inner: Callable[[], Written] = sheet.write, path: str = sheet.path) -> Written:
        written = inner()
        head = "\n".join(filter(None, (written.head, *alternate_links(site, path))))
        return Written(f"{written.html}\n{reference_links(site, path)}", written.contents, head)

    return replace(sheet, write=write)
