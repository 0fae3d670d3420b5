"""The scheme at the front of an address, where it is misspelt, doubled, or parted wrongly from what follows."""

from __future__ import annotations

import re

__all__ = ["is_http", "mend_scheme", "missing_scheme"]

_HTTP = re.compile(r"[\s\x00-\x1f]*+https?:", re.IGNORECASE)
_DOUBLED = re.compile(r"\s*+(?:https?(?::/{0,3}|//))+(?P<last>(?P<name>https?)(?P<between>:/{0,3}|//))", re.IGNORECASE)
_NESTED = re.compile(r"\s*+https?:/{1,3}(?=[^\W\d_]{2,9}:/{2}[^\s/\\])", re.IGNORECASE)
_APART = re.compile(
    r"\s*+(?P<name>h\s?t\s?t\s?p\s?s?)(?P<between>[\s:;.,|：/\\]{2,10})(?=[^\s:;.,|/\\])", re.IGNORECASE
)
_NAMED = re.compile(r"\s*+(?P<name>[^\W\d_]{2,9})(?:\s?[:;]\s?[/\\]{1,3}|//)(?=[^\s/\\])")
_SOUND = re.compile(r":[/\\]*")
"""What the parser takes for `://`; rule U103 speaks of it."""
_REAL = frozenset({"http", "https", "shttp", "ftp", "ftps", "sftp", "tftp"})


def is_http(text: str) -> bool:
    """Tell whether an address begins as http(s) does, whatever follows."""
    return _HTTP.match(text) is not None


def mend_scheme(text: str) -> tuple[str, bool] | None:
    """Write a misspelt scheme as it is meant, and say whether that is certain; None where nothing is misspelt.

    >>> mend_scheme("htps//ferry.example/a"), mend_scheme("https://https.example/")
    (('https://ferry.example/a', True), None)
    """
    if doubled := _DOUBLED.match(text):
        return f"{doubled['name']}://{text[doubled.end() :]}", doubled["between"] == "://"
    if (nested := _NESTED.match(text)) and (inner := mend_scheme(text[nested.end() :])):
        return inner
    if apart := _APART.match(text):
        name, between = apart["name"], apart["between"]
        blank = any(char.isspace() for char in name + between)
        parted = ":" in between or ";" in between or "：" in between or between.count("/") > 1
        if parted and (blank or not _SOUND.fullmatch(between)):
            return f"{''.join(name.split()).lower()}://{text[apart.end() :]}", True
    if (named := _NAMED.match(text)) and (meant := _meant(named["name"].lower())):
        return f"{meant[0]}://{text[named.end() :]}", meant[1]
    return None


def _meant(name: str) -> tuple[str, bool] | None:
    if name in _REAL:
        return None
    near = [scheme for scheme in ("http", "https") if _is_near(name, scheme)]
    if len(near) == 1:
        return near[0], True
    if near or (set(name) <= set("htps") and "p" in name and name.count("t") and name[0] in "ht"):
        return ("https", True) if "s" in name else ("http", not near)
    return None


def _is_near(name: str, scheme: str) -> bool:
    """Tell whether one letter is missing, too many, wrong, or two have changed places."""
    if abs(len(name) - len(scheme)) > 1:
        return False
    same = 0
    while same < min(len(name), len(scheme)) and name[same] == scheme[same]:
        same += 1
    left, right = name[same:], scheme[same:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )


_WWW = re.compile(r"www\d?\.[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?=[/?#:]|$)", re.IGNORECASE)
_HOST = re.compile(
    r"(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}(?:com|org|net|gov|edu|int|mil|info|[a-z]{2}))"
    r"(?P<rest>:\d{2,5}(?=[/?#]|$)|[/?#]|$)",
    re.IGNORECASE,
)
_ALONE = re.compile(r"/?(?:[?#]|$)")
_FILES = re.compile(
    r"\.(?:md|pl|py|rs|sh|ps|cc|so|mk|in|ai|gz|js|ts|vb|cs|am|st|mm|la|ml|hs|do|me|tf|id)$", re.IGNORECASE
)


def missing_scheme(text: str) -> str | None:
    """Give the address with a scheme where it begins with a host; a file beside the text is none.

    >>> missing_scheme("www.ferry.example/a"), missing_scheme("ferries.org/a"), missing_scheme("about.md")
    ('https://www.ferry.example/a', 'https://ferries.org/a', None)
    """
    text = text.strip()
    if _WWW.match(text):
        return f"https://{text}"
    host = _HOST.match(text)
    if not host or (_ALONE.match(text, host.end("host")) and _FILES.search(host["host"])):
        return None
    return f"https://{text}"
