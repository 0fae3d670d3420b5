"""Slugs: the part of an address that a person can read and any file system can hold."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING, NewType

from anyascii import anyascii

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LONGEST_SLUG", "Slug", "distinct_slugs", "is_slug", "slugify"]

Slug = NewType("Slug", str)
"""Matches `[a-z0-9]+(-[a-z0-9]+)*`, at most 80 bytes, and is no device name of Windows."""

LONGEST_SLUG = 80

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
_ENOUGH = 400  # characters of a title: more than the slug can show, little enough to be quick


def is_slug(text: str) -> bool:
    """Say whether a text may be the name of a page or file of the archive.

    >>> is_slug("water-supply"), is_slug("Water"), is_slug("com1")
    (True, False, False)
    """
    return len(text) <= LONGEST_SLUG and text not in _DEVICES and _SLUG.fullmatch(text) is not None


def slugify(text: str) -> Slug:
    """Make a slug of a title or name; the same text always gives the same slug.

    Letters of other scripts are written in Latin ones. A text without any, and a device name of
    Windows, get a suffix from a hash of the text.

    >>> slugify("Лукашенко’s visit: what next?")
    'lukashenkos-visit-what-next'
    >>> slugify("CON")
    'con-a3dbc4b6'
    >>> slugify("—")
    'untitled-bda05058'
    """
    latin = anyascii(_APOSTROPHES.sub("", text[:_ENOUGH])).lower()
    slug = _shortened("-".join(re.findall(r"[a-z0-9]+", latin)))
    if slug and slug not in _DEVICES:
        return Slug(slug)
    return Slug(f"{slug or 'untitled'}-{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}")


def distinct_slugs(names: Iterable[str]) -> dict[str, Slug]:
    """Give each name a slug, one for each that is another name; the first to come keeps the plain one.

    Names that differ in capitals, blanks, apostrophes and normal forms are one. Of two names with one slug, as 历史 and
    理事 have one, the second gets a suffix from a hash of itself, which is the same whatever else there is.

    >>> distinct_slugs(["C", "C#", "c"])
    {'C': 'c', 'C#': 'c-951a4d36', 'c': 'c'}
    """
    slugs: dict[str, Slug] = {}
    by_key: dict[str, Slug] = {}
    taken = {"index"}
    for name in names:
        if name in slugs:
            continue
        key = _same_name(name)
        slug = by_key.get(key)
        if slug is None:
            slug = slugify(name)
            if slug in taken:
                slug = _with_hash(slug, key, taken)
            by_key[key] = slug
            taken.add(slug)
        slugs[name] = slug
    return slugs


def _same_name(name: str) -> str:
    return " ".join(_APOSTROPHES.sub("'", unicodedata.normalize("NFC", name)).casefold().split())


def _with_hash(slug: str, key: str, taken: set[str]) -> Slug:
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    lengths = range(8, len(digest))
    found = (f"{slug[: LONGEST_SLUG - length - 1].strip('-')}-{digest[:length]}" for length in lengths)
    return Slug(next(slug for slug in found if slug not in taken))


def _shortened(slug: str) -> str:
    if len(slug) <= LONGEST_SLUG:
        return slug
    head, _, _ = slug[: LONGEST_SLUG + 1].rpartition("-")
    return head or slug[:LONGEST_SLUG]
