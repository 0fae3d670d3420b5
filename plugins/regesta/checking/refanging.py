"""A defanged link as it is to be written once a person has decided that it is safe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regesta.checking.mending import written
from regesta.model.defanging import refang
from regesta.model.findings import Fix
from regesta.model.urls import parse_url

if TYPE_CHECKING:
    from regesta.model.decisions import Decision
    from regesta.model.links import Link
    from regesta.model.urls import Url

__all__ = ["refanged"]


def refanged(link: Link, meant: Url, source: bytes, decision: Decision | None) -> Fix | None:
    """Give the fix of a defanged link, written for its place, where a decision says `refang`; else none.

    `source` is the file. What somebody has made harmless no program makes clickable on its own.
    """
    if decision is None or decision.say != "refang":
        return None
    if link.style == "bare" and not _ENDS_THERE.match(source, link.span.end):
        return None
    written = _written(link, _spelt(link.text, meant))
    return None if written is None else Fix(replacement=written, safe=True)


_ENDS_THERE = re.compile(rb"[*_~]*(?:$|[\s.,;:!?)\]}'\"|<]|\xe2\x80|\xc2\xbb)")
"""Behind a bare address: else emphasis, or a bracket, has cut it short, and what is meant goes on."""

_ELSEWHERE = re.compile(r"[\s\x00-\x20\\|`<>\"^{}]")
"""What means something to Markdown wherever an address may stand, tables included."""


def _spelt(text: str, meant: Url) -> str:
    """Give the address in the author's own spelling where that is sound, else as it is normalised."""
    own = refang(text)
    address = own if not _ELSEWHERE.search(own) and parse_url(own) == meant else meant
    return _ELSEWHERE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)


def _written(link: Link, address: str) -> str | None:
    """Write an address for the place of `link.raw`; give None where more than that place would have to change."""
    if link.style == "bare":
        # Bare it would end where the sentence's stop or an underscore begins.
        return f"<{address}>"
    return written(address, link.style) if link.style in _PLACES else None


_PLACES = frozenset({"inline", "image", "definition", "autolink", "html"})
