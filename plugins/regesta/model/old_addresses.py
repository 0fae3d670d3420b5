"""Addresses that a page had before: which of them a file of the site can answer to."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote_to_bytes

from regesta.model.paths import is_inside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = [
    "Claim",
    "InvalidOldAddress",
    "Refusal",
    "answering_file",
    "grant_claims",
    "normal_address",
    "same_file",
]


class InvalidOldAddress(ValueError):
    """An address to which no file of the site can answer. The message says why, as the end of a sentence."""


class Claim(NamedTuple):
    """An old address that a page wants to answer to."""

    path: str
    """Of the brief or record that says it."""
    target: str
    """Path of the page that it leads to."""
    old: str
    """The address, from the top of the site."""
    written: str
    """As `redirect_from` has it."""


class Refusal(NamedTuple):
    """A claim that is not granted."""

    claim: Claim
    why: str
    """As the end of a sentence."""
    is_address_taken: bool = False
    """Whether another page or claim has that very address."""

    def __str__(self) -> str:
        """Say which address it is, and why no page answers to it."""
        return f"redirect_from {self.claim.written!r} is left out: {self.why}."


_LONGEST_NAME = 255
"""Bytes of one name that file systems hold."""
_LONGEST_PATH = 1000
"""Bytes of a path: macOS holds 1,024 with the folder of the site in front."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ENCODED_SLASH = re.compile(r"%(?:2f|5c)", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SEGMENT = re.compile(r"[^.<>:\"|?*\\/][^<>:\"|?*\\/]*")
"""No hidden name, and none that some system cannot hold."""

SITE_FILES = frozenset({"404.html", "index.html", "sitemap.xml", "sitemap.xml.gz", "robots.txt", "objects.inv"})
"""Files at the top of every site."""
SITE_FOLDERS = frozenset({"assets", "data", "feeds", "search"})
"""Top folders in which scripts, styles, data and the index of the search lie: nobody knows all their names."""


def normal_address(address: str) -> str:
    """Write an address as pages of the site have it: percent-encoded, and only where it must be.

    >>> normal_address("briefs/2020/ріка/"), normal_address("a%7eb")
    ('briefs/2020/%D1%80%D1%96%D0%BA%D0%B0/', 'a~b')
    """
    return quote(unquote_to_bytes(address))


def answering_file(old: str, *, directory_urls: bool = True) -> str:
    """Give the file, from the top of the site, that answers to an address; raise `InvalidOldAddress`.

    >>> answering_file("old/%D1%80ika/"), answering_file("a.html")
    ('old/рika/index.html', 'a.html')
    """
    path = _decoded(old)
    is_folder = path.endswith("/")
    path = path.removesuffix("/")
    if path.startswith("/"):
        raise InvalidOldAddress("it begins with a slash. Write it from the top of the site, without one")
    if not is_inside(path) or not all(_SEGMENT.fullmatch(segment) for segment in path.split("/")):
        raise InvalidOldAddress("it is no relative path within the site")
    if not path.endswith(".html"):
        path = path.removesuffix(".md")
        path = f"{path}/index.html" if directory_urls or is_folder else f"{path}.html"
    elif is_folder:
        path = f"{path}/index.html"
    if any(len(segment.encode()) > _LONGEST_NAME for segment in path.split("/")):
        raise InvalidOldAddress(f"a part of it is longer than {_LONGEST_NAME} bytes, which no file's name can be")
    if len(path.encode()) > _LONGEST_PATH:
        raise InvalidOldAddress(f"it is longer than {_LONGEST_PATH:,} bytes, which no file's path can be")
    return path


def _decoded(old: str) -> str:
    if not old.strip(" /"):
        raise InvalidOldAddress("it names no page")
    if _SCHEME.match(old) or old.startswith("//"):
        raise InvalidOldAddress("it is a whole address, not a path in the site")
    if "?" in old or "#" in old:
        raise InvalidOldAddress("it has a query or a fragment, and a file answers to a path alone")
    if _ENCODED_SLASH.search(old):
        raise InvalidOldAddress("it holds an encoded slash, which servers read in different ways")
    try:
        path = unquote_to_bytes(old).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        raise InvalidOldAddress("its percent-encoding is not UTF-8") from error
    if _UNSEEN.search(path):
        raise InvalidOldAddress("it holds characters that cannot be seen")
    return path


def same_file(file: str) -> str:
    """Give what two paths share that are one file on some computer."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", file).casefold())


def grant_claims(
    claims: Iterable[Claim], taken: Collection[str], *, directory_urls: bool = True
) -> tuple[dict[str, Claim], list[Refusal]]:
    """Give the file for each claim that can be granted, and the claims that cannot; `taken` are files of the site."""
    files = {same_file(name) for name in (*taken, *SITE_FILES)}
    folders = {folder for name in files for folder in _folders(name)}
    granted: dict[str, Claim] = {}
    by_key: dict[str, Claim] = {}
    refused: list[Refusal] = []
    for claim in claims:
        try:
            file = answering_file(claim.old, directory_urls=directory_urls)
        except InvalidOldAddress as error:
            refused.append(Refusal(claim, str(error)))
            continue
        key = same_file(file)
        other = by_key.get(key)
        if key in SITE_FILES:
            refused.append(Refusal(claim, "a page of the site stands there"))
        elif key in files:
            refused.append(Refusal(claim, "a page of the site stands there", is_address_taken=True))
        elif other is not None and other.target != claim.target:
            refused.append(Refusal(claim, f"{other.target!r} claims it too", is_address_taken=True))
        elif key.partition("/")[0] in SITE_FOLDERS:
            refused.append(Refusal(claim, f"the site's own files lie in {key.partition('/')[0]!r}"))
        elif key in folders:
            refused.append(Refusal(claim, "a folder of the site has that name"))
        elif below := next((folder for folder in _folders(key) if folder in files or folder in by_key), None):
            refused.append(Refusal(claim, f"{below!r} is a file, and no file can be in it"))
        else:
            granted[file] = claim
            by_key[key] = claim
            folders.update(_folders(key))
    return granted, refused


def _folders(file: str) -> list[str]:
    parts = file.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]
