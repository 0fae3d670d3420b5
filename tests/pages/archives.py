"""Small archives on their way to pages, for tests of pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.model.archive import Archive, read_entry
from regesta.model.briefs import read_document
from regesta.model.entities import read_entity
from regesta.model.mentions import Names
from regesta.model.site_paths import SitePaths
from regesta.model.watch import Watch
from regesta.pages.addresses import Addresses
from regesta.pages.site import Site, entity_path
from regesta.pages.writing.body_writer import BodyHtml, write_body
from regesta.pages.writing.link_writer import Places, entity_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.pages.sheet import Sheet

GOLDEN = Path(__file__).parent / "golden"


def site_of(
    briefs: Mapping[str, str],
    records: Mapping[str, str] | None = None,
    *,
    watch: Watch | None = None,
    **options: object,
) -> Site:
    """Make a site of briefs and records, by the paths of their files."""
    written = {path: read_document(path, text.encode()) for path, text in (records or {}).items()}
    entities = [read_entity(document) for document in written.values()]
    names = Names(entities)
    paths = {entity.slug: entity_path(entity) for entity in entities}
    places = Places(Addresses(), SitePaths(frozenset(briefs)), paths)
    entries, bodies = [], {}
    for path, text in briefs.items():
        document = read_document(path, text.encode())
        entry = read_entry(document, names)
        entries.append(entry)
        marks = entity_marks(document, entry.mentions, places)
        bodies[path] = write_body(document, marks, places, title=entry.brief.title)
    for path in written:
        bodies[path] = BodyHtml("", "", ())
    return Site(
        archive=Archive.of(entries, entities),
        bodies=bodies,
        name="Register",
        watch=watch or Watch(),
        **options,  # type: ignore[arg-type]
    )


def written(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Write pages, by path."""
    return {sheet.path: sheet.write().html for sheet in sheets}


def assert_golden(name: str, html: str) -> None:
    """Compare a page with its golden file; write that anew where `REGESTA_WRITE_GOLDEN` is set."""
    golden = GOLDEN / f"{name}.html"
    if os.environ.get("REGESTA_WRITE_GOLDEN"):
        golden.write_text(html, encoding="utf-8")
    assert html == golden.read_text(encoding="utf-8")
