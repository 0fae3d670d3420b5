"""Lines of JSON that machines and merges have written, read as if somebody meant harm."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LINE_LIMIT", "InvalidLine", "LineProblem", "RecordFault", "is_conflict_marker", "read_object", "shown"]

LINE_LIMIT = 1_000_000
"""Characters of one line. The longest that anybody has a use for is a tenth of it."""


class LineProblem(NamedTuple):
    """What is wrong with one line."""

    line: int
    """1-based."""
    message: str
    """The fact, with the offending value quoted."""
    hint: str
    """What becomes of the line, and what to do."""
    is_of_archive: bool = False
    """Whether the line is sound, and only the web archive that it names is not known here."""


class RecordFault(NamedTuple):
    """The same with its file."""

    path: str
    offset: int
    """Of the line's first byte."""
    problem: LineProblem

    def __str__(self) -> str:
        """Give the line that terminals and logs show."""
        return f"{self.path}:{self.problem.line}: {self.problem.message}. {self.problem.hint}"


class InvalidLine(ValueError):
    """A line that is not what it should be. The message quotes what is wrong, without control characters."""


def read_object(line: str) -> dict[str, object]:
    """Read one line that holds one JSON object; raise `InvalidLine`.

    >>> read_object('{"a": 1, "a": 2}')
    Traceback (most recent call last):
    regesta.model.json_lines.InvalidLine: the field 'a' is given twice
    """
    if len(line) > LINE_LIMIT:
        raise InvalidLine(f"longer than {LINE_LIMIT:,} characters")
    try:
        found, end = _SCAN(line, 0)
        if end != len(line):
            found = _DECODER.decode(line)  # it knows of spaces, and says what else is there
    except InvalidLine:
        raise
    except RecursionError as error:
        raise InvalidLine("nested too deep") from error
    except StopIteration as error:
        return _decode_anew(line, error)
    except json.JSONDecodeError as error:
        raise InvalidLine(f"no JSON: {error.msg}, at character {error.pos + 1}") from error
    except ValueError as error:  # a number with more digits than Python turns into one
        raise InvalidLine("a number is too long") from error
    if not isinstance(found, dict):
        raise InvalidLine(f"expected an object in braces, found {shown(line)}")
    return found


def is_conflict_marker(line: str) -> bool:
    """Tell whether git has written a line where two branches disagreed.

    >>> is_conflict_marker("<<<<<<< HEAD"), is_conflict_marker("=======")
    (True, True)
    """
    return _MARKER.match(line) is not None


def shown(value: object) -> str:
    r"""Quote a value for a message: in ASCII, and not all of a long one.

    >>> shown("::error::\x1b[2J" + "x" * 100)
    "'::error::\\x1b[2Jxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'"
    """
    if isinstance(value, str):
        return ascii(value[:_SHOWN] + "…").replace("\\u2026", "…") if len(value) > _SHOWN else ascii(value)
    written = ascii(value)
    return f"{written[:_SHOWN]}…" if len(written) > _SHOWN else written


_SHOWN = 48
_MARKER = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?:[ \r]|$)")


def _decode_anew(line: str, cause: Exception) -> dict[str, object]:
    """Read a line that does not begin with a value: spaces before it are no fault."""
    text = line.strip(" \t\r")
    if text == line or not text:
        raise InvalidLine(f"no JSON: expected an object in braces, found {shown(line)}") from cause
    return read_object(text)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise InvalidLine(f"the field {shown(next(name for name in names if names.count(name) > 1))} is given twice")
    return found


def _no_number(written: str) -> NoReturn:
    raise InvalidLine(f"{written} is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)
_SCAN: Callable[[str, int], tuple[object, int]] = _DECODER.scan_once  # type: ignore[attr-defined] # it has no types
"""What `decode` calls. Called at once it takes half as long, and most lines need no more."""
