"""Old addresses: pages that lead on, so that no published link is lost."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from markupsafe import Markup

from regesta.model.old_addresses import Claim, grant_claims
from regesta.pages.html import attribute, text
from regesta.pages.security_policy import NOTHING
from regesta.pages.site import entity_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from regesta.model.archive import Archive
    from regesta.model.entities import Entity
    from regesta.model.old_addresses import Refusal
    from regesta.pages.addresses import Addresses
    from regesta.pages.languages.language import Language

__all__ = ["LostAddress", "Redirect", "moved", "redirect_html", "redirects", "stable_addresses"]


class Redirect(NamedTuple):
    """An old address and the page it leads to."""

    file: str
    """The file to be written, in the site: `old/path/index.html`."""
    target: str
    """Path of the page it leads to, as pages are named: `briefs/2020/a.md`."""


class LostAddress(NamedTuple):
    """An address that was published once and leads nowhere now."""

    address: str


def redirects(
    archive: Archive, addresses: Addresses, entities: Collection[Entity], taken: Collection[str]
) -> tuple[list[Redirect], list[Refusal]]:
    """Give the pages that lead on, for every `redirect_from` of a brief and of `entities`, which have pages.

    `taken` are the files that the site has anyway.
    """
    granted, refused = grant_claims(
        _claims(archive, addresses, entities), taken, directory_urls=addresses.directory_urls
    )
    return [Redirect(file, claim.target) for file, claim in granted.items()], refused


def stable_addresses(archive: Archive, addresses: Addresses, entities: Collection[Entity]) -> list[str]:
    """List the addresses that are promised to stay: those of briefs and of `entities`, which have pages."""
    paths = [entry.brief.path for entry in archive.entries]
    paths += [entity_path(entity) for entity in entities]
    return sorted(addresses.url(path) for path in paths)


def moved(
    archive: Archive,
    addresses: Addresses,
    entities: Collection[Entity],
    known: Iterable[str],
    taken: Collection[str] = (),
) -> tuple[list[Redirect], list[LostAddress]]:
    """Say where the addresses of former builds lead now: to the one page of the same name, or nowhere.

    `taken` are the files that the site has anyway.
    """
    by_name: dict[str, list[str]] = {}
    targets = [entry.brief.path for entry in archive.entries] + [entity_path(entity) for entity in entities]
    present = {addresses.url(path) for path in targets}
    for path in targets:
        by_name.setdefault(posixpath.basename(path).removesuffix(".md"), []).append(path)
    claims = []
    gone = [address for address in known if address not in present and not _is_answered(address, taken)]
    for address in gone:
        name = unquote(posixpath.basename(address.rstrip("/")).removesuffix(".html"))
        targets = by_name.get(name, [])
        if len(targets) == 1:
            claims.append(Claim("", targets[0], address, address))
    granted, _ = grant_claims(claims, taken, directory_urls=addresses.directory_urls)
    led = {claim.old for claim in granted.values()}
    lost = [LostAddress(address) for address in gone if address not in led]
    return [Redirect(file, claim.target) for file, claim in granted.items()], lost


def _is_answered(address: str, taken: Collection[str]) -> bool:
    file = unquote(address)
    return (f"{file}index.html" if file.endswith("/") or not file else file) in taken


def redirect_html(title: str, address: str, language: Language) -> str:
    """Write a page that leads to a relative `address` at once, and says so where it cannot."""
    there = attribute(address)
    link = Markup(f'<a href="{there}">{text(title)}</a>')  # noqa: S704 - escaped here
    return (
        f'<!doctype html>\n<html lang="{language.tag}">\n<head>\n<meta charset="utf-8">\n<title>{text(title)}</title>\n'
        f'<link rel="canonical" href="{there}">\n<meta http-equiv="Content-Security-Policy" content="{NOTHING}">\n'
        '<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={there}">\n</head>\n<body>\n'
        f"<p>{language.say_html('This page has moved to {page}.', page=link)}</p>\n</body>\n</html>\n"
    )


def _claims(archive: Archive, addresses: Addresses, entities: Collection[Entity]) -> Iterator[Claim]:
    for entry in archive.entries:
        for old in entry.brief.redirect_from:
            yield Claim(entry.brief.path, entry.brief.path, old, old)
    for entity in entities:
        for old in entity.redirect_from:
            # A bare word is a former slug, in the folder of the entity's kind.
            where = old if "/" in old else addresses.url(f"{entity.type.folder}/{old}.md") if old else old
            yield Claim(entity.path, entity_path(entity), where, old)
