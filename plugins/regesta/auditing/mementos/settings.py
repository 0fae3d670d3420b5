"""What an archive sets for copies: where they are asked for, and what a run may spend on it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from regesta.auditing.mementos.asking import Budget
from regesta.auditing.mementos.servers import WAYBACK, InvalidServer, MementoServer, read_server

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MEMENTO_OPTIONS", "InvalidMementoSettings", "MementoSettings", "read_memento_settings"]

MEMENTO_OPTIONS = ("server", "questions", "minutes")
"""`server` as for `--memento-server`, and the budget of one run."""


class InvalidMementoSettings(ValueError):
    """A setting that is not known, or has a value that it cannot have."""


class MementoSettings(NamedTuple):
    """How copies are asked for."""

    server: MementoServer = WAYBACK
    budget: Budget = Budget()


def read_memento_settings(options: Mapping[str, object]) -> MementoSettings:
    """Read settings; raise `InvalidMementoSettings`.

    >>> read_memento_settings({"questions": 100, "minutes": 5}).budget
    Budget(questions=100, seconds=300.0)
    """
    if unknown := next((name for name in options if name not in MEMENTO_OPTIONS), None):
        near = get_close_matches(str(unknown), MEMENTO_OPTIONS, 1)
        meant = f" Is {near[0]!r} meant?" if near else ""
        raise InvalidMementoSettings(f"There is no option {unknown!r} for mementos.{meant}")
    server = options.get("server", "wayback")
    try:
        named = read_server(server if isinstance(server, str) else repr(server))
    except InvalidServer as error:
        raise InvalidMementoSettings(str(error)) from error
    usual = Budget()
    questions = _number("questions", options.get("questions", usual.questions))
    minutes = _number("minutes", options.get("minutes", usual.seconds / 60))
    return MementoSettings(named, Budget(int(questions), minutes * 60))


_MOST = 1_000_000


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST:
        raise InvalidMementoSettings(f"mementos: {name}: expected a number from 0 to {_MOST:,}, not {value!r}.")
    return float(value)
