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

from regesta.auditing.headers import is_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regesta.auditing.addresses import AddressPolicy

__all__ = ["ACCEPT", "Handle", "trusted_certificates"]

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ENCODINGS = "gzip, deflate, br"
_DISALLOW_USERNAME_IN_URL = 278
"""CURLOPT_DISALLOW_USERNAME_IN_URL, which this library has no name for."""
_WEB = pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS
_LONGEST_CONNECT = 10.0
"""Seconds for a connection to be made, of those that a link has."""
_SLOW_BYTES, _SLOW_SECONDS = 100, 5
"""A server that sends less for so long is not answering: this ends bodies and headers that drip."""
_NOT_READ = 16 * 1024
"""Bytes of what nobody reads: the bodies of redirects, errors and files that are no pages."""
_BUFFER = 64 * 1024


class Handle:
    """An easy handle, used for one transfer after another."""

    __slots__ = (
        "_limit",
        "_lines",
        "_policy",
        "_read_limit",
        "_seconds",
        "_size",
        "curl",
        "header",
        "parts",
        "refused",
    )

    def __init__(self, policy: AddressPolicy, certificates: str) -> None:
        """Set what holds for every transfer."""
        self._policy = policy
        self.header: list[bytes] = []
        self.parts: list[bytes] = []
        self.refused = ""
        """Why an address was not connected to, if one was not."""
        self._size = self._limit = self._read_limit = 0
        self._seconds = 0.0
        self._lines: list[str] | None = None
        curl = self.curl = pycurl.Curl()
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.PROXY, "")
        curl.setopt(pycurl.FOLLOWLOCATION, 0)
        curl.setopt(pycurl.PATH_AS_IS, 1)
        curl.setopt(pycurl.HTTP09_ALLOWED, 0)
        curl.setopt(pycurl.HTTPAUTH, 0)
        curl.setopt(pycurl.NETRC, 0)
        curl.setopt(_DISALLOW_USERNAME_IN_URL, 1)
        curl.setopt(pycurl.PROTOCOLS, _WEB)
        curl.setopt(pycurl.REDIR_PROTOCOLS, _WEB)
        curl.setopt(pycurl.LOW_SPEED_LIMIT, _SLOW_BYTES)
        curl.setopt(pycurl.LOW_SPEED_TIME, _SLOW_SECONDS)
        curl.setopt(pycurl.COOKIEFILE, "")
        curl.setopt(pycurl.CAINFO, certificates)
        curl.setopt(pycurl.SSL_VERIFYPEER, 1)
        curl.setopt(pycurl.SSL_VERIFYHOST, 2)
        curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
        curl.setopt(pycurl.ACCEPT_ENCODING, _ENCODINGS)
        curl.setopt(pycurl.BUFFERSIZE, _BUFFER)
        curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)
        curl.setopt(pycurl.WRITEFUNCTION, self._take)
        # libcurl itself ends a header past 300 KB; a method of our own a line would cost more than all else here.
        curl.setopt(pycurl.HEADERFUNCTION, self.header.append)

    def ask(  # noqa: PLR0913 - all that one request may differ in
        self,
        url: str,
        *,
        header: list[str],
        known_as: str,
        seconds: float,
        limit: int,
        keep_cookies: bool,
        decode: bool,
        verify: bool,
        http2: bool,
        post: bytes | None,
    ) -> None:
        """Make ready for one request. `known_as` is `host:port:address`: the name is not looked up again."""
        curl = self.curl
        self.header.clear()
        self.parts = []
        self.refused = ""
        self._size, self._limit, self._read_limit = 0, limit, limit
        curl.setopt(pycurl.URL, url)
        if header is not self._lines:
            self._lines = header
            curl.setopt(pycurl.HTTPHEADER, header)
        if known_as:
            curl.setopt(pycurl.RESOLVE, [known_as])
        if seconds != self._seconds:
            self._seconds = seconds
            curl.setopt(pycurl.TIMEOUT_MS, max(1, int(seconds * 1000)))
            curl.setopt(pycurl.CONNECTTIMEOUT_MS, max(1, int(min(seconds, _LONGEST_CONNECT) * 1000)))
        if not keep_cookies:
            curl.setopt(pycurl.COOKIELIST, "ALL")
        if not (decode and verify and http2) or post is not None:
            self._differ(decode=decode, verify=verify, http2=http2, post=post)

    def _differ(self, *, decode: bool, verify: bool, http2: bool, post: bytes | None) -> None:
        """Set what is seldom otherwise. Such a handle is not used again."""
        curl = self.curl
        if not decode:
            curl.unsetopt(pycurl.ACCEPT_ENCODING)
        if not http2:
            curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
        if not verify:
            # Whatever is found so is evidence of nothing, and no later transfer may go over this connection.
            curl.setopt(pycurl.SSL_VERIFYPEER, 0)
            curl.setopt(pycurl.SSL_VERIFYHOST, 0)
            curl.setopt(pycurl.FRESH_CONNECT, 1)
            curl.setopt(pycurl.FORBID_REUSE, 1)
        if post is not None:
            curl.setopt(pycurl.POSTFIELDS, post)

    @property
    def body(self) -> bytes:
        """What came of the body, decompressed, and no more than was wanted."""
        return b"".join(self.parts)[: self._read_limit]

    @property
    def was_cut(self) -> bool:
        """Whether we ended the transfer, because enough had come."""
        return self._size > self._limit

    def _take(self, data: bytes) -> int | None:
        if not self.parts and not is_page(self.header):
            self._limit = min(self._limit, _NOT_READ)
        self.parts.append(data)
        self._size += len(data)
        return -1 if self._size > self._limit else None

    def _open_socket(self, _purpose: int, address: tuple[int, int, int, tuple[object, ...]]) -> object:
        """Vet the very address that is connected to."""
        family, kind, protocol, place = address
        if family not in {socket.AF_INET, socket.AF_INET6}:
            self.refused = "it is no internet address"
            return pycurl.SOCKET_BAD
        why = self._policy.why_refused(str(place[0]))
        if why:
            self.refused = why
            return pycurl.SOCKET_BAD
        return _Socket(family, kind, protocol)


class _Socket(socket.socket):
    """A socket that is closed without a warning when it goes: libcurl works on a copy of its descriptor."""

    __del__ = socket.socket.close


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
