"""What every page of the archive may show, told apart from what it was at the last build."""

from __future__ import annotations

import os
import sys
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import regesta
from regesta.reading.addresses import ADDRESSES
from regesta.reading.cache import file_state
from regesta.reading.folder import list_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.mkdocs_plugins.archive_build import ArchiveBuild
    from regesta.pages.site import Site

__all__ = ["site_state"]


def site_state(build: ArchiveBuild, *, settings: Iterable[object], pages: Iterable[str]) -> str:
    """Give one word for each state of all that pages share.

    That is the program, the settings, the records of entities and of links, what all briefs say above their text, and
    which `pages` there are: not the texts of briefs, of which each page shows a few.
    """
    digest = blake2b(digest_size=16)
    for fact in _facts(build, settings, pages):
        digest.update(fact.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _facts(build: ArchiveBuild, settings: Iterable[object], pages: Iterable[str]) -> Iterator[str]:
    yield from _program()
    yield from map(repr, settings)
    yield from _settings(build.site)
    yield from sorted(pages)
    yield from _files(build)
    yield from sorted(build.entity_texts)
    yield from (repr(entry.brief) for entry in build.site.archive.entries)


def _program() -> Iterator[str]:
    """Give the states of our own files, and the names of all that is installed, which have its versions in them."""
    yield sys.version
    folder = Path(regesta.__file__).parent
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if not name.endswith(".pyc"):
                yield f"{name} {file_state(Path(place, name))}"
    for path in sys.path:
        if os.path.isdir(path):  # noqa: PTH112 - most are strings of the interpreter
            yield from sorted(name for name in os.listdir(path) if name.endswith(".dist-info"))  # noqa: PTH208


def _settings(site: Site) -> Iterator[str]:
    yield from (site.name, site.description, site.site_url, site.source, site.language.tag)
    yield repr(site.addresses)
    yield repr((site.with_entities, site.entity_types, site.with_dates, site.with_sources, site.with_score))
    yield repr((site.own_fields, site.sizes, site.feed_size, site.records))
    yield " ".join(sorted(wanted.suffix for wanted in site.reference_formats))
    yield " ".join(sorted(site.watch.copy_hosts))


def _files(build: ArchiveBuild) -> Iterator[str]:
    """Name all files of the archive, and give the states of those that are no briefs and no records of entities.

    Names of drafts, too: a link to one is no link in the site, yet not one to nothing.
    """
    root = build.folder.root
    known = {file.path for file in (*build.folder.briefs, *build.folder.entities)}
    yield from sorted(known)
    # A build adds to the list of addresses itself, and no page shows it.
    for path in sorted(list_paths(root) - known - {ADDRESSES}):
        yield f"{path} {file_state(root / path)}"
