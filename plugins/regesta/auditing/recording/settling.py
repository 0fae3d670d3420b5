"""What of a run is worth a line in the ledger: what it decides, not that it counted one more visit.

The visits between the first that speaks for a verdict and the one that decides it are kept with the visits, and are
weighed again with the next. Where that file is lost, the ledger counts on by itself, a little slower.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from regesta.auditing.recording.confirming import Confirm
    from regesta.model.ledger import LinkRecord

__all__ = ["is_worth_a_line"]

_LONG_SILENCE = 30
"""Days without an answer after which it is reported (rule L510)."""


def is_worth_a_line(known: LinkRecord | None, record: LinkRecord, confirm: Confirm) -> bool:
    """Tell whether a record that visits have changed is to be written, or only counts on."""
    if known is None or not known.is_pending or not record.is_pending:
        return True
    same = (known.verdict, known.final_url, known.mementos) == (record.verdict, record.final_url, record.mementos)
    if not same or not known.evidence or known.evidence[-1].says is not record.evidence[-1].says:
        return True
    span = _LONG_SILENCE if record.verdict is Verdict.UNREACHABLE else confirm.days
    return (record.last_evidence - known.last_evidence).days >= max(1, span)
