"""What an import reports: facts of the raw document that a person should look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regesta.model.findings import Finding, Severity
from regesta.model.spans import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regesta.importing.decode import Source
    from regesta.importing.hyphenation import OpenWord
    from regesta.importing.inline import LostLink, Reference
    from regesta.importing.note_text import WrittenNote

__all__ = [
    "Problem",
    "footnote_problems",
    "lost_link_problems",
    "open_word_problems",
    "place_problems",
    "torn_link_problems",
]

_RULES = {
    "B302": ("missing-title", Severity.ERROR),
    "B303": ("missing-date", Severity.ERROR),
    "B306": ("address-taken", Severity.ERROR),
    "B343": ("cut-word", Severity.WARNING),
    "B309": ("empty-body", Severity.WARNING),
    "F201": ("undefined-footnote", Severity.ERROR),
    "F202": ("unused-footnote", Severity.WARNING),
    "F203": ("duplicate-footnote", Severity.ERROR),
    "U109": ("empty-link", Severity.ERROR),
    "U117": ("torn-link", Severity.ERROR),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A finding whose place is still a line and a column of the source."""

    rule: str
    start: tuple[int, int]
    """Line, 1-based, and column, from 0."""
    end: tuple[int, int] | None = None
    """`None`: the rest of the line."""
    message: str
    hint: str
    footnote: str | None = None
    raw: str | None = None


def footnote_problems(notes: Sequence[WrittenNote], references: Iterable[Reference]) -> Iterable[Problem]:
    """Report labels without a partner, and two notes of one label. Markdown takes labels without regard to case."""
    defined = {note.label.casefold() for note in notes}
    used: set[str] = set()
    for reference in references:
        key = reference.label.casefold()
        if key not in defined and key not in used:
            yield Problem(
                rule="F201",
                start=reference.start,
                end=reference.end,
                message=f"footnote [^{reference.label}] has no definition.",
                hint=f"Add a line that starts with '[^{reference.label}]:'.",
                footnote=reference.label,
            )
        used.add(key)
    seen: set[str] = set()
    for note in notes:
        key = note.label.casefold()
        if key in seen:
            yield Problem(
                rule="F203",
                start=note.place,
                message=f"footnote [^{note.label}] is defined twice.",
                hint="Give one of them its own label; until then readers see the first.",
                footnote=note.label,
            )
        elif key not in used:
            yield Problem(
                rule="F202",
                start=note.place,
                message=f"footnote [^{note.label}] is never pointed to.",
                hint=f"Write [^{note.label}] where it belongs in the text.",
                footnote=note.label,
            )
        seen.add(key)


def lost_link_problems(links: Iterable[LostLink], *, footnote: str | None = None) -> Iterable[Problem]:
    """Report words that were a link."""
    for link in links:
        yield Problem(
            rule="U109",
            start=link.start,
            end=link.end,
            message=f"the link on {link.words!r} leads nowhere: {link.raw!r}.",
            hint="Readers see its words as text. Find the address in the original and add it.",
            footnote=footnote,
            raw=link.raw,
        )


def torn_link_problems(links: Iterable[LostLink], *, footnote: str | None = None) -> Iterable[Problem]:
    """Report addresses that may go on in the next line."""
    for link in links:
        yield Problem(
            rule="U117",
            start=link.start,
            end=link.end,
            message=f"a line ends in {link.raw!r}: nobody can tell how it goes on.",
            hint="It is no link until then. Look at the original, and write the address in one piece.",
            footnote=footnote,
            raw=link.raw,
        )


def open_word_problems(words: Iterable[OpenWord], *, footnote: str | None = None) -> Iterable[Problem]:
    """Report words that a line end cuts."""
    for open_word in words:
        word = open_word.word
        start = (open_word.line, open_word.column)
        yield Problem(
            rule="B343",
            start=start,
            end=(open_word.line, open_word.column + len(word.left) + 1),
            message=f"a line ends in {word.left + '-'!r}, and nothing tells whether the hyphen is the word's own.",
            hint=f"Write {word.choice} in one piece.",
            footnote=footnote,
        )


def place_problems(problems: Iterable[Problem], source: Source) -> list[Finding]:
    """Find the byte offsets, in one pass over the source, and order the findings by place."""
    ordered = sorted(problems, key=lambda problem: (problem.start, problem.rule))
    cursor = _Cursor(source)
    findings = []
    for problem in ordered:
        name, severity = _RULES[problem.rule]
        start_column = source.raw_column(*problem.start)
        last = len(source.raw_lines[problem.start[0] - 1])
        end_line, end_column = problem.end or (problem.start[0], last)
        end_column = source.raw_column(end_line, end_column) if problem.end else last
        findings.append(
            Finding(
                rule=problem.rule,
                name=name,
                severity=severity,
                place=Place(
                    path=source.path,
                    line=problem.start[0],
                    column=start_column + 1,
                    end_line=end_line,
                    end_column=end_column + 1,
                    offset=cursor.offset(problem.start[0], start_column),
                ),
                message=problem.message,
                hint=problem.hint,
                footnote=problem.footnote,
                raw=problem.raw,
            )
        )
    return findings


class _Cursor:
    """Counts bytes forward: a line with 100,000 findings is encoded once, not 100,000 times."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._line, self._column, self._bytes = 0, 0, 0

    def offset(self, line: int, column: int) -> int:
        if line != self._line:
            self._line, self._column, self._bytes = line, 0, 0
        text = self._source.raw_lines[line - 1][self._column : column]
        self._bytes += len(text.encode(self._source.encoding, "surrogatepass"))
        self._column = max(column, self._column)
        return self._source.starts[line - 1] + self._bytes
