"""Long lists cut into portions that a page can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from regesta.model.sentences import LONGEST_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.model.mentions import Mention
    from regesta.model.spoken_dates import SpokenDate

__all__ = ["ROOM", "at_most", "by_sentence", "portions", "sentence_size"]

ROOM = 100_000
"""Bytes of HTML that a list takes on one page: with all the rest no page reaches 200 KB."""
_MARKUP = 260
"""Bytes that stand around a sentence, its share of its brief's title and address included."""
_Item = TypeVar("_Item")


def at_most(sentences: Iterable[Mention | SpokenDate]) -> int:
    """Give a size that the HTML of these sentences will not reach, without looking for where they begin and end."""
    return sum(min(len(one.text), LONGEST_SENTENCE) * (1 if one.text.isascii() else 2) + _MARKUP for one in sentences)


def sentence_size(one: Mention | SpokenDate) -> int:
    """Give about how many bytes a sentence takes on a page."""
    sentence = one.sentence
    return (len(sentence) if sentence.isascii() else len(sentence.encode())) + _MARKUP


def by_sentence(mentions: Iterable[Mention]) -> list[tuple[Mention, ...]]:
    """Put the mentions together that stand in one sentence. An endless sentence is cut into excerpts."""
    found: list[list[Mention]] = []
    reach = 0
    for mention in mentions:
        last = found[-1][0] if found else None
        if last is not None and mention.block == last.block and mention.end <= reach:
            found[-1].append(mention)
            continue
        found.append([mention])
        reach = mention.start - mention.at + len(mention.sentence)
    return [tuple(group) for group in found]


def portions(items: Iterable[_Item], size: Callable[[_Item], int], room: int = ROOM) -> list[tuple[_Item, ...]]:
    """Cut a list where the next item would not fit any more. An item that is too large stands alone.

    >>> portions([3, 3, 3, 9, 1], size=int, room=7)
    [(3, 3), (3,), (9,), (1,)]
    """
    cut: list[list[_Item]] = []
    taken = 0
    for item in items:
        needed = size(item)
        if not cut or taken + needed > room:
            cut.append([])
            taken = 0
        cut[-1].append(item)
        taken += needed
    return [tuple(part) for part in cut]
