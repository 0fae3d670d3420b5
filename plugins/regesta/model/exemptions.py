"""Exceptions that an archive makes to rules, each with its reason. In code, Python's own have taken the word."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.cleaning import clean_text
from regesta.model.records import read_records
from regesta.model.spans import Lines, Place

if TYPE_CHECKING:
    from regesta.model.records import Record

__all__ = ["EXEMPTION_FIELDS", "Exemption", "read_exemptions"]

EXEMPTION_FIELDS = ("rule", "path", "link", "why", "until", "by")
"""What an entry of `exceptions.yml` may hold."""


class Exemption(NamedTuple):
    """One entry of `exceptions.yml`."""

    place: Place
    rules: tuple[str, ...]
    """Codes, names or beginnings of codes, as written."""
    paths: tuple[str, ...]
    """Patterns of files, from the archive's source folder; none means all."""
    links: tuple[str, ...]
    """Links as written, their URLs, or hosts; none means whatever the rule reports."""
    why: str
    until: date | None
    """The last day on which it holds."""
    by: str
    wrong: tuple[str, ...]
    """What cannot be understood about it. It then holds nothing back."""

    def __str__(self) -> str:
        """Name it by what it is for."""
        return " ".join((", ".join(self.rules), *self.paths, *self.links))


def read_exemptions(text: str, shown_path: str) -> tuple[Exemption, ...]:
    """Read the text of an `exceptions.yml`; raise `InvalidRecords`."""
    lines = Lines(text.encode("utf-8", "replace"))
    return tuple(_exemption(record, lines.place(shown_path, record.span)) for record in read_records(text))


def _exemption(record: Record, place: Place) -> Exemption:
    def words(name: str) -> tuple[str, ...]:
        value = record.fields.get(name, "")
        given = (value,) if isinstance(value, str) else value
        return tuple(cleaned for item in given if (cleaned := clean_text(item).strip()))

    wrong = []
    for name in record.fields:
        if name not in EXEMPTION_FIELDS:
            near = get_close_matches(name[:80], EXEMPTION_FIELDS, 1, 0.6)
            wrong.append(f"has an unknown field {clean_text(name)[:80]!r}{f' ({near[0]!r}?)' if near else ''}")
    rules, paths, links = words("rule"), words("path"), words("link")
    if not rules:
        wrong.append("names no rule")
    if not paths and not links:
        wrong.append("names neither a path nor a link")
    until, written = None, " ".join(words("until"))
    try:
        until = date.fromisoformat(written) if written else None
    except ValueError:
        wrong.append(f"ends on no day (expected YYYY-MM-DD): {written[:80]!r}")
    return Exemption(place, rules, paths, links, " ".join(words("why")), until, " ".join(words("by")), tuple(wrong))
