"""All links as data: JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING

from regesta.model.link_states import Standing
from regesta.model.spreadsheets import inert_cell
from regesta.model.verdicts import Verdict
from regesta.model.watch import Tally
from regesta.pages.lazy_file import LazyFile
from regesta.pages.writing.brief_links import copy_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.link_states import LinkState
    from regesta.pages.site import Site

__all__ = ["link_files"]


def link_files(site: Site) -> Iterator[LazyFile]:
    """Give the data files of the health page."""
    yield LazyFile("links/links.json", lambda: links_json(site))
    yield LazyFile("links/links.csv", lambda: links_csv(site))


def links_json(site: Site) -> str:
    """Write every address with its places, one a line."""
    tally = Tally.of_states(site.states)
    summary = {
        **{verdict.value: number for verdict in Verdict if (number := tally.by_verdict.get(verdict))},
        "links": tally.links,
        "urls": len(site.states),
        "verifiable": tally.verifiable,
        "gone_archived": tally.gone_archived,
        "not_checkable": tally.uncheckable,
        "kept_unlinked": tally.by_standing.get(Standing.KEPT, 0),
        "counted": tally.counted,
    }
    rows = ",\n".join(json.dumps(_link(site, state), separators=(",", ":")) for state in site.states)
    return f'{{"version":1,"summary":{json.dumps(summary, separators=(",", ":"))},"links":[\n{rows}\n]}}\n'


_COLUMNS = (
    "url", "verdict", "since", "checked", "status", "final_url", "reason", "memento", "raw", "brief", "line",
    "footnote",
)  # fmt: skip


def links_csv(site: Site) -> str:
    """Write one row a place. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for state in site.states:
        data = _link(site, state)
        for cited in state.cited_by:
            copy = copy_of(state, cited, site.watch)
            known = {
                **data,
                "memento": copy.address if copy else "",
                "raw": cited.link.raw,
                "brief": f"{site.source}{cited.path}",
            }
            known |= {"line": cited.line, "footnote": cited.footnote}
            writer.writerow([_cell(known[column]) for column in _COLUMNS])
    return out.getvalue()


def _link(site: Site, state: LinkState) -> dict[str, object]:
    copy = copy_of(state, state.cited_by[0], site.watch)
    return {
        "url": state.url,
        "raw": list(state.raw),
        "verdict": state.verdict.value,
        "since": state.since.isoformat() if state.since else None,
        "checked": state.checked.isoformat() if state.checked else None,
        "status": state.status,
        "final_url": state.final_url or None,
        "reason": state.reason or None,
        "memento": copy.address if copy else None,
        "by_hand": state.is_by_hand,
        "cited_by": [
            {"path": f"{site.source}{cited.path}", "line": cited.line, "footnote": cited.footnote}
            for cited in state.cited_by
        ],
    }


def _cell(value: object) -> str:
    r"""Write a value so that no spreadsheet runs it.

    >>> _cell('=HYPERLINK("x")'), _cell(41), _cell(None)
    ('\'=HYPERLINK("x")', '41', '')
    """
    return "" if value is None else inert_cell(str(value))
