"""What the import of one document gives: a brief, its repair log and its findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from regesta.model.findings import Finding, Severity
from regesta.model.slugs import slugify
from regesta.model.spans import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.importing.repairs import Repair
    from regesta.model.dates import ArchiveDate, DateBasis

__all__ = ["Imported", "ImportedNote"]


_SAID_BY_CHECK = frozenset({"F201", "F202", "F203", "U109", "U117", "B343"})
"""Rules that find in the brief whatever they find in its document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedNote:
    """A note of the brief."""

    label: str
    urls: tuple[str, ...]
    """As written, in order; a defanged one stays so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A raw document as a brief. Nothing has been written yet."""

    source: str
    """The document, as it was named to us."""
    sha256: str
    markdown: str
    """The whole brief, front matter included."""
    title: str | None
    date: ArchiveDate | None
    date_basis: DateBasis
    authors: tuple[str, ...]
    publisher: str | None
    series: str | None
    number: str | None
    language: str | None
    footnotes: tuple[ImportedNote, ...]
    references: tuple[str, ...]
    """Labels in reading order, each time the text points to a note."""
    links: int
    """How many addresses the notes and the text hold, repetitions counted."""
    repairs: tuple[Repair, ...]
    findings: tuple[Finding, ...]

    def path(self, *, apart: bool = False) -> PurePosixPath:
        """Give the brief's place below `briefs/`; `apart` from another document's of the same date and title."""
        year = self.date.year if self.date else None
        folder = f"{year:04}" if year else "undated"
        slug = slugify(self.title or PurePosixPath(self.source.replace("\\", "/")).stem)
        parts = [_first_day(self.date), slug, self.sha256[:8] if apart else ""]
        return PurePosixPath(folder, "-".join(filter(None, parts)) + ".md")

    def kept_apart_from(self, other: str) -> Imported:
        """Report that another document's brief has the address already."""
        finding = Finding(
            rule="B306",
            name="address-taken",
            severity=Severity.ERROR,
            place=Place(path=self.source, line=1, column=1, end_line=1, end_column=1, offset=0),
            message=f"another document's brief stands at {other!r}: same date, same title.",
            hint="This one is kept beside it. If it is a new version, delete one, or use --force to replace the old.",
        )
        return replace(self, findings=(finding, *self.findings))

    def checked(self, findings: Iterable[Finding]) -> Imported:
        """Add what the check says of the brief; of notes and lost links it says the same as the import, and better."""
        found = tuple(findings)
        said = _SAID_BY_CHECK | {finding.rule for finding in found}
        own = (finding for finding in self.findings if finding.rule not in said or finding.rule == "B306")
        return replace(self, findings=(*own, *found))

    def as_json(self, *, path: str) -> dict[str, object]:
        """Give the shape of `--output-format json` for a brief written to `path`."""
        return {
            "source": self.source,
            "sha256": self.sha256,
            "path": path,
            "title": self.title,
            "date": str(self.date) if self.date else None,
            "date_basis": self.date_basis.value,
            "authors": list(self.authors),
            "publisher": self.publisher,
            "series": self.series,
            "footnotes": [{"label": note.label, "urls": list(note.urls)} for note in self.footnotes],
            "references": list(self.references),
            "repairs": [repair.as_json() for repair in self.repairs],
            "findings": [finding.as_json() for finding in self.findings],
        }


def _first_day(date: ArchiveDate | None) -> str:
    """Write as much of a date as is known: `2020-09-09`, `2020-09`, `2020`, or nothing."""
    if date is None or date.year is None:
        return ""
    known = [f"{date.year:04}"]
    for part in (date.month, date.day):
        if part is None:
            break
        known.append(f"{part:02}")
    return "-".join(known)
