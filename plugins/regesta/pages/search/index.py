"""Which of Pagefind's files a site needs, and how its records are called in them."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["needed_files", "record_ids", "shard_language"]

_SIGNATURE = b"pagefind_dcd"
"""What every packed file of Pagefind begins with."""


def shard_language(language: str, shard: int) -> str:
    """Give the language under which a shard is indexed: it begins the names of records, which must not meet.

    >>> shard_language("en", 1), shard_language("en", 2)
    ('en', 'en-x2')
    """
    return language if shard == 1 else f"{language}-x{shard}"


def needed_files(files: Mapping[str, bytes], *, shard: int) -> Iterator[tuple[str, bytes]]:
    """Leave out Pagefind's own widgets; of all shards but the first also the program, which they share."""
    entry = json.loads(files["pagefind-entry.json"])
    programs = {f"wasm.{known['wasm'] or 'unknown'}.pagefind" for known in entry["languages"].values()}
    for path, content in files.items():
        is_data = path.startswith(("fragment/", "index/", "pagefind."))
        if (
            path == "pagefind-entry.json"
            or (is_data and path != "pagefind.js")
            or (shard == 1 and (path == "pagefind.js" or path in programs))
        ):
            yield path, content


def record_ids(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Find Pagefind's name of each record, by the address of its page."""
    found = {}
    for path, content in files:
        if path.startswith("fragment/"):
            fragment = json.loads(gzip.decompress(content).removeprefix(_SIGNATURE))
            found[str(json.loads(fragment["url"])[0])] = path.removeprefix("fragment/").removesuffix(".pf_fragment")
    return found
