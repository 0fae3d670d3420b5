"""The folders that addresses of an archive have on each host, and those that look like a slip among them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regesta.model.links import Link
    from regesta.model.spans import Place, Span

__all__ = ["Folders", "Suspicion"]


class Suspicion(NamedTuple):
    """A part of an address that is probably damaged, wherever it occurs."""

    host: str
    segment: str
    """As the addresses have it."""
    candidates: tuple[str, ...]
    """What may be meant, the likeliest first."""
    reason: str
    places: tuple[Place, ...]
    """The first of them, in the order of reading."""
    times: int
    raw: str
    note: str | None
    """The label of the note in which the first stands."""


@dataclass(slots=True)
class _Seen:
    """One segment at one place of the paths of one host."""

    times: int = 0
    places: list[Place] = field(default_factory=list)
    raw: str = ""
    note: str | None = None

    def add(self, link: Link, place_of: Callable[[Span], Place]) -> None:
        self.times += 1
        if len(self.places) <= _MOST_PLACES:
            self.places.append(place_of(link.span))
            if self.times == 1:
                self.raw, self.note = link.raw, link.note


_MOST_PLACES = 3
"""Places that are kept of one segment, after the first."""
_DEEPEST = 3
"""Folders of a path that are looked at: below them are pages."""
_SHORTEST_FOLDER, _LONGEST_FOLDER = 6, 40
_PATH = re.compile(r"https?://(?P<host>[^/?#]+)(?P<path>/[^?#]*)", re.IGNORECASE)
_FOLDER = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,2}")
_TORN_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,30}_[^\W\d_]{1,30}(?![^\W\d_])")
_SPELT_OUT = re.compile(r"(?:(?<=-)|^)[^\W\d_](?:-[^\W\d_]){2,5}(?=-[^\W\d_]{3}|$)")
_FEWEST_HYPHENS = 2
_FEWEST, _TIMES_AS_OFTEN = 3, 3
"""How often a folder must be there, at least and compared with the odd one, to be what is meant."""
_MOST_ODD = 2
"""How many different pages may lie in the odd folder."""


class Folders:
    """Collects while an archive is read; says what it thinks when all is read."""

    def __init__(self) -> None:
        self._folders: dict[tuple[str, int], dict[str, _Seen]] = defaultdict(lambda: defaultdict(_Seen))
        self._pages: dict[tuple[str, int, str], set[str]] = defaultdict(set)
        self._torn: dict[str, dict[str, _Seen]] = defaultdict(lambda: defaultdict(_Seen))
        self._spelt: dict[str, dict[str, _Seen]] = defaultdict(lambda: defaultdict(_Seen))

    def add(self, links: Iterable[Link], place_of: Callable[[Span], Place]) -> None:
        """Take the links of one document. `place_of` is asked for the few places that are kept."""
        for link in links:
            match = _PATH.match(link.text)
            if match and link.style != "reference":
                self._add(match["host"].lower().removeprefix("www."), match["path"], link, place_of)

    def _add(self, host: str, path: str, link: Link, place_of: Callable[[Span], Place]) -> None:
        *folders, page = path.strip("/").split("/")
        for depth, folder in enumerate(folders[:_DEEPEST]):
            if _SHORTEST_FOLDER <= len(folder) <= _LONGEST_FOLDER and _FOLDER.fullmatch(folder):
                self._folders[host, depth][folder].add(link, place_of)
                pages = self._pages[host, depth, folder]
                if len(pages) <= _MOST_ODD * _TIMES_AS_OFTEN:
                    pages.add(path)
        if "_" in page and page.count("_") == 1 and page.count("-") >= _FEWEST_HYPHENS and _TORN_WORD.search(page):
            self._torn[host][page].add(link, place_of)
        if _SPELT_OUT.search(page):
            self._spelt[host][page].add(link, place_of)

    def suspicions(self) -> Iterator[Suspicion]:
        """Give what is probably damaged, by host."""
        for (host, depth), seen in sorted(self._folders.items()):
            yield from self._odd_folders(host, depth, seen)
        for host, seen in sorted(self._torn.items()):
            # Two pages or more, and it is how the host names its pages.
            if len(seen) == 1:
                for page, found in seen.items():
                    torn = _TORN_WORD.search(page)
                    word = torn[0] if torn else page
                    candidates = (page.replace("_", ""), page.replace("_", "-"))
                    yield _suspicion(host, word, candidates, "one underscore stands among hyphens", found)
        for host, seen in sorted(self._spelt.items()):
            if len(seen) == 1:
                for page, found in seen.items():
                    candidate = _SPELT_OUT.sub(lambda match: match[0].replace("-", ""), page)
                    yield _suspicion(host, page, (candidate,), "hyphens take a word apart", found)

    def _odd_folders(self, host: str, depth: int, seen: dict[str, _Seen]) -> Iterator[Suspicion]:
        pages = {folder: len(self._pages[host, depth, folder]) for folder in seen}
        usual = [folder for folder, number in pages.items() if number >= _FEWEST]
        for folder, number in sorted(pages.items()):
            if number > _MOST_ODD:
                continue
            near = []
            for other in usual:
                if pages[other] >= number * _TIMES_AS_OFTEN and not _is_inflected(folder, other):
                    most = max(1, max(len(folder), len(other)) // 5)
                    if abs(len(folder) - len(other)) <= most and (edits := _edits(folder, other, most)) <= most:
                        near.append((edits, -seen[other].times, other))
            if near:
                candidates = tuple(other for _, _, other in sorted(near))
                times = seen[candidates[0]].times
                reason = f"{times} links to the same host have {candidates[0]!r} there"
                yield _suspicion(host, folder, candidates, reason, seen[folder])


def _suspicion(host: str, segment: str, candidates: tuple[str, ...], reason: str, seen: _Seen) -> Suspicion:
    return Suspicion(host, segment, candidates, reason, tuple(seen.places), seen.times, seen.raw, seen.note)


_ENDING = 2


def _is_inflected(one: str, other: str) -> bool:
    """Tell whether two words differ in nothing but case, hyphens or an ending: a site may have `news` and `new`."""
    one, other = one.casefold().replace("-", ""), other.casefold().replace("-", "")
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return max(len(one), len(other)) - same <= _ENDING


def _edits(one: str, other: str, most: int) -> int:
    """Count the letters to add, drop or change that make one word of the other; above `most` any number will do."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        left, row[0] = row[0], at
        for to, wanted in enumerate(other, 1):
            left, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, left + (letter != wanted))
        if min(row) > most:
            return most + 1
    return row[-1]
