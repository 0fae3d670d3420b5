"""Old addresses: pages that lead on, so that no published link is lost."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from regesta.model.paths import is_inside
from regesta.pages.html import attribute, text
from regesta.pages.security_policy import NOTHING
from regesta.pages.site import entity_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from regesta.model.archive import Archive
    from regesta.model.entities import Entity
    from regesta.pages.addresses import Addresses
    from regesta.pages.languages.language import Language

__all__ = ["LostAddress", "Redirect", "RefusedRedirect", "moved", "redirect_html", "redirects", "stable_addresses"]


class Redirect(NamedTuple):
    """An old address and the page it leads to."""

    file: str
    """The file to be written, in the site: `old/path/index.html`."""
    target: str
    """Path of the page it leads to, as pages are named: `briefs/2020/a.md`."""


class RefusedRedirect(NamedTuple):
    """A `redirect_from` that is none: it leaves the site, or a page stands there."""

    path: str
    """Of the brief or record that says it."""
    old: str
    why: str


class LostAddress(NamedTuple):
    """An address that was published once and leads nowhere now."""

    address: str


_SEGMENT = re.compile(r"[^.\x00-\x1f\x7f<>:\"|?*\\/][^\x00-\x1f\x7f<>:\"|?*\\/]*")
"""No hidden name, and none that some system cannot hold."""


def redirects(
    archive: Archive, addresses: Addresses, entities: Collection[Entity], taken: Collection[str]
) -> tuple[list[Redirect], list[RefusedRedirect]]:
    """Give the pages that lead on, for every `redirect_from` of a brief and of `entities`, which have pages.

    `taken` are the files that the site has anyway.
    """
    found: dict[str, Redirect] = {}
    refused: list[RefusedRedirect] = []
    used = {name.casefold() for name in taken}
    for path, target, old in _wishes(archive, addresses, entities):
        file = _file_of(old, addresses)
        if file is None:
            refused.append(RefusedRedirect(path, old, "it is no relative path within the site"))
        elif file.casefold() in used:
            refused.append(RefusedRedirect(path, old, "a page of the site stands there"))
        elif file in found and found[file].target != target:
            refused.append(RefusedRedirect(path, old, f"{found[file].target!r} claims it too"))
        else:
            found[file] = Redirect(file, target)
    return list(found.values()), refused


def stable_addresses(archive: Archive, addresses: Addresses, entities: Collection[Entity]) -> list[str]:
    """List the addresses that are promised to stay: those of briefs and of `entities`, which have pages."""
    paths = [entry.brief.path for entry in archive.entries]
    paths += [entity_path(entity) for entity in entities]
    return sorted(addresses.url(path) for path in paths)


def moved(
    archive: Archive, addresses: Addresses, entities: Collection[Entity], known: Iterable[str]
) -> tuple[list[Redirect], list[LostAddress]]:
    """Say where the addresses of former builds lead now: to the one page of the same name, or nowhere."""
    by_name: dict[str, list[str]] = {}
    targets = [entry.brief.path for entry in archive.entries] + [entity_path(entity) for entity in entities]
    present = {addresses.url(path) for path in targets}
    for path in targets:
        by_name.setdefault(posixpath.basename(path).removesuffix(".md"), []).append(path)
    led, lost = [], []
    for address in known:
        if address in present:
            continue
        file = _file_of(address, addresses)
        name = posixpath.basename(address.rstrip("/")).removesuffix(".html")
        targets = by_name.get(name, [])
        if file is not None and len(targets) == 1:
            led.append(Redirect(file, targets[0]))
        else:
            lost.append(LostAddress(address))
    return led, lost


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


def _wishes(archive: Archive, addresses: Addresses, entities: Collection[Entity]) -> Iterator[tuple[str, str, str]]:
    for entry in archive.entries:
        for old in entry.brief.redirect_from:
            yield entry.brief.path, entry.brief.path, old
    for entity in entities:
        for old in entity.redirect_from:
            target = entity_path(entity)
            # A bare word is a former slug, in the folder of the entity's kind.
            yield entity.path, target, old if "/" in old else addresses.url(f"{entity.type.folder}/{old}.md")


def _file_of(old: str, addresses: Addresses) -> str | None:
    """Turn an old address into the file that answers to it, or None when it is no place in this site."""
    path = old.removesuffix("/")
    if not is_inside(path) or not all(_SEGMENT.fullmatch(segment) for segment in path.split("/")):
        return None
    if path.endswith(".html"):
        return path
    if path.endswith(".md"):
        path = path.removesuffix(".md")
    return f"{path}/index.html" if addresses.directory_urls or old.endswith("/") else f"{path}.html"
