"""`regesta new`: an archive that builds at once."""

from __future__ import annotations

import os
import shlex
import tempfile
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from regesta import __version__
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

__all__ = ["InvalidFolder", "command", "new_archive", "write_archive"]


class InvalidFolder(ValueError):
    """A folder that a new archive must not be written to."""


@click.command(name="new", short_help="Make an archive that builds at once.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Make a new archive in DIR: settings, one brief, two entities, and a workflow that publishes it.

    DIR must be empty or not there yet; a fresh git repository counts as empty.
    """
    try:
        write_archive(folder)
    except (InvalidFolder, OSError) as error:
        raise click.BadParameter(str(error), param_hint="DIR") from error
    name = os.fspath(folder)
    click.echo(
        f"A new archive stands in {shown(name)}. Next:\n"
        "\n"
        f"  cd {shown(shlex.quote(name))}\n"
        "  mkdocs serve      shows it, and follows what you change\n"
        "  regesta check     says what is wrong with briefs and links\n"
        "\n"
        "Give it your name in mkdocs.yml, then put your own briefs into briefs_src/briefs/."
    )


def new_archive() -> dict[PurePosixPath, bytes]:
    """Give the files of a new archive by their path in it.

    >>> sorted(str(path) for path in new_archive() if len(path.parts) == 1)
    ['.gitignore', 'mkdocs.yml', 'requirements.txt']
    """
    archive = dict(_template(files("regesta.cli") / "new_archive", PurePosixPath()))
    # The next minor release may change what a page looks like; that is for people to choose, not for a nightly run.
    archive[PurePosixPath("requirements.txt")] = f"regesta~={__version__}\n".encode()
    return archive


def write_archive(folder: Path) -> None:
    """Write a new archive to a folder that is empty or not there yet: all of it, or nothing."""
    there = folder.exists()
    if there and not folder.is_dir():
        raise InvalidFolder(f"Expected an empty folder, or a name that is not taken; this is a file: {str(folder)!r}")
    if there and (names := sorted(entry.name for entry in folder.iterdir() if entry.name != ".git")):
        raise InvalidFolder(
            f"Expected an empty folder, or a name that is not taken; {names[0]!r} is in {str(folder)!r}"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Written beside its place and renamed, so that whoever interrupts this finds no half archive.
    with tempfile.TemporaryDirectory(prefix=".regesta-new-", dir=folder if there else folder.parent) as staging:
        staged = Path(staging, "archive")
        for path, content in new_archive().items():
            target = staged / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if there:
            # The folder itself stays: somebody may stand in it.
            _move_all(staged, folder)
        else:
            staged.rename(folder)


def _template(folder: Traversable, at: PurePosixPath) -> Iterator[tuple[PurePosixPath, bytes]]:
    for entry in folder.iterdir():
        # A real `.gitignore` in the package would act there, and keep files out of the built package.
        path = at / entry.name.replace("dot-", ".", 1) if entry.name.startswith("dot-") else at / entry.name
        if entry.is_dir():
            yield from _template(entry, path)
        else:
            yield path, entry.read_bytes()


def _move_all(source: Path, target: Path) -> None:
    names = sorted(entry.name for entry in source.iterdir())
    try:
        for name in names:
            (source / name).rename(target / name)
    except OSError:
        for name in names:
            if (target / name).exists():
                (target / name).rename(source / name)
        raise
