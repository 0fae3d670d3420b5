"""Options that several commands have, and how they are read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["output_options", "rule_codes", "today_option"]


def rule_codes(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Take codes of rules as they are given: one by one, or with commas."""
    return tuple(code.strip() for item in value for code in item.split(",") if code.strip())


def today_option(_context: click.Context, _option: click.Parameter, value: str | None) -> date:
    """Read a day, today without one; raise `click.BadParameter`."""
    if value is None:
        return datetime.now(tz=UTC).date()
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        raise click.BadParameter(f"Not a day (expected YYYY-MM-DD): {value!r}") from error


def output_options(formats: Iterable[str]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command `--output-format` and `--output-file`."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        file = click.option(
            "--output-file",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Where the format goes that names no file; without it, to the terminal.",
        )
        format_ = click.option(
            "--output-format",
            "formats",
            multiple=True,
            metavar="FORMAT[=FILE]",
            help=f"What to write: {', '.join(formats)}. "
            "May be given several times, each but one with a file of its own.",
        )
        return format_(file(command))

    return add
