"""What a visit changes in the record of an address."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regesta.model.ledger import COUNTED_FAILURES, LinkRecord, fit_for_line, usual_evidence
from regesta.model.verdicts import Observation, Verdict

if TYPE_CHECKING:
    from datetime import timedelta

    from regesta.auditing.recording.confirming import Confirm
    from regesta.model.urls import Url

__all__ = ["SAYABLE", "weigh"]


def weigh(record: LinkRecord | None, observation: Observation, *, url: Url, confirm: Confirm) -> LinkRecord:
    """Give the record as it is after a visit: the same object where the visit tells nothing new.

    A page that is there is believed at once. One that is gone is `failing` until visits on different days confirm it;
    whatever else would take an address away from `live`, `moved`, `failing`, `dead` or `soft-404` waits, as pending,
    until it is confirmed in the same way. Nothing but a page that is gone ever becomes `dead`.
    """
    if observation.says not in SAYABLE:
        raise ValueError(f"Not what one visit can say: {observation.says!r}")
    if record is None:
        record = LinkRecord(url=url, verdict=Verdict.UNCHECKED, since=observation.at)
    elif observation.at < record.last_evidence:
        return record  # it comes late, from a run that was cut off: what is newer is known
    observation = fit_for_line(observation)
    if _agrees(record.verdict, observation.says):
        return _again(record, observation, confirm)
    if observation.says in _AT_ONCE[record.verdict]:
        return _become(record, (observation,), 1, confirm)
    return _against(record, observation, confirm)


_GONE = frozenset({Verdict.DEAD, Verdict.SOFT_404})
_UNSURE = frozenset({Verdict.RESTRICTED, Verdict.INSECURE, Verdict.UNREACHABLE, Verdict.REFUSED})
"""These are one run of evidence, not four: a server that turns away today and is silent tomorrow answers on neither."""
SAYABLE = frozenset({Verdict.LIVE, Verdict.MOVED}) | _GONE | _UNSURE
"""What one visit can say of an address. That it is failing takes two."""

_AT_ONCE = {
    Verdict.LIVE: _GONE,  # as `failing`
    Verdict.MOVED: _GONE | {Verdict.LIVE},
    Verdict.FAILING: frozenset({Verdict.LIVE, Verdict.MOVED}),
    Verdict.DEAD: frozenset({Verdict.LIVE, Verdict.MOVED}),
    Verdict.SOFT_404: frozenset({Verdict.LIVE, Verdict.MOVED}),
    **dict.fromkeys((Verdict.UNCHECKED, *_UNSURE), SAYABLE),
}
"""What is believed on the first visit, by the verdict so far."""

_MOST_EVIDENCE = 3


def _agrees(verdict: Verdict, says: Verdict) -> bool:
    return says is verdict or (verdict is Verdict.FAILING and says in _GONE)


def _group(says: Verdict) -> frozenset[Verdict]:
    return next((group for group in (_GONE, _UNSURE) if says in group), frozenset({says}))


def _become(record: LinkRecord, run: tuple[Observation, ...], days: int, confirm: Confirm) -> LinkRecord:
    """Give the record the verdict of a run of evidence."""
    first, last = run[0], run[-1]
    verdict = last.says
    if verdict in _GONE and not confirm.is_reached(days, (last.at - first.at).days):
        verdict = Verdict.FAILING
    counted = {Verdict.UNREACHABLE: min(days, COUNTED_FAILURES)} | dict.fromkeys((Verdict.FAILING, *_GONE), days)
    return LinkRecord(
        url=record.url,
        verdict=verdict,
        since=first.at,
        failures=counted.get(verdict, 0),
        reason=last.reason,
        final_url=last.final_url,
        evidence=run,
        mementos=record.mementos,
    )


def _again(record: LinkRecord, observation: Observation, confirm: Confirm) -> LinkRecord:
    """Take a visit that says what is known. It changes something where visits are still counted."""
    own, run = _parts(record)
    # What was seen between two visits that agree may have taken the place of the last of them: its day stands for it.
    is_new_day = observation.at > (run[0].at if run else own[-1].at)
    is_failing = record.verdict is Verdict.FAILING
    if is_failing and run and not is_new_day:
        return record
    if is_failing and _is_idle(record.failures + 1, observation.at - record.since, confirm):
        is_new_day = False
    if is_new_day and (is_failing or (record.verdict is Verdict.UNREACHABLE and record.failures < COUNTED_FAILURES)):
        evidence = (*own, observation)
        kept = evidence if len(evidence) <= _MOST_EVIDENCE else (evidence[0], *evidence[1 - _MOST_EVIDENCE :])
        return _become(record, kept, record.failures + 1, confirm)
    return replace(record, pending=0, evidence=own) if record.pending else record


def _against(record: LinkRecord, observation: Observation, confirm: Confirm) -> LinkRecord:
    """Take a visit that speaks against the verdict: after enough like it, the verdict changes."""
    own, run = _parts(record)
    days = record.pending
    if not run or observation.says not in _group(run[-1].says):
        run, days = (), 0
    elif observation.at <= run[-1].at:
        return record  # a day counts once
    run = (*run[:1], observation)
    days += 1
    if len(run) > 1 and _is_idle(days, observation.at - run[0].at, confirm):
        return record
    if confirm.is_reached(days, (observation.at - run[0].at).days):
        return _become(record, run, days, confirm)
    return replace(record, pending=days, evidence=(*own[:1], *run))


def _is_idle(visits: int, span: timedelta, confirm: Confirm) -> bool:
    """Tell whether a visit need not be written down: there are visits enough, and what lacks is time."""
    return visits >= confirm.visits > 1 and span.days < confirm.days


def _parts(record: LinkRecord) -> tuple[tuple[Observation, ...], tuple[Observation, ...]]:
    """Part the evidence for the verdict from that against it. Where the former is lost, the record serves."""
    usual = usual_evidence(record.verdict)
    said = Observation(record.since, "", usual, 0, record.final_url, None, record.reason)
    evidence = record.evidence or (said,)
    return (evidence[:1], evidence[1:]) if record.pending else (evidence, ())
