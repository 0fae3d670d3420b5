"""What a run of the checker amounts to, before it is written in one format or another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regesta.model.findings import Finding, Severity

__all__ = ["Gone", "Report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A finding that a baseline acknowledges and that is not there any more."""

    path: str
    rule: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Findings, and how much was looked at."""

    findings: tuple[Finding, ...]
    """In order of file and place."""
    files: int
    briefs: int
    links: int
    acknowledged: int = 0
    """Findings that a baseline holds back."""
    gone: tuple[Gone, ...] = ()
    excepted: int = 0
    """Findings that the archive's exceptions hold back."""

    def count(self, severity: Severity) -> int:
        """Count the findings of one weight."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def by_rule(self) -> list[tuple[str, str, int]]:
        """Code, name and number of findings, the most frequent first."""
        counts = Counter((finding.rule, finding.name) for finding in self.findings)
        return [(code, name, count) for (code, name), count in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]

    def reaches(self, severity: Severity) -> bool:
        """Say whether something as heavy as `severity`, or heavier, was found."""
        return any(finding.severity.weight >= severity.weight for finding in self.findings)
