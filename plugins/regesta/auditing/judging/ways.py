"""What an address says about where a way has led: to the same page, a home page, an error, a door with a lock."""

from __future__ import annotations

import re
from urllib.parse import unquote

from regesta.model.urls import Url, same_page_key

__all__ = [
    "host_and_path",
    "is_consent",
    "is_error",
    "is_home",
    "is_lasting",
    "is_login",
    "is_same_page",
    "is_same_site",
    "is_short",
]

_LANGUAGES = (
    "en ru uk ua be by pl de fr es it pt lt lv et ee fi sv se no nb da dk nl cs cz sk hu ro md bg sr hr sl mk sq el "
    "gr tr ka ge hy am az kk kz uz ky tg mn he il ar fa zh cn tw ja jp ko kr vi th hi eu us gb ca au ie int intl eng "
    "rus ukr bel pol deu ger fra spa lat www"
).split()
"""First folders that are a home page in a language or for a country; `/map` and `/faq` are pages."""

_HOME = re.compile(
    rf"/(?:(?:{'|'.join(_LANGUAGES)})(?:[-_][a-z]{{2,4}})?/?)?"  # `/`, `/en/`, `/pt-br`
    r"(?:(?:index|home|main|default|start|startseite|homepage|welcome|glavnaya)(?:\.[a-z]{3,5})?/?)?"
)
_NO_PAGE = re.compile(
    r"(?:utm_\w+|[gy]clid|fbclid|lang|language|hl|locale|l|ref|referrer|from|src|source|redirect(?:ed)?|error|err|e|code|status|msg|"
    r"404|notfound|not_found|expired|_[a-z]*)(?:=.*)?"
)
"""Parts of a query that name no page: `/?p=123` is an article of WordPress, `/?error=404` the home page."""

_ERROR_NAME = re.compile(
    r"(?:(?:page|file|article|http|error|err|status|site)[-_]?)*(?:404|410|not[-_]?found|notfound|no[-_]page|nopage|error|errors|"
    r"errorpage|oops|missing[-_]page|page[-_]missing|does[-_]not[-_]exist|expired[-_]page|gone)(?:[-_]?(?:page|error|not[-_]?found))*"
)
_ERROR_FOLDER = re.compile(r"(?:errors?|err|error[-_]?pages?|status|system|common|static|[a-z]{2}(?:[-_][a-z]{2})?)")
_FILE_ENDING = re.compile(r"\.[a-z]{3,5}$")

_LOGIN_NAME = re.compile(
    r"(?:user|users|wp|member|members|account|accounts|admin|client|my|sso|oauth2?|cas|saml2?|web|customer|site|do)?[-_]?"
    r"(?:log[-_]?in|sign[-_]?in|auth|authorize|authenticate|authorise|authwall|logon|anmelden|zaloguj|logowanie|vhod|sso)"
)
_LOGIN_HOST = re.compile(r"(?:accounts?|log-?in|signin|auth|sso|idp|passport|oauth)\d?\.")
_CONSENT = re.compile(r"(?:consent|guce|cmp|myprivacy)\.")

_SHORTENERS = frozenset(
    "bit.ly t.co goo.gl tinyurl.com is.gd ow.ly buff.ly clck.ru vk.cc t.ly rb.gy cutt.ly dlvr.it fb.me j.mp "
    "lnkd.in trib.al tiny.cc shorturl.at s.id u.to v.gd bl.ink ift.tt wp.me amzn.to nyti.ms bbc.in reut.rs "
    "n9.cl urlz.fr soo.gd bit.do".split()
)
_LASTING = frozenset(
    "doi.org dx.doi.org hdl.handle.net purl.org w3id.org n2t.net nbn-resolving.org perma.cc handle.net".split()
)


def host_and_path(url: str) -> tuple[str, str]:
    """Give host and path, the host without `www.` and port, both in small letters and unescaped.

    >>> host_and_path("https://www.Example.org:8080/A%20b?c#d")
    ('example.org', '/a b')
    """
    rest = url.partition("://")[2].partition("#")[0].partition("?")[0]
    host, slash, path = rest.partition("/")
    host = host.rpartition("@")[2].lower().removeprefix("www.")
    return re.sub(r":\d+$", "", host), unquote(slash + path).lower() or "/"


def is_same_page(one: str, other: str) -> bool:
    """Tell whether two addresses differ in nothing but scheme, `www.`, last slash, capitals and escapes.

    >>> is_same_page("http://ferry.example/A", "https://www.ferry.example/a/")
    True
    """
    return one == other or _key(one) == _key(other)


def _key(url: str) -> str:
    key = same_page_key(Url(url))
    return unquote(re.sub(r"^([^/?]*):(?:80|443)(?=[/?]|$)", r"\1", key)).casefold().replace("/?", "?")


def is_same_site(one: str, other: str) -> bool:
    """Tell whether one address lies on the host of the other, or on a host below it.

    >>> is_same_site("https://news.ferry.example/a", "https://www.ferry.example/")
    True
    """
    first, second = host_and_path(one)[0], host_and_path(other)[0]
    return first == second or first.endswith("." + second) or second.endswith("." + first)


def is_home(url: str) -> bool:
    """Tell whether an address is that of a site's home page.

    >>> is_home("https://ferry.example/ru/"), is_home("https://ferry.example/?p=12"), is_home("https://a.example/?lang=en")
    (True, False, True)
    """
    if not _HOME.fullmatch(host_and_path(url)[1]):
        return False
    query = url.partition("#")[0].partition("?")[2].lower()
    return all(_NO_PAGE.fullmatch(part) for part in query.split("&") if part)


def is_error(url: str) -> bool:
    """Tell whether an address is that of an error page. A name deep in a site may be anything: `/news/404`.

    >>> is_error("https://ferry.example/en/404.html"), is_error("https://ferry.example/news/404")
    (True, False)
    """
    *folders, last = host_and_path(url)[1].strip("/").split("/")
    if "aspxerrorpath=" in url.lower():
        return True
    name = _FILE_ENDING.sub("", last)
    if not _ERROR_NAME.fullmatch(name):
        return False
    return all(_ERROR_FOLDER.fullmatch(folder) or _ERROR_NAME.fullmatch(folder) for folder in folders) or name not in {
        "404", "410", "gone", "error", "errors", "oops",
    }  # fmt: skip


def is_login(url: str) -> bool:
    """Tell whether an address asks who one is.

    >>> is_login("https://accounts.ferry.example/"), is_login("https://ferry.example/wp-login.php?redirect_to=/a")
    (True, True)
    """
    host, path = host_and_path(url)
    if _LOGIN_HOST.match(host):
        return True
    return any(_LOGIN_NAME.fullmatch(_FILE_ENDING.sub("", part)) for part in path.strip("/").split("/"))


def is_consent(url: str) -> bool:
    """Tell whether an address asks for consent to cookies before anything else."""
    return bool(_CONSENT.match(host_and_path(url)[0]))


def is_short(url: str) -> bool:
    """Tell whether an address stands for another by contract, so that it may well lead to a home page."""
    return host_and_path(url)[0] in _SHORTENERS or is_lasting(url)


def is_lasting(url: str) -> bool:
    """Tell whether an address is made to be cited, and to lead elsewhere: where it leads is never better.

    >>> is_lasting("https://doi.org/10.5555/12345678")
    True
    """
    return host_and_path(url)[0] in _LASTING
