"""Briefs: the dated documents of the archive, as their files have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from regesta.model.bodies import Body, read_body
from regesta.model.cleaning import Cleaned, clean_bytes
from regesta.model.dates import ArchiveDate, DateBasis, InvalidDate, parse_date
from regesta.model.drafts import is_draft_path, kept_back_by
from regesta.model.footnotes import Footnote, read_footnotes
from regesta.model.front_matter import FrontMatter, Value, read_front_matter, strings
from regesta.model.inline_notes import with_inline_notes
from regesta.model.links import Link, read_front_links, read_links
from regesta.model.markup import Event, read_markup
from regesta.model.site_dialect import as_commonmark
from regesta.model.spans import Lines, Place, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BRIEF_FIELDS",
    "MOST_SUBJECTS",
    "Brief",
    "Choice",
    "Correction",
    "Document",
    "Status",
    "read_brief",
    "read_document",
]


@dataclass(frozen=True, kw_only=True)
class Document:
    """One Markdown file with front matter, parsed once, with positions."""

    path: str
    """From the archive's source folder, with forward slashes."""
    shown_path: str
    """As it is named in messages."""
    file_size: int
    """In bytes."""
    digest: str
    """Tells the bytes of the file from all others."""
    cleaned: Cleaned
    front: FrontMatter
    events: tuple[Event, ...]
    """Positions count from the start of the file, its byte order mark left out."""
    body: Body
    links: tuple[Link, ...]

    @cached_property
    def footnotes(self) -> tuple[Footnote, ...]:
        """The notes, in the order in which the text points to them; read when they are first asked for."""
        return read_footnotes(self.body, self.links)

    @property
    def text_below(self) -> str:
        """The Markdown below the front matter."""
        return self.cleaned.source[self.front.body_start :].decode().strip()

    @property
    def lines(self) -> Lines:
        """The table of lines of the file."""
        return Lines(self.cleaned.source)

    def slice(self, span: Span) -> str:
        """Give what the source has at a span."""
        return self.cleaned.source[span.start : span.end].decode("utf-8", "replace")

    def place(self, span: Span, lines: Lines | None = None) -> Place:
        """Give the place of a span in the file as it lies on disk."""
        found = (lines or self.lines).place(self.shown_path, span)
        if not self.cleaned.skipped:
            return found
        return Place(
            path=found.path,
            line=found.line,
            column=found.column,
            end_line=found.end_line,
            end_column=found.end_column,
            offset=found.offset + self.cleaned.skipped,
        )


class Status(StrEnum):
    """Whether a brief is shown."""

    PUBLISHED = "published"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was changed after publication."""

    date: ArchiveDate | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a brief says about its entities, which is stronger than matching."""

    add: tuple[str, ...] = ()
    """Slugs that count as mentioned."""
    exclude: tuple[str, ...] = ()
    """Slugs that are never meant here."""
    read: Mapping[str, str] = field(default_factory=dict)
    """Which entity a variant means here: slug by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the archive knows of a brief, its text apart."""

    path: str
    """From the archive's source folder, with forward slashes; its address mirrors it."""
    title: str
    date: ArchiveDate | None
    date_basis: DateBasis
    written_date: str = ""
    """What stands under `date`, where that is none that can be read."""
    date_note: str
    authors: tuple[str, ...]
    publisher: str
    series: str
    number: str
    language: str
    source_urls: tuple[str, ...]
    doi: str
    rights: str
    subjects: tuple[str, ...]
    summary: str
    status: Status
    withdrawn_date: ArchiveDate | None
    withdrawn_reason: str
    updated: ArchiveDate | None
    corrections: tuple[Correction, ...]
    supersedes: tuple[str, ...]
    superseded_by: tuple[str, ...]
    translation_of: tuple[str, ...]
    choice: Choice
    redirect_from: tuple[str, ...]
    site_markdown: bool
    """Whether the site's own Markdown extensions write its text: `markdown: mkdocs`."""
    own: Mapping[str, Value]
    """Fields that are the archive's own."""

    @property
    def sort_key(self) -> tuple[tuple[int, int, int, str], str]:
        """Orders by date, then by path; undated briefs come first."""
        return (self.date.sort_key if self.date else (0, 0, 0, ""), self.path)


MOST_SUBJECTS = 100
"""Subjects of one brief. Each has a page that holds the whole brief as references, with all its subjects."""
BRIEF_FIELDS = (
    "title", "date", "date_basis", "date_note", "authors", "publisher", "series", "number", "language", "source_url",
    "original", "doi", "rights", "subjects", "summary", "status", "withdrawn", "updated", "corrections", "supersedes",
    "superseded_by", "translation_of", "entities", "redirect_from", "markdown",
)  # fmt: skip
"""What the front matter of a brief may hold, besides the archive's own fields."""


def read_document(path: str, source: bytes, *, shown_path: str | None = None, site_markdown: bool = False) -> Document:
    """Parse a Markdown file; raise `UnicodeDecodeError` when it is not UTF-8.

    With `site_markdown` it is one that the site's own Markdown extensions may write, as `markdown: mkdocs` says too.
    """
    cleaned = clean_bytes(source)
    front = read_front_matter(cleaned.text)
    below = cleaned.source[front.body_start :]
    extended = site_markdown or front.fields.get("markdown") == "mkdocs"
    if extended:
        below = as_commonmark(below)
        text = below.decode()
    else:
        text = cleaned.text[len(cleaned.text) - len(below) :] if cleaned.text.isascii() else below.decode()
    events = read_markup(text, front.body_start)
    if b"^[" in below and not extended:
        events = with_inline_notes(events, below, front.body_start)
    body = read_body(events, Span(front.body_start, len(cleaned.source)))
    body, links = read_links(body, below, front.body_start)
    return Document(
        path=path,
        shown_path=shown_path or path,
        file_size=len(source),
        digest=blake2b(source, digest_size=16).hexdigest(),
        cleaned=cleaned,
        front=front,
        events=tuple(events),
        body=body,
        links=(*read_front_links(front, cleaned.source), *links),
    )


def read_brief(document: Document) -> Brief:
    """Take what the front matter says. What cannot be read is left out; the checker names it."""
    fields = document.front.fields
    withdrawn = fields.get("withdrawn")
    withdrawn = withdrawn if isinstance(withdrawn, dict) else {}
    date = _date(fields.get("date"))
    return Brief(
        path=document.path,
        title=_title(document),
        date=date,
        date_basis=_basis(fields.get("date_basis"), date),
        written_date="" if date else " ".join(strings(fields.get("date"))),
        date_note=_text(fields, "date_note"),
        authors=strings(fields.get("authors")),
        publisher=_text(fields, "publisher"),
        series=_text(fields, "series"),
        number=_text(fields, "number"),
        language=_text(fields, "language"),
        source_urls=strings(fields.get("source_url")),
        doi=_text(fields, "doi"),
        rights=_text(fields, "rights"),
        subjects=strings(fields.get("subjects"))[:MOST_SUBJECTS],
        summary=_text(fields, "summary"),
        status=_status(document),
        withdrawn_date=_date(withdrawn.get("date")),
        withdrawn_reason=_text(withdrawn, "reason"),
        updated=_date(fields.get("updated")),
        corrections=_corrections(fields.get("corrections")),
        supersedes=strings(fields.get("supersedes")),
        superseded_by=strings(fields.get("superseded_by")),
        translation_of=strings(fields.get("translation_of")),
        choice=_choice(fields.get("entities")),
        redirect_from=strings(fields.get("redirect_from")),
        site_markdown=fields.get("markdown") == "mkdocs",
        own={key: value for key, value in fields.items() if key not in _KNOWN},
    )


_KNOWN = frozenset(BRIEF_FIELDS)


def _title(document: Document) -> str:
    title = _text(document.front.fields, "title")
    if title:
        return title
    first = next((heading.text.strip() for heading in document.body.headings if heading.level == 1), "")
    return first or document.path.rpartition("/")[2].removesuffix(".md")


def _text(fields: Mapping[str, Value], key: str) -> str:
    value = fields.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _date(value: Value | None) -> ArchiveDate | None:
    if not isinstance(value, str) or not value:
        return None
    try:
        return parse_date(value)
    except InvalidDate:
        return None


def _basis(value: Value | None, date: ArchiveDate | None) -> DateBasis:
    if date is None:
        return DateBasis.NONE
    try:
        return DateBasis(value) if isinstance(value, str) else DateBasis.STATED
    except ValueError:
        return DateBasis.STATED


def _status(document: Document) -> Status:
    value = document.front.fields.get("status", Status.PUBLISHED)
    try:
        status = Status(value) if isinstance(value, str) else Status.DRAFT
    except ValueError:
        # A status that nobody knows may be a mistyped "withdrawn": it is not published.
        return Status.DRAFT
    if status is Status.PUBLISHED and (is_draft_path(document.path) or kept_back_by(document.front, _KNOWN)):
        return Status.DRAFT
    return status


def _corrections(value: Value | None) -> tuple[Correction, ...]:
    listed = value if isinstance(value, tuple) else ()
    return tuple(
        Correction(date=_date(item.get("date")), note=_text(item, "note")) for item in listed if isinstance(item, dict)
    )


def _choice(value: Value | None) -> Choice:
    if not isinstance(value, dict):
        return Choice()
    read = value.get("read")
    pairs = read.items() if isinstance(read, dict) else ()
    return Choice(
        add=strings(value.get("add")),
        exclude=strings(value.get("not")),
        read={key: item for key, item in pairs if isinstance(item, str)},
    )
