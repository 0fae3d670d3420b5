"""Links that were rewritten on purpose so that nobody clicks them: `hxxps://example[.]org`.

The notations are those that reports and their tools use: CyberChef, iocextract, ioc-fanger, MISP, the Internet-Draft
draft-grimminck-safe-ioc-sharing, and what people type.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

__all__ = ["is_defanged", "refang"]

_O, _C = r"[\[({<［（｛【]", r"[\])}>］）｝】]"
_B = r"[\[({<［（｛【\])}>］）｝】]"
_S = r"\s{0,3}+"
_DOT_WORD = r"(?:dot|d0t|punkt|punto|ponto|point|точка|крапка|кропка)"


def is_defanged(text: str) -> bool:
    """Tell whether the scheme or the host is rewritten. Brackets in a path or a query are none of this.

    >>> is_defanged("https://example(.)org/a")
    True
    >>> is_defanged("https://example.org/?q=a(.)b")
    False

    An address within an archive's or another wrapper's is judged as well, and so is a dot of a file's name.

    >>> is_defanged("https://web.archive.org/web/2020/hxxps://example.org/"), is_defanged("https://example.org/a[.]pdf")
    (True, True)
    """
    head = _read_head(text)
    if head.is_altered:
        return True
    host = _host_part(text, head.start)
    rest = text[head.start + len(host) :]
    if head.scheme and (_PATH_DOT.search(_path_of(rest)) or _is_wrapped(rest)):
        return True
    if not _MAYBE_ALTERED.search(host):
        return False
    if head.scheme:
        return _is_altered_host(host, rest)
    return bool(_BARE_DOT.search(host) or _BARE_CARET.search(host) or (_WWW.match(host) and _is_altered_host(host, "")))


def refang(text: str, *, wrappers: int = 4) -> str:
    """Write a defanged link as the URL that is meant.

    >>> refang("hxxps://example[.]org/a[1]")
    'https://example.org/a[1]'
    >>> refang("hxxp://ferry(dot)example/timetable[.]html")
    'http://ferry.example/timetable.html'

    So is an address that stands in another; `wrappers` says how deep.
    """
    text = text.strip()
    head = _read_head(text)
    host = _host_part(text, head.start)
    rest = text[head.start + len(host) :]
    if wrappers and _is_encoded_within(rest):
        rest = _decoded_path(rest) + rest[len(_path_of(rest)) :]
    at = _inner_start(rest) if wrappers else -1
    if wrappers and (query := _IN_QUERY.search(rest)) and _is_altered_alone(unquote(query["address"])):
        inner = query["address"]
        plain = refang(unquote(inner), wrappers=wrappers - 1)
        rest = rest.replace(inner, quote(plain, safe="") if "%" in inner[:16] else plain, 1)
    if at >= 0:
        rest = rest[:at] + refang(rest[at:], wrappers=wrappers - 1)
    meant = _LABEL.sub(r"\1", host)
    for pattern, plain in _PLAIN_FOR:
        meant = pattern.sub(plain, meant)
    if "." not in meant:
        for pattern in _FAINT_DOTS:
            meant = pattern.sub(".", meant)
    if at < 0 and ("." not in _PATH_DOT.sub("", rest) or (not head.is_altered and meant == host)):
        # A tool that rewrites every dot does so in the path as well; where nothing else is rewritten, the path is.
        rest = _PATH_DOT.sub(".", rest)
    return f"{head.written}{meant}{rest}"


# The scheme and what parts it from the host.


class _Head(NamedTuple):
    scheme: str
    """As it is meant, in small letters; empty where there is none."""
    written: str
    """Scheme and separator as they are meant."""
    is_altered: bool
    start: int
    """Where the host begins."""


_NO_HEAD = _Head("", "", is_altered=False, start=0)
_WEB = frozenset({"http", "https", "ftp", "ftps"})
_HEAD = re.compile(
    rf"\s*+(?P<name>[\w*#$%!&@~^+•?{_B[1:-1]}-]{{2,16}}?)"
    rf"(?P<between>{_S}(?:{_O}?:?{_C}?__|{_O}?{_S}[:：]{_S}{_C}?(?:{_S}{_O}?[/\\]{_C}?){{0,6}}+"
    rf"|(?:{_O}?[/\\]{_C}?){{2}}))",
    re.IGNORECASE,
)
_ALTERED_NAME = re.compile(
    r"h(?=t*[^tp])[tx*_#$%~•?-]{1,4}p[sx]?|(?=.*x)[hx][tx]{2}[px][sx]?|meows?|s?fxps?", re.IGNORECASE
)
_MARKED_NAME = re.compile(r"(?i:[hx][tx]{2}ps?)[!@&$^~*+#%]{1,2}|(?i:[hx][tx]{2}p)s?(?<=[a-z])[A-RT-Z]")
_ANY_BRACKET = re.compile(_B)
_CLOSING = re.compile(_C)
_LETTERS_FOR = str.maketrans("хХχΧ×✕", "xxxxxx")
"""Letters that stand for an x."""


def _read_head(text: str) -> _Head:
    match = _HEAD.match(text)
    if not match:
        return _NO_HEAD
    name, between = match["name"], match["between"]
    scheme, is_altered = _meant_scheme(name)
    bracketed = bool(_ANY_BRACKET.search(between)) or "__" in between
    if not is_altered and scheme not in _WEB and (":" not in between or "//" not in _ANY_BRACKET.sub("", between)):
        # `mailto:`, `doi:`, a host with its port, two words: nothing that a host follows.
        return _NO_HEAD
    return _Head(scheme, f"{scheme}://", is_altered or bracketed, match.end())


def _meant_scheme(name: str) -> tuple[str, bool]:
    bare = _ANY_BRACKET.sub("", name)
    bare = bare[:1] + bare[1:].translate(_LETTERS_FOR)
    low = bare.lower()
    if low in _WEB:
        return low, bool(_CLOSING.search(name))
    if _ALTERED_NAME.fullmatch(low):
        if "f" in low:
            return low.replace("x", "t"), True
        return ("https" if low.endswith("s") or low in {"xxxxx", "httpx", "hxxpx"} else "http"), True
    if _MARKED_NAME.fullmatch(bare):
        # The mark stands where the s was.
        return "https", True
    return low, False


# What follows the host.

_PATH_DOT = re.compile(
    r"(?<=\w)(?:\[\.\]|\[dot\]|[({]\.[)}](?=(?:[sx]?html?|php|pdf|aspx?|jsp|exe|zip|docx?|xlsx?|js)\b))(?=\w)",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"/(?=[hmx][\w*]{1,6}s?(?:\[:\]|\(:\)|:)\[?[/\\])"
    r"|/(?:\d{4,14}(?:[a-z]{2}_)?|newest|oldest|\*)/(?=[\w-]+(?:\.[\w-]+)*[\[({](?:\.|dot)[\])}])",
    re.IGNORECASE,
)
_IN_QUERY = re.compile(
    r"(?:[?&](?:ur[il]|u|link|target|dest|destination|to|redirect\w*|next|continue)|/url\?q)="
    r"(?P<address>[hx][\w*]{1,5}s?(?:%3A|:|%5B:%5D|\[:\])[^&#]*)",
    re.IGNORECASE,
)
_MOST_WRAPPERS = 4


def _path_of(rest: str) -> str:
    behind = _QUERY.search(rest)
    return rest[: behind.start()] if behind else rest


_QUERY = re.compile(r"[?#]")


def _inner_start(rest: str) -> int:
    """Find where an address begins within the path of another; -1 where none does."""
    inner = _INNER.search(_path_of(rest)) if "/" in rest else None
    return inner.end() if inner else -1


def _is_encoded_within(rest: str) -> bool:
    """Tell whether a defanged address stands in the path of another, written with percent signs."""
    return "%" in rest and not _is_wrapped_plainly(rest) and _is_wrapped_plainly(_decoded_path(rest))


def _decoded_path(rest: str) -> str:
    """Read the percent signs of a path that stand for what an address is parted by, and for brackets."""
    return _ENCODED.sub(lambda sign: unquote(sign[0]), _path_of(rest))


_ENCODED = re.compile(r"%(?:3A|2F|5B|5D|28|29|7B|7D)", re.IGNORECASE)


def _is_wrapped(rest: str) -> bool:
    """Tell whether a defanged address stands in the path of another, or in what its query leads to."""
    return _is_wrapped_plainly(rest) or _is_encoded_within(rest)


def _is_wrapped_plainly(rest: str) -> bool:
    if (found := _IN_QUERY.search(rest)) and _is_altered_alone(unquote(found["address"])):
        return True
    for _ in range(_MOST_WRAPPERS):
        at = _inner_start(rest)
        if at < 0:
            return False
        rest = rest[at:]
        if _is_altered_alone(rest):
            return True
        rest = rest[_read_head(rest).start :]
    return False


def _is_altered_alone(text: str) -> bool:
    """Judge scheme and host of an address that another one holds."""
    head = _read_head(text)
    host = _host_part(text, head.start)
    return head.is_altered or bool(_CERTAIN.search(host)) or bool(_BARE_DOT.search(host))


# The host.

_DOTS = rf"(?:[.,．。｡․]|{_DOT_WORD})"
_WRAPPED_DOT = rf"{_S}{_O}{{1,2}}{_S}{_DOTS}{_S}{_C}{{1,2}}{_S}"
_ODD_DOT = rf"{_B}{{1,2}}\.{_B}{{0,2}}|\.{_B}{{1,2}}"
_HALF_WORD = rf"{_S}{_O}{_S}{_DOT_WORD}(?=\s|\W)|{_S}{_DOT_WORD}{_C}"
_SPACED_WORD = rf"\s{{1,3}}+{_DOT_WORD}\s{{1,3}}+"
_AT = rf"{_S}{_O}{_S}(?:@|at|arroba){_S}{_C}{_S}"
_OTHER = rf"{_S}{_O}{_S}[:/-]{_S}{_C}{_S}"
# No group in it may capture: of one within a possessive repeat, Python 3.11 to 3.13 lose count.
_HOST = re.compile(
    rf"(?:{_WRAPPED_DOT}|{_AT}|{_OTHER}|{_SPACED_WORD}|\\++(?=\.)|{_O}{_S}{_DOT_WORD}{_S}|[^\s/?#\\])*",
    re.IGNORECASE,
)
_LONGEST_HOST = 600
"""Characters: a name of 253, with brackets around each of its dots."""

_MAYBE_ALTERED = re.compile(rf"{_B}|\\|\^|[．。｡․·•∙]|dot|punkt|punto|ponto|точка|крапка|кропка", re.IGNORECASE)
_WWW = re.compile(rf"{_O}?www\.?{_B}|www\\", re.IGNORECASE)
_LABEL = re.compile(rf"(?:(?<=\.)|^){_O}([\w-]+){_C}(?=\.|$)")

_CERTAIN = re.compile(
    rf"(?<=[\w\])}}>])(?:{_WRAPPED_DOT}|{_AT}|{_S}{_O}{_S}[:/-]{_S}{_C})(?=[\w\[({{<])"
    rf"|\w(?:[\])}}>]\.[\[\](){{}}<>]|[\[({{<]\.[\[({{<])\w|(?<=[\w])(?:{_HALF_WORD}|{_SPACED_WORD})(?=\w)",
    re.IGNORECASE,
)
_HALF = re.compile(rf"(?<=\w)(?:{_ODD_DOT})(?=\w)")
_CARET_DOT = re.compile(r"(?<=[a-z0-9])(?:\^\.\^?|\.\^)(?=[a-z])", re.IGNORECASE)
"""As the command line of Windows escapes it."""
_ESCAPED_DOT = re.compile(r"(?<=\w)\\+\.(?=\w)")
_OTHER_ESCAPE = re.compile(r"\\[_*()&~#+\[\]-]")
_WIDE_DOT = re.compile(r"(?<=[a-z0-9])[．。｡․](?=[a-z0-9])", re.IGNORECASE)
_FAINT_DOTS = (
    re.compile(r"(?<=\w)[·•∙](?=\w)"),
    re.compile(r"(?<=[^\W_])[_-]dot[_-](?=[^\W_])", re.IGNORECASE),
    re.compile(r"(?<=[a-z0-9])DOT(?=[a-z])"),
)
"""Dots where the host has no other: `version-dot-app.host.example` is a name that exists."""
_BARE_DOT = re.compile(
    rf"(?<=[\w])(?:{_S}{_O}{_S}{_DOTS}{_S}{_C}{_S}|[\]}}]\.[\[{{\]}}]|[\[{{]\.[\[{{])(?=\w)", re.IGNORECASE
)
"""What makes an address without a scheme a defanged one: `map(1).png` is a file."""
_BARE_CARET = re.compile(r"(?:[\w-]*[a-z]\^\.\^?[a-z]{2,})|www\^?\.\^", re.IGNORECASE)
_PLAIN_FOR = (
    (re.compile(_AT, re.IGNORECASE), "@"),
    (re.compile(rf"{_WRAPPED_DOT}|{_HALF_WORD}|{_SPACED_WORD}", re.IGNORECASE), "."),
    (re.compile(rf"{_S}{_O}{_S}([:/-]){_S}{_C}{_S}"), r"\1"),
    (_CARET_DOT, "."),
    (re.compile(_ODD_DOT), "."),
    (re.compile(r"\\+\."), "."),
    (_WIDE_DOT, "."),
)


def _host_part(text: str, start: int) -> str:
    """Cut the host out, up to the first slash, question mark or number sign outside brackets."""
    match = _HOST.match(text, start, start + _LONGEST_HOST)
    return match[0] if match else ""


def _is_altered_host(host: str, rest: str) -> bool:
    if _CERTAIN.search(host) or _LABEL.search(host) or _WIDE_DOT.search(host) or _CARET_DOT.search(host):
        return True
    if _HALF.search(host) and len(re.findall(_O, host)) != len(re.findall(_C, host)):
        return True
    if _ESCAPED_DOT.search(host):
        # With other escapes behind it, it is Markdown that was escaped twice.
        return not _OTHER_ESCAPE.search(rest)
    return "." not in host and any(pattern.search(host) for pattern in _FAINT_DOTS)
