"""What was found in a file before: an unchanged file need not be read again."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.model.archive import Entry
from regesta.model.briefs import Brief, Choice, Status
from regesta.model.dates import DateBasis
from regesta.model.findings import Finding, Fix, Severity
from regesta.model.spans import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Recalled", "recall", "remember"]


class Recalled(NamedTuple):
    """All that a later check needs of an unchanged brief."""

    findings: tuple[Finding, ...]
    links: int
    entry: Entry
    """With the path, the title, the institute and whom it names; nothing else of the brief."""
    references: tuple[tuple[str, bool], ...]
    """The files of the archive that it points to, and whether they were there: if one came or went, read it anew."""


def remember(
    findings: Iterable[Finding], entry: Entry, links: int, references: Iterable[tuple[str, bool]]
) -> str | None:
    """Write down what was found in a brief; None for one that must be read each time.

    That is a brief that claims other addresses: where it does so is looked up in its front matter.
    """
    brief = entry.brief
    if brief.redirect_from:
        return None
    return json.dumps(
        {
            "findings": [_written(finding) for finding in findings],
            "links": links,
            "path": brief.path,
            "title": brief.title,
            "publisher": brief.publisher,
            "status": brief.status.value,
            "slugs": entry.slugs,
            "references": list(references),
        },
        ensure_ascii=True,
        separators=(",", ":"),
    )


def recall(text: str) -> Recalled | None:
    """Read what was written down; None when it is not what we write."""
    try:
        data = json.loads(text)
        entry = Entry(
            brief=_brief(data),
            mentions=(),
            ambiguous=(),
            cited_urls=(),
            cited_paths=(),
            footnotes=0,
            links=int(data["links"]),
            linked=tuple(map(str, data["slugs"])),
        )
        findings = tuple(map(_read, data["findings"]))
        references = tuple((str(path), bool(there)) for path, there in data["references"])
        return Recalled(findings, int(data["links"]), entry, references)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _brief(data: dict[str, Any]) -> Brief:
    return Brief(
        path=str(data["path"]),
        title=str(data["title"]),
        date=None,
        date_basis=DateBasis.NONE,
        date_note="",
        authors=(),
        publisher=str(data["publisher"]),
        series="",
        number="",
        language="",
        source_urls=(),
        doi="",
        rights="",
        subjects=(),
        summary="",
        status=Status(data["status"]),
        withdrawn_date=None,
        withdrawn_reason="",
        updated=None,
        corrections=(),
        supersedes=(),
        superseded_by=(),
        translation_of=(),
        choice=Choice(),
        redirect_from=(),
        site_markdown=False,
        own={},
    )


_FINDING = tuple(field.name for field in fields(Finding))
_PLACE = tuple(field.name for field in fields(Place))
_FIX = tuple(field.name for field in fields(Fix))


def _written(finding: Finding) -> list[Any]:
    values = {name: getattr(finding, name) for name in _FINDING}
    values["place"] = [getattr(finding.place, name) for name in _PLACE]
    values["fix"] = [getattr(finding.fix, name) for name in _FIX] if finding.fix else None
    return list(values.values())


def _read(item: list[Any]) -> Finding:
    values = dict(zip(_FINDING, item, strict=True))
    values["severity"] = Severity(values["severity"])
    values["place"] = Place(**dict(zip(_PLACE, values["place"], strict=True)))
    if values["fix"] is not None:
        values["fix"] = Fix(**dict(zip(_FIX, values["fix"], strict=True)))
    return Finding(**values)
