"""The names of entities as the search looks them up: every spelling, in every script, hidden ones too.

They lie in files by the first letters of their words, so that a reader who types a name loads a few kilobytes,
whatever the size of the archive and whatever its languages.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import partial
from typing import TYPE_CHECKING

from regesta.pages.lazy_file import LazyFile
from regesta.pages.search.tokens import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.entities import Entity
    from regesta.pages.site import Site

__all__ = ["bucket", "name_buckets", "name_files", "name_words"]

BUCKET_SIZE = 3_000
"""Characters of names in one file."""
LETTERS = 2
"""Letters of a word that choose its file."""

_MOST = 64
_APOSTROPHES = re.compile(f"['’‘ʼʹ`´＇{UNSEEN}]")
_BETWEEN = re.compile(r"[\W_]+")


def name_words(text: str) -> list[str]:
    """Split a name or a query into words as they are compared: without case, accents and apostrophes.

    The search in the browser does the same, letter for letter.

    >>> name_words("Aleś O’Brien-Лукашенко"), name_words("Йо́рк")
    (['ales', 'obrien', 'лукашенко'], ['иорк'])
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(char for char in plain if not unicodedata.category(char).startswith("M"))
    return [word for word in _BETWEEN.split(_APOSTROPHES.sub("", plain)) if word]


def bucket(text: str, number: int, letters: int | None = None) -> int:
    """Choose one of `number` files by the first `letters` of a text, or by all of it.

    >>> bucket("лукашенко", 8, 2) == bucket("лукьянов", 8, 2), bucket("x", 1)
    (True, 0)
    """
    total = 0
    for char in text[:letters]:
        total = (total * 31 + ord(char)) % 65521
    return total % number


def name_buckets(site: Site) -> int:
    """Say in how many files the names are."""
    entities = [site.archive.entities[slug] for slug in site.entity_paths]
    size = sum(len(spelling) + 40 for entity in entities for spelling in _spellings(entity))
    return max(1, min(_MOST, size // BUCKET_SIZE))


def name_files(site: Site) -> Iterator[LazyFile]:
    """Give the files: in each the entities that have a word of its letters, and their spellings."""
    number = name_buckets(site)
    mentioned = site.archive.mentioned
    held: list[list[tuple[list[object], list[str]]]] = [[] for _ in range(number)]
    for slug, path in site.entity_paths.items():
        entity = site.archive.entities[slug]
        spellings = _spellings(entity)
        native = entity.native_name if entity.native_name != entity.name else ""
        address = site.addresses.url(path)
        row: list[object] = [entity.type.value, slug, entity.name, native, len(mentioned.get(slug, ())), address]
        for place in sorted({bucket(word, number, LETTERS) for spelling in spellings for word in spelling.split()}):
            held[place].append((row, spellings))
    for index, found in enumerate(held):
        entities = ",\n".join(
            json.dumps([row, names], separators=(",", ":"), ensure_ascii=False) for row, names in found
        )
        yield LazyFile(f"search/names-{index}.json", partial(str, f"[{entities}]\n"))


def _spellings(entity: Entity) -> list[str]:
    """Give each spelling once, in words; one that takes endings has a `*` at its end."""
    named = [(entity.name, False), *((variant.name, variant.inflected) for variant in entity.variants)]
    found = [" ".join(name_words(name)) + "*" * inflected for name, inflected in named if name_words(name)]
    return list(dict.fromkeys(found))
