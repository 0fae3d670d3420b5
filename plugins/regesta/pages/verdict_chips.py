"""Verdicts as readers see them: an icon and a word, and what is known beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from regesta.model.verdicts import Verdict
from regesta.pages.html import EXTERNAL, attribute, href, text
from regesta.pages.words import MONTHS, count

if TYPE_CHECKING:
    from datetime import date

    from regesta.model.link_states import LinkState

__all__ = ["CHIPS", "Chip", "chip", "day_time", "outside_link", "short_address", "verdict_html"]


class Chip(NamedTuple):
    """How a verdict is shown."""

    icon: str
    word: str
    kind: str
    """The last part of its class: what its colour means."""
    is_unsure: bool = False
    """Whether bars hatch it."""


CHIPS = {
    Verdict.LIVE: Chip("✓", "live", "good"),
    Verdict.MOVED: Chip("→", "moved", "good"),
    Verdict.DEAD: Chip("✕", "dead", "bad"),
    Verdict.FAILING: Chip("◔", "failing", "caution", is_unsure=True),
    Verdict.SOFT_404: Chip("∅", "page gone", "bad"),
    Verdict.RESTRICTED: Chip("⊘", "restricted", "plain", is_unsure=True),
    Verdict.INSECURE: Chip("!", "insecure", "caution"),
    Verdict.UNREACHABLE: Chip("?", "no answer", "caution", is_unsure=True),
    Verdict.REFUSED: Chip("–", "not visited", "plain"),
    Verdict.UNCHECKED: Chip("○", "not checked", "plain", is_unsure=True),
}
_BY_HAND = Chip("✎", "checked by hand", "plain")
_ARCHIVED = Chip("▣", "archived", "plain")


def chip(verdict: Verdict) -> Markup:
    """Write the chip of a verdict.

    >>> print(chip(Verdict.SOFT_404))
    <span class="rg-chip rg-is-bad"><span aria-hidden="true">∅</span> page gone</span>
    """
    return _chip(CHIPS[verdict])


def verdict_html(state: LinkState, copy: str | None = None) -> str:
    """Write what is known of a link: its chip, since when or when it was seen, and its copy where one is given."""
    shown = str(chip(state.verdict))
    if state.is_by_hand:
        shown += f" {_by_hand(state.checked)}"
    elif detail := _detail(state):
        shown += f' <span class="rg-detail">{detail}</span>'
    if copy:
        shown += f' <a class="rg-chip" href="{attribute(copy)}" {EXTERNAL}>{_inside(_ARCHIVED)}</a>'
    return f'<span class="rg-verdict">{shown}</span>'


def day_time(day: date, *, month_only: bool = False) -> str:
    """Write a day as a `<time>` element.

    >>> from datetime import date
    >>> day_time(date(2026, 3, 9), month_only=True)
    '<time datetime="2026-03">March 2026</time>'
    """
    month = f"{MONTHS[day.month - 1]} {day.year}"
    if month_only:
        return f'<time datetime="{day.year:04}-{day.month:02}">{month}</time>'
    return f'<time datetime="{day.isoformat()}">{day.day} {month}</time>'


def outside_link(address: str, *, longest: int = 60) -> Markup:
    """Write an address as a link to it, shortened; as plain text where it may not be one."""
    shown = text(short_address(address, longest))
    target = href(address)
    if target is None:
        return Markup(f'<span class="rg-defanged">{shown}</span>')  # noqa: S704 - escaped above
    return Markup(f'<a class="rg-address" href="{attribute(target)}" {EXTERNAL}>{shown}</a>')  # noqa: S704 - likewise


def short_address(address: str, longest: int = 60) -> str:
    """Shorten an address in its middle, its scheme left out; the host stays.

    >>> short_address("https://www.harbour.example/2020/09/a-very-long-name-of-a-page.html", 40)
    'www.harbour.example/20…me-of-a-page.html'
    """
    shown = address.removeprefix("https://").removeprefix("http://").removesuffix("/")
    if len(shown) <= longest:
        return shown
    host = shown.partition("/")[0]
    head = min(max(len(host) + 3, longest // 2), longest - longest // 4)
    return f"{shown[:head]}…{shown[head + 1 - longest :]}"


def _chip(shown: Chip) -> Markup:
    return Markup(f'<span class="rg-chip rg-is-{shown.kind}">{_inside(shown)}</span>')  # noqa: S704 - no word of others


def _inside(shown: Chip) -> str:
    return f'<span aria-hidden="true">{shown.icon}</span> {shown.word}'


def _by_hand(day: date | None) -> str:
    when = f' <span class="rg-detail">{day_time(day)}</span>' if day else ""
    return f'<span class="rg-chip">{_inside(_BY_HAND)}</span>{when}'


def _seen(state: LinkState) -> date | None:
    """Give the day on which the page was last there for certain: what is not confirmed yet may speak against it."""
    if state.record is None or not state.record.pending:
        return state.checked
    return max((one.at for one in state.record.evidence if one.says.is_verifiable), default=None)


def _detail(state: LinkState) -> str:
    if state.record is None or state.verdict is Verdict.UNCHECKED:
        return ""
    if state.verdict.is_verifiable:
        seen = f"seen {day_time(day)}" if (day := _seen(state)) else ""
        if state.verdict is Verdict.MOVED and state.final_url:
            return f"{seen}, now at {outside_link(state.final_url, longest=48)}" if seen else ""
        return seen
    if state.since is None:
        return ""
    since = f"since {day_time(state.since, month_only=True)}"
    checks = state.record.failures
    return f"{since}, {count(checks, 'check')}" if checks > 1 else since
