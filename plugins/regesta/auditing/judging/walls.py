"""Doors that are shut to programs, or to whoever has no account: behind them the page may well be there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from regesta.auditing.judging.gone_words import loosely
from regesta.auditing.judging.ways import is_consent, is_login, is_same_page
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.auditing.fetching.answers import Answer
    from regesta.auditing.judging.page_facts import Page

__all__ = ["BOT_MARKS", "BOT_TITLES", "Wall", "wall_before", "wall_in_headers"]


class Wall(NamedTuple):
    """What keeps a program out."""

    failure: Failure
    reason: str


_CHALLENGES = {
    ("cf-mitigated", "challenge"): "Cloudflare",
    ("x-amzn-waf-action", "challenge"): "Amazon's firewall",
    ("x-amzn-waf-action", "captcha"): "Amazon's firewall",
    ("x-vercel-mitigated", "challenge"): "Vercel",
    ("x-datadome", "protected"): "DataDome",
    ("x-px-blocked", "1"): "PerimeterX",
    ("x-sucuri-block", ""): "Sucuri",
}
"""Header, beginning of its value, who asks. Certain at any status."""
_CHALLENGING = frozenset(header for header, _ in _CHALLENGES)

_GUARDS = {
    "ddos-guard": "DDoS-Guard", "qrator": "Qrator", "akamaighost": "Akamai", "variti": "Variti",
    "sucuri/cloudproxy": "Sucuri", "stormwall": "StormWall", "imperva": "Imperva", "incapsula": "Imperva",
    "datadome": "DataDome", "yunjiasu": "Baidu", "servicepipe": "Servicepipe", "kasada": "Kasada",
    "perimeterx": "PerimeterX", "bunny-shield": "Bunny Shield",
}  # fmt: skip
"""Names in `Server`. They also serve pages that are there: only a refusal of theirs is a wall."""

BOT_MARKS = {
    "cf-chl-": "Cloudflare", "/cdn-cgi/challenge-platform/h/": "Cloudflare", "_cf_chl_opt": "Cloudflare",
    "cf-browser-verification": "Cloudflare", "ddos-guard/js-challenge": "DDoS-Guard",
    "check.ddos-guard.net": "DDoS-Guard", "__qrator": "Qrator", "qauth_handle": "Qrator", "px-captcha": "PerimeterX",
    "captcha-delivery.com": "DataDome", "_incapsula_resource": "Imperva", "incapsula incident id": "Imperva",
    "/_sec/cp_challenge": "Akamai", "bm-verify=": "Akamai", "errors.edgesuite.net": "Akamai",
    "sucuri website firewall": "Sucuri", "sucuri_cloudproxy_js": "Sucuri", "awswafintegration": "Amazon's firewall",
    "gokuprops": "Amazon's firewall", "showcaptcha": "a captcha", "anubis_challenge": "Anubis",
    "id.servicepipe.ru": "Servicepipe", "vercel security checkpoint": "Vercel", "slowaes.decrypt": "a script",
}  # fmt: skip
"""What stands in the source of a challenge, in small letters, and of nothing else that is short."""

_CAPTCHAS = (
    "challenges.cloudflare.com",
    "smartcaptcha",
    "g-recaptcha",
    "h-captcha",
    "hcaptcha.com",
    "kpsdk",
    "_pxappid",
)
"""What also guards a form to write to the editors. It takes a refusal, or a title, to make a wall of it."""

BOT_TITLES = (
    "just a moment", "attention required", "checking your browser", "please wait", "one moment please", "ddos guard",
    "access denied", "are you a robot", "are you human", "robot check", "captcha", "security check",
    "verify you are human", "human verification", "bot verification", "making sure youre not a bot",
    "client challenge", "access to this page has been denied", "pardon our interruption", "request rejected",
    "you have been blocked", "sucuri website firewall", "проверка браузера", "подождите", "вы не робот",
    "доступ ограничен", "доступ запрещен", "ой капча", "проверка безопасности", "перевірка браузера", "зачекайте",
    "доступ заборонено", "доступ обмежено", "праверка браўзера", "sprawdzanie przeglądarki", "chwileczkę",
    "odmowa dostępu", "nur einen moment", "einen moment bitte", "zugriff verweigert", "browser wird überprüft",
    "moment mal", "vercel security checkpoint", "weryfikacja",
)  # fmt: skip
"""How the titles or headings of challenges begin, loosely."""

_REFUSALS = frozenset({401, 403, 405, 406, 418, 429, 503, 999})
_LITTLE_TEXT = 700
"""Characters. A challenge says little; a page with more is there."""
_LITTLE_FORM = 600
_ERRORS = 400
_MOST_WORDS = 8
_SEPARATOR = re.compile(r"\s+[-–—]+\s+|\s*[|·•:!?]\s*")
_GUARD = re.compile("|".join(map(re.escape, _GUARDS)))


def wall_in_headers(status: int, headers: Mapping[str, str]) -> Wall | None:
    """Give the wall that the headers of an answer speak of.

    >>> wall_in_headers(403, {"cf-mitigated": "challenge"}).reason
    'Cloudflare wants to see a person before it lets anybody in.'
    """
    if not _CHALLENGING.isdisjoint(headers):
        for (header, value), who in _CHALLENGES.items():
            if header in headers and headers[header].lower().startswith(value):
                return _bot_wall(who)
    if status in _REFUSALS and (guard := _GUARD.search(headers.get("server", "").lower())):
        return _bot_wall(_GUARDS[guard[0]])
    return None


def wall_before(answer: Answer, page: Page | None, asked: str) -> Wall | None:
    """Give the wall that an answer has run into, by its headers, its address and its page."""
    if wall := wall_in_headers(answer.status, answer.headers):
        return wall
    has_left = bool(answer.hops) and not is_same_page(asked, answer.url)
    if has_left and is_consent(answer.url) and not is_consent(asked):
        return Wall(Failure.BOT_WALL, "It asks for consent to cookies first, which a program cannot give.")
    if has_left and is_login(answer.url) and not is_login(asked):
        return Wall(Failure.LOGIN_WALL, "It asks its reader to log in.")
    return (_challenge(answer, page) or _form(answer, page, asked)) if page else None


def _form(answer: Answer, page: Page, asked: str) -> Wall | None:
    is_bare = page.has_password and not page.prose and page.text_length <= _LITTLE_FORM
    if is_bare and answer.status < _ERRORS and not is_login(asked):
        return Wall(Failure.LOGIN_WALL, "It shows a form to log in, and hardly anything else.")
    return None


def _challenge(answer: Answer, page: Page) -> Wall | None:
    if page.text_length > _LITTLE_TEXT:
        return None
    body = answer.body[:65536].lower().decode("latin-1")
    who = next((who for mark, who in BOT_MARKS.items() if mark in body), "")
    refuses = answer.status in _REFUSALS
    named = any(_begins(words) for words in (page.title, *page.headings[:2]))
    if not who and (named or refuses) and any(mark in body for mark in _CAPTCHAS):
        who = "a captcha"
    if who and (named or refuses or page.text_length < _LITTLE_FORM // 2):
        return _bot_wall(who)
    return _bot_wall(who or "It") if named and (refuses or _says_so(page)) else None


def _begins(title: str) -> bool:
    parts = (loosely(part) for part in _SEPARATOR.split(title))
    return any(part.startswith(BOT_TITLES) and part.count(" ") < _MOST_WORDS for part in parts)


_SAYS = re.compile(
    r"\b(?:browser|robot|bot|human|captcha|javascript|cookies|ddos|ray id|reference|incident|security|blocked"
    r"|permission"
    r"|браузер\w*|робот\w*|капч\w*|безопасност\w*|защит\w*|захист\w*|браўзер\w*|przeglądark\w*|robotem)\b"
)


def _says_so(page: Page) -> bool:
    return bool(_SAYS.search(loosely(page.text))) or not page.text_length


def _bot_wall(who: str) -> Wall:
    if who == "It":
        return Wall(Failure.BOT_WALL, "It wants to see a person, or a browser, before it lets anybody in.")
    return Wall(Failure.BOT_WALL, f"{who[0].upper()}{who[1:]} wants to see a person before it lets anybody in.")
