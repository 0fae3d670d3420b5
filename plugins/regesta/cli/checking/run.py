"""One run of the checker over what was asked for: archives, folders and files of Markdown."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import click

from regesta.checking.baseline import InvalidBaseline, Known, read_baseline
from regesta.checking.checks import Checker, check_document, in_order
from regesta.checking.held_back import hold_back
from regesta.checking.recall import Outcome
from regesta.checking.registry import RULES
from regesta.checking.rules import Subject
from regesta.checking.texts import Context
from regesta.cli.checking.baselines import Scope, open_baseline, usual_baselines
from regesta.cli.checking.mending import Checked as Mendable
from regesta.cli.checking.mending import Mending
from regesta.cli.checking.remembered import Remembered
from regesta.cli.outputs import source_texts
from regesta.cli.progress import Progress
from regesta.model.archive import read_entry
from regesta.model.briefs import Status, read_document
from regesta.model.mentions import Names
from regesta.model.site_paths import SitePaths
from regesta.reading.addresses import read_addresses
from regesta.reading.archive import read_archive, read_source
from regesta.reading.collection import without_collection
from regesta.reading.decisions import open_decisions
from regesta.reading.docs import left_out, list_docs, page_anchors
from regesta.reading.exemptions import open_exemptions
from regesta.reading.folder import (
    ArchiveFolder,
    ArchiveMissing,
    SourceFile,
    Unreadable,
    archive_of,
    is_utf8,
    list_folder,
    list_markdown,
    list_paths,
    list_symlinks,
    shown_folder,
    unusable_name,
    within,
)
from regesta.reading.site_config import publishes
from regesta.reading.sources import open_sources
from regesta.reading.whole_files import write_whole
from regesta.reporting.edit_links import edit_addresses
from regesta.reporting.report import Checked, Gone, Report
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from regesta.checking.held_back import Exempted
    from regesta.checking.registry import Selection
    from regesta.checking.settings import Settings
    from regesta.cli.checking.mending import HoldBack
    from regesta.model.archive import Entry
    from regesta.model.briefs import Document
    from regesta.model.decisions import Decisions
    from regesta.model.entities import Entity
    from regesta.model.findings import Finding
    from regesta.reading.cache import Cache
    from regesta.reading.site_config import SiteConfig

__all__ = ["Run"]


_NO_NAMES = Names(())


@dataclass(slots=True, kw_only=True)
class Run:
    """What has been checked so far."""

    config: SiteConfig
    settings: Settings
    selection: Selection
    now: date
    unsafe: bool = False
    cache: Cache | None = None
    failures: set[str] = field(default_factory=set)
    """What could not be done. The rest is done all the same."""
    findings: list[Finding] = field(default_factory=list)
    files: int = 0
    briefs: int = 0
    links: int = 0
    excepted: int = 0
    seen: set[Path] = field(default_factory=set)
    """Files that need not be checked again: a folder and a file in it may both be named."""
    roots: list[Path] = field(default_factory=list)
    """Archives that were checked."""
    beside: list[Path] = field(default_factory=list)
    """Archives of which single files were checked."""
    checked: dict[str, Checked] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    """Files of which nothing is quoted."""
    new: dict[Path, Mendable] = field(default_factory=dict)
    """How new briefs of an archive are checked."""
    scope: Scope = field(init=False)
    mending: Mending = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing."""
        self.scope = Scope(self.selection)
        self.mending = Mending(unsafe=self.unsafe, fail=self.fail)

    def check_all(self, paths: Sequence[Path]) -> None:
        """Check what is asked for, or the archive of the site."""
        for path in paths:
            self.check(path)
        if not paths:
            self.check_site()

    def check(self, path: Path) -> None:
        """Check an archive, or a folder or file of Markdown."""
        try:
            if path == self.config.source or (path / "briefs").is_dir():
                self._check_archive(path)
            else:
                self._check_markdown(path)
        except ArchiveMissing as error:
            self.fail(str(error))

    def check_unwritten(self, root: Path, path: str, source: bytes) -> None:
        """Check a brief that is not in its archive yet, from its bytes, as a file alone is checked."""
        if root not in self.new:
            self.new[root] = Mendable(self._context(root), self.selection, self._hold_back(root))
        way = self.new[root]
        document = read_document(path, source, shown_path=f"{shown_folder(root)}{path}")
        entry = read_entry(document, _NO_NAMES)
        self._take(way.hold_back(check_document(document, entry, way.context, selection=self.selection)))

    def check_site(self) -> None:
        """Check the archive that mkdocs.yml names, and the hand-written pages beside it."""
        docs = self.config.docs
        if self.config.has_archive or not docs or self.config.source.exists():
            self.check(self.config.source)
        if docs and docs.is_dir():
            self._check_markdown(docs)

    def fail(self, message: str) -> None:
        """Say on stderr what could not be done, once."""
        if message not in self.failures:
            self.failures.add(message)
            click.echo(shown(message), err=True)

    def report(self, baseline: tuple[Known, ...] | None) -> Report:
        """Give what was found and is not acknowledged: without a baseline, in those that lie with the archives."""
        if baseline is None:
            baseline = usual_baselines(dict.fromkeys([self.config.source, *self.roots, *self.beside]), self.fail)
        compared = self.scope.compare(self.findings, baseline)
        return Report(
            findings=tuple(in_order(compared.new)),
            files=self.files,
            briefs=self.briefs,
            links=self.links,
            acknowledged=compared.acknowledged,
            gone=tuple(Gone(path=gone.path, rule=gone.rule, subject=gone.subject) for gone in compared.gone),
            excepted=self.excepted,
            failures=tuple(sorted(self.failures)),
            checked=self.checked,
            rules=RULES,
            text_of=source_texts(frozenset(self.withdrawn)),
            edit_address=self._edit_addresses(),
        )

    def write_baseline(self, file: Path) -> Report:
        """Acknowledge what was found; give what is then left to report."""
        try:
            text = self.scope.write(self.findings, open_baseline(file, required=False))
            if not file.parent.is_dir():
                raise FileNotFoundError(None, f"there is no folder {os.fspath(file.parent)!r}")
            write_whole(file, text)
        except InvalidBaseline as error:
            self.fail(f"{error} Nothing was written.")
        except OSError as error:
            self.fail(f"{file}: cannot be written ({error.strerror or error}).")
        else:
            return self.report(read_baseline(text))
        return self.report(())

    def _check_archive(self, root: Path) -> None:
        folder = list_folder(root, on_unreadable=lambda unreadable: self.fail(str(unreadable)))
        resolved = root.resolve()
        if resolved in self.seen:
            return
        files = (*folder.briefs, *folder.entities)
        self.seen |= {resolved, *(resolved / file.path for file in files)}
        for problem in read_addresses(root).problems:
            self.fail(problem)
        context = self._context(root)
        hold_back = self._hold_back(root)
        known = Remembered(root, (*files, *self._pages()), context, self.selection, self.cache)
        outcome = known.outcome
        unreadable: tuple[Unreadable, ...] = ()
        if outcome is None:
            outcome, entities, unreadable = self._read_archive(folder, context)
            self.mending.know(files, Mendable(replace(context, entities=entities), self.selection, hold_back))
            if not unreadable:
                known.keep(outcome)
        for failure in unreadable:
            self.fail(str(failure))
        for failure in open_sources(root)[1]:
            self.fail(str(failure))
        self.roots.append(root)
        self.scope.add_archive(shown_folder(root), (failure.path for failure in unreadable))
        self._take(hold_back(list(outcome.findings), complete=True))
        for path, (title, publisher, language) in outcome.notes.items():
            self.checked[path] = Checked(path=path, title=title, publisher=publisher, language=language)
        self.withdrawn |= outcome.withdrawn
        self.files += len(files) - len(unreadable)
        self.briefs += outcome.briefs
        self.links += outcome.links

    def _pages(self) -> list[SourceFile]:
        """List the hand-written pages: links from briefs lead to places in them."""
        docs = self.config.docs
        return (
            [SourceFile(path, path, docs / path) for path in sorted(self._docs()) if path.endswith(".md")]
            if docs
            else []
        )

    def _read_archive(
        self, folder: ArchiveFolder, context: Context
    ) -> tuple[Outcome, Mapping[str, Entity], tuple[Unreadable, ...]]:
        checker = Checker(context, self.selection)
        notes: dict[str, tuple[str, str, str]] = {}
        withdrawn = set()
        with Progress(len(folder.briefs), "briefs") as progress, without_collection():

            def on_brief(document: Document, entry: Entry) -> None:
                checker.on_brief(document, entry)
                brief = entry.brief
                notes[document.shown_path] = (brief.title, brief.publisher, brief.language)
                if brief.status is Status.WITHDRAWN:
                    withdrawn.add(document.shown_path)
                progress.step()

            def on_entity(document: Document, entity: Entity) -> None:
                checker.on_entity(document, entity)
                notes[document.shown_path] = (entity.name, "", "")

            read = read_archive(folder, on_entity=on_entity, on_brief=on_brief)
        outcome = Outcome(
            findings=tuple(checker.finish(read.archive)),
            briefs=len(read.archive.entries),
            links=checker.links,
            notes=notes,
            withdrawn=frozenset(withdrawn),
        )
        return outcome, read.archive.entities, read.unreadable

    def _check_markdown(self, place: Path) -> None:
        files = list_markdown(place, on_unreadable=lambda unreadable: self.fail(str(unreadable)))
        if self.config.docs and place.resolve() == self.config.docs.resolve():
            spec = left_out(self.config.unpublished)
            files = tuple(file for file in files if not spec.match_file(file.path))
            for file in files:
                if not is_utf8(file.path):
                    self.fail(f"{file.shown_path}: {unusable_name(file.path)}")
        resolved = {file.file.resolve(): file for file in reversed(files)}
        files = tuple(sorted(file for path, file in resolved.items() if path not in self.seen))
        self.seen.update(resolved)
        page = Context(now=self.now, decisions=self._decisions(self.config.source), is_published=self._publishes(place))
        hold_back = self._hold_back(self.config.source)
        ways: dict[Path | None, Mendable] = {None: Mendable(page, self.selection, hold_back, in_archive=False)}
        with Progress(len(files), "files") as progress:
            for file in files:
                progress.step()
                root = archive_of(file.file.parent)
                if root and root not in ways:
                    ways[root] = Mendable(self._context(root), self.selection, self._hold_back(root))
                self._check_file(within(root, file) if root else file, ways[root])
        self.beside += [root for root in ways if root]

    def _check_file(self, file: SourceFile, way: Mendable) -> None:
        """Check a page, or a brief of an archive, by itself."""
        try:
            document = read_source(file, site_markdown=not way.in_archive)
        except Unreadable as error:
            self.fail(str(error))
            return
        # Without the records of all entities, none is found in its text; what it says itself is checked.
        entry = read_entry(document, _NO_NAMES) if way.in_archive else None
        self._take(way.hold_back(check_document(document, entry, way.context, selection=self.selection)))
        self.mending.know([file], way)
        self.scope.add_file(file.shown_path, Subject.BRIEF if way.in_archive else Subject.PAGE)
        self._note(document)
        self.files += 1
        self.briefs += entry is not None
        self.links += len(document.links)

    def _publishes(self, place: Path) -> Callable[[str], bool]:
        """Give what tells of a file by its path from `place` whether the site builds a page of it."""
        folder = place.parent if place.is_file() else place
        docs = self.config.docs.resolve() if self.config.docs else None

        def is_published(path: str) -> bool:
            file = (folder / path).resolve()
            return bool(
                docs and file.is_relative_to(docs) and publishes(self.config, file.relative_to(docs).as_posix())
            )

        return is_published

    def _context(self, root: Path) -> Context:
        config = self.config
        docs = config.docs if config.docs and root.resolve() == config.source.resolve() else None
        site = SitePaths(
            archive=list_paths(root),
            docs=self._docs() if docs else frozenset(),
            symlinks=list_symlinks(root),
            folders=config.folders,
            directory_urls=config.directory_urls,
            site_url=config.site_url,
        )
        return Context(
            paths=site.archive | site.docs,
            site=site,
            below=shown_folder(root),
            anchors_of=page_anchors(docs) if docs else lambda _path: None,
            own_fields=config.own_fields,
            now=self.now,
            decisions=self._decisions(root),
            directory_urls=config.directory_urls,
        )

    def _docs(self) -> frozenset[str]:
        """List the hand-written pages and the files beside them."""
        docs = self.config.docs
        return list_docs(docs, [left_out(self.config.unpublished)]) if docs and docs.is_dir() else frozenset()

    def _take(self, exempted: Exempted) -> None:
        self.findings += exempted.findings
        self.excepted += exempted.held

    def _hold_back(self, root: Path) -> HoldBack:
        """Give what settings and an archive's exceptions leave of findings."""
        try:
            exemptions = open_exemptions(root)
        except Unreadable as error:
            self.fail(str(error))
            exemptions = ()
        below = shown_folder(root)

        def held(findings: list[Finding], *, complete: bool = False) -> Exempted:
            return hold_back(
                findings,
                exemptions,
                settings=self.settings,
                selection=self.selection,
                below=below,
                now=self.now,
                complete=complete,
            )

        return held

    def _note(self, document: Document, title: str = "", publisher: str = "", language: str = "") -> None:
        path = document.shown_path
        self.checked[path] = Checked(path=path, title=title, publisher=publisher, language=language)

    def _edit_addresses(self) -> Callable[[str], str | None]:
        docs = self.config.docs.as_posix() if self.config.docs else "docs"
        return edit_addresses(self.config.repo_url, self.config.edit_uri, docs)

    def _decisions(self, root: Path) -> Decisions | None:
        try:
            return open_decisions(root)
        except Unreadable as error:
            self.fail(str(error))
            return None
