"""What is on record of links as SARIF, beside the page on their health: for code hosts and editors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regesta.checking.checks import check_states
from regesta.checking.registry import RULES
from regesta.pages.lazy_file import LazyFile
from regesta.reporting.report import Report
from regesta.reporting.sarif import sarif_report

if TYPE_CHECKING:
    from regesta.model.findings import Finding
    from regesta.pages.site import Site

__all__ = ["sarif_file"]


def sarif_file(site: Site) -> LazyFile:
    """Give the file. It says of no visit that it is old: a site does not change by itself."""
    return LazyFile("links/links.sarif", lambda: sarif_report(_report(site)))


def _report(site: Site) -> Report:
    return Report(
        findings=tuple(_in_folder(site, finding) for finding in check_states(site.states, today=None)),
        files=len(site.archive.shown),
        briefs=len(site.archive.shown),
        links=sum(len(state.cited_by) for state in site.states),
        rules=RULES,
    )


def _in_folder(site: Site, finding: Finding) -> Finding:
    """Name a file as somebody does who stands where mkdocs.yml lies."""
    place = finding.place
    return replace(finding, place=replace(place, path=f"{site.source}{place.path}"))
