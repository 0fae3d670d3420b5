"""`addresses.txt`: every address that was ever published, so that none is lost unnoticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.reading.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["ADDRESSES", "add_addresses", "read_addresses"]

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
    write_whole(root / ADDRESSES, head + "".join(f"{address}\n" for address in sorted(wanted)))
    return True
