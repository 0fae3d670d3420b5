"""One build of one archive: read once, and shared by all our plugins."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from regesta.model.archive import Archive
from regesta.model.briefs import Status
from regesta.model.site_paths import SitePaths
from regesta.pages.site import PageSizes, Site, entity_path
from regesta.pages.writing.body_writer import BodyHtml, write_body
from regesta.pages.writing.brief_links import BriefLinks
from regesta.pages.writing.link_writer import Linking, Places, Uses, entity_marks
from regesta.pages.writing.site_markdown import write_site_markdown
from regesta.reading.archive import read_archive, read_source
from regesta.reading.collection import spare_what_is_kept, without_collection
from regesta.reading.folder import ArchiveFolder, Unreadable, list_folder, list_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from regesta.model.archive import Entry
    from regesta.model.briefs import Document
    from regesta.model.entities import Entity, EntityType
    from regesta.model.own_fields import OwnField
    from regesta.model.watch import Watch
    from regesta.pages.addresses import Addresses
    from regesta.pages.languages.language import Language
    from regesta.pages.references.formats import ReferenceFormat
__all__ = ["ArchiveBuild", "Observer", "build_archive"]


class Observer(Protocol):
    """Is shown every file of the archive while its positions are at hand: records first, then briefs."""

    def on_entity(self, document: Document, entity: Entity) -> None:
        """See a record."""

    def on_brief(self, document: Document, entry: Entry) -> None:
        """See a brief."""


@dataclass(frozen=True, kw_only=True)
class ArchiveBuild:
    """An archive that has been read and is on its way to pages."""

    folder: ArchiveFolder
    site: Site
    unreadable: tuple[Unreadable, ...]
    entity_texts: frozenset[str]
    """The records of entities, each by its path and the digest of its file."""
    paths: SitePaths
    """What texts may lead to."""
    uses: Uses
    """What they lead to."""


@dataclass
class _Texts:
    """Writes each text while its document is at hand."""

    places: Places
    render: Callable[[str], str]
    site_entities: dict[str, str]
    watch: Watch
    entity_types: tuple[EntityType, ...]
    bodies: dict[str, BodyHtml] = field(default_factory=dict)
    notes: list[Document] = field(default_factory=list)

    def on_entity(self, document: Document, entity: Entity) -> None:
        if entity.is_draft:
            return
        if entity.type in self.entity_types:
            self.site_entities[entity.slug] = entity_path(entity)
        if document.text_below:
            self.notes.append(document)

    def on_brief(self, document: Document, entry: Entry) -> None:
        if entry.brief.status is not Status.WITHDRAWN:
            marks = entity_marks(document, entry.mentions, self.places)
            brief_links = (
                BriefLinks(entry, self.watch, self.places.language) if self.watch.is_kept and entry.cited else None
            )
            if entry.brief.site_markdown:
                body = write_site_markdown(document, marks, self.places, self.render, brief_links=brief_links)
            else:
                body = write_body(document, marks, self.places, title=entry.brief.title, brief_links=brief_links)
            self.bodies[document.path] = body

    def write_again(self, folder: ArchiveFolder, archive: Archive, uses: Uses, *, drafts: frozenset[str]) -> None:
        """Write anew what leads to drafts or to a part of a page that extensions write: all briefs must be known."""
        extended = frozenset(entry.brief.path for entry in archive.entries if entry.brief.site_markdown)
        self.places = self.places._replace(drafts=drafts, extended=extended)
        special = drafts | extended
        if not special:
            return
        leading = {path for path, pages in uses.pages.items() if not pages.isdisjoint(special)}
        for file in folder.briefs:
            if file.path in leading:
                uses.forget(file.path)
                with suppress(Unreadable):
                    self.on_brief(read_source(file), archive.by_path[file.path])


def _drafts(archive: Archive) -> frozenset[str]:
    return frozenset(entry.brief.path for entry in archive.entries if entry.brief.status is Status.DRAFT)


def build_archive(  # noqa: PLR0913 - each says one thing about the site
    root: Path,
    *,
    addresses: Addresses,
    name: str,
    description: str,
    site_url: str,
    reference_formats: tuple[ReferenceFormat, ...],
    docs: frozenset[str],
    entity_types: tuple[EntityType, ...],
    linking: Linking,
    with_dates: bool,
    drafts: bool,
    render: Callable[[str], str],
    observers: Sequence[Observer],
    watch: Watch,
    with_sources: bool,
    with_score: bool,
    own_fields: tuple[OwnField, ...],
    sizes: PageSizes,
    feed_size: int,
    records: bool,
    data_page: bool,
    source: str,
    edit_address: Callable[[str], str | None],
    language: Language,
) -> ArchiveBuild:
    """Read the archive in `root` and write its texts; raise `ArchiveMissing`.

    `docs` are the paths of the site's hand-written pages and the files beside them, which texts may link to. `render`
    turns Markdown into HTML as the site's own pages are written. `observers` see each file, drafts too.
    Of `entity_types` entities have pages, and `linking` says how often their names lead there.
    `feed_size` is how many briefs a feed has, `records` whether data stands beside pages, `data_page` whether a
    page leads to all of it.
    `watch` is what is known of links, `source` how data files name the folder, `edit_address` where a file can be
    edited on the web, `language` what the site speaks.
    """
    unlisted: list[Unreadable] = []
    folder = list_folder(root, on_unreadable=unlisted.append)
    entities: dict[str, str] = {}
    paths = SitePaths(
        archive=list_paths(root),
        docs=docs,
        folders=addresses.folders,
        directory_urls=addresses.directory_urls,
        site_url=site_url,
    )
    uses = Uses()
    places = Places(addresses, paths, entities, language, linking, uses=uses)
    texts = _Texts(places, render, entities, watch, entity_types)
    entity_texts: set[str] = set()

    def on_entity(document: Document, entity: Entity) -> None:
        texts.on_entity(document, entity)
        entity_texts.add(f"{document.path} {document.digest}")
        for observer in observers:
            observer.on_entity(document, entity)

    def on_brief(document: Document, entry: Entry) -> None:
        for observer in observers:
            observer.on_brief(document, entry)
        if drafts or entry.brief.status is not Status.DRAFT:
            texts.on_brief(document, entry)

    with without_collection():
        read = read_archive(folder, on_entity=on_entity, on_brief=on_brief)
    archive = read.archive
    texts.write_again(folder, archive, uses, drafts=frozenset() if drafts else _drafts(archive))
    if not drafts:
        kept = [entry for entry in archive.entries if entry.brief.status is not Status.DRAFT]
        archive = Archive.of(kept, archive.entities.values())
        # Where drafts are shown the site is made again and again, and what was read before is to be let go.
        spare_what_is_kept()
    for document in texts.notes:
        texts.bodies[document.path] = write_body(document, [], texts.places)
    site = Site(
        archive=archive,
        bodies=texts.bodies,
        addresses=addresses,
        name=name,
        description=description,
        site_url=site_url,
        reference_formats=reference_formats,
        with_entities=bool(entity_types),
        entity_types=entity_types,
        with_dates=with_dates,
        with_sources=with_sources,
        with_score=with_score,
        own_fields=own_fields,
        sizes=sizes,
        feed_size=feed_size,
        records=records,
        data_page=data_page,
        watch=watch,
        source=source,
        edit_address=edit_address,
        language=language,
    )
    return ArchiveBuild(
        folder=folder,
        site=site,
        unreadable=(*unlisted, *read.unreadable),
        entity_texts=frozenset(entity_texts),
        paths=paths,
        uses=uses,
    )
