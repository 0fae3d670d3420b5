"""A plain fetcher for tests: one request after another, by the standard library."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ada_url import URL

from regesta.auditing.answers import Answer, Hop, Request
from regesta.model.urls import Url
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class PlainFetcher:
    """Asks over http alone, and keeps what it was asked."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.asked: list[Request] = []

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Give the answers one by one."""
        for request in requests:
            self.asked.append(request)
            yield self._fetch(request)

    def add(self, request: Request) -> None:
        """Leave it: no test asks for it."""
        raise NotImplementedError(request)

    def _fetch(self, request: Request) -> Answer:
        url, hops = request.url, []
        for _ in range(6):
            parsed = URL(url)
            connection = HTTPConnection(parsed.host, timeout=20)
            try:
                method = "GET" if request.post is None else "POST"
                connection.request(method, parsed.pathname + parsed.search, request.post, dict(request.headers))
                response = connection.getresponse()
                body = response.read()
            except (OSError, HTTPException) as error:
                return Answer(request, url, 0, {}, b"", False, tuple(hops), Failure.REFUSED_CONNECTION, str(error))  # noqa: FBT003
            finally:
                connection.close()
            headers = {name.lower(): value for name, value in response.getheaders()}
            if not (request.follows and response.status in {301, 302, 303, 307, 308} and "location" in headers):
                limit = request.body_limit or len(body)
                return Answer(request, url, response.status, headers, body[:limit], len(body) <= limit, tuple(hops))
            hops.append(Hop(url, response.status))
            url = Url(urljoin(url, headers["location"]))
        return Answer(request, url, 0, {}, b"", False, tuple(hops), Failure.TOO_MANY_REDIRECTS)  # noqa: FBT003
