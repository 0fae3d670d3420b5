"""Findings as a summary in Markdown, for the page of a workflow's run or a comment on a change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regesta.model.findings import Severity
from regesta.model.wording import parts
from regesta.reporting.report import counted
from regesta.reporting.terminal import cut, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.reporting.report import Report

__all__ = ["markdown_report"]

_MOST = 20
"""Findings that are told one by one, and publishers."""
_LONGEST = 200
_PLAIN = re.compile(r"\(?(?!(?:GH-\d|[0-9a-f]{7,}\b|www\.))[^\W_](?:[^\W_]|['’-](?=[^\W_]))*[.,;:!?)]*|[.,;:!?)]+|[–—]")
"""A word in which neither Markdown nor GitHub sees a mark, an address, a mention, an issue or a commit."""
_BARS = re.compile(r"\\*\|")
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}


def markdown_report(report: Report) -> str:
    """Give counts, a table of rules, and the worst findings. What is quoted from files stands as code, and is inert."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"## Regesta: {_title(report)}"
    yield ""
    yield report.summary
    for failure in report.failures[:_MOST]:
        yield f"\n**Not read:** {_prose(failure)}"
    if report.figures:
        yield from ("", "| how many | addresses |", "|--:|---|")
        yield from (f"| {number:,} | {_prose(words)} |" for words, number in report.figures)
    if report.findings:
        yield from _rules(report)
        yield from _publishers(report)
        yield from _worst(report)
    if report.gone:
        yield ""
        yield f"{counted(len(report.gone), 'acknowledged finding')} gone. Write the baseline anew."


def _title(report: Report) -> str:
    if report.findings:
        return ", ".join(report.counts())
    return report.why_empty or ("nothing was read" if report.is_empty_handed else "nothing to report")


def _rules(report: Report) -> Iterator[str]:
    yield from ("", "| found | rule | weight | says |", "|--:|---|---|---|")
    first = {finding.rule: finding for finding in reversed(report.worst_first)}
    for code, name, number in report.by_rule:
        finding = first[code]
        yield f"| {number:,} | {code} {name} | {_WORDS[finding.severity]} | {_prose(report.says(finding))} |"


def _publishers(report: Report) -> Iterator[str]:
    if not any(publisher for publisher, _ in report.by_publisher):
        return
    yield from ("", "| found | publisher |", "|--:|---|")
    for publisher, number in report.by_publisher[:_MOST]:
        yield f"| {number:,} | {_code(publisher) if publisher else 'none'} |"
    left = len(report.by_publisher) - _MOST
    if left > 0:
        yield f"| | {left:,} more |"


def _worst(report: Report) -> Iterator[str]:
    yield from ("", "| where | what | what to do |", "|---|---|---|")
    for finding in report.worst_first[:_MOST]:
        words = f"{_WORDS[finding.severity]} {finding.rule}: {_prose(finding.message)}"
        yield f"| {_code(str(finding.place))} | {words} | {_prose(finding.hint)} |"
    left = len(report.findings) - _MOST
    if left > 0:
        yield from ("", f"{counted(left, 'finding')} more.")


def _prose(text: str) -> str:
    """Write a message: quoted values and words that Markdown could read become code."""
    written = ""
    for quoted, part in parts(text):
        piece = _code(part) if quoted else _words(cut(part, _LONGEST))
        # Two fences side by side would be read as one longer fence.
        written += " " * (written.endswith("`") and piece.startswith("`")) + piece
    return written


def _words(text: str) -> str:
    """Write our own words, and as code each run of words that are not plain."""
    written: list[str] = []
    suspect: list[str] = []
    for word in [*text.split(" "), ""]:
        if word and not _PLAIN.fullmatch(word):
            suspect.append(word)
            continue
        if suspect:
            words = " ".join(suspect)
            bare = words.rstrip(".,;!?") or words
            written.append(_code(bare) + words[len(bare) :])
            suspect.clear()
        written.append(word)
    return " ".join(written[:-1])


def _code(text: str) -> str:
    """Write text as code: a fence of more backticks than it holds; a bar would end the cell of a table even here."""
    text = _BARS.sub(_escaped_bar, shown(cut(text, _LONGEST)))
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) or not text else ""
    return f"{fence}{pad}{text or ' '}{pad}{fence}"


def _escaped_bar(bar: re.Match[str]) -> str:
    # Some readers take two backslashes for one and the bar after them for the end of a cell: an odd number serves all.
    return bar[0] if len(bar[0]) % 2 == 0 else f"\\{bar[0]}"
