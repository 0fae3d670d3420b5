"""The marks of a domain that somebody holds for sale, or fills with advertisements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regesta.auditing.judging.gone_words import loosely
from regesta.auditing.judging.ways import host_and_path, is_same_site

if TYPE_CHECKING:
    from regesta.auditing.judging.page_facts import Page

__all__ = ["OFFERS", "SERVICES", "is_parked"]

SERVICES = (
    "sedoparking.com", "parkingcrew.net", "parklogic.com", "bodis.com", "d38psrni17bvxu.cloudfront.net",
    "cashparking.com", "parked-content.godaddy.com", "parking-lander", "img1.wsimg.com/parking",
    "hugedomains.com/domain_profile", "dan.com/buy-domain", "afternic.com/forsale", "sedo.com/search/details",
    "domainmarket.com/buynow", "parkingpage.", "parking.reg.ru", "parking-static", "domainparking", "park.above.com",
    "smartname.com", "skenzo.com", "dsparking.com", "uniregistry.com/park", "voodoo.com", "tonic.to/park",
    "parking.ukraine.com.ua", "park.io/domains", "undeveloped.com/buy",
)  # fmt: skip
"""Where the scripts and frames of parked pages come from, and where they redirect."""

_SELLERS = (
    "hugedomains.com dan.com afternic.com sedo.com domainmarket.com buydomains.com sav.com atom.com bodis.com "
    "parkingcrew.net sedoparking.com expireddomains.com"
).split()

OFFERS = (
    "domain is for sale", "domain name is for sale", "domain may be for sale", "buy this domain", "domain for sale",
    "domain is parked", "parked domain", "domain has expired", "domain name has expired",
    "this domain has been registered", "domain is available for purchase", "inquire about this domain",
    "purchase this domain", "website is for sale", "domain parking", "domain was recently registered",
    "domain registration has expired", "get this domain", "make an offer on this domain", "domain expired",
    "is parked free", "parked free courtesy", "домен продается", "домен выставлен на продажу", "купить этот домен",
    "купить домен", "домен припаркован", "срок регистрации домена", "домен не оплачен", "домен не прилинкован",
    "домен зарегистрирован", "продажа домена", "домен свободен", "регистрация домена истекла",
    "домен может быть выставлен", "парковка домена", "домен продається", "домен припарковано", "придбати домен",
    "купити домен", "домен виставлено на продаж", "термін реєстрації домену", "дамен прадаецца",
    "дамен прыпаркаваны", "купіць дамен", "domena jest na sprzedaż", "domena na sprzedaż", "kup tę domenę",
    "domena wygasła", "domena została zaparkowana", "domena zaparkowana", "kup domenę", "domena jest zaparkowana",
    "domena została zarejestrowana", "domain steht zum verkauf", "domain kaufen", "domain ist geparkt",
    "domain zu verkaufen", "geparkte domain", "domain ist registriert", "domain jetzt kaufen",
    "domain wurde registriert",
)  # fmt: skip
"""Said by a seller. Each makes a page suspect; two, or one on a page with hardly a word more, make it parked."""

_BESIDES = (
    "related searches", "related links", "sponsored listings", "sponsored links", "make an offer", "make offer",
    "casino", "domain owner", "registrar", "whois", "escrow", "privacy policy", "popular searches", "related topics",
    "webmaster", "связанные запросы", "владелец домена", "регистратор", "хостинг", "предложить цену",
    "сделать предложение", "whois", "власник домену", "реєстратор", "powiązane wyszukiwania", "złóż ofertę",
    "rejestrator", "ähnliche suchanfragen", "angebot abgeben", "weitere links", "verwandte suchanfragen", "купить",
    "price", "buy now", "$",
)  # fmt: skip

_NAMES = re.compile("domain|domen|домен|дамен|website|parked", re.IGNORECASE)
"""One of these is in every offer."""

_PROSE = 700
"""Characters of prose: who writes more has something to say about domains."""
_HARDLY_A_WORD = 400


def is_parked(page: Page, url: str, asked: str = "") -> bool:
    """Tell whether a page offers its domain, and nothing else.

    >>> from regesta.auditing.judging.page_facts import Page
    >>> is_parked(Page(text="This domain is for sale! Buy this domain.", text_length=42), "https://ferry.example/a")
    True
    """
    if any(service in source for source in page.sources for service in SERVICES):
        return True
    host = host_and_path(url)[0]
    if not is_same_site(url, asked) and any(host == seller or host.endswith("." + seller) for seller in _SELLERS):
        return True
    if page.prose > _PROSE:
        return False
    if not _NAMES.search(page.title) and not _NAMES.search(page.text):
        return False
    words = loosely(f"{page.title}\n{' '.join(page.headings)}\n{page.text}")
    offers = sum(offer in words for offer in OFFERS)
    if not offers:
        return False
    title = page.title.lower()
    named = bool(host) and (host in title or host in page.text.lower())
    besides = sum(mark in words for mark in _BESIDES)
    return offers + bool(besides) + named > 1 or page.text_length <= _HARDLY_A_WORD
