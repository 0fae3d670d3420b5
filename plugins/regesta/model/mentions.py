"""Which entities a text names, where, and in which sentence."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from regesta.model.bare_addresses import is_in_address
from regesta.model.blocks import BlockKind
from regesta.model.entities import Variant
from regesta.model.sentences import sentence_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from regesta.model.blocks import Block
    from regesta.model.briefs import Choice
    from regesta.model.entities import Entity

__all__ = ["Ambiguity", "Mention", "Mentions", "Names", "find_mentions"]

LONGEST_ENDING = 4
"""Letters of an inflected ending after a `*`: `-skiego` and `-owymi` are stems and four, no ending is longer."""


class Mention(NamedTuple):
    """A name in its sentence."""

    slug: str
    block: int
    """Index of the block of text."""
    number: int
    """Of the paragraph, as its address counts."""
    section: int
    start: int
    """First character, in the text of the block."""
    end: int
    spelling: str
    """As written, without a possessive ending."""
    text: str
    """Of the block."""
    linkable: bool
    """False in headings, and where the name crosses the edge of an element."""

    @property
    def sentence(self) -> str:
        """The sentence that has the name; of an endless one what stands around it."""
        return sentence_around(self.text, self.start, self.end)[0]

    @property
    def at(self) -> int:
        """Where the spelling stands in the sentence."""
        return sentence_around(self.text, self.start, self.end)[1]


class Ambiguity(NamedTuple):
    """A name that may mean several entities, and nothing in the brief says which."""

    block: int
    start: int
    end: int
    spelling: str
    slugs: tuple[str, ...]


class Mentions(NamedTuple):
    """What was found in a text, in reading order."""

    found: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...]


class _Meaning(NamedTuple):
    """What a pattern stands for."""

    slug: str
    variant: Variant
    is_decoy: bool


class Names:
    """All names of all entities, ready to be searched for at once."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        """Prepare the search. The order of the entities does not matter."""
        exact: dict[str, list[_Meaning]] = {}
        caseless: dict[str, list[_Meaning]] = {}
        for entity in sorted(entities, key=lambda entity: entity.slug):
            for variant in (Variant(entity.name), *entity.variants):
                for name in _spellings(variant.name):
                    target = caseless if variant.any_case else exact
                    _add(
                        target,
                        name.lower() if variant.any_case else name,
                        _Meaning(entity.slug, variant, is_decoy=False),
                    )
            for name in entity.not_in:
                decoy = Variant(name.removesuffix("*"), inflected=name.endswith("*"))
                for spelling in _spellings(decoy.name):
                    _add(exact, spelling, _Meaning(entity.slug, decoy, is_decoy=True))
        self._exact, self._caseless = _Automaton(exact), _Automaton(caseless)

    def search(self, text: str) -> list[tuple[int, int, tuple[_Meaning, ...]]]:
        """Find every name on word boundaries, names within names too: (start, end, meanings)."""
        folded = _fold(text)
        found = self._exact.search(folded, folded)
        if self._caseless.patterns:
            lowered = folded.lower()
            if len(lowered) == len(folded):
                found += self._caseless.search(lowered, folded)
        return found


class _Automaton:
    def __init__(self, patterns: Mapping[str, Sequence[_Meaning]]) -> None:
        self.patterns = tuple(patterns)
        self._meanings = tuple(tuple(patterns[name]) for name in self.patterns)
        self._search = AhoCorasick(list(self.patterns), matchkind=MatchKind.Standard) if self.patterns else None

    def search(self, text: str, written: str) -> list[tuple[int, int, tuple[_Meaning, ...]]]:
        if self._search is None:
            return []
        found = []
        for pattern, start, end in self._search.find_matches_as_indexes(text, overlapping=True):
            if start and not _starts_word(written, start):
                continue
            meanings = self._meanings[pattern]
            if end == len(written) or _ends_word(written, end):
                found.append((start, end, meanings))
                continue
            if written[end].isalpha() and (inflected := tuple(m for m in meanings if m.variant.inflected)):
                stop = _ending(written, end)
                if stop:
                    found.append((start, stop, inflected))
        return found


def find_mentions(blocks: Sequence[Block], names: Names, choice: Choice) -> Mentions:
    """Find the entities that the blocks of a brief name, its notes left out."""
    texts: list[str] = []
    starts: list[int] = []
    indexes: list[int] = []
    size = 0
    for index, block in enumerate(blocks):
        if block.note is None and block.text:
            starts.append(size)
            indexes.append(index)
            texts.append(block.text)
            size += len(block.text) + 1
    if not texts:
        return Mentions((), ())
    candidates = names.search("\n".join(texts))
    if not candidates:
        return Mentions((), ())
    placed = []
    for start, end, meanings in candidates:
        at = bisect_right(starts, start) - 1
        index = indexes[at]
        first, last = start - starts[at], end - starts[at]
        block = blocks[index]
        if (
            last <= len(block.text)
            and not (block.closed and block.overlaps_closed(first, last))
            and not is_in_address(block.text, first, last)
        ):
            placed.append((index, first, last, meanings))
    return _Resolver(blocks, choice).resolve(_longest_first(placed, choice))


_Placed = tuple[int, int, int, tuple[_Meaning, ...]]


def _longest_first(placed: list[_Placed], choice: Choice) -> list[_Placed]:
    """Keep, of names that overlap, the one that starts first, and of those the longest."""
    merged: dict[tuple[int, int, int], tuple[_Meaning, ...]] = {}
    decoys: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for index, start, end, meanings in placed:
        real = tuple(meaning for meaning in meanings if not meaning.is_decoy and meaning.slug not in choice.exclude)
        for meaning in meanings:
            if meaning.is_decoy:
                decoys.setdefault((index, meaning.slug), []).append((start, end))
        if real:
            merged[index, start, end] = (*merged.get((index, start, end), ()), *real)
    kept: list[_Placed] = []
    block, reach = -1, 0
    hides = _Decoys(decoys)
    for (index, start, end), meanings in sorted(merged.items(), key=lambda item: (item[0][0], item[0][1], -item[0][2])):
        if decoys:
            # Narrowed by the longer strings that are something else.
            meanings = tuple(m for m in meanings if not hides(index, m.slug, start, end))  # noqa: PLW2901
        if not meanings or (index == block and start < reach):
            continue
        block, reach = index, end
        kept.append((index, start, end, meanings))
    return kept


class _Decoys:
    """The longer strings in which a name is not its entity. Names are asked about in reading order."""

    def __init__(self, decoys: Mapping[tuple[int, str], list[tuple[int, int]]]) -> None:
        self._left = {key: sorted(ranges, reverse=True) for key, ranges in decoys.items()}
        self._reach: dict[tuple[int, str], int] = {}

    def __call__(self, index: int, slug: str, start: int, end: int) -> bool:
        key = index, slug
        left = self._left.get(key)
        if left is None:
            return False
        while left and left[-1][0] <= start:
            self._reach[key] = max(self._reach.get(key, 0), left.pop()[1])
        return end <= self._reach.get(key, 0)


class _Resolver:
    """Decides which entity each name means."""

    def __init__(self, blocks: Sequence[Block], choice: Choice) -> None:
        self._blocks, self._choice = blocks, choice
        self._read = {_fold(name): slug for name, slug in choice.read.items()}
        self._known: dict[str, int] = {}

    def resolve(self, placed: list[_Placed]) -> Mentions:
        found: list[Mention] = []
        ambiguous: list[Ambiguity] = []
        for index, start, end, meanings in placed:
            spelling = self._blocks[index].text[start:end]
            slugs = tuple(dict.fromkeys(meaning.slug for meaning in meanings))
            slug = self._meant(spelling, slugs)
            if slug is None:
                ambiguous.append(Ambiguity(index, start, end, spelling, slugs))
                continue
            if len(slugs) == 1:
                self._known[slug] = max(self._known.get(slug, 0), end - start)
            found.append(self._mention(slug, index, start, end, spelling))
        return Mentions(tuple(found), tuple(ambiguous))

    def _meant(self, spelling: str, slugs: tuple[str, ...]) -> str | None:
        if self._read and (slug := self._read.get(_fold(spelling))):
            return slug
        if len(slugs) == 1:
            return slugs[0]
        added = [slug for slug in slugs if slug in self._choice.add]
        if len(added) == 1:
            return added[0]
        earlier = [slug for slug in slugs if self._known.get(slug, 0) > len(spelling)]
        return earlier[0] if len(earlier) == 1 else None

    def _mention(self, slug: str, index: int, start: int, end: int, spelling: str) -> Mention:
        block = self._blocks[index]
        linkable = block.kind is not BlockKind.HEADING and not block.has_barrier(start, end)
        return Mention(slug, index, block.number, block.section, start, end, spelling, block.text, linkable)


def _spellings(name: str) -> set[str]:
    """Give a name in both normal forms: source text may be in either."""
    folded = _fold(name.strip())
    return {form for form in (unicodedata.normalize("NFC", folded), unicodedata.normalize("NFD", folded)) if form}


def _add(patterns: dict[str, list[_Meaning]], name: str, meaning: _Meaning) -> None:
    meanings = patterns.setdefault(name, [])
    if meaning not in meanings:
        meanings.append(meaning)


_FOLDED = (
    *((char, "'") for char in "’‘ʼʹ`´＇"),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2011", "-"),
    ("\u2010", "-"),
)


def _fold(text: str) -> str:
    """Make apostrophes, blanks and hyphens alike, one character for one."""
    if not text.isascii():
        for char, plain in _FOLDED:
            if char in text:
                text = text.replace(char, plain)
    return text.replace("`", "'") if "`" in text else text


def _starts_word(text: str, start: int) -> bool:
    before = text[start - 1]
    if before.isalnum() or unicodedata.combining(before):
        return False
    # The O' of O'Brien belongs to the name; the l' of l'Ukraine does not.
    return not (before == "'" and start > 1 and text[start - 2].isupper())


def _ends_word(text: str, end: int) -> bool:
    after = text[end]
    if after.isalnum() or unicodedata.combining(after):
        return False
    if after != "'" or end + 1 == len(text) or not text[end + 1].isalnum():
        return True
    possessive_end = end + 2
    return text[end + 1] in "sS" and (possessive_end == len(text) or not text[possessive_end].isalnum())


def _ending(text: str, end: int) -> int:
    """Give the end of the word if it is not more than an ending away, else 0."""
    stop = end
    while stop < len(text) and text[stop].isalpha():
        stop += 1
    return stop if stop - end <= LONGEST_ENDING and (stop == len(text) or _ends_word(text, stop)) else 0
