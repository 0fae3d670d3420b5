"""Links as raw documents write them: escaped twice, defanged, broken over a line, or empty."""

from __future__ import annotations

import re

from regesta.importing.markup import unescape

__all__ = ["as_code", "is_autolink", "is_defanged", "is_empty", "same_address", "split_tail"]

_SCHEME = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_DEFANGED_SCHEME = re.compile(
    r"(?:hxxps?|h\*\*ps?|fxp)(?::|\[:)|(?:https?|ftp)(?:\[:\]|\[://\]|\(:\)|:\[//\])", re.IGNORECASE
)
_AUTHORITY = re.compile(
    r"[a-z][a-z0-9*+.-]{0,15}(?:\[:\]//|\[://\]|:\[//\]|\(:\)//|://)([^/?#\s]{0,300})", re.IGNORECASE
)
_DEFANGED_DOT = re.compile(r"\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\}|\[\.|\.\]", re.IGNORECASE)
_AUTOLINK = re.compile(r"[a-z][a-z0-9+.-]{1,31}:[^\s<>\x00-\x1f]*", re.IGNORECASE)
_TICKS = re.compile(r"`+")
_PUNCTUATION = ".,;:!?'\"’”»…*"
_PAIRS = {")": "(", "]": "["}


def is_defanged(address: str) -> bool:
    """Whether an address was rewritten on purpose so that nobody can click on it.

    >>> is_defanged("https://harmful(.)example/a"), is_defanged("https://example.org/?q=a(.)b")
    (True, False)
    """
    if _DEFANGED_SCHEME.match(address):
        return True
    authority = _AUTHORITY.match(address)
    host = authority[1].rpartition("@")[2] if authority else ""
    return _DEFANGED_DOT.search(host) is not None and not re.fullmatch(r"\[[0-9a-f:.]+\](?::\d+)?", host, re.IGNORECASE)


def is_empty(target: str) -> bool:
    """Whether a link leads nowhere: the conversion lost its target."""
    return target.strip("<> \t\n") in {"", "#"}


def is_autolink(address: str) -> bool:
    """Whether `<address>` is a link in CommonMark."""
    return _AUTOLINK.fullmatch(address) is not None


def same_address(label: str, target: str) -> bool:
    r"""Whether a label is the address it leads to, once all its escapes are taken off.

    >>> same_address(r"https://example.org/a\\_b", "https://example.org/a_b")
    True
    """
    return label == target or unescape(label) == unescape(target)


def as_code(address: str) -> str:
    """Write an address as a code span: its text is exact, and nothing makes it clickable."""
    longest = max((len(ticks) for ticks in _TICKS.findall(address)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if address.startswith("`") or address.endswith("`") else ""
    return f"{fence}{pad}{address}{pad}{fence}"


def split_tail(address: str) -> tuple[str, str]:
    """Part a bare address from the punctuation of the sentence behind it.

    >>> split_tail("https://example.org/a_(b)).")
    ('https://example.org/a_(b)', ').')
    """
    end = len(address)
    surplus = {close: address.count(close) - address.count(_PAIRS[close]) for close in _PAIRS}
    while end:
        last = address[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in _PUNCTUATION:
            break
        end -= 1
    if _SCHEME.fullmatch(address[:end]):
        return address, ""
    return address[:end], address[end:]
