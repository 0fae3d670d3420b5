"""What `regesta import` tells: people as it happens, machines at the end."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from regesta.model.dates import DateBasis
from regesta.reporting.terminal import inert_json, shown
from regesta.reporting.text import finding_line

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.importing.imported import Imported
    from regesta.model.findings import Finding

__all__ = ["ImportReport", "shown_name"]

_KNOWN_BY = {
    DateBasis.STATED: "stated in the document",
    DateBasis.INFERRED: "inferred",
    DateBasis.GIVEN: "given",
    DateBasis.NONE: "none",
}


def shown_name(path: Path) -> str:
    """Write a path with forward slashes and nothing that a terminal would obey."""
    return shown(path.as_posix())


@dataclass(slots=True)
class ImportReport:
    """Collects and tells."""

    as_json: bool
    dry_run: bool
    failures: int = 0
    """Documents that could not be imported."""
    passed: int = 0
    """Documents that were imported before."""
    briefs: list[dict[str, object]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """What is reported of the new briefs."""

    def imported(self, imported: Imported, path: Path) -> None:
        """Tell of a brief that was written, or would be."""
        self.findings.extend(imported.findings)
        if self.as_json:
            self.briefs.append(imported.as_json(path=shown_name(path)))
            return
        self.briefs.append({})
        for line in self._summary(imported, path):
            click.echo(line)

    def _summary(self, imported: Imported, path: Path) -> list[str]:
        date = f"{imported.date} ({_KNOWN_BY[imported.date_basis]})" if imported.date else "no date"
        facts = [imported.title or "no title", date, ", ".join(imported.authors) or "no author"]
        counts = [
            _counted(len(imported.footnotes), "note"),
            _counted(imported.links, "link"),
            _counted(len(imported.repairs), "repair"),
            _counted(len(imported.findings), "finding"),
        ]
        lines = [imported.source, *(f"  {shown(fact)}" for fact in facts)]
        of = [imported.publisher, imported.series, f"No. {imported.number}" if imported.number else None]
        if any(of):
            lines.append(f"  {shown(', '.join(filter(None, of)))}")
        lines.append(f"  {', '.join(counts)}")
        lines.extend(f"  {finding_line(finding, colour=False)}" for finding in imported.findings)
        lines.append(f"  {'would be written to' if self.dry_run else 'written to'} {shown_name(path)}")
        if self.dry_run:
            lines.extend(("", *(f"    {shown(line)}".rstrip() for line in imported.markdown.splitlines()), ""))
        return lines

    def passed_over(self, imported: Imported, path: Path) -> None:
        """Tell of a document that is in the archive already."""
        self.passed += 1
        click.echo(f"{imported.source}\n  passed over: imported before, as {shown_name(path)}", err=self.as_json)

    def failed(self, file: Path, why: str) -> None:
        """Tell of a document that could not be imported, in one line."""
        self.failures += 1
        click.echo(f"{shown_name(file)}: {shown(why)}", err=True)

    def close(self) -> None:
        """Tell what it came to."""
        if self.as_json:
            click.echo(inert_json(json.dumps({"version": 1, "briefs": self.briefs}, indent=2)))
        elif len(self.briefs) + self.passed + self.failures > 1:
            verb = "to import" if self.dry_run else "imported"
            click.echo(f"{len(self.briefs)} {verb}, {self.passed} passed over, {self.failures} not imported")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
