"""What several institutes say of one event, beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.model.archive import Mentioned
from regesta.model.entities import EntityType
from regesta.pages.portions import by_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.model.entities import Entity
    from regesta.model.mentions import Mention

__all__ = ["MOST_VIEWS", "EventView", "event_views"]

MOST_VIEWS = 6
"""Institutes beside each other."""
_BRIEFS = 2
_SENTENCES = 2
"""Of each brief: enough to compare. All of them stand below."""


class EventView(NamedTuple):
    """One institute's view of an event."""

    institute: str
    briefs: int
    mentions: int
    first: tuple[Mentioned, ...]
    """Its earliest briefs that name the event, each with its first sentences."""


def event_views(entity: Entity, mentioned: Sequence[Mentioned]) -> list[EventView]:
    """Give each institute's view of an event, those with the most briefs first; nothing for what is no event."""
    if EntityType.EVENT not in {entity.type, *entity.also}:
        return []
    groups: dict[str, list[Mentioned]] = {}
    for item in mentioned:
        if item.mentions and item.entry.brief.publisher:
            groups.setdefault(item.entry.brief.publisher, []).append(item)
    views = [
        EventView(
            institute,
            len(items),
            sum(len(item.mentions) for item in items),
            tuple(Mentioned(entry=item.entry, mentions=_first(item.mentions)) for item in items[:_BRIEFS]),
        )
        for institute, items in groups.items()
    ]
    return sorted(views, key=lambda view: (-view.briefs, view.institute))


def _first(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Give the mentions of the first sentences."""
    return tuple(mention for group in by_sentence(mentions)[:_SENTENCES] for mention in group)
