"""B, continued: what two files claim at once."""

from __future__ import annotations

import posixpath
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Whole
    from regesta.model.archive import Archive
    from regesta.model.entities import Entity

__all__ = ["address_taken"]


@rule(
    "B306",
    "address-taken",
    Severity.ERROR,
    Subject.ARCHIVE,
    why="""
    One address leads to one page. Of two that claim it one is lost, and which one may depend on the computer: on some
    `Water.md` and `water.md` are one file.
    """,
    example="redirect_from: [briefs/2020/2020-09-09-water/]    # where another brief stands",
    fix="Rename one of the files, or delete the `redirect_from` that claims another's address.",
)
def address_taken(whole: Whole) -> Iterator[Flaw]:
    """Two briefs, entities or redirects claim one address."""
    owners: dict[str, str] = {}
    yield from _same_slugs(whole)
    for path in sorted(entry.brief.path for entry in whole.archive.entries):
        if (other := owners.setdefault(_key(path), path)) != path:
            yield _taken(whole, _Claim(path, path, ""), other)
    for entity in whole.archive.entities.values():
        owners.setdefault(_key(_page(entity, entity.slug)), entity.path)
    for claim in _claims(whole.archive):
        key = _key(claim.address)
        if key in owners:
            yield _taken(whole, claim, owners[key])
        owners.setdefault(key, claim.path)


class _Claim(NamedTuple):
    """A file that wants an address."""

    path: str
    address: str
    written: str
    """As `redirect_from` has it; empty for the file's own address."""


def _claims(archive: Archive) -> Iterator[_Claim]:
    for entry in archive.entries:
        yield from (_Claim(entry.brief.path, old, old) for old in entry.brief.redirect_from)
    for entity in archive.entities.values():
        yield from (_Claim(entity.path, _page(entity, old), old) for old in entity.redirect_from)


def _same_slugs(whole: Whole) -> Iterator[Flaw]:
    slugs: dict[str, str] = {}
    for path in sorted(path for path in whole.marks if path.startswith("entities/")):
        slug = posixpath.basename(path)
        if (other := slugs.setdefault(slug.casefold(), path)) != path:
            yield _taken(whole, _Claim(path, slug, ""), other)


def _taken(whole: Whole, claim: _Claim, owner: str) -> Flaw:
    address = _address(claim.address)
    if owner == claim.path:
        message, hint = f"redirect_from claims the address {address!r} twice, or the brief's own.", "Delete it."
    else:
        message = f"The address {address!r} is taken by {whole.shown_paths.get(owner, owner)!r}."
        hint = "Delete it." if claim.written else "Rename one of the two files."
    return Flaw(
        whole.place(claim.path, "redirect_from" if claim.written else "", claim.written), message, hint, address
    )


def _page(entity: Entity, slug: str) -> str:
    return slug if "/" in slug.strip("/") else f"{entity.type.folder}/{slug}"


def _address(path: str) -> str:
    return path.strip("/").removesuffix(".md").removesuffix(".html")


def _key(path: str) -> str:
    """Give what two paths share that lead to one page on some computer."""
    address = _address(path)
    folder, _, name = address.rpartition("/")
    if name in {"index", "README"}:
        address = folder
    return unicodedata.normalize("NFC", address).casefold()
