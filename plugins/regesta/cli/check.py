"""`regesta check`: the offline rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.checking.baseline import BASELINE_FILE, InvalidBaseline, Known, compare, read_baseline, write_baseline
from regesta.checking.checks import Checker, check_document, in_order
from regesta.checking.registry import RULES, Selection, UnknownRule
from regesta.checking.texts import Context
from regesta.cli.outputs import source_texts, wanted_outputs, write_outputs
from regesta.cli.progress import Progress
from regesta.model.briefs import Status
from regesta.model.findings import Severity
from regesta.reading.archive import read_archive, read_source
from regesta.reading.decisions import open_decisions
from regesta.reading.folder import ArchiveMissing, Unreadable, list_folder, list_markdown, list_paths
from regesta.reading.site_config import InvalidSiteConfig, SiteConfig, read_site_config
from regesta.reporting.edit_links import edit_addresses
from regesta.reporting.formats import FORMATS
from regesta.reporting.report import Checked, Gone, Report
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Callable

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
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"Report only what this file does not hold (by custom {BASELINE_FILE}).",
)
@click.option(
    "--write-baseline",
    "written",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Acknowledge all findings in this file.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*(severity.value for severity in Severity), "never"]),
    default=Severity.ERROR.value,
    show_default=True,
    help="Exit with 1 from this weight on.",
)
@click.option("--now", metavar="DATE", callback=_day, help="Today's date, for rules about the future.")
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
    baseline: Path | None,
    written: Path | None,
    fail_on: str,
    now: date,
    statistics: bool,
) -> None:
    """Check briefs, notes and links, offline.

    PATH is an archive's source folder (by default the one that mkdocs.yml names, else briefs_src), or any folder or
    file of Markdown, whose links and notes are then checked.
    """
    outputs = wanted_outputs(formats, output_file)
    try:
        selection = Selection(select, ignore)
        config = read_site_config(Path())
        known = _known(baseline) if baseline else None
    except (UnknownRule, InvalidSiteConfig, InvalidBaseline) as error:
        raise click.UsageError(str(error)) from error
    run = _Run(config=config, selection=selection, now=now)
    for path in paths or (config.source,):
        run.check(path)
    report = run.report(known)
    if written:
        _write(written, write_baseline(run.findings), run)
        report = run.report(read_baseline(write_baseline(run.findings)))
    report = replace(report, statistics=statistics, fail_on=None if fail_on == "never" else Severity(fail_on))
    for failure in write_outputs(outputs, report):
        run.fail(failure)
    if run.failures:
        context.exit(_NOT_DONE)
    if report.fail_on is not None and report.reaches(report.fail_on):
        context.exit(1)


@dataclass(slots=True, kw_only=True)
class _Run:
    """What has been checked so far."""

    config: SiteConfig
    selection: Selection
    now: date
    findings: list[Finding] = field(default_factory=list)
    files: int = 0
    briefs: int = 0
    links: int = 0
    seen: set[Path] = field(default_factory=set)
    """Files that need not be checked again: a folder and a file in it may both be named."""
    failures: list[str] = field(default_factory=list)
    """Inputs that could not be read. The others are done all the same."""
    checked: dict[str, Checked] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    """Files of which nothing is quoted."""

    def check(self, path: Path) -> None:
        """Check an archive, or a folder or file of Markdown."""
        try:
            if path == self.config.source or (path / "briefs").is_dir():
                self._check_archive(path)
            else:
                self._check_markdown(path)
        except ArchiveMissing as error:
            self.fail(str(error))

    def fail(self, message: str) -> None:
        """Say on stderr what could not be done."""
        self.failures.append(message)
        click.echo(shown(message), err=True)

    def report(self, baseline: tuple[Known, ...] | None) -> Report:
        """Give what was found and is not acknowledged."""
        compared = compare(self.findings, baseline or ())
        return Report(
            findings=tuple(in_order(compared.new)),
            files=self.files,
            briefs=self.briefs,
            links=self.links,
            acknowledged=compared.acknowledged,
            gone=tuple(Gone(path=gone.path, rule=gone.rule, subject=gone.subject) for gone in compared.gone),
            failures=tuple(self.failures),
            checked=self.checked,
            rules=RULES,
            text_of=source_texts(frozenset(self.withdrawn)),
            edit_address=self._edit_addresses(),
        )

    def _check_archive(self, root: Path) -> None:
        folder = list_folder(root)
        if root.resolve() in self.seen:
            return
        self.seen |= {root.resolve(), *(file.file.resolve() for file in (*folder.briefs, *folder.entities))}
        context = Context(
            paths=self._paths(root),
            own_fields=self.config.own_fields,
            now=self.now,
            decisions=self._decisions(root),
        )
        checker = Checker(context, self.selection)
        with Progress(len(folder.briefs), "briefs") as progress:

            def on_brief(document: Document, entry: Entry) -> None:
                checker.on_brief(document, entry)
                self._note(document, entry.brief.title, entry.brief.publisher, entry.brief.language)
                if entry.brief.status is Status.WITHDRAWN:
                    self.withdrawn.add(document.shown_path)
                progress.step()

            def on_entity(document: Document, entity: Entity) -> None:
                checker.on_entity(document, entity)
                self._note(document, entity.name)

            read = read_archive(folder, on_entity=on_entity, on_brief=on_brief)
        for unreadable in read.unreadable:
            self.fail(str(unreadable))
        self.findings += checker.finish(read.archive)
        self.files += len(folder.briefs) + len(folder.entities) - len(read.unreadable)
        self.briefs += len(read.archive.entries)
        self.links += checker.links

    def _check_markdown(self, place: Path) -> None:
        context = Context(now=self.now)
        files = [file for file in list_markdown(place) if file.file.resolve() not in self.seen]
        self.seen.update(file.file.resolve() for file in files)
        with Progress(len(files), "files") as progress:
            for file in files:
                try:
                    document = read_source(file)
                except Unreadable as error:
                    self.fail(str(error))
                    continue
                self.findings += check_document(document, None, context, selection=self.selection)
                self._note(document)
                self.files += 1
                self.links += len(document.links)
                progress.step()

    def _note(self, document: Document, title: str = "", publisher: str = "", language: str = "") -> None:
        path = document.shown_path
        self.checked[path] = Checked(path=path, title=title, publisher=publisher, language=language)

    def _edit_addresses(self) -> Callable[[str], str | None]:
        docs = self.config.docs.as_posix() if self.config.docs else "docs"
        return edit_addresses(self.config.repo_url, self.config.edit_uri, docs)

    def _paths(self, root: Path) -> frozenset[str]:
        """List what a brief may link to: the files of the archive, and the hand-written pages beside it."""
        docs = self.config.docs
        beside = list_paths(docs) if docs and docs.is_dir() and root == self.config.source else frozenset()
        return list_paths(root) | beside

    def _decisions(self, root: Path) -> Decisions | None:
        try:
            return open_decisions(root)
        except Unreadable as error:
            self.fail(str(error))
            return None


def _known(file: Path) -> tuple[Known, ...]:
    try:
        return read_baseline(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidBaseline(f"{file}: cannot be read: {error}") from error
    except InvalidBaseline as error:
        raise InvalidBaseline(f"{file}: {error}") from error


def _write(file: Path, text: str, run: _Run) -> None:
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        run.fail(f"{file}: cannot be written ({error.strerror or error}).")
