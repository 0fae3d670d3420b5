"""References as people write them: in a plain way, as a Chicago note, by the rules of the APA.

Three sentences are no reason for a processor of styles: citeproc-py takes 20 ms for each, and cannot read the Chicago
styles of today. What it makes of APA is what is made here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.html import attribute, text
from regesta.pages.languages.language import ENGLISH
from regesta.pages.references.references import known_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.model.dates import ArchiveDate
    from regesta.model.people_names import AuthorName
    from regesta.pages.languages.language import Language
    from regesta.pages.references.references import Reference

__all__ = ["Cited", "cite"]

_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
_LOCALES = {"en": "en-GB"}
"""For browsers `en` is American, and puts the month first, as these pages do not."""
_MOST_IN_A_NOTE = 3
_MOST_IN_APA = 20


class Cited(NamedTuple):
    """A reference in one style."""

    style: str
    """What the style is called."""
    html: str
    language: str
    """Of the words that are the style's own."""


def cite(reference: Reference, language: Language) -> tuple[Cited, ...]:
    """Write a reference in each style. When it was looked at is left to the reader's browser, which knows."""
    return (
        Cited(language.say("Plain"), _plain(reference, language), language.tag),
        Cited("Chicago", _chicago(reference), "en"),
        Cited("APA", _apa(reference), "en"),
    )


def _plain(reference: Reference, language: Language) -> str:
    authors = ", ".join(author.in_order for author in reference.authors)
    published = [reference.institute] if reference.institute != authors else []
    published += [" ".join(filter(None, (reference.series, reference.number))), language.date_words(reference.date)]
    title, where = text(reference.title), ", ".join(filter(None, published))
    if foreign := language.foreign(reference.language):
        title = f"<span{foreign}>{title}</span>"
    # A date that ends in a point has its full stop already: 2020 г.
    said = f"“{title}”{_stop(reference.title)} {text(where)}{_stop(where)}"
    said = f"{text(authors)}: {said}" if authors else said
    if reference.address:
        said += f" {_link(reference.address)}"
    return said + _accessed(language.say(" (accessed {date})", date="{date}"), _LOCALES.get(language.tag, language.tag))


def _chicago(reference: Reference) -> str:
    """Follow the Chicago Manual of Style, 17th edition, 14.220: a report is cited as a book is."""
    authors = _listed([author.in_order for author in reference.authors], "and", most=_MOST_IN_A_NOTE)
    series = " ".join(filter(None, (reference.series, f"no. {reference.number}" if reference.number else "")))
    published = [reference.institute if reference.institute != authors else "", _american(reference.date)]
    parts = filter(None, (text(authors), _title(reference), text(series)))
    said = f"{', '.join(parts)} ({text(', '.join(filter(None, published)))}){_accessed(', accessed {date}', 'en-US')}"
    return f"{said}, {_link(reference.address)}." if reference.address else f"{said}."


def _apa(reference: Reference) -> str:
    """Follow the Publication Manual of the APA, 7th edition, 10.4: no day of access for what does not change."""
    names = [_initialled(author) for author in reference.authors] or [reference.institute]
    if len(names) > _MOST_IN_APA:
        authors = f"{', '.join(names[: _MOST_IN_APA - 1])}, … {names[-1]}"
    else:
        authors = ", & ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    number = f"No. {reference.number}" if reference.number else ""
    series = " ".join(filter(None, (reference.series, number)))
    title = _title(reference)
    title += f" ({text(series)})." if series else _stop(reference.title)
    date = f"({_year_first(reference.date)})."
    said = f"{text(authors)}{_stop(authors)} {date} {title}" if authors else f"{title} {date}"
    if reference.institute and reference.institute != authors:
        said += f" {text(reference.institute)}."
    address = f"https://doi.org/{reference.doi}" if _DOI.fullmatch(reference.doi) else reference.address
    return f"{said} {_link(address)}" if address else said


def _title(reference: Reference) -> str:
    """Set a title as both styles do, whose own words are English."""
    return f"<em{ENGLISH.foreign(reference.language)}>{text(reference.title)}</em>"


def _stop(words: str) -> str:
    """Give the full stop that words lack."""
    return "" if words.endswith((".", "?", "!", "…")) else "."


_DOI = re.compile(r"10\.\d{4,9}/[\w.()/:;-]+", re.ASCII)


def _listed(names: Sequence[str], last: str, *, most: int) -> str:
    """Join names.

    >>> _listed(["A", "B", "C"], "and", most=3), _listed(["A", "B", "C", "D"], "and", most=3)
    ('A, B, and C', 'A et al.')
    """
    if len(names) > most:
        return f"{names[0]} et al."
    if len(names) <= 2:  # noqa: PLR2004 - two have no comma between them
        return f" {last} ".join(names)
    return f"{', '.join(names[:-1])}, {last} {names[-1]}"


def _initialled(name: AuthorName) -> str:
    """Write a name as APA does.

    >>> from regesta.model.people_names import read_author
    >>> _initialled(read_author("Jean-Luc van der Berg")), _initialled(read_author("Anna Maria Dyner"))
    ('van der Berg, J.-L.', 'Dyner, A. M.')
    """
    if name.is_whole:
        return name.family
    initials = " ".join(
        "-".join(f"{part[0]}." for part in word.split("-") if part) for word in name.given.split() if word.strip("-")
    )
    return ", ".join(filter(None, (name.family, initials, name.suffix)))


def _american(date: ArchiveDate | None) -> str:
    """Write a date for a note.

    >>> from regesta.model.dates import parse_date
    >>> _american(parse_date("2020-09-09")), _american(parse_date("2020-09~")), _american(None)
    ('September 9, 2020', 'ca. September 2020', 'n.d.')
    """
    parts = known_parts(date)
    if not parts or date is None:
        return "n.d."
    day = f" {parts[2]}," if len(parts) > 2 else ""  # noqa: PLR2004 - year, month, day
    month = f"{_MONTHS[parts[1] - 1]}{day} " if len(parts) > 1 else ""
    return f"{_circa(date)}{month}{parts[0]}"


def _year_first(date: ArchiveDate | None) -> str:
    """Write a date for APA.

    >>> from regesta.model.dates import parse_date
    >>> _year_first(parse_date("2020-09-09")), _year_first(parse_date("2020?")), _year_first(parse_date("XXXX-09-14"))
    ('2020, September 9', 'ca. 2020', 'n.d.')
    """
    parts = known_parts(date)
    if not parts or date is None:
        return "n.d."
    rest = " ".join([_MONTHS[parts[1] - 1], *map(str, parts[2:])]) if len(parts) > 1 else ""
    return f"{_circa(date)}{', '.join(filter(None, (str(parts[0]), rest)))}"


def _circa(date: ArchiveDate) -> str:
    return "ca. " if date.approximate or date.uncertain else ""


def _link(address: str) -> str:
    # The address is ours, or has come through `href`.
    return f'<a href="{attribute(address)}">{text(address)}</a>'


def _accessed(words: str, locale: str) -> str:
    """Leave a place for the day of access: a script puts the reader's day for `{date}` and shows it."""
    return f'<span class="rg-accessed" data-words="{attribute(words)}" data-locale="{attribute(locale)}" hidden></span>'
