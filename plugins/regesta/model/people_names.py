"""Names of authors, taken apart as far as that is safe: lists of references sort by the last part."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["AuthorName", "read_author"]


class AuthorName(NamedTuple):
    """The name of a person in its parts, or a name that is left whole."""

    family: str
    """With its particles: `van der Berg`. A name that is left whole stands here."""
    given: str = ""
    """Empty when the name is left whole, as that of an institute is."""
    suffix: str = ""
    """Such as `Jr.`."""

    @property
    def is_whole(self) -> bool:
        """Whether it has not been taken apart."""
        return not self.given

    @property
    def in_order(self) -> str:
        """The name as it is spoken."""
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    @property
    def by_family(self) -> str:
        """The name as an index has it."""
        return ", ".join(part for part in (self.family, self.given, self.suffix) if part)


_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)")
_NOT_A_PERSON = re.compile(
    r"\b(?:and|analysts?|agency|board|bureau|cent(?:er|re)|commission|committee|council|department|desk|editors?"
    r"|for|foundation|group|institut(?:e|ion)?|ministry|network|of|office|press|project|service|society|staff|team"
    r"|the|university"
    r"|agencja|biuro|centrum|fundacja|grupa|instytut|komisja|komitet|ministerstwo|ośrodek|redakcja|towarzystwo|uniwersytet"
    r"|zespół|агентство|бюро|ведомство|відділ|відомство|група|группа|институт|інститут|комиссия|комитет|комісія|комітет"
    r"|министерство|міністерство|общество|отдел|редакция|редакція|служба|товариство|университет|університет|фонд|центр"
    r"|gesellschaft|gruppe|institut|kommission|ministerium|redaktion|stiftung|universität|zentrum)\b|[&/\d]",
    re.IGNORECASE,
)
_MOST_WORDS = 6
_FAMILY_AND_GIVEN = 2


def read_author(name: str) -> AuthorName:
    """Take the name of an author apart; leave whole what may be an institute or has one word only.

    >>> read_author("Jan van der Berg"), read_author("Barros, George").given
    (AuthorName(family='van der Berg', given='Jan', suffix=''), 'George')
    >>> read_author("Institute for the Study of War").is_whole
    True
    """
    name = " ".join(name.split())
    if _NOT_A_PERSON.search(name):
        return AuthorName(name)
    parts = [part.strip() for part in name.split(",")]
    suffix = ""
    if len(parts) > 1 and _SUFFIX.fullmatch(parts[-1]):
        suffix = parts.pop()
    if len(parts) == _FAMILY_AND_GIVEN and all(parts):
        return AuthorName(parts[0], parts[1], suffix)
    words = parts[0].split()
    if len(parts) != 1 or not 1 < len(words) <= _MOST_WORDS:
        return AuthorName(name)
    if not suffix and len(words) > _FAMILY_AND_GIVEN and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return AuthorName(" ".join(words[start:]), " ".join(words[:start]), suffix)
