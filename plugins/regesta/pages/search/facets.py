"""What results can be narrowed by: columns of what a brief has once, and lists of briefs by what they may have more of.

The browser counts and filters by itself. So Pagefind needs no filters, which would cost it four times as many
bytes, and would come out in another order each time.
"""

from __future__ import annotations

import base64
import json
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.entities import EntityType
from regesta.model.front_matter import strings
from regesta.model.link_states import Standing
from regesta.pages.lazy_file import LazyFile
from regesta.pages.links.cited_sources import brief_tally
from regesta.pages.search.names import bucket, name_buckets
from regesta.pages.search.records import UNKNOWN, language_code
from regesta.pages.search.words import search_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from regesta.model.archive import Entry
    from regesta.model.own_fields import OwnField
    from regesta.pages.site import Site

__all__ = ["FACETS", "Bundle", "FacetList", "facet_lists", "facets_file", "link_marks", "list_files"]

FACETS = ("person", "place", "organisation", "event", "subject", "institute", "series", "year", "links", "language")
"""All that results can be narrowed by, in the order in which the page shows them. The archive's own fields follow."""

LINK_MARKS = ("verifiable", "gone", "unsure", "defanged", "none")
"""What may be said of the links of a brief; several may be true."""

_OWN = "field-"
"""Before the names of own fields, so that one may be called as something else in an address is: `year`, `order`."""

_DIGITS = 7
_BUCKET_ENTRIES = 2500
_MOST = 32


class Bundle(NamedTuple):
    """The index of one language, as the browser finds it."""

    language: str
    folder: str
    """From `search/`."""
    shards: tuple[str, ...]
    """Folders, from `search/`, of what is merged into it in a large archive."""
    ids: Mapping[str, str]
    """Pagefind's name of each brief's record, by the brief's address."""
    stems: bool = True
    """Whether words are found in other forms too."""


class FacetList(NamedTuple):
    """A facet of which a brief may have several values: an entity that it names, a subject, an own field."""

    facet: str
    stem: str
    """How its files are called, before their number."""
    files: int
    """In how many files it is, so that one value costs one small file."""
    rows: Callable[[], Iterable[tuple[str, str, Sequence[int]]]]
    """Makes the rows: a value, its name for readers, and the numbers of the briefs that have it, going up."""


def facets_file(
    site: Site,
    bundles: Sequence[Bundle],
    facets: Sequence[str],
    lists: Sequence[FacetList],
    vocabulary: Sequence[str] = (),
) -> LazyFile:
    """Write what the search page reads first. Briefs are numbered in the archive's order, from 0.

    `vocabulary` are the first words of the files that have the words of the archive.
    """
    entries = site.archive.shown
    ids = {address: name for bundle in bundles for address, name in bundle.ids.items()}
    columns = {
        name: _column(entries, read, newest_first=name == "year")
        for name, read in _single(site.language.tag).items()
        # The year tells undated briefs, the language which briefs an index has.
        if name in facets or name in {"language", "year"}
    }
    data = {
        "version": 1,
        "briefs": len(entries),
        "ids": _packed_ids([ids.get(site.addresses.url(entry.brief.path), "") for entry in entries]),
        "bundles": [
            {
                "language": one.language,
                "folder": one.folder,
                "shards": list(one.shards),
                "briefs": len(one.ids),
                "stems": one.stems,
            }
            for one in bundles
        ],
        "words": {**search_words(site.language), **{_OWN + field.name: field.label for field in _own(site)}},
        "facets": [*facets, *(_OWN + field.name for field in _own(site))],
        "columns": columns,
        "marks": [_bits(link_marks(site, entry)) for entry in entries] if "links" in facets else [],
        "lists": [[one.facet, one.files, one.stem] for one in lists],
        "names": name_buckets(site) if site.entity_paths else 0,
        "vocabulary": list(vocabulary),
    }
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False) + "\n"
    return LazyFile("search/facets.json", lambda: text)


def facet_lists(site: Site, facets: Sequence[str]) -> list[FacetList]:
    """Give the lists of those facets that have any value."""
    lists = []
    entities = site.archive.entities
    for kind in EntityType:
        if kind.value in facets and site.entity_paths:
            size = [len(found) for slug, found in site.archive.mentioned.items() if entities[slug].type is kind]
            lists.append(FacetList(kind.value, kind.value, _files(size), partial(_entity_rows, site, kind)))
    if "subject" in facets:
        lists.append(_written_list(site, "subject", "subject", lambda entry: entry.brief.subjects))
    for index, field in enumerate(_own(site)):
        # By its place: its name may be anything.
        lists.append(_written_list(site, _OWN + field.name, f"{_OWN}{index}", partial(_own_values, field.name)))
    return [one for one in lists if one.files]


def list_files(lists: Sequence[FacetList]) -> Iterator[LazyFile]:
    """Write each list into its files."""
    for one in lists:
        held: list[list[str]] = [[] for _ in range(one.files)]
        for value, name, numbers in one.rows():
            # As steps from one to the next, which are short where there are many.
            steps = [numbers[0], *(after - before for before, after in pairwise(numbers))]
            row = json.dumps([value, name, steps], separators=(",", ":"), ensure_ascii=False)
            held[bucket(value, one.files)].append(row)
        for index, rows in enumerate(held):
            yield LazyFile(f"search/{one.stem}-{index}.json", partial(str, "[" + ",\n".join(rows) + "]\n"))


def _entity_rows(site: Site, kind: EntityType) -> Iterator[tuple[str, str, Sequence[int]]]:
    number_of = {entry.brief.path: number for number, entry in enumerate(site.archive.shown)}
    for slug, found in site.archive.mentioned.items():
        entity = site.archive.entities[slug]
        if entity.type is kind and slug in site.entity_paths:
            yield slug, entity.name, [number_of[one.entry.brief.path] for one in found]


def _written_list(site: Site, facet: str, stem: str, read: Callable[[Entry], Iterable[str]]) -> FacetList:
    numbers: dict[str, list[int]] = {}
    for number, entry in enumerate(site.archive.shown):
        for value in set(read(entry)):
            numbers.setdefault(value, []).append(number)
    rows = [(value, value, numbers[value]) for value in sorted(numbers)]
    return FacetList(facet, stem, _files([len(held) for _, _, held in rows]), lambda: rows)


def _files(sizes: Sequence[int]) -> int:
    """Say in how many files lists of these sizes are."""
    total = sum(sizes) + 10 * len(sizes)
    return min(_MOST, -(-total // _BUCKET_ENTRIES))


def link_marks(site: Site, entry: Entry) -> frozenset[str]:
    """Say what is known of the links of a brief; nothing where nobody has looked yet."""
    if not entry.cited:
        return frozenset({"none"})
    tally = brief_tally(site, entry)
    if tally is None:
        return frozenset()
    unsure = tally.counted + tally.by_standing.get(Standing.WAITING, 0) - tally.answering - tally.gone
    said = {
        "verifiable": 0 < tally.counted == tally.verifiable,
        "gone": tally.gone > tally.gone_archived,
        "unsure": unsure > 0,
        "defanged": tally.defanged + tally.malformed > 0,
    }
    return frozenset(mark for mark, is_true in said.items() if is_true)


def _bits(marks: frozenset[str]) -> int:
    return sum(1 << index for index, mark in enumerate(LINK_MARKS) if mark in marks)


def _single(language: str) -> dict[str, Callable[[Entry], str]]:
    return {
        "institute": lambda entry: entry.brief.publisher,
        "series": lambda entry: entry.brief.series,
        "year": lambda entry: str(entry.brief.date.year) if entry.brief.date and entry.brief.date.year else "",
        "language": lambda entry: language_code(entry.brief.language) or language_code(language) or UNKNOWN,
    }


def _own(site: Site) -> Iterator[OwnField]:
    return (field for field in site.own_fields if field.facet)


def _own_values(name: str, entry: Entry) -> Sequence[str]:
    return strings(entry.brief.own.get(name))


def _column(entries: Sequence[Entry], read: Callable[[Entry], str], *, newest_first: bool) -> dict[str, object]:
    """Give the values, and for each brief which it has; the empty one comes first."""
    found = [read(entry) for entry in entries]
    values = ["", *sorted(set(found) - {""}, reverse=newest_first)]
    place = {value: index for index, value in enumerate(values)}
    return {"values": values, "of": [place[value] for value in found]}


def _packed_ids(ids: Sequence[str]) -> dict[str, object]:
    """Pack the names of records, which end in hexadecimal digits, into half their size.

    >>> _packed_ids(["en_ab12cd3", "uk_00000ff", "en_ab12cd34"])
    {'prefixes': ['en', 'uk'], 'of': [0, 1, 0], 'packed': 'qxLNMAAA/wAAAAA=', 'odd': {'2': 'en_ab12cd34'}}
    """
    split = [name.rpartition("_") for name in ids]
    prefixes = sorted({prefix for prefix, _, _ in split})
    # Pagefind takes more digits where two records would have one name.
    plain = [digits if len(digits) == _DIGITS else "0" * _DIGITS for _, _, digits in split]
    odd = {str(index): ids[index] for index, (_, _, digits) in enumerate(split) if len(digits) != _DIGITS}
    digits = "".join(plain)
    packed = base64.b64encode(bytes.fromhex(digits + "0" * (len(digits) % 2))).decode()
    place = {prefix: index for index, prefix in enumerate(prefixes)}
    return {"prefixes": prefixes, "of": [place[prefix] for prefix, _, _ in split], "packed": packed, "odd": odd}
