"""How dates are written on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from regesta.model.dates import DateBasis, Precision
from regesta.pages.html import attribute, text
from regesta.pages.languages.language import ENGLISH

if TYPE_CHECKING:
    from regesta.model.briefs import Brief
    from regesta.model.dates import ArchiveDate
    from regesta.pages.languages.language import Language

__all__ = ["date_time", "known_how"]


def date_time(date: ArchiveDate | None, language: Language = ENGLISH) -> Markup:
    """Write a date as a `<time>` element."""
    words = text(language.date_words(date))
    if date is None or date.precision is Precision.NONE:
        return Markup(words)  # noqa: S704 - escaped above
    # Of "2024-XX-14" only the year is a date that HTML knows.
    day = f"{date.day:02}" if date.month and date.day else ""
    parts = (f"{date.year:04}", f"{date.month:02}" if date.month else "", day)
    stamp = date.time.isoformat() if date.time else "-".join(part for part in parts if part)
    return Markup(f'<time datetime="{attribute(stamp)}">{words}</time>')  # noqa: S704 - escaped above


def known_how(brief: Brief, language: Language) -> str:
    """Say how the date of a brief is known, where that is not plain. What the archive notes on it stays as it is."""
    note = brief.date_note.rstrip(".")
    if brief.date is None and brief.written_date:
        said = language.say("date not understood: {date}", date=brief.written_date)
        return f"{said}; {note}" if note else said
    if brief.date is None:
        return note or language.say("the document states no date")
    if brief.date_basis is DateBasis.INFERRED:
        return language.say("inferred: {note}", note=note) if note else language.say("inferred")
    if brief.date_basis is DateBasis.GIVEN:
        return language.say("given by the archive: {note}", note=note) if note else language.say("given by the archive")
    return note
