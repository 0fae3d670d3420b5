"""Findings as JSON, for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from regesta.model.findings import Severity
from regesta.reporting.terminal import inert_json

if TYPE_CHECKING:
    from regesta.reporting.report import Report

__all__ = ["json_report"]


def json_report(report: Report) -> str:
    """Give the report as one JSON object, in ASCII: nothing in it can steer a terminal."""
    data = {
        "version": 1,
        "findings": [finding.as_json() for finding in report.findings],
        "summary": {
            "files": report.files,
            "briefs": report.briefs,
            "links": report.links,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
        },
    }
    return inert_json(json.dumps(data, indent=1))
