"""Which of Pagefind's files a site needs, and how its records are called in them."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["has_stemmer", "needed_files", "record_ids", "shard_language"]

_SIGNATURE = b"pagefind_dcd"
"""What every packed file of Pagefind begins with."""

_UNUSABLE = frozenset({"hi", "ne", "ta"})
"""Languages whose stemmers need marks that Pagefind takes away before it stems."""


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
            yield path, _fragment(content) if path.startswith("fragment/") else content


def has_stemmer(files: Iterable[tuple[str, bytes]]) -> bool:
    """Say whether Pagefind knows other forms of a word in the language of an index."""
    entry = json.loads(dict(files)["pagefind-entry.json"])
    return all(known["wasm"] and name not in _UNUSABLE for name, known in entry["languages"].items())


def _fragment(content: bytes) -> bytes:
    """Put the text that readers see in the place of the words that were indexed."""
    address, facts, text, meta = json.loads(json.loads(gzip.decompress(content).removeprefix(_SIGNATURE))["url"])
    fragment = {"url": json.dumps([address, facts], ensure_ascii=False), "content": text, "meta": meta}
    written = json.dumps(fragment, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(_SIGNATURE + written, mtime=0)


def record_ids(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Find Pagefind's name of each record, by the address of its page."""
    found = {}
    for path, content in files:
        if path.startswith("fragment/"):
            fragment = json.loads(gzip.decompress(content).removeprefix(_SIGNATURE))
            found[str(json.loads(fragment["url"])[0])] = path.removeprefix("fragment/").removesuffix(".pf_fragment")
    return found
