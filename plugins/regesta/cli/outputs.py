"""Where reports go: to the terminal, or whole into files, several at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from regesta.reading.whole_files import write_whole
from regesta.reporting.formats import FORMATS
from regesta.reporting.text import text_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from regesta.reporting.report import Report

__all__ = ["Output", "source_texts", "wanted_outputs", "write_outputs"]


class Output(NamedTuple):
    """A report that was asked for."""

    format: str
    file: Path | None
    """None for the terminal, or whatever standard output is."""


def wanted_outputs(formats: Sequence[str], file: Path | None, known: Iterable[str] = FORMATS) -> tuple[Output, ...]:
    """Read `FORMAT` and `FORMAT=FILE`; raise `click.BadParameter`. `file` is for the one that names none."""
    found = [_wanted(text, known) for text in formats or ("text",)]
    bare = [output for output in found if output.file is None]
    if len(bare) > 1:
        names = " and ".join(repr(output.format) for output in bare)
        raise click.BadParameter(f"Only one format can be printed, not {names}. Write the others as FORMAT=FILE.")
    if file is not None:
        if not bare:
            raise click.BadParameter("--output-file is for a format that names no file of its own.")
        found = [output._replace(file=file) if output.file is None else output for output in found]
    files = [output.file for output in found if output.file is not None]
    if len(set(files)) < len(files):
        raise click.BadParameter("Two reports cannot go into one file.")
    return tuple(found)


def _wanted(text: str, known: Iterable[str]) -> Output:
    name, equals, file = text.partition("=")
    if name not in known:
        raise click.BadParameter(f"There is no format {name!r}. Choose from {', '.join(known)}.")
    if equals and not file:
        raise click.BadParameter(f"No file is named after {text!r}.")
    return Output(name, Path(file) if file else None)


def write_outputs(
    outputs: Sequence[Output],
    report: Report,
    *,
    formats: Mapping[str, Callable[[Report], str]] = FORMATS,
    lines: Callable[[bool], Iterable[str]] | None = None,
) -> Iterator[str]:
    """Print and write what was asked for; give a line for each file that could not be written.

    `lines` gives the lines of text for a terminal, told whether it has colours.
    """
    lines = lines or (lambda colour: text_lines(report, colour=colour, excerpts=colour))
    for output in outputs:
        if output.file is not None:
            try:
                _write(output.file, formats[output.format](report))
            except OSError as error:
                yield f"{output.file}: cannot be written ({error.strerror or error})."
        elif output.format == "text":
            colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
            # In one piece: thousands of lines one by one take longer than finding what they say.
            click.echo("\n".join(lines(colour)), color=colour)
        else:
            click.echo(formats[output.format](report), nl=False)
    if all(output.file is not None for output in outputs):
        click.echo(report.summary)


def _write(file: Path, text: str) -> None:
    text = text.encode("utf-8", "backslashreplace").decode()  # a name of a file may be no UTF-8
    if file.exists() and not file.is_file():
        # A device or a pipe: it must not be replaced by a file of its name.
        with file.open("w", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    else:
        write_whole(file.resolve(), text)


def source_texts(unquotable: frozenset[str]) -> Callable[[str], str]:
    """Give a reader of sources that holds one file at a time: findings come file by file."""
    held: dict[str, str] = {}

    def text_of(path: str) -> str:
        if path in unquotable:
            return ""
        if path not in held:
            held.clear()
            try:
                held[path] = Path(path).read_bytes().decode("utf-8-sig", "replace")
            except (OSError, ValueError):
                held[path] = ""
        return held[path]

    return text_of
