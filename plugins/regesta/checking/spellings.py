"""Whether two names of one entity are one name, spelled in two ways."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from regesta.model.entities import EntityType, VariantKind

if TYPE_CHECKING:
    from regesta.model.entities import Entity

__all__ = ["two_spellings"]

_ALIKE = 0.7
"""Share of letters that two spellings of a word have in common: Ostrenko and Astrenka 0.75, Poland and Polish 0.5."""
_SHORTEST = 4
_MOST = 12
"""Spellings of one entity in one brief that are compared with one another."""


@lru_cache(maxsize=16384)
def two_spellings(entity: Entity, spellings: tuple[str, ...]) -> tuple[str, str] | None:
    """Give the first two, in the order of the text, that differ in the spelling of a word.

    A name and its short form are none, nor are a former name, a name in another script and an inflected one.
    """
    stems = tuple(variant.name for variant in entity.variants if variant.inflected)
    former = {variant.name for variant in entity.variants if variant.kind is VariantKind.FORMER}
    kept = [spelling for spelling in spellings if spelling not in former][:_MOST]
    for first, second in combinations(kept, 2):
        if _differ(_words(first, stems), _words(second, stems), is_person=entity.type is EntityType.PERSON):
            return first, second
    return None


def _words(spelling: str, stems: tuple[str, ...]) -> tuple[str, ...]:
    """Give the words of a name; an inflected one as the stem that its record has."""
    words = max((stem for stem in stems if spelling.startswith(stem)), key=len, default=spelling).split()
    return tuple(
        next((stem for stem in stems if word.startswith(stem)), word).casefold().replace("’", "'") for word in words
    )


@lru_cache(maxsize=4096)
def _differ(first: tuple[str, ...], second: tuple[str, ...], *, is_person: bool) -> bool:
    return any(
        _is_respelled(one, other, is_person=is_person)
        for one in first
        if one not in second
        for other in second
        if other not in first
    )


def _is_respelled(one: str, other: str, *, is_person: bool) -> bool:
    if min(len(one), len(other)) < _SHORTEST or one.isascii() != other.isascii():
        return False
    if abs(len(one) - len(other)) > len("ch"):
        return False
    if one.startswith(other) or other.startswith(one):
        # Zelensky and Zelenskyy are one name; Russia and Russian are two words.
        return is_person and abs(len(one) - len(other)) == 1
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if same >= _SHORTEST and (abs(len(one) - len(other)) > 1 or not one.isascii()):
        # Behind a common stem this is another word (Ukraine, Ukrainian) or, in Cyrillic, another case of it.
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
