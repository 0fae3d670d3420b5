"""References as RIS, which Zotero, EndNote and Mendeley open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.pages.references.references import known_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.pages.references.references import Reference

__all__ = ["ris_record"]


def ris_record(reference: Reference) -> str:
    """Write one record, a report. Its values have no line ends: none can begin a field of its own."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _fields(reference)) + "ER  - \r\n\r\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT"
    yield "ID", reference.key
    yield "TI", reference.title
    for author in reference.authors:
        yield "AU", author.by_family
    if parts := known_parts(reference.date):
        padded = [f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]
        yield "PY", padded[0]
        # Each part has its stroke, also where it is not known; behind the last may stand other words.
        yield "DA", "/".join([*padded, "", "", ""][:3]) + "/"
    elif reference.date is not None:
        yield "N1", f"Dated {reference.date}"
    single = (
        ("PB", reference.institute),
        ("T2", reference.series),
        ("SN", reference.number),
        ("DO", reference.doi),
        ("LA", reference.language),
        ("UR", reference.address),
        ("L1", reference.pdf),
        ("AB", reference.summary),
    )
    yield from ((tag, value) for tag, value in single if value)
    for subject in reference.subjects:
        yield "KW", subject
