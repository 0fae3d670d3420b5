"""The command `regesta`. A command's module is loaded when it is called, so that help is there at once."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib import import_module
from typing import NamedTuple

import click

from regesta import __version__

__all__ = ["COMMANDS", "main"]


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
