"""Lines of MkDocs' log that hold text from outside."""

from __future__ import annotations

import logging
import re

from regesta.reporting.terminal import shown, shown_lines

__all__ = ["OURS", "guard_log"]

OURS = "mkdocs.plugins.regesta"
"""The logger of all our plugins."""

_WRAPPED_COMMAND = re.compile(r"(?<=\s)(?=::)")
"""MkDocs wraps its lines to the width of the terminal, so that any word may come to stand at the start of one."""


class _Inert(logging.Filter):
    """Writes records, ours and those of MkDocs itself, so that no terminal and no CI service obeys them."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == OURS:
            record.msg, record.args = _WRAPPED_COMMAND.sub(r"\\", shown(record.getMessage())), None
        elif record.name.startswith("mkdocs.") and not record.name.startswith("mkdocs.plugins."):
            record.msg, record.args = _WRAPPED_COMMAND.sub(r"\\", shown_lines(record.getMessage())), None
        return True


_INERT = _Inert()


def guard_log() -> None:
    """Guard what is logged from now on. Of other plugins nothing is changed: they may write in colours."""
    logging.getLogger(OURS).addFilter(_INERT)
    for handler in logging.getLogger("mkdocs").handlers:
        handler.addFilter(_INERT)
