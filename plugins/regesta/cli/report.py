"""`regesta report`: what the record says of the links, or what is new of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.auditing.settings import InvalidAuditSettings
from regesta.checking.registry import UnknownRule
from regesta.checking.settings import InvalidSettings, read_settings
from regesta.cli.auditing.settings import audit_settings, copy_hosts
from regesta.cli.options import output_options, rule_codes, today_option
from regesta.cli.outputs import wanted_outputs
from regesta.cli.recording.cited import Citations
from regesta.cli.recording.citing_files import CITED_FILE
from regesta.cli.recording.fail_on import fail_on_option
from regesta.cli.recording.link_reports import OF_RECORD, LinkReporting, write_link_report
from regesta.cli.recording.recorded import Recorded, ledger_at, open_recorded
from regesta.model.decisions import Decisions
from regesta.model.link_changes import Since
from regesta.model.link_states import join_states
from regesta.model.wording import day_words
from regesta.reading.cache import Cache
from regesta.reading.decisions import open_decisions
from regesta.reading.folder import Unreadable
from regesta.reading.project_config import PROJECT_TABLE, read_project_config
from regesta.reading.revisions import NoSuchRevision
from regesta.reading.site_config import InvalidSiteConfig, read_site_config
from regesta.reporting.formats import LINK_FORMATS
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from regesta.cli.recording.fail_on import FailOn
    from regesta.model.link_states import LinkState

__all__ = ["command"]


@click.command("report")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--since", metavar="REF", help="Only what is new since a day, or since a revision of git.")
@click.option(
    "--ledger",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The record; without it, links.jsonl in the archive's folder.",
)
@output_options(LINK_FORMATS)
@click.option(
    "--select", multiple=True, metavar="CODES", callback=rule_codes, help="Only these rules: L501, L51, moved."
)
@click.option("--ignore", multiple=True, metavar="CODES", callback=rule_codes, help="Not these rules.")
@fail_on_option()
@click.option("--now", metavar="DATE", callback=today_option, help="Today's date: from when on a visit is old.")
@click.option("--statistics", is_flag=True, help="Count the addresses of each verdict and the findings of each rule.")
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    paths: tuple[Path, ...],
    *,
    since: str | None,
    ledger: Path | None,
    formats: tuple[str, ...],
    output_file: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: FailOn,
    now: date,
    statistics: bool,
) -> None:
    """Say what is on record of the links, or what is new of them. Nothing is visited.

    PATH is an archive's source folder, or any folder or file of Markdown; without it, it is the archive that mkdocs.yml
    names, else briefs_src.
    """
    outputs = wanted_outputs(formats, output_file, LINK_FORMATS)
    try:
        config = read_site_config(Path())
        settings = read_settings(
            (f"pyproject.toml, [{PROJECT_TABLE}]", read_project_config(Path())),
            ("mkdocs.yml, regesta/links", config.check),
        ).asked(select=select, ignore=ignore)
        chosen = settings.selection.codes
        hosts = copy_hosts(audit_settings(config))
    except (UnknownRule, InvalidSiteConfig, InvalidSettings, InvalidAuditSettings) as error:
        raise click.UsageError(str(error)) from error
    if select and not chosen & OF_RECORD:
        raise click.UsageError(f"--select names no rule about the record. There are {', '.join(sorted(OF_RECORD))}.")
    failures: dict[str, None] = {}

    def fail(message: str) -> None:
        if message not in failures:
            failures[message] = None
            click.echo(shown(message), err=True)

    cache = Cache(Path(CITED_FILE)) if Path("mkdocs.yml").is_file() else None
    cited = Citations(config=config, fail=fail, cache=cache)
    cited.read(paths)
    recorded = open_recorded(cited.root, ledger, today=_latest(now), fail=fail, copy_hosts=hosts)
    decisions = _decisions(cited.root, fail)
    try:
        older = _older(since, cited, ledger, now, decisions, hosts) if since is not None else None
    except NoSuchRevision as error:
        raise click.UsageError(shown(str(error))) from error
    how = LinkReporting(
        settings=settings,
        outputs=outputs,
        fail_on=fail_on,
        today=now,
        since=older,
        last_audit=Since("the last audit", day=recorded.last_audit) if recorded.last_audit else None,
        statistics=statistics,
        all_remarks=bool(select),
        has_record=bool(recorded.ledger),
        faults=recorded.faults,
    )
    context.exit(write_link_report(_states(cited, recorded, now, decisions), cited, how, failures))


def _states(cited: Citations, recorded: Recorded, today: date, decisions: Decisions) -> tuple[LinkState, ...]:
    return join_states(cited.links, recorded.ledger, decisions, today=today, seen_since=recorded.seen_since)


def _latest(now: date) -> date:
    """Give the day after which nothing can have been seen."""
    return max(now, datetime.now(tz=UTC).date())


def _decisions(root: Path, fail: Callable[[str], None]) -> Decisions:
    try:
        return open_decisions(root)
    except Unreadable as error:
        fail(str(error))
        return Decisions(())


def _older(  # noqa: PLR0913, PLR0917 - each is one thing that is known
    text: str, cited: Citations, ledger: Path | None, today: date, decisions: Decisions, hosts: frozenset[str]
) -> Since:
    """Read `--since`: a day, or else a revision; raise `NoSuchRevision`."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        before = Recorded(ledger_at(text, cited.root, ledger, today=_latest(today), copy_hosts=hosts))
        return Since.states(text, _states(cited, before, today, decisions))
    return Since(day_words(day), day=day)
