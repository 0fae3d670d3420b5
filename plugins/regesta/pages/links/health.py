"""The health of an archive's links: what answers, and what waits for somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.link_forms import LinkForm, url_meant
from regesta.model.verdicts import Verdict
from regesta.model.watch import Tally
from regesta.pages.languages.language import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regesta.model.archive import Entry
    from regesta.model.cited_links import CitedLink
    from regesta.model.decisions import Decision
    from regesta.model.link_states import LinkState
    from regesta.pages.site import Site

__all__ = ["Health", "MisshapenLink", "Queue", "decision_on", "read_health"]

NEWLY = timedelta(days=31)
"""How long before the last audit a link has died that counts as newly dead."""


class Queue(NamedTuple):
    """Addresses that wait for the same thing."""

    id: str
    title: str
    """In English: a message, as the next is."""
    says: str
    """What to do about them, in a sentence."""
    states: tuple[LinkState, ...]


class MisshapenLink(NamedTuple):
    """A link that leads nowhere as it is written."""

    entry: Entry
    link: CitedLink


class Health(NamedTuple):
    """What the health page says."""

    tally: Tally
    in_notes_only: bool
    """Whether all links stand in footnotes."""
    queues: tuple[Queue, ...]
    """Empty before the first audit."""
    misshapen: tuple[MisshapenLink, ...]
    defanged: tuple[MisshapenLink, ...]
    """Links that were made harmless on purpose; those that nobody has decided about stand first."""


def read_health(site: Site) -> Health:
    """Sort the links of the briefs by what they need."""
    links = [(entry, link) for entry in site.archive.shown for link in entry.cited]
    states = site.states
    return Health(
        tally=Tally.of_states(states),
        in_notes_only=all(link.note is not None for _, link in links),
        queues=_queues(site, states) if site.watch.is_kept else (),
        misshapen=tuple(MisshapenLink(*pair) for pair in links if pair[1].form in _MISSHAPEN),
        defanged=_defanged(site, links),
    )


def _defanged(site: Site, links: Sequence[tuple[Entry, CitedLink]]) -> tuple[MisshapenLink, ...]:
    found = [MisshapenLink(entry, link) for entry, link in links if link.form is LinkForm.DEFANGED]
    return tuple(sorted(found, key=lambda one: decision_on(site, one.link) is not None))


def decision_on(site: Site, link: CitedLink) -> Decision | None:
    """Give what people have decided about an address, as it is meant."""
    url = link.url or url_meant(link.raw)
    return site.watch.decisions.on(url) if url else None


_MISSHAPEN = frozenset({LinkForm.MALFORMED, LinkForm.DAMAGED, LinkForm.EMPTY})
_DOUBTFUL = frozenset({Verdict.FAILING, Verdict.INSECURE, Verdict.UNREACHABLE})


def _queues(site: Site, states: Sequence[LinkState]) -> tuple[Queue, ...]:
    last = site.watch.last_audit
    since = (last.at.date() if last else max((s.since for s in states if s.since), default=None)) or None
    start = since - NEWLY if since else None

    def is_new(state: LinkState) -> bool:
        return state.verdict.is_gone and bool(start and state.since and state.since >= start)

    def needs(state: LinkState) -> bool:
        return state.verdict.is_gone and not state.is_archived and not state.replaced_by

    return (
        _queue(
            "needs-you",
            phrase("Needs you"),
            phrase("The page is gone, and no archived copy is known. Look for a copy or for another source."),
            states,
            needs,
        ),
        _queue(
            "newly-dead",
            phrase("Newly dead"),
            phrase(
                "Gone within the month before the last audit. A copy or another address is known; "
                "readers are led to it."
            ),
            states,
            lambda state: is_new(state) and not needs(state),
        ),
        _queue(
            "moved",
            phrase("Moved"),
            phrase(
                "The page has another address now. Readers still arrive; write the new address before the old one ends."
            ),
            states,
            lambda state: state.verdict is Verdict.MOVED,
        ),
        _queue(
            "in-doubt",
            phrase("In doubt"),
            phrase(
                "Failing and not yet confirmed, insecure, or without an answer. "
                "Nothing is to be done until it is certain."
            ),
            states,
            lambda state: state.verdict in _DOUBTFUL,
        ),
        _queue(
            "restricted",
            phrase("Not checkable"),
            phrase("A program is turned away; a person may well see the page. These never count as dead."),
            states,
            lambda state: state.is_uncheckable,
        ),
    )


def _queue(
    name: str, title: str, says: str, states: Sequence[LinkState], belongs: Callable[[LinkState], bool]
) -> Queue:
    """Take those that belong, what the latest brief cites first."""
    found = [state for state in states if belongs(state)]
    found.sort(key=lambda state: state.written)
    found.sort(
        key=lambda state: max(cited.date.sort_key if cited.date else (0, 0, 0, "") for cited in state.cited_by),
        reverse=True,
    )
    return Queue(name, title, says, tuple(found))
