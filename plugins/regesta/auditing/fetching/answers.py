"""What is asked of a server, and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from regesta.model.urls import Url
    from regesta.model.verdicts import Failure

__all__ = ["Answer", "Fetcher", "Hop", "Request"]


class Request(NamedTuple):
    """One address to ask for, and how."""

    url: Url
    """Without credentials and fragment."""
    key: object = None
    """Whatever the asker knows the answer by; it comes back as it was given."""
    headers: tuple[tuple[str, str], ...] = ()
    """Beside those that every request has."""
    body_limit: int = 0
    """Bytes of the body that are wanted, after decompression; 0 for the fetcher's usual limit."""
    follows: bool = True
    """Whether redirects are followed."""
    post: bytes | None = None
    """A body to send; without one it is a GET."""


class Hop(NamedTuple):
    """One redirect on the way."""

    url: str
    status: int


class Answer(NamedTuple):
    """What came of a request, at the end of its redirects."""

    request: Request
    url: Url
    """Where the way ended."""
    status: int
    """Of the last answer; 0 without one."""
    headers: Mapping[str, str]
    """Of the last answer, by name in lower case; without control characters."""
    body: bytes
    """As much of it as was wanted, decompressed."""
    is_whole: bool
    """Whether that is all of it."""
    hops: tuple[Hop, ...] = ()
    """The redirects before it."""
    failure: Failure | None = None
    """What ended the way without an answer that counts; `status` may still be that of the last answer."""
    detail: str = ""
    """More about the failure: the host, the address, what lies behind a bad certificate."""


class Fetcher(Protocol):
    """Asks for many addresses at once, as politely as each host wants it."""

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Give the answers as they come. `requests` is read as far as there is room for more."""

    def add(self, request: Request, *, first: bool = False) -> None:
        """Ask for one more, while answers are being given: it comes before those that still wait in `requests`.

        With `first` it is the next of its host.
        """
