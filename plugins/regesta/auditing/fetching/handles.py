"""One transfer of libcurl: what it is given before, and what it gathers.

libcurl is told as little as possible: redirects, names, retries and cookies from link to link are not its business.
"""

from __future__ import annotations

import os
import socket
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

import pycurl

from regesta.auditing.fetching.headers import what_follows
from regesta.auditing.fetching.under_way import USUAL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regesta.auditing.fetching.proxies import Proxy
    from regesta.auditing.fetching.under_way import Manner

__all__ = ["Handle", "trusted_certificates"]

_ENCODINGS = "gzip, deflate, br"
_DISALLOW_USERNAME_IN_URL = 278
"""CURLOPT_DISALLOW_USERNAME_IN_URL, which this library has no name for."""
_SUPPRESS_CONNECT_HEADERS = 265
"""Likewise: what the proxy says of a tunnel is no header of the page."""
_WEB = pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS
_LONGEST_CONNECT = 10.0
"""Seconds for a connection to be made, of those that a link has."""
_SLOW_BYTES, _SLOW_SECONDS, _SLOW_SHARE = 100, 5, 0.5
"""A server that sends less for so long is not answering: this ends bodies and headers that drip. But one that thinks
before it sends the first byte looks the same, so that a share of a link's time is allowed where that is more."""
_NOT_READ = 16 * 1024
"""Bytes of what nobody reads: the bodies of redirects, and of files that are no pages."""
_OF_AN_ERROR = 64 * 1024
"""Bytes of the page of an error: most are not longer, and to end one early costs the connection."""
_BUFFER = 64 * 1024


class Handle:
    """An easy handle, used for one transfer after another."""

    __slots__ = ("_header", "_limit", "_manner", "_posts", "_seconds", "_size", "_why_refused", "curl", "lines",
                 "parts", "refused")  # fmt: skip

    def __init__(self, why_refused: Callable[[str], str], certificates: str, proxy: Proxy | None = None) -> None:
        """Set what holds for every transfer. `why_refused` judges each address that is connected to."""
        self._why_refused = why_refused
        self.lines: list[bytes] = []
        """Of the header that came."""
        self.parts: list[bytes] = []
        self.refused = ""
        """Why an address was not connected to, if one was not."""
        self._size = self._limit = 0
        self._seconds = 0.0
        self._header: list[str] | None = None
        self._manner = USUAL
        self._posts = False
        curl = self.curl = pycurl.Curl()
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.PROXY, proxy.url if proxy else "")
        curl.setopt(pycurl.NOPROXY, "")  # otherwise the variable no_proxy of the environment counts
        if proxy:
            curl.setopt(_SUPPRESS_CONNECT_HEADERS, 1)
            if proxy.credentials:
                curl.setopt(pycurl.PROXYUSERNAME, proxy.credentials[0])
                curl.setopt(pycurl.PROXYPASSWORD, proxy.credentials[1])
        curl.setopt(pycurl.FOLLOWLOCATION, 0)
        curl.setopt(pycurl.PATH_AS_IS, 1)
        curl.setopt(pycurl.HTTP09_ALLOWED, 0)
        curl.setopt(pycurl.HTTPAUTH, 0)
        curl.setopt(pycurl.NETRC, 0)
        curl.setopt(_DISALLOW_USERNAME_IN_URL, 1)
        curl.setopt(pycurl.PROTOCOLS, _WEB)
        curl.setopt(pycurl.REDIR_PROTOCOLS, _WEB)
        curl.setopt(pycurl.LOW_SPEED_LIMIT, _SLOW_BYTES)
        curl.setopt(pycurl.COOKIEFILE, "")
        curl.setopt(pycurl.CAINFO, certificates)
        curl.setopt(pycurl.SSL_VERIFYPEER, 1)
        curl.setopt(pycurl.SSL_VERIFYHOST, 2)
        curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
        curl.setopt(pycurl.ACCEPT_ENCODING, _ENCODINGS)
        curl.setopt(pycurl.BUFFERSIZE, _BUFFER)
        curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)
        # Whatever it would look up was not given to it: that is a mistake of ours, and no link's.
        curl.setopt(pycurl.RESOLVER_START_FUNCTION, _refuse)
        curl.setopt(pycurl.WRITEFUNCTION, self._take)
        # libcurl itself ends a header past 300 KB; a method of our own a line would cost more than all else here.
        curl.setopt(pycurl.HEADERFUNCTION, self.lines.append)

    def ask(  # noqa: PLR0913 - all that one request may differ in
        self,
        url: str,
        *,
        header: list[str],
        known_as: str,
        seconds: float,
        limit: int,
        keep_cookies: bool,
        manner: Manner,
        post: bytes | None,
    ) -> None:
        """Make ready for one request. `known_as` is `host:port:address`; empty where libcurl was told already."""
        curl = self.curl
        self.lines.clear()
        self.parts = []
        self.refused = ""
        self._size, self._limit = 0, limit
        curl.setopt(pycurl.URL, url)
        if header is not self._header:
            self._header = header
            curl.setopt(pycurl.HTTPHEADER, header)
        if known_as:
            curl.setopt(pycurl.RESOLVE, [known_as])
        if seconds != self._seconds:
            self._seconds = seconds
            curl.setopt(pycurl.TIMEOUT_MS, max(1, int(seconds * 1000)))
            curl.setopt(pycurl.CONNECTTIMEOUT_MS, max(1, int(min(seconds, _LONGEST_CONNECT) * 1000)))
            curl.setopt(pycurl.LOW_SPEED_TIME, max(_SLOW_SECONDS, int(seconds * _SLOW_SHARE)))
        if not keep_cookies:
            curl.setopt(pycurl.COOKIELIST, "ALL")
        if manner is not self._manner:
            self._take_manner(manner)
        if post is not None or self._posts:
            self._take_post(post)

    def _take_manner(self, manner: Manner) -> None:
        """Set what is seldom otherwise."""
        self._manner = manner
        curl = self.curl
        if manner.decode:
            curl.setopt(pycurl.ACCEPT_ENCODING, _ENCODINGS)
        else:
            curl.unsetopt(pycurl.ACCEPT_ENCODING)
        version = pycurl.CURL_HTTP_VERSION_2TLS if manner.http2 else pycurl.CURL_HTTP_VERSION_1_1
        curl.setopt(pycurl.HTTP_VERSION, version)
        curl.setopt(pycurl.SSL_VERIFYPEER, 1 if manner.verify else 0)
        curl.setopt(pycurl.SSL_VERIFYHOST, 2 if manner.verify else 0)
        # No other transfer may go over a connection whose other end may be anybody.
        curl.setopt(pycurl.FRESH_CONNECT, 0 if manner.verify else 1)
        curl.setopt(pycurl.FORBID_REUSE, 0 if manner.verify else 1)

    def _take_post(self, post: bytes | None) -> None:
        self._posts = post is not None
        if post is None:
            self.curl.setopt(pycurl.HTTPGET, 1)
        else:
            self.curl.setopt(pycurl.POSTFIELDS, post)

    def cookies(self) -> list[str]:
        """Give the cookies that are held, in the lines of Netscape's old file."""
        return list(self.curl.getinfo(pycurl.INFO_COOKIELIST))

    def close(self) -> None:
        """Give it back to the system."""
        self.curl.close()

    @property
    def body(self) -> bytes:
        """What came of the body, decompressed, and no more than was wanted."""
        return b"".join(self.parts)[: self._limit]

    @property
    def was_cut(self) -> bool:
        """Whether we ended the transfer, because enough had come."""
        return self._size > self._limit

    def _take(self, data: bytes) -> int | None:
        if not self.parts:
            status, is_page = what_follows(self.lines)
            if status == b"3" or not is_page:
                self._limit = min(self._limit, _NOT_READ)
            elif status != b"2":
                self._limit = min(self._limit, _OF_AN_ERROR)
        self.parts.append(data)
        self._size += len(data)
        return -1 if self._size > self._limit else None

    def _open_socket(self, _purpose: int, address: tuple[int, int, int, tuple[object, ...]]) -> object:
        """Vet the very address that is connected to."""
        family, kind, protocol, place = address
        if family not in {socket.AF_INET, socket.AF_INET6}:
            self.refused = "it is no internet address"
            return pycurl.SOCKET_BAD
        why = self._why_refused(str(place[0]))
        if why:
            self.refused = why
            return pycurl.SOCKET_BAD
        return _Lent(family, kind, protocol)


class _Lent(socket.socket):
    """A socket of which libcurl takes a copy: ours is closed as soon as it has."""

    def __del__(self) -> None:
        self.close()


def _refuse(*_: object) -> int:
    return 1


_PLACES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # macOS, BSD
)


def trusted_certificates(environment: Mapping[str, str], exists: Callable[[str], bool] = os.path.isfile) -> str:
    """Give the file of certificates that are trusted: `SSL_CERT_FILE`, the system's, or that of the library certifi.

    Empty where there is none.
    """
    named = environment.get("SSL_CERT_FILE", "")
    candidates = [named, *_PLACES, ssl.get_default_verify_paths().cafile or ""]
    found = next((place for place in candidates if place and exists(place)), "")
    if not found:
        try:
            import certifi  # noqa: PLC0415 - only where the system has none
        except ImportError:
            return ""
        found = certifi.where()
    return str(Path(found))
