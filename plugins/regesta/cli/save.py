"""`regesta save`: has copies made of live links that have none."""

from __future__ import annotations

import os
import re
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from ada_url import URL

from regesta.auditing.fetching.addresses import AddressPolicy, InvalidNetwork
from regesta.auditing.fetching.fetcher import CurlFetcher
from regesta.auditing.fetching.handles import trusted_certificates
from regesta.auditing.fetching.options import FetchOptions
from regesta.auditing.mementos.archive_line import Line
from regesta.auditing.mementos.saving import SAVE_PAGE_NOW, SaveErrand, SaveServer, SaveState, save
from regesta.auditing.mementos.search import Errand
from regesta.auditing.mementos.servers import InvalidServer, MementoServer, read_server
from regesta.auditing.settings import InvalidAuditSettings
from regesta.cli.auditing.settings import audit_settings
from regesta.cli.auditing.visits import user_agent
from regesta.cli.progress import Progress
from regesta.cli.recording.unsaved import Unsaved, unsaved
from regesta.model.memento_archives import COPY_HOSTS
from regesta.model.mementos import is_memento_of
from regesta.reading.folder import ArchiveMissing, Unreadable
from regesta.reading.ledger import LEDGER, open_ledger, remember_copy_hosts, remembered_copy_hosts, write_ledger
from regesta.reading.site_config import InvalidSiteConfig, read_site_config
from regesta.reading.whole_files import NotReplaced
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.auditing.mementos.saving import Saved
    from regesta.model.ledger import LinkRecord
    from regesta.model.urls import Url
    from regesta.reading.ledger import OpenedLedger

__all__ = ["command"]

_NOT_DONE, _NOT_JUDGED = 2, 3
"""Exit statuses: something asked for was not done; the archive did not answer."""
_STATUS_PAUSE = 6.0
"""Seconds between two looks at a job."""
_MINUTE, _DAY = 60.0, 86_400.0
_KEY = re.compile(r"[A-Za-z0-9]{2,200}")
_KEY_VARIABLES = ("IA_ACCESS_KEY", "IA_SECRET_KEY")


@click.command("save")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Pages to submit at most.")
@click.option(
    "--rate",
    type=click.FloatRange(min=0, min_open=True, max=600),
    default=4.0,
    show_default=True,
    help="Pages to submit a minute.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be submitted, and ask nobody.")
@click.option(
    "--save-server",
    default=SAVE_PAGE_NOW,
    show_default=True,
    metavar="ADDRESS",
    help="What stands before a page's address to have it saved.",
)
@click.option(
    "--memento-server",
    metavar="SERVER",
    help="Where its copies are: 'cdx ADDRESS REPLAY', 'timegate ADDRESS', or 'wayback', which it is without it.",
)
@click.option("--ledger", type=click.Path(path_type=Path, dir_okay=False), help=f"The record; else {LEDGER}.")
@click.option("--allow-network", multiple=True, metavar="CIDR", help="A network in which the archive may lie.")
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    *,
    limit: int,
    rate: float,
    dry_run: bool,
    save_server: str,
    memento_server: str | None,
    ledger: Path | None,
    allow_network: tuple[str, ...],
) -> None:
    """Have a web archive make copies of cited pages.

    Submitted are live links for which the audit found no copy, those of the newest briefs first: to Save Page Now of
    the Wayback Machine if nothing else is said. With the keys of an account in IA_ACCESS_KEY and IA_SECRET_KEY it takes
    more, and is surer. Every copy is looked at before it is recorded.
    """
    try:
        config = read_site_config(Path())
        how = audit_settings(config)
        server = _server(save_server, read_server(memento_server) if memento_server else how.mementos.server)
        policy = AddressPolicy((*how.allow_network, *allow_network), how.deny_network)
        file, today = ledger or config.source / LEDGER, datetime.now(tz=UTC).date()
        opened = _open(file, server.copies, today)
        waiting = unsaved(
            config.source, opened.records, on_unreadable=lambda why: click.echo(shown(str(why)), err=True)
        )
    except (InvalidServer, InvalidNetwork, InvalidSiteConfig, InvalidAuditSettings) as error:
        raise click.UsageError(str(error)) from error
    except (ArchiveMissing, Unreadable) as error:
        click.echo(shown(str(error)), err=True)
        context.exit(_NOT_DONE)
    for problem in opened.problems:
        click.echo(shown(str(problem)), err=True)
    chosen = waiting[:limit]
    if dry_run or not chosen:
        _say_plan(waiting, chosen, rate, has_record=bool(opened.records))
        return
    done = _save_all(chosen, server, policy, opened, rate, user_agent(how.contact or config.site_url))
    counts = ", ".join(f"{done.count(state):,} {state.value}" for state in SaveState if state in done)
    click.echo(f"{counts or 'Nothing done'}; {len(waiting) - len(done):,} left.")
    if len(done) < len(chosen) or SaveState.NOT_ANSWERED in done:
        click.echo("The archive has had enough, or does not answer. Try again later, or with a lower --rate.", err=True)
        context.exit(_NOT_JUDGED)


def _server(address: str, copies: MementoServer) -> SaveServer:
    access, secret = (os.environ.get(name, "").strip() for name in _KEY_VARIABLES)
    if bool(access) != bool(secret):
        raise click.UsageError(f"Set both {' and '.join(_KEY_VARIABLES)}, or neither.")
    if access and not _KEY.fullmatch(f"{access}{secret}"):
        raise click.UsageError(f"{' and '.join(_KEY_VARIABLES)} are no keys: keys hold letters and digits alone.")
    # The keys are for the Internet Archive, and are shown to nobody else.
    keys = (access, secret) if access and address == SAVE_PAGE_NOW else None
    return SaveServer(address=address, copies=copies, keys=keys)


def _open(file: Path, copies: MementoServer, today: date) -> OpenedLedger:
    hosts = copies.hosts | COPY_HOSTS | remembered_copy_hosts(Path())
    return open_ledger(file, is_copy=lambda copy, url: is_memento_of(copy, url, hosts), today=today)


def _say_plan(waiting: list[Unsaved], chosen: list[Unsaved], rate: float, *, has_record: bool) -> None:
    if not has_record:
        click.echo(
            "Nothing is on record, so that nobody knows what is live and has no copy: run 'regesta audit' first."
        )
        return
    if not waiting:
        click.echo("Nothing to save: every live link has a copy, or was not asked for yet (regesta audit does that).")
        return
    for one in chosen:
        click.echo(f"{one.days[0]}  {shown(one.url)}")
    minutes = len(chosen) / rate
    click.echo(
        f"{len(chosen):,} of {len(waiting):,} would be submitted, in about {minutes:,.0f} min. Nothing was asked."
    )


def _save_all(  # noqa: PLR0913, PLR0917 - each is one thing that is known
    chosen: list[Unsaved],
    server: SaveServer,
    policy: AddressPolicy,
    opened: OpenedLedger,
    rate: float,
    agent: str,
) -> list[SaveState]:
    """Submit one page after another; each copy is in the record as soon as it is there."""
    options = FetchOptions(certificates=trusted_certificates(os.environ), user_agent=agent)
    done: list[SaveState] = []
    with closing(CurlFetcher(options, policy=policy)) as fetcher, Progress(len(chosen), "pages") as progress:
        pauses = {
            SaveErrand.SUBMIT: _MINUTE / rate,
            SaveErrand.STATUS: _STATUS_PAUSE,
            Errand.QUESTION: server.copies.question_pause,
            Errand.VISIT: server.copies.visit_pause,
        }
        line = Line(fetcher, pauses, ends=time.monotonic() + _DAY, clock=time.monotonic, sleep=time.sleep)
        for one in chosen:
            today = datetime.now(tz=UTC).date()
            saved = line.run(save(one.url, server=server, today=today))
            progress.step()
            if saved is None:
                break
            done.append(saved.state)
            click.echo(_line(one.url, saved))
            opened = _record(opened, one, saved, today)
    return done


def _line(url: Url, saved: Saved) -> str:
    return shown(
        f"{saved.state.value:<12}  {url}" + (f"  {saved.url or saved.reason}" if saved.url or saved.reason else "")
    )


def _record(opened: OpenedLedger, one: Unsaved, saved: Saved, today: date) -> OpenedLedger:
    """Write the copy into the record; what is under way is asked for again by the next audit."""
    if saved.state not in {SaveState.SAVED, SaveState.UNDERWAY}:
        return opened
    record = opened.records[one.url]
    mementos = {day: copy for day, copy in record.mementos.items() if day not in one.days}
    if saved.url:
        mementos |= dict.fromkeys(one.days, saved.url)
    if saved.url:
        remember_copy_hosts(Path(), {URL(saved.url).host} - COPY_HOSTS)
    records: Mapping[Url, LinkRecord] = {**opened.records, one.url: replace(record, mementos=mementos)}
    try:
        write_ledger(opened, records)
    except NotReplaced as error:
        click.echo(shown(str(error)), err=True)
        raise SystemExit(_NOT_DONE) from error
    return open_ledger(opened.file, is_copy=opened.is_copy, today=today)
