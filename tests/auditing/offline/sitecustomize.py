"""The resolver of the programs that tests start: it knows the names that a test gives it, and nobody is asked.

Python loads this module by its name when it starts.
"""

from __future__ import annotations

import json
import os
import socket

_NAMES: dict[str, str] = json.loads(os.environ.get("TEST_NAMES", "{}"))
"""By name without its last dot an address, or the name of an error of `getaddrinfo`."""
_getaddrinfo = socket.getaddrinfo


def _look_up(host, *more, **named):  # type: ignore[no-untyped-def]
    name = host.decode() if isinstance(host, bytes) else host
    if not name or name.replace(".", "").isdigit() or ":" in name or name == "localhost":
        return _getaddrinfo(host, *more, **named)
    found = _NAMES.get(name.removesuffix("."), _NAMES.get("*", "EAI_NONAME"))
    if found.startswith("EAI_"):
        raise socket.gaierror(getattr(socket, found), "as the test says")
    return _getaddrinfo(found, *more, **named)


socket.getaddrinfo = _look_up
