"""The archive: its briefs and entities, and the indexes by which pages find them."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from regesta.model.briefs import Brief, Document, Status, read_brief
from regesta.model.cited_links import CitedLink
from regesta.model.claims import Claim, note_claims
from regesta.model.dates import Precision
from regesta.model.footnotes import shown_labels
from regesta.model.link_forms import LinkForm, judge_link
from regesta.model.mentions import Ambiguity, Mention, Names, find_mentions
from regesta.model.sentences import sentence_start
from regesta.model.site_paths import SitePaths
from regesta.model.spoken_dates import SpokenDate, find_dates
from regesta.model.urls import parse_url, same_page_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.model.entities import Entity
    from regesta.model.urls import Url

__all__ = ["Archive", "Entry", "Mentioned", "Spoken", "read_entry"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A brief as the register holds it: what it is, whom it names, what it cites."""

    brief: Brief
    mentions: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...]
    cited_urls: tuple[Url, ...]
    """The URLs meant by the links of its notes, each once."""
    cited_paths: tuple[str, ...]
    """Briefs it links to by path."""
    footnotes: int
    links: int
    """All links, in notes and elsewhere."""
    linked: tuple[str, ...] = ()
    """Slugs that it links to by hand, with `entity:`."""
    cited: tuple[CitedLink, ...] = ()
    """The links of its text and notes that lead out of the archive, or are meant to, in the order of the source."""
    claims: Mapping[str | int, tuple[Claim, ...]] = field(default_factory=dict)
    """What rests on them: on a note by its label, on a link in the text by its offset."""
    dates: tuple[SpokenDate, ...] = ()
    """The dates that its text speaks of, in reading order."""
    counted: Mapping[str, str] = field(default_factory=dict)
    """What a reader sees at each note whose label is not shown: its number."""
    digest: str = ""
    """Tells the bytes of its file from all others."""

    def claims_on(self, link: CitedLink) -> tuple[Claim, ...]:
        """Give the places of the text that rest on a link; none where nothing points to its note."""
        return self.claims.get(link.offset if link.note is None else link.note, ())

    def shown_note(self, label: str) -> str:
        """Give what a reader sees at a note."""
        return self.counted.get(label, label)

    def notes_of(self, mention: Mention) -> tuple[str, ...]:
        """Give the labels of the notes on which the sentence of a mention rests, in reading order."""
        found = self._noted.get(mention.text)
        return found.get(sentence_start(mention.text, mention.start), ()) if found else ()

    @cached_property
    def _noted(self) -> Mapping[str, Mapping[int, tuple[str, ...]]]:
        """The labels of the notes of each sentence, by its text block and the character at which it begins."""
        found: dict[str, dict[int, tuple[str, ...]]] = {}
        claims = [(claim.at, label, claim) for label, on in self.claims.items() for claim in on if type(label) is str]
        for _, label, claim in sorted(claims, key=itemgetter(0)):
            sentences = found.setdefault(claim.text, {})
            labels = sentences.get(claim.start, ())
            if label not in labels:
                sentences[claim.start] = (*labels, label)
        return found

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """The entities it names, most often named first."""
        counts = Counter(mention.slug for mention in self.mentions)
        for slug in (*self.linked, *self.brief.choice.add):
            counts.setdefault(slug, 0)
        return tuple(slug for slug, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """A brief that names an entity, and every place where it does."""

    entry: Entry
    mentions: tuple[Mention, ...]
    """Empty when the brief only says so in its front matter."""


class Spoken(NamedTuple):
    """A brief, and one date that it speaks of."""

    entry: Entry
    spoken: SpokenDate


def read_entry(document: Document, names: Names) -> Entry:
    """Make the entry of a brief's document. A withdrawn brief gives nothing of its text."""
    brief = read_brief(document)
    if brief.status is Status.WITHDRAWN:
        return Entry(
            brief=brief,
            mentions=(),
            ambiguous=(),
            cited_urls=(),
            cited_paths=(),
            footnotes=0,
            links=0,
            digest=document.digest,
        )
    found = find_mentions(document.body.blocks, names, brief.choice)
    urls: dict[Url, None] = {}
    paths: dict[str, None] = {}
    linked: dict[str, None] = {}
    cited: list[CitedLink] = []
    lines, skipped = document.lines, document.cleaned.skipped
    claims: dict[str | int, tuple[Claim, ...]] = {}
    claims.update(note_claims(document.footnotes, document.body.blocks))
    for link in document.links:
        if link.style == "image":
            continue
        form, url, reason = judge_link(link.text)
        if url is not None:
            if link.note is not None:
                urls[url] = None
        elif link.text.startswith("entity:"):
            linked[link.text.removeprefix("entity:")] = None
        elif form is LinkForm.NOT_HTTP:
            paths |= dict.fromkeys(_ADDRESSES.may_mean(link.text, document.path))
        if form is LinkForm.NOT_HTTP or link.style in _NOT_CITED:
            continue
        line, column = lines.position(link.span.start)
        offset = link.span.start + skipped
        # One text is kept for what is written and what is meant where they are the same, as most are.
        raw = url if url is not None and url == link.raw else link.raw
        cited.append(CitedLink(raw, form, url, reason, line, link.note, column, offset))
        if link.note is None and 0 <= link.block < len(document.body.blocks):
            block = document.body.blocks[link.block]
            claims[offset] = (Claim(block.text, block.char(link.outer.end), block.number),)
    return Entry(
        brief=brief,
        mentions=found.found,
        ambiguous=found.ambiguous,
        cited_urls=tuple(urls),
        cited_paths=tuple(paths),
        footnotes=len(document.footnotes),
        links=len(document.links),
        linked=tuple(linked),
        cited=tuple(cited),
        claims=claims,
        dates=find_dates(document.body.blocks, brief.date),
        counted={
            label: number
            for label, number in shown_labels([note.label for note in document.footnotes]).items()
            if label != number
        },
        digest=document.digest,
    )


_ADDRESSES = SitePaths(frozenset())
"""Reads the addresses of pages; which pages there are is known when all briefs are read."""
_NOT_CITED = frozenset({"definition", "front-matter"})
"""What stands in no sentence: the definition of a reference, which is a link where it is used, and front matter."""


@dataclass(frozen=True, kw_only=True)
class Archive:
    """All briefs and entities. The same whatever the order in which the files were read."""

    entries: tuple[Entry, ...]
    """By date and path, the earliest first; undated briefs before all."""
    entities: Mapping[str, Entity]
    """By slug."""

    @classmethod
    def of(cls, entries: Iterable[Entry], entities: Iterable[Entity]) -> Archive:
        """Put an archive together."""
        return cls(
            entries=tuple(sorted(entries, key=lambda entry: entry.brief.sort_key)),
            entities={entity.slug: entity for entity in sorted(entities, key=lambda entity: entity.slug)},
        )

    @cached_property
    def shown(self) -> tuple[Entry, ...]:
        """The entries that lists show: a withdrawn brief has only its tombstone."""
        return tuple(entry for entry in self.entries if entry.brief.status is not Status.WITHDRAWN)

    @cached_property
    def by_path(self) -> Mapping[str, Entry]:
        """Entries by the path of their brief."""
        return {entry.brief.path: entry for entry in self.entries}

    def find(self, path: str, beside: str) -> Entry | None:
        """Find the brief that a path means, from the folder of the brief that names it or from the archive's."""
        near = posixpath.normpath(posixpath.join(posixpath.dirname(beside), path))
        return self.by_path.get(near) or self.by_path.get(posixpath.normpath(path))

    @cached_property
    def mentioned(self) -> Mapping[str, tuple[Mentioned, ...]]:
        """For each entity the briefs that name it, in order of date."""
        found: dict[str, list[Mentioned]] = defaultdict(list)
        for entry in self.shown:
            places: dict[str, list[Mention]] = {}
            for mention in entry.mentions:
                places.setdefault(mention.slug, []).append(mention)
            for slug in entry.slugs:
                found[slug].append(Mentioned(entry=entry, mentions=tuple(places.get(slug, ()))))
        return {slug: tuple(found[slug]) for slug in self.entities if slug in found}

    @cached_property
    def by_year(self) -> Mapping[int, tuple[Entry, ...]]:
        """Entries of each year of which one is known."""
        return _grouped(
            (entry.brief.date.year, entry)
            for entry in self.shown
            if entry.brief.date is not None and entry.brief.date.year is not None
        )

    @cached_property
    def by_month(self) -> Mapping[tuple[int, int], tuple[Entry, ...]]:
        """Entries of each month, those whose day is not known included."""
        return _grouped(
            ((entry.brief.date.year or 0, entry.brief.date.month or 0), entry)
            for entry in self.shown
            if entry.brief.date is not None and entry.brief.date.precision >= Precision.MONTH
        )

    @cached_property
    def by_day(self) -> Mapping[tuple[int, int, int], tuple[Entry, ...]]:
        """Entries of each day."""
        return _grouped(
            ((entry.brief.date.year or 0, entry.brief.date.month or 0, entry.brief.date.day or 0), entry)
            for entry in self.shown
            if entry.brief.date is not None and entry.brief.date.precision >= Precision.DAY
        )

    @cached_property
    def spoken_by_day(self) -> Mapping[tuple[int, int, int], tuple[Spoken, ...]]:
        """The sentences that speak of each day, each once, by the date of their brief."""
        groups: dict[tuple[int, int, int], list[Spoken]] = {}
        for entry in self.shown:
            for spoken in entry.dates:
                for day in spoken.days:
                    _add_once(groups.setdefault((day.year, day.month, day.day), []), Spoken(entry, spoken))
        return {day: tuple(groups[day]) for day in sorted(groups)}

    @cached_property
    def spoken_by_month(self) -> Mapping[tuple[int, int], tuple[Spoken, ...]]:
        """The sentences that speak of each month as a whole, by the date of their brief."""
        groups: dict[tuple[int, int], list[Spoken]] = {}
        for entry in self.shown:
            for spoken in entry.dates:
                if spoken.precision is Precision.MONTH:
                    _add_once(groups.setdefault((spoken.first.year, spoken.first.month), []), Spoken(entry, spoken))
        return {month: tuple(groups[month]) for month in sorted(groups)}

    @cached_property
    def undated(self) -> tuple[Entry, ...]:
        """Entries of which not even the year is known."""
        return tuple(e for e in self.shown if e.brief.date is None or e.brief.date.year is None)

    @cached_property
    def by_subject(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries of each subject, in order of date."""
        return _grouped((subject, entry) for entry in self.shown for subject in dict.fromkeys(entry.brief.subjects))

    @cached_property
    def by_series(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries of each series, in order."""
        return _grouped((entry.brief.series, entry) for entry in self.shown if entry.brief.series)

    @cached_property
    def cites(self) -> Mapping[str, tuple[Entry, ...]]:
        """For each brief, by path, the briefs of the archive it cites: by path, or by where they were published."""
        return self._citations[0]

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[Entry, ...]]:
        """The same the other way round."""
        return self._citations[1]

    @cached_property
    def _citations(self) -> tuple[dict[str, tuple[Entry, ...]], dict[str, tuple[Entry, ...]]]:
        published: dict[str, Entry] = {}
        for entry in self.shown:
            for text in entry.brief.source_urls:
                if (url := parse_url(text)) is not None:
                    published.setdefault(same_page_key(url), entry)
        shown = {entry.brief.path: entry for entry in self.shown}
        cites: dict[str, tuple[Entry, ...]] = {}
        cited_by: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.shown:
            found: dict[str, Entry] = {path: shown[path] for path in entry.cited_paths if path in shown}
            if published:
                for url in entry.cited_urls:
                    if cited := published.get(same_page_key(url)):
                        found[cited.brief.path] = cited
            found.pop(entry.brief.path, None)
            if found:
                cites[entry.brief.path] = tuple(sorted(found.values(), key=lambda cited: cited.brief.sort_key))
                for path in found:
                    cited_by[path].append(entry)
        return cites, {path: tuple(cited_by[path]) for path in sorted(cited_by)}


_Key = TypeVar("_Key", int, str, tuple[int, int], tuple[int, int, int])


def _add_once(held: list[Spoken], new: Spoken) -> None:
    """Add a date, unless its sentence has just been added: "on 9 and 9–12 September" speaks of the 9th twice.

    Of an endless sentence an excerpt is shown: what stands in the last one adds none.
    """
    if held and held[-1].entry is new.entry and held[-1].spoken.text is new.spoken.text:
        last = held[-1].spoken
        if new.spoken.end <= last.start - last.at + len(last.sentence):
            return
    held.append(new)


def _grouped(pairs: Iterable[tuple[_Key, Entry]]) -> Mapping[_Key, tuple[Entry, ...]]:
    groups: dict[_Key, list[Entry]] = {}
    for key, entry in pairs:
        groups.setdefault(key, []).append(entry)
    return {key: tuple(groups[key]) for key in sorted(groups)}
