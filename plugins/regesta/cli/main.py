"""The command `regesta`. A command's module is loaded when it is called, so that help is there at once."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from regesta import __version__
from regesta.reporting.terminal import shown, shown_lines

if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["COMMANDS", "main"]

_NOT_DONE = 2


class _Listed(NamedTuple):
    """Where a command is, and what the list of commands says of it."""

    module: str
    help: str


COMMANDS = {
    "new": _Listed("regesta.cli.new", "Make an archive that builds at once."),
    "import": _Listed("regesta.cli.import_", "Make briefs of raw text documents."),
    "audit": _Listed("regesta.cli.audit", "Visit the links that are due, and bring the record up to date."),
    "check": _Listed("regesta.cli.check", "Check briefs, notes and links, offline."),
    "save": _Listed("regesta.cli.save", "Have a web archive make copies of cited pages."),
    "export": _Listed("regesta.cli.export", "Write the archive as data, for other programs."),
    "link": _Listed("regesta.cli.link", "Judge links one by one, offline."),
    "report": _Listed("regesta.cli.report", "Say what is on record of the links, or what is new of them."),
    "rule": _Listed("regesta.cli.rule", "Explain a rule of the checker."),
}
"""Each module holds a click command named `command`."""


class _Commands(click.Group):
    """Loads a command when it is called."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Call a command; what it refuses is told without a traceback, and so that no terminal or CI obeys it."""
        _occupy_descriptors()
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except click.ClickException as error:
            vars(error)["message"] = shown_lines(error.message)  # click has none of its own for this
            raise
        except OSError as error:
            # What a command opens by name it answers for itself; this is the standard output, or the last resort.
            name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "Standard output"
            _silence(sys.stdout)
            with suppress(OSError):
                click.echo(shown(f"{name}: cannot be read or written ({error.strerror or error})."), err=True)
            ctx.exit(_NOT_DONE)

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        listed = COMMANDS.get(cmd_name)
        if listed is None:
            if not ctx.resilient_parsing and (near := get_close_matches(cmd_name, COMMANDS, 1)):
                ctx.fail(f"No such command {cmd_name!r}. Is {near[0]!r} meant?")
            return None
        command = import_module(listed.module).command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].help) for name in self.list_commands(ctx)])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="regesta")
def main() -> None:
    """Turn a folder of briefs into a searchable public archive, and keep its footnotes from rotting."""
    # Python 3.11 on Windows, and a C locale, would fail on the first Cyrillic name.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _occupy_descriptors() -> None:
    """Keep a standard stream that is closed from lending its number to the next file, into which others would write."""
    closed = [name for name in ("stdin", "stdout", "stderr") if getattr(sys, name) is None]
    for _ in closed:
        os.open(os.devnull, os.O_RDWR)
    if "stderr" in closed:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open until the end
    if "stdout" in closed:
        click.echo("Standard output is closed.", err=True)
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open until the end
        sys.exit(_NOT_DONE)


def _silence(stream: TextIO) -> None:
    """Let what is still to be written to a stream go nowhere: Python would try once more when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
