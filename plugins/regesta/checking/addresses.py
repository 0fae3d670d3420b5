"""B, continued: what two files claim at once."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Severity
from regesta.model.old_addresses import Claim, grant_claims, same_file
from regesta.model.paths import is_portable
from regesta.model.spans import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Whole
    from regesta.model.archive import Archive
    from regesta.model.entities import Entity

__all__ = ["address_lost", "address_taken", "redirect_left_out", "unportable_name"]


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


@rule(
    "B310",
    "address-lost",
    Severity.ERROR,
    Subject.SITE,
    why="""
    An address that was published is cited elsewhere, and readers who follow it find nothing. A build keeps the list of
    them in `addresses.txt`. It leads one on by itself where a page of the same name lies elsewhere; where it cannot
    tell, a person has to. Only a build knows, and reports it; `regesta check` does not.
    """,
    example="briefs/2020/2020-09-09-water/    # in addresses.txt, and no brief has that address",
    fix="""
    Add the address to the `redirect_from` of the brief or entity that took its place. If it went for good, bring the
    brief back as `status: withdrawn`, so that its address says so.
    """,
)
def address_lost(_site: object) -> Iterator[Flaw]:
    """A published address leads nowhere any more."""
    yield from ()


@rule(
    "B333",
    "redirect-left-out",
    Severity.ERROR,
    Subject.ARCHIVE,
    why="""
    An old address works because a file of the site answers to it. Where no such file can be written, on some computer
    or on any, readers who follow the old link find nothing.
    """,
    example="redirect_from: ['old/path/?id=7', sitemap.xml]",
    fix="Write the path of the old page within the site, such as `old/path/`, or delete the entry.",
)
def redirect_left_out(whole: Whole) -> Iterator[Flaw]:
    """An address under `redirect_from` is one that no file of the site can answer to."""
    claims = [Claim(claim.path, claim.path, claim.address, claim.written) for claim in _claims(whole.archive)]
    pages = {path for path in whole.context.paths if not path.startswith("entities/")}
    pages |= {f"{_page(entity, entity.slug)}.md" for entity in whole.archive.entities.values()}
    owned = {_key(entry.brief.path) for entry in whole.archive.entries}
    owned |= {_key(_page(entity, entity.slug)) for entity in whole.archive.entities.values()}
    taken = {file for path in pages if (file := _file(path, directory_urls=whole.context.directory_urls))}
    _, refused = grant_claims(claims, taken, directory_urls=whole.context.directory_urls)
    claimed = Counter(_key(claim.old) for claim in claims)
    for refusal in refused:
        claim = refusal.claim
        # Where a brief, an entity or another entry has the address, B306 says so.
        if refusal.is_address_taken and (_key(claim.old) in owned or claimed[_key(claim.old)] > 1):
            continue
        yield Flaw(
            whole.place(claim.path, "redirect_from", claim.written),
            str(refusal),
            "Write the path of the old page, such as 'old/path/', or delete it.",
            claim.written,
        )


@rule(
    "B334",
    "unportable-name",
    Severity.WARNING,
    Subject.ARCHIVE,
    why="""
    A file whose name some system cannot hold keeps people who use that system from fetching the archive at all: on
    Windows git stops at `con.md`, `a:b.md` and `water .md`.
    """,
    example="briefs_src/briefs/2020/aux.md",
    fix="Rename the file, and write its old address under `redirect_from`.",
)
def unportable_name(whole: Whole) -> Iterator[Flaw]:
    """A file of the archive has a name that some system cannot hold."""
    below = next((shown.removesuffix(path) for path, shown in whole.shown_paths.items() if shown.endswith(path)), "")
    for path in sorted(whole.context.paths | whole.shown_paths.keys()):
        if not path.startswith(("briefs/", "entities/", "sources/")):
            continue
        name = next(
            (part for part in path.split("/") if not (is_portable(part) and is_portable(part.removesuffix(".md")))),
            None,
        )
        if name is not None:
            shown = whole.shown_paths.get(path, f"{below}{path}")
            place = Place(path=shown, line=1, column=1, end_line=1, end_column=1, offset=0)
            message = f"Some systems cannot hold a file or folder called {name!r}."
            yield Flaw(place, message, "Rename it.", name)


def _file(path: str, *, directory_urls: bool) -> str:
    """Give the file that the site has for a file of the archive or of docs/; empty for a path that is no address."""
    if not path.endswith(".md"):
        return path
    folder, _, name = path.removesuffix(".md").rpartition("/")
    if name in {"index", "README"}:
        return f"{folder}/index.html".removeprefix("/")
    return f"{path.removesuffix('.md')}/index.html" if directory_urls else f"{path.removesuffix('.md')}.html"


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
    return slug if "/" in slug else f"{entity.type.folder}/{slug}"


def _address(path: str) -> str:
    return path.strip("/").removesuffix(".md").removesuffix(".html")


def _key(path: str) -> str:
    """Give what two paths share that lead to one page on some computer."""
    address = _address(path)
    folder, _, name = address.rpartition("/")
    if name in {"index", "README"}:
        address = folder
    return same_file(unquote(address))
