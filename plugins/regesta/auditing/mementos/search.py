"""The search for one copy, without a network: it gives requests and is sent their answers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from ada_url import join_url

from regesta.auditing.fetching.answers import Request
from regesta.auditing.judging.judge import judge
from regesta.auditing.mementos.captures import (
    Capture,
    capture_at,
    links_of,
    nearest,
    read_index,
    read_links,
    read_moment,
)
from regesta.auditing.mementos.servers import ServerKind
from regesta.model.mementos import stamp
from regesta.model.urls import Url, parse_url
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import date

    from regesta.auditing.fetching.answers import Answer
    from regesta.auditing.mementos.servers import MementoServer

    Steps = Generator[Request, Answer, "Outcome"]

__all__ = ["Errand", "MementoState", "Outcome", "look_at", "search"]


class MementoState(StrEnum):
    """What came of the question for a copy."""

    FOUND = "found"
    NONE = "none"
    """The archive has none that shows the page."""
    REFUSED = "refused"
    """It may not be kept or shown: the site or the law forbids it."""
    NOT_ANSWERED = "not-answered"
    """To be asked another time."""


class Outcome(NamedTuple):
    """The end of a search."""

    state: MementoState
    url: Url | None = None
    """Of the copy, as readers open it."""
    time: datetime | None = None
    """When it was made, as the archive says; also of one that was looked at and shows no page."""
    reason: str = ""
    """In words, where there is no copy."""


_KEPT_BACK = Outcome(MementoState.REFUSED, reason="The archive may not keep or show it.")
_NO_COPY = Outcome(MementoState.NONE, reason="The archive has no copy.")


class Errand(Enum):
    """What a request of a search is for: each kind has a pace of its own."""

    QUESTION = "question"
    VISIT = "visit"


_OK, _CLIENT_ERROR, _FORBIDDEN_BY_LAW = 200, 400, 451
_NOT_THERE = frozenset({404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_VISITS = 3
_MOST_CAPTURES = 100
_NO_ERRORS = "!statuscode:%5B345%5D.."
"""As the Wayback Machine has it; to pywb it means nothing, so errors are left out here as well. A filter for 200 would
leave out captures that were the same as an earlier one, which have no status: of an unchanging page that is most."""
_MOST_HOPS = 2
_FAR_AWAY = timedelta(days=31)
"""An archive that leads on from the copy it has named to one this far from it has lost the first."""
_INDEX_LIMIT, _VISIT_LIMIT, _TIMEMAP_LIMIT = 256 * 1024, 128 * 1024, 1024 * 1024


def search(page: Url, day: date, *, server: MementoServer) -> Steps:
    """Look for the copy of a page nearest the noon of a day.

    It gives the requests that are to be made, one by one, is sent each answer, and returns the outcome.
    """
    page = Url(page.partition("#")[0])
    look = _ask_index if server.kind is ServerKind.CDX else _ask_timegate
    return (yield from look(page, datetime.combine(day, time(12), UTC), server))


def _ask_index(page: Url, wanted: datetime, server: MementoServer) -> Steps:
    asked = (
        f"url={quote(page, safe='')}&closest={stamp(wanted)}&sort=closest&limit={_MOST_CAPTURES}"
        f"&output=json&filter={_NO_ERRORS}"
    )
    joint = "&" if "?" in server.address else "?"
    answer = yield Request(
        Url(f"{server.address}{joint}{asked}"), Errand.QUESTION, body_limit=_INDEX_LIMIT, follows=False
    )
    if outcome := _trouble(answer):
        return outcome
    if answer.status in _NOT_THERE and b"no captures" in answer.body.lower():
        return _NO_COPY
    captures = None
    if answer.status == _OK and answer.is_whole:
        captures = read_index(answer.body, page=page, replay=server.replay, hosts=server.hosts)
    if captures is None:
        return _no_answer(answer)
    shown = [capture for capture in captures if capture.may_be_shown]
    if captures and not shown:
        return _KEPT_BACK
    return (yield from _visits(page, nearest(shown, wanted), server))


def _ask_timegate(page: Url, wanted: datetime, server: MementoServer) -> Steps:
    address = parse_url(server.address + page)
    if address is None:
        return Outcome(MementoState.NOT_ANSWERED, reason="The page's address cannot stand behind the TimeGate's.")
    headers = (("Accept-Datetime", format_datetime(wanted, usegmt=True)),)
    answer = yield Request(address, Errand.QUESTION, headers, body_limit=1024, follows=False)
    named, timemap = _named(answer, page, server)
    if not named:
        return _trouble(answer) or (_NO_COPY if answer.status in _NOT_THERE else _no_answer(answer))
    first = nearest(named, wanted)[:1]
    outcome = yield from _visits(page, first, server)
    if outcome.state is MementoState.FOUND or timemap is None:
        return outcome
    answer = yield Request(timemap, Errand.QUESTION, body_limit=_TIMEMAP_LIMIT)
    listed = links_of(read_links(answer.body.decode("utf-8", "replace")), page=page, hosts=server.hosts)
    others = [capture for capture in nearest(listed, wanted) if capture not in first]
    if not others:
        return outcome
    return (yield from _visits(page, others, server, visits=_MOST_VISITS - 1))


def _named(answer: Answer, page: Url, server: MementoServer) -> tuple[list[Capture], Url | None]:
    """Read which copy a TimeGate names, wherever it names it, and where it lists all."""
    links = list(read_links(answer.headers.get("link", "")))
    lists = (_resolve(link.url, answer) for link in links if "timemap" in link.rels)
    timemap = next((url for url in lists if url and _lies_with(url, server)), None)
    for header in ("location", "content-location"):
        url = _resolve(answer.headers.get(header, ""), answer)
        if url and (capture := capture_at(url, page=page, hosts=server.hosts)):
            return [capture], timemap
    return links_of(links, page=page, hosts=server.hosts), timemap


def _resolve(written: str, answer: Answer) -> Url | None:
    """Read an address against that of the answer that names it."""
    try:
        return parse_url(join_url(answer.url, written))
    except (ValueError, UnicodeError):
        return None


def _lies_with(url: Url, server: MementoServer) -> bool:
    """Say whether an address that the server names is on the server itself: no other is asked on its word."""
    return url.partition("://")[2].partition("/")[0] == server.address.partition("://")[2].partition("/")[0]


def _visits(page: Url, captures: list[Capture], server: MementoServer, *, visits: int = _MOST_VISITS) -> Steps:
    """Look at copies, the nearest first, until one shows the page."""
    if not captures:
        return _NO_COPY
    outcomes = []
    for capture in captures[:visits]:
        outcome = yield from look_at(page, capture, server)
        if outcome.state is MementoState.FOUND:
            return outcome
        outcomes.append(outcome)
    # While one of them could not be looked at, nothing is certain; what may not be shown is not "none".
    for state in (MementoState.NOT_ANSWERED, MementoState.REFUSED):
        if unsure := next((outcome for outcome in outcomes if outcome.state is state), None):
            return unsure
    return Outcome(MementoState.NONE, reason=outcomes[0].reason)


def look_at(page: Url, capture: Capture, server: MementoServer) -> Steps:
    """Look at one copy, as it was taken, without what the archive adds; redirects within the archive are followed."""
    at = capture
    for _ in range(_MOST_HOPS + 1):
        answer = yield Request(_as_taken(at.url), Errand.VISIT, body_limit=_VISIT_LIMIT, follows=False)
        if answer.status not in _REDIRECTS:
            return _judge_copy(answer, page, capture, at)
        target = _resolve(answer.headers.get("location", ""), answer)
        onward = capture_at(target, page=page, hosts=server.hosts) if target else None
        if onward is None:
            return Outcome(MementoState.NONE, reason="The copy is of a redirect.")
        at = onward
    return Outcome(MementoState.NONE, reason="The copy leads on and on.")


_STAMP = re.compile(r"/(\d{14})/")


def _as_taken(url: Url) -> Url:
    return Url(_STAMP.sub(r"/\1id_/", url, count=1))


def _judge_copy(answer: Answer, page: Url, named: Capture, at: Capture) -> Outcome:
    taken = read_moment(answer.headers.get("memento-datetime", ""))
    if answer.status != _OK or answer.failure:
        if taken and answer.status >= _CLIENT_ERROR:
            return Outcome(
                MementoState.NONE, time=taken, reason=f"The copy of {taken.date()} is of an answer {answer.status}."
            )
        if answer.status in _NOT_THERE:
            return Outcome(MementoState.NONE, reason=f"The copy of {at.time.date()} is listed and not there.")
        return _trouble(answer) or _no_answer(answer)
    moment = taken or at.time
    if abs(moment - named.time) > _FAR_AWAY:
        return Outcome(
            MementoState.NONE, reason=f"For the copy of {named.time.date()} that of {moment.date()} is shown."
        )
    # A bot wall that was archived is no copy of the page. What is judged is the page's answer, as it was given then.
    headers = {name.removeprefix(_GIVEN_THEN): value for name, value in answer.headers.items()}
    said = judge(answer._replace(url=page, headers=headers, hops=()), asked=page)
    if said.says is not Verdict.LIVE or said.forwards_to:
        why = said.reason or "It sends its reader on."
        return Outcome(MementoState.NONE, time=moment, reason=f"The copy of {moment.date()} shows no page. {why}")
    return Outcome(MementoState.FOUND, at.url, moment)


_GIVEN_THEN = "x-archive-orig-"
"""Stands before the names of the page's own headers in answers of the Wayback Machine."""


_FORBIDDEN = re.compile(
    rb"AdministrativeAccessControlException|RobotAccessControlException|Blocked Site Error|Blocked By Robots"
    rb"|excluded from the Wayback Machine|Access Blocked"
)


def _trouble(answer: Answer) -> Outcome | None:
    """Tell apart what an archive may not show, and what says nothing of the page."""
    error = answer.headers.get("x-archive-wayback-runtime-error", "").encode("utf-8", "replace")
    is_error = answer.status >= _CLIENT_ERROR
    if answer.status == _FORBIDDEN_BY_LAW or (is_error and _FORBIDDEN.search(error + b" " + answer.body[:8192])):
        return _KEPT_BACK
    # A bare 403 is as likely meant for us as for the page.
    if answer.failure or (is_error and answer.status not in _NOT_THERE):
        return _no_answer(answer)
    return None


def _no_answer(answer: Answer) -> Outcome:
    said = answer.failure.value if answer.failure else f"it answered {answer.status}"
    return Outcome(MementoState.NOT_ANSWERED, reason=f"The archive gave no answer of use ({said}).")
