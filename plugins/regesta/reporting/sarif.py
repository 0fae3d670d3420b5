"""Findings as SARIF 2.1.0, the format in which code hosts and editors take the results of checkers."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from regesta import __version__
from regesta.model.findings import Severity
from regesta.reporting.quotation import source_line, width_in_bytes
from regesta.reporting.report import counted
from regesta.reporting.terminal import inert_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.checking.rules import Rule
    from regesta.model.findings import Finding
    from regesta.reporting.report import Report

__all__ = ["sarif_report"]

Json: TypeAlias = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST = 5000
"""Results that code hosts show of one run; a file with many more is refused by them whole."""
_MOST_RELATED = 5
"""Other places of the same link that a result names."""
_WIDEST_CONTEXT = 500
"""Characters of a line that is quoted."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_EMBEDDED_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")


def sarif_report(report: Report) -> str:
    """Give the report as one SARIF log with one run, in ASCII; the lightest results are left out where it is long."""
    kept = {id(finding) for finding in report.worst_first[:_MOST]}
    codes = sorted({finding.rule for finding in report.findings})
    alike = _alike(report.findings)
    run = {
        "tool": {
            "driver": {
                "name": "Regesta",
                "semanticVersion": __version__,
                "rules": [_rule(code, report.rules) for code in codes],
            }
        },
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {
            "START": {"description": {"text": "The folder in which the check was started."}},
            "TOP": {"uri": "file:///", "description": {"text": "The top of the file system, for files elsewhere."}},
        },
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "utf-8",
        "results": [
            _result(finding, ordinal, codes.index(finding.rule), report) | _related(finding, alike)
            for finding, ordinal in _numbered(report.findings)
            if id(finding) in kept
        ],
    }
    return inert_json(json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1))


def _rule(code: str, rules: Mapping[str, Rule]) -> Json:
    rule = rules.get(code)
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.says},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\n{rule.fix}", "markdown": rule.page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _invocation(report: Report) -> Json:
    notes = [{"level": "error", "message": {"text": _plain(failure)}} for failure in report.failures]
    left = len(report.findings) - _MOST
    if left > 0:
        words = f"{counted(left, 'result')} left out: these are the {_MOST:,} heaviest of {len(report.findings):,}."
        notes.append({"level": "warning", "message": {"text": words}})
    found: Json = {"executionSuccessful": not report.failures}
    return found | ({"toolExecutionNotifications": notes} if notes else {})


def _numbered(findings: Iterable[Finding]) -> Iterable[tuple[Finding, int]]:
    """Count the findings of one rule about one thing in one file: that, and no line, is what tells them apart."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = (finding.place.path, finding.rule, finding.subject or finding.raw or "")
        yield finding, seen[key]
        seen[key] += 1


def _result(finding: Finding, ordinal: int, index: int, report: Report) -> Json:
    artifact, region = _artifact(finding.place.path), _region(finding, report)
    location: Json = {"physicalLocation": {"artifactLocation": artifact, "region": region}}
    line = source_line(finding, report.text_of)
    if line and len(line) <= _WIDEST_CONTEXT and finding.place.line == finding.place.end_line:
        whole = {"startLine": finding.place.line, "startColumn": 1, "endColumn": len(line) + 1}
        location["physicalLocation"]["contextRegion"] = whole | {"snippet": {"text": line}}
    if finding.footnote is not None:
        location["logicalLocations"] = [{"name": f"[^{finding.footnote}]", "kind": "footnote"}]
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain(f"{finding.message} {finding.hint}".rstrip())},
        "locations": [location],
        "partialFingerprints": {"regesta/v1": _fingerprint(finding, ordinal)},
    }
    if finding.fix is not None:
        replacement = {"deletedRegion": region, "insertedContent": {"text": finding.fix.replacement}}
        result["fixes"] = [
            {
                "description": {"text": _plain(finding.hint) or "Replace it."},
                "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
                "properties": {"safe": finding.fix.safe},
            }
        ]
    return result


def _alike(findings: Iterable[Finding]) -> Mapping[tuple[str, str], list[Finding]]:
    """Give the findings of one rule about one link, wherever it stands; of many the first will do."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.raw:
            same = found.setdefault((finding.rule, finding.raw), [])
            if len(same) <= _MOST_RELATED:
                same.append(finding)
    return found


def _related(finding: Finding, alike: Mapping[tuple[str, str], list[Finding]]) -> Json:
    """Name the other places of the same link: whoever mends one wants to mend them all."""
    others = [other for other in alike.get((finding.rule, finding.raw or ""), ()) if other is not finding]
    locations = [
        {
            "id": number,
            "message": {"text": "The same link stands here."},
            "physicalLocation": {
                "artifactLocation": _artifact(other.place.path),
                "region": {"startLine": other.place.line, "startColumn": other.place.column},
            },
        }
        for number, other in enumerate(others[:_MOST_RELATED], 1)
    ]
    return {"relatedLocations": locations} if locations else {}


def _region(finding: Finding, report: Report) -> Json:
    place = finding.place
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    width = width_in_bytes(place, report.text_of(place.path))
    # An offset alone would be a region of no bytes, which contradicts the columns.
    return region if width is None else region | {"byteOffset": place.offset, "byteLength": width}


def _artifact(path: str) -> Json:
    """Give a file as a relative address, percent-encoded, from where the check was started."""
    uri = quote(path.lstrip("/").encode("utf-8", "surrogatepass"), safe="/")
    absolute = path.startswith("/") or re.match(r"[A-Za-z]:/", path)
    return {"uri": uri, "uriBaseId": "TOP" if absolute else "START"}


def _fingerprint(finding: Finding, ordinal: int) -> str:
    parts = (finding.place.path, finding.rule, finding.subject or finding.raw or "", str(ordinal))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _plain(text: str) -> str:
    """Escape what SARIF would read as a link within a message."""
    return _EMBEDDED_LINK.sub(r"\\[", text)
