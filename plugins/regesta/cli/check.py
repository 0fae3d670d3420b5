"""`regesta check`: the offline rules."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.checking.baseline import BASELINE_FILE, InvalidBaseline, Known, compare, read_baseline, write_baseline
from regesta.checking.checks import Checker, check_document, in_order
from regesta.checking.registry import Selection, UnknownRule
from regesta.checking.texts import Context
from regesta.cli.progress import Progress
from regesta.model.archive import read_entry
from regesta.model.findings import Severity
from regesta.model.mentions import Names
from regesta.reading.archive import read_archive, read_source
from regesta.reading.decisions import open_decisions
from regesta.reading.folder import (
    ArchiveMissing,
    Unreadable,
    archive_of,
    list_folder,
    list_markdown,
    list_paths,
    within,
)
from regesta.reading.site_config import InvalidSiteConfig, SiteConfig, read_site_config
from regesta.reporting.json_report import json_report
from regesta.reporting.report import Gone, Report
from regesta.reporting.terminal import shown
from regesta.reporting.text import text_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from regesta.model.archive import Entry
    from regesta.model.briefs import Document
    from regesta.model.decisions import Decisions
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
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="What to write.")
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
    output_format: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: Path | None,
    written: Path | None,
    fail_on: str,
    now: date,
    statistics: bool,
) -> None:
    """Check briefs, notes and links, offline.

    PATH is an archive's source folder, or any folder or file of Markdown, whose links and notes are then checked; a
    brief of an archive is checked as one. Without PATH it is the archive that mkdocs.yml names, else briefs_src, and
    the site's hand-written pages.
    """
    try:
        selection = Selection(select, ignore)
        config = read_site_config(Path())
        known = _known(baseline) if baseline else None
    except (UnknownRule, InvalidSiteConfig, InvalidBaseline) as error:
        raise click.UsageError(str(error)) from error
    run = _Run(config=config, selection=selection, now=now)
    if paths:
        for path in paths:
            run.check(path)
    else:
        run.check_site()
    report = run.report(known)
    if written:
        _write(written, write_baseline(run.findings), run)
        report = run.report(read_baseline(write_baseline(run.findings)))
    if output_format == "json":
        click.echo(json_report(report))
    else:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        for line in text_report(report, colour=colour, statistics=statistics, line_at=_source_lines(excerpts=colour)):
            click.echo(line, color=colour)
    if run.failures:
        context.exit(_NOT_DONE)
    if fail_on != "never" and report.reaches(Severity(fail_on)):
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
    failures: int = 0
    """Inputs that could not be read. The others are done all the same."""

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
        """Say on stderr what could not be done."""
        self.failures += 1
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
        )

    def _check_archive(self, root: Path) -> None:
        folder = list_folder(root, on_unreadable=lambda unreadable: self.fail(str(unreadable)))
        if root.resolve() in self.seen:
            return
        self.seen |= {root.resolve(), *(file.file.resolve() for file in (*folder.briefs, *folder.entities))}
        checker = Checker(self._context(root), self.selection)
        with Progress(len(folder.briefs), "briefs") as progress:

            def on_brief(document: Document, entry: Entry) -> None:
                checker.on_brief(document, entry)
                progress.step()

            read = read_archive(folder, on_entity=checker.on_entity, on_brief=on_brief)
        for unreadable in read.unreadable:
            self.fail(str(unreadable))
        self.findings += checker.finish(read.archive)
        self.files += len(folder.briefs) + len(folder.entities) - len(read.unreadable)
        self.briefs += len(read.archive.entries)
        self.links += checker.links

    def _check_markdown(self, place: Path) -> None:
        files = list_markdown(place, on_unreadable=lambda unreadable: self.fail(str(unreadable)))
        resolved = {file.file.resolve(): file for file in reversed(files)}
        files = tuple(sorted(file for path, file in resolved.items() if path not in self.seen))
        self.seen.update(resolved)
        page = Context(now=self.now)
        archives: dict[Path, Context] = {}
        no_names = Names(())
        with Progress(len(files), "files") as progress:
            for file in files:
                progress.step()
                root = archive_of(file.file.parent)
                if root and root not in archives:
                    archives[root] = self._context(root)
                context = archives[root] if root else page
                try:
                    document = read_source(within(root, file) if root else file, site_markdown=root is None)
                except Unreadable as error:
                    self.fail(str(error))
                    continue
                # Without the records of all entities, none is found in its text; what it says itself is checked.
                entry = read_entry(document, no_names) if root else None
                self.findings += check_document(document, entry, context, selection=self.selection)
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


def _source_lines(*, excerpts: bool) -> Callable[[Finding], str | None]:
    """Give a reader of source lines that holds one file at a time: findings come file by file."""
    held: dict[str, list[str]] = {}

    def line_at(finding: Finding) -> str | None:
        if not excerpts:
            return None
        path = finding.place.path
        if path not in held:
            held.clear()
            try:
                text = Path(path).read_bytes().decode("utf-8-sig", "replace")
            except OSError:
                text = ""
            held[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = held[path]
        return lines[finding.place.line - 1] if finding.place.line <= len(lines) else None

    return line_at
