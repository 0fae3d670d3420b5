"""What `regesta import` tells: people as it happens, machines at the end."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from regesta.model.dates import DateBasis
from regesta.reading.folder import shown_folder
from regesta.reporting.terminal import inert_json, shown
from regesta.reporting.text import finding_line

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    new: list[tuple[Imported, Path]] = field(default_factory=list)
    """Briefs that were written, or would be, and where."""
    findings: list[Finding] = field(default_factory=list)
    """What is reported of them."""

    def imported(self, imported: Imported, path: Path) -> None:
        """Take a brief that was written, or would be: it is told of when it has been checked."""
        self.new.append((imported, path))

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

    def close(self, checked: Sequence[Finding]) -> None:
        """Tell of the new briefs, with what the check says of each, and what it came to."""
        said: dict[str, list[Finding]] = {}
        for finding in checked:
            said.setdefault(finding.place.path, []).append(finding)
        briefs = []
        for imported, path in self.new:
            place = f"{shown_folder(path.parent)}{path.name}"
            brief = imported.checked(said.get(place, ()))
            self.findings.extend(brief.findings)
            if self.as_json:
                briefs.append(brief.as_json(path=shown_name(path)))
            else:
                click.echo("\n".join(self._summary(brief, path)))
        if self.as_json:
            click.echo(inert_json(json.dumps({"version": 1, "briefs": briefs}, indent=2)))
        elif len(self.new) + self.passed + self.failures > 1:
            verb = "to import" if self.dry_run else "imported"
            click.echo(f"{len(self.new)} {verb}, {self.passed} passed over, {self.failures} not imported")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
