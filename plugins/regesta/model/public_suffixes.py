"""Which part of a host somebody has registered, by the public suffix list."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract

__all__ = ["registrable_domain"]


@lru_cache(maxsize=65536)
def registrable_domain(host: str) -> str:
    """Give the registrable domain of a host, with the list's private part; what has none is its own.

    >>> registrable_domain("www.news.example.co.uk"), registrable_domain("mara.github.io"), registrable_domain("co.uk")
    ('example.co.uk', 'mara.github.io', 'co.uk')
    >>> registrable_domain("127.0.0.1"), registrable_domain("[2001:db8::1]")
    ('127.0.0.1', '[2001:db8::1]')
    """
    name = host.strip(".")
    if host.startswith("[") or name.rpartition(".")[2].isdigit():
        return host
    found = _list()(name, include_psl_private_domains=True)
    # The list ends with the rule "*": of what it does not name, the last label is the suffix.
    return found.top_domain_under_public_suffix or (name if found.suffix else ".".join(name.split(".")[-2:]))


@cache
def _list() -> TLDExtract:
    """Read the list that the library brings; nothing is fetched, and nothing is written.

    The import costs 0.1 s, which only those pay who ask.
    """
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(cache_dir=None, suffix_list_urls=())
