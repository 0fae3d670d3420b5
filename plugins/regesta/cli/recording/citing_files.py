"""What one file cites, read, or remembered from when it was as it is now."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta import __version__
from regesta.model.cited_links import CitedLink
from regesta.model.link_forms import LinkForm
from regesta.reading.cache import file_state

if TYPE_CHECKING:
    from regesta.model.briefs import Document
    from regesta.model.dates import ArchiveDate
    from regesta.reading.cache import Cache
    from regesta.reading.folder import SourceFile

__all__ = ["CITED_FILE", "CitingFile", "Kind", "read_citing_file"]

CITED_FILE = ".regesta/cited.sqlite"
"""Beside mkdocs.yml; never committed."""


class Kind(StrEnum):
    """As what a file is read."""

    BRIEF = "brief"
    ENTITY = "entity"
    PAGE = "page"
    """A Markdown file of no archive."""


class CitingFile(NamedTuple):
    """A file and its links."""

    title: str
    """Of a brief, or the name of an entity; empty for any other Markdown."""
    publisher: str
    language: str
    date: ArchiveDate | None
    is_withdrawn: bool
    is_draft: bool
    """Whether it is not to be published: nothing of it is told."""
    links: tuple[CitedLink, ...]
    """None of a withdrawn brief or a draft."""


def read_citing_file(file: SourceFile, kind: Kind, cache: Cache | None = None) -> CitingFile:
    """Read a file, unless the cache has what was read of it in this state; raise `Unreadable`."""
    key = f"{__version__}\0{kind}\0{file.path}\0{file_state(file.file)}" if cache else ""
    if cache and (kept := cache.get(key)) and (found := _recall(kept)):
        return found
    found = _read(file, kind)
    if cache:
        cache.put(key, _remember(found))
    return found


def _read(file: SourceFile, kind: Kind) -> CitingFile:
    from regesta.reading.archive import read_source  # noqa: PLC0415 - not where nothing has changed

    return _of(read_source(file, site_markdown=kind is Kind.PAGE), kind)


def _of(document: Document, kind: Kind) -> CitingFile:
    from regesta.model.briefs import Status, read_brief  # noqa: PLC0415 - see above
    from regesta.model.cited_links import cited_links  # noqa: PLC0415
    from regesta.model.entities import read_entity  # noqa: PLC0415

    links = tuple(cited_links(document))
    if kind is Kind.BRIEF:
        brief = read_brief(document)
        is_withdrawn, is_draft = brief.status is Status.WITHDRAWN, brief.status is Status.DRAFT
        links = links if brief.status is Status.PUBLISHED else ()
        return CitingFile(brief.title, brief.publisher, brief.language, brief.date, is_withdrawn, is_draft, links)
    entity = read_entity(document) if kind is Kind.ENTITY else None
    is_draft = entity is not None and entity.is_draft
    return CitingFile(
        entity.name if entity else "",
        "",
        "",
        None,
        is_withdrawn=False,
        is_draft=is_draft,
        links=() if is_draft else links,
    )


def _remember(found: CitingFile) -> str:
    return json.dumps([*found[:3], found.date.text if found.date else None, *found[4:]], separators=(",", ":"))


_FORMS = {form.value: form for form in LinkForm}


def _recall(kept: str) -> CitingFile | None:
    """Read what was kept; None for what cannot be of our making."""
    from regesta.model.dates import InvalidDate, parse_date  # noqa: PLC0415 - see above

    try:
        title, publisher, language, date, is_withdrawn, is_draft, links = json.loads(kept)
        day = parse_date(date) if date is not None else None
        return CitingFile(title, publisher, language, day, is_withdrawn, is_draft, tuple(map(_link, links)))
    except (ValueError, TypeError, KeyError, InvalidDate):
        return None


def _link(kept: list[Any]) -> CitedLink:
    raw, form, *rest = kept
    return CitedLink(raw, _FORMS[form], *rest)
