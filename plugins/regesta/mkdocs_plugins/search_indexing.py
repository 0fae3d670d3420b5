"""Briefs on their way into indexes: one for each language, and another whenever one is full."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from regesta.mkdocs_plugins.pagefind import PagefindFailed, index_files
from regesta.model.briefs import Status
from regesta.pages.search.facets import Bundle
from regesta.pages.search.index import has_stemmer, needed_files, record_ids, shard_language
from regesta.pages.search.records import search_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Future

    from regesta.mkdocs_plugins.pagefind import Pagefind
    from regesta.model.archive import Entry
    from regesta.model.briefs import Document
    from regesta.model.entities import Entity
    from regesta.pages.addresses import Addresses
    from regesta.pages.languages.language import Language

__all__ = ["Indexing"]

_PATIENCE = 600
"""Seconds for one answer: a full index of long briefs takes ten on a slow machine."""


@dataclass
class _Shelf:
    """The indexes of one language."""

    open_index: int
    briefs: int = 0
    answers: list[Future[Mapping[str, Any]]] = field(default_factory=list)
    """Of those that are full, and in the end of all."""


class Indexing:
    """Hands briefs to Pagefind as they are read."""

    def __init__(
        self, pagefind: Pagefind, *, addresses: Addresses, language: Language, size: int, drafts: bool
    ) -> None:
        """Begin. `language` is the site's, `size` the number of briefs after which an index is full."""
        self._pagefind, self._addresses, self._language = pagefind, addresses, language
        self._size, self._drafts = size, drafts
        self._shelves: dict[str, _Shelf] = {}
        self._failure: PagefindFailed | None = None
        self.words: Counter[str] = Counter()
        """Each word as readers write it, and how many briefs have it."""

    def on_entity(self, document: Document, entity: Entity) -> None:
        """See a record: its names are taken from the archive later."""

    def on_brief(self, document: Document, entry: Entry) -> None:
        """Index a brief; a withdrawn one never, a draft only for whoever writes it."""
        status = entry.brief.status
        if self._failure or status is Status.WITHDRAWN or (status is Status.DRAFT and not self._drafts):
            return
        try:
            self._add(document, entry)
        except PagefindFailed as error:
            self._failure = PagefindFailed(f"{document.path}: {error}")

    def _add(self, document: Document, entry: Entry) -> None:
        record = search_record(document, entry, self._addresses, language=self._language)
        shelf = self._shelves.get(record.language)
        if shelf is None:
            shelf = self._shelves[record.language] = _Shelf(self._new_index())
        elif shelf.briefs == self._size:
            # Full: Pagefind writes it and lets its memory go, while we read on.
            shelf.answers.append(self._pagefind.finish_index(shelf.open_index))
            shelf.open_index, shelf.briefs = self._new_index(), 0
        self._pagefind.add(shelf.open_index, shard_language(record.language, len(shelf.answers) + 1), record)
        shelf.briefs += 1
        self.words.update(record.words)

    def finish(self) -> None:
        """Ask for what is not full yet; it is waited for in `collect`."""
        for shelf in () if self._failure else self._shelves.values():
            shelf.answers.append(self._pagefind.finish_index(shelf.open_index))

    def collect(self) -> Iterator[tuple[Bundle, list[tuple[str, bytes]]]]:
        """Give the index of each language, the largest first, with its files; raise `PagefindFailed`."""
        if self._failure is not None:
            raise self._failure
        bundles = [self._bundle(language, shelf) for language, shelf in sorted(self._shelves.items())]
        self._pagefind.check()
        yield from sorted(bundles, key=lambda found: -len(found[0].ids))

    def close(self) -> None:
        """End Pagefind."""
        self._pagefind.close()

    def _new_index(self) -> int:
        return int(self._pagefind.new_index().result(_PATIENCE)["index_id"])

    def _bundle(self, language: str, shelf: _Shelf) -> tuple[Bundle, list[tuple[str, bytes]]]:
        files: list[tuple[str, bytes]] = []
        folders: list[str] = []
        ids: dict[str, str] = {}
        stems = True
        for shard, answer in enumerate(shelf.answers, 1):
            folder = f"{language}/" if shard == 1 else f"{language}/{shard}/"
            needed = list(needed_files(dict(index_files(answer.result(_PATIENCE))), shard=shard))
            ids |= record_ids(needed)
            stems = stems and has_stemmer(needed)
            files += [(folder + path, content) for path, content in needed]
            folders.append(folder)
        shelf.answers.clear()
        return Bundle(language, folders[0], tuple(folders[1:]), ids, stems=stems), files
