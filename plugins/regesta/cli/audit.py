"""`regesta audit`: visits the links that are due, and brings the record up to date."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regesta.auditing.mementos.servers import InvalidServer, read_server
from regesta.auditing.settings import InvalidAuditSettings
from regesta.checking.registry import UnknownRule
from regesta.checking.settings import InvalidSettings, read_settings
from regesta.cli.auditing.run import AuditCommand, Wanted
from regesta.cli.auditing.settings import audit_settings, copy_hosts
from regesta.cli.options import output_options, rule_codes, today_option
from regesta.cli.outputs import wanted_outputs
from regesta.cli.recording.fail_on import fail_on_option
from regesta.reading.project_config import PROJECT_TABLE, read_project_config
from regesta.reading.site_config import InvalidSiteConfig, read_site_config
from regesta.reporting.formats import LINK_FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from regesta.cli.recording.fail_on import FailOn

__all__ = ["command"]


@click.command("audit")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--ledger",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The record; without it, links.jsonl in the archive's folder.",
)
@click.option("--max-age", metavar="TIME", help="After how long a link is visited again; 28d if nothing else is set.")
@click.option(
    "--confirm",
    metavar="N[/DAYSd]",
    help="Visits, and days between the first and the last, that make a link dead; 3/6d.",
)
@click.option("--timeout", metavar="SECONDS", help="Seconds for one link, all its redirects included; 20.")
@click.option("--budget", metavar="TIME", help="After how long no further visit is begun; 40m.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Visit so many links at most.")
@click.option(
    "--allow-network", multiple=True, metavar="CIDR", help="Visit addresses of this network although it is not public."
)
@click.option("--deny-network", multiple=True, metavar="CIDR", help="Never visit addresses of this network.")
@click.option(
    "--probe",
    "probes",
    multiple=True,
    metavar="ADDRESS",
    help="An address that always answers; while none of them does, the network is down and nothing is recorded.",
)
@click.option("--host-connections", metavar="N", help="Requests to one host at a time; 4.")
@click.option("--host-rate", metavar="RATE", help="Requests to one host: 20/s, 30/m, 'no limit'; 20/s.")
@click.option(
    "--proxy",
    metavar="ADDRESS",
    help="Visit through this HTTP proxy, which looks names up and connects in our place.",
)
@click.option("--concurrency", metavar="N", help="Requests at a time in all; 256.")
@click.option(
    "--browser-like", is_flag=True, help="Ask once more as a browser would where a server turns a program away."
)
@click.option("--no-mementos", is_flag=True, help="Do not ask for archived copies.")
@click.option(
    "--memento-server",
    metavar="SERVER",
    help="Whom to ask for them: wayback, 'timegate ADDRESS', 'cdx ADDRESS REPLAY'; wayback.",
)
@click.option(
    "--changed-since",
    metavar="REF",
    help="Visit only links of files that have changed since a revision of git: for pull requests.",
)
@click.option("--no-record", is_flag=True, help="Write nothing: visit and report.")
@click.option("--scheduler", metavar="ADDRESS", help="Visit from the machines of a Dask cluster.")
@click.option(
    "--trust-network", is_flag=True, help="Believe what is found even where so much fails that the fault may be ours."
)
@output_options(LINK_FORMATS)
@click.option(
    "--select", multiple=True, metavar="CODES", callback=rule_codes, help="Report only these rules: L501, L51, moved."
)
@click.option("--ignore", multiple=True, metavar="CODES", callback=rule_codes, help="Do not report these rules.")
@fail_on_option()
@click.option("--now", metavar="DATE", callback=today_option, help="Today's date.")
@click.option("--statistics", is_flag=True, help="Count the addresses of each verdict and the findings of each rule.")
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    /,
    paths: tuple[Path, ...],
    *,
    ledger: Path | None,
    limit: int | None,
    no_mementos: bool,
    memento_server: str | None,
    changed_since: str | None,
    no_record: bool,
    scheduler: str | None,
    trust_network: bool,
    formats: tuple[str, ...],
    output_file: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: FailOn,
    now: date,
    statistics: bool,
    **given: Any,  # noqa: ANN401 - what settings have, too
) -> None:
    """Visit the links that are due, and bring the record up to date.

    PATH is an archive's source folder, or any folder or file of Markdown; without it, it is the archive that mkdocs.yml
    names, else briefs_src. Each address is visited once, as politely as its host wants it, and only public addresses.

    It exits with 0 when it did its work, whatever it found, unless --fail-on says otherwise (1); with 2 when something
    asked for was not done, and with 3 when the network was down: then nothing is recorded.
    """
    outputs = wanted_outputs(formats, output_file, LINK_FORMATS)
    try:
        config = read_site_config(Path())
        settings = read_settings(
            (f"pyproject.toml, [{PROJECT_TABLE}]", read_project_config(Path())),
            ("mkdocs.yml, regesta/links", config.check),
        ).asked(select=select, ignore=ignore)
        how = audit_settings(config, _asked(given))
        hosts = copy_hosts(how)
        if memento_server is not None:
            how = replace(how, mementos=how.mementos._replace(server=read_server(memento_server)))
    except (UnknownRule, InvalidSiteConfig, InvalidSettings, InvalidAuditSettings, InvalidServer) as error:
        raise click.UsageError(str(error)) from error
    wanted = Wanted(
        paths=paths,
        ledger=ledger,
        limit=limit,
        mementos=not no_mementos,
        changed_since=changed_since,
        record=not no_record,
        scheduler=scheduler,
        trust_network=trust_network,
        outputs=outputs,
        fail_on=fail_on,
        today=now,
        statistics=statistics,
        rules_asked=bool(select),
    )
    context.exit(AuditCommand(config=config, settings=settings, how=how, known_hosts=hosts, wanted=wanted).run())


def _asked(given: Mapping[str, Any]) -> dict[str, object]:
    """Give what the command line sets, by the names that settings have."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items() if value}
