"""A page of the archive as MkDocs knows pages."""

from __future__ import annotations

import os
import posixpath
import re
from typing import TYPE_CHECKING, Any

from markupsafe import escape
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from regesta.mkdocs_plugins.site_language import in_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from regesta.pages.addresses import Addresses
    from regesta.pages.sheet import Contents, Sheet

__all__ = ["TEMPLATE", "ArchivePage", "archive_file", "at_its_address", "contents_tree", "edit_address"]

TEMPLATE = "regesta.html"
"""The template of every page of the archive. It extends the theme's `main.html`."""

_ID = re.compile(r'\bid="([^"]+)"')


class ArchivePage(Page):
    """A page that is made from the archive. It is written when the theme asks for it, and let go at once."""

    sheet: Sheet
    above: str
    """HTML that is no part of the page and stands above it, for whoever is writing."""
    head: str
    """What stands in the page's head besides the theme's own. Our template writes it."""
    language: str
    """The language of what is written, where it is not that of the theme: HTML says so. Else empty."""
    hub: Page | None = None
    """The page of the navigation under which it belongs."""

    def __init__(self, sheet: Sheet, file: File, config: MkDocsConfig, *, date: str, edit_url: str | None) -> None:
        """Take the sheet it shows. `date` is that of the newest thing on it, as the sitemap wants it."""
        # The theme prints titles as they are: they must be HTML already.
        super().__init__(escape(sheet.title), file, config)
        self.sheet = sheet
        self.update_date = date
        self.edit_url = edit_url
        self.links_to_anchors = {}
        self.eager = False
        self.above = ""
        self.language = ""
        self.head = ""

    @property
    def active(self) -> bool:
        """Whether it is being rendered; its hub is marked in the navigation then."""
        return self._active

    @active.setter
    def active(self, value: bool) -> None:
        """Mark the hub too."""
        self._active = value
        if (hub := self.__dict__.get("hub")) is not None:
            hub.active = value

    @property
    def present_anchor_ids(self) -> set[str]:
        """The ids on the page, for links from docs/ to a place in it. Found only when asked for."""
        return set(_ID.findall(self.sheet.write().html))

    @present_anchor_ids.setter
    def present_anchor_ids(self, value: set[str]) -> None:
        """Keep nothing: they are found when asked for."""

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' own signature
        """Take the place of reading Markdown: there is none."""
        self.markdown = ""
        self.meta: dict[str, Any] = {"template": TEMPLATE, "title": self.title}
        if self.sheet.description:
            self.meta["description"] = escape(self.sheet.description)
        if self.sheet.author:
            self.meta["author"] = escape(self.sheet.author)
        if self.sheet.published:
            self.meta["date"] = self.sheet.published
        if self.file.url in {".", "./", "index.html"}:
            del self.meta["title"]

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' own signature
        """Write nothing yet, unless another plugin wants to see the content."""
        self.content = ""
        self.toc = TableOfContents([])
        if self.eager:
            self.fill()

    def fill(self) -> None:
        """Write the page."""
        if not self.content:
            written = self.sheet.write()
            self.content = in_language(self.above + written.html, self.language)
            self.toc = contents_tree(written.contents)
            self.head = written.head

    def empty(self) -> None:
        """Let the written page go."""
        self.content = self.head = ""
        self.toc = TableOfContents([])


def archive_file(path: str, config: MkDocsConfig, addresses: Addresses, *, source: Path | None = None) -> File:
    """Return the file that MkDocs wants behind each page, outside of the navigation.

    `source` is the file on disk that the page is made from. Other plugins take a path for granted, for the dates and
    authors that git knows: a page that is made from many files gets that of the configuration, and stays `generated`.
    """
    file = File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
    file.abs_src_path = os.fspath(source) if source else config.config_file_path
    if source is not None:
        file.generated_by = None
    return at_its_address(file, addresses)


def at_its_address(file: File, addresses: Addresses) -> File:
    """Give a file the place in the site that links to it lead to."""
    if addresses.folders:
        file.dest_uri = addresses.renamed(file.dest_uri)
    return file


def edit_address(config: MkDocsConfig, source_dir: str, path: str) -> str | None:
    """Give where a page's source can be edited, when the site says so: beside docs/, in the archive's folder."""
    if not path or not config.repo_url or not config.edit_uri:
        return None
    base = config.edit_uri.rstrip("/")
    folder = posixpath.normpath(posixpath.join(base, source_dir))
    return f"{config.repo_url.rstrip('/')}/{folder.lstrip('/')}/{path}"


def contents_tree(contents: Sequence[Contents]) -> TableOfContents:
    """Nest headings by their level."""
    top: list[AnchorLink] = []
    open_items: list[AnchorLink] = []
    for item in contents:
        link = AnchorLink(escape(" ".join(item.title.split())), item.id, item.level)
        while open_items and open_items[-1].level >= item.level:
            open_items.pop()
        (open_items[-1].children if open_items else top).append(link)
        open_items.append(link)
    if top:
        # As MkDocs marks the first line.
        top[0].active = True  # type: ignore[attr-defined]
    return TableOfContents(top)
