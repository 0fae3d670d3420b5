"""Words of a link that are an address themselves, held against the address that they lead to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from regesta.model.defanging import is_defanged, refang
from regesta.model.urls import host_of, parse_url

if TYPE_CHECKING:
    from regesta.model.urls import Url

__all__ = ["differs_from"]

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}/[^\s<>]+", re.IGNORECASE)
_MAYBE = re.compile(r"\S*[./]\S*$")
_FOLDED = re.compile(r"^(?:www\d?|m|mobile|amp|dx)\.")
_ESCAPE = re.compile(r"\\+([!-/:-@\[-^`{-~_])")
_CUT = ("…", "...", "[...]", "[…]")


def differs_from(words: str, url: Url | None) -> bool:
    """Tell whether the words are one address and lead to another. An archived copy, a redirect and a cut are the same.

    >>> differs_from("https://tass.ru/a", parse_url("https://tass.com/a"))
    True
    >>> differs_from("www.tass.ru/a", parse_url("https://web.archive.org/web/2020/https://tass.ru/a"))
    False
    """
    # Escapes that were left in the words are what a converter did, and no other address.
    words = _ESCAPE.sub(r"\1", words.strip().rstrip(".,;"))
    if url is None or not _MAYBE.match(words):
        return False
    if is_defanged(words):
        words = refang(words)
    if not _ADDRESS.fullmatch(words):
        return False
    is_cut = words.endswith(_CUT)
    for cut in _CUT:
        words = words.removesuffix(cut)
    shown = parse_url(words if "://" in words else f"https://{words}")
    if shown is None:
        return False
    said, meant = _page(shown), _page(url)
    if said == meant or said in _plain(url):
        return False
    host = _FOLDED.sub("", host_of(shown))
    if said == host or is_cut:
        # A host, or the beginning of an address, may stand for the whole.
        return not (meant == said or meant.startswith(said if is_cut else f"{host}/") or _is_within(meant, host))
    return not meant.startswith(f"{said}/")


def _is_within(meant: str, host: str) -> bool:
    return meant.partition("/")[0].endswith(f".{host}")


def _page(url: Url) -> str:
    """Give host and path, without what does not tell pages apart."""
    rest = _plain(url).partition("://")[2]
    return _FOLDED.sub("", re.split(r"[?#]", rest, maxsplit=1)[0]).rstrip("/")


def _plain(url: Url) -> str:
    return unquote(unquote(url)).casefold()
