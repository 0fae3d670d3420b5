"""What the checker reports: a rule, a place, the fact and the way out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regesta.model.spans import Place, Span

__all__ = ["Finding", "Fix", "Severity"]


class Severity(StrEnum):
    """How much a finding matters. The order of the members is the order of weight."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def weight(self) -> int:
        """Larger is worse."""
        return {"error": 2, "warning": 1, "info": 0}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What may stand at the finding's place instead."""

    replacement: str
    safe: bool
    """Safe fixes restore what the author certainly meant; the others wait for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, where it stands, and what to do about it."""

    rule: str
    """The code, `U101`."""
    name: str
    """The rule's name, `defanged-link`."""
    severity: Severity
    place: Place
    span: Span | None = None
    """The bytes of the file that the place covers and that a fix takes the place of; none where it covers no text."""
    message: str
    """The fact, with the offending value quoted."""
    hint: str
    """The way out, as an instruction."""
    footnote: str | None = None
    """The label of the note in which it stands."""
    raw: str | None = None
    """The exact slice of the source, for a link."""
    subject: str = ""
    """What it is about where that is no link: a label, a field, a slug. A baseline knows a finding by it."""
    fix: Fix | None = None
    is_settled: bool = False
    """Whether people have decided it: settings do not weigh it anew."""

    def __str__(self) -> str:
        """Give the one-line form that terminals and logs show."""
        return f"{self.place} {self.rule} {self.message} {self.hint}".rstrip()

    def as_json(self) -> dict[str, object]:
        """Give the shape of a finding in `--output-format json`, the same from every command."""
        return {
            "rule": self.rule,
            "name": self.name,
            "severity": self.severity.value,
            **asdict(self.place),
            "footnote": self.footnote,
            "raw": self.raw,
            "message": self.message,
            "hint": self.hint,
            "fix": asdict(self.fix) if self.fix else None,
        }
