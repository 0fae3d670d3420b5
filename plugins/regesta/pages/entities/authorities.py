"""Who keeps records of persons, institutes and places, and at which address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from regesta.pages.html import href

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.entities import Entity

__all__ = ["identifier", "same_as"]

_AUTHORITIES = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "viaf": ("VIAF", "https://viaf.org/viaf/{}"),
    "gnd": ("GND", "https://d-nb.info/gnd/{}"),
    "isni": ("ISNI", "https://isni.org/isni/{}"),
    "orcid": ("ORCID", "https://orcid.org/{}"),
    "ror": ("ROR", "https://ror.org/{}"),
    "geonames": ("GeoNames", "https://www.geonames.org/{}"),
}


def identifier(authority: str, value: str) -> tuple[str, str, str | None]:
    """Give the name of an authority, the identifier, and the address of its record where it may be linked to."""
    name, pattern = _AUTHORITIES.get(authority, (authority, "{}"))
    return name, value, href(pattern.format(quote(value) if authority in _AUTHORITIES else value))


def same_as(entity: Entity) -> Iterator[str]:
    """Give the addresses of an entity's records."""
    for authority, value in entity.same_as:
        _, _, address = identifier(authority, value)
        if address is not None and not address.startswith("mailto:"):
            yield address
