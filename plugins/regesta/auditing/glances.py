"""The quick look that most pages get: no word in them gives a reason to read on."""

from __future__ import annotations

import codecs

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from regesta.auditing.parked import OFFERS, SERVICES

__all__ = ["is_unremarkable"]

_SMALL = 4096
"""Bytes. Of larger pages the title is looked at for single words, the rest for what errors and challenges alone say."""
_FAR_ENOUGH = 65536
_TITLE_WITHIN = 16384
_LONGEST_TITLE = 400

_LATIN = (
    "404|410|found|find|exist|longer|no such|locat|availab|remov|delet|missing|gone|suspend|expired|match any|lost|"
    "nothing|t here|error|znale|odnal|istnie|nie ma |usuni|dost|brak|znikn|blad|gefunden|finden|existiert|verf|"
    "vorhanden|gibt es|gel\u00f6s|gel&ouml;s|entfernt|mehr da|auffindbar|verschwunden|fehler|domain|domen|for sale|"
    "verkauf|sprzeda|moment|browser|robot|captcha|denied|block|human|verif|security|attention|wait|interruption|"
    "rejected|challenge|guard|przegl|chwil|odmowa|zugriff|checkpoint|refresh|location|password|log in|login|sign in|"
    "sign-in|anmeld|zaloguj"
)
_CYRILLIC = (
    "найд|найти|существ|обнаруж|нашл|нет|удал|отсутств|потерял|исчез|блокир|доступ|не было|ошибк|больше|"
    "знайд|знайти|існу|виявлен|видален|відсутн|немає|зник|загуб|помилк|"
    "знойдз|знайсці|выяўлен|выдален|адсутніч|няма|знікл|памылк|"
    "домен|дамен|провер|браузер|браўзер|робот|капч|подожд|зачек|перевір|безопасн|вход|вхід|авториз"
)
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
    'http-equiv="refresh|http-equiv=\'refresh|http-equiv=refresh|HTTP-EQUIV="Refresh|HTTP-EQUIV="REFRESH|http-equiv="Refresh|'
    "_cf_chl_opt|captcha-delivery.com|_Incapsula_Resource|px-captcha|__qrator|showcaptcha|KPSDK|AwsWafIntegration|"
    "anubis_challenge"
)
_REFERENCES = (b"&#10", b"&#11", b"&#x4", b"&#X4")
"""How Cyrillic letters begin when they are written as numbers."""


def _search(words: set[bytes]) -> BytesAhoCorasick:
    return BytesAhoCorasick(sorted(words), matchkind=MatchKind.Standard, implementation=Implementation.DFA)


def _written(phrases: str | tuple[str, ...], *codecs: str) -> set[bytes]:
    """Give phrases as bytes: in small letters, with a capital, in capitals, and as a title has them."""
    found = set()
    for phrase in phrases.split("|") if isinstance(phrases, str) else phrases:
        for word in {phrase, phrase.capitalize(), phrase.upper(), phrase.title()}:
            found |= {word.encode(codec, "ignore") for codec in codecs}
    return found - {b""}


_WORDS = _search(
    _written(_LATIN, "utf-8", "cp1252") | _written(_CYRILLIC, "utf-8", "cp1251", "koi8-r", "koi8-u") | set(_REFERENCES)
)
_PHRASES = _search(
    _written(_SAID_BY_ERRORS, "utf-8", "cp1252", "cp1250")
    | _written(_SAID_IN_CYRILLIC, "utf-8", "cp1251", "koi8-r", "koi8-u")
    | _written(tuple(offer for offer in OFFERS if offer.isascii()), "utf-8")
    | _written(tuple(offer for offer in OFFERS if not offer.isascii()), "utf-8", "cp1251")
    | {service.encode() for service in SERVICES}
    | {source.encode() for source in _SOURCES.split("|")}
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
    start = body.find(b"<title", 0, _TITLE_WITHIN)
    if start < 0 and (start := body.find(b"<TITLE", 0, _TITLE_WITHIN)) < 0:
        return False
    stop = body.find(b"</", start, start + _LONGEST_TITLE)
    title = body[start : stop if stop >= 0 else start + _LONGEST_TITLE]
    if _WORDS.find_matches_as_indexes(title):
        return False
    return not _PHRASES.find_matches_as_indexes(body[:_FAR_ENOUGH])
