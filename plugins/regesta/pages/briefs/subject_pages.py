"""The pages of subjects and of series: what they are, their briefs by date, whom they name."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.entities import EntityType
from regesta.pages.languages.language import phrase
from regesta.pages.sheet import Sheet, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from regesta.model.archive import Entry
    from regesta.model.entities import Entity
    from regesta.pages.site import Site

__all__ = ["Shelf", "often_named", "shelf_sheets"]

_HUB = "briefs/index.md"
_SUBJECTS = "subjects/index.md"
_NAMED_KINDS = (
    (phrase("People"), EntityType.PERSON),
    (phrase("Organisations"), EntityType.ORGANISATION),
    (phrase("Places"), EntityType.PLACE),
)
_NAMED = 12
"""Names of one type on the page of a subject or series."""
LONGEST_LIST = 400
"""Briefs on one page. Of a longer series the latest are shown; the others stand under their dates."""


class Shelf(NamedTuple):
    """Briefs that stand together: those of a subject, or of a series."""

    name: str
    path: str
    entries: tuple[Entry, ...]
    """The latest first."""


def shelf_sheets(site: Site) -> Iterator[Sheet]:
    """Give a page for each series and subject, and the index of subjects where there are any."""
    say = site.language.say
    for shelf in _shelves(site.archive.by_series, site.series_paths):
        about = say("The series {series}, by date.", series=shelf.name)
        yield _sheet(shelf, about, partial(_write, site, shelf, _HUB, say("Series")))
    subjects = _shelves(site.archive.by_subject, site.subject_paths)
    if not subjects:
        return
    yield Sheet(
        path=_SUBJECTS,
        title=say("Subjects"),
        description=say("Subjects of {site}, from A to Z.", site=site.called),
        hub=_HUB,
        write=lambda: Written(site.render("subjects.html", _SUBJECTS, subjects=subjects)),
    )
    for shelf in subjects:
        about = say("Briefs on {subject}, by date.", subject=shelf.name)
        yield _sheet(shelf, about, partial(_write, site, shelf, _SUBJECTS, say("Subject")))


def often_named(site: Site, entries: Iterable[Entry], kind: EntityType) -> list[tuple[Entity, int]]:
    """Give the entities of a type that the most of these briefs name, with in how many."""
    counts = Counter(slug for entry in entries for slug in entry.slugs if slug in site.entity_paths)
    entities = site.archive.entities
    found = [(entities[slug], number) for slug, number in counts.items() if entities[slug].type is kind]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].name, pair[0].slug))[:_NAMED]


def _shelves(groups: Mapping[str, tuple[Entry, ...]], paths: Mapping[str, str]) -> list[Shelf]:
    """Put what has one address on one page: "Belarus Update" and "Belarus update" are one series."""
    found: dict[str, dict[str, Entry]] = {}
    names: dict[str, Counter[str]] = {}
    for name, entries in groups.items():
        path = paths[name]
        found.setdefault(path, {}).update((entry.brief.path, entry) for entry in entries)
        names.setdefault(path, Counter())[name] += len(entries)
    shelves = [
        Shelf(
            min(names[path].items(), key=lambda item: (-item[1], item[0]))[0],
            path,
            tuple(sorted(entries.values(), key=lambda entry: entry.brief.sort_key, reverse=True)),
        )
        for path, entries in found.items()
    ]
    return sorted(shelves, key=lambda shelf: (shelf.name.casefold(), shelf.path))


def _sheet(shelf: Shelf, about: str, write: Callable[[], Written]) -> Sheet:
    return Sheet(
        path=shelf.path,
        title=shelf.name,
        description=about,
        hub=_HUB,
        write=write,
        lists=lambda: shelf.entries[::-1],
    )


def _write(site: Site, shelf: Shelf, index: str, kind: str) -> Written:
    entries = shelf.entries
    dated = [entry for entry in entries if entry.brief.date is not None and entry.brief.date.year]
    named = [(site.language.say(words), often_named(site, entries, kind)) for words, kind in _NAMED_KINDS]
    html = site.render(
        "shelf.html",
        shelf.path,
        kind=kind,
        index=index,
        title=shelf.name,
        entries=entries[:LONGEST_LIST],
        total=len(entries),
        publishers=sorted({entry.brief.publisher for entry in entries if entry.brief.publisher}),
        first=dated[-1] if dated else None,
        last=dated[0] if dated else None,
        named=[(words, found) for words, found in named if found],
    )
    return Written(html)
