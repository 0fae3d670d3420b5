"""`--fail-on` of the commands that look at the record: from what on they end with 1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import click

from regesta.checking.settings import NEVER
from regesta.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FailOn", "fail_on_option", "read_fail_on"]

_NEWLY_DEAD = "new-dead-unarchived"


class FailOn(NamedTuple):
    """What counts as failure. Nothing does unless it was asked for: an audit that did its work has not failed."""

    severity: Severity | None = None
    """The least weight of a finding that counts."""
    newly_dead: int | None = None
    """How many addresses may have died, without a copy, since the last audit before it counts."""


def read_fail_on(text: str) -> FailOn:
    """Read `error`, `warning`, `info`, `never`, `new-dead-unarchived` or that with a number; raise `ValueError`.

    >>> read_fail_on("new-dead-unarchived:3").newly_dead, read_fail_on("never")
    (3, FailOn(severity=None, newly_dead=None))
    """
    if text == NEVER:
        return FailOn()
    if text in set(Severity):
        return FailOn(severity=Severity(text))
    if match := re.fullmatch(rf"{_NEWLY_DEAD}(?::(\d{{1,9}}))?", text, re.ASCII):
        return FailOn(newly_dead=int(match[1] or 0))
    names = ", ".join([*Severity, NEVER, _NEWLY_DEAD])
    raise ValueError(f"Expected {names} or {_NEWLY_DEAD}:N (more than N links), not {text!r}.")


def _converted(_context: click.Context, _option: click.Parameter, value: str) -> FailOn:
    try:
        return read_fail_on(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def fail_on_option() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the option `--fail-on`."""
    return click.option(
        "--fail-on",
        metavar="WHAT",
        default=NEVER,
        show_default=True,
        callback=_converted,
        help=f"Exit with 1 from this weight on (error, warning, info), or on {_NEWLY_DEAD}[:N]: more than N links died "
        "since the last audit, or --since, and have no copy.",
    )
