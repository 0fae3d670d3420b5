"""The pages of persons, organisations, places and events, and their A–Z indexes."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from anyascii import anyascii
from markupsafe import Markup

from regesta.model.entities import EntityType
from regesta.model.mentions import plain_spelling
from regesta.pages.data.record_files import entity_files
from regesta.pages.entities.authorities import identifier
from regesta.pages.entities.entity_words import KIND_WORDS
from regesta.pages.entities.entity_years import cut_years, is_long, years_of
from regesta.pages.entities.event_views import MOST_VIEWS, event_views
from regesta.pages.entities.months_figure import months_figure, named_by_month
from regesta.pages.html import attribute, text
from regesta.pages.portions import by_sentence
from regesta.pages.references.json_ld import LinkedData
from regesta.pages.sheet import Contents, Sheet, Written
from regesta.pages.site import entity_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.model.archive import Entry, Mentioned
    from regesta.model.entities import Entity
    from regesta.pages.entities.entity_years import Year
    from regesta.pages.site import PageLinks, Site

__all__ = ["entity_sheets", "index_letter"]


def entity_sheets(site: Site) -> Iterator[Sheet]:
    """Give the index of each type, a page for each entity, and more where its list is long."""
    for kind in site.entity_types:
        yield _index(site, kind)
    for slug in site.entity_paths:
        entity = site.archive.entities[slug]
        yield from _entity(site, entity, site.archive.mentioned.get(slug, ()))


def _entity(site: Site, entity: Entity, mentioned: tuple[Mentioned, ...]) -> Iterator[Sheet]:
    path = entity_path(entity)
    years = years_of(mentioned, site.language)

    def made_of() -> list[Entry]:
        return [found.entry for found in mentioned]

    if is_long(mentioned) or sum(year.mentions for year in years) > site.sizes.mentions:
        years = cut_years(years, path.removesuffix(".md"), site.language)
        for year in years:
            yield Sheet(
                path=year.path,
                title=f"{entity.name}, {year.heading}",
                description=site.language.say(
                    "Every mention of {name} in the briefs of {year}.", name=entity.name, year=year.heading
                ),
                hub=f"{entity.type.folder}/index.md",
                source=entity.path,
                write=lambda year=year: _write_year(site, entity, year),  # type: ignore[misc]
                made_of=made_of,
            )
    yield Sheet(
        path=path,
        title=entity.name,
        description=site.language.say(
            "{name}: every mention in {site}, in its sentence.", name=entity.name, site=site.called
        ),
        hub=f"{entity.type.folder}/index.md",
        source=entity.path,
        write=lambda: _write(site, entity, mentioned, years),
        lists=made_of if mentioned else None,
        made_of=made_of,
        without_abstracts=True,
    )


def _write(site: Site, entity: Entity, mentioned: tuple[Mentioned, ...], years: list[Year]) -> Written:
    body = site.bodies.get(entity.path)
    mentions = sum(year.mentions for year in years)
    months = named_by_month(mentioned)
    views = event_views(entity, mentioned)
    html = site.render(
        "entity.html",
        entity_path(entity),
        entity=entity,
        note=Markup(body.body) if body else "",  # noqa: S704 - our writer's
        identifiers=[identifier(*pair) for pair in entity.same_as],
        part_of=site.archive.entities.get(entity.part_of) if entity.part_of in site.entity_paths else None,
        also=[kind for kind in entity.also if kind in site.entity_types],
        years=years,
        mentions=mentions,
        briefs=len(mentioned),
        spellings=_spellings(mentioned, site.language.say("no institute named")),
        kinds=KIND_WORDS,
        together=_together(site, entity, mentioned),
        mention_items=mention_items,
        figure=months_figure(months, site.language),
        months=[(month.words(site.language), month.mentions) for month in months if month.mentions],
        ends=(months[0].words(site.language), months[-1].words(site.language)) if months else ("", ""),
        beside=views[:MOST_VIEWS],
        more_views=max(len(views) - MOST_VIEWS, 0),
        files=entity_files(site, entity),
    )
    contents = tuple(Contents(2, f"y-{year.anchor}", year.heading) for year in years if not year.path)
    return Written(html, contents, LinkedData(site).entity(entity))


def _write_year(site: Site, entity: Entity, year: Year) -> Written:
    html = site.render(
        "entity_year.html", year.path, entity=entity, year=year._replace(path=""), mention_items=mention_items
    )
    return Written(html)


def _spellings(mentioned: Sequence[Mentioned], nobody: str) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """Say who spells it how: each spelling with its count, and that of each institute."""
    found: dict[str, Counter[str]] = {}
    for item in mentioned:
        for mention in item.mentions:
            found.setdefault(plain_spelling(mention.spelling), Counter())[item.entry.brief.publisher or nobody] += 1
    rows = [
        (spelling, counts.total(), sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
        for spelling, counts in found.items()
    ]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


_TOGETHER = 12
_MOST_COUNTED = 200
"""Entities of one brief, the most often named: else one that names thousands would be counted thousands of times."""


def _together(site: Site, entity: Entity, mentioned: Sequence[Mentioned]) -> list[tuple[Entity, int]]:
    """Give the entities that the most briefs name together with this one."""
    counts = Counter(
        slug
        for item in mentioned
        for slug in item.entry.slugs[:_MOST_COUNTED]
        if slug != entity.slug and slug in site.entity_paths
    )
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_TOGETHER]
    return [(site.archive.entities[slug], number) for slug, number in ranked]


def mention_items(page: PageLinks, found: Mentioned) -> Markup:
    """Write each sentence once, the name marked wherever it has it, with the way to its paragraph.

    An archive has many more mentions than anything else: they are written here and not by a template.
    """
    brief = found.entry.brief
    address = attribute(page.entry(found.entry))
    language = page.site.language.foreign(brief.language)
    place_words = attribute(page.site.language.say("In its paragraph"))
    items = []
    for group in by_sentence(found.mentions):
        mention = group[0]
        sentence, first = mention.sentence, mention.start - mention.at
        marked, reach = [], 0
        for one in group:
            at = one.start - first
            marked.append(f"{text(sentence[reach:at])}<mark>{text(one.spelling)}</mark>")
            reach = at + len(one.spelling)
        place = f"#p-{mention.number}" if mention.linkable and not brief.site_markdown else ""
        items.append(
            f"<li{language}>{''.join(marked)}{text(sentence[reach:])}\N{NO-BREAK SPACE}"
            f'<a class="rg-pilcrow" href="{address}{place}" aria-label="{place_words}">¶</a></li>\n'
        )
    return Markup("".join(items))  # noqa: S704 - escaped here


def _index(site: Site, kind: EntityType) -> Sheet:
    title = site.language.say(KIND_WORDS[kind].heading)
    return Sheet(
        path=f"{kind.folder}/index.md",
        title=title,
        description=site.language.say(KIND_WORDS[kind].about, site=site.called),
        write=lambda: _write_index(site, kind, title),
    )


def _write_index(site: Site, kind: EntityType, title: str) -> Written:
    shown = [site.archive.entities[slug] for slug in site.entity_paths]
    entities = [entity for entity in shown if kind is entity.type or kind in entity.also]
    entities.sort(key=lambda entity: (_sort_name(entity), entity.slug))
    letters = [(letter, list(group)) for letter, group in groupby(entities, key=index_letter)]
    counts = {slug: len(mentioned) for slug, mentioned in site.archive.mentioned.items()}
    path = f"{kind.folder}/index.md"
    return Written(site.render("entities.html", path, title=title, letters=letters, counts=counts, total=len(entities)))


def index_letter(entity: Entity) -> str:
    """Give the letter of the A–Z under which an entity stands, or `#`."""
    first = _sort_name(entity)[:1]
    return first.upper() if first.isalpha() else "#"


def _sort_name(entity: Entity) -> str:
    """Sort people by their last name, all in Latin letters without accents."""
    name = entity.name.rpartition(" ")[2] + " " + entity.name if entity.type is EntityType.PERSON else entity.name
    return anyascii(unicodedata.normalize("NFC", name)).casefold().removeprefix("the ")
