"""Findings as one HTML page for people who keep an archive and do not program. It holds no script and asks no host."""

from __future__ import annotations

import re
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from regesta.model.findings import Severity
from regesta.model.urls import parse_url
from regesta.model.wording import parts
from regesta.reporting.quotation import quotation
from regesta.reporting.report import counted
from regesta.reporting.terminal import cut, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.model.findings import Finding
    from regesta.reporting.report import Report

__all__ = ["html_report"]

_MOST = 2000
"""Findings that one page shows; a longer one is no help to a person."""
_LONGEST = 400
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html_report(report: Report) -> str:
    """Give the page: a sentence, the kinds of findings, then brief by brief what is wrong and what to do."""
    return "\n".join(line for line in _lines(report) if line)


def _lines(report: Report) -> Iterator[str]:
    style = files("regesta.reporting").joinpath("page.css").read_text(encoding="utf-8")
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">'
    yield f"<title>{report.title}: {_text(_counts(report))}</title>"
    yield f"<style>\n{style}</style>\n</head>\n<body>"
    yield '<a class="skip" href="#findings">Skip to the findings</a>' if report.findings else ""
    yield from _head(report)
    yield "<main>"
    shown_findings = report.worst_first[:_MOST]
    numbers = {id(finding): number for number, finding in enumerate(_in_order(report, shown_findings), 1)}
    yield from _figures(report)
    if report.findings:
        yield from _kinds(report, numbers)
        yield from _publishers(report)
        yield from _files(report, numbers)
    yield "</main>"
    yield f"<footer><p>{_text(report.summary)}</p></footer>\n</body>\n</html>"


def _counts(report: Report) -> str:
    return report.why_empty if report.why_empty and not report.findings else ", ".join(report.counts())


def _in_order(report: Report, wanted: Sequence[Finding]) -> list[Finding]:
    kept = {id(finding) for finding in wanted}
    return [finding for finding in report.findings if id(finding) in kept]


def _head(report: Report) -> Iterator[str]:
    yield f"<header>\n<h1>{report.title}</h1>"
    yield f'<p class="lead">{_text(report.lead)}</p>'
    if report.findings:
        yield (
            '<p class="key">An <b class="error">error</b> misleads the reader, or something is lost. '
            'At a <b class="warning">warning</b>, have a look. A <b class="remark">remark</b> is good to know.</p>'
        )
    for failure in report.failures:
        yield f'<p class="failure"><b class="error">Not read:</b> {_prose(failure)}</p>'
    if report.gone:
        number = counted(len(report.gone), "acknowledged finding")
        yield f"<p>{number} can no longer be found: write the baseline anew.</p>"
    yield "</header>"


def _figures(report: Report) -> Iterator[str]:
    if not report.figures:
        return
    yield '<section aria-labelledby="figures">\n<h2 id="figures">In figures</h2>\n<table>'
    yield '<thead><tr><th scope="col">address</th><th scope="col" class="number">how many</th></tr></thead>\n<tbody>'
    for words, number in report.figures:
        yield f'<tr><th scope="row">{_text(words)}</th><td class="number">{number:,}</td></tr>'
    yield "</tbody>\n</table>\n</section>"


def _kinds(report: Report, numbers: dict[int, int]) -> Iterator[str]:
    yield '<nav class="kinds" aria-labelledby="kinds">\n<h2 id="kinds">Kind by kind</h2>'
    by_rule: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    heaviest_first = sorted(report.by_rule, key=lambda counted: -_heaviest(by_rule[counted[0]]).severity.weight)
    for code, _, number in heaviest_first:
        same = by_rule[code]
        word = _WORDS[_heaviest(same).severity]
        yield (
            f'<details>\n<summary><span class="number">{number:,}</span> <span class="says">'
            f'{_prose(report.says(same[0]))}</span> <span class="weight {word}">{word}</span></summary>'
        )
        rule = report.rules.get(code)
        if rule:
            yield from (f"<p>{_marked(paragraph)}</p>" for paragraph in rule.why.split("\n\n"))
        yield "<ul>"
        yield from _places(report, same, numbers)
        yield "</ul>\n</details>"
    yield "</nav>"


def _heaviest(findings: Sequence[Finding]) -> Finding:
    return max(findings, key=lambda finding: finding.severity.weight)


def _places(report: Report, same: Sequence[Finding], numbers: dict[int, int]) -> Iterator[str]:
    """Give the ways down to the findings of one kind, a line a brief."""
    for path, found in groupby(same, key=lambda finding: finding.place.path):
        ways = [
            f'<a href="#f-{numbers[id(finding)]}">line {finding.place.line:,}</a>'
            for finding in found
            if id(finding) in numbers
        ]
        if ways:
            yield f"<li>{_text(cut(report.about(path).title or path, 120))}: {', '.join(ways)}</li>"


def _publishers(report: Report) -> Iterator[str]:
    if not any(publisher for publisher, _ in report.by_publisher):
        return
    yield '<section aria-labelledby="publishers">\n<h2 id="publishers">Institute by institute</h2>\n<table>'
    yield '<thead><tr><th scope="col">institute</th><th scope="col" class="number">found</th></tr></thead>\n<tbody>'
    for publisher, number in report.by_publisher:
        name = _text(cut(publisher, 120)) if publisher else "none named"
        yield f'<tr><th scope="row">{name}</th><td class="number">{number:,}</td></tr>'
    yield "</tbody>\n</table>\n</section>"


def _files(report: Report, numbers: dict[int, int]) -> Iterator[str]:
    yield '<section id="findings" aria-labelledby="briefs" tabindex="-1">\n<h2 id="briefs">Brief by brief</h2>'
    left = len(report.findings) - len(numbers)
    if left > 0:
        yield f"<p>This page shows the {len(numbers):,} heaviest findings; {left:,} are left out.</p>"
    for index, (path, found) in enumerate(report.by_path.items(), 1):
        kept = [finding for finding in found if id(finding) in numbers]
        if kept:
            yield from _file(index, path, kept, report, numbers)
    yield "</section>"


def _file(index: int, path: str, found: Sequence[Finding], report: Report, numbers: dict[int, int]) -> Iterator[str]:
    about = report.about(path)
    title = about.title or path
    yield f'<section class="file" aria-labelledby="b-{index}">\n<h3 id="b-{index}">{_text(cut(title, 200))}</h3>'
    by = f"{_text(cut(about.publisher, 120))} · " if about.publisher else ""
    yield f'<p class="path">{by}{_text(path)}</p>\n<ol class="list">'
    for finding in found:
        yield from _finding(finding, numbers[id(finding)], report)
    yield "</ol>\n</section>"


def _finding(finding: Finding, number: int, report: Report) -> Iterator[str]:
    word, place = _WORDS[finding.severity], finding.place
    yield f'<li id="f-{number}">'
    yield f'<p class="where">line {place.line:,} <span class="weight {word}">{word}</span></p>\n<div class="what">'
    yield f"<p>{_prose(finding.message)}</p>"
    yield from _quoted(finding, report)
    if finding.hint:
        yield f'<p class="hint"><b>What to do:</b> {_prose(finding.hint)}</p>'
    yield from _ways(finding, report)
    edit = _edit(finding, report)
    yield f'<p class="end">{edit}<span class="code">{_text(finding.rule)} {_text(finding.name)}</span></p>'
    yield "</div>\n</li>"


def _quoted(finding: Finding, report: Report) -> Iterator[str]:
    quoted = quotation(finding.place, report.text_of(finding.place.path))
    if quoted is None or not "".join(quoted).strip():
        return
    language = report.about(finding.place.path).language
    lang = f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""
    marked = f"<mark>{_text(quoted.marked)}</mark>" if quoted.marked.strip() else ""
    yield f"<blockquote{lang}>{_text(quoted.before.lstrip())}{marked}{_text(quoted.after.rstrip())}</blockquote>"


def _ways(finding: Finding, report: Report) -> Iterator[str]:
    ways = [
        f'<a href="{escape(url)}" rel="noopener noreferrer nofollow ugc">{_text(words)}</a>'
        for words, address in report.ways(finding)
        if (url := parse_url(address))
    ]
    if ways:
        yield f'<p class="ways">{" ".join(ways)}</p>'


def _edit(finding: Finding, report: Report) -> str:
    address = parse_url(report.edit_address(finding.place.path) or "")
    if not address:
        return ""  # path and line stand there already
    return f'<a href="{escape(address)}#L{finding.place.line}" rel="noopener noreferrer">Edit this line</a> '


def _prose(message: str) -> str:
    """Write a message; the values that it quotes stand apart. No address in it becomes a link."""
    return "".join(f"<code>{_text(part)}</code>" if quoted else _text(part) for quoted, part in _cut_parts(message))


def _cut_parts(message: str) -> Iterator[tuple[bool, str]]:
    for quoted, part in parts(message):
        yield quoted, cut(part, _LONGEST)


def _marked(text: str) -> str:
    """Write our own words of a rule: what stands between backticks is code."""
    pieces = text.split("`")
    return "".join(f"<code>{_text(piece)}</code>" if at % 2 else _text(piece) for at, piece in enumerate(pieces))


def _text(value: str) -> str:
    return escape(shown(value.replace("\n", " ")), quote=False)
