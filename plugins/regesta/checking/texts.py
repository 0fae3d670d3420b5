"""What the rules are given: one file with all its positions, or the archive as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from regesta.checking.folders import Folders
from regesta.checking.rules import Subject
from regesta.checking.swallowed import Swallowed, find_swallowed
from regesta.model.anchors import Anchors
from regesta.model.archive import Entry
from regesta.model.briefs import BRIEF_FIELDS, Status
from regesta.model.drafts import KeptBack, kept_back_by
from regesta.model.entities import ENTITY_FIELDS
from regesta.model.link_forms import LinkForm, defects_of, judge_link
from regesta.model.site_paths import Leads, SitePaths
from regesta.model.spans import Lines, Place, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from regesta.model.archive import Archive
    from regesta.model.briefs import Document
    from regesta.model.damage import Defect
    from regesta.model.decisions import Decisions
    from regesta.model.entities import Entity
    from regesta.model.front_matter import FrontMatter
    from regesta.model.link_forms import Judgement
    from regesta.model.links import Link
    from regesta.model.site_paths import Destination

__all__ = ["Context", "Inward", "Mark", "Text", "Whole"]


def _never(_path: str) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a rule may know besides the file at hand."""

    entities: Mapping[str, Entity] = field(default_factory=dict)
    """All entities of the archive, by slug."""
    paths: frozenset[str] = frozenset()
    """All files of the archive, from its source folder, and the pages beside it."""
    site: SitePaths | None = None
    """The same as a link finds them; made of `paths` where nothing else is said."""
    below: str = ""
    """How messages name the archive's folder, with its last slash."""
    anchors_of: Callable[[str], Anchors | None] = lambda _path: None
    """Gives the parts of a hand-written page, by its path."""
    own_fields: frozenset[str] = frozenset()
    """Fields of briefs that the archive has declared."""
    now: date | None = None
    """Without it, no rule about now reports anything."""
    decisions: Decisions | None = None
    """What people have decided about addresses."""
    directory_urls: bool = True
    """Whether a page of the site is `a/` and not `a.html`."""
    is_published: Callable[[str], bool] = _never
    """Whether a Markdown file that is no record becomes a page of this site, by its path."""

    @property
    def site_paths(self) -> SitePaths:
        """Where links lead."""
        return self.site or _site_of(self.paths)

    def knows(self, slug: str) -> bool:
        """Say whether there is such an entity; one whose file cannot be read counts."""
        return slug in self.entities or f"entities/{slug}.md" in self.paths


_site_of = lru_cache(maxsize=4)(SitePaths.of)


class Inward(NamedTuple):
    """A link to a page of this site."""

    path: str
    """Of the file in which it stands."""
    place: Place
    raw: str
    note: str | None
    destination: Destination


_TEMPLATE = re.compile(r"\{\{|\{%|\$\{|<%|^\{")
"""What a template engine, or a component of MDX, has yet to fill in: nobody knows the address."""


_KNOWN = {
    Subject.BRIEF: frozenset(BRIEF_FIELDS),
    Subject.ENTITY: frozenset(ENTITY_FIELDS),
    Subject.PAGE: frozenset[str](),
}


_INSIDE = frozenset({"autolink", "definition", "html", "image", "inline"})
"""The styles of links that can lead to this site."""


class Text:
    """One Markdown file at hand."""

    def __init__(self, document: Document, entry: Entry | Entity | None, context: Context) -> None:
        """Take a brief with its entry, a record with its entity, or any other file with nothing."""
        self.document = document
        self.context = context
        self.entry = entry if isinstance(entry, Entry) else None
        self.entity = None if entry is None or isinstance(entry, Entry) else entry
        self.subject = Subject.PAGE if entry is None else Subject.BRIEF if self.entry else Subject.ENTITY

    @cached_property
    def lines(self) -> Lines:
        """The table of lines of the file, made once."""
        return self.document.lines

    @property
    def is_withdrawn(self) -> bool:
        """Say whether the brief was taken back: its address remains, its text is in no output."""
        return self.entry is not None and self.entry.brief.status is Status.WITHDRAWN

    @cached_property
    def _remarkable(self) -> list[tuple[Link, Judgement]]:
        """The few links of whose address there is something to say. Most are sound, and looked at only once.

        A reference shares its definition's address and is judged there.
        """
        if self.is_withdrawn:
            return []
        return [
            (link, judgement)
            for link in self.document.links
            if ((judgement := judge_link(link.text)).reason or judgement.form is not LinkForm.OK)
            and link.style != "reference"
            and not self._is_to_be_filled(link)
        ]

    @cached_property
    def suspects(self) -> list[tuple[Link, Judgement]]:
        """The links whose form is not in order."""
        return [found for found in self._remarkable if found[1].form is not LinkForm.OK]

    @cached_property
    def inside(self) -> list[tuple[Link, Destination]]:
        """The links that are meant to lead to this site: to a page, to a file, to a place in the text."""
        if not self.context.paths or self.subject is Subject.PAGE:
            return []
        site, path = self.context.site_paths, self.document.path
        return [
            (link, found)
            for link, judgement in self.suspects
            if link.style in _INSIDE
            and judgement.form is LinkForm.NOT_HTTP
            and not link.words.startswith("^")  # a note that became a link
            and (found := site.find(link.text, path)) is not None
            and (found.leads is not Leads.NOWHERE or not self._is_host(link))
        ]

    def _is_host(self, link: Link) -> bool:
        """Say whether what names no file begins with a host: it lacks its scheme, and that is reported."""
        if link.style == "image" or not any(defect.code == "U110" for defect in defects_of(link.text)):
            return False
        first = self.context.site_paths.find(link.text.partition("/")[0], self.document.path)
        return first is None or first.leads is Leads.NOWHERE

    @cached_property
    def anchors(self) -> Anchors:
        """The parts of its page that a link can name."""
        return Anchors.of(self.document)

    @cached_property
    def inward(self) -> list[Inward]:
        """The links to other pages of this site, with their places."""
        return [
            Inward(self.document.path, self.document.place(link.span, self.lines), link.raw, link.note, found)
            for link, found in self.inside
            if found.leads is Leads.PAGE
        ]

    @cached_property
    def defects(self) -> list[tuple[Link, Defect]]:
        """What is wrong with the addresses of the links, in reading order."""
        return [(link, defect) for link, _ in self._remarkable for defect in defects_of(link.text)]

    def _is_to_be_filled(self, link: Link) -> bool:
        return self.subject is Subject.PAGE and _TEMPLATE.search(link.text) is not None

    @cached_property
    def kept_back(self) -> KeptBack | None:
        """The sign of another generator that the text is not to be published."""
        return kept_back_by(self.document.front, _KNOWN[self.subject])

    @cached_property
    def swallowed(self) -> tuple[Swallowed, ...]:
        """References to notes that Markdown took for something else."""
        return find_swallowed(self.document)

    @property
    def is_readable(self) -> bool:
        """False when the front matter could not be read: what a field lacks is then not known."""
        return bool(self.document.front.fields) or not self.document.front.problems

    def span_of(self, name: str) -> Span:
        """Give where a field's value stands, or the top of the file."""
        return self.document.front.spans.get(name, Span(0, min(3, len(self.document.cleaned.source))))

    def span_within(self, name: str, words: str) -> Span:
        """Give where `words` stand in a field's value, or the whole value."""
        span = self.span_of(name)
        at = self.document.cleaned.source.find(words.encode(), span.start, span.end)
        return Span(at, at + len(words.encode())) if at >= 0 and words else span

    def name_span(self, name: str) -> Span:
        """Give where the name of a field stands, at the top of the front matter's lines."""
        source, end = self.document.cleaned.source, self.document.front.body_start
        for quote in ("", '"', "'"):
            written = f"\n{quote}{name}{quote}:".encode()
            if (at := source.find(written, 0, end)) >= 0:
                return Span(at + 1, at + len(written) - 1)
        return self.span_of(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where the fields of a file stand, for the rules that look at all files once these are let go."""

    shown_path: str
    front: FrontMatter
    top: bytes
    """The file down to the end of its front matter."""

    @classmethod
    def of(cls, document: Document) -> Mark:
        """Keep of a document what the archive's rules need."""
        return cls(
            shown_path=document.shown_path,
            front=document.front,
            top=document.cleaned.source[: document.front.body_start],
        )

    def place(self, name: str, words: str = "") -> Place:
        """Give where `words` stand in a field, else the field, else the top of the file."""
        span = self.front.spans.get(name, Span(0, 0))
        at = self.top.find(words.encode(), span.start, span.end) if words else -1
        if at >= 0:
            span = Span(at, at + len(words.encode()))
        return Lines(self.top).place(self.shown_path, span)


@dataclass(frozen=True, kw_only=True)
class Whole:
    """The archive as a whole."""

    archive: Archive
    context: Context
    shown_paths: Mapping[str, str]
    """How messages name each file, by path."""
    marks: Mapping[str, Mark]
    """Of every entity, and of the briefs that claim other addresses, by path."""
    folders: Folders = field(default_factory=Folders)
    """The folders that the links have, by host."""
    inward: tuple[Inward, ...] = ()
    """The links from page to page."""
    anchors: Mapping[str, Anchors] = field(default_factory=dict)
    """The parts of each brief, by path."""

    @cached_property
    def drafts(self) -> frozenset[str]:
        """Paths of the briefs that are drafts."""
        return frozenset(entry.brief.path for entry in self.archive.entries if entry.brief.status is Status.DRAFT)

    def place(self, path: str, name: str = "", words: str = "") -> Place:
        """Give where a field of a file stands, or the top of the file."""
        if mark := self.marks.get(path):
            return mark.place(name, words)
        shown = self.shown_paths.get(path) or (self.context.below + path if path else path)
        return Place(path=shown, line=1, column=1, end_line=1, end_column=1, offset=0)
