"""`regesta check`: the offline rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.checking.baseline import BASELINE_FILE, InvalidBaseline
from regesta.checking.registry import UnknownRule
from regesta.checking.settings import NEVER, InvalidSettings, read_settings
from regesta.cli.checking.baselines import named_baseline
from regesta.cli.checking.mending import show_diff, write_fixes
from regesta.cli.checking.remembered import CACHE_FILE
from regesta.cli.checking.run import Run
from regesta.cli.options import output_options, rule_codes, today_option
from regesta.cli.outputs import wanted_outputs, write_outputs
from regesta.model.findings import Severity
from regesta.reading.cache import Cache
from regesta.reading.project_config import PROJECT_TABLE, read_project_config
from regesta.reading.site_config import InvalidSiteConfig, read_site_config
from regesta.reporting.formats import FORMATS

if TYPE_CHECKING:
    from datetime import date

__all__ = ["command"]

_NOT_DONE = 2
"""Exit status: something that was asked for was not done."""


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@output_options(FORMATS)
@click.option("--select", multiple=True, metavar="CODES", callback=rule_codes, help="Only these rules: U101, F2, U.")
@click.option("--ignore", multiple=True, metavar="CODES", callback=rule_codes, help="Not these rules.")
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
@click.option("--now", metavar="DATE", callback=today_option, help="Today's date, for rules about the future.")
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
    run = Run(config=config, settings=settings, selection=selection, now=now, unsafe=unsafe, cache=cache)
    run.check_all(paths)
    if diff:
        status = show_diff(run.mending, run.findings)
        context.exit(_NOT_DONE if run.failures else status)
    if fix and write_fixes(run.mending, run.findings, err=any(output.format != "text" for output in outputs)):
        run = Run(config=config, settings=settings, selection=selection, now=now, unsafe=unsafe, failures=run.failures)
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
