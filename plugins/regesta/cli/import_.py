"""`regesta import`: raw documents → briefs and repair logs."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.checking.registry import UnknownRule
from regesta.checking.settings import InvalidSettings, read_settings
from regesta.cli.checking.run import Run
from regesta.cli.importing.report import ImportReport, shown_name
from regesta.cli.importing.shelf import Refused, Shelf
from regesta.importing.decode import Unreadable, require_size
from regesta.importing.given import BadManifest, Given, read_manifest
from regesta.importing.text import import_text
from regesta.importing.word_lists import has_word_lists, word_list
from regesta.model.dates import ArchiveDate, InvalidDate, parse_date
from regesta.reading.project_config import PROJECT_TABLE, read_project_config
from regesta.reading.site_config import InvalidSiteConfig, read_site_config

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["command"]

_DONE, _ERRORS_STAND, _NOT_ALL_DONE = 0, 1, 2


@click.command(name="import")
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--into", default="briefs_src", show_default=True, type=click.Path(path_type=Path), help="The archive's folder."
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    help="A CSV table with the column 'file' and columns named as in front matter.",
)
@click.option(
    "--date", "date_text", metavar="DATE", help="The date of the documents, such as 2020-09-14, 2020-09 or 2020."
)
@click.option("--publisher", metavar="NAME", help="Who published the documents, where the manifest says nothing else.")
@click.option("--series", metavar="NAME", help="The series of the documents, where the manifest says nothing else.")
@click.option(
    "--encoding", metavar="NAME", help="What the documents are written in, when it is neither UTF-8 nor UTF-16."
)
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@click.option("--force", is_flag=True, help="Import again what is there already, over the brief that is there.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    *,
    files: tuple[Path, ...],
    into: Path,
    manifest: Path | None,
    date_text: str | None,
    publisher: str | None,
    series: str | None,
    encoding: str | None,
    dry_run: bool,
    force: bool,
    output_format: str,
) -> None:
    """Make briefs of raw text documents.

    Every edit is written to a log beside the briefs. A document that is in the archive already is passed over.
    Each new brief is checked at once. Exits with 1 while errors stand in one, and with 2 when a document could not be
    imported; the others are done first.
    """
    date = _date(date_text)
    rows = _manifest(manifest, date)
    fields = {name: text for name, text in {"publisher": publisher, "series": series}.items() if text}
    named = files or tuple(manifest.parent / name for name in rows if manifest)
    if not named:
        raise click.UsageError("No document is named. Write: regesta import FILE…, or --manifest CSV.", context)
    shelf = Shelf(into, force=force, dry_run=dry_run)
    report = ImportReport(as_json=output_format == "json", dry_run=dry_run)
    run = _check_run()
    for file in _with_progress(named):
        given = (_row(rows, manifest, file) or Given(date=date)).or_else(fields)
        try:
            _import(file, given, encoding, shelf, report)
        except (Unreadable, Refused) as error:
            report.failed(file, str(error))
        except OSError as error:
            report.failed(file, f"{error.strerror or error}.")
    if report.new:
        _check(run, shelf, report)
    report.close(run.findings)
    if not has_word_lists() and any(finding.rule == "B343" for finding in report.findings):
        click.echo(
            "No word list is installed, so that only each document itself tells how words are written that a line end "
            "cuts (B343). Install one with: pip install 'regesta[import]'",
            err=True,
        )
    if report.failures:
        context.exit(_NOT_ALL_DONE)
    context.exit(_ERRORS_STAND if run.settings.fails(report.findings) else _DONE)


def _check_run() -> Run:
    """Set up the check of the new briefs, as `regesta check` would run here."""
    try:
        config = read_site_config(Path())
        settings = read_settings(
            (f"pyproject.toml, [{PROJECT_TABLE}]", read_project_config(Path())),
            ("mkdocs.yml, regesta/links", config.check),
        )
    except (UnknownRule, InvalidSiteConfig, InvalidSettings) as error:
        raise click.UsageError(str(error)) from error
    return Run(config=config, settings=settings, selection=settings.selection, now=datetime.now(tz=UTC).date())


def _check(run: Run, shelf: Shelf, report: ImportReport) -> None:
    """Check the new briefs: with their archive, so that nothing else is said than `regesta check` says next."""
    if not shelf.dry_run:
        run.check(shelf.root)
        return
    for imported, brief in report.new:
        run.check_unwritten(shelf.root, brief.relative_to(shelf.root).as_posix(), imported.markdown.encode())


def _date(text: str | None) -> ArchiveDate | None:
    try:
        return parse_date(text) if text is not None else None
    except InvalidDate as error:
        raise click.BadParameter(f"{error} Write it like 2020-09-14, 2020-09 or 2020.", param_hint="--date") from error


def _manifest(path: Path | None, date: ArchiveDate | None) -> dict[str, Given]:
    if path is None:
        return {}
    try:
        return read_manifest(path.read_bytes().decode("utf-8-sig"), date=date)
    except BadManifest as error:
        raise click.BadParameter(f"{shown_name(path)}, {error}", param_hint="--manifest") from error
    except UnicodeDecodeError as error:
        raise click.BadParameter(
            f"{shown_name(path)} is not in UTF-8. Save it as CSV in UTF-8.", param_hint="--manifest"
        ) from error
    except OSError as error:
        raise click.BadParameter(f"{shown_name(path)}: {error.strerror}.", param_hint="--manifest") from error


def _row(rows: dict[str, Given], manifest: Path | None, file: Path) -> Given | None:
    """Find a document's row: by its path as named, below the manifest's folder, or by its bare name."""
    if manifest is None:
        return None
    for name, given in rows.items():
        if Path(name) == file or (manifest.parent / name).resolve() == file.resolve():
            return given
    return rows.get(file.name)


def _import(file: Path, given: Given, encoding: str | None, shelf: Shelf, report: ImportReport) -> None:
    if not str(file).isprintable() and _is_no_utf8(file):
        raise Unreadable("Its name is not UTF-8. Give it another name and import it again.")
    imported = import_text(_bytes(file), path=shown_name(file), given=given, encoding=encoding, word_lists=word_list)
    standing = shelf.holds(imported)
    if standing and not shelf.force:
        report.passed_over(imported, standing)
    else:
        report.imported(*shelf.put(imported))


def _is_no_utf8(file: Path) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in str(file))


def _bytes(file: Path) -> bytes:
    if not file.exists():
        raise Unreadable("There is no such file. Check the name.")
    if file.is_dir():
        raise Unreadable(f"It is a folder. Name the documents in it, such as {shown_name(file)}/*.txt.")
    if not file.is_file():
        raise Unreadable("It is no ordinary file. Name a text document.")
    require_size(file.stat().st_size)
    return file.read_bytes()


def _with_progress(files: Sequence[Path]) -> Iterable[Path]:
    if len(files) == 1 or not sys.stderr.isatty():
        return files
    from rich.console import Console  # noqa: PLC0415 - takes 0.1 s, and only terminals need it
    from rich.progress import track  # noqa: PLC0415 - the same

    return track(files, description="Importing", console=Console(stderr=True), transient=True)
