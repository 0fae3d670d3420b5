"""The places within a page of a brief that an address can name."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from regesta.model.raw_html import read_tags
from regesta.model.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.briefs import Document

__all__ = ["Anchors", "HeadingIds", "our_id"]

_LONGEST = 60


class HeadingIds:
    """Gives each heading of a page an id of its own, from its words."""

    def __init__(self) -> None:
        """Begin a page."""
        self._counts: dict[str, int] = {}

    def of(self, words: str) -> str:
        """Give the next heading of these words its id.

        >>> ids = HeadingIds()
        >>> ids.of("What next?"), ids.of("What next?")
        ('h-what-next', 'h-what-next-2')
        """
        stem = _stem(words)
        count = self._counts[stem] = self._counts.get(stem, 0) + 1
        return stem if count == 1 else self.of(f"{words} {count}")


def _stem(words: str) -> str:
    return "h-" + slugify(words)[:_LONGEST].strip("-")


_OUR_ID = re.compile(r"(?:p|fn|fnref)-\d+(?:-\d+)?|h-[a-z0-9-]+|notes|cite|sources|cites|cited-by")


def our_id(fragment: str) -> str:
    """Turn the name of a heading, as other generators make it, into the id it has on our pages.

    >>> our_id("What-next"), our_id("p-3"), our_id("")
    ('h-what-next', 'p-3', '')

    What a browser looks for itself stays: `#What-next:~:text=ferry`.
    """
    name, mark, words = fragment.partition(":~:")
    return (_stem(unquote(name)) if name and not _OUR_ID.fullmatch(name) else name) + mark + words


class Anchors(NamedTuple):
    """The places of one page that an address can name."""

    names: str
    """Of headings and of ids that are written, one a line."""
    paragraphs: int
    notes: int
    """How many there are of each; -1 where the site's own extensions write the page, which name them otherwise."""

    @classmethod
    def of(cls, document: Document) -> Anchors:
        """List the places of a brief's page, as the build writes it."""
        if document.front.fields.get("markdown") == "mkdocs":
            return cls.of_page(document)
        ids = HeadingIds()
        title = document.front.fields.get("title")
        names = [
            ids.of(heading.text.strip())
            for index, heading in enumerate(document.body.headings)
            if index or heading.level > 1 or " ".join(heading.text.split()) != title
        ]
        numbers = [block.number for block in document.body.blocks]
        return cls("\n".join(names), max(numbers, default=0), len(document.footnotes))

    @classmethod
    def of_page(cls, document: Document) -> Anchors:
        """List what the places of a page are called that MkDocs writes, in each way in which it may name headings."""
        names: dict[str, None] = {}
        for heading in document.body.headings:
            words, mark, given = heading.text.partition("{")
            if mark and (named := _GIVEN.search(mark + given)):
                names[named[1]] = None
            for name in dict.fromkeys(_page_names(words)):
                names[name if name not in names else f"{name}_{sum(one.startswith(name) for one in names)}"] = None
        source = document.cleaned.source
        for span, _ in document.body.html:
            for tag in read_tags(source, span.start, span.end):
                for attribute, start, end in tag.attributes:
                    if attribute in {"id", "name"}:
                        names[source[start:end].decode("utf-8", "replace")] = None
        names |= dict.fromkeys(found[1] for found in _GIVEN.finditer(source.decode("utf-8", "replace")))
        for note in document.footnotes:
            names |= {f"fn:{note.label}": None, f"fnref:{note.label}": None}
        return cls("\n".join(names), -1, -1)

    def has(self, fragment: str) -> bool:
        """Say whether the page has a place of this name. A browser looks for the words of `:~:text=` itself."""
        if not fragment or fragment.startswith(":~:"):
            return True
        fragment = fragment.partition(":~:")[0]
        if self.notes < 0:
            return unquote(fragment) in self._names or fragment in self._names or fragment in _OF_THEME
        name = our_id(fragment)
        if counted := _COUNTED.fullmatch(name):
            return 0 < int(counted[2]) <= (self.paragraphs if counted[1] == "p" else self.notes)
        return name in self._names or (name in _OF_PAGE and (name != "notes" or self.notes > 0))

    def nearest(self, fragment: str) -> str | None:
        """Give the name that is likely meant."""
        names = self._names
        near = get_close_matches(fragment if self.notes < 0 else our_id(fragment), names, 1, 0.6)
        return near[0].removeprefix("h-") if near else None

    @property
    def _names(self) -> list[str]:
        return self.names.split("\n") if self.names else []


_COUNTED = re.compile(r"(p|fn|fnref)-(\d{1,9})(?:-\d+)?")
_OF_PAGE = frozenset({"notes", "cite", "sources", "cites", "cited-by"})
_OF_THEME = frozenset({"__top", "__search", "__toc"})
_GIVEN = re.compile(r"\{:?[^{}\n]*#([\w:.-]+)[^{}\n]*\}")
"""An id in the manner of the extension `attr_list`."""


def _page_names(words: str) -> Iterator[str]:
    """Give the names that MkDocs and its usual extensions give to a heading."""
    plain = words.strip()
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    for text in (ascii_only, unicodedata.normalize("NFC", plain), unicodedata.normalize("NFKD", plain)):
        kept = re.sub(r"[^\w\s-]", "", text).strip()
        for cased in (kept.lower(), kept):
            yield re.sub(r"[-\s]+", "-", cased)
            yield re.sub(r"\s", "-", cased)
    yield slugify(plain)
