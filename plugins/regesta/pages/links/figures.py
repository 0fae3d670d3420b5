"""Figures of the health page: drawn in SVG, and never without the table that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from regesta.model.verdicts import Verdict
from regesta.pages.html import attribute, text
from regesta.pages.languages.language import ENGLISH
from regesta.pages.links.verdict_chips import CHIPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.model.audits import AuditRun
    from regesta.pages.languages.language import Language

__all__ = ["trend_figure", "verdict_bar"]

_WIDTH, _HEIGHT = 720, 24
_LEAST = 3
"""Pixels: one dead link in forty thousand is to be seen."""


def verdict_bar(by_verdict: Mapping[Verdict, int], language: Language = ENGLISH) -> Markup:
    """Draw one bar of all links by verdict; what is unsure is hatched."""
    shown = [(verdict, by_verdict[verdict]) for verdict in Verdict if by_verdict.get(verdict)]
    total = sum(number for _, number in shown)
    if not total:
        return Markup()
    parts, x = [], 0.0
    room = _WIDTH - _LEAST * len(shown)
    for verdict, number in shown:
        width = _LEAST + room * number / total
        kind = CHIPS[verdict].kind
        fill = f' fill="url(#rg-hatch-{kind})"' if CHIPS[verdict].is_unsure else ""
        parts.append(
            f'<g class="rg-is-{kind}"><title>{text(_count(language, verdict, number))}</title>'
            f'<rect x="{x:.1f}" width="{width:.1f}" height="{_HEIGHT}"{fill}/></g>'
        )
        x += width
    said = ", ".join(_count(language, verdict, number) for verdict, number in shown)
    name = attribute(language.say("Links by verdict: {counts}", counts=said))
    kinds = sorted({CHIPS[verdict].kind for verdict, _ in shown if CHIPS[verdict].is_unsure})
    hatches = "".join(
        f'<pattern id="rg-hatch-{kind}" class="rg-is-{kind}" width="6" height="6" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect class="rg-hatch-ground" width="6" height="6"/>'
        '<rect class="rg-hatch-line" width="2.5" height="6"/></pattern>'
        for kind in kinds
    )
    return Markup(  # noqa: S704 - numbers and words of ours
        f'<svg class="rg-bar" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="img"'
        f' aria-label="{name}"><defs>{hatches}</defs>{"".join(parts)}</svg>'
    )


_TALL = 48
_STEP = 26


def trend_figure(audits: Sequence[AuditRun], language: Language = ENGLISH) -> Markup:
    """Draw one bar an audit: how many addresses were gone, of all that it counted. The earliest stands first."""
    shares = [(audit, _gone(audit), _looked_at(audit)) for audit in audits]
    most = max((gone / total for _, gone, total in shares if total), default=0)
    if not most:
        return Markup()
    bars = []
    for index, (audit, gone, total) in enumerate(shares):
        height = max(_TALL * (gone / total) / most, 1) if total and gone else 0
        bars.append(
            f'<rect x="{index * _STEP}" y="{_TALL - height:.1f}" width="{_STEP - 4}" height="{height:.1f}">'
            f"<title>{text(_at(language, audit, gone, total))}</title></rect>"
        )
    width = len(shares) * _STEP
    highest = language.percent(most, digits=1)
    name = attribute(language.say("Share of dead addresses at each audit, the highest {share}", share=highest))
    return Markup(  # noqa: S704 - numbers and dates
        f'<svg class="rg-trend rg-is-bad" viewBox="0 0 {width} {_TALL + 1}" width="{width}" height="{_TALL + 1}"'
        f' role="img" aria-label="{name}">{"".join(bars)}'
        f'<line x2="{width}" y1="{_TALL + 0.5}" y2="{_TALL + 0.5}"/></svg>'
    )


def _gone(audit: AuditRun) -> int:
    return sum(number for verdict, number in audit.counts.items() if verdict.is_gone)


def _looked_at(audit: AuditRun) -> int:
    """Count the addresses of which the audit could say something."""
    return sum(number for verdict, number in audit.counts.items() if verdict.is_known)


def _count(language: Language, verdict: Verdict, number: int) -> str:
    word = language.say(CHIPS[verdict].word)
    return language.say("{number} {verdict}", number=language.number(number), verdict=word)


def _at(language: Language, audit: AuditRun, gone: int, total: int) -> str:
    day = audit.at.date().isoformat()
    return language.say(
        "{day}: {gone} of {total} dead", day=day, gone=language.number(gone), total=language.number(total)
    )
