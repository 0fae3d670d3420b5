"""Front matter, written so that every YAML loader gives the same strings."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["original_sha256", "write_front_matter"]

# Some loader or other reads these as a truth, a nothing or a number.
_NOT_TEXT = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"])
_UNSAFE = re.compile(r":(?:\s|$)|\s#|[^\w \-–—.,'’()/&+;:]")
_SHA256 = re.compile(rb"""\bsha256["']?\s*:\s*["']?([0-9a-fA-F]{64})\b""")
_LONGEST = 64 * 1024

Value = str | list[str] | dict[str, str]


def write_front_matter(fields: Mapping[str, Value] | Iterable[tuple[str, Value]]) -> str:
    """Write the fields between two `---` lines.

    >>> print(write_front_matter({"title": "Norway: no", "language": "no", "authors": ["Ada Example"]}), end="")
    ---
    title: "Norway: no"
    language: "no"
    authors: [Ada Example]
    ---
    """
    lines = [f"{name}: {_value(value)}" for name, value in dict(fields).items()]
    return "\n".join(("---", *lines, "---", ""))


def _value(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_scalar(item, in_flow=True) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_scalar(item, in_flow=True)}' for name, item in value.items())}}}"
    return _scalar(value)


def _scalar(text: str, *, in_flow: bool = False) -> str:
    plain = (
        text[:1].isalpha()
        and text[:1].isprintable()
        and text == text.strip()
        and text.isprintable()
        and not _UNSAFE.search(text)
        and text.lower() not in _NOT_TEXT
        and not (in_flow and ("," in text or ":" in text))
    )
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    """Write a double-quoted scalar: JSON's escapes are YAML's, and what YAML may not hold is escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(
        character if character.isprintable() and ord(character) <= 0xFFFF else _escaped(character)  # noqa: PLR2004 - beyond it loaders differ
        for character in quoted
    )


def _escaped(character: str) -> str:
    point = ord(character)
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"  # noqa: PLR2004 - YAML's two forms


def original_sha256(brief: bytes) -> str | None:
    """Read from a brief's front matter which raw document it was made from."""
    if not brief.startswith((b"---", b"\xef\xbb\xbf---")):
        return None
    head = re.split(rb"^---[ \t]*\r?$", brief[:_LONGEST], maxsplit=2, flags=re.MULTILINE)
    match = _SHA256.search(head[1]) if len(head) > 1 else None
    return match[1].decode().lower() if match else None
