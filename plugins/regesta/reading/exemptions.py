"""Opens `exceptions.yml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.exemptions import Exemption, read_exemptions
from regesta.model.records import InvalidRecords
from regesta.reading.folder import Unreadable, read_own_text, shown_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["EXCEPTIONS", "open_exemptions"]

EXCEPTIONS = "exceptions.yml"


def open_exemptions(root: Path) -> tuple[Exemption, ...]:
    """Read the exceptions of an archive, none when there is no such file; raise `Unreadable`."""
    shown = f"{shown_folder(root)}{EXCEPTIONS}"
    text = read_own_text(root / EXCEPTIONS)
    if text is None:
        return ()
    try:
        return read_exemptions(text, shown)
    except InvalidRecords as error:
        raise Unreadable(shown, str(error)) from error
