"""References as BibTeX, for LaTeX and for every reference manager."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regesta.pages.references.references import known_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.people_names import AuthorName
    from regesta.pages.references.references import Reference

__all__ = ["bibtex_entry"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = {
    # The accents over nothing are the signs themselves, and the only form that Zotero reads.
    "\\": r"{\textbackslash}",
    "~": r"\~{}",
    "^": r"\^{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
_TEXT = str.maketrans(_ESCAPES)
# A brace behind a backslash still opens a group for BibTeX: where braces have no partner they must become commands.
_TEXT_WITH_LONE_BRACES = str.maketrans(_ESCAPES | {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"})
_EDTF = re.compile(r"[0-9X~?%/.-]+")
_URL_ESCAPES = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})


def bibtex_entry(reference: Reference) -> str:
    """Write one entry, a `@techreport`. A file has one after the other, with an empty line between them."""
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(reference))
    return f"@techreport{{{reference.key},\n{fields}}}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    # The second pair of braces keeps styles from turning names in a title into small letters.
    yield "title", f"{{{_group(reference.title)}}}"
    if reference.authors:
        yield "author", f"{{{' and '.join(map(_author, reference.authors))}}}"
    texts = {"institution": reference.institute, "type": reference.series or "Report", "number": reference.number}
    yield from ((name, _group(text)) for name, text in texts.items() if text)
    yield from _date(reference)
    addresses = {"doi": reference.doi, "url": reference.address}
    yield from ((name, f"{{{text.translate(_URL_ESCAPES)}}}") for name, text in addresses.items() if text)
    texts = {
        "language": reference.language,
        "copyright": reference.rights,
        "keywords": ", ".join(reference.subjects),
        "abstract": reference.summary,
    }
    yield from ((name, _group(text)) for name, text in texts.items() if text)


def _date(reference: Reference) -> Iterator[tuple[str, str]]:
    parts = known_parts(reference.date)
    if reference.date is not None and not parts:
        yield "note", _group(f"Dated {reference.date}")
    for name, part in zip(("year", "month", "day"), parts, strict=False):
        yield name, _MONTHS[part - 1] if name == "month" else f"{{{part}}}"
    if reference.date is not None and reference.date.is_extended and _EDTF.fullmatch(reference.date.text):
        # What these three cannot say. BibLaTeX reads EDTF letter for letter: nothing in it is TeX.
        yield "date", f"{{{reference.date.text}}}"


def _group(text: str) -> str:
    r"""Put text in braces.

    >>> _group("50 % of {A & B}"), _group("}")
    ('{50 \\% of \\{A \\& B\\}}', '{{\\textbraceright}}')
    """
    return f"{{{_escaped(text)}}}"


def _escaped(text: str) -> str:
    if "{" not in text and "}" not in text:
        return text.translate(_TEXT)
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            break
    return text.translate(_TEXT_WITH_LONE_BRACES if depth else _TEXT)


def _author(name: AuthorName) -> str:
    if name.is_whole:
        return _group(name.family)
    # BibTeX has the suffix in the middle.
    parts = (name.family, name.suffix, name.given) if name.suffix else (name.family, name.given)
    return ", ".join(_part(part) for part in parts)


def _part(text: str) -> str:
    """Keep a comma or an `and` within a part from parting names."""
    return _group(text) if "," in text or " and " in f" {text.lower()} " else _escaped(text)
