"""Which entities a text names, where, and in which sentence."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from regesta.model.bare_addresses import is_in_address
from regesta.model.blocks import BlockKind
from regesta.model.entities import EntityType, Variant
from regesta.model.month_names import ABBREVIATIONS, MONTH_NAMES
from regesta.model.sentences import sentence_around
from regesta.model.spoken_dates import date_ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from regesta.model.blocks import Block
    from regesta.model.briefs import Choice
    from regesta.model.entities import Entity

__all__ = ["LONGEST_NAME", "MOST_NAMES", "Ambiguity", "Mention", "Mentions", "Names", "find_mentions", "plain_spelling"]

LONGEST_NAME = 200
"""Characters of a name that is looked for."""
MOST_NAMES = 200
"""Names of one entity that are looked for."""
_WINDOW = 4000
"""Characters that are searched at once: names within names within names are held for so many only."""
_MOST_AT_ONCE = 8
"""Names that begin at one character, the longest, of which one may be meant."""
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
    at_start: bool = False
    """Whether it is a name in lower case as a sentence begins with it: "De facto" for "de facto"."""
    is_datelike: bool = False
    """Whether it may be a part of a date, as "May" is."""


class Names:
    """All names of all entities, ready to be searched for at once."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        """Prepare the search. The order of the entities does not matter."""
        exact: dict[str, list[_Meaning]] = {}
        caseless: dict[str, list[_Meaning]] = {}
        for entity in sorted(entities, key=lambda entity: entity.slug):
            for variant in (Variant(entity.name), *entity.variants)[:MOST_NAMES]:
                name = plain_spelling(variant.name)
                if len(name) > LONGEST_NAME:
                    continue
                meaning = _Meaning(
                    entity.slug,
                    variant,
                    is_decoy=False,
                    is_datelike=_is_datelike(name, variant),
                )
                if variant.any_case:
                    _add(caseless, _caseless(name)[0], meaning)
                elif name:
                    for form in _with_particles(name, is_person=entity.type is EntityType.PERSON):
                        _add(exact, form, meaning)
                    if name[0].islower():
                        _add(exact, name[0].upper() + name[1:], meaning._replace(at_start=True))
            for written in entity.not_in[:MOST_NAMES]:
                decoy = Variant(written.removesuffix("*"), inflected=written.endswith("*"))
                for form in _with_particles(plain_spelling(decoy.name), is_person=True):
                    _add(exact, form, _Meaning(entity.slug, decoy, is_decoy=True))
        self._exact, self._caseless = _Automaton(exact), _Automaton(caseless)

    def search(self, text: str) -> list[tuple[int, int, tuple[_Meaning, ...]]]:
        """Find every name on word boundaries, names within names too: (start, end, meanings)."""
        folded, pieces = _fold(text)
        found = self._exact.search(folded, folded)
        if self._caseless.patterns:
            caseless, moved = _caseless(folded)
            found += self._caseless.search(caseless, folded, moved)
        if not pieces:
            return found
        return [(*_written_range(pieces, start, end), meanings) for start, end, meanings in found]


class _Automaton:
    def __init__(self, patterns: Mapping[str, Sequence[_Meaning]]) -> None:
        self.patterns = tuple(patterns)
        self._meanings = tuple(tuple(patterns[name]) for name in self.patterns)
        self._are_at_start = tuple(any(one.at_start for one in found) for found in self._meanings)
        self._longest = max(map(len, self.patterns), default=0)
        self._search = AhoCorasick(list(self.patterns), matchkind=MatchKind.Standard) if self.patterns else None

    def search(
        self, text: str, written: str, pieces: Sequence[_Piece] = ()
    ) -> list[tuple[int, int, tuple[_Meaning, ...]]]:
        """Find the patterns in a text; `pieces` say where in `written` its characters stand."""
        found: list[tuple[int, int, tuple[_Meaning, ...]]] = []
        counts: dict[int, int] = {}
        for pattern, at, stop in self._matches(text):
            if counts.get(at, 0) >= _MOST_AT_ONCE:
                continue
            start, end = _written_range(pieces, at, stop) if pieces else (at, stop)
            if start and not _starts_word(written, start, end):
                continue
            meanings = self._meanings[pattern]
            if self._are_at_start[pattern] and not _STARTS_SENTENCE.search(written, max(start - _FEW, 0), start):
                meanings = tuple(meaning for meaning in meanings if not meaning.at_start)
                if not meanings:
                    continue
            if end < len(written) and not _ends_word(written, start, end):
                meanings = tuple(meaning for meaning in meanings if meaning.variant.inflected)
                end = _ending(written, end) if meanings and written[end].isalpha() else 0
            if end:
                found.append((start, end, meanings))
                counts[at] = counts.get(at, 0) + 1
        return found

    def _matches(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Find the patterns in a text, within each window the longest at a character first."""
        if self._search is None:
            return
        for low in range(0, len(text), _WINDOW):
            piece = text[low : low + _WINDOW + self._longest]
            for pattern, start, end in reversed(self._search.find_matches_as_indexes(piece, overlapping=True)):
                if start < _WINDOW:
                    yield pattern, low + start, low + end


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
    dates = _Dates(blocks)
    for start, end, meanings in candidates:
        at = bisect_right(starts, start) - 1
        index = indexes[at]
        first, last = start - starts[at], end - starts[at]
        block = blocks[index]
        if (
            last <= len(block.text)
            and not (block.closed and block.overlaps_closed(first, last))
            and not is_in_address(block.text, first, last)
            and not (any(meaning.is_datelike for meaning in meanings) and dates.have(index, first, last))
        ):
            placed.append((index, first, last, meanings))
    return _Resolver(blocks, choice).resolve(_longest_first(placed, choice))


class _Dates:
    """The dates of blocks, looked for where a name may be a part of one."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._ranges: dict[int, list[tuple[int, int]]] = {}

    def have(self, index: int, start: int, end: int) -> bool:
        """Say whether a stretch of a block is a part of a date."""
        ranges = self._ranges.get(index)
        if ranges is None:
            ranges = self._ranges[index] = date_ranges(self._blocks[index].text)
        at = bisect_right(ranges, (start, 1 << 62)) - 1
        return at >= 0 and end <= ranges[at][1]


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
        self._read = {plain_spelling(name): slug for name, slug in choice.read.items()}
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
        if self._read and (slug := self._read.get(plain_spelling(spelling))):
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


def _add(patterns: dict[str, list[_Meaning]], name: str, meaning: _Meaning) -> None:
    meanings = patterns.setdefault(name, [])
    if name and meaning not in meanings:
        meanings.append(meaning)


_MONTH_WORDS = MONTH_NAMES.keys() | ABBREVIATIONS.keys()


def _is_datelike(name: str, variant: Variant) -> bool:
    words = re.findall(r"\w+", name.lower())
    if variant.inflected and words and any(month.startswith(words[-1]) for month in _MONTH_WORDS):
        return True
    return any(word.isdigit() or word in _MONTH_WORDS for word in words)


def plain_spelling(name: str) -> str:
    """Write a name as it is compared: as `_fold` does, and without blanks around it.

    >>> plain_spelling(" O’Neill\u00adson  \u2011 Grif\ufb01th ")
    "O'Neillson - Grifith"
    """
    return _fold(name)[0].strip()


_ALIKE = (
    *((char, "'") for char in "’‘ʼʹ`´＇′ʻ‛"),
    *(
        (char, " ")
        for char in "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    ),
    *((char, "-") for char in "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"),
    *((char, "·") for char in "•‧・･∙⋅"),
)
"""Apostrophes, blanks, hyphens and the points within names, each with the one that it is compared as."""
_BLANKS = re.compile("  +")
_ACCENTS = re.compile("[\u0300-\u036f\u0653-\u0655\u3099\u309a]")
_VARIES = re.compile(
    "[\u00ad\u200d\u2060"  # soft hyphens and joiners
    "\u0300-\u036f\u0653-\u0655\u3099\u309a"  # accents
    "\u0958-\u095f\u1100-\u11ff\u2126\u212a\u212b\uf900-\ufb4f\uff21-\uff3a\uff41-\uff5a]+"
)
"""What is compared with more or fewer characters than it is written with: soft hyphens, accents apart, ligatures."""
_LETTERS = re.compile("[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[^\u1100-\u1112]+|.")
"""Of these, each syllable of Hangul by itself."""
_DROPPED = str.maketrans("", "", "\u00ad\u200d\u2060")


class _Piece(NamedTuple):
    """Where a stretch of a text stands that was written with more or fewer characters."""

    start: int
    """In the text that is compared."""
    end: int
    written_start: int
    written_end: int


def _fold(text: str) -> tuple[str, list[_Piece]]:
    """Make alike what is one name in different characters, and say where the length was changed."""
    if text.isascii():
        text = text.replace("`", "'").replace("\t", " ")
    else:
        for char, plain in _ALIKE:
            if char in text:
                text = text.replace(char, plain)
    places = [(found.start(), found.end(), " ") for found in _BLANKS.finditer(text)]
    if not text.isascii():
        for found in _VARIES.finditer(text):
            start = max(found.start() - (_ACCENTS.match(found[0]) is not None), 0)
            for one in _LETTERS.finditer(text, start, found.end()):
                alike = unicodedata.normalize("NFKC", one[0].translate(_DROPPED))
                places.append((one.start(), one.end(), alike))
        places.sort()
    return _replaced(text, places) if places else (text, [])


_LONGER = re.compile("[ßẞİŉǰΐΰևẖ-ẚẞὐ-ῼ]")
"""Letters that are several without their case, and some that are not."""


def _caseless(text: str) -> tuple[str, list[_Piece]]:
    """Write a folded text without case, and say where that changed its length. The dots of i and İ are none."""
    if text.isascii():
        return text.lower(), []
    places = [(found.start(), found.end(), _without_case(found[0])) for found in _LONGER.finditer(text)]
    text, pieces = _replaced(text, places) if places else (text, [])
    return text.casefold().replace("ı", "i"), pieces


def _without_case(char: str) -> str:
    return "i" if char == "İ" else char.casefold().replace("ʼ", "'")


def _replaced(text: str, places: Iterable[tuple[int, int, str]]) -> tuple[str, list[_Piece]]:
    """Write other characters in places of a text, and say where that changed its length."""
    parts: list[str] = []
    pieces: list[_Piece] = []
    size = last = 0
    for start, end, written in places:
        if start < last:
            continue
        size += start - last
        parts += (text[last:start], written)
        if len(written) != end - start:
            pieces.append(_Piece(size, size + len(written), start, end))
        size += len(written)
        last = end
    return "".join((*parts, text[last:])), pieces


def _written_range(pieces: Sequence[_Piece], start: int, end: int) -> tuple[int, int]:
    """Give where what was compared stands as it is written."""
    at = bisect_right(pieces, (start, 1 << 62)) - 1
    if at < 0:
        first = start
    elif start < pieces[at].end:
        first = pieces[at].written_start
    else:
        first = pieces[at].written_end + start - pieces[at].end
    at = bisect_right(pieces, (end - 1, 1 << 62)) - 1
    if at < 0:
        return first, end
    return first, pieces[at].written_end + max(end - pieces[at].end, 0)


_PARTICLE = re.compile(
    r"(?<![^\W_])(?:(?:d|dell|l)(?='\w)|(?:al|el|as|ad|an|ar|at|az|ash|van|von|vom|zu|zum|zur|der|den|des|de|del|della|di|da|das|do|dos|du|la|las|le|les"
    r"|los|ten|ter|te|bin|ben|ibn|af|av|y|e)(?=[ -]\w))",
    re.IGNORECASE,
)
"""Particles of names in Latin letters. One has a capital at the beginning of a sentence, in some countries always."""


def _with_particles(name: str, *, is_person: bool) -> set[str]:
    """Write a name with its particles small, with a capital for the first, and with capitals for all.

    The article of a name that is no person's keeps its capital: "La Repubblica" is a newspaper, "la Repubblica" is not.
    """
    at = [found.start() for found in _PARTICLE.finditer(name)]
    forms = {name}
    for capitals in (at, at[:1], []) if at else ():
        form = "".join(
            (char.upper() if place in capitals else char.lower()) if place in at else char
            for place, char in enumerate(name)
        )
        is_kept = is_person or all(
            one.isupper() or not other.isupper() or name[_PARTICLE.match(name, place).end()] == "-"  # type: ignore[union-attr]
            for place, (one, other) in enumerate(zip(form, name, strict=True))
        )
        if is_kept:
            forms.add(form)
    return forms


_FEW = 12
_STARTS_SENTENCE = re.compile(r"(?:^|\n|[.!?…:;][\"'”’»)\]]*\s+|[\"“‘„«(\[¿¡–—•]\s?|(?<!\w)'|\A)$")
"""What stands before the first word of a sentence, a heading or a quotation."""


class _Script(Enum):
    """Scripts that put no blank between words, or none before a particle."""

    HAN = "han"
    HIRAGANA = "hiragana"
    KATAKANA = "katakana"
    HANGUL = "hangul"
    SOUTH_EAST = "south-east"
    """Thai, Lao, Burmese, Khmer."""


_RANGES = (
    (0x0E01, 0x0EDF, _Script.SOUTH_EAST), (0x1000, 0x109F, _Script.SOUTH_EAST), (0x1780, 0x17DD, _Script.SOUTH_EAST),
    (0x3005, 0x3007, _Script.HAN), (0x3041, 0x309F, _Script.HIRAGANA), (0x30A1, 0x30FF, _Script.KATAKANA),
    (0x31F0, 0x31FF, _Script.KATAKANA), (0x3400, 0x4DBF, _Script.HAN), (0x4E00, 0x9FFF, _Script.HAN),
    (0xAC00, 0xD7A3, _Script.HANGUL), (0xF900, 0xFAFF, _Script.HAN), (0xFF66, 0xFF9F, _Script.KATAKANA),
    (0x20000, 0x3FFFF, _Script.HAN),
)  # fmt: skip


def _script(char: str) -> _Script | None:
    if char < "\u0e01":
        return None
    code = ord(char)
    return next((script for first, last, script in _RANGES if first <= code <= last), None)


_FEWEST = {_Script.HAN: 2, _Script.SOUTH_EAST: 3, _Script.HIRAGANA: 2, _Script.HANGUL: 2}
"""Characters of a name that is found among others of its script: a shorter one is a part of too many words."""
_LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")
_FOLLOWING_VOWELS = frozenset("ะาำๅะາຳ")
_BEFORE_HIRAGANA = frozenset("はがをにでとものへ")
_AFTER_HIRAGANA = re.compile("さん|ちゃん|くん|さま|から|まで|より|って|です|なら|たち|という|[はがをにでとものへ]")
_AFTER_HANGUL = re.compile(
    "(?:씨|님|군|양|측|들|네|대통령|총리|장관|의원|대표|회장|사장|교수|박사|기자|시장|지사|위원장|총장)?"
    "(?:은|는|이|가|을|를|의|에|와|과|도|만|로|으로|께|나|이나|랑|이랑|며|이며|고|이고|에서|에게|에게서|한테|한테서|께서|부터|까지|마저|조차|처럼"
    "|같이|보다|하고|밖에|마다|라고|이라고|라는|이라는|라도|이라도|이다|였다|이었다|입니다|이지만|지만|대로|뿐){0,3}(?![가-힣])"
)
"""Titles and particles that Korean writes behind a name without a blank."""


def _starts_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1]
    if before.isalnum():
        return _starts_behind(text, start, end)
    if unicodedata.category(before) in _MARKS:
        # A vowel or a tone is written as a mark: where it ends a syllable, a name may begin.
        is_syllable = _script(before) is _Script.SOUTH_EAST and before not in _STACKERS
        return is_syllable and end - start >= _FEWEST[_Script.SOUTH_EAST]
    # The O' of O'Brien belongs to the name; the l' of l'Ukraine does not.
    return not (before == "'" and start > 1 and text[start - 2].isupper())


def _starts_behind(text: str, start: int, end: int) -> bool:
    """Say whether a name begins although a letter stands before it."""
    script, earlier = _script(text[start]), _script(text[start - 1])
    if script is not earlier:
        return True
    if script in {None, _Script.KATAKANA, _Script.HANGUL} or end - start < _FEWEST[script]:
        return False
    return text[start - 1] in _BEFORE_HIRAGANA if script is _Script.HIRAGANA else text[start - 1] not in _LEADING_VOWELS


_MARKS = frozenset({"Mn", "Mc", "Me"})
_STACKERS = frozenset("\u1039\u17d2\u0eba")
"""Signs that put the next letter below the one before."""


def _ends_word(text: str, start: int, end: int) -> bool:
    after = text[end]
    if after.isalnum():
        return _ends_before(text, start, end)
    if unicodedata.category(after) in _MARKS:
        return False
    if after != "'" or end + 1 == len(text) or not text[end + 1].isalnum():
        return True
    possessive_end = end + 2
    return text[end + 1] in "sS" and (possessive_end == len(text) or not text[possessive_end].isalnum())


def _ends_before(text: str, start: int, end: int) -> bool:
    """Say whether a name ends although a letter follows."""
    script, later = _script(text[end - 1]), _script(text[end])
    if script is not later:
        return True
    if script in {None, _Script.KATAKANA} or end - start < _FEWEST[script]:
        return False
    if script is _Script.HANGUL:
        return _AFTER_HANGUL.match(text, end) is not None
    if script is _Script.HIRAGANA:
        return _AFTER_HIRAGANA.match(text, end) is not None
    return text[end] not in _FOLLOWING_VOWELS


def _ending(text: str, end: int) -> int:
    """Give the end of the word if it is not more than an ending away, else 0."""
    stop = end
    while stop < len(text) and text[stop].isalpha():
        stop += 1
    return stop if stop - end <= LONGEST_ENDING and (stop == len(text) or _ends_word(text, end, stop)) else 0
