"""Findings as JUnit XML, which Jenkins, GitLab and others show as tests: a suite a file, a test a finding."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from regesta.reporting.terminal import cut, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.model.findings import Finding
    from regesta.reporting.report import Report

__all__ = ["junit_report"]

_LONGEST = 2000
_NAME = 200


def junit_report(report: Report) -> str:
    """Give one suite a file. What `--fail-on` counts has failed, what is lighter is skipped, the rest has passed."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    found = report.by_path
    paths = sorted({*found, *report.checked})
    tests = sum(len(found.get(path, ())) or 1 for path in paths)
    failed = sum(report.fails(finding) for finding in report.findings)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<testsuites name="{report.command}" tests="{tests + len(report.failures)}" failures="{failed}" '
        f'errors="{len(report.failures)}">'
    )
    if report.failures:
        number = len(report.failures)
        yield f'<testsuite name="not read" tests="{number}" failures="0" errors="{number}" skipped="0">'
        for index, failure in enumerate(report.failures, 1):
            yield f'<testcase name="not read {index}" classname="regesta">'
            yield f"<error type={_attribute('not read')} message={_attribute(failure)}></error>"
            yield "</testcase>"
        yield "</testsuite>"
    for path in paths:
        yield from _suite(path, found.get(path, ()), report)
    yield "</testsuites>"


def _suite(path: str, findings: Sequence[Finding], report: Report) -> Iterator[str]:
    failed = sum(report.fails(finding) for finding in findings)
    yield (
        f'<testsuite name={_attribute(path)} tests="{len(findings) or 1}" failures="{failed}" errors="0" '
        f'skipped="{len(findings) - failed if findings else int(bool(report.why_empty))}">'
    )
    classname = _attribute(path.removesuffix(".md"))
    if not findings and report.why_empty:
        yield f'<testcase name="not looked at" classname={classname}>'
        yield f"<skipped message={_attribute(report.why_empty)}></skipped>"
        yield "</testcase>"
    elif not findings:
        yield f'<testcase name="nothing to report" classname={classname}/>'
    seen: Counter[str] = Counter()
    for finding in findings:
        # No line in it: a test that keeps its name keeps its history.
        name = cut(f"{finding.rule} {finding.name} {finding.subject or finding.raw or ''}".rstrip(), _NAME)
        seen[name] += 1
        ordinal = f" ({seen[name]})" if seen[name] > 1 else ""
        yield f"<testcase name={_attribute(name + ordinal)} classname={classname}>"
        yield from _outcome(finding, report)
        yield "</testcase>"
    yield "</testsuite>"


def _outcome(finding: Finding, report: Report) -> Iterator[str]:
    message = _attribute(finding.message)
    if not report.fails(finding):
        yield f"<skipped message={message}></skipped>"
        return
    words = f"{finding.place} {finding.rule} {cut(finding.message, _LONGEST)} {cut(finding.hint, _LONGEST)}".rstrip()
    yield f"<failure type={_attribute(finding.severity.value)} message={message}>{escape(shown(words))}</failure>"


def _attribute(text: str) -> str:
    # Nothing that XML forbids is left: what cannot be seen is written as an escape.
    return quoteattr(shown(cut(text, _LONGEST)))
