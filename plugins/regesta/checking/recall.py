"""What was found in an archive before: one that has not changed need not be read again."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from regesta.model.findings import Finding, Fix, Severity
from regesta.model.spans import Place, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Outcome", "recall", "remember"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What checking an archive gave, before settings, exceptions and a baseline have their say."""

    findings: tuple[Finding, ...]
    briefs: int
    links: int
    notes: Mapping[str, tuple[str, str, str]]
    """Title, institute and language of each file, by the path that messages name."""
    withdrawn: frozenset[str]
    """Paths of files of which nothing is quoted."""


def remember(outcome: Outcome) -> str:
    """Write an outcome down."""
    return json.dumps(
        {
            "findings": [_written(finding) for finding in outcome.findings],
            "briefs": outcome.briefs,
            "links": outcome.links,
            "notes": dict(outcome.notes),
            "withdrawn": sorted(outcome.withdrawn),
        },
        separators=(",", ":"),
    )


def recall(text: str) -> Outcome | None:
    """Read what was written down; None when it is not what this version writes."""
    try:
        data = json.loads(text)
        return Outcome(
            findings=tuple(map(_read, data["findings"])),
            briefs=int(data["briefs"]),
            links=int(data["links"]),
            notes={str(path): _note(*note) for path, note in data["notes"].items()},
            withdrawn=frozenset(map(str, data["withdrawn"])),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


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
    if values["span"] is not None:
        values["span"] = Span(*values["span"])
    if values["fix"] is not None:
        values["fix"] = Fix(**dict(zip(_FIX, values["fix"], strict=True)))
    return Finding(**values)


def _note(title: object, publisher: object, language: object) -> tuple[str, str, str]:
    return str(title), str(publisher), str(language)
