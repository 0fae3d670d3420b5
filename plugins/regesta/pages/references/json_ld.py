"""What pages tell machines in the words of schema.org: JSON-LD in a script element that no browser runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from regesta.model.entities import EntityType
from regesta.model.link_forms import LinkForm
from regesta.pages.entities.authorities import same_as
from regesta.pages.references.references import known_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.model.archive import Entry
    from regesta.model.dates import ArchiveDate
    from regesta.model.entities import Entity
    from regesta.model.people_names import AuthorName
    from regesta.pages.site import Site

__all__ = ["LinkedData", "script_json"]

_TYPES = {
    EntityType.PERSON: "Person",
    EntityType.ORGANISATION: "Organization",
    EntityType.PLACE: "Place",
    EntityType.EVENT: "Event",
}
_PART_OF = {
    EntityType.PERSON: "affiliation",
    EntityType.ORGANISATION: "parentOrganization",
    EntityType.PLACE: "containedInPlace",
    EntityType.EVENT: "superEvent",
}
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_CONTEXT = "https://schema.org"


def script_json(data: object) -> str:
    r"""Write JSON that can stand in a script element: nothing in it is markup there.

    >>> script_json({"title": "</script>\u2028"})
    '{"title":"\\u003c/script\\u003e\\u2028"}'
    """
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _ESCAPES.items():
        written = written.replace(sign, escape)
    return written


class LinkedData:
    """Writes the JSON-LD of one site. What it says of an entity is written once, and stands in every brief."""

    def __init__(self, site: Site) -> None:
        """Take the site."""
        self._site = site
        self._mentions: dict[str, str] = {}

    def brief(self, entry: Entry) -> str:
        """Write the element of a brief: a `Report` that mentions entities and cites pages."""
        data = script_json(_present({"@context": _CONTEXT, **self._report(entry)}))
        mentions = ",".join(self._mention(slug) for slug in entry.slugs if slug in self._site.archive.entities)
        if mentions:
            data = f'{data[:-1]},"mentions":[{mentions}]}}'
        return _element(data)

    def entity(self, entity: Entity) -> str:
        """Write the element of an entity: what it is, and where else there are records of it."""
        whole = self._site.archive.entities.get(entity.part_of)
        names = [variant.name for variant in entity.shown_variants if variant.name != entity.name]
        data = {
            "@context": _CONTEXT,
            **self._thing(entity),
            "url": self._entity_address(entity),
            "alternateName": list(dict.fromkeys(names)),
            _PART_OF[entity.type]: self._thing(whole) if whole and _fits(entity, whole) else None,
        }
        return _element(script_json(_present(data)))

    def _report(self, entry: Entry) -> dict[str, object]:
        brief, site = entry.brief, self._site
        reference = site.references[brief.path]
        address = site.absolute(brief.path)
        return {
            "@type": "Report",
            "@id": address,
            "url": address,
            "name": reference.title,
            "author": [self._author(name) for name in reference.authors],
            "publisher": {"@type": "Organization", "name": reference.institute} if reference.institute else None,
            "datePublished": _day(reference.date),
            "dateModified": _day(brief.updated),
            "reportNumber": reference.number,
            "isPartOf": {"@type": "CreativeWorkSeries", "name": reference.series} if reference.series else None,
            "inLanguage": reference.language,
            "sameAs": list(reference.published_at),
            "identifier": f"doi:{reference.doi}" if reference.doi else None,
            "abstract": reference.summary,
            "keywords": list(reference.subjects),
            "copyrightNotice": reference.rights,
            "correction": [
                _present({"@type": "CorrectionComment", "text": one.note, "datePublished": _day(one.date)})
                for one in brief.corrections
            ],
            "citation": [*self._cited_briefs(entry), *_cited_pages(entry)],
        }

    def _author(self, name: AuthorName) -> dict[str, str]:
        if name.is_whole:
            return {"@type": "Organization", "name": name.family}
        return {"@type": "Person", "name": name.in_order, "givenName": name.given, "familyName": name.family}

    def _cited_briefs(self, entry: Entry) -> Iterable[object]:
        for cited in self._site.archive.cites.get(entry.brief.path, ()):
            address = self._site.absolute(cited.brief.path)
            yield _present({"@type": "Report", "@id": address, "name": cited.brief.title})

    def _mention(self, slug: str) -> str:
        written = self._mentions.get(slug)
        if written is None:
            written = self._mentions[slug] = script_json(self._thing(self._site.archive.entities[slug]))
        return written

    def _thing(self, entity: Entity) -> dict[str, object]:
        return _present(
            {
                "@type": _TYPES[entity.type],
                "@id": self._entity_address(entity),
                "name": entity.name,
                "sameAs": list(same_as(entity)),
            }
        )

    def _entity_address(self, entity: Entity) -> str:
        path = self._site.entity_paths.get(entity.slug)
        return self._site.absolute(path) if path else ""


def _cited_pages(entry: Entry) -> Iterable[object]:
    # What is defanged, or means no certain address, is no link here either.
    urls = dict.fromkeys(link.url for link in entry.cited if link.form in {LinkForm.OK, LinkForm.DAMAGED} and link.url)
    return ({"@type": "CreativeWork", "url": url} for url in urls)


def _fits(entity: Entity, whole: Entity) -> bool:
    """Say whether schema.org lets the one be part of the other."""
    wanted = EntityType.ORGANISATION if entity.type is EntityType.PERSON else entity.type
    return wanted in {whole.type, *whole.also}


def _day(date: ArchiveDate | None) -> str:
    parts = known_parts(date)
    return "-".join(f"{part:04}" if not index else f"{part:02}" for index, part in enumerate(parts))


def _present(data: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if value}


def _element(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'
