"""What the search knows of each brief: its words, who wrote it, and where each paragraph begins."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from regesta.model.archive import Entry
    from regesta.model.briefs import Document
    from regesta.pages.addresses import Addresses
    from regesta.pages.languages.language import Language

__all__ = ["SearchRecord", "language_code", "search_record"]

UNKNOWN = "unknown"
"""Pagefind's word for a language that it has no grammar of."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])")
_SUMMARY_LENGTH = 400


class SearchRecord(NamedTuple):
    """One brief as the index takes it."""

    url: str
    """What comes back with a result and is not searched: a JSON list of the address and a table of facts."""
    content: str
    """The words that are searched, notes left out."""
    meta: dict[str, str]
    """Searched as well: title, institute, authors, series."""
    language: str
    """Two or three letters, or `unknown`."""


def search_record(document: Document, entry: Entry, addresses: Addresses, *, language: Language) -> SearchRecord:
    """Make the record of a brief. `language` is the site's: in it dates are said, and briefs are that name none."""
    brief = entry.brief
    parts = [" ".join(brief.summary.split())] if brief.summary else []
    starts: list[int] = []
    words = len(parts[0].split()) if parts else 0
    for block in document.body.blocks:
        text = " ".join(block.text.split())
        if block.note is not None or not text:
            continue
        if block.number and not brief.site_markdown:
            starts += (words, block.number)
        words += text.count(" ") + 1
        parts.append(text)
    facts = {
        "date": brief.date.text if brief.date else "",
        "when": language.date_words(brief.date),
        "number": brief.number,
        "doi": brief.doi,
        "summary": brief.summary[:_SUMMARY_LENGTH],
        "language": brief.language,
        "draft": brief.status.value == "draft",
        # Word and number of each paragraph, so that a result can lead to the one that has the sentence.
        "paragraphs": starts,
    }
    kept = {name: value for name, value in facts.items() if value}
    meta = {
        "title": brief.title,
        "institute": brief.publisher,
        "authors": "; ".join(brief.authors),
        "series": brief.series,
    }
    return SearchRecord(
        url=json.dumps([addresses.url(brief.path), kept], ensure_ascii=False, separators=(",", ":")),
        content="\n".join(parts),
        meta={name: value for name, value in meta.items() if value},
        language=language_code(brief.language) or language_code(language.tag) or UNKNOWN,
    )


def language_code(tag: str) -> str:
    """Give the language of a tag, without its region and script.

    >>> language_code("uk-Cyrl"), language_code("EN"), language_code("none of these")
    ('uk', 'en', '')
    """
    match = _LANGUAGE.match(tag.strip().lower())
    return match[0] if match else ""
