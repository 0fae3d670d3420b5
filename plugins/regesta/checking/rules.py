"""What a rule is: a code, a name, a weight, its words, and one small pure function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from regesta.model.findings import Fix, Severity
    from regesta.model.spans import Place, Span

__all__ = ["Flaw", "Rule", "Subject", "rule"]


class Subject(Flag):
    """What a rule looks at."""

    PAGE = auto()
    """A Markdown file that belongs to no archive."""
    BRIEF = auto()
    ENTITY = auto()
    ARCHIVE = auto()
    """All briefs and entities together."""
    EXCEPTIONS = auto()
    """The archive's exceptions, once everything else is found."""
    LINK_STATE = auto()
    """An address with what is on record of it: a report looks at it, and no check or build."""
    RECORD_LINE = auto()
    """A line of what an audit has recorded: likewise."""
    SITE = auto()
    """What only a build knows, which reports it: addresses that it has published."""
    TEXT = PAGE | BRIEF | ENTITY
    RECORD = BRIEF | ENTITY


class Flaw(NamedTuple):
    """What a rule has found, before it is told which rule that was."""

    at: Span | Place
    """A span of the file at hand; a rule that looks at the archive gives the place itself."""
    message: str
    """The fact, with the offending value quoted."""
    hint: str
    """The way out, as an instruction."""
    subject: str = ""
    """What it is about where that is no link."""
    raw: str | None = None
    """The exact slice of the source, for a link."""
    note: str | None = None
    """Label of the note in which it stands."""
    fix: Fix | None = None
    severity: Severity | None = None
    """Where this case weighs otherwise than the rule says."""
    is_settled: bool = False
    """Whether people have decided it: settings do not weigh it anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that the checker looks for."""

    code: str
    """A letter for the family and three digits."""
    name: str
    severity: Severity
    of: Subject
    says: str
    """One line: what is wrong when it reports."""
    why: str
    """Why that matters."""
    example: str
    """Markdown or YAML that it reports."""
    fix: str
    """What to do."""
    check: Callable[[Any], Iterator[Flaw]]

    @property
    def file_name(self) -> str:
        """The name of its page in the rule reference."""
        return f"{self.code.lower()}-{self.name}.md"

    @property
    def page(self) -> str:
        """Its page in the rule reference, which is also what `regesta rule` prints."""
        fence = "````"
        return (
            f"# {self.code} {self.name}\n\n{self.says}\n\n*{self.severity.value.capitalize()}.*\n\n"
            f"## Why\n\n{self.why}\n\n## Example\n\n{fence}\n{self.example}\n{fence}\n\n## Fix\n\n{self.fix}\n"
        )


def rule(  # noqa: PLR0913 - all words of a rule stand beside its function
    code: str, name: str, severity: Severity, of: Subject, *, why: str, example: str, fix: str
) -> Callable[[Callable[[Any], Iterator[Flaw]]], Rule]:
    """Make a rule of a function; its docstring says what is wrong."""

    def make(check: Callable[[Any], Iterator[Flaw]]) -> Rule:
        return Rule(
            code=code,
            name=name,
            severity=severity,
            of=of,
            says=cleandoc(check.__doc__ or ""),
            why=_paragraphs(why),
            example=cleandoc(example),
            fix=_paragraphs(fix),
            check=check,
        )

    return make


def _paragraphs(words: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in cleandoc(words).split("\n\n"))
