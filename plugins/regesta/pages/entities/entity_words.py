"""How the kinds of entities are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.model.entities import EntityType
from regesta.pages.languages.language import phrase

if TYPE_CHECKING:
    from regesta.pages.languages.language import Language

__all__ = ["KIND_WORDS", "KindWords", "count_of_kind"]


class KindWords(NamedTuple):
    """The messages on one kind of entities, in English."""

    heading: str
    """Over all of them."""
    one: str
    """Over a single one."""
    also: str
    """The same within a line."""
    about: str
    """What the list of all of them has, for those who search."""


KIND_WORDS = {
    EntityType.PERSON: KindWords(
        phrase("People"), phrase("Person"), phrase("person"), phrase("People named in {site}, from A to Z.")
    ),
    EntityType.ORGANISATION: KindWords(
        phrase("Organisations"),
        phrase("Organisation"),
        phrase("organisation"),
        phrase("Organisations named in {site}, from A to Z."),
    ),
    EntityType.PLACE: KindWords(
        phrase("Places"), phrase("Place"), phrase("place"), phrase("Places named in {site}, from A to Z.")
    ),
    EntityType.EVENT: KindWords(
        phrase("Events"), phrase("Event"), phrase("event"), phrase("Events named in {site}, from A to Z.")
    ),
}


def count_of_kind(language: Language, kind: EntityType, number: int) -> str:
    """Say how many entities of a kind there are."""
    if kind is EntityType.PERSON:
        return language.say_n("{n} person", "{n} people", number)
    if kind is EntityType.ORGANISATION:
        return language.say_n("{n} organisation", "{n} organisations", number)
    if kind is EntityType.PLACE:
        return language.say_n("{n} place", "{n} places", number)
    return language.say_n("{n} event", "{n} events", number)
