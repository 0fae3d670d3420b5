"""`regesta export`: the archive as data."""

from __future__ import annotations

from pathlib import Path

import click

from regesta.model.archive import Archive
from regesta.model.briefs import Status
from regesta.pages.addresses import Addresses
from regesta.pages.data.exports import EXPORTS
from regesta.pages.site import Site
from regesta.reading.archive import read_archive
from regesta.reading.collection import without_collection
from regesta.reading.folder import ArchiveMissing, Unreadable, list_folder
from regesta.reading.site_config import InvalidSiteConfig, SiteConfig, read_site_config
from regesta.reading.watch import open_watch
from regesta.reading.whole_files import write_bytes_whole
from regesta.reporting.terminal import shown

__all__ = ["command"]

_NOT_DONE = 2


@click.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--format",
    "formats",
    type=click.Choice(list(EXPORTS)),
    multiple=True,
    help="What to write; may be given several times. Without it everything is written.",
)
@click.pass_context
def command(context: click.Context, folder: Path, formats: tuple[str, ...]) -> None:
    """Write the archive as data, for other programs.

    Published briefs are written; drafts and withdrawn ones are not. A file that is there already is replaced.
    """
    try:
        config = read_site_config(Path())
        site, failures = _read(config)
    except (InvalidSiteConfig, ArchiveMissing) as error:
        raise click.UsageError(str(error)) from error
    if not config.site_url:
        click.echo("mkdocs.yml sets no site_url: addresses are those where briefs were first published.", err=True)
    written = 0
    for name in formats or EXPORTS:
        for file in EXPORTS[name](site):
            target = folder / file.path
            try:
                write_bytes_whole(target, b"".join(file.pieces()))
            except OSError as error:
                failures.append(f"{target}: cannot be written ({error.strerror or error}).")
            else:
                written += 1
                click.echo(shown(str(target)))
    for failure in failures:
        click.echo(shown(failure), err=True)
    if failures or not written:
        context.exit(_NOT_DONE)


def _read(config: SiteConfig) -> tuple[Site, list[str]]:
    """Read what is published; say what cannot be read."""
    unlisted: list[Unreadable] = []
    with without_collection():
        read = read_archive(list_folder(config.source, on_unreadable=unlisted.append))
    failures = [str(one) for one in (*unlisted, *read.unreadable)]
    published = [entry for entry in read.archive.entries if entry.brief.status is Status.PUBLISHED]
    site = Site(
        archive=Archive.of(published, read.archive.entities.values()),
        bodies={},
        addresses=Addresses(config.directory_urls),
        name=config.site_name,
        site_url=config.site_url,
        watch=open_watch(config.source, on_problem=failures.append),
    )
    return site, failures
