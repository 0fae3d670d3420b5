"""What a link looks like, judged from its text alone, offline."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from regesta.model.defanging import is_defanged, refang
from regesta.model.urls import Url, parse_url

__all__ = ["Judgement", "LinkForm", "judge_link"]


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


_PLAIN = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./%~+&=?-]*)?", re.ASCII)
"""What most links are: nothing in it can make it anything but sound."""

_HTTP = re.compile(r"\s*https?:", re.IGNORECASE)
_REPAIRED = re.compile(r"^[ \x00-\x1f]|[ \x00-\x1f]$|[\t\n\r]|^\s*https?:(?!//[^/\\])", re.IGNORECASE)
_ESCAPE_LEFT = re.compile(r"\\[!-/:-@\[-`{-~]")
_INVISIBLE = re.compile("[\u00a0\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


@lru_cache(maxsize=131072)
def judge_link(text: str) -> Judgement:
    """Judge a link's text, after Markdown's own unescaping.

    >>> judge_link("https://kodeksy-by(.)com/a")
    Judgement(form=<LinkForm.DEFANGED: 'defanged'>, url='https://kodeksy-by.com/a', reason='Rewritten on purpose.')
    """
    if _PLAIN.fullmatch(text) and (url := parse_url(text)) is not None:
        return Judgement(LinkForm.OK, url, "")
    if not text.strip() or text.strip() == "#":
        return Judgement(LinkForm.EMPTY, None, "There is no address.")
    if is_defanged(text):
        return Judgement(LinkForm.DEFANGED, parse_url(refang(text)), "Rewritten on purpose.")
    if not _HTTP.match(text):
        return Judgement(LinkForm.NOT_HTTP, None, "Not an http or https address.")
    return _judge_http(text)


def _judge_http(text: str) -> Judgement:
    url = parse_url(text)
    if url is None:
        return Judgement(LinkForm.MALFORMED, None, "No URL parser accepts it.")
    if _INVISIBLE.search(text):
        return Judgement(LinkForm.DAMAGED, parse_url(_INVISIBLE.sub("", text)), "Invisible characters stand in it.")
    if _ESCAPE_LEFT.search(text):
        return Judgement(
            LinkForm.DAMAGED, parse_url(_ESCAPE_LEFT.sub(lambda m: m[0][1], text)), "A Markdown escape is left in it."
        )
    if "\\" in text or _REPAIRED.search(text):
        return Judgement(LinkForm.DAMAGED, url, "It works only because browsers repair it.")
    return Judgement(LinkForm.OK, url, "")
