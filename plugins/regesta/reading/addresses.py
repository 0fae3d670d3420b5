"""`addresses.txt`: every address that was ever published, so that none is lost unnoticed."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.old_addresses import normal_address
from regesta.reading.folder import Unreadable, read_own_bytes, shown_folder
from regesta.reading.whole_files import NotReplaced, sweep, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["ADDRESSES", "PublishedAddresses", "add_addresses", "read_addresses"]

ADDRESSES = "addresses.txt"

_SIZE_LIMIT = 32 * 1024 * 1024
_HEAD = "# Every address this archive has published. Commit it: a build that loses one says so.\n"
_MOST_TOLD = 5
_CONFLICT = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: |$)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]")


class PublishedAddresses(NamedTuple):
    """What the file holds."""

    addresses: tuple[str, ...]
    """As pages of the site have them: percent-encoded."""
    problems: tuple[str, ...] = ()
    """What cannot be read, with its place. The other lines count, and the file must not be written anew."""


def read_addresses(root: Path) -> PublishedAddresses:
    """Read the published addresses: none in an archive that has no such file yet."""
    try:
        content = read_own_bytes(root / ADDRESSES, limit=_SIZE_LIMIT)
    except Unreadable as error:
        return PublishedAddresses((), (str(error),))
    if content is None:
        return PublishedAddresses(())
    shown = f"{shown_folder(root)}{ADDRESSES}"
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return PublishedAddresses((), (f"{shown}:1: is UTF-16. Save the file as UTF-8.",))
    addresses: dict[str, None] = {}
    problems: list[tuple[int, str]] = []
    for number, line in enumerate(re.split(rb"\r\n|\n|\r", content.removeprefix(BOM_UTF8)), 1):
        try:
            address = _address(line)
        except ValueError as error:
            problems.append((number, str(error)))
        else:
            if address:
                addresses[address] = None
    told = [f"{shown}:{number}: {words}" for number, words in problems[:_MOST_TOLD]]
    if len(problems) > _MOST_TOLD:
        told.append(f"{shown}: {len(problems) - _MOST_TOLD} more lines are no addresses.")
    return PublishedAddresses(tuple(addresses), tuple(told))


def add_addresses(root: Path, addresses: Iterable[str]) -> bool:
    """Add what is new, in order; tell whether anything was; raise `NotReplaced`. Nothing is ever taken out.

    Lines that are there stay as they are, comments too. A file that cannot be read as a whole is left alone.
    """
    file = root / ADDRESSES
    sweep(file)
    published = read_addresses(root)
    new = sorted(set(addresses).difference(published.addresses))
    if not new:
        return False
    if published.problems:
        counted = "1 new address was" if len(new) == 1 else f"{len(new):,} new addresses were"
        raise NotReplaced(f"{shown_folder(root)}{ADDRESSES}: {counted} not added. Mend the file first.")
    try:
        held = read_own_bytes(file, limit=_SIZE_LIMIT)
        write_whole(file, _with(held.decode("utf-8") if held else _HEAD, new))
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise NotReplaced(f"{shown_folder(root)}{ADDRESSES}: cannot be written ({why}). It is as it was.") from error
    return True


def _address(line: bytes) -> str:
    """Read one line, empty for a comment; raise `ValueError` with what is wrong."""
    try:
        text = line.decode("utf-8").strip(" \t")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte 0x{line[error.start]:02x}). Save the file as UTF-8.") from error
    if not text or text.startswith("#"):
        return ""
    if _CONFLICT.match(text):
        raise ValueError("is a conflict marker. Keep the addresses of both sides, and delete the markers.")
    if "\0" in text:
        raise ValueError("holds NUL characters. Save the file as UTF-8 text.")
    if _CONTROL.search(text):
        raise ValueError(f"is no address: {text[:200]!r}. Delete the characters that cannot be seen.")
    return normal_address(text)


def _with(text: str, new: list[str]) -> str:
    """Put addresses between those that are there, in order, where the file is in order."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    if lines[-1] and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end
    written: list[str] = []
    left = new[::-1]
    for line in lines:
        bare = line.strip("\ufeff\r\n\t ")
        while left and bare and not bare.startswith("#") and left[-1] < bare:
            written.append(f"{left.pop()}{end}")
        written.append(line)
    return "".join((*written, *(f"{address}{end}" for address in reversed(left))))
