"""The files of references beside pages: of one brief, or of all that a page lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regesta.pages.lazy_file import LazyFile
from regesta.pages.references.cite_box import alternate_links, reference_links, reference_path
from regesta.pages.sheet import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regesta.model.archive import Entry
    from regesta.pages.references.formats import ReferenceFormat
    from regesta.pages.sheet import Sheet
    from regesta.pages.site import Site

__all__ = ["ReferenceFiles"]


class ReferenceFiles:
    """Writes the references of one site, as files beside its pages."""

    def __init__(self, site: Site) -> None:
        """Take the site."""
        self._site = site
        self._short: dict[tuple[str, str], str] = {}
        """Records without an abstract, by suffix and brief: they stand in many files."""

    def beside(self, sheet: Sheet) -> Iterator[LazyFile]:
        """Give the files of references that belong to a page, if any do."""
        if sheet.lists is not None:
            for wanted in self._site.reference_formats:
                yield LazyFile(reference_path(sheet.path, wanted), self._writer(sheet, sheet.lists, wanted))

    def offered(self, sheet: Sheet) -> Sheet:
        """Let a page that lists briefs offer their references at its end; a brief has its Cite box for that."""
        site = self._site
        if sheet.lists is None or sheet.path in site.references or not site.reference_formats:
            return sheet

        def write(inner: Callable[[], Written] = sheet.write, path: str = sheet.path) -> Written:
            written = inner()
            head = "\n".join(filter(None, (written.head, *alternate_links(site, path))))
            return Written(f"{written.html}\n{reference_links(site, path)}", written.contents, head)

        return replace(sheet, write=write)

    def _writer(self, sheet: Sheet, lists: Callable[[], Iterable[Entry]], wanted: ReferenceFormat) -> Callable[[], str]:
        references, short = self._site.references, self._short

        def in_full() -> str:
            return wanted.write(references[entry.brief.path] for entry in lists())

        def briefly() -> str:
            records = []
            for entry in lists():
                key = (wanted.suffix, entry.brief.path)
                record = short.get(key)
                if record is None:
                    record = short[key] = wanted.record(replace(references[entry.brief.path], summary=""))
                records.append(record)
            return wanted.join(records)

        return briefly if sheet.without_abstracts else in_full
