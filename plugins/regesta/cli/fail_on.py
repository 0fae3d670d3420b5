"""`--fail-on` of the commands that look at the record: from what on they end with 1."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import click

from regesta.checking.settings import NEVER
from regesta.model.findings import Severity

__all__ = ["FAIL_ON", "FailOn"]

NEWLY_DEAD = "new-dead-unarchived"


class FailOn(NamedTuple):
    """What counts as failure. Nothing does unless it was asked for: an audit that did its work has not failed."""

    severity: Severity | None = None
    """The least weight of a finding that counts."""
    newly_dead: int | None = None
    """How many addresses may have died, without a copy, since the last audit before it counts."""


class _FailOnType(click.ParamType[FailOn]):
    """Reads `error`, `warning`, `info`, `never`, or `new-dead-unarchived` with a number."""

    name = "WHAT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> FailOn:  # noqa: ANN401 - click's own
        if isinstance(value, FailOn):
            return value
        text = str(value)
        if text == NEVER:
            return FailOn()
        if text in set(Severity):
            return FailOn(severity=Severity(text))
        if match := re.fullmatch(rf"{NEWLY_DEAD}(?::(\d{{1,9}}))?", text, re.ASCII):
            return FailOn(newly_dead=int(match[1] or 0))
        names = ", ".join([*Severity, NEVER, NEWLY_DEAD])
        return self.fail(f"Expected {names} or {NEWLY_DEAD}:N (more than N links), not {text!r}.", param, ctx)


FAIL_ON = _FailOnType()
