"""Links that were rewritten on purpose so that nobody clicks them: `hxxps://example[.]org`."""

from __future__ import annotations

import re

__all__ = ["is_defanged", "refang"]

_OPEN, _CLOSE = r"[\[({<]", r"[\])}>]"
_DOT = re.compile(rf"\s?(?:{_OPEN}\s?(?:\.|dot|punkt|точка)\s?{_CLOSE}|\[\.(?=\w)|(?<=\w)\.\])\s?", re.IGNORECASE)
_AT = re.compile(rf"\s?{_OPEN}\s?(?:@|at)\s?{_CLOSE}\s?", re.IGNORECASE)
_COLON = re.compile(rf"{_OPEN}:{_CLOSE}|{_OPEN}:(?://|\\\\/\\\\/){_CLOSE}", re.IGNORECASE)
_SLASH = re.compile(rf"{_OPEN}/{_CLOSE}")
_SCHEME = re.compile(
    r"^\s*(?P<scheme>h(?:xx|XX|tt|\*\*|__|--)ps?|meow|fxp|h[xX]{1,2}[pP][sS]?)(?=[\[({<]?:)", re.IGNORECASE
)
_REAL_SCHEME = re.compile(r"(?:https?|ftp)$", re.IGNORECASE)
_HOST_END = re.compile(r"[/?#\s]")
_AFTER_SCHEME = re.compile(
    rf"^\s*[\w*-]+(?:{_OPEN})?:(?:{_CLOSE})?(?:{_OPEN})?//(?:{_CLOSE})?|^\s*[\w*-]+\[://\]", re.IGNORECASE
)


def is_defanged(text: str) -> bool:
    """Tell whether the scheme or the host is rewritten. Brackets in a path or a query are none of this.

    >>> is_defanged("https://example(.)org/a")
    True
    >>> is_defanged("https://example.org/?q=a(.)b")
    False
    """
    scheme = _SCHEME.match(text)
    if scheme and not _REAL_SCHEME.match(scheme["scheme"]):
        return True
    head = _AFTER_SCHEME.match(text)
    host = _host_part(text, head.end() if head else 0)
    return bool(
        (head and _COLON.search(head[0]))
        or _DOT.search(host)
        or (head and (_COLON.search(host) or _SLASH.search(head[0])))
    )


def refang(text: str) -> str:
    """Write a defanged link as the URL that is meant.

    >>> refang("hxxps://example[.]org/a[1]")
    'https://example.org/a[1]'
    """
    text = text.strip()
    text = re.sub(r"^(\w+)\[://\]", r"\1://", text)
    head = _AFTER_SCHEME.match(text)
    start = head.end() if head else 0
    lead = _SLASH.sub("/", _COLON.sub(":", text[:start]).replace("[//]", "//"))
    host = _host_part(text, start)
    rest = text[start + len(host) :]
    scheme = _SCHEME.match(lead)
    if scheme and not _REAL_SCHEME.match(scheme["scheme"]):
        secure = scheme["scheme"].lower().endswith("s")
        lead = ("https" if secure else "http") + lead[scheme.end() :]
    return lead + _COLON.sub(":", _DOT.sub(".", _AT.sub("@", host))) + rest


def _host_part(text: str, start: int) -> str:
    """Cut the host out, up to the first slash, question mark or number sign outside brackets."""
    end, limit = start, start + _LONGEST_HOST
    while match := _HOST_END.search(text, end, limit):
        end = match.start()
        if text[end] not in "/ " or not _OPENED.search(text, start, end):
            return text[start:end]
        end += 1
    return text[start:limit]


_LONGEST_HOST = 600
"""Characters: a name of 253, with brackets around each of its dots."""
_OPENED = re.compile(rf"{_OPEN}\s?\S*$")
