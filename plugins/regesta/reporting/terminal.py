"""Text that a terminal can show: what comes from outside cannot steer it."""

from __future__ import annotations

import re

__all__ = ["shown", "styled"]

_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_COMMAND = re.compile(r"^(?=::|##\[)")


def shown(text: str) -> str:
    r"""Write control and direction characters as escapes. A line cannot begin as a command to a CI service.

    >>> shown("a" + chr(27) + "[2J"), shown("::error::x")
    ('a\\x1b[2J', ' ::error::x')
    """
    if _STEERING.search(text):
        text = _STEERING.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
    return _COMMAND.sub(" ", text)


def styled(text: str, style: str, *, colour: bool) -> str:
    """Show a text in a style (what stands between `ESC [` and `m`), on terminals that have colours."""
    return f"\x1b[{style}m{shown(text)}\x1b[0m" if colour else shown(text)
