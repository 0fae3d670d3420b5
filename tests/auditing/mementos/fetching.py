"""The real fetcher, allowed to ask this machine alone, and what it was asked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from regesta.auditing.fetching.addresses import AddressPolicy
from regesta.auditing.fetching.fetcher import CurlFetcher
from regesta.auditing.fetching.host_rules import HostRule, HostRules
from regesta.auditing.fetching.options import FetchOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.auditing.fetching.answers import Answer, Request


class LocalFetcher:
    """Asks over http, on loopback alone."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.asked: list[Request] = []
        self._fetcher = CurlFetcher(
            FetchOptions(certificates=os.devnull),
            policy=AddressPolicy(allow=["127.0.0.0/8"]),
            rules=HostRules(default=HostRule(interval=0)),
        )

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Give the answers as they come."""
        requests = list(requests)
        self.asked += requests
        return self._fetcher.fetch(requests)

    def add(self, request: Request) -> None:
        """Ask for one more."""
        self.asked.append(request)
        self._fetcher.add(request)
