"""Findings as JSON, for other programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from regesta.model.findings import Severity
from regesta.reporting.terminal import inert_json

if TYPE_CHECKING:
    from regesta.model.findings import Finding
    from regesta.reporting.report import Report

__all__ = ["json_report"]


def json_report(report: Report) -> str:
    """Give the report as one JSON object, in ASCII: nothing in it can steer a terminal."""
    data = {
        "version": 1,
        "findings": [_finding(finding) for finding in report.findings],
        "summary": {
            "files": report.files,
            "briefs": report.briefs,
            "links": report.links,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
        },
    }
    return inert_json(json.dumps(data, indent=1))


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        **asdict(finding.place),
        "footnote": finding.footnote,
        "raw": finding.raw,
        "message": finding.message,
        "hint": finding.hint,
        "fix": asdict(finding.fix) if finding.fix else None,
    }
