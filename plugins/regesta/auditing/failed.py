"""Why an audit could not be done."""

from __future__ import annotations

__all__ = ["AuditFailed", "NetworkDown"]


class AuditFailed(Exception):
    """Something that the audit needs is not there. The message says what, and what to do."""


class NetworkDown(Exception):
    """Nothing could be judged: the fault is ours. The message says why. Nothing was recorded."""
