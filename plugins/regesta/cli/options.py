"""Options that several commands have, and how they are read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

__all__ = ["rule_codes", "today_option"]


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
