"""The pages of sources: what rests on each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from regesta.model.link_forms import LinkForm
from regesta.model.slugs import slugify
from regesta.model.watch import Tally
from regesta.pages.links.claim_rows import resting_row
from regesta.pages.links.tally_words import tally_sentence
from regesta.pages.sheet import Contents, Sheet, Written
from regesta.pages.site import source_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.model.archive import Entry
    from regesta.model.cited_links import CitedLink
    from regesta.model.sources import Source
    from regesta.pages.languages.language import Language
    from regesta.pages.site import PageLinks, Site

__all__ = ["source_sheets"]

HUB = "sources/index.md"
MOST_LISTED = 300
"""Sources in one table. Past this, the others are found by their letter."""
LONGEST_LIST = 80
"""Links on one page. A source with more has its claims on pages of their own, by year."""


class Resting(NamedTuple):
    """A brief, and its links to one source."""

    entry: Entry
    links: tuple[CitedLink, ...]


class Part(NamedTuple):
    """What rests on a source, on one page or in one part of it."""

    heading: str
    anchor: str
    resting: tuple[Resting, ...]
    path: str
    """Of the page that has it, when it is not on the source's own."""

    @property
    def links(self) -> int:
        """How many links it has."""
        return sum(len(one.links) for one in self.resting)


def source_sheets(site: Site) -> Iterator[Sheet]:
    """Give the index of sources, a page for each, and more where its list is long."""
    by_source = _by_source(site)
    yield from _index(site, by_source)
    for source, resting in by_source.items():
        yield from _source(site, source, resting)


def _by_source(site: Site) -> dict[Source, list[Resting]]:
    """Give what rests on each source, the latest brief first. Sources come in order of their names."""
    found: dict[Source, list[Resting]] = defaultdict(list)
    of = site.watch.sources.of
    for entry in reversed(site.archive.shown):
        links: dict[Source, list[CitedLink]] = {}
        for link in entry.cited:
            if link.url is not None:
                links.setdefault(of(link.url), []).append(link)
        for source, cited in links.items():
            found[source].append(Resting(entry, tuple(cited)))
    return dict(sorted(found.items(), key=lambda item: (item[0].name.casefold(), item[0].slug)))


def _source(site: Site, source: Source, resting: Sequence[Resting]) -> Iterator[Sheet]:
    path = source_path(source)
    parts = _parts(resting, site.language)

    def made_of() -> list[Entry]:
        return [one.entry for one in resting]

    if sum(part.links for part in parts) > LONGEST_LIST:
        parts = [
            piece._replace(path=f"{path.removesuffix('.md')}/{piece.anchor}.md")
            for part in parts
            for piece in _cut(part, site.language)
        ]
        for part in parts:
            yield Sheet(
                path=part.path,
                title=f"{source.name}, {part.heading}",
                description=site.language.say(
                    "What the briefs of {year} take from {source}.", year=part.heading, source=source.name
                ),
                hub=HUB,
                write=lambda part=part: _write_part(site, source, part),  # type: ignore[misc]
                made_of=made_of,
            )
    yield Sheet(
        path=path,
        title=source.name,
        description=site.language.say(
            "{source}: every claim in {site} that rests on it.", source=source.name, site=site.called
        ),
        hub=HUB,
        write=lambda: _write(site, source, resting, parts),
        made_of=made_of,
    )


def _parts(resting: Sequence[Resting], language: Language) -> list[Part]:
    parts = []
    for year, group in groupby(resting, key=_year):
        heading = str(year) if year else language.say("Undated")
        parts.append(Part(heading, str(year) if year else "undated", tuple(group), ""))
    return parts


def _cut(part: Part, language: Language) -> Iterator[Part]:
    """Cut a year into parts that a page can hold, the earliest the first: it stays as it is when briefs are added."""
    pieces: list[list[Resting]] = [[]]
    size = 0
    for one in reversed(part.resting):
        for links in _portions(one.links):
            if size and size + len(links) > LONGEST_LIST:
                pieces.append([])
                size = 0
            pieces[-1].append(one._replace(links=links))
            size += len(links)
    for number, piece in reversed(list(enumerate(pieces, 1))):
        heading, anchor = part.heading, part.anchor
        if number > 1:
            heading = language.say("{year}, part {number}", year=part.heading, number=number)
            anchor = f"{part.anchor}-{number}"
        yield part._replace(heading=heading, anchor=anchor, resting=tuple(reversed(piece)))


def _portions(links: tuple[CitedLink, ...]) -> Iterator[tuple[CitedLink, ...]]:
    for start in range(0, len(links), LONGEST_LIST):
        yield links[start : start + LONGEST_LIST]


def _write(site: Site, source: Source, resting: Sequence[Resting], parts: Sequence[Part]) -> Written:
    institutes = Counter(one.entry.brief.publisher for one in resting if one.entry.brief.publisher)
    dated = [one.entry for one in resting if one.entry.brief.date is not None and one.entry.brief.date.year]
    tally = _tally(site, resting)
    html = site.render(
        "source.html",
        source_path(source),
        source=source,
        parts=parts,
        links=sum(len(one.links) for one in resting),
        briefs=len(resting),
        sentence=tally_sentence(tally, site.language) if tally else "",
        institutes=sorted(institutes.items(), key=lambda pair: (-pair[1], pair[0])),
        first=dated[-1] if dated else None,
        last=dated[0] if dated else None,
        resting_rows=_rows,
    )
    return Written(html, tuple(Contents(2, f"y-{part.anchor}", part.heading) for part in parts if not part.path))


def _write_part(site: Site, source: Source, part: Part) -> Written:
    html = site.render("source_part.html", part.path, source=source, part=part._replace(path=""), resting_rows=_rows)
    return Written(html)


def _rows(page: PageLinks, part: Part) -> Markup:
    """Write the claims of a part: an archive has many more of them than anything else."""
    return Markup("".join(resting_row(page, one.entry, one.links) for one in part.resting))  # noqa: S704 - our writer's


def _tally(site: Site, resting: Sequence[Resting]) -> Tally | None:
    if not site.watch.is_kept:
        return None
    found = Counter(
        (link.url, link.form is LinkForm.DEFANGED) for one in resting for link in one.links if link.url is not None
    )
    parts = {
        (url, part.cited_by[0].link.form is LinkForm.DEFANGED): part
        for url in {url for url, _ in found}
        for part in site.state_by_url[url].parted()
    }
    return Tally.of((parts.get(key) or site.state_by_url[key[0]], number) for key, number in found.items())


class Listed(NamedTuple):
    """A source in the index."""

    source: Source
    links: int
    briefs: int
    tally: Tally | None


def _index(site: Site, by_source: dict[Source, list[Resting]]) -> Iterator[Sheet]:
    """Give the list of sources by how much rests on them; a long one goes on by letters."""
    listed = [
        Listed(source, sum(len(one.links) for one in resting), len(resting), _tally(site, resting))
        for source, resting in by_source.items()
    ]
    letters: list[tuple[str, str, list[Listed]]] = []
    if len(listed) > MOST_LISTED:
        for letter, group in groupby(sorted(listed, key=_letter_first), key=lambda row: _letter(row.source)):
            rows = list(group)
            for number, start in enumerate(range(0, len(rows), MOST_LISTED * 2), 1):
                name = f"{letter}-{number}" if number > 1 else letter
                letters.append((name, f"sources/by-letter/{name}.md", rows[start : start + MOST_LISTED * 2]))
    for name, path, rows in letters:
        title = site.language.say("Sources: {letter}", letter=name.upper())
        yield Sheet(
            path=path,
            title=title,
            description=site.language.say(
                "Sources of {site} that begin with {letter}.", site=site.called, letter=name.upper()
            ),
            hub=HUB,
            write=lambda path=path, rows=rows, title=title: Written(  # type: ignore[misc]
                site.render("sources.html", path, title=title, listed=rows, total=len(rows), letters=[])
            ),
        )
    first = sorted(listed, key=lambda row: (-row.links, row.source.name.casefold(), row.source.slug))[:MOST_LISTED]
    yield Sheet(
        path=HUB,
        title=site.language.say("Sources"),
        description=site.language.say("Who stands behind the links of {site}.", site=site.called),
        write=lambda: Written(
            site.render(
                "sources.html",
                HUB,
                title=site.language.say("Sources"),
                listed=first,
                total=len(listed),
                letters=letters,
            )
        ),
    )


def _letter_first(row: Listed) -> tuple[str, str, str]:
    return _letter(row.source), row.source.name.casefold(), row.source.slug


def _letter(source: Source) -> str:
    latin = slugify(source.name[:8])[:1]
    return latin if latin.isalpha() else "0-9"


def _year(resting: Resting) -> int:
    date = resting.entry.brief.date
    return (date.year if date else None) or 0
