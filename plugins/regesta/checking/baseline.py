"""A baseline: findings that are acknowledged, so that only new ones are reported."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.model.findings import Finding

__all__ = [
    "BASELINE",
    "BASELINE_FILE",
    "BASELINE_LIMIT",
    "Compared",
    "InvalidBaseline",
    "Known",
    "compare",
    "read_baseline",
    "write_baseline",
]

BASELINE = "baseline.json"
"""The file in an archive's folder that is its baseline, unless another is named."""

BASELINE_FILE = f"briefs_src/{BASELINE}"
"""Where that is by custom: it is committed beside the briefs."""


BASELINE_LIMIT = 64 * 1024 * 1024
"""Bytes that it may have."""


class InvalidBaseline(ValueError):
    """A file that is no baseline."""


class Known(NamedTuple):
    """One acknowledged finding."""

    path: str
    """Where it stood. A renamed file does not make it new."""
    rule: str
    subject: str
    """The link as written, or what else the finding is about."""
    ordinal: int
    """Counts the findings of one rule and subject in one file from 0: lines may move."""


class Compared(NamedTuple):
    """What a baseline says of the findings of a run."""

    new: tuple[Finding, ...]
    acknowledged: int
    gone: tuple[Known, ...]
    """Acknowledged once, not found any more."""


def compare(findings: Iterable[Finding], baseline: Iterable[Known]) -> Compared:
    """Tell new findings from acknowledged ones: by file first, then, for files that were renamed, without it."""
    left = Counter(baseline)
    found = _known(findings)
    unmatched = []
    for known, finding in found:
        if left[known] > 0:
            left[known] -= 1
        else:
            unmatched.append((known, finding))
    moved: dict[tuple[str, str, int], list[Known]] = defaultdict(list)
    for known in sorted(left.elements(), reverse=True):
        moved[known[1:]].append(known)
    new = []
    for known, finding in unmatched:
        if moved[known[1:]]:
            left[moved[known[1:]].pop()] -= 1
        else:
            new.append(finding)
    return Compared(tuple(new), len(found) - len(new), tuple(sorted(left.elements())))


def write_baseline(findings: Iterable[Finding], kept: Iterable[Known] = ()) -> str:
    """Give the text of a baseline that acknowledges these findings: JSON, one finding a line, in order.

    `kept` is what an older baseline holds of files and rules that were not looked at.
    """
    listed_once = sorted({*kept, *(known for known, _ in _known(findings))})
    # A name of a file that is not UTF-8 is written as an escape.
    lines = [
        _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(known._asdict(), ensure_ascii=False))
        for known in listed_once
    ]
    listed = "".join(f"\n    {line}," for line in lines).removesuffix(",")
    return f'{{\n  "version": 1,\n  "findings": [{listed}\n  ]\n}}\n'


_SURROGATE = re.compile("[\ud800-\udfff]")


def read_baseline(text: str) -> tuple[Known, ...]:
    """Read a baseline; raise `InvalidBaseline`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidBaseline(f"Not JSON: {error}") from error
    if not isinstance(data, dict) or data.get("version") != 1 or not isinstance(data.get("findings"), list):
        raise InvalidBaseline("Expected an object with 'version': 1 and a list of 'findings'.")
    return tuple(_read(item, number) for number, item in enumerate(data["findings"], 1))


def _read(item: object, number: int) -> Known:
    if isinstance(item, dict):
        known = tuple(item.get(field) for field in Known._fields)
        path, rule, subject, ordinal = known
        if isinstance(path, str) and isinstance(rule, str) and isinstance(subject, str) and isinstance(ordinal, int):
            return Known(path, rule, subject, ordinal)
    raise InvalidBaseline(f"Finding {number} lacks one of {', '.join(Known._fields)}, or has another kind of value.")


def _known(findings: Iterable[Finding]) -> list[tuple[Known, Finding]]:
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for finding in sorted(findings, key=lambda finding: (finding.place.path, finding.place.offset)):
        key = (finding.place.path, finding.rule, finding.subject or finding.raw or "")
        found.append((Known(*key, seen[key]), finding))
        seen[key] += 1
    return found
