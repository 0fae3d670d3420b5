"""The link ledger: what is known of each address, one line of JSON each, changed only when the evidence changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from regesta.model.urls import Url

if TYPE_CHECKING:
    from datetime import date

    from regesta.model.verdicts import Observation, Verdict

__all__ = ["Ledger", "LinkRecord", "write_line"]

NO_MEMENTO, MEMENTO_REFUSED = "none", "refused"
"""What stands in the place of a memento's address: asked for and there is none; may not be kept or shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """One line of the ledger."""

    url: Url
    verdict: Verdict
    since: date
    """The first day of the evidence for the verdict."""
    failures: int = 0
    """Visits in a row that speak against `live`."""
    reason: str = ""
    """In words, for people."""
    final_url: str = ""
    """Where the way ends; empty when that is the URL itself."""
    evidence: tuple[Observation, ...] = ()
    """At most three: of a run of like observations the first, the one before the last, and the last."""
    mementos: Mapping[str, str] = field(default_factory=dict)
    """By the ISO date of a citing brief: the address of the copy nearest it, `none`, or `refused`. What is not there
    was not asked for yet."""


Ledger = Mapping[Url, LinkRecord]
"""All records, in order of URL."""


def write_line(record: LinkRecord) -> str:
    """Write a record as a line of the ledger, in ASCII, without what is empty."""
    data: dict[str, object] = {"url": record.url, "verdict": record.verdict.value, "since": record.since.isoformat()}
    if record.failures:
        data["failures"] = record.failures
    if record.reason:
        data["reason"] = record.reason
    if record.final_url:
        data["final_url"] = record.final_url
    if record.evidence:
        data["evidence"] = [_observation(observation) for observation in record.evidence]
    if record.mementos:
        data["mementos"] = dict(sorted(record.mementos.items()))
    return json.dumps(data, separators=(",", ":")) + "\n"


def _observation(observation: Observation) -> dict[str, object]:
    data: dict[str, object] = {"at": observation.at.isoformat()}
    if observation.vantage:
        data["from"] = observation.vantage
    data["says"] = observation.says.value
    if observation.status:
        data["status"] = observation.status
    if observation.final_url:
        data["final_url"] = observation.final_url
    if observation.failure:
        data["failure"] = observation.failure.value
    if observation.reason:
        data["reason"] = observation.reason
    return data
