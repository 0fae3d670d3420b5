"""What the search knows of each brief: its words, who wrote it, and where each paragraph begins."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.search.tokens import index_words, spoken_words

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
_BREAK = " . "
_TITLE_WEIGHT = 3
"""How often the words of the title count."""


class SearchRecord(NamedTuple):
    """One brief as the index takes it."""

    url: str
    """What comes back with a result and is not searched: the address, a table of facts, the text, a table of names."""
    content: str
    """The words that are searched, notes left out; between paragraphs a dot, over which no phrase goes."""
    language: str
    """Two or three letters, or `unknown`."""
    words: frozenset[str]
    """The words as readers write them."""


def search_record(document: Document, entry: Entry, addresses: Addresses, *, language: Language) -> SearchRecord:
    """Make the record of a brief. `language` is the site's: in it dates are said, and briefs are that name none."""
    brief = entry.brief
    code = language_code(brief.language) or language_code(language.tag) or UNKNOWN
    texts = [_one_line(brief.summary)] if brief.summary else []
    indexed = [" ".join(index_words(text, code)) for text in texts]
    words = sum(map(_places, indexed))
    starts: list[int] = []
    for block in document.body.blocks:
        text = _one_line(block.text)
        if block.note is not None or not text:
            continue
        if block.number and not brief.site_markdown:
            starts += (words, block.number)
        texts.append(text)
        indexed.append(" ".join(index_words(text, code)))
        words += _places(indexed[-1])
    facts = {
        "date": brief.date.text if brief.date else "",
        "when": language.date_words(brief.date),
        "number": brief.number,
        "doi": brief.doi,
        "summary": brief.summary[:_SUMMARY_LENGTH],
        "language": brief.language,
        "draft": brief.status.value == "draft",
        # Place in the index and number of each paragraph, so that a result can lead to the one that has the sentence.
        "paragraphs": starts,
    }
    meta = {
        "title": brief.title,
        "institute": brief.publisher,
        "authors": "; ".join(brief.authors),
        "series": brief.series,
    }
    names = [brief.title, brief.publisher, *brief.authors, brief.series]
    indexed += [" ".join(index_words(name, code)) for name in (*[brief.title] * (_TITLE_WEIGHT - 1), *names) if name]
    kept = [{name: value for name, value in table.items() if value} for table in (facts, meta)]
    url = [addresses.url(brief.path), kept[0], "\n".join(texts), kept[1]]
    return SearchRecord(
        url=json.dumps(url, ensure_ascii=False, separators=(",", ":")),
        content=_BREAK.join(indexed),
        language=code,
        words=frozenset(spoken_words("\n".join((*texts, *names)))),
    )


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _places(indexed: str) -> int:
    """Count the places that a paragraph takes in the index, with the break behind it."""
    return (indexed.count(" ") + 1 if indexed else 0) + 1


def language_code(tag: str) -> str:
    """Give the language of a tag, without its region and script.

    >>> language_code("uk-Cyrl"), language_code("EN"), language_code("none of these")
    ('uk', 'en', '')
    """
    match = _LANGUAGE.match(tag.strip().lower())
    return match[0] if match else ""
