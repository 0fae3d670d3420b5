"""Links as reports and pages name them: what is written, what it means, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.model.link_forms import LinkForm, judge_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.briefs import Document
    from regesta.model.urls import Url

__all__ = ["CitedLink", "cited_links"]


class CitedLink(NamedTuple):
    """One link of a text, without the text."""

    raw: str
    """The exact slice of the source."""
    form: LinkForm
    url: Url | None
    """The URL meant, fragment included, where that is certain."""
    reason: str
    """What is wrong with its form; empty when nothing is."""
    line: int
    """1-based, in the whole file."""
    note: str | None
    """Label of the note it stands in."""
    column: int = 1
    """1-based, in code points."""
    offset: int = 0
    """In bytes, from the start of the file as it lies on disk."""


def cited_links(document: Document) -> Iterator[CitedLink]:
    """Give every link of a document, in the order of the source."""
    lines, skipped = document.lines, document.cleaned.skipped
    for link in document.links:
        form, url, reason = judge_link(link.text)
        start = link.span.start
        line, column = lines.position(start)
        yield CitedLink(link.raw, form, url, reason, line, link.note, column, start + skipped)
