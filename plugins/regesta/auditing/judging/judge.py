"""What one visit says of an address, by itself: every status and every failure has its verdict and its words here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.auditing.judging.charsets import decode
from regesta.auditing.judging.fragments import has_fragment
from regesta.auditing.judging.glances import is_unremarkable
from regesta.auditing.judging.page_facts import Page, read_page
from regesta.auditing.judging.siblings import like_nonsense
from regesta.auditing.judging.soft_404 import (
    DOCUMENTS,
    Sign,
    forwards_to,
    sign_of_json,
    sign_of_page,
    sign_of_text,
    sign_of_way,
)
from regesta.auditing.judging.walls import wall_before, wall_in_headers
from regesta.auditing.judging.ways import is_home, is_lasting, is_login, is_same_page
from regesta.model.verdicts import Failure, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.auditing.fetching.answers import Answer
    from regesta.model.urls import Url

__all__ = ["FAILURES", "STATUSES", "Said", "judge", "judge_beside", "judge_forwarded"]


class Said(NamedTuple):
    """What one visit alone amounts to."""

    says: Verdict
    failure: Failure | None
    final_url: str
    """Where the way ended; empty when that is the URL itself."""
    reason: str
    """In words, for an archivist."""
    suspicion: bool = False
    """Whether a nonsense sibling should be asked for, and `judge_beside` after it."""
    forwards_to: Url | None = None
    """Where the page sends its reader by itself; what is there should be asked for, and `judge_forwarded` after it."""


class Row(NamedTuple):
    """A verdict and its words."""

    says: Verdict
    reason: str


_LIVE, _DEAD, _SOFT = Verdict.LIVE, Verdict.DEAD, Verdict.SOFT_404
_RESTRICTED, _UNREACHABLE, _REFUSED, _INSECURE = (
    Verdict.RESTRICTED, Verdict.UNREACHABLE, Verdict.REFUSED, Verdict.INSECURE,
)  # fmt: skip

STATUSES: Mapping[int, Row] = {
    304: Row(_LIVE, "The page has not changed since the last visit (304)."),
    # The server has understood neither us nor itself. Old ones say so to a path in an encoding of their own.
    400: Row(_UNREACHABLE, "The server could not make sense of the request (400); a browser may fare better."),
    401: Row(_RESTRICTED, "The server asks for a name and a password (401)."),
    402: Row(_RESTRICTED, "The page is for those who pay (402)."),
    # What many ministries answer robots; the page may be there. No evidence of death.
    403: Row(_RESTRICTED, "The server lets no program in (403); a person may see the page."),
    404: Row(_DEAD, "The server says that there is no such page (404)."),
    # They are about how we ask, and firewalls use them against programs.
    405: Row(_RESTRICTED, "The server does not like how a program asks (405); a person may see the page."),
    406: Row(_RESTRICTED, "The server does not like how a program asks (406); a person may see the page."),
    407: Row(_RESTRICTED, "A proxy asks for a name and a password (407)."),
    408: Row(_UNREACHABLE, "The server gave up waiting (408)."),
    409: Row(_UNREACHABLE, "The server is at odds with itself (409)."),
    410: Row(_DEAD, "The server says that the page is gone for good (410)."),
    412: Row(_RESTRICTED, "The server sets a condition that a program does not meet (412)."),
    413: Row(_UNREACHABLE, "The server finds the request too large (413)."),
    414: Row(_UNREACHABLE, "The server finds the address too long (414)."),
    # Neither says anything of the page.
    416: Row(_UNREACHABLE, "The server does not give the part that was asked for (416)."),
    418: Row(_RESTRICTED, "The server makes fun of programs (418)."),
    421: Row(_UNREACHABLE, "The request reached the wrong server (421)."),
    423: Row(_RESTRICTED, "The page is locked (423)."),
    425: Row(_UNREACHABLE, "The server was asked too early (425)."),
    426: Row(_UNREACHABLE, "The server wants to be spoken to in another protocol (426)."),
    428: Row(_RESTRICTED, "The server sets a condition that a program does not meet (428)."),
    429: Row(_RESTRICTED, "The server has had enough of programs for now (429)."),
    431: Row(_UNREACHABLE, "The server finds the header of the request too large (431)."),
    444: Row(_UNREACHABLE, "The server ended the talk without an answer (444)."),
    451: Row(_RESTRICTED, "The page is withheld for legal reasons (451)."),
    495: Row(_RESTRICTED, "The server asks for a certificate (495)."),
    496: Row(_RESTRICTED, "The server asks for a certificate (496)."),
    500: Row(_UNREACHABLE, "The server is in trouble (500)."),
    502: Row(_UNREACHABLE, "The server behind the server does not answer well (502)."),
    503: Row(_UNREACHABLE, "The server is out of service for now (503)."),
    504: Row(_UNREACHABLE, "The server behind the server does not answer (504)."),
    509: Row(_UNREACHABLE, "The site has used up its traffic (509)."),
    511: Row(_UNREACHABLE, "The network here asks for a login first (511)."),
    999: Row(_RESTRICTED, "The server lets no program in (999); a person may see the page."),
}  # fmt: skip
"""What a status says. Those of 200 to 299 depend on the page; what is not here, on its hundred."""

_HUNDREDS = {
    1: Row(_UNREACHABLE, "The server promised an answer and gave none ({status})."),
    3: Row(_UNREACHABLE, "The server points elsewhere without an address that was followed ({status})."),
    4: Row(_UNREACHABLE, "The server refuses in a way that says nothing of the page ({status})."),
    5: Row(_UNREACHABLE, "The server is in trouble ({status})."),
}
_NO_STATUS = Row(_UNREACHABLE, "The server answers with a number that means nothing ({status}).")

FAILURES: Mapping[Failure, Row] = {
    Failure.NO_HOST: Row(_DEAD, "There is no such host."),
    Failure.NO_NAME_ANSWER: Row(_UNREACHABLE, "No name server says where the host is."),
    Failure.REFUSED_CONNECTION: Row(_UNREACHABLE, "Nothing listens there: the connection was refused."),
    Failure.TIMEOUT: Row(_UNREACHABLE, "No answer came in time."),
    Failure.RESET: Row(_UNREACHABLE, "The connection broke off."),
    Failure.EMPTY: Row(_UNREACHABLE, "The server closed the connection without an answer."),
    Failure.NOT_HTTP: Row(_UNREACHABLE, "What answers does not speak HTTP."),
    Failure.TOO_LARGE_HEADER: Row(_UNREACHABLE, "The header of the answer has no end."),
    # A failed handshake is about versions and ciphers: browsers may cope, and nobody has claimed a wrong name.
    Failure.TLS: Row(_UNREACHABLE, "No secure connection came about."),
    Failure.EXPIRED: Row(_INSECURE, "The certificate has expired."),
    Failure.WRONG_HOST: Row(_INSECURE, "The certificate is another host's."),
    Failure.UNTRUSTED: Row(_INSECURE, "Nobody known vouches for the certificate, or a link of its chain is missing."),
    Failure.LOOP: Row(_DEAD, "It redirects in a circle."),
    # Browsers give up as well: nobody arrives.
    Failure.TOO_MANY_REDIRECTS: Row(_DEAD, "It redirects again and again, and arrives nowhere."),
    Failure.NOWHERE: Row(_DEAD, "It redirects to nowhere: to no address, or to one that is no page on the web."),
    Failure.NO_FRAGMENT: Row(_DEAD, "The page is there, but not the place on it that the link points to."),
    Failure.TO_HOME: Row(_SOFT, "It redirects to the home page of the site instead of the page."),
    Failure.TO_OTHER_HOME: Row(_SOFT, "It redirects to the home page of another site."),
    Failure.ERROR_WORDS: Row(_SOFT, "The server answers as if all were well, but the page says that it is gone."),
    Failure.PARKED: Row(_SOFT, "The domain is parked, or for sale; the page is gone."),
    Failure.REFRESH_TO_ERROR: Row(_SOFT, "It sends its reader on by itself to an error."),
    Failure.LIKE_NONSENSE: Row(_SOFT, "The server says the same to an address that cannot exist."),
    Failure.BOT_WALL: Row(_RESTRICTED, "It wants to see a person, or a browser, before it lets anybody in."),
    Failure.LOGIN_WALL: Row(_RESTRICTED, "It asks its reader to log in."),
    Failure.NOT_ANSWERING_HOST: Row(_UNREACHABLE, "The host has not answered the visits before this one."),
    Failure.PRIVATE: Row(_REFUSED, "It leads to a private address, which is not visited."),
    Failure.BAD_PORT: Row(_REFUSED, "It leads to a port that browsers block."),
    Failure.SCHEME: Row(_REFUSED, "Only http and https are visited."),
    Failure.MALFORMED: Row(_REFUSED, "The address is malformed: no request can be made of it."),
    Failure.DEFANGED: Row(_REFUSED, "A defanged link is never visited."),
    Failure.POLICY: Row(_REFUSED, "The archive's rules say that it is not visited."),
    Failure.PUT_OFF: Row(_UNREACHABLE, "It was not asked for in this run."),
}
"""What a failure says, whatever came with it."""

_BROKEN_OFF = frozenset({Failure.TIMEOUT, Failure.RESET, Failure.EMPTY, Failure.NOT_HTTP, Failure.TLS})
_AFTER_A_REDIRECT = frozenset({Failure.SCHEME, Failure.MALFORMED})
"""Not visited when it is what the brief says; when a server says it, a way that leads nowhere."""
_PERMANENT = frozenset({301, 308})
_OK, _NOT_OK, _ERRORS, _NO_CONTENT = 200, 300, 400, frozenset({204, 205})
_USABLE = 200
"""Characters of a text that broke off which are enough to know it by."""
_NOISE = 8
"""Different bytes. What has no more of them in its first thousands is no page, whatever it claims."""

_ANSWERS = Said(Verdict.LIVE, None, "", "The page is there (200).")


def judge(answer: Answer, *, asked: Url) -> Said:
    """Judge an answer. `asked` is the address as cited, with its fragment."""
    if (
        answer.status == _OK
        and answer.failure is None
        and not answer.hops
        and "#" not in asked
        and answer.headers.get("content-type", "")[:9].lower() == "text/html"
        and not asked.endswith(DOCUMENTS)
        and is_unremarkable(answer.body)
        and wall_in_headers(_OK, answer.headers) is None
        and (answer.is_whole or not _is_noise(answer))
    ):
        return _ANSWERS
    return _judge(answer, asked)


def _judge(answer: Answer, asked: Url) -> Said:
    failure, status = answer.failure, answer.status
    if failure in _AFTER_A_REDIRECT and answer.hops:
        return _failed(answer, asked, Failure.NOWHERE)
    if failure and FAILURES[failure].says is _INSECURE:
        return _insecure(answer, asked, failure)
    if failure and not (failure in _BROKEN_OFF and (status >= _ERRORS or _OK <= status < _NOT_OK)):
        return _failed(answer, asked, failure)
    if _OK <= status < _NOT_OK:
        return _found(answer, asked)
    return _refused(answer, asked)


def _failed(answer: Answer, asked: Url, failure: Failure) -> Said:
    says, reason = FAILURES[failure]
    if answer.hops and says is _REFUSED:
        reason = f"It redirects to where this program does not go. {reason}"
    if answer.detail:
        reason = f"{reason[:-1]} ({answer.detail})."
    return Said(says, failure, _ended(answer, asked), reason)


def _insecure(answer: Answer, asked: Url, failure: Failure) -> Said:
    reason = FAILURES[failure].reason
    if answer.status:
        behind = _judge(answer._replace(failure=None), asked)
        reason = f"{reason} Behind it: {behind.reason}"
    elif answer.detail:
        reason = f"{reason[:-1]} ({answer.detail})."
    return Said(_INSECURE, failure, _ended(answer, asked), reason)


def _refused(answer: Answer, asked: Url) -> Said:
    """Judge a status that is no 2xx."""
    status, ended = answer.status, _ended(answer, asked)
    says, reason = STATUSES.get(status) or _HUNDREDS.get(status // 100, _NO_STATUS)
    if status // 100 == 3 and status != 304 and not answer.headers.get("location"):  # noqa: PLR2004
        return Said(Verdict.DEAD, Failure.NOWHERE, ended, FAILURES[Failure.NOWHERE].reason)
    # Who says 404 or 410 has looked. Any other refusal may be a wall's.
    page = None if says is _DEAD else read_page(answer.body, answer.headers.get("content-type", ""))
    wall = wall_in_headers(status, answer.headers) if says is _DEAD else wall_before(answer, page, asked)
    if wall:
        return Said(_RESTRICTED, wall.failure, ended, f"{wall.reason[:-1]} ({status}).")
    return Said(says, None, ended, reason.format(status=status))


def _found(answer: Answer, asked: Url) -> Said:
    """Judge an answer that claims to be the page."""
    ended, kind = _ended(answer, asked), answer.headers.get("content-type", "")
    page = read_page(answer.body, kind) if answer.status not in _NO_CONTENT else None
    if wall := wall_before(answer, page, asked):
        return Said(_RESTRICTED, wall.failure, ended, wall.reason)
    if page and (target := forwards_to(page, answer.url)) and is_login(target) and not is_login(asked):
        return Said(_RESTRICTED, Failure.LOGIN_WALL, ended, FAILURES[Failure.LOGIN_WALL].reason)
    if fault := _fault_of_body(answer, page):
        return Said(_UNREACHABLE, answer.failure, ended, fault)
    sign = _sign(answer, page, asked)
    if sign and sign.is_certain:
        return Said(_SOFT, sign.failure, ended, sign.reason)
    said = _there(answer, asked, page, kind)
    if sign and said.says is not Verdict.DEAD:
        return said._replace(suspicion=True, reason=f"{said.reason} But: {sign.reason}")
    return said


def _fault_of_body(answer: Answer, page: Page | None) -> str:
    """Say why what came of a page is not enough to know it by; empty where it is."""
    if answer.failure and not _is_usable(answer, page):
        return f"{FAILURES[answer.failure].reason[:-1]}: the page broke off before it said anything."
    if not answer.is_whole and _is_noise(answer):
        return "The server sends bytes without end that are no page."
    return ""


def _sign(answer: Answer, page: Page | None, asked: Url) -> Sign | None:
    way = sign_of_way(asked, answer.url) if answer.hops else None
    if answer.is_whole and (told := sign_of_json(answer.body, asked=asked)):
        return told
    if page is None:
        is_text = answer.headers.get("content-type", "").lower().startswith("text/plain")
        return way or (sign_of_text(decode(answer.body[:2000])) if is_text else None)
    told = sign_of_page(page, asked=asked, ended=answer.url)
    # Who parks a domain says so plainer than the way there.
    return told if told and (told.failure is Failure.PARKED or way is None) else way


def _there(answer: Answer, asked: Url, page: Page | None, kind: str) -> Said:
    """Judge a page that is there: at its address or at another, and with the place that the link points to."""
    ended, status = _ended(answer, asked), answer.status
    fragment = asked.partition("#")[2]
    lacks_place = bool(fragment) and (
        has_fragment(answer.body, kind, fragment, is_whole=answer.is_whole and not answer.failure) is False
    )
    target = forwards_to(page, answer.url) if page else None
    if _has_moved(answer, asked):
        codes = ", ".join(str(hop.status) for hop in answer.hops)
        lost = f" The place on it, #{fragment}, is not there any more." if lacks_place else ""
        return Said(
            Verdict.MOVED, None, ended, f"The page has moved for good ({codes}) to {ended}.{lost}", forwards_to=target
        )
    if lacks_place:
        reason = f"The page is there, but not the place on it that the link points to, #{fragment}."
        return Said(Verdict.DEAD, Failure.NO_FRAGMENT, ended, reason)
    note = ""
    if answer.failure:
        note = " It broke off, after enough had come to know it by."
    elif ended and not is_same_page(asked, ended):
        note = f" For now the way there leads to {ended}."
    elif page and not answer.body.strip():
        note = " It is blank."
    return Said(Verdict.LIVE, None, ended, f"The page is there ({status}).{note}", forwards_to=target)


def _has_moved(answer: Answer, asked: Url) -> bool:
    """Tell whether every step that led away from a page was for good.

    A step to the same page (another scheme, a cookie to be set) says nothing of where the page is, so it may be of
    either kind; one temporary step elsewhere, and the address where the way ended today is no better than the asked.
    """
    if not answer.hops or is_same_page(asked, answer.url) or is_home(answer.url) or is_lasting(asked):
        return False
    stops = [*(hop.url for hop in answer.hops), answer.url]
    steps = zip(answer.hops, stops[1:], strict=True)
    return all(hop.status in _PERMANENT or is_same_page(hop.url, there) for hop, there in steps)


def _ended(answer: Answer, asked: Url) -> str:
    stayed = not answer.hops or answer.url in {answer.request.url, asked.partition("#")[0]}
    return "" if stayed else answer.url


def _is_usable(answer: Answer, page: Page | None) -> bool:
    if page is None:
        return len(answer.body) >= _USABLE and not _is_noise(answer)
    has_title = bool(page.title) and b"</title" in answer.body.lower()
    return has_title or (page.text_length >= _USABLE and not _is_noise(answer))


def _is_noise(answer: Answer) -> bool:
    kind = answer.headers.get("content-type", "text/html")[:5].lower()
    return kind == "text/" and len(set(answer.body[:4096])) <= _NOISE


def judge_beside(said: Said, answer: Answer, sibling: Answer, *, asked: Url, home: Answer | None = None) -> Said:
    """Judge a suspicion again, beside what the server answers to nonsense, and to its home page where that is known."""
    page, other = _page(answer), _page(sibling)
    if page is None or other is None or not said.suspicion or not _OK <= sibling.status < _NOT_OK:
        return said._replace(suspicion=False)
    at_home = _page(home) if home else None
    if not like_nonsense(page, other, asked=asked, sibling_url=sibling.url, home=at_home):
        return said._replace(suspicion=False)
    return Said(_SOFT, Failure.LIKE_NONSENSE, said.final_url, FAILURES[Failure.LIKE_NONSENSE].reason)


def judge_forwarded(said: Said, there: Said, *, asked: Url) -> Said:
    """Judge a page again that sends its reader on by itself, after what is there has been judged by itself."""
    target = said.forwards_to
    if target is None:
        return said
    if there.says.is_gone:
        reason = f"It sends its reader on by itself to {target}, and there: {there.reason}"
        return Said(_SOFT, Failure.REFRESH_TO_ERROR, said.final_url, reason)
    if there.says is _RESTRICTED:
        return Said(_RESTRICTED, there.failure, said.final_url, there.reason)
    sign = sign_of_way(asked, there.final_url or target, "It sends its reader on by itself")
    if sign:
        return Said(_SOFT, sign.failure, said.final_url, sign.reason)
    return said._replace(forwards_to=None)


def _page(answer: Answer) -> Page | None:
    return read_page(answer.body, answer.headers.get("content-type", ""))
