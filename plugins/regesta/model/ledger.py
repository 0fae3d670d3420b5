"""The link ledger: what is known of each address, one line of JSON each, changed only when the evidence changes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from regesta.model.cleaning import clean_text
from regesta.model.urls import Url, parse_url
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from regesta.model.verdicts import Observation

__all__ = [
    "ADDRESS_LIMIT",
    "COUNTED_FAILURES",
    "MEMENTO_REFUSED",
    "NO_MEMENTO",
    "WORDS_LIMIT",
    "Ledger",
    "LinkRecord",
    "fit_for_line",
    "merge_records",
    "one_line",
    "usual_evidence",
    "write_line",
    "write_lines",
]

NO_MEMENTO, MEMENTO_REFUSED = "none", "refused"
"""What stands in the place of a memento's address: asked for and there is none; may not be kept or shown."""

COUNTED_FAILURES = 5
"""Visits without an answer after which the line of an unreachable address is left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """One line of the ledger."""

    url: Url
    verdict: Verdict
    since: date
    """The first day of the evidence for the verdict."""
    failures: int = 0
    """Days on which visits spoke for this verdict, where that is counted: up to its confirmation for `failing`, `dead`
    and `soft-404`, up to five for `unreachable`."""
    reason: str = ""
    """In words, for people."""
    final_url: str = ""
    """Where the way ends; empty when that is the URL itself."""
    evidence: tuple[Observation, ...] = ()
    """At most three: of a run of like observations the first, the one before the last, and the last. While the last
    ones speak for another verdict and are not confirmed: the first for this one, the first and the last for that."""
    mementos: Mapping[str, str] = field(default_factory=dict)
    """By the ISO date of a citing brief: the address of the copy nearest it, `none`, or `refused`. What is not there
    was not asked for yet."""
    pending: int = 0
    """Days on which the last visits spoke for another verdict, which is not confirmed yet."""
    unknown_copies: Mapping[str, str] = field(default_factory=dict)
    """Likewise by day, copies in archives that are not known here: never shown, and written again as they were read."""

    @property
    def is_pending(self) -> bool:
        """Whether more visits are to come soon, since something is not confirmed or not counted yet."""
        if self.verdict is Verdict.UNREACHABLE:
            return self.failures < COUNTED_FAILURES
        return self.pending > 0 or self.verdict is Verdict.FAILING

    @property
    def last_evidence(self) -> date:
        """The day of the newest observation that the record holds."""
        return self.evidence[-1].at if self.evidence else self.since


Ledger = Mapping[Url, LinkRecord]
"""All records, in order of URL."""


def usual_evidence(verdict: Verdict) -> Verdict:
    """Give what an observation says in a record of this verdict, where its line does not say otherwise.

    >>> usual_evidence(Verdict.FAILING)
    <Verdict.DEAD: 'dead'>
    """
    return Verdict.DEAD if verdict is Verdict.FAILING else verdict


ADDRESS_LIMIT, WORDS_LIMIT = 16_384, 1_000
"""Characters of an address, and of a reason or the name of a vantage, that a line may hold."""


def one_line(text: str) -> str:
    r"""Take out of words what no archive needs, and what would make two lines of one.

    >>> one_line("Not\x1b found\r\n::error::")
    'Not found  ::error::'
    """
    return _BREAKS.sub(" ", clean_text(text))


_BREAKS = re.compile("[\t\n\r\u2028\u2029]")


def fit_for_line(observation: Observation) -> Observation:
    """Make what comes from outside fit to be written: without control characters, not too long, addresses normal."""
    if not (observation.vantage or observation.final_url) and _is_fit(observation.reason):
        return observation
    final_url = observation.final_url and parse_url(observation.final_url)
    return observation._replace(
        vantage=one_line(observation.vantage)[:WORDS_LIMIT],
        reason=one_line(observation.reason)[:WORDS_LIMIT],
        final_url=final_url if final_url and len(final_url) <= ADDRESS_LIMIT else "",
    )


def _is_fit(words: str) -> bool:
    return len(words) <= WORDS_LIMIT and words.isprintable()


def write_line(record: LinkRecord) -> str:
    """Write a record as a line of the ledger, in ASCII, without what is empty or what the evidence shares with it."""
    data: dict[str, object] = {"url": record.url, "verdict": record.verdict.value, "since": record.since.isoformat()}
    if record.failures:
        data["failures"] = record.failures
    if record.pending:
        data["pending"] = record.pending
    if record.reason:
        data["reason"] = record.reason
    if record.final_url:
        data["final_url"] = record.final_url
    if record.evidence:
        data["evidence"] = [_observation(observation, record) for observation in record.evidence]
    if record.mementos or record.unknown_copies:
        data["mementos"] = dict(sorted(_written_copies(record).items()))
    return f"{_ENCODE(data)}\n"


def _written_copies(record: LinkRecord) -> Mapping[str, str]:
    """Give the copies by day; one in an archive that is not known here stays, unless a known one has a copy too."""
    found = {
        day: copy for day, copy in record.mementos.items() if copy != NO_MEMENTO or day not in record.unknown_copies
    }
    return {**record.unknown_copies, **found}


_ENCODE = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def _observation(observation: Observation, record: LinkRecord) -> dict[str, object]:
    data: dict[str, object] = {"at": observation.at.isoformat()}
    if observation.vantage:
        data["from"] = observation.vantage
    if observation.says is not usual_evidence(record.verdict):
        data["says"] = observation.says.value
    if observation.status:
        data["status"] = observation.status
    if observation.final_url != record.final_url:
        data["final_url"] = observation.final_url
    if observation.failure:
        data["failure"] = observation.failure.value
    if observation.reason != record.reason:
        data["reason"] = observation.reason
    return data


def write_lines(records: Iterable[LinkRecord]) -> str:
    """Write records as the text of a ledger: the same bytes for the same records, in whatever order they come."""
    return "".join(map(write_line, sorted(records, key=_url)))


def _url(record: LinkRecord) -> str:
    return record.url


def merge_records(one: LinkRecord, other: LinkRecord) -> LinkRecord:
    """Make one of two records of an address, as a merge leaves them: the newer evidence wins, whichever comes first.

    Of mementos each keeps what the other was not told; a copy that may not be kept beats a copy, and that beats none.
    """
    older, newer = sorted((one, other), key=_age)
    if older.unknown_copies and older.unknown_copies != newer.unknown_copies:
        newer = replace(newer, unknown_copies={**older.unknown_copies, **newer.unknown_copies})
    if older.mementos == newer.mementos or not older.mementos:
        return newer
    mementos = dict(newer.mementos)
    for day, memento in older.mementos.items():
        mementos[day] = max(mementos.get(day, memento), memento, key=_weight) if day in mementos else memento
    return replace(newer, mementos=dict(sorted(mementos.items())))


def _age(record: LinkRecord) -> tuple[bool, date, int, int, str]:
    is_visited = record.verdict is not Verdict.UNCHECKED
    return is_visited, record.last_evidence, record.failures, record.pending, write_line(record)


def _weight(memento: str) -> tuple[bool, bool, str]:
    return memento == MEMENTO_REFUSED, memento != NO_MEMENTO, memento
