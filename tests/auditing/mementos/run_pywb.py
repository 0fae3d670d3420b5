"""Starts pywb, by pywb's own Python, where all names lead to this machine: what is saved comes from nowhere else."""

import gevent.monkey

gevent.monkey.patch_all()

import socket  # noqa: E402 - patched first
import sys  # noqa: E402

from pywb.apps.cli import wayback  # noqa: E402

_resolve = socket.getaddrinfo


def _here(_host, *arguments, **options):  # type: ignore[no-untyped-def]
    return _resolve("127.0.0.1", *arguments, **options)


socket.getaddrinfo = _here
wayback(sys.argv[1:])
