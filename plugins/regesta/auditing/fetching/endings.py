"""How a transfer ended, from what libcurl says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pycurl

from regesta.auditing.fetching.failures import certificate_failure, transfer_failure
from regesta.model.cleaning import clean_text
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from regesta.auditing.fetching.handles import Handle
    from regesta.auditing.fetching.under_way import Manner

__all__ = ["BAD_CERTIFICATE", "SILENCE", "Ending", "other_manner", "read_ending"]

BAD_CERTIFICATE = frozenset({Failure.EXPIRED, Failure.WRONG_HOST, Failure.UNTRUSTED})
"""What is looked behind."""
SILENCE = frozenset({Failure.TIMEOUT, Failure.REFUSED_CONNECTION, Failure.RESET, Failure.EMPTY, Failure.TLS})
"""What a host does that answers nobody."""
_LEAST_STATUS = 200
_HTTP2_FAILED = frozenset({pycurl.E_HTTP2, 92})
"""92 is CURLE_HTTP2_STREAM, which this library has no name for."""


class Ending(NamedTuple):
    """How one transfer ended."""

    status: int
    """0 without an answer."""
    failure: Failure | None
    detail: str
    code: int
    """libcurl's own; 0 where all came that there was."""


def read_ending(handle: Handle, code: int, message: str, *, why_refused: Callable[[str], str]) -> Ending:
    """Say what became of a transfer."""
    curl = handle.curl
    status = curl.getinfo(pycurl.RESPONSE_CODE)
    address = curl.getinfo(pycurl.PRIMARY_IP)
    # A connection that is used again is not vetted when it is opened.
    if why := why_refused(address) if address else handle.refused:
        return Ending(0, Failure.PRIVATE, why, code)
    if not code or (code == pycurl.E_WRITE_ERROR and handle.was_cut):
        if status < _LEAST_STATUS:
            return Ending(status, Failure.NOT_HTTP, "it has no usable status", code)
        return Ending(status, None, "", code)
    if code == pycurl.E_PEER_FAILED_VERIFICATION:
        failure = certificate_failure(curl.getinfo(pycurl.SSL_VERIFYRESULT), message)
    else:
        failure = transfer_failure(code, message)
    return Ending(status, failure, clean_text(message), code)


def other_manner(manner: Manner, code: int) -> Manner | None:
    """Say how else to ask a server that did not manage compression or HTTP/2; None where that is not what failed."""
    if code == pycurl.E_BAD_CONTENT_ENCODING and manner.decode:
        return manner._replace(decode=False)
    if code in _HTTP2_FAILED and manner.http2:
        return manner._replace(http2=False)
    return None
