"""Opens `decisions.yml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.decisions import Decisions, InvalidDecisions, read_decisions
from regesta.reading.folder import Unreadable, read_own_text, shown_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["open_decisions"]


def open_decisions(root: Path) -> Decisions:
    """Read what people have decided, nothing when there is no such file; raise `Unreadable`."""
    file = root / "decisions.yml"
    shown = f"{shown_folder(root)}decisions.yml"
    text = read_own_text(file)
    if text is None:
        return Decisions(())
    try:
        return read_decisions(text)
    except InvalidDecisions as error:
        raise Unreadable(shown, str(error)) from error
