"""Fields of briefs that an archive has declared for itself: how each is called, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regesta.model.briefs import BRIEF_FIELDS
from regesta.model.front_matter import strings
from regesta.model.wording import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.model.briefs import Brief

__all__ = ["DUBLIN_CORE", "FIELD_SETTINGS", "InvalidFields", "OwnField", "own_values", "read_own_fields"]

FIELD_SETTINGS = ("label", "facet", "dublin_core")
"""What can be said of a field."""

DUBLIN_CORE = (
    "contributor", "coverage", "creator", "date", "description", "format", "identifier", "language", "publisher",
    "relation", "rights", "source", "subject", "title", "type",
)  # fmt: skip
"""The fifteen elements of ISO 15836-1."""


class InvalidFields(ValueError):
    """A declaration that is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """One field that the archive has declared."""

    name: str
    """As the front matter has it."""
    label: str
    """As readers see it."""
    facet: bool = False
    """Whether a search can be narrowed by it."""
    dublin_core: str = ""
    """The element of Dublin Core that it is in the head of a page, if any."""


def read_own_fields(written: object) -> tuple[OwnField, ...]:
    """Read the option `fields`; raise `InvalidFields`.

    >>> [field.label for field in read_own_fields({"field_office": None, "region": {"label": "Part of the country"}})]
    ['Field office', 'Part of the country']
    """
    if not isinstance(written, dict):
        raise InvalidFields(f"Expected fields by name, such as 'region: {{label: Region}}', not {written!r}.")
    return tuple(_field(str(name), said) for name, said in written.items())


def own_values(brief: Brief, fields: Sequence[OwnField]) -> list[tuple[OwnField, tuple[str, ...]]]:
    """Give what a brief says in the declared fields, in the order in which they are declared."""
    found = ((field, strings(brief.own.get(field.name))) for field in fields) if brief.own else ()
    return [(field, values) for field, values in found if values]


def _field(name: str, said: object) -> OwnField:
    if name in BRIEF_FIELDS:
        raise InvalidFields(f"{name!r} is a field of every brief and needs no declaration. Choose another name.")
    settings = {} if said is None else {"label": said} if isinstance(said, str) else said
    if not isinstance(settings, dict):
        raise InvalidFields(f"{name}: Expected settings such as '{{label: Region}}', not {said!r}.")
    for setting in settings:
        if setting not in FIELD_SETTINGS:
            raise InvalidFields(f"{name}: There is no setting {str(setting)!r}.{nearest(setting, FIELD_SETTINGS)}")
    return OwnField(
        name=name,
        label=_label(name, settings),
        facet=_facet(name, settings),
        dublin_core=_element(name, settings),
    )


def _label(name: str, settings: Mapping[str, object]) -> str:
    label = settings.get("label") or name.replace("_", " ").capitalize()
    if not isinstance(label, str):
        raise InvalidFields(f"{name}: label: Expected text, not {label!r}.")
    return label


def _facet(name: str, settings: Mapping[str, object]) -> bool:
    facet = settings.get("facet", False)
    if not isinstance(facet, bool):
        raise InvalidFields(f"{name}: facet: Expected true or false, not {facet!r}.")
    return facet


def _element(name: str, settings: Mapping[str, object]) -> str:
    written = settings.get("dublin_core")
    if written is None:
        return ""
    # DC.coverage and dc:coverage are how heads of pages and records write it.
    element = str(written).lower().removeprefix("dc.").removeprefix("dc:")
    if element not in DUBLIN_CORE:
        raise InvalidFields(
            f"{name}: dublin_core: {written!r} is none of its fifteen elements.{nearest(element, DUBLIN_CORE)}"
        )
    return element
