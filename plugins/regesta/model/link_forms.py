"""What a link looks like, judged from its text alone, offline."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from ada_url import URL

from regesta.model.damage import (
    Defect,
    angle_bracket,
    blank_within,
    garbled,
    glued,
    invisible,
    leftover_escape,
    misspelt_scheme,
    repaired_by_browsers,
    stray_punctuation,
)
from regesta.model.defanging import is_defanged, refang
from regesta.model.hosts import is_private_host, mixed_scripts, why_impossible
from regesta.model.link_words import differs_from
from regesta.model.schemes import is_http, missing_scheme
from regesta.model.unusable import broken_percent
from regesta.model.urls import Url, parse_url

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Judgement", "LinkForm", "defects_of", "is_sound_but_for_blanks", "judge_link", "rules_of", "url_meant"]


class LinkForm(StrEnum):
    """The form of a link. The first that fits, from the top."""

    EMPTY = "empty"
    """Nothing, blanks, or only `#`."""
    DEFANGED = "defanged"
    """Rewritten on purpose so that it cannot be clicked."""
    MALFORMED = "malformed"
    """Meant as http(s), and the WHATWG parser refuses it."""
    DAMAGED = "damaged"
    """The parser takes it, often only because it repairs it, but the text is damaged."""
    NOT_HTTP = "not-http"
    """Another scheme, a relative address, a fragment, no address at all."""
    OK = "ok"


class Judgement(NamedTuple):
    """The form of a link, and what it means."""

    form: LinkForm
    url: Url | None
    """The URL meant, where that is certain."""
    reason: str


_PLAIN = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}(?!local|lan|home|corp|arpa|int[er]|priv)[a-z]{2,24}"
    r"(?:/(?:[\w./~+&=?-]*[\w/~+&=?-])?)?",
    re.ASCII,
)
"""What most links are: nothing in it can make it anything but sound."""


@lru_cache(maxsize=131072)
def judge_link(text: str) -> Judgement:
    """Judge a link's text, after Markdown's own unescaping.

    >>> judge_link("https://kodeksy-by(.)com/a")
    Judgement(form=<LinkForm.DEFANGED: 'defanged'>, url='https://kodeksy-by.com/a', reason='Rewritten on purpose.')
    """
    if _is_plain(text) and (url := parse_url.__wrapped__(text)) is not None:
        return Judgement(LinkForm.OK, url, "")
    defects = defects_of(text)
    form = _form(text, defects)
    if not defects:
        return Judgement(form, parse_url(text), "" if form is LinkForm.OK else "Not an http or https address.")
    reason = " ".join(defect.reason for defect in defects)
    if form is LinkForm.OK:
        return Judgement(form, parse_url(text), reason)
    certain = form is not LinkForm.NOT_HTTP and all(defect.is_certain for defect in defects)
    meant = parse_url(defects[-1].mended) if certain else None
    is_sound = meant is not None and all(defect.code in _OF_SOUND_TEXT for defect in defects_of(meant))
    return Judgement(form, meant if is_sound else None, reason)


def rules_of(text: str, words: str = "") -> tuple[str, ...]:
    """Give the codes of the rules that a link breaks; `words` is what a reader sees in its place.

    >>> rules_of("hxxp://ferry[.]example/"), rules_of("https://ferry.example/"), rules_of("https://10.0.0.1/a%20")
    (('U101',), (), ('U105', 'U113'))
    """
    codes = [defect.code for defect in defects_of(text)]
    if words and differs_from(words, judge_link(text).url):
        codes.append("U115")
    return tuple(sorted(set(codes)))


@lru_cache(maxsize=32768)
def defects_of(text: str) -> tuple[Defect, ...]:
    """List what is wrong with a link's text, in the order in which it is to be mended.

    An empty or a defanged address is that and nothing else. Of an address that the parser refuses, what explains it is
    named; `U102` where nothing does.
    """
    if _is_plain(text):
        return ()
    if _is_empty(text):
        return (Defect("U109", "There is no address.", text),)
    if is_defanged(text):
        meant = refang(text)
        return (Defect("U101", "Rewritten on purpose.", meant, is_certain=_is_sound(meant)),)
    found = _damage(text)
    mended = found[-1].mended if found else text
    if not is_http(mended):
        if _SUNK.match(text) and parse_url(text) is None:
            return (Defect("U102", "Something stands before the address.", text),)
        with_scheme = missing_scheme(text)
        return (Defect("U110", "It has no scheme.", with_scheme),) if with_scheme else ()
    return (*found, *_parsed(mended))


def url_meant(text: str) -> Url | None:
    """Give the URL of a defanged address; with `https://` before one that has no scheme.

    >>> url_meant("ferry[.]example"), url_meant("https://archive.example/2020/hxxp://ferry.example/")
    ('https://ferry.example/', 'https://archive.example/2020/http://ferry.example/')
    """
    meant = refang(text)
    return parse_url(meant if is_http(meant) else f"https://{meant}")


def _is_sound(meant: str) -> bool:
    """Say whether a refanged address is in order itself."""
    return is_http(meant) and not is_defanged(meant) and judge_link(meant).form is LinkForm.OK


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and text.find("www.", 12) < 0


_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*+#?[\s\u200b-\u200f\u2060\ufeff]*+")
_LONGEST_BLANK = 99


def _is_empty(text: str) -> bool:
    if _BLANK.fullmatch(text[1:-1] if text.startswith("<") and text.endswith(">") else text):
        return True
    return text.startswith("%") and len(text) < _LONGEST_BLANK and _BLANK.fullmatch(unquote(text)) is not None


_SUNK = re.compile(r"[^/?#:=]{0,60}?[^\w/?#:=]https?://", re.IGNORECASE)
"""An address behind words or other text."""
_FINDERS = (invisible, garbled, leftover_escape, stray_punctuation, misspelt_scheme, repaired_by_browsers)


def _damage(text: str) -> list[Defect]:
    """Look for each kind of damage in what the one before has left."""
    found = []
    for find in _FINDERS:
        if defect := find(text):
            found.append(defect)
            text = defect.mended
    if is_http(text) and (defect := glued(text)):
        found.append(defect)
    return found


def _parsed(text: str) -> Iterator[Defect]:
    """Judge what the parser makes of an address."""
    try:
        parsed = URL(text)
    except (ValueError, UnicodeError):
        yield Defect("U102", "No URL parser accepts it.", text)
        return
    host = parsed.hostname
    if why := why_impossible(host):
        yield Defect("U111", f"No such host can exist: {why}.", text)
    elif is_private_host(host):
        yield Defect("U113", f"Its host {host!r} is in a private network.", text)
    if label := mixed_scripts(host):
        yield Defect("U114", f"Letters of two scripts stand in its host: {label!r}.", text)
    if parsed.username or parsed.password:
        yield Defect("U112", "A user name or a password stands in it.", text)
    for find in (broken_percent, angle_bracket, blank_within):
        if defect := find(text):
            yield defect


_OF_SOUND_TEXT = frozenset({"U112", "U113", "U119"})
"""What the parser takes as it is, and what may be so meant."""


def is_sound_but_for_blanks(text: str) -> bool:
    """Tell whether nothing is wrong with an http(s) address but the blanks in its path."""
    return is_http(text) and {defect.code for defect in defects_of(text)} <= _OF_SOUND_TEXT | {"U117"}


def _form(text: str, defects: tuple[Defect, ...]) -> LinkForm:
    codes = {defect.code for defect in defects}
    if "U109" in codes:
        return LinkForm.EMPTY
    if "U101" in codes:
        return LinkForm.DEFANGED
    if "U110" in codes or not (defects or is_http(text)):
        return LinkForm.NOT_HTTP
    if codes <= _OF_SOUND_TEXT:
        return LinkForm.OK
    try:
        URL(text)
    except (ValueError, UnicodeError):
        return LinkForm.MALFORMED
    return LinkForm.DAMAGED
