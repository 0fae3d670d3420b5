"""The quick look that most pages get: no word in them gives a reason to read on."""

from __future__ import annotations

import codecs
from functools import cache

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from regesta.auditing.judging.gone_words import STEMS
from regesta.auditing.judging.parked import OFFERS, SERVICES

__all__ = ["is_unremarkable"]

_SMALL = 4096
"""Bytes. Of larger pages the title is looked at for single words, the rest for what errors and challenges alone say."""
_FAR_ENOUGH = 48 * 1024
_TITLE_WITHIN = 16384
_LONGEST = 600

_LATIN = (
    "domain|domen|for sale|verkauf|sprzeda|gel&ouml;s|moment|browser|robot|captcha|denied|blocked|"
    "human|verif|security|attention|wait|interruption|rejected|challenge|guard|przegl|chwil|odmowa|zugriff|checkpoint|"
    "refresh|location|password|log in|login|sign in|sign-in|anmeld|zaloguj"
)
_CYRILLIC = "домен|дамен|провер|браузер|браўзер|робот|капч|подожд|зачек|перевір|безопасн|вход|вхід|авториз"
_SAID_BY_ERRORS = (
    "page not found|404 not found|page can't be found|page can’t be found|page cannot be found|page could not be found|"
    "page does not exist|page doesn't exist|page doesn’t exist|page you are looking for|page you were looking for|"
    "no longer available|error 404|404 error|file not found|article not found|content not found|page has been removed|"
    "nie znaleziono strony|strona nie istnieje|strona nie zosta|błąd 404|"
    "seite nicht gefunden|seite wurde nicht gefunden|seite existiert nicht|fehler 404|seite konnte nicht"
)
_SAID_IN_CYRILLIC = (
    "не найден|не существует|ошибка 404|страницы нет|страница удалена|больше нет|ошибка #404|"
    "не знайден|не існує|помилка 404|не знойдзен|не існуе|памылка 404"
)
_SOURCES = (
    "_cf_chl_opt|captcha-delivery.com|_Incapsula_Resource|px-captcha|__qrator|showcaptcha|KPSDK|AwsWafIntegration|"
    "anubis_challenge"
)
_REFRESHES = {
    f"{attribute}={quotation}{word}".encode()
    for attribute in ("http-equiv", "HTTP-EQUIV", "Http-Equiv")
    for quotation in ('"', "'", "")
    for word in ("refresh", "Refresh", "REFRESH")
}
_REFERENCES = (b"&#10", b"&#11", b"&#x4", b"&#X4")
"""How Cyrillic letters begin when they are written as numbers."""


def _search(words: set[bytes]) -> BytesAhoCorasick:
    return BytesAhoCorasick(sorted(words), matchkind=MatchKind.Standard, implementation=Implementation.DFA)


def _written(phrases: str | tuple[str, ...], *encodings: str) -> set[bytes]:
    """Give phrases as bytes: in small letters, with a capital, in capitals, and as a title has them."""
    found = set()
    for phrase in phrases.split("|") if isinstance(phrases, str) else phrases:
        for word in {phrase, phrase.capitalize(), phrase.upper(), phrase.title()}:
            found |= {encoded for encoding in encodings if (encoded := _encoded(word, encoding))}
    return found


def _encoded(word: str, encoding: str) -> bytes:
    """Give nothing for what an encoding cannot write: what is left of a word stands in a hundred others."""
    try:
        return word.encode(encoding)
    except UnicodeEncodeError:
        return b""


_CYRILLIC_ENCODINGS = ("utf-8", "cp1251", "koi8-r", "koi8-u")
_MARKS = {mark.encode() for mark in (*SERVICES, *_SOURCES.split("|"))} | _REFRESHES
_WORDS = _search(
    _written(STEMS, "utf-8", "cp1250", "cp1252", *_CYRILLIC_ENCODINGS)
    | _written(_LATIN, "utf-8")
    | _written(_CYRILLIC, *_CYRILLIC_ENCODINGS)
    | set(_REFERENCES)
    | _MARKS
)


@cache
def _phrases() -> BytesAhoCorasick:
    """Make the search for phrases when a larger page first asks for it."""
    return _search(
        _written(_SAID_BY_ERRORS, "utf-8", "cp1252", "cp1250")
        | _written(_SAID_IN_CYRILLIC, *_CYRILLIC_ENCODINGS)
        | _written(OFFERS, "utf-8", "cp1251", "cp1252")
        | {phrase.encode() for phrase in ("steht zum Verkauf", "zu verkaufen")}
        | _MARKS
    )


def is_unremarkable(body: bytes) -> bool:
    """Tell whether nothing in a page of HTML gives a reason to read it. In doubt it does.

    >>> is_unremarkable(b"<title>Ferries sail again</title><p>The strike is over.")
    True
    >>> is_unremarkable(b"<title>Peugeot 404</title><p>A car.")
    False
    """
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    if len(body) <= _SMALL:
        return not _WORDS.find_matches_as_indexes(body)
    title, heading = _element(body, b"<title", _TITLE_WITHIN), _element(body, b"<h1", _FAR_ENOUGH)
    if not title or _WORDS.find_matches_as_indexes(title) or _WORDS.find_matches_as_indexes(heading):
        return False
    return not _phrases().find_matches_as_indexes(body[:_FAR_ENOUGH])


def _element(body: bytes, tag: bytes, within: int) -> bytes:
    """Give the beginning of the first element of a kind, tags and all."""
    start = body.find(tag, 0, within)
    if start < 0 and (start := body.find(tag.upper(), 0, within)) < 0:
        return b""
    stop = body.find(b"</" + tag[1:], start, start + _LONGEST)
    return body[start : stop if stop >= 0 else start + _LONGEST]
