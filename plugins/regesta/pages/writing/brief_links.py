"""What stands beside the links of a brief: verdicts and archived copies in its notes, crosses in its running text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.model.link_forms import judge_link
from regesta.model.link_states import Cited, MementoState
from regesta.model.mementos import is_memento_of, read_memento
from regesta.model.urls import parse_url
from regesta.pages.html import EXTERNAL, attribute, href, text
from regesta.pages.languages.language import ENGLISH
from regesta.pages.links.verdict_chips import CHIPS, archived_html, day_time, outside_link, verdict_html

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from regesta.model.archive import Entry
    from regesta.model.link_states import LinkState
    from regesta.model.urls import Url
    from regesta.model.watch import Watch
    from regesta.pages.languages.language import Language

__all__ = ["BriefLinks", "Copy", "copy_of"]


class Copy(NamedTuple):
    """An archived copy that may be shown."""

    address: str
    day: date | None
    """When it was made, where its address says so."""


def copy_of(state: LinkState, cited: Cited, watch: Watch) -> Copy | None:
    """Give the copy nearest the date of a citing brief: one in an archive, and of this page.

    What people have named in a decision may lie anywhere.
    """
    if state.decision is None and (state.record is None or not state.record.mementos):
        return None
    by_hand = state.decision.memento if state.decision else ""
    for found in (state.memento_for(cited), state.memento):
        if found.state is not MementoState.FOUND:
            continue
        is_sound = found.address == by_hand or (
            state.url is not None and is_memento_of(found.address, state.url, watch.copy_hosts)
        )
        if is_sound and (address := href(found.address)):
            return Copy(address, _day(address, watch))
    return None


class BriefLinks:
    """The links of one brief, as its text and its notes show them."""

    def __init__(self, entry: Entry, watch: Watch, language: Language = ENGLISH) -> None:
        """Look up every link of the brief."""
        self._language = language
        self._watch = watch
        self._day = entry.brief.date.first_day if entry.brief.date else None
        self._states: dict[Url, LinkState] = {}
        dead: dict[str, list[int]] = {}
        for link in entry.cited:
            if link.url is None:
                continue
            state = self._states.get(link.url)
            if state is None:
                state = self._states[link.url] = watch.state(entry, link)
            if link.note is not None:
                counted = dead.setdefault(link.note, [0, 0])
                counted[0] += state.verdict.is_gone
                counted[1] += 1
        self.dead: Mapping[str, tuple[int, int]] = {label: (gone, of) for label, (gone, of) in dead.items() if gone}
        """Of each note with a dead link, how many of its links are dead, and how many it has."""

    def beside(self, written: str, *, in_note: bool) -> tuple[str, str]:
        """Give the HTML before and behind a link.

        In a note each verdict has its words. In running text a dead link has a cross, and its copy; others are left be.
        """
        url = judge_link(written).url
        state = self._states.get(url) if url is not None and href(written) is not None else None
        if state is None:
            return "", ""
        return self._in_note(state) if in_note else ("", self._in_text(state))

    def _in_text(self, state: LinkState) -> str:
        if not state.verdict.is_gone:
            return ""
        word = text(self._language.say(CHIPS[state.verdict].word))
        shown = f'<span class="rg-cross" aria-hidden="true">✕</span><span class="rg-unseen"> {word}</span>'
        if copy := copy_of(state, state.cited_by[0], self._watch):
            shown += f" {archived_html(copy.address, self._language)}"
        return f'<span class="rg-beside">{shown}</span>'

    def _in_note(self, state: LinkState) -> tuple[str, str]:
        copy = copy_of(state, state.cited_by[0], self._watch)
        before = ""
        if state.replaced_by and href(state.replaced_by):
            said = self._language.say_html("Now to be read at {address}.", address=outside_link(state.replaced_by))
            before = f'<span class="rg-copy">{said}</span> '
        if state.verdict.is_gone and copy:
            before += f'<a class="rg-copy" href="{attribute(copy.address)}" {EXTERNAL}>{self._words(copy)}</a>. '
        if before:
            before += f'<span class="rg-detail">{self._language.say_html("Original address:")}</span> '
        shown = None if state.verdict.is_gone or not copy else copy.address
        return before, f" {verdict_html(state, shown, language=self._language)}"

    def _words(self, copy: Copy) -> str:
        language = self._language
        if copy.day is None:
            return language.say_html("Archived copy")
        day = day_time(copy.day, language)
        if self._day is None:
            return language.say_html("Archived copy, {day}", day=day)
        apart = (copy.day - self._day).days
        if not apart:
            return language.say_html("Archived copy, {day} (the day of this brief)", day=day)
        if apart > 0:
            return language.say_n_html(
                "Archived copy, {day} ({n} day after this brief)",
                "Archived copy, {day} ({n} days after this brief)",
                apart,
                day=day,
            )
        return language.say_n_html(
            "Archived copy, {day} ({n} day before this brief)",
            "Archived copy, {day} ({n} days before this brief)",
            -apart,
            day=day,
        )


def _day(address: str, watch: Watch) -> date | None:
    url = parse_url(address)
    memento = read_memento(url, watch.copy_hosts) if url else None
    return memento.time.date() if memento and memento.time else None
