"""What a run of the checker amounts to, before it is written in one format or another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from regesta.checking.fixes import is_wanted
from regesta.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from regesta.checking.rules import Rule
    from regesta.model.findings import Finding

__all__ = ["GONE", "Checked", "Gone", "Report", "counted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A finding that a baseline acknowledges and that is not there any more."""

    path: str
    rule: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A file that was looked at."""

    path: str
    """As findings name it."""
    title: str = ""
    """Of a brief, or the name of an entity; empty for any other Markdown."""
    publisher: str = ""
    language: str = ""


def _no_text(_path: str) -> str:
    return ""


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
    failures: tuple[str, ...] = ()
    """What could not be read, one line each."""
    checked: Mapping[str, Checked] = field(default_factory=dict)
    """Every file that was looked at, by path."""
    rules: Mapping[str, Rule] = field(default_factory=dict)
    """The rules by code, for formats that explain them."""
    fail_on: Severity | None = Severity.ERROR
    """From which weight on a finding counts as a failure."""
    failing: frozenset[tuple[str, int]] = frozenset()
    """Path and offset of links that count as failures whatever their findings weigh."""
    statistics: bool = False
    """Whether counts were asked for."""
    text_of: Callable[[str], str] = _no_text
    """Gives the text of a file for quotation; empty where there is none to quote."""
    edit_address: Callable[[str], str | None] = field(default=lambda _path: None)
    """Gives where a file can be edited on the web, where that is known."""
    title: str = field(default="What the check found", init=False)
    command: str = field(default="regesta check", init=False)
    """What found it."""

    def count(self, severity: Severity) -> int:
        """Count the findings of one weight."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def by_rule(self) -> list[tuple[str, str, int]]:
        """Code, name and number of findings, the most frequent first."""
        counts = Counter((finding.rule, finding.name) for finding in self.findings)
        return [(code, name, count) for (code, name), count in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]

    @property
    def by_publisher(self) -> list[tuple[str, int]]:
        """Publisher and number of findings, the most frequent first; files without one count under an empty name."""
        counts = Counter(self.about(finding.place.path).publisher for finding in self.findings)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    @property
    def by_path(self) -> dict[str, list[Finding]]:
        """The findings of each file that has any."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.place.path, []).append(finding)
        return found

    @property
    def worst_first(self) -> list[Finding]:
        """The findings by weight, then by file and place."""
        return sorted(self.findings, key=lambda finding: -finding.severity.weight)

    def about(self, path: str) -> Checked:
        """Say what is known of a file."""
        return self.checked.get(path) or Checked(path=path)

    def says(self, finding: Finding) -> str:
        """Say in one plain line what is wrong wherever this rule reports."""
        rule = self.rules.get(finding.rule)
        return rule.says if rule else finding.name

    def fails(self, finding: Finding) -> bool:
        """Say whether a finding counts as a failure."""
        if (finding.place.path, finding.place.offset) in self.failing:
            return finding.rule in GONE
        return self.fail_on is not None and finding.severity.weight >= self.fail_on.weight

    @property
    def why_empty(self) -> str:
        """Why no finding says nothing: what was not there to be looked at, in words; empty where it was."""
        return ""

    @property
    def is_empty_handed(self) -> bool:
        """Whether what was asked for could not be read at all: then no count says anything."""
        return bool(self.failures) and not self.files and not self.findings

    @property
    def lead(self) -> str:
        """The sentence with which a page about it opens."""
        if self.is_empty_handed:
            return "Nothing was read."
        looked = counted(self.briefs, "brief") if self.briefs else counted(self.files, "file")
        if not self.findings:
            return f"Nothing to report: {looked} and {counted(self.links, 'link')} are in order."
        touched = len(self.by_path)
        found = [words for words in self.counts() if not words.startswith("0 ")]
        listed = found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
        where = "one file" if touched == 1 else f"{touched:,} files"
        acknowledged = f" {self.acknowledged:,} more are known and acknowledged." if self.acknowledged else ""
        return f"{looked} and {counted(self.links, 'link')} were read. There are {listed}, in {where}.{acknowledged}"

    @property
    def figures(self) -> list[tuple[str, int]]:
        """What was counted apart from findings, each with its words."""
        return []

    def ways(self, finding: Finding) -> Iterator[tuple[str, str]]:
        """Give addresses to follow from a finding, each with its words. A check visits none, and vouches for none."""
        del finding
        yield from ()

    @property
    def summary(self) -> str:
        """What was found in how much, in one line."""
        if self.is_empty_handed:
            return "Nothing was read."
        looked = [counted(self.links, "link"), counted(self.files, "file")]
        if self.briefs:
            looked.insert(0, counted(self.briefs, "brief"))
        acknowledged = f"; {self.acknowledged:,} acknowledged in the baseline" if self.acknowledged else ""
        excepted = f"; {self.excepted:,} held back by exceptions" if self.excepted else ""
        unread = f"; {len(self.failures):,} could not be read" if self.failures else ""
        mendable = sum(is_wanted(finding) for finding in self.findings)
        mended = f"; {mendable:,} can be mended with --fix" if mendable else ""
        return f"{', '.join(self.counts())} in {', '.join(looked)}{acknowledged}{excepted}{unread}{mended}."

    def counts(self) -> Iterator[str]:
        """Give the number of findings of each weight in words, the heaviest first."""
        for severity, word in _WORDS.items():
            yield counted(self.count(severity), word)


GONE = frozenset({"L501", "L504"})
"""The rules that say that the page of a link is gone."""
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}


def counted(number: int, word: str) -> str:
    """Give a number and a noun that agree.

    >>> counted(1, "error"), counted(1200, "brief")
    ('1 error', '1,200 briefs')
    """
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
