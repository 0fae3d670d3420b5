"""The archive as data under `/data/`: its files, and the page that explains them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.pages.data.package import data_package
from regesta.pages.data.sqlite import ArchiveDatabase
from regesta.pages.data.tables import TABLES, Kind
from regesta.pages.data.text import archive_json, table_csv
from regesta.pages.languages.language import phrase
from regesta.pages.lazy_file import LazyFile
from regesta.pages.sheet import Contents, Sheet, Written

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from regesta.pages.site import Site

__all__ = ["DATA_FORMATS", "archive_files", "data_sheet"]

DATA_FORMATS = ("json", "csv", "sqlite")
"""The formats of the whole archive."""

PAGE = "data/index.md"


def archive_files(
    site: Site, formats: Collection[str], folder: str = "data/", *, database: ArchiveDatabase | None = None
) -> Iterator[LazyFile]:
    """Give the files of the whole archive. Each is written when it is due, piece by piece."""
    kept = database or ArchiveDatabase(site)
    if "json" in formats:
        yield LazyFile(f"{folder}archive.json", lambda: archive_json(site, kept))
    if "csv" in formats:
        for table in TABLES:
            yield LazyFile(f"{folder}{table.name}.csv", lambda table=table: table_csv(kept, table))  # type: ignore[misc]
        yield LazyFile(f"{folder}datapackage.json", lambda: data_package(site, formats))
    if "sqlite" in formats:
        yield LazyFile(f"{folder}archive.sqlite", kept.pieces)


def data_sheet(site: Site, formats: Collection[str]) -> Sheet:
    """Give the page that leads to the files, and says what each column holds."""
    return Sheet(
        path=PAGE,
        title=site.language.say("Data"),
        description=site.language.say("The archive as data: its briefs, whom and what they name, and their links."),
        write=lambda: _write(site, formats),
    )


def _write(site: Site, formats: Collection[str]) -> Written:
    say = site.language.say
    feeds = [feed for feed in site.feeds.values() if feed.stem.startswith("feeds/institutes/") or not feed.about]
    html = site.render("data.html", PAGE, tables=TABLES, formats=formats, kinds=_KINDS, feeds=feeds)
    contents = [Contents(2, "codebook", say("What each column holds"))] if formats else []
    contents += [Contents(3, f"table-{table.name}", table.name) for table in TABLES if formats]
    if feeds:
        contents.append(Contents(2, "feeds", say("Feeds")))
    return Written(html, tuple(contents))


_KINDS = {Kind.TEXT: phrase("text"), Kind.NUMBER: phrase("number"), Kind.LIST: phrase("list")}
