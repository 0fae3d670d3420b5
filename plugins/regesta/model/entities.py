"""Persons, organisations, places and events, each with an authority record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.drafts import is_draft_path, kept_back_by
from regesta.model.front_matter import Value, strings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.model.briefs import Document

__all__ = ["ENTITY_FIELDS", "Entity", "EntityType", "Variant", "VariantKind", "read_entity"]


class EntityType(StrEnum):
    """What an entity is. The value is the word in its record."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    EVENT = "event"

    @property
    def folder(self) -> str:
        """The folder of its pages."""
        return {"person": "people", "organisation": "organisations", "place": "places", "event": "events"}[self.value]


class VariantKind(StrEnum):
    """Why a name is a variant."""

    SPELLING = "spelling"
    NATIVE = "native"
    """The name in the entity's own script."""
    FORMER = "former"
    HIDDEN = "hidden"
    """Found and searched, never shown."""


class Variant(NamedTuple):
    """One way to write a name."""

    name: str
    """Without the `*`."""
    kind: VariantKind = VariantKind.SPELLING
    until: str = ""
    """The date at which a former name ended, as written."""
    inflected: bool = False
    """Written with a `*`: endings of a few letters belong to it."""
    any_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What the archive knows of one person, organisation, place or event."""

    slug: str
    """The name of its file."""
    path: str
    """Of its record, from the archive's source folder."""
    name: str
    """As it is shown."""
    type: EntityType
    also: tuple[EntityType, ...] = ()
    """Other types under whose index it stands, such as a state that is a place and acts."""
    part_of: str = ""
    """Slug of the entity it belongs to."""
    variants: tuple[Variant, ...] = ()
    """Without `name`, which is always one."""
    not_in: tuple[str, ...] = ()
    """Longer strings in which a variant is not this entity."""
    same_as: tuple[tuple[str, str], ...] = ()
    """Identifiers by authority, such as `("wikidata", "Q2866")`."""
    redirect_from: tuple[str, ...] = ()
    note: str = ""
    """A note in Markdown."""
    is_draft: bool = False
    """Whether its record says, in the words of any generator, that it is not to be published: it is nowhere used."""

    @property
    def shown_variants(self) -> tuple[Variant, ...]:
        """The variants that a page may show: neither hidden ones nor stems, which are no names."""
        return tuple(
            variant for variant in self.variants if variant.kind is not VariantKind.HIDDEN and not variant.inflected
        )

    @property
    def native_name(self) -> str:
        """The name in its own script, or nothing."""
        return next((variant.name for variant in self.shown_variants if variant.kind is VariantKind.NATIVE), "")


ENTITY_FIELDS = ("name", "type", "also", "part_of", "variants", "not_in", "same_as", "redirect_from")
"""What the front matter of an entity may hold."""


_KNOWN = frozenset(ENTITY_FIELDS)


def read_entity(document: Document) -> Entity:
    """Make the entity of a record. What cannot be read is left out; the checker names it."""
    fields = document.front.fields
    slug = document.path.rpartition("/")[2].removesuffix(".md")
    name = fields.get("name")
    is_name = isinstance(name, str) and bool(name.strip()) and not name.strip().endswith("*")
    # A stem is found in texts, and is no name to be shown.
    stem = _variant(name) if isinstance(name, str) and not is_name else None
    return Entity(
        slug=slug,
        path=document.path,
        name=name if isinstance(name, str) and is_name else slug.replace("-", " ").title(),
        type=_type(fields.get("type")) or EntityType.ORGANISATION,
        also=tuple(kind for kind in map(_type, strings(fields.get("also"))) if kind),
        part_of=_text(fields, "part_of"),
        variants=(*((stem,) if stem and stem.name else ()), *_variants(fields.get("variants"))),
        not_in=strings(fields.get("not_in")),
        same_as=_same_as(fields.get("same_as")),
        redirect_from=strings(fields.get("redirect_from")),
        note=document.text_below,
        is_draft=is_draft_path(document.path) or kept_back_by(document.front, _KNOWN) is not None,
    )


def _type(value: Value | None) -> EntityType | None:
    try:
        return EntityType(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _text(fields: Mapping[str, Value], key: str) -> str:
    value = fields.get(key)
    return value if isinstance(value, str) else ""


def _variants(value: Value | None) -> tuple[Variant, ...]:
    listed: tuple[Value, ...] = value if isinstance(value, tuple) else (value,) if value else ()
    return tuple(variant for variant in map(_variant, listed) if variant and variant.name)


def _variant(value: Value) -> Variant | None:
    if isinstance(value, dict):
        name, kind = _text(value, "name"), _text(value, "kind")
        known = VariantKind(kind) if kind in set(VariantKind) else VariantKind.SPELLING
        any_case = _text(value, "case") == "any"
        return Variant(name.strip().removesuffix("*"), known, _text(value, "to"), name.strip().endswith("*"), any_case)
    if isinstance(value, str):
        return Variant(value.strip().removesuffix("*"), inflected=value.strip().endswith("*"))
    return None


def _same_as(value: Value | None) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        return ()
    return tuple((key, item) for key, item in value.items() if isinstance(item, str) and item)
