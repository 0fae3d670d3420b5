"""Names that lead to the fault server, and names that lead nowhere, for a resolver whose look-up can be passed in."""

from __future__ import annotations

import socket
import time

from tests.auditing.fault_server import HOSTS

__all__ = ["NAMES", "look_up_fault"]

NAMES: dict[str, tuple[str, ...]] = {
    **{f"h{number}.test": (host,) for number, host in enumerate(HOSTS, 1)},
    "faults.test": (HOSTS[0],),
    "localhost": ("127.0.0.1",),
    "canary.test": ("127.0.0.1",),
    "canary6.test": ("::1",),
    "both.test": ("::1", HOSTS[0]),
    "private.test": ("10.0.0.1",),
    "metadata.test": ("169.254.169.254",),
    "mapped.test": ("::ffff:127.0.0.1",),
    "no-address.test": (),
}
"""Addresses by name. Of `both.test` the second alone may be reached."""

_ERRORS = {
    "gone.test": (socket.EAI_NONAME, "Name or service not known"),
    "trouble.test": (socket.EAI_AGAIN, "Temporary failure in name resolution"),
    "fails.test": (socket.EAI_FAIL, "Non-recoverable failure in name resolution"),
}


def look_up_fault(host: str) -> tuple[str, ...]:
    """Give the addresses of a name; `gone.test` and what is not known do not exist, `*.hang.test` takes a minute.

    >>> look_up_fault("h2.test"), look_up_fault("a.b.h2.test")
    (('127.8.0.2',), ('127.8.0.2',))
    """
    labels = host.split(".")
    name = labels[-1] if labels[-1] == "localhost" else ".".join(labels[-2:])
    if name == "hang.test":
        time.sleep(60)
    if name in NAMES:
        return NAMES[name]
    raise socket.gaierror(*_ERRORS.get(name, _ERRORS["gone.test"]))
