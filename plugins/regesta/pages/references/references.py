"""Briefs as lists of references have them: what BibTeX, RIS, CSL and the heads of pages are written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from regesta.model.entities import EntityType
from regesta.model.people_names import AuthorName, read_author
from regesta.model.slugs import slugify
from regesta.pages.html import href

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.model.archive import Archive, Entry
    from regesta.model.briefs import Brief
    from regesta.model.dates import ArchiveDate

__all__ = ["Reference", "institutes", "known_parts", "read_reference", "reference_keys"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One brief as a source that others cite."""

    key: str
    """What it is called in a list: of ASCII letters, digits and hyphens, and the archive's only one of this name."""
    title: str
    authors: tuple[AuthorName, ...]
    institute: str
    """Who published it."""
    series: str
    number: str
    date: ArchiveDate | None
    language: str
    address: str
    """Where it stands for good: on the site of the archive; else where it was first published; else nothing."""
    published_at: tuple[str, ...]
    """Where it was first published, as far as these addresses may be linked to."""
    doi: str
    rights: str
    subjects: tuple[str, ...]
    summary: str

    @property
    def pdf(self) -> str:
        """Where it was first published as a PDF, or nothing."""
        return next((url for url in self.published_at if urlsplit(url).path.lower().endswith(".pdf")), "")


def read_reference(brief: Brief, *, key: str, address: str, institutes: frozenset[str] = frozenset()) -> Reference:
    """Make the reference of a brief. `address` is that of its page, if it has one; `institutes` are no persons."""
    published_at = tuple(url for url in map(href, brief.source_urls) if url and not url.startswith("mailto:"))
    whole = institutes | {brief.publisher}
    return Reference(
        key=key,
        title=_line(brief.title),
        authors=tuple(
            AuthorName(name) if name in whole else read_author(name) for name in map(_line, brief.authors) if name
        ),
        institute=_line(brief.publisher),
        series=_line(brief.series),
        number=_line(brief.number),
        date=brief.date,
        language=_line(brief.language),
        address=address or next(iter(published_at), ""),
        published_at=published_at,
        doi=_line(brief.doi),
        rights=_line(brief.rights),
        subjects=tuple(filter(None, map(_line, brief.subjects))),
        summary=_line(brief.summary),
    )


def reference_keys(entries: Iterable[Entry]) -> Mapping[str, str]:
    """Give each brief its key, by path: its file's name, with the folder where two files have one name.

    Paths are taken in order of the alphabet, so that a key depends on no date and on no other order.
    """
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(entry.brief.path for entry in entries):
        stem = path.removesuffix(".md")
        key: str = slugify(stem.rpartition("/")[2])
        if key in taken:
            key = slugify(stem)
        number = 1
        while key in taken:
            number += 1
            key = f"{slugify(stem)}-{number}"
        taken.add(key)
        keys[path] = key
    return keys


def institutes(archive: Archive) -> frozenset[str]:
    """Give the names that are no persons': publishers, and organisations in every spelling."""
    found = {entry.brief.publisher for entry in archive.entries}
    for entity in archive.entities.values():
        if entity.type is EntityType.ORGANISATION:
            found |= {entity.name, *(variant.name for variant in entity.variants)}
    return frozenset(map(_line, found))


def known_parts(date: ArchiveDate | None) -> tuple[int, ...]:
    """Give what is known of a date, from the year down without a gap.

    >>> from regesta.model.dates import parse_date
    >>> known_parts(parse_date("2020-09~")), known_parts(parse_date("XXXX-09-14"))
    ((2020, 9), ())
    """
    found: list[int] = []
    for part in (date.year, date.month, date.day) if date else ():
        if part is None:
            break
        found.append(part)
    return tuple(found)


def _line(text: str) -> str:
    return " ".join(text.split())
