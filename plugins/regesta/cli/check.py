"""`regesta check`: the offline rules."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.checking.baseline import BASELINE_FILE, InvalidBaseline, Known, read_baseline
from regesta.checking.checks import Checker, check_document, in_order
from regesta.checking.held_back import hold_back
from regesta.checking.recall import Outcome
from regesta.checking.registry import RULES, UnknownRule
from regesta.checking.settings import NEVER, InvalidSettings, Settings, read_settings
from regesta.checking.texts import Context
from regesta.cli.baselines import Scope, named_baseline, open_baseline, usual_baselines
from regesta.cli.mending import Checked as Mendable
from regesta.cli.mending import Mending, show_diff, write_fixes
from regesta.cli.outputs import source_texts, wanted_outputs, write_outputs
from regesta.cli.progress import Progress
from regesta.cli.remembered import CACHE_FILE, Remembered
from regesta.model.archive import read_entry
from regesta.model.briefs import Status
from regesta.model.findings import Severity
from regesta.model.mentions import Names
from regesta.reading.archive import read_archive, read_source, without_collection
from regesta.reading.cache import Cache
from regesta.reading.decisions import open_decisions
from regesta.reading.exemptions import open_exemptions
from regesta.reading.folder import (
    ArchiveFolder,
    ArchiveMissing,
    Unreadable,
    archive_of,
    list_folder,
    list_markdown,
    list_paths,
    shown_folder,
    within,
)
from regesta.reading.project_config import PROJECT_TABLE, read_project_config
from regesta.reading.site_config import InvalidSiteConfig, SiteConfig, read_site_config
from regesta.reading.whole_files import write_whole
from regesta.reporting.edit_links import edit_addresses
from regesta.reporting.formats import FORMATS
from regesta.reporting.report import Checked, Gone, Report
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from regesta.checking.held_back import Exempted
    from regesta.checking.registry import Selection
    from regesta.cli.mending import HoldBack
    from regesta.model.archive import Entry
    from regesta.model.briefs import Document
    from regesta.model.decisions import Decisions
    from regesta.model.entities import Entity
    from regesta.model.findings import Finding

__all__ = ["command"]

_NOT_DONE = 2
"""Exit status: something that was asked for was not done."""


def _codes(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.strip() for item in value for code in item.split(",") if code.strip())


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> date:
    if value is None:
        return datetime.now(tz=UTC).date()
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        raise click.BadParameter(f"Not a day (expected YYYY-MM-DD): {value!r}") from error


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--output-format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"What to write: {', '.join(FORMATS)}. May be given several times, each but one with a file of its own.",
)
@click.option(
    "--output-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the format goes that names no file; without it, to the terminal.",
)
@click.option("--select", multiple=True, metavar="CODES", callback=_codes, help="Only these rules: U101, F2, U.")
@click.option("--ignore", multiple=True, metavar="CODES", callback=_codes, help="Not these rules.")
@click.option("--fix", is_flag=True, help="Mend what is certain, then report the rest.")
@click.option("--unsafe", is_flag=True, help="With --fix or --diff: also what is likely and has one way out.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"Report only what this file does not hold (without it {BASELINE_FILE}, if there is one).",
)
@click.option("--no-baseline", is_flag=True, help="Report what a baseline holds, too.")
@click.option(
    "--write-baseline",
    "written",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Acknowledge all findings in this file.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*(severity.value for severity in Severity), NEVER]),
    help="Exit with 1 from this weight on; 'error' if nothing else is set.",
)
@click.option("--now", metavar="DATE", callback=_day, help="Today's date, for rules about the future.")
@click.option("--no-cache", is_flag=True, help="Read every file, changed or not.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    paths: tuple[Path, ...],
    *,
    formats: tuple[str, ...],
    output_file: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    unsafe: bool,
    diff: bool,
    baseline: Path | None,
    no_baseline: bool,
    written: Path | None,
    fail_on: str | None,
    now: date,
    no_cache: bool,
    statistics: bool,
) -> None:
    """Check briefs, notes and links, offline.

    PATH is an archive's source folder, or any folder or file of Markdown, whose links and notes are then checked; a
    brief of an archive is checked as one. Without PATH it is the archive that mkdocs.yml names, else briefs_src, and
    the site's hand-written pages.
    """
    if unsafe and not (fix or diff):
        raise click.UsageError("--unsafe says what --fix and --diff may change: name one of them.")
    outputs = wanted_outputs(formats, output_file)
    try:
        config = read_site_config(Path())
        settings = read_settings(
            (f"pyproject.toml, [{PROJECT_TABLE}]", read_project_config(Path())),
            ("mkdocs.yml, regesta/links", config.check),
        ).asked(select=select, ignore=ignore, fail_on=fail_on)
        selection = settings.selection
        known = named_baseline(baseline, settings.baseline, none=no_baseline, required=not written)
    except (UnknownRule, InvalidSiteConfig, InvalidSettings, InvalidBaseline) as error:
        raise click.UsageError(str(error)) from error
    cache = Cache(Path(CACHE_FILE)) if Path("mkdocs.yml").is_file() and not (no_cache or fix or diff) else None
    run = _Run(config=config, settings=settings, selection=selection, now=now, unsafe=unsafe, cache=cache)
    run.check_all(paths)
    if diff:
        context.exit(show_diff(run.mending, run.findings) or (_NOT_DONE if run.failures else 0))
    if fix and write_fixes(run.mending, run.findings, err=any(output.format != "text" for output in outputs)):
        run = _Run(config=config, settings=settings, selection=selection, now=now, unsafe=unsafe, failures=run.failures)
        run.check_all(paths)
    if cache:
        cache.save()
    report = run.report(known)
    if written:
        report = run.write_baseline(written)
    report = replace(report, statistics=statistics, fail_on=settings.fail_on)
    for failure in write_outputs(outputs, report):
        run.fail(failure)
    if run.failures:
        context.exit(_NOT_DONE)
    if settings.fails(report.findings):
        context.exit(1)


@dataclass(slots=True, kw_only=True)
class _Run:
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
    checked: dict[str, Checked] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    """Files of which nothing is quoted."""
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
            baseline = usual_baselines([self.config.source, *self.roots], self.fail)
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
        context = self._context(root)
        hold_back = self._hold_back(root)
        known = Remembered(root, files, context, self.selection, self.cache)
        outcome = known.outcome
        unreadable: tuple[Unreadable, ...] = ()
        if outcome is None:
            outcome, entities, unreadable = self._read_archive(folder, context)
            self.mending.know(files, Mendable(replace(context, entities=entities), self.selection, hold_back))
            if not unreadable:
                known.keep(outcome)
        for failure in unreadable:
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
        resolved = {file.file.resolve(): file for file in reversed(files)}
        files = tuple(sorted(file for path, file in resolved.items() if path not in self.seen))
        self.seen.update(resolved)
        page = Context(now=self.now)
        archives: dict[Path, Mendable] = {}
        no_names = Names(())
        alone = Mendable(page, self.selection, self._hold_back(self.config.source), in_archive=False)
        with Progress(len(files), "files") as progress:
            for listed in files:
                progress.step()
                file, root = listed, archive_of(listed.file.parent)
                if root:
                    file = within(root, file)
                    if root not in archives:
                        archives[root] = Mendable(self._context(root), self.selection, self._hold_back(root))
                checked = archives[root] if root else alone
                self.mending.know([file], checked)
                try:
                    document = read_source(file, site_markdown=root is None)
                except Unreadable as error:
                    self.fail(str(error))
                    continue
                # Without the records of all entities, none is found in its text; what it says itself is checked.
                entry = read_entry(document, no_names) if root else None
                found = check_document(document, entry, checked.context, selection=self.selection)
                self._take(checked.hold_back(found))
                self.scope.add_page(file.shown_path)
                self._note(document)
                self.files += 1
                self.briefs += entry is not None
                self.links += len(document.links)

    def _context(self, root: Path) -> Context:
        return Context(
            paths=self._paths(root),
            own_fields=self.config.own_fields,
            now=self.now,
            decisions=self._decisions(root),
        )

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

    def _paths(self, root: Path) -> frozenset[str]:
        """List what a brief may link to: the files of the archive, and the hand-written pages beside it."""
        docs = self.config.docs
        is_site = root.resolve() == self.config.source.resolve()
        beside = list_paths(docs) if docs and docs.is_dir() and is_site else frozenset()
        return list_paths(root) | beside

    def _decisions(self, root: Path) -> Decisions | None:
        try:
            return open_decisions(root)
        except Unreadable as error:
            self.fail(str(error))
            return None
