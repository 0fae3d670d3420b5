"""The states of links as JSON, for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from regesta.model.findings import Severity
from regesta.reporting.terminal import inert_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.link_states import LinkState
    from regesta.reporting.link_report import LinkReport

__all__ = ["link_json", "state_as_json"]


def link_json(report: LinkReport) -> str:
    """Give one JSON object in ASCII, a link a line: nothing in it can steer a terminal, and git can compare it."""
    return inert_json("".join(_pieces(report)))


def state_as_json(state: LinkState) -> dict[str, object]:
    """Give the shape of a link in JSON, the same from every command."""
    memento = state.memento
    return {
        "url": state.url,
        "raw": state.raw,
        "verdict": state.verdict.value,
        "since": state.since.isoformat() if state.since else None,
        "checked": state.checked.isoformat() if state.checked else None,
        "status": state.status,
        "final_url": state.final_url or None,
        "reason": state.reason or None,
        "memento": memento.address or None,
        "memento_state": memento.state.value,
        "by_hand": state.is_by_hand,
        "cited_by": [
            {"path": cited.path, "line": cited.link.line, "footnote": cited.link.note} for cited in state.cited_by
        ],
    }


def _pieces(report: LinkReport) -> Iterator[str]:
    yield '{"version": 1,\n"links": ['
    separator = "\n"
    for state in report.told:
        yield separator + json.dumps(state_as_json(state))
        separator = ",\n"
    if beside := report.beside_links:
        yield '\n],\n"findings": ['
        yield ",".join(f"\n{json.dumps(finding.as_json())}" for finding in beside)
    yield f'\n],\n"summary": {json.dumps(_summary(report))}}}\n'


def _summary(report: LinkReport) -> dict[str, object]:
    figures = report.counts_of_links
    return {
        **{verdict.value: number for verdict, number in figures.by_verdict.items()},
        "links": figures.links,
        "urls": figures.urls,
        "verifiable": figures.verifiable,
        "archived": figures.archived,
        "gone_archived": figures.gone_archived,
        "not_checkable": figures.uncheckable,
        "within_archive": figures.within,
        "kept_unlinked": figures.kept,
        "counted": figures.counted,
        "since": report.since or None,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
    }
