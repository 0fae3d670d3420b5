"""Opens `exceptions.yml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.exemptions import Exemption, read_exemptions
from regesta.model.records import InvalidRecords
from regesta.reading.folder import Unreadable, shown_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["EXCEPTIONS", "open_exemptions"]

EXCEPTIONS = "exceptions.yml"
_SIZE_LIMIT = 4 * 1024 * 1024


def open_exemptions(root: Path) -> tuple[Exemption, ...]:
    """Read the exceptions of an archive, none when there is no such file; raise `Unreadable`."""
    file = root / EXCEPTIONS
    shown = f"{shown_folder(root)}{EXCEPTIONS}"
    try:
        if file.stat().st_size > _SIZE_LIMIT:
            raise Unreadable(shown, f"larger than {_SIZE_LIMIT // 2**20} MB.")
        return read_exemptions(file.read_text(encoding="utf-8-sig"), shown)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise Unreadable(shown, f"cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise Unreadable(shown, "is not UTF-8. Save the file as UTF-8.") from error
    except InvalidRecords as error:
        raise Unreadable(shown, str(error)) from error
