"""U: damage that an address took when it was copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.checking.mending import defect_flaws
from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text

__all__ = [
    "garbled_address",
    "glued_urls",
    "invisible_character",
    "leftover_escape",
    "misspelt_scheme",
    "repaired_by_browsers",
    "stray_punctuation",
]

_LOOK = "Look it up in the document and write it anew."


@rule(
    "U103",
    "repaired-by-browsers",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    Browsers forgive a backslash, a tab, a line end within the address, and any number of slashes after the scheme.
    Other programs do not: feed readers, archives and reference managers take it for another address, or for none.
    """,
    example=r"[^2]: <https:\\halvern.example\timetable>",
    fix="Write the address as browsers understand it; the hint shows it, and `--fix` writes it.",
)
def repaired_by_browsers(text: Text) -> Iterator[Flaw]:
    """An address works only because browsers repair it."""
    yield from defect_flaws(text, "U103", hint=_LOOK)


@rule(
    "U104",
    "leftover-escape",
    Severity.ERROR,
    Subject.TEXT,
    why=r"""
    Markdown takes a backslash before punctuation away: `[a](https://halvern.example/a\_b)` is fine. Within `<…>` it
    does not, and when a text was converted twice one backslash of two stays. The address then names a page that
    does not exist. The same happens with `&amp;` from HTML, and with `%5C_`, a backslash that a browser has encoded.
    """,
    example=r"[^2]: <https://halvern.example/winter\_timetable>",
    fix="Take the backslash away; `--fix` does.",
)
def leftover_escape(text: Text) -> Iterator[Flaw]:
    """An escape of Markdown or HTML is left in an address."""
    yield from defect_flaws(text, "U104", hint=_LOOK)


@rule(
    "U105",
    "stray-punctuation",
    Severity.WARNING,
    Subject.TEXT,
    why="""
    A quotation mark, a bracket, a full stop or a blank of the sentence was taken for a part of the address. Many
    servers then answer "not found".

    Brackets and quotes in pairs, and stops that pages really have (`/wiki/Acme_Inc.`), are not reported.
    """,
    example="[^2]: <https://halvern.example/timetable.html”>",
    fix="Take it away, or put it behind the link; `--fix` takes it away.",
)
def stray_punctuation(text: Text) -> Iterator[Flaw]:
    """Punctuation of the sentence stands at the edge of an address."""
    hint = "It was cut off: look up the whole address in the document."
    yield from defect_flaws(text, "U105", hint=hint, is_of_links=True)


@rule(
    "U106",
    "invisible-character",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    Word processors and PDF files put soft hyphens, spaces without width, no-break spaces and ligatures into words.
    Nobody sees them; the server does.

    The joiners that Persian, Indic languages and emoji need are not reported.
    """,
    example="[^2]: <https://halvern.example/\ufb02ood-report>",
    fix="Write the address anew, by hand; `--fix` takes away what can only be a mistake.",
)
def invisible_character(text: Text) -> Iterator[Flaw]:
    """A character that nobody sees, or a ligature, stands in an address."""
    yield from defect_flaws(text, "U106", hint="A hyphen or nothing may be meant there. Look it up in the document.")


@rule(
    "U123",
    "garbled-address",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    Where a program could not read a letter it writes `�` (U+FFFD) for it, and where it read UTF-8 in another
    encoding it writes `Ã©` for `é`. The address then asks for a page that nobody has.
    """,
    example="[^2]: <https://halvern.example/caf�-report>",
    fix="Look the address up in the document and write it anew. Where the letters can be told, the hint shows them.",
)
def garbled_address(text: Text) -> Iterator[Flaw]:
    """Letters of an address are lost, or were read in the wrong encoding."""
    for link, defect in text.defects:
        if defect.code == "U123":
            meant = f" Perhaps {defect.mended!r} is meant." if defect.mended != link.text else ""
            yield Flaw(link.span, f"{link.raw!r}: {defect.reason}", f"{_LOOK}{meant}", raw=link.raw, note=link.note)


@rule(
    "U107",
    "glued-urls",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    Two addresses stand without a blank between them, and neither works. It happens when a table or a list of notes
    is converted. Or the second stands in the path of the first, which a program wrote that took it for a file.

    An address that is rightly in another, in archives, proxies, redirects and shares, is not reported.
    """,
    example="[^2]: <https://halvern.example/timetable.htmlhttps://vostrana.example/news>",
    fix="Part them: each gets its own link.",
)
def glued_urls(text: Text) -> Iterator[Flaw]:
    """Two addresses stand in one."""
    for link, defect in text.defects:
        if defect.code == "U107":
            yield Flaw(
                link.span, f"{link.raw!r}: {defect.reason}", "Part them into two links.", raw=link.raw, note=link.note
            )


@rule(
    "U108",
    "misspelt-scheme",
    Severity.ERROR,
    Subject.TEXT,
    why="No browser knows `htps`, and without its colon `http//halvern.example` is a file beside the brief.",
    example="[^2]: <htps://halvern.example/timetable>",
    fix="Write `https://` or `http://`; `--fix` does where only one of them can be meant.",
)
def misspelt_scheme(text: Text) -> Iterator[Flaw]:
    """The scheme of an address is misspelt, doubled, or lacks its colon."""
    yield from defect_flaws(text, "U108", hint=_LOOK)
