"""Verdicts as readers see them: an icon and a word, and what is known beside."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from regesta.model.verdicts import Verdict
from regesta.pages.html import EXTERNAL, attribute, href, text
from regesta.pages.languages.language import ENGLISH, phrase

if TYPE_CHECKING:
    from datetime import date

    from regesta.model.link_states import LinkState
    from regesta.pages.languages.language import Language

__all__ = ["CHIPS", "Chip", "archived_html", "chip", "day_time", "outside_link", "short_address", "verdict_html"]


class Chip(NamedTuple):
    """How a verdict is shown."""

    icon: str
    word: str
    """In English: a message."""
    kind: str
    """The last part of its class: what its colour means."""
    is_unsure: bool = False
    """Whether bars hatch it."""


CHIPS = {
    Verdict.LIVE: Chip("✓", phrase("live"), "good"),
    Verdict.MOVED: Chip("→", phrase("moved"), "good"),
    Verdict.DEAD: Chip("✕", phrase("dead"), "bad"),
    Verdict.FAILING: Chip("◔", phrase("failing"), "caution", is_unsure=True),
    Verdict.SOFT_404: Chip("∅", phrase("page gone"), "bad"),
    Verdict.RESTRICTED: Chip("⊘", phrase("restricted"), "plain", is_unsure=True),
    Verdict.INSECURE: Chip("!", phrase("insecure"), "caution"),
    Verdict.UNREACHABLE: Chip("?", phrase("no answer"), "caution", is_unsure=True),
    Verdict.REFUSED: Chip("–", phrase("not visited"), "plain"),
    Verdict.UNCHECKED: Chip("○", phrase("not checked"), "plain", is_unsure=True),
}
_BY_HAND = Chip("✎", phrase("checked by hand"), "plain")
_ARCHIVED = Chip("▣", phrase("archived"), "plain")


def chip(verdict: Verdict, language: Language = ENGLISH) -> Markup:
    """Write the chip of a verdict.

    >>> print(chip(Verdict.SOFT_404))
    <span class="rg-chip rg-is-bad"><span aria-hidden="true">∅</span> page gone</span>
    """
    return _chip(CHIPS[verdict], language)


def verdict_html(state: LinkState, copy: str | None = None, *, language: Language = ENGLISH) -> str:
    """Write what is known of a link: its chip, since when or when it was seen, and its copy where one is given."""
    shown = str(chip(state.verdict, language))
    if state.is_by_hand:
        shown += f" {_by_hand(state.checked, language)}"
    elif detail := _detail(state, language):
        shown += f' <span class="rg-detail">{detail}</span>'
    if copy:
        shown += f" {archived_html(copy, language)}"
    return f'<span class="rg-verdict">{shown}</span>'


def archived_html(copy: str, language: Language = ENGLISH) -> str:
    """Write the chip that leads to an archived copy."""
    return f'<a class="rg-chip" href="{attribute(copy)}" {EXTERNAL}>{_inside(_ARCHIVED, language)}</a>'


@lru_cache(maxsize=4096)  # an audit sees thousands of links on one day
def day_time(day: date, language: Language = ENGLISH, *, month_only: bool = False) -> Markup:
    """Write a day as a `<time>` element, or its month, in the form that it has beside other words.

    >>> from datetime import date
    >>> print(day_time(date(2026, 3, 9), month_only=True))
    <time datetime="2026-03">March 2026</time>
    """
    if month_only:
        stamp, words = day.isoformat()[:7], language.calendar.month_words(day.year, day.month, beside=True)
    else:
        stamp, words = day.isoformat(), language.day(day.year, day.month, day.day)
    return Markup(f'<time datetime="{stamp}">{words}</time>')  # noqa: S704 - a date


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


def _chip(shown: Chip, language: Language) -> Markup:
    return Markup(f'<span class="rg-chip rg-is-{shown.kind}">{_inside(shown, language)}</span>')  # noqa: S704 - our words


def _inside(shown: Chip, language: Language) -> str:
    return f'<span aria-hidden="true">{shown.icon}</span> {text(language.say(shown.word))}'


def _by_hand(day: date | None, language: Language) -> str:
    when = f' <span class="rg-detail">{day_time(day, language)}</span>' if day else ""
    return f'<span class="rg-chip">{_inside(_BY_HAND, language)}</span>{when}'


def _seen(state: LinkState) -> date | None:
    """Give the day on which the page was last there for certain: what is not confirmed yet may speak against it."""
    if state.record is None or not state.record.pending:
        return state.checked
    return max((one.at for one in state.record.evidence if one.says.is_verifiable), default=None)


def _detail(state: LinkState, language: Language) -> str:
    if state.record is None or state.verdict is Verdict.UNCHECKED:
        return ""
    if state.verdict.is_verifiable:
        seen = _seen(state)
        return _seen_words(state, day_time(seen, language), language) if seen else ""
    if state.since is None:
        return ""
    month = day_time(state.since, language, month_only=True)
    checks = state.record.failures
    if checks > 1:
        return language.say_n_html("since {month}, {n} check", "since {month}, {n} checks", checks, month=month)
    return language.say_html("since {month}", month=month)


def _seen_words(state: LinkState, day: Markup, language: Language) -> str:
    if state.verdict is Verdict.MOVED and state.final_url:
        address = outside_link(state.final_url, longest=48)
        return language.say_html("seen {day}, now at {address}", day=day, address=address)
    return language.say_html("seen {day}", day=day)
