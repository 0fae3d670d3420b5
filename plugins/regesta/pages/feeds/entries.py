"""A brief as feeds tell of it: what it is, what was corrected, and that it was withdrawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.briefs import Status
from regesta.model.cleaning import clean_text
from regesta.pages.feeds.feeds import changed_at, published_at
from regesta.pages.html import text

if TYPE_CHECKING:
    from datetime import datetime

    from regesta.model.archive import Entry
    from regesta.pages.languages.language import Language
    from regesta.pages.site import Site

__all__ = ["FeedEntry", "feed_entry", "stamp"]


class FeedEntry(NamedTuple):
    """One brief in a feed. All text is free of what no XML may hold."""

    address: str
    """Of its page. It never changes, and so it is the entry's id, too."""
    title: str
    updated: str
    """RFC 3339."""
    published: str
    """RFC 3339; empty where the day is not known."""
    authors: tuple[str, ...]
    """Who wrote it; else the institute."""
    subjects: tuple[str, ...]
    language: str
    """A BCP 47 tag, or nothing."""
    rights: str
    summary: str
    """Plain text."""
    html: str
    """What a reader sees."""


def feed_entry(site: Site, entry: Entry) -> FeedEntry:
    """Make the entry of a brief that has a date."""
    brief = entry.brief
    withdrawn = brief.status is Status.WITHDRAWN
    changed = changed_at(entry)
    if changed is None:
        raise ValueError(f"No feed can hold a brief without a date: {brief.path!r}")
    # Of a withdrawn brief a feed tells no more than its page does.
    known = () if withdrawn else brief.authors
    known = known or ((brief.publisher,) if brief.publisher else ())
    return FeedEntry(
        address=site.absolute(brief.path),
        title=clean_text(site.language.say("Withdrawn: {title}", title=brief.title) if withdrawn else brief.title),
        updated=stamp(changed),
        published=stamp(published) if (published := published_at(entry)) else "",
        authors=tuple(name for name in map(clean_text, known) if name),
        subjects=() if withdrawn else tuple(filter(None, map(clean_text, brief.subjects))),
        language=brief.language if _LANGUAGE.fullmatch(brief.language) else "",
        rights="" if withdrawn else clean_text(brief.rights),
        summary="" if withdrawn else clean_text(brief.summary),
        html=clean_text("".join((_withdrawn if withdrawn else _shown)(entry, site.language))),
    )


_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
"""What XML Schema takes for a language."""


def stamp(moment: datetime) -> str:
    """Write a moment as RFC 3339 has it.

    >>> from datetime import UTC, datetime
    >>> stamp(datetime(2020, 9, 9, 18, tzinfo=UTC))
    '2020-09-09T18:00:00Z'
    """
    written = moment.isoformat(timespec="seconds")
    return f"{written[:-6]}Z" if written.endswith("+00:00") else written


def _shown(entry: Entry, language: Language) -> list[str]:
    brief = entry.brief
    line = [language.date_words(brief.date), brief.publisher, ", ".join(brief.authors)]
    parts = [f"<p>{text(' · '.join(part for part in line if part))}</p>"]
    if brief.corrections or brief.updated:
        parts.append(f"<p><strong>{text(language.say('Corrections'))}</strong></p><ul>")
        if brief.updated:
            parts.append(f"<li>{text(language.say('Updated {date}', date=language.date_words(brief.updated)))}</li>")
        for correction in brief.corrections:
            when = f"{language.date_words(correction.date)}: " if correction.date else ""
            parts.append(f"<li>{text(when + correction.note)}</li>")
        parts.append("</ul>")
    if brief.summary:
        parts.append(f"<p>{text(brief.summary)}</p>")
    return parts


def _withdrawn(entry: Entry, language: Language) -> list[str]:
    """Say of a withdrawn brief what its tombstone says, and nothing of its text."""
    brief = entry.brief
    if brief.withdrawn_date:
        said = language.say("This brief has been withdrawn on {date}.", date=language.date_words(brief.withdrawn_date))
    else:
        said = language.say("This brief has been withdrawn.")
    reason = f" {text(brief.withdrawn_reason)}" if brief.withdrawn_reason else ""
    return [f"<p><strong>{text(said)}</strong>{reason}</p>"]
