"""Which pages are as the last build left them: they are neither made nor written again."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.archive import Entry
from regesta.reading.cache import Cache, file_state

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CACHE_FILE", "PageMemories", "PageMemory", "Remembered"]

CACHE_FILE = ".regesta/pages.sqlite"
"""Beside mkdocs.yml; never committed."""


class Remembered(NamedTuple):
    """A page of the last build that still stands as it was written."""

    digest: str
    """Of all that it was made of."""
    has_contents: bool
    """Whether it had a table of contents."""


class PageMemory:
    """What pages were made of, by their path in the site's folder. No word of a page is in it."""

    def __init__(self, site_dir: str, state: str, before: str | None) -> None:
        """Take what all pages share, and what `kept` gave at the end of the last build."""
        self.site_dir = site_dir
        self._site, self._state = Path(site_dir), state
        self._before = _read(before) if before else {}
        self._made: dict[str, Remembered] = {}
        self.found = 0
        """Pages that were found to be as they should be."""

    def find(self, path: str) -> Remembered | None:
        """Give what is remembered of a page, unless its file has been touched since."""
        before = self._before.get(path)
        if before is None:
            return None
        digest, has_contents, state = before
        return Remembered(digest, has_contents) if file_state(self._site / path) == state else None

    def digest(self, made_of: Iterable[Entry | str], frame: Iterable[str]) -> str:
        """Give one word for all that a page is made of: briefs, words, and what stands around it."""
        found = blake2b(self._state.encode(), digest_size=16)
        for one in made_of:
            found.update((one.digest if isinstance(one, Entry) else f" {one}").encode("utf-8", "surrogatepass") + b"\0")
        found.update(b"\0")
        for word in frame:
            found.update(word.encode("utf-8", "surrogatepass") + b"\0")
        return found.hexdigest()

    def keep(self, path: str, remembered: Remembered) -> None:
        """Remember a page that has been made."""
        self._made[path] = remembered

    def skip(self, path: str, remembered: Remembered) -> None:
        """Remember on what was found to be as it should be."""
        self.found += 1
        self.keep(path, remembered)

    def kept(self) -> str:
        """Give what is remembered for the next build, now that all is written."""
        states = ((path, page, file_state(self._site / path)) for path, page in self._made.items())
        lines = {path: (page.digest, page.has_contents, state) for path, page, state in states if state}
        return json.dumps(lines, ensure_ascii=False, separators=(",", ":"))


class PageMemories:
    """The memories of sites, from one build to the next: in a file, or only as long as a program lives."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lines: dict[str, str] = {}
        self._cache: Cache | None = None

    def open(self, site_dir: str, state: str, file: Path | None) -> PageMemory:
        """Give the memory of the site in a folder, with what its last build left in `file`, if there is one."""
        self._cache = Cache(file) if file else None
        return PageMemory(site_dir, state, (self._cache or self._lines).get(site_dir))

    def close(self, memory: PageMemory) -> None:
        """Keep it for the next build."""
        if self._cache:
            self._cache.put(memory.site_dir, memory.kept())
            self._cache.save()
        else:
            self._lines[memory.site_dir] = memory.kept()


_Before = dict[str, tuple[str, bool, str]]


def _read(before: str) -> _Before:
    """Read what was kept; what somebody has changed is nothing."""
    try:
        return {
            str(path): (str(digest), bool(has_contents), str(state))
            for path, (digest, has_contents, state) in json.loads(before).items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}
