"""What libcurl's errors say of a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pycurl

from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["certificate_failure", "transfer_failure"]

_HTTP2 = (pycurl.E_HTTP2, 92)
"""92 is CURLE_HTTP2_STREAM, which this library has no name for."""
_TOO_LARGE = 100
"""CURLE_TOO_LARGE, likewise."""
_PROXY = 97
"""CURLE_PROXY, likewise: what lies behind was never asked."""

_FAILURES: Mapping[int, Failure] = {
    pycurl.E_UNSUPPORTED_PROTOCOL: Failure.NOT_HTTP,  # HTTP/0.9, which is no answer at all
    pycurl.E_FTP_WEIRD_SERVER_REPLY: Failure.NOT_HTTP,
    pycurl.E_URL_MALFORMAT: Failure.MALFORMED,
    pycurl.E_COULDNT_RESOLVE_HOST: Failure.NO_NAME_ANSWER,
    pycurl.E_COULDNT_CONNECT: Failure.REFUSED_CONNECTION,
    pycurl.E_PARTIAL_FILE: Failure.RESET,
    pycurl.E_OPERATION_TIMEDOUT: Failure.TIMEOUT,
    pycurl.E_SSL_CONNECT_ERROR: Failure.TLS,
    pycurl.E_SSL_CIPHER: Failure.TLS,
    pycurl.E_SSL_ISSUER_ERROR: Failure.TLS,
    pycurl.E_SSL_INVALIDCERTSTATUS: Failure.TLS,
    pycurl.E_SSL_SHUTDOWN_FAILED: Failure.RESET,
    pycurl.E_COULDNT_RESOLVE_PROXY: Failure.REFUSED_CONNECTION,
    _PROXY: Failure.REFUSED_CONNECTION,
    pycurl.E_GOT_NOTHING: Failure.EMPTY,
    pycurl.E_SEND_ERROR: Failure.RESET,
    pycurl.E_RECV_ERROR: Failure.RESET,
    pycurl.E_BAD_CONTENT_ENCODING: Failure.NOT_HTTP,
    pycurl.E_HTTP2: Failure.NOT_HTTP,
    92: Failure.NOT_HTTP,
    _TOO_LARGE: Failure.TOO_LARGE_HEADER,
}


def transfer_failure(code: int, message: str) -> Failure:
    """Give what an error code of libcurl means for the link.

    >>> transfer_failure(pycurl.E_GOT_NOTHING, "Empty reply from server")
    <Failure.EMPTY: 'empty-answer'>
    """
    if code == pycurl.E_RECV_ERROR and "CONNECT" in message:
        return Failure.REFUSED_CONNECTION
    if code == pycurl.E_RECV_ERROR and "header" in message.lower():
        return Failure.TOO_LARGE_HEADER
    return _FAILURES.get(code, Failure.RESET)


_EXPIRED, _NOT_YET = 10, 9
_OF_THE_NAME = frozenset({0, 1, 62, 64})
"""Of OpenSSL's x509_vfy.h: X509_V_ERR_CERT_HAS_EXPIRED and _CERT_NOT_YET_VALID; X509_V_OK, _UNSPECIFIED,
_HOSTNAME_MISMATCH and _IP_ADDRESS_MISMATCH, one of which there is when the chain is in order and the name is not."""


def certificate_failure(verify_result: int, message: str) -> Failure:
    """Tell what is wrong with a certificate: its time, its name, or whoever vouches for it."""
    if verify_result in {_EXPIRED, _NOT_YET}:
        return Failure.EXPIRED
    lower = message.lower()
    # libcurl looks at the name itself, after OpenSSL has found the chain in order.
    if verify_result in _OF_THE_NAME and ("subject" in lower or "host" in lower or "certificate name" in lower):
        return Failure.WRONG_HOST
    return Failure.UNTRUSTED
