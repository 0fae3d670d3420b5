"""References as CSL-JSON, which Pandoc, citeproc and Zotero read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from regesta.pages.references.references import known_parts

if TYPE_CHECKING:
    from regesta.model.dates import ArchiveDate
    from regesta.model.people_names import AuthorName
    from regesta.pages.references.references import Reference

__all__ = ["csl_item", "csl_line"]


def csl_line(reference: Reference) -> str:
    """Write one item as a line of JSON."""
    return json.dumps(csl_item(reference), separators=(",", ":"))


def csl_item(reference: Reference) -> dict[str, object]:
    """Give one item. When it was looked at is not in it: only the reader's browser knows."""
    item = {
        "id": reference.key,
        "type": "report",
        "title": reference.title,
        "author": [_author(name) for name in reference.authors],
        "publisher": reference.institute,
        "collection-title": reference.series,
        "number": reference.number,
        "issued": _issued(reference.date),
        "language": reference.language,
        "DOI": reference.doi,
        "URL": reference.address,
        "keyword": ", ".join(reference.subjects),
        "abstract": reference.summary,
    }
    return {name: value for name, value in item.items() if value}


def _author(name: AuthorName) -> dict[str, str]:
    if name.is_whole:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given} | ({"suffix": name.suffix} if name.suffix else {})


def _issued(date: ArchiveDate | None) -> dict[str, object]:
    if date is None:
        return {}
    ends = date.ends
    parts = [list(known_parts(end)) for end in (ends or (date,))]
    if not all(parts):
        return {"literal": date.text}
    return {"date-parts": parts} | ({"circa": True} if date.approximate or date.uncertain else {})
