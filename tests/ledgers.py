"""Ledgers for archives of tests: each address gets a verdict by its place in the list, the same every time."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from regesta.model.cited_links import cited_links
from regesta.model.ledger import LinkRecord, write_lines
from regesta.model.verdicts import Observation, Verdict
from regesta.reading.archive import read_source
from regesta.reading.folder import list_folder

if TYPE_CHECKING:
    from pathlib import Path

ORDER = (
    "live live live dead live moved live soft-404 restricted live dead failing live insecure live unreachable "
    "live dead unchecked"
).split()
REASONS = {
    "dead": "The server says that there is no such page (404).",
    "soft-404": "It answers with the home page.",
    "moved": "It leads for good to another page.",
    "restricted": "A program is turned away (403).",
    "failing": "The server says that there is no such page (404).",
    "insecure": "The certificate has expired.",
    "unreachable": "No answer in time.",
}
STATUSES = {"live": 200, "moved": 200, "dead": 404, "soft-404": 200, "restricted": 403, "failing": 404}


def record(url: str, verdict: str, number: int, day: str | None) -> LinkRecord:
    """Make the record of an address. Of every other one there is a copy near the day."""
    since, last = date(2026, 1 + number % 9, 1 + number % 28), date(2026, 11, 1 + number % 25)
    says = Verdict.DEAD if verdict == "failing" else Verdict(verdict)
    status, reason = STATUSES.get(verdict, 0), REASONS.get(verdict, "")
    final = f"{url.rstrip('/')}-new" if verdict == "moved" else ""
    evidence = tuple(Observation(at, "", says, status, final, None, reason) for at in dict.fromkeys((since, last)))
    mementos = {}
    if day is not None:
        stamp = day.replace("-", "")[:6] + "11093000"
        mementos[day] = f"https://web.archive.org/web/{stamp}/{url}" if number % 2 else "none"
    return LinkRecord(
        url=url,
        verdict=Verdict(verdict),
        since=since,
        failures=3 if says.is_gone else 0,
        reason=reason,
        final_url=final,
        evidence=() if verdict == "unchecked" else evidence,
        mementos=mementos,
    )


def write_ledger(root: Path) -> dict[str, LinkRecord]:
    """Write `links.jsonl` and `audits.jsonl` for the briefs of an archive, and give the records."""
    records: dict[str, LinkRecord] = {}
    days: dict[str, str | None] = {}
    for file in list_folder(root).briefs:
        document = read_source(file)
        written = document.front.fields.get("date")
        for link in cited_links(document):
            if link.url and link.form.value in {"ok", "damaged"}:
                days.setdefault(
                    link.url,
                    written[:10]
                    if isinstance(written, str) and written[:10].count("-") == 2 and "X" not in written
                    else None,
                )
    for number, url in enumerate(sorted(days)):
        records[url] = record(url, ORDER[number % len(ORDER)], number, days[url])
    (root / "links.jsonl").write_text(write_lines(records.values()), encoding="utf-8")
    runs = []
    for month in range(1, 12):
        counts = {"live": len(records) - 3 - month, "dead": 2 + month // 2, "restricted": 1, "failing": month % 3}
        run = {
            "at": f"2026-{month:02}-25T03:00:00Z",
            "vantage": "",
            "version": "1",
            "due": 9,
            "visited": 9,
            "counts": counts,
        }
        runs.append(json.dumps(run | {"seen_since": f"2026-{month:02}-02", "outcome": "done"}))
    (root / "audits.jsonl").write_text("\n".join(runs) + "\n", encoding="utf-8")
    return records
