"""Has an archive make a copy of a page, without a network: it gives requests and is sent their answers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from ada_url import join_url

from regesta.auditing.fetching.answers import Request
from regesta.auditing.mementos.captures import capture_at
from regesta.auditing.mementos.search import MementoState, look_at, search
from regesta.model.cleaning import clean_text
from regesta.model.mementos import stamp
from regesta.model.urls import Url, parse_url

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import date, datetime

    from regesta.auditing.fetching.answers import Answer
    from regesta.auditing.mementos.captures import Capture
    from regesta.auditing.mementos.search import Outcome
    from regesta.auditing.mementos.servers import MementoServer

    Steps = Generator[Request, Answer, "Saved"]

__all__ = ["SAVE_PAGE_NOW", "SaveErrand", "SaveServer", "SaveState", "Saved", "save"]


class SaveState(StrEnum):
    """What came of a request for a copy."""

    SAVED = "saved"
    UNDERWAY = "under way"
    """Accepted; where the copy is, a later audit will find."""
    FAILED = "failed"
    """The archive could not, or may not, make one that shows the page."""
    NOT_ANSWERED = "not answered"


class Saved(NamedTuple):
    """What came of a request for a copy, and where the copy is."""

    state: SaveState
    url: Url | None = None
    time: datetime | None = None
    reason: str = ""
    """In words, where there is no copy."""


class SaveErrand(Enum):
    """What a request is for: each kind has a pace of its own."""

    SUBMIT = "submit"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveServer:
    """An archive that makes copies when asked to."""

    address: str
    """Before the page's own address (`GET <address><page>`); with keys, what is posted to is this without its slash."""
    copies: MementoServer
    """Where its copies are."""
    keys: tuple[str, str] | None = None
    """The S3 keys of an account with the Internet Archive: access and secret."""


SAVE_PAGE_NOW = "https://web.archive.org/save/"
"""Save Page Now of the Wayback Machine."""

_MOST_LOOKS = 30
"""How often a job is asked about: most are done within a minute or two."""
_LIMIT = 256 * 1024


def save(page: Url, *, server: SaveServer, today: date) -> Steps:
    """Have a copy made, and look at it once it is there."""
    page = Url(page.partition("#")[0])
    request = _posted(page, server) if server.keys else _plain(page, server)
    if request is None:
        return Saved(SaveState.FAILED, reason="Its address cannot stand behind that of the archive.")
    answer = yield request
    if (capture := _named(answer, page, server)) is not None:
        return (yield from _check(page, capture, server))
    told = _told(answer)
    if (job := _job(answer, told)) is not None:
        return (yield from _wait_for(job, page, server))
    if why := _refusal(answer, told):
        return why
    # An archive that names no copy, such as pywb, is asked for it like any other.
    return _of_search((yield from search(page, today, server=server.copies)), today)


def _posted(page: Url, server: SaveServer) -> Request | None:
    address = parse_url(server.address.rstrip("/"))
    if address is None or server.keys is None:
        return None
    headers = (
        ("Accept", "application/json"),
        ("Authorization", f"LOW {server.keys[0]}:{server.keys[1]}"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    )
    body = urlencode({"url": page, "skip_first_archive": "1"}).encode("ascii")
    return Request(address, SaveErrand.SUBMIT, headers, _LIMIT, follows=False, post=body)


def _plain(page: Url, server: SaveServer) -> Request | None:
    address = parse_url(f"{server.address}{page}")
    return Request(address, SaveErrand.SUBMIT, (), _LIMIT, follows=False) if address else None


def _named(answer: Answer, page: Url, server: SaveServer) -> Capture | None:
    """Read where the answer says that the copy is."""
    for header in ("content-location", "location"):
        if written := answer.headers.get(header):
            try:
                url = parse_url(join_url(answer.url, written))
            except ValueError:
                continue
            capture = capture_at(url, page=page, hosts=server.copies.hosts) if url else None
            # Beneath another address of the same host a page may be saved once more, instead of being shown.
            home = server.copies.replay or server.copies.address
            if capture and capture.url.startswith(f"{home}{stamp(capture.time)}/"):
                return capture
    return None


_JOB = re.compile(rb"\bspn2-[0-9a-f]{8,64}\b")


def _job(answer: Answer, told: dict[str, object]) -> str | None:
    """Give the job's number; without an account it stands in a page, in a script."""
    job = told.get("job_id")
    if isinstance(job, str) and re.fullmatch(r"[\w-]{1,100}", job, re.ASCII):
        return job
    found = _JOB.search(answer.body) if answer.status == _OK else None
    return found[0].decode("ascii") if found else None


_OK, _ERROR = 200, 400


def _told(answer: Answer) -> dict[str, object]:
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _words(told: dict[str, object]) -> str:
    message = told.get("message")
    return clean_text(message)[:300] if isinstance(message, str) else ""


_UNKNOWN_KEYS = "The archive does not know the keys in IA_ACCESS_KEY and IA_SECRET_KEY."
_BUSY = frozenset({"error:user-session-limit", "error:too-many-requests", "error:service-unavailable"})


def _refusal(answer: Answer, told: dict[str, object]) -> Saved | None:
    if answer.status == 401:  # noqa: PLR2004 - HTTP's own number
        return Saved(SaveState.NOT_ANSWERED, reason=_words(told) or _UNKNOWN_KEYS)
    if told.get("status") == "error":
        return _failed(told)
    if answer.failure or answer.status >= _ERROR or not answer.status:
        said = answer.failure.value if answer.failure else f"it answered {answer.status}"
        return Saved(SaveState.NOT_ANSWERED, reason=f"The archive gave no answer of use ({said}).")
    return None


def _failed(told: dict[str, object]) -> Saved:
    state = SaveState.NOT_ANSWERED if told.get("status_ext") in _BUSY else SaveState.FAILED
    return Saved(state, reason=_words(told) or "The archive says that it could not.")


def _wait_for(job: str, page: Url, server: SaveServer) -> Steps:
    """Ask about a job until it is done."""
    address = Url(f"{server.address.rstrip('/')}/status/{job}")
    headers = (("Accept", "application/json"), *_key_header(server))
    for _ in range(_MOST_LOOKS):
        answer = yield Request(address, SaveErrand.STATUS, headers, _LIMIT, follows=False)
        told = _told(answer)
        if told.get("status") == "success":
            return (yield from _done(told, page, server))
        if why := _refusal(answer, told):
            return why
    return Saved(SaveState.UNDERWAY, reason="The archive is still at it.")


def _key_header(server: SaveServer) -> tuple[tuple[str, str], ...]:
    return (("Authorization", f"LOW {server.keys[0]}:{server.keys[1]}"),) if server.keys else ()


def _done(told: dict[str, object], page: Url, server: SaveServer) -> Steps:
    home = f"{server.copies.replay}{told.get('timestamp')}/"
    for text in (f"{home}{told.get('original_url') or page}", f"{home}{page}"):
        url = parse_url(text)
        if url and (capture := capture_at(url, page=page, hosts=server.copies.hosts)):
            return (yield from _check(page, capture, server))
    return Saved(SaveState.UNDERWAY, reason="The archive does not say where the copy is.")


def _check(page: Url, capture: Capture, server: SaveServer) -> Steps:
    """Look at the copy: archives meet bot walls too."""
    outcome = yield from look_at(page, capture, server.copies)
    if outcome.state is MementoState.FOUND:
        return Saved(SaveState.SAVED, outcome.url, outcome.time)
    if outcome.state is MementoState.NONE and outcome.time:
        return Saved(SaveState.FAILED, reason=outcome.reason)
    # What is not there yet will be.
    return Saved(SaveState.UNDERWAY, reason=outcome.reason)


def _of_search(outcome: Outcome, today: date) -> Saved:
    # Only a copy of these days is the one that was just made.
    if outcome.time and abs((outcome.time.date() - today).days) <= 1:
        return Saved(SaveState.SAVED, outcome.url, outcome.time)
    if outcome.state is MementoState.NOT_ANSWERED:
        # Whoever took the page may be a portal on the way: only the archive itself can say that it has it.
        return Saved(SaveState.NOT_ANSWERED, reason=outcome.reason)
    return Saved(SaveState.UNDERWAY, reason="The archive has taken the page, and does not list it yet.")
