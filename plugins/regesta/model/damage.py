"""Damage that an http(s) address took on its way into the text: one pure function a kind.

Each function gives None for a sound address, else what is wrong and the address without it, so that the next one
looks at what is left.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

from regesta.model.schemes import mend_scheme
from regesta.model.strays import stray_end, stray_path_end, stray_start

__all__ = [
    "Defect",
    "angle_bracket",
    "blank_within",
    "garbled",
    "glued",
    "invisible",
    "leftover_escape",
    "misspelt_scheme",
    "repaired_by_browsers",
    "stray_punctuation",
]


class Defect(NamedTuple):
    """One thing that is wrong with an address."""

    code: str
    """Of the rule that reports it."""
    reason: str
    mended: str
    """The address without it, as far as can be told."""
    is_certain: bool = False
    """Whether nothing else can be meant."""


# Characters that nobody sees

_JOINING = (
    "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u2190-\u2bff\ufb50-\ufdff\ufe0f\ufe70-\ufefc"
    "\U0001f000-\U0001faff"
)
_NO_WIDTH = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f"
)
_BLANKS = "\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_INVISIBLE = re.compile(
    rf"[{_NO_WIDTH}{_BLANKS}{_CONTROLS}ﬀ-ﬆ]|(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINING}])"
)
"""Persian, Indic words and emoji are written with joiners; there they belong."""
_CERTAINLY_NOT_MEANT = re.compile(rf"[{_NO_WIDTH}\u200c\u200dﬀ-ﬆ]")


def invisible(text: str) -> Defect | None:
    """Find characters without width, no-break blanks, control characters and ligatures."""
    found = _INVISIBLE.search(text)
    if not found:
        return None
    name = unicodedata.name(found[0], f"U+{ord(found[0]):04X}").lower()
    # str.strip takes every blank there is.
    inner = text.strip()
    certain = all(_CERTAINLY_NOT_MEANT.match(char) for char in _INVISIBLE.findall(inner))
    mended = _INVISIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]) if match[0] >= "ﬀ" else "", inner)
    mended = _INVISIBLE.sub("", mended)
    verb = "A ligature" if "ligature" in name else "An invisible character"
    return Defect("U106", f"{verb} stands in it: {name}.", mended, certain)


# Letters that were lost, or read in the wrong encoding

_LOST = re.compile(r"\ufffd|%EF%BF%BD", re.IGNORECASE)
_FOREIGN = re.compile(r"[^\x00-\x7f]{2,}")
_MAY_BE_GARBLED = re.compile(r"%C[23]%[89AB][0-9A-F]%(?:C[25]|E2)%", re.IGNORECASE)


def garbled(text: str) -> Defect | None:
    """Find characters that stand for lost letters, and UTF-8 that was read as Windows-1252.

    >>> garbled("https://ferry.example/cafÃ©").mended
    'https://ferry.example/café'
    >>> garbled("https://ferry.example/São_Tomé") is None
    True
    """
    if _LOST.search(text):
        return Defect("U123", "Letters of it are lost: a replacement character stands in their place.", text)
    written = text
    if _MAY_BE_GARBLED.search(text):
        try:
            written = unquote(text, errors="strict")
        except UnicodeDecodeError:
            return None
    mended = written if written.isascii() else _FOREIGN.sub(_decoded, written)
    if mended == written:
        return None
    return Defect("U123", "Its letters were read in the wrong encoding.", mended)


def _decoded(run: re.Match[str]) -> str:
    try:
        source = b"".join(char.encode("cp1252" if char > "\x9f" else "latin-1") for char in run[0])
        return source.decode()
    except UnicodeError:
        return run[0]


# Escapes that nobody took off

_ESCAPE = re.compile(r"(?<!\\)\\++([!-/:-@\[^-`{-~])")
_ENCODED_ESCAPE = re.compile(r"%5C([_*()~&\[\]])", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|#0*38|#x0*26);", re.IGNORECASE)
_ENCODED = re.compile(r"\s*+https?%3A(?:%2F){2}", re.IGNORECASE)


def leftover_escape(text: str) -> Defect | None:
    r"""Find backslashes of Markdown, `&amp;` of HTML, and an address that is percent-encoded as a whole.

    >>> leftover_escape(r"https://ferry.example/a\_b").mended
    'https://ferry.example/a_b'
    """
    if _ENCODED.match(text):
        return Defect("U104", "It is percent-encoded as a whole.", unquote(text), is_certain=True)
    mended = _ESCAPE.sub(r"\1", text) if "\\" in text else text
    if "%5" in mended:
        mended = _ENCODED_ESCAPE.sub(r"\1", mended)
    if "&" in mended:
        mended = _ENTITY.sub("&", mended)
    if mended == text:
        return None
    return Defect("U104", "An escape of Markdown or HTML is left in it.", mended, is_certain=True)


# What stands before and behind


def stray_punctuation(text: str) -> Defect | None:
    """Find quotes, brackets and stops of the sentence that were taken for part of the address."""
    start, end = stray_start(text), stray_end(text)
    mended = stray_path_end(text[start:end]) if start < end else text
    if mended == text:
        return None
    strays = " and ".join(repr(part) for part in (text[:start], text[end:]) if part) or "a blank"
    is_cut = text[end:].startswith(("…", "...")) or text.endswith(("…", "..."))
    reason = "It was cut off." if is_cut else f"What is not its own stands at its edge: {strays}."
    return Defect("U105", reason, mended, is_certain=not is_cut)


# The scheme


def misspelt_scheme(text: str) -> Defect | None:
    """Find a scheme that is misspelt, doubled, or without its colon."""
    mended = mend_scheme(text)
    if mended is None:
        return None
    return Defect("U108", "Its scheme is misspelt.", mended[0], mended[1])


# What parsers repair in silence

_BROKEN = re.compile(r"[ ]*[\t\n\r][ \t\n\r]*")
_SLASHES = re.compile(r"(https?):[/\\]*+", re.IGNORECASE)
_REST = re.compile(r"[?#]")


def repaired_by_browsers(text: str) -> Defect | None:
    r"""Find tabs, line ends, outer blanks, backslashes, and any number of slashes but two.

    >>> repaired_by_browsers("https:\\ferry.example\\a").mended
    'https://ferry.example/a'
    """
    mended, what = _BROKEN.sub("", text.strip(" \t\n\r")), []
    if mended != text:
        what.append("a blank, a tab or a line end stands in it")
    slashes = _SLASHES.match(mended)
    if slashes:
        rest = _REST.search(mended)
        end = rest.start() if rest else len(mended)
        if "\\" in mended[:end]:
            what.append("it has backslashes")
            mended = mended[:end].replace("\\", "/") + mended[end:]
        if slashes[0][len(slashes[1]) :].replace("\\", "/") != "://":
            what.append("not two slashes follow its scheme")
            mended = f"{slashes[1]}://{mended[slashes.end() :]}"
    if not what:
        return None
    return Defect("U103", f"Browsers read it only because they repair it: {', '.join(what)}.", mended, is_certain=True)


# What belongs to no address

_SICI = re.compile(r"<[\w.+-]{0,20}:[\w:+-]{1,30}>(?=\d\.\d)")
_ANGLE = re.compile(r"[<>]")
_BLANK_WITHIN = re.compile(r"(?<=\S) +(?=\S)")


def angle_bracket(text: str) -> Defect | None:
    """Find an angle bracket, which only identifiers of old articles hold.

    >>> angle_bracket("https://ferry.example/<id>").code
    'U105'
    """
    if _ANGLE.search(text) and _ANGLE.search(_SICI.sub("", text)):
        return Defect("U105", "An angle bracket stands in it.", text)
    return None


def blank_within(text: str) -> Defect | None:
    """Find a blank in the path, for which browsers write `%20`.

    >>> blank_within("https://ferry.example/low water.html").mended
    'https://ferry.example/low%20water.html'
    """
    behind = _REST.search(text)
    path = text[: behind.start()] if behind else text
    if " " not in path.strip(" "):
        return None
    mended = _BLANK_WITHIN.sub(lambda blank: "%20" * len(blank[0]), path) + text[len(path) :]
    return Defect("U117", "A blank stands in it.", mended, is_certain=True)


# Two addresses in one

_INNER = re.compile(r"https?(?::/|%3A%2F)", re.IGNORECASE)
_BEFORE_INNER = re.compile(
    r"(?:[/=?&#:@~!$+_-]|%(?:2F|3D|3F|26|3A|23|40))$|[/=](?:url|uri|u|cache|link|target|id_)$", re.IGNORECASE
)
_IN_LISTS = (",", "%2C", "|", "%7C", "*")
"""What stands before an address that is rightly in another: archives, proxies, redirects and shares."""
_INNER_WWW = re.compile(r"\.(?:html?|php|aspx?|pdf)/?www\.[\w-]+\.\w", re.IGNORECASE)


def glued(text: str) -> Defect | None:
    """Find a second address that begins where the first should have ended.

    >>> glued("https://a.example/x.htmlhttps://b.example").code
    'U107'
    >>> glued("https://archive.example/web/2020/https://b.example") is None
    True
    """
    first = text.find(":") + 1
    query = text.find("?")
    for match in _INNER.finditer(text, first):
        before = text[max(0, match.start() - 12) : match.start()]
        in_query = 0 <= query < match.start()
        if not _BEFORE_INNER.search(before) and not (in_query and before.upper().endswith(_IN_LISTS)):
            return _glued(text, match.start())
        if not in_query and before.endswith("/") and _is_no_wrapper(text, match.start()):
            return _glued(text, match.start())
    if match_www := _INNER_WWW.search(text, first):
        return _glued(text, match_www.start() + match_www[0].lower().index("www."))
    return None


_FILE_END = re.compile(r"\.(?:[sx]?html?|pdf|jpe?g|png|docx?|xlsx?)$", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{2,}(?:[-_][a-z]+)*|20\d\d", re.IGNORECASE)
_WRAPPERS = re.compile(
    r"(?:archive|cach|proxy|prox|fetch|imag|img|resiz|crop|thumb|out|exit|leav|redir|forward|go|jump|ext|link|ur[il]|http"
    r"|web|memento|time|wayback|save|list|all|replay|record|snapshot|copy|captur|was|awa|ukgwa|collection|share|submit|check"
    r"|valid|test|scan|lookup|look|search|find|query|info|whois|domain|host|site|page|view|read|reader|render|embed|oembed"
    r"|frame|iframe|load|get|open|visit|browse|connect|login|auth|sso|tunnel|mirror|translat|convert|print|pdf|text|raw"
    r"|api|rest|track|click|ref|r$|u$|o$|p$|v$|stats|score|audit|crawl|feed|rss|id|doi|resolve|hdl|ark|entity|resource"
    r"|source|src|target|data|content|remote|external|download|unshort|expand|preview|analy|newest|oldest|latest|first|last)",
    re.IGNORECASE,
)
"""How parts of paths begin behind which another address rightly stands."""
_OF_WRAPPERS = re.compile(
    r"archiv|arquiv|wayback|cache|memento|megalodon|webrecorder|perma|proxy|translat|reader|mirror|viewer|valid|redirect",
    re.IGNORECASE,
)
"""What stands in the hosts of those whose paths are addresses of others: `archive.today/2020/https://…`."""


def _is_no_wrapper(text: str, at: int) -> bool:
    """Tell whether an address stands in the path of another that leads to no other page, as far as its words say."""
    head = text[text.find(":") + 3 :][:_LONGEST_HOST].partition("/")[0]
    path = text[max(text.find(":") + 3 + len(head) + 1, at - _REACH) : at]
    parts = path.rstrip("/").split("/")[-_DEEPEST:]
    if _FILE_END.search(parts[-1]):
        return True
    if _OF_WRAPPERS.search(head):
        return False
    outer, inner = head.lower().removeprefix("www."), _INNER_HOST.match(text, at)
    if inner and inner[1].lower().removeprefix("www.") == outer:
        return not any(_WRAPPERS.match(part) or _STAMP.match(part) for part in parts)
    if not any(parts):
        return head.lower().startswith("www.")
    return not any(_WRAPPERS.match(part) or not _WORD.fullmatch(part) for part in parts if part)


_STAMP = re.compile(r"\d{4}")
_DEEPEST, _REACH, _LONGEST_HOST = 4, 200, 300
_INNER_HOST = re.compile(r"https?(?::/+|%3A(?:%2F)+)([^/?#%]*)", re.IGNORECASE)


def _glued(text: str, at: int) -> Defect:
    return Defect("U107", f"A second address begins in it: {text[at : at + 60]!r}.", text)
