"""`regesta new`: an archive that builds at once."""

from __future__ import annotations

import json
import os
import re
import shlex
import tempfile
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from regesta import __version__
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

__all__ = ["InvalidFolder", "command", "new_archive", "wheel_hash", "write_archive"]


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
    ['.gitignore', 'mkdocs.yml', 'requirements-lock.txt', 'requirements.txt']
    """
    archive = dict(_template(files("regesta.cli") / "new_archive", PurePosixPath()))
    archive[PurePosixPath("requirements.txt")] = _requirement(wheel_hash()).encode()
    return archive


def _requirement(sha256: str) -> str:
    """Give the line that installs this very version: the lock beside it names what this one needs, and no other."""
    if sha256:
        return f"regesta=={__version__} --hash=sha256:{sha256}\n"
    return (
        "# To have workflows install one very file and no other, put its hash behind the version:\n"
        f"# regesta=={__version__} --hash=sha256:...\n"
        f"# 'pip download --no-deps regesta=={__version__}' fetches the file, and 'pip hash FILE' gives the hash.\n"
        f"regesta=={__version__}\n"
    )


def wheel_hash() -> str:
    """Give the SHA-256 of the wheel that this package was installed from, where pip has noted it (PEP 610); else "".

    It notes that of a file or an address that it was given, and not of what it has found in an index.
    """
    try:
        noted = json.loads(distribution("regesta").read_text("direct_url.json") or "{}")
        found = noted["archive_info"]["hashes"]["sha256"]
        name = noted["url"].rpartition("/")[2]
        is_wheel = name.startswith(f"regesta-{__version__}-") and name.endswith(".whl")
    except (PackageNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return ""
    return found if is_wheel and isinstance(found, str) and re.fullmatch(r"[0-9a-f]{64}", found) else ""


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
