"""The page of a brief."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

from regesta.model.briefs import Status
from regesta.model.entities import EntityType
from regesta.model.own_fields import own_values
from regesta.pages.data.record_files import brief_files
from regesta.pages.dates.calendars import day_path
from regesta.pages.entities.entity_words import KIND_WORDS
from regesta.pages.languages.language import phrase
from regesta.pages.languages.words import known_how
from regesta.pages.links.cited_sources import brief_tally, cited_sources, source_rows
from regesta.pages.links.tally_words import verifiable_words
from regesta.pages.references.cite_box import cite_box
from regesta.pages.references.head_tags import brief_head
from regesta.pages.references.json_ld import LinkedData
from regesta.pages.sheet import Sheet, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.archive import Entry
    from regesta.model.entities import Entity
    from regesta.pages.site import Site

__all__ = ["brief_sheets"]

_HUB = "briefs/index.md"
_DESCRIPTION_LENGTH = 300
MOST_SOURCES = 6
"""Sources in the margin; the table below the notes has all of them."""


def brief_sheets(site: Site) -> Iterator[Sheet]:
    """Give a page for each brief; a withdrawn one gets its tombstone."""
    neighbours = _neighbours(site)
    linked_data = LinkedData(site)
    for entry in site.archive.entries:
        brief = entry.brief
        if brief.status is Status.WITHDRAWN:
            yield _tombstone(site, entry)
            continue
        before, after = neighbours.get(brief.path, (None, None))
        description = brief.summary[:_DESCRIPTION_LENGTH] or _first_words(entry) or brief.title
        yield Sheet(
            path=brief.path,
            title=brief.title,
            description=description,
            author=", ".join(brief.authors),
            hub=_HUB,
            source=brief.path,
            date=_last_changed(entry),
            published=brief.date.first_day if brief.date else None,
            write=lambda entry=entry, before=before, after=after, description=description: Written(  # type: ignore[misc]
                *_write(site, entry, before, after)[:2],
                f"{brief_head(site, entry.brief.path, description)}\n{linked_data.brief(entry)}",
            ),
            lists=lambda entry=entry: [entry],  # type: ignore[misc]
            # What MkDocs' extensions write may come from anywhere.
            made_of=None if brief.site_markdown else partial(_made_of, site, entry),
        )


def _write(site: Site, entry: Entry, before: Entry | None, after: Entry | None) -> Written:
    brief, body = entry.brief, site.bodies[entry.brief.path]
    tally = brief_tally(site, entry)
    html = site.render(
        "brief.html",
        brief.path,
        brief=brief,
        known_how=known_how(brief, site.language),
        body=Markup(body.body),  # noqa: S704 - our writer's
        notes=Markup(body.notes),  # noqa: S704 - our writer's
        groups=_entity_groups(site, entry),
        cites=site.archive.cites.get(brief.path, ()),
        cited_by=site.archive.cited_by.get(brief.path, ()),
        series_path=site.series_paths[brief.series] if brief.series else "",
        before=before,
        after=after,
        same=_other_versions(site, entry),
        own=own_values(brief, site.own_fields),
        tally=tally,
        verifiable=verifiable_words(tally, site.language) if tally and site.with_score else "",
        sources=cited_sources(site, entry),
        source_rows=source_rows,
        most_sources=MOST_SOURCES,
        contents=body.contents if len(body.contents) > 1 else (),
        subjects=[(subject, site.subject_paths[subject]) for subject in brief.subjects],
        day_path=day_path(*day) if site.with_dates and (day := _day(entry)) else "",
        cite=cite_box(site, brief.path),
        originals=[(urlsplit(url).hostname or url, url) for url in site.references[brief.path].published_at],
        files=brief_files(site, entry),
    )
    return Written(html, body.contents)


def _made_of(site: Site, entry: Entry) -> Iterator[Entry | str]:
    """Name what its page depends on: its text, and which briefs it cites and is cited by."""
    path = entry.brief.path
    yield entry
    for group in (site.archive.cites, site.archive.cited_by):
        yield from (other.brief.path for other in group.get(path, ()))
        yield ""
    # Another brief may give two names one slug: then the later one's page has another address.
    yield site.series_paths.get(entry.brief.series, "")
    yield from (site.subject_paths[subject] for subject in entry.brief.subjects)


def _day(entry: Entry) -> tuple[int, int, int] | None:
    day = entry.brief.date.first_day if entry.brief.date else None
    return (day.year, day.month, day.day) if day else None


def _entity_groups(site: Site, entry: Entry) -> list[tuple[str, list[tuple[Entity, int]]]]:
    """Give the entities of a brief by type, with how often each is named."""
    counts = Counter(mention.slug for mention in entry.mentions)
    groups: dict[EntityType, list[tuple[Entity, int]]] = {kind: [] for kind in EntityType}
    for slug in entry.slugs:
        if slug in site.entity_paths:
            entity = site.archive.entities[slug]
            groups[entity.type].append((entity, counts[slug]))
    return [(site.language.say(KIND_WORDS[kind].heading), found) for kind, found in groups.items() if found]


def _other_versions(site: Site, entry: Entry) -> list[tuple[str, Entry]]:
    brief = entry.brief
    relations = (
        (phrase("Supersedes {brief}"), brief.supersedes),
        (phrase("Superseded by {brief}"), brief.superseded_by),
        (phrase("Translation of {brief}"), brief.translation_of),
    )
    found = [(words, site.archive.find(path, brief.path)) for words, paths in relations for path in paths]
    return [(words, other) for words, other in found if other is not None]


def _neighbours(site: Site) -> dict[str, tuple[Entry | None, Entry | None]]:
    """Give the briefs before and after each one in its series."""
    found: dict[str, tuple[Entry | None, Entry | None]] = {}
    for entries in site.archive.by_series.values():
        for index, entry in enumerate(entries):
            before = entries[index - 1] if index else None
            after = entries[index + 1] if index + 1 < len(entries) else None
            found[entry.brief.path] = (before, after)
    return found


def _last_changed(entry: Entry) -> str:
    for date in (entry.brief.updated, entry.brief.date):
        if date is not None and date.first_day is not None:
            return date.first_day.isoformat()
    return ""


def _first_words(entry: Entry) -> str:
    """Take the first sentence in which somebody is named: what a search engine may show."""
    return next((mention.sentence[:_DESCRIPTION_LENGTH] for mention in entry.mentions if mention.linkable), "")


def _tombstone(site: Site, entry: Entry) -> Sheet:
    return Sheet(
        path=entry.brief.path,
        title=entry.brief.title,
        description=site.language.say("This brief has been withdrawn."),
        hub=_HUB,
        source=entry.brief.path,
        write=lambda: Written(site.render("withdrawn.html", entry.brief.path, brief=entry.brief)),
    )
