"""U: links that a space, a line end, a mark or the words around them have torn."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from regesta.checking.mending import written
from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Fix, Severity
from regesta.model.link_forms import is_sound_but_for_blanks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text
    from regesta.model.links import Link

__all__ = ["cut_address", "torn_link"]


@rule(
    "U117",
    "torn-link",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    Markdown ends an address at a space or a line end. What was meant as a link is then plain text, with its brackets
    and all, or a link to half of the address. The space mostly comes from a line end in the document.

    In `<…>`, in raw HTML and in front matter a space is kept, and browsers write `%20` for it. Other programs do not:
    there it is a warning.
    """,
    example="[^2]: [The water report](https://example.org/water report.pdf)",
    fix="Take the space out, when a line end left it there. Write `%20` for it, when it belongs to the address.",
)
def torn_link(text: Text) -> Iterator[Flaw]:
    """A space or a line end stands in an address, so that Markdown reads no link."""
    if text.is_withdrawn:
        return
    for link, defect in text.defects:
        if defect.code == "U117" and link.style != "broken":
            replacement = written(defect.mended, link.style)
            yield Flaw(
                link.span,
                f"A blank stands in {link.raw!r}: browsers write '%20' for it, other programs do not.",
                f"Write {defect.mended!r}.",
                raw=link.raw,
                note=link.note,
                fix=Fix(replacement=replacement, safe=True) if replacement else None,
                severity=Severity.WARNING,
            )
    for link in text.document.links:
        # An address that is wrong without its space, too, is reported for that.
        if link.style == "broken" and _SPACE.search(link.text) and is_sound_but_for_blanks(link.text):
            yield Flaw(
                link.span,
                f"A space or a line end tears {link.raw!r}: it is no link.",
                "Take it out, or write '%20' for it.",
                raw=link.raw,
                note=link.note,
            )


_SPACE = re.compile(r"(?<!\{)\s(?![^{}]*\}\})")


@rule(
    "U122",
    "cut-address",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    Where an address stands bare in the text, Markdown takes `*` and `_` in it for emphasis and the browser takes
    `<wbr>` for a place to break the line and `<id>` for a tag: what is left is the address of another page.

    Nor can a program know where an address ends when words in another script follow it without a blank. That is a
    warning; full-width and other punctuation ends an address, and is not reported.
    """,
    example="See https://halvern.example/_minutes_/2024 for the vote.",
    fix="Write the address in angle brackets: `<https://halvern.example/_minutes_/2024>`.",
)
def cut_address(text: Text) -> Iterator[Flaw]:
    """A mark cuts a bare address in two, or words follow it without a blank."""
    if text.is_withdrawn:
        return
    cuts = sorted(text.document.body.cuts)
    for link in text.document.links:
        if link.style == "broken" and _is_cut(link, cuts):
            yield Flaw(
                link.span,
                f"Markdown cuts {link.raw!r} in two: it is no link.",
                f"Write it in angle brackets: {f'<{link.text}>'!r}."
                if "<" not in link.text
                else "Write the address that is meant; put an example in backquotes.",
                raw=link.raw,
                note=link.note,
            )
        elif link.style == "bare" and not link.text.isascii() and (words := _RUN_IN.search(link.text)):
            address = link.text[: words.start(1)]
            yield Flaw(
                link.span,
                f"Does {link.raw!r} end before {words[1]!r}? No blank stands there.",
                f"Write {f'<{address}>'!r} or {f'<{link.text}>'!r}, whichever is meant.",
                raw=link.raw,
                note=link.note,
                severity=Severity.WARNING,
            )


def _is_cut(link: Link, cuts: list[int]) -> bool:
    at = bisect_right(cuts, link.span.start)
    return at < len(cuts) and cuts[at] < link.span.end


_RUN_IN = re.compile(
    r"^[^?#]{9,}/(?<!/wiki/)[\w.~-]*[a-z]((?![\u1d00-\u2bff])[\u0370-\ud7ff\uf900-\ufefc\uff66-\uffdc]+)$",
    re.ASCII | re.IGNORECASE,
)
"""Letters of A to Z and then those of another script in the last part of a path; encyclopaedias have such titles."""
