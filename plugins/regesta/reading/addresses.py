"""`addresses.txt`: every address that was ever published, so that none is lost unnoticed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ADDRESSES", "add_addresses", "read_addresses", "write_atomically"]

ADDRESSES = "addresses.txt"


def read_addresses(root: Path) -> tuple[str, ...]:
    """List the published addresses, those of an archive that has none yet included: none."""
    try:
        text = (root / ADDRESSES).read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return ()
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def add_addresses(root: Path, addresses: Iterable[str]) -> bool:
    """Add what is new, in order; tell whether anything was. Nothing is ever taken out."""
    known = set(read_addresses(root))
    wanted = known.union(addresses)
    if wanted == known:
        return False
    head = "# Every address this archive has published. Commit it: a build that loses one says so.\n"
    write_atomically(root / ADDRESSES, head + "".join(f"{address}\n" for address in sorted(wanted)))
    return True


def write_atomically(path: Path, text: str) -> None:
    """Replace a file as a whole, or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
