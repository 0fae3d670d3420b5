"""Links that are archived copies of other pages."""

from __future__ import annotations

import re

from regesta.model.urls import Url, host_of, parse_url, same_page_key

__all__ = ["is_memento_of", "unwrap"]

_WRAPPED = re.compile(r"https?://(?:web|wayback)\.archive\.org/web/\d{4,14}[a-z_]{0,6}/(.+)")


def unwrap(url: Url) -> Url:
    """Give the address of the page that a memento was made from; any other address as it is."""
    while (found := _WRAPPED.fullmatch(url)) and (inner := parse_url(found[1])):
        url = inner
    return url


def is_memento_of(memento: str, url: Url, hosts: frozenset[str]) -> bool:
    """Say whether an address lies on one of the archive hosts and is a copy of `url`."""
    parsed = parse_url(memento)
    return parsed is not None and host_of(parsed) in hosts and same_page_key(unwrap(parsed)) == same_page_key(url)
