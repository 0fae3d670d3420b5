"""What the checker says of a brief, above the brief, for whoever is writing it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from regesta.model.findings import Severity
from regesta.model.wording import parts
from regesta.pages.html import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.model.findings import Finding

__all__ = ["findings_aside"]

_MOST = 50
_LONGEST = 400
"""Characters of a quoted value: a link may be as long as its file."""
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}


def findings_aside(findings: Sequence[Finding]) -> str:
    """Give the findings of one file, the worst first; nothing where there are none. No address becomes a link."""
    if not findings:
        return ""
    counts = Counter(_WORDS[finding.severity] for finding in findings)
    counted = ", ".join(
        f"{counts[word]:,} {word if counts[word] == 1 else word + 's'}" for word in _WORDS.values() if counts[word]
    )
    worst_first = sorted(findings, key=lambda finding: -finding.severity.weight)
    items = "\n".join(_item(finding) for finding in worst_first[:_MOST])
    left = len(findings) - _MOST
    more = f"\n<p>{left:,} more.</p>" if left > 0 else ""
    return (
        f'<aside class="rg-findings" aria-label="What the check found">\n<p>The check found {counted}. '
        f"Only you see this, while you write.</p>\n<ul>\n{items}\n</ul>{more}\n</aside>\n"
    )


def _item(finding: Finding) -> str:
    word = _WORDS[finding.severity]
    hint = f'<br><span class="rg-hint">{_prose(finding.hint)}</span>' if finding.hint else ""
    return (
        f'<li><span class="rg-when">line {finding.place.line:,} <span class="rg-chip rg-{word}">{word}</span></span> '
        f'<span>{_prose(finding.message)}{hint} <span class="rg-count">{text(finding.rule)}</span></span></li>'
    )


def _prose(message: str) -> str:
    return "".join(
        f"<code>{text(_short(part))}</code>" if quoted else text(_short(part)) for quoted, part in parts(message)
    )


def _short(part: str) -> str:
    return part if len(part) <= _LONGEST else f"{part[: _LONGEST // 2]}…{part[-_LONGEST // 2 :]}"
