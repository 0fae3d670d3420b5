"""The mentions of an entity by year, and where there are many, cut so that each page stays small."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.archive import Mentioned
from regesta.pages.portions import ROOM, at_most, by_sentence, portions, sentence_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.model.mentions import Mention
    from regesta.pages.languages.language import Language

__all__ = ["Year", "cut_years", "is_long", "years_of"]

_BRIEF = 240
"""Bytes that the title of a brief, its date and its institute take."""
_MARK = 14
"""Bytes that mark a name in its sentence."""


class Year(NamedTuple):
    """The briefs of one year that name an entity."""

    heading: str
    anchor: str
    mentioned: tuple[Mentioned, ...]
    path: str
    """Of the page that has them, when they are not on this one."""

    @property
    def mentions(self) -> int:
        """How often the entity is named in it."""
        return sum(len(found.mentions) for found in self.mentioned)


def years_of(mentioned: Sequence[Mentioned], language: Language) -> list[Year]:
    """Group by year, the latest first; what has no year comes last."""
    newest_first = sorted(mentioned, key=_year_of, reverse=True)
    years = []
    for year, group in groupby(newest_first, key=_year_of):
        found = sorted(group, key=lambda item: item.entry.brief.sort_key, reverse=True)
        heading = str(year) if year else language.say("Undated")
        years.append(Year(heading, str(year) if year else "undated", tuple(found), ""))
    return years


def is_long(mentioned: Sequence[Mentioned]) -> bool:
    """Say whether all the mentions of an entity are too many for its own page."""
    if sum(at_most(item.mentions) for item in mentioned) + len(mentioned) * _BRIEF <= ROOM:
        return False
    return sum(map(_size, mentioned)) > ROOM


def cut_years(years: Sequence[Year], stem: str, language: Language) -> list[Year]:
    """Give each year a page, a long one several: the earliest the first, so that it stays when briefs are added."""
    return [piece for year in years for piece in _pieces(year, stem, language)]


def _pieces(year: Year, stem: str, language: Language) -> list[Year]:
    found = [part for item in reversed(year.mentioned) for part in _parts(item)]
    pieces = []
    for number, portion in enumerate(portions(found, _size), 1):
        heading, anchor = year.heading, year.anchor
        if number > 1:
            heading = language.say("{year}, part {part}", year=heading, part=number)
            anchor = f"{anchor}-{number}"
        pieces.append(Year(heading, anchor, portion[::-1], f"{stem}/{anchor}.md"))
    return pieces[::-1]


def _parts(item: Mentioned) -> Iterator[Mentioned]:
    """Cut what one brief says, if it alone is too much."""
    if at_most(item.mentions) + _BRIEF <= ROOM:
        yield item
        return
    for part in portions(by_sentence(item.mentions), _group_size, ROOM - _BRIEF):
        yield Mentioned(entry=item.entry, mentions=tuple(mention for group in part for mention in group))


def _size(item: Mentioned) -> int:
    return _BRIEF + sum(map(_group_size, by_sentence(item.mentions)))


def _group_size(group: Sequence[Mention]) -> int:
    return sentence_size(group[0]) + _MARK * (len(group) - 1)


def _year_of(mentioned: Mentioned) -> int:
    date = mentioned.entry.brief.date
    return (date.year if date else None) or 0
