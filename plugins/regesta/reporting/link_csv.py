"""The links as a table for spreadsheets: one line for each place where an address is cited."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from regesta.model.spreadsheets import inert_cell
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from regesta.reporting.link_report import LinkReport

__all__ = ["link_csv"]

_COLUMNS = (
    "verdict", "since", "checked", "url", "reason", "memento", "final_url", "title", "path", "line", "footnote", "raw",
)  # fmt: skip


def link_csv(report: LinkReport) -> str:
    """Give the table. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for state in report.told:
        for cited in state.cited_by:
            memento = state.memento_for(cited).address or state.memento.address
            cells = (
                state.verdict.value,
                state.since or "",
                state.checked or "",
                state.url or "",
                state.reason,
                memento,
                state.final_url,
                cited.title,
                cited.path,
                cited.link.line,
                cited.link.note or "",
                cited.link.raw,
            )
            rows.writerow(inert_cell(shown(str(cell))) for cell in cells)
    return written.getvalue()
