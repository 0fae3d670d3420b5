"""What visits to an address say, one by one, and what they amount to."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Failure", "Observation", "Verdict"]


class Verdict(StrEnum):
    """What the observations of a URL amount to. The order of the members is that of lists and bars."""

    LIVE = "live"
    """It answers with a page that is there."""
    MOVED = "moved"
    """It leads for good to a live page elsewhere."""
    DEAD = "dead"
    """The page is gone: 404, 410, no such host, a way that leads nowhere. Confirmed."""
    FAILING = "failing"
    """The evidence of `dead` or `soft-404`, not confirmed yet."""
    SOFT_404 = "soft-404"
    """It answers as if all were well, and the page is gone. Confirmed."""
    RESTRICTED = "restricted"
    """A program is turned away; a person may see it. Never counted as rot."""
    INSECURE = "insecure"
    """Its certificate has expired, is another host's, or nobody vouches for it."""
    UNREACHABLE = "unreachable"
    """No answer, or one that says the server is in trouble. It may come back."""
    REFUSED = "refused"
    """Not visited, by policy."""
    UNCHECKED = "unchecked"
    """Not visited yet."""

    @property
    def is_verifiable(self) -> bool:
        """Whether a reader finds the page there without an archived copy."""
        return self in {Verdict.LIVE, Verdict.MOVED}

    @property
    def is_known(self) -> bool:
        """Whether anybody has looked."""
        return self not in {Verdict.REFUSED, Verdict.UNCHECKED}

    @property
    def is_gone(self) -> bool:
        """Whether the page is gone for certain."""
        return self in {Verdict.DEAD, Verdict.SOFT_404}


class Failure(StrEnum):
    """What one visit ran into. A closed set: each has its verdict and its words in one table."""

    NO_HOST = "no-such-host"
    NO_NAME_ANSWER = "name-not-answered"
    REFUSED_CONNECTION = "connection-refused"
    TIMEOUT = "timeout"
    RESET = "connection-lost"
    EMPTY = "empty-answer"
    NOT_HTTP = "not-an-http-answer"
    TOO_LARGE_HEADER = "header-too-large"
    TLS = "tls-failed"
    EXPIRED = "certificate-expired"
    WRONG_HOST = "certificate-of-another-host"
    UNTRUSTED = "certificate-untrusted"
    LOOP = "redirect-loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    NOWHERE = "redirect-to-nowhere"
    NO_FRAGMENT = "fragment-missing"
    TO_HOME = "redirect-to-home-page"
    TO_OTHER_HOME = "redirect-to-another-home-page"
    ERROR_WORDS = "says-not-found"
    PARKED = "parked-domain"
    REFRESH_TO_ERROR = "refresh-to-error"
    LIKE_NONSENSE = "answers-like-nonsense"
    BOT_WALL = "bot-wall"
    LOGIN_WALL = "login-wall"
    NOT_ANSWERING_HOST = "host-not-answering"
    PRIVATE = "private-address"
    BAD_PORT = "blocked-port"
    SCHEME = "scheme-not-visited"
    MALFORMED = "malformed"
    DEFANGED = "defanged"
    POLICY = "skipped-by-policy"
    PUT_OFF = "put-off"
    """Not asked in this run, which says nothing of the link: it stays due."""


class Observation(NamedTuple):
    """One visit to a URL."""

    at: date
    """The day, in UTC."""
    vantage: str
    """From where, as the archive calls the place; empty where it gives no name."""
    says: Verdict
    """What this visit alone would amount to: `dead` for a 404, never `failing`."""
    status: int
    """Of the last answer; 0 without one."""
    final_url: str
    """Where the way ended; empty when that is the URL itself."""
    failure: Failure | None
    reason: str
    """In words, for people: `The server says that there is no such page (404).`"""
