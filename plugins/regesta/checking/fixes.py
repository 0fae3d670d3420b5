"""Fixes: what a finding may be replaced by, put into the bytes of its file and into no other byte."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.cleaning import BOM, clean_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.model.findings import Finding

__all__ = ["Mended", "apply_fixes", "is_wanted", "mend"]

_ROUNDS = 10
"""A fix may lay another finding bare, and of two that overlap the second waits. More than a few rounds is a circle."""

_DECIDED = frozenset({"U101"})
"""Only a person's decision mends these, and it makes the fix a safe one. Asking for unsafe fixes is no decision."""


class Mended(NamedTuple):
    """A file after its fixes."""

    source: bytes
    applied: tuple[Finding, ...]
    """In the order in which they were put in: round by round, each from the top. Places are those of their round."""
    settled: bool = True
    """False when there was always something left to mend: then `source` is as it was, and nothing is applied."""


def is_wanted(finding: Finding, *, unsafe: bool = False) -> bool:
    """Tell whether a finding has a fix that may be put in without looking at it; with `unsafe`, any that it has."""
    if finding.fix is None or finding.span is None:
        return False
    return finding.fix.safe or (unsafe and finding.rule not in _DECIDED)


def apply_fixes(source: bytes, findings: Iterable[Finding], *, unsafe: bool = False) -> Mended:
    """Put in the fixes of one round. Of two that overlap the first wins; the other waits for the next round."""
    wanted = [(finding.span, finding) for finding in findings if finding.span and is_wanted(finding, unsafe=unsafe)]
    if not wanted:
        return Mended(source, ())
    cleaned = clean_bytes(source)
    pieces: list[bytes] = []
    applied: list[Finding] = []
    done, last = cleaned.skipped, -1
    for (start, end), finding in sorted(wanted, key=itemgetter(0)):
        if start < done or start == last or end > len(source):
            continue
        covered = cleaned.source[start - cleaned.skipped : end - cleaned.skipped]
        if finding.fix is None or not _is_whole(covered) or not _is_of(finding, covered):
            continue
        new = finding.fix.replacement.encode()
        if new == source[start:end]:
            continue
        pieces += (source[done:start], new)
        done, last = end, start
        applied.append(finding)
    head = BOM if cleaned.skipped else b""
    return Mended(head + b"".join(pieces) + source[done:], tuple(applied))


def mend(source: bytes, check: Callable[[bytes], Iterable[Finding]], *, unsafe: bool = False) -> Mended:
    """Put in fixes until `check` finds nothing more to mend."""
    mended = source
    applied: list[Finding] = []
    for _ in range(_ROUNDS):
        done = apply_fixes(mended, check(mended), unsafe=unsafe)
        if not done.applied:
            return Mended(mended, tuple(applied))
        mended = done.source
        applied += done.applied
    return Mended(source, (), settled=False)


def _is_whole(covered: bytes) -> bool:
    try:
        covered.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_of(finding: Finding, covered: bytes) -> bool:
    """Tell whether the file holds there what the finding says: a link as long as the place is that link."""
    raw = finding.raw.encode("utf-8", "replace") if finding.raw is not None else None
    return raw is None or len(raw) != len(covered) or raw == covered
