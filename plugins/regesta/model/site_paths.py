"""Where a relative address in a text of the archive leads: to a page, to a file that is published, or nowhere."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from regesta.model.entities import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "IMAGE_SUFFIXES",
    "PUBLISHED_SUFFIXES",
    "Destination",
    "Leads",
    "SitePaths",
    "is_published_type",
    "meant_name",
]

IMAGE_SUFFIXES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
"""Images that the site shows. SVG is not among them: it can hold scripts."""

PUBLISHED_SUFFIXES = IMAGE_SUFFIXES | frozenset(
    ".7z .bib .bz2 .csv .doc .docx .epub .flac .geojson .gpx .gz .json .m4a .mp3 .mp4 .odp .ods .odt .ogg .ogv .opus "
    ".parquet .pdf .ppt .pptx .ris .rtf .sqlite .tar .tif .tiff .tsv .txt .wav .webm .xls .xlsx .xz .zip".split()
)
"""Files beside briefs that the site publishes. A browser runs nothing of what is in them."""

_ACTIVE = frozenset(
    ".cgi .htc .htm .html .js .jsp .mht .mhtml .mjs .php .phtml .pl .py .shtm .shtml .svg .svgz .swf .wasm .xht .xhtml "
    ".xml .xsl .xslt".split()
)
"""Suffixes that some servers obey wherever they stand in a name: `a.html.parquet` is HTML to them."""

_PAGES = frozenset(
    "briefs dates events links organisations people places series sources subjects data feeds search".split()
)
"""Top folders of the site whose pages are made from the archive."""
_ENTITIES = frozenset(kind.folder for kind in EntityType)


def is_published_type(path: str) -> bool:
    """Say whether a file of this name is published when a brief links to it.

    >>> [is_published_type(name) for name in ("annex.PDF", "page.html", "figure.svg", "a.html.parquet", "notes")]
    [True, False, False, False, False]
    """
    name = posixpath.basename(path).lower()
    parts = [f".{part}" for part in name.split(".")[1:]]
    return bool(parts) and parts[-1] in PUBLISHED_SUFFIXES and _ACTIVE.isdisjoint(parts)


class Leads(StrEnum):
    """What a relative address leads to."""

    HERE = "here"
    """A place in the same text."""
    PAGE = "page"
    """A brief, or a hand-written page."""
    ENTITY = "entity"
    """The page of an entity; `path` is that of its record."""
    MADE = "made"
    """Another page that is made from the archive. Whether there is one of this name, only the build knows."""
    FILE = "file"
    """A file that is published as it is."""
    UNPUBLISHED = "unpublished"
    """A file of the archive that is not published."""
    OUTSIDE = "outside"
    """Out of the archive's folder."""
    SYMLINK = "symlink"
    """A symbolic link, or what lies behind one: it is not followed."""
    NOWHERE = "nowhere"


class Destination(NamedTuple):
    """What a relative address names."""

    leads: Leads
    path: str
    """Of the page or file, from the archive's folder; where there is none, what was looked for."""
    query: str = ""
    """With its `?`."""
    fragment: str = ""
    """As written, without its `#`."""
    has_slash: bool = False
    """Whether a slash follows the name of a file: `file.md/#part`."""


_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]{2}")
_PARTS = re.compile(r"(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?:#(?P<fragment>.*))?", re.DOTALL)


@dataclass(frozen=True)
class SitePaths:
    """The files of an archive and the hand-written pages and files beside it, by path."""

    archive: frozenset[str]
    """Files of the archive, from its source folder."""
    docs: frozenset[str] = frozenset()
    """Files of the folder of hand-written pages. They are published anyway."""
    symlinks: frozenset[str] = frozenset()
    """Symbolic links in the archive."""
    folders: Mapping[str, str] = field(default_factory=dict)
    """How top folders are called in addresses, where that is not their own name."""
    directory_urls: bool = True
    """Whether a page is `a/` and not `a.html`."""
    site_url: str = ""
    """Where the site lies on the web; its path may begin an address."""

    @classmethod
    def of(cls, paths: frozenset[str]) -> SitePaths:
        """Tell the files of an archive from those beside it by their folders."""
        archive = frozenset(path for path in paths if path.startswith(("briefs/", "entities/")))
        return cls(archive, paths - archive)

    def find(self, address: str, path: str) -> Destination | None:
        """Find what an address in the text at `path` names; None for an address elsewhere, or for none at all.

        >>> paths = SitePaths(frozenset({"briefs/2024/a.md", "briefs/2024/b.md", "briefs/2024/annex.pdf"}))
        >>> [paths.find(one, "briefs/2024/a.md").path for one in ("annex.pdf#page=3", "../b/", "/briefs/2024/b")]
        ['briefs/2024/annex.pdf', 'briefs/2024/b.md', 'briefs/2024/b.md']
        """
        address = address.strip()
        if not address or _ELSEWHERE.match(address):
            return None
        for written in () if address.endswith("/") else (address, unquote(address)):
            if (whole := self._on_disk(written, path)) in self._known:
                return self._existing(whole)  # a name may hold '#' and '?'
        parts = _PARTS.fullmatch(address)
        if parts is None:
            return None
        query, fragment = parts["query"] or "", parts["fragment"] or ""
        if not parts["path"]:
            return Destination(Leads.HERE, path, query, fragment) if fragment else Destination(Leads.NOWHERE, address)
        found = self._find(parts["path"], path)
        return found._replace(query=query, fragment=fragment)

    def may_mean(self, address: str, path: str) -> tuple[str, ...]:
        """Give the pages that an address may name, whether or not there is one: the files need not be known.

        >>> SitePaths(frozenset()).may_mean("../b/#p-2", "briefs/2024/a.md")
        ('briefs/2024/b.md', 'briefs/b.md')
        """
        parts = None if _ELSEWHERE.match(address) else _PARTS.fullmatch(address.strip())
        if parts is None or not parts["path"]:
            return ()
        named = unquote(parts["path"])
        places = [self._on_disk(named, path)] if named.rstrip("/").endswith(".md") else self._candidates(named, path)
        return tuple(dict.fromkeys(place if place.endswith(".md") else f"{_stem(place)}.md" for place in places))

    def is_page(self, path: str) -> bool:
        """Say whether a file becomes a page of its own name."""
        return path.endswith(".md") and (path.startswith("briefs/") or path in self.docs)

    def _find(self, written: str, path: str) -> Destination:
        named = unquote(written)
        for target in dict.fromkeys((written, named)):
            on_disk = self._on_disk(target, path)
            if on_disk in self._known and not target.endswith("/"):
                return self._existing(on_disk)
        candidates = list(dict.fromkeys(self._candidates(named, path)))
        has_slash = named.endswith("/")
        for candidate in candidates:
            if found := self._at_address(candidate, is_file=has_slash):
                return found
        lost = self._on_disk(named, path)
        if lost.startswith("../") or lost == "..":
            return Destination(Leads.OUTSIDE, lost)
        for candidate in (lost, *candidates):
            ups = candidate.split("/")
            if any("/".join(ups[:size]) in self.symlinks for size in range(1, len(ups) + 1)):
                return Destination(Leads.SYMLINK, candidate)
        if made := next(filter(None, map(self._made, candidates)), None):
            return made
        return Destination(Leads.NOWHERE, lost)

    def _on_disk(self, target: str, path: str) -> str:
        """Give the path of a file as one beside the text names it; `/` begins at the top of the site."""
        folder = "" if target.startswith("/") else posixpath.dirname(path)
        found = posixpath.normpath(posixpath.join(folder, target.lstrip("/")))
        return self._composed.get(unicodedata.normalize("NFC", found), found) if not found.isascii() else found

    def _candidates(self, named: str, path: str) -> list[str]:
        """Give what an address may mean as that of a page, from the top of the site."""
        if named.startswith("/"):
            top = urlsplit(self.site_url).path.strip("/")
            places = [named.strip("/")]
            if top and f"{places[0]}/".startswith(f"{top}/"):
                places.append(places[0][len(top) :].strip("/"))
        else:
            page = posixpath.splitext(path)[0]
            if posixpath.basename(page) in {"index", "README"} or not self.directory_urls:
                page = posixpath.dirname(page)
            is_address = named.endswith("/") or posixpath.splitext(named)[1] != "" or named in {".", ".."}
            folders = (page, posixpath.dirname(path)) if is_address else (page,)
            places = [posixpath.join(folder, named) for folder in folders]
        normal = [posixpath.normpath(place) for place in places]
        return [self._own(place) for place in normal if not place.startswith("..")]

    def _own(self, path: str) -> str:
        """Give a path with its top folder by its own name."""
        top, mark, rest = path.partition("/")
        return self._names.get(top, top) + mark + rest

    def _at_address(self, path: str, *, is_file: bool) -> Destination | None:
        stem = _stem(path)
        for page in (f"{stem}.md", posixpath.join(stem, "index.md"), posixpath.join(stem, "README.md")):
            page = self._composed.get(unicodedata.normalize("NFC", page), page)  # noqa: PLW2901 - the same page
            if page in self._known and self.is_page(page):
                return Destination(Leads.PAGE, page)
        if path in self._known:
            return self._existing(path)._replace(has_slash=is_file)
        folder, name = posixpath.split(stem)
        if folder in _ENTITIES and (record := f"entities/{name.removesuffix('.md')}.md") in self.archive:
            return Destination(Leads.ENTITY, record)
        return None

    def _made(self, path: str) -> Destination | None:
        top, _, rest = path.partition("/")
        if top not in _PAGES or (top in _ENTITIES | {"briefs"} and rest not in {"", "index.md", "index.html"}):
            return None
        return Destination(Leads.MADE, path)

    def _existing(self, path: str) -> Destination:
        if path.startswith("entities/") and path.endswith(".md") and path in self.archive:
            return Destination(Leads.ENTITY, path)
        if self.is_page(path):
            return Destination(Leads.PAGE, path)
        is_published = path in self.docs or (path.startswith("briefs/") and is_published_type(path))
        return Destination(Leads.FILE if is_published else Leads.UNPUBLISHED, path)

    @cached_property
    def _known(self) -> frozenset[str]:
        return self.archive | self.docs

    @cached_property
    def _composed(self) -> Mapping[str, str]:
        """The files whose names are not ASCII, by their composed form: some systems store them taken apart."""
        return {unicodedata.normalize("NFC", path): path for path in self._known if not path.isascii()}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {called: name for name, called in self.folders.items()}


def _stem(path: str) -> str:
    """Give the name of a page without what its address may end in."""
    stem = path.removesuffix(".html")
    if stem != path and posixpath.basename(stem) == "index":
        stem = posixpath.dirname(stem)
    return "" if stem == "." else stem


def meant_name(path: str) -> str | None:
    """Give the name under which a file would be read, where it looks like one that was meant to be.

    >>> meant_name("briefs/2024/REPORT.MD"), meant_name("decisions.yaml"), meant_name("briefs/2024/annex.pdf")
    ('briefs/2024/REPORT.md', 'decisions.yml', None)
    """
    stem, suffix = posixpath.splitext(path)
    folder, _, name = path.partition("/")
    if name and folder in {"briefs", "entities"} and suffix.lower() in _MARKDOWN:
        return f"{stem}.md"
    if not name and suffix.lower() in _DATA and (same := _OWN_FILES.get(stem.casefold())):
        return same
    return None


_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".mdwn", ".mdtxt", ".mdtext", ".mdx", ".text"})
_DATA = frozenset({".yml", ".yaml", ".txt", ".json", ".jsonl"})
_OWN_FILES = {
    "decisions": "decisions.yml",
    "exceptions": "exceptions.yml",
    "addresses": "addresses.txt",
    "baseline": "baseline.json",
    "links": "links.jsonl",
    "audits": "audits.jsonl",
}
"""The files that an archive has beside its briefs and records, by their names without a suffix."""
