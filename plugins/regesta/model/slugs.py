"""Slugs: the part of an address that a person can read and any file system can hold."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NewType

from anyascii import anyascii

__all__ = ["LONGEST_SLUG", "Slug", "is_slug", "slugify"]

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


def _shortened(slug: str) -> str:
    if len(slug) <= LONGEST_SLUG:
        return slug
    head, _, _ = slug[: LONGEST_SLUG + 1].rpartition("-")
    return head or slug[:LONGEST_SLUG]
