"""Text that a terminal or a log can show: what comes from outside cannot steer it."""

from __future__ import annotations

import re

__all__ = ["cut", "inert_json", "shown", "shown_lines", "styled"]

_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_COMMAND = re.compile(r"^(?=\s*::)|(?<=#)(?=#\w*\[)")
"""GitHub's runner drops the blanks at the start of a line before it looks for `::`, and finds `##[` anywhere in it;
Azure's likewise `##vso[`."""
_JSON_COMMAND = re.compile(r"##(?=\w*\[)")


def shown(text: str) -> str:
    r"""Write characters that cannot be seen as escapes, and break what a CI service takes for a command.

    >>> shown("a" + chr(27) + "[2J"), shown(" ::error::x"), shown("a ##[error]b")
    ('a\\x1b[2J', '\\ ::error::x', 'a #\\#[error]b')
    """
    if _STEERING.search(text):
        text = _STEERING.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
    return _COMMAND.sub(r"\\", text) if "::" in text or "##" in text else text


def shown_lines(text: str) -> str:
    """Write a text of several lines so, each by itself."""
    return "\n".join(map(shown, text.split("\n")))


def inert_json(text: str) -> str:
    r"""Write JSON so that no line of it is a command to a CI service; it means the same.

    >>> inert_json('{"raw": "##[error]x"}')
    '{"raw": "#\\u0023[error]x"}'
    """
    return _JSON_COMMAND.sub(r"#\\u0023", text)


def cut(text: str, most: int) -> str:
    """Shorten a text in its middle, where an address is least missed.

    >>> cut("https://example.org/a/long/way", 20)
    'https://ex…/long/way'
    """
    if len(text) <= most:
        return text
    end = (most - 1) // 2
    return f"{text[: most - 1 - end]}…{text[len(text) - end :]}"


def styled(text: str, style: str, *, colour: bool) -> str:
    """Show a text in a style (what stands between `ESC [` and `m`), on terminals that have colours."""
    return f"\x1b[{style}m{shown(text)}\x1b[0m" if colour else shown(text)
