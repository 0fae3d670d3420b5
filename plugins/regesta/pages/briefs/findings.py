"""What the checker says of a brief, above the brief, for whoever is writing it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from regesta.model.findings import Severity
from regesta.model.wording import parts
from regesta.pages.html import attribute, text
from regesta.pages.languages.language import ENGLISH, phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.model.findings import Finding
    from regesta.pages.languages.language import Language

__all__ = ["findings_aside"]

_MOST = 50
_LONGEST = 400
"""Characters of a quoted value: a link may be as long as its file."""
_WORDS = {Severity.ERROR: phrase("error"), Severity.WARNING: phrase("warning"), Severity.INFO: phrase("remark")}


def findings_aside(findings: Sequence[Finding], language: Language = ENGLISH) -> str:
    """Give the findings of one file, the worst first; nothing where there are none. No address becomes a link.

    What a rule says is in English, as everything that the command line says.
    """
    if not findings:
        return ""
    counts = Counter(finding.severity for finding in findings)
    counted = ", ".join(_count(language, severity, counts[severity]) for severity in _WORDS if counts[severity])
    worst_first = sorted(findings, key=lambda finding: -finding.severity.weight)
    items = "\n".join(_item(finding, language) for finding in worst_first[:_MOST])
    left = len(findings) - _MOST
    more = f"\n<p>{language.say_n_html('{n} more.', '{n} more.', left)}</p>" if left > 0 else ""
    said = language.say_html("The check found {findings}. Only you see this, while you write.", findings=counted)
    return (
        f'<aside class="rg-findings" aria-label="{attribute(language.say("What the check found"))}">\n<p>{said}</p>\n'
        f"<ul>\n{items}\n</ul>{more}\n</aside>\n"
    )


def _count(language: Language, severity: Severity, number: int) -> str:
    if severity is Severity.ERROR:
        return language.say_n("{n} error", "{n} errors", number)
    if severity is Severity.WARNING:
        return language.say_n("{n} warning", "{n} warnings", number)
    return language.say_n("{n} remark", "{n} remarks", number)


def _item(finding: Finding, language: Language) -> str:
    word = _WORDS[finding.severity]
    hint = f'<br><span class="rg-hint">{_prose(finding.hint)}</span>' if finding.hint else ""
    line = language.say_html("line {line}", line=language.number(finding.place.line))
    chip = f'<span class="rg-chip rg-{word}">{text(language.say(word))}</span>'
    return (
        f'<li><span class="rg-when">{line} {chip}</span> '
        f"<span{language.foreign('en')}>{_prose(finding.message)}{hint} "
        f'<span class="rg-count">{text(finding.rule)}</span></span></li>'
    )


def _prose(message: str) -> str:
    return "".join(
        f"<code>{text(_short(part))}</code>" if quoted else text(_short(part)) for quoted, part in parts(message)
    )


def _short(part: str) -> str:
    return part if len(part) <= _LONGEST else f"{part[: _LONGEST // 2]}…{part[-_LONGEST // 2 :]}"
