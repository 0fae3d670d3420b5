"""How often an entity is named, month by month: bars in SVG, and the table that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from regesta.pages.html import attribute, text
from regesta.pages.languages.language import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regesta.model.archive import Mentioned
    from regesta.pages.languages.language import Language

__all__ = ["NamedIn", "months_figure", "named_by_month"]

_TALL = 48
_WIDTH = 720
_FEWEST = 3
_LONGEST = 240
"""Bars. Over more months than that, there is one bar a year."""


class NamedIn(NamedTuple):
    """How often an entity is named in the briefs of one month."""

    year: int
    month: int
    """0 where the bar is of a whole year."""
    mentions: int

    def words(self, language: Language = ENGLISH) -> str:
        """Say the month, or the year."""
        return language.month(self.year, self.month) if self.month else str(self.year)


def named_by_month(mentioned: Iterable[Mentioned]) -> list[NamedIn]:
    """Count the mentions of each month from the first to the last, the empty ones between them too."""
    counts: dict[tuple[int, int], int] = {}
    for item in mentioned:
        date = item.entry.brief.date
        if date is not None and date.year is not None and date.month is not None:
            key = (date.year, date.month)
            counts[key] = counts.get(key, 0) + max(len(item.mentions), 1)
    if not counts:
        return []
    (first_year, first_month), (last_year, last_month) = min(counts), max(counts)
    first, last = first_year * 12 + first_month - 1, last_year * 12 + last_month - 1
    if last - first < _LONGEST:
        keys = [(at // 12, at % 12 + 1) for at in range(first, last + 1)]
        return [NamedIn(*key, counts.get(key, 0)) for key in keys]
    by_year: dict[int, int] = {}
    for (year, _), number in counts.items():
        by_year[year] = by_year.get(year, 0) + number
    return [NamedIn(year, 0, by_year.get(year, 0)) for year in range(first_year, last_year + 1)][-_LONGEST:]


def months_figure(bars: Sequence[NamedIn], language: Language = ENGLISH) -> Markup:
    """Draw one bar a month; nothing where a glance at the list below says as much."""
    if len(bars) < _FEWEST:
        return Markup()
    most = max(bar.mentions for bar in bars)
    step = min(_WIDTH / len(bars), 24)
    width = step * len(bars)
    drawn = []
    for index, bar in enumerate(bars):
        if not bar.mentions:
            continue
        height = max(_TALL * bar.mentions / most, 2)
        said = language.say_n("{month}: {n} mention", "{month}: {n} mentions", bar.mentions, month=bar.words(language))
        drawn.append(
            f'<rect x="{index * step:.1f}" y="{_TALL - height:.1f}" width="{max(step - 1.5, 1):.1f}"'
            f' height="{height:.1f}"><title>{text(said)}</title></rect>'
        )
    label = language.say(
        "Mentions from {first} to {last}, at most {most}",
        first=bars[0].words(language),
        last=bars[-1].words(language),
        most=language.number(most),
    )
    return Markup(  # noqa: S704 - numbers and names of months
        f'<svg class="rg-months" viewBox="0 0 {width:.0f} {_TALL + 1}" width="{width:.0f}" height="{_TALL + 1}"'
        f' preserveAspectRatio="none" role="img" aria-label="{attribute(label)}">{"".join(drawn)}'
        f'<line x2="{width:.0f}" y1="{_TALL + 0.5}" y2="{_TALL + 0.5}"/></svg>'
    )
