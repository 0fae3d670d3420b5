"""Notes that stand whole in the text: `^[An inline note.]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regesta.model.markup import Event, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_inline_note", "with_inline_notes"]

_LETTERS = re.compile(r"[^\W\d_]{2}|[^\W\d_\x00-\u2e7f]")
_CHARACTER_CLASS = re.compile(r"(?:\\?\w-\\?\w|\\\w|[-_.+*^$|]){1,40}")


def is_inline_note(words: str, labels: frozenset[str] | set[str] = frozenset()) -> bool:
    """Say whether `^[words]` is meant as a note, and not as the label of one, a number or a pattern.

    >>> is_inline_note("See the tender."), is_inline_note("2a", {"2a"}), is_inline_note("a-z"), is_inline_note("10")
    (True, False, False, False)
    """
    words = words.strip()
    return (
        _LETTERS.search(words) is not None
        and not words.startswith("^")
        and words.casefold() not in labels
        and _CHARACTER_CLASS.fullmatch(words) is None
    )


def with_inline_notes(events: Sequence[Event], source: bytes, base: int) -> list[Event]:
    """Make of each `^[words]` a reference and its note, at the place where it stands.

    Within the words of a link it is none, as no note is. `source` are the bytes of the text, `base` their offset.
    """
    brackets = _brackets(events)
    labels = {value for kind, _, _, value in events if kind is Kind.NOTE or kind is Kind.REFERENCE}
    folded = {label.casefold() for label in labels}
    numbers = [int(label) for label in labels if label.isascii() and label.isdigit()]
    # Where the author's labels are words, which are counted for readers, so is this one.
    stem = "" if numbers or not labels else "inline-"
    number = max(numbers, default=0)
    found: list[Event] = []
    index, depth = 0, 0
    while index < len(events):
        event = events[index]
        kind, start, end, value = event
        depth += (kind in _NO_NOTES) - (kind - 1 in _NO_NOTES)
        begins = kind is Kind.TEXT and not depth and value.endswith("^") and not _is_escaped(source, end - 1 - base)
        close = brackets.get(index + 1) if begins and events[index + 1][1] == end else None
        inner = events[index + 2 : close] if close else ()
        if close is None or not is_inline_note(_words(inner), folded):
            found.append(event)
            index += 1
            continue
        number += 1
        label = f"{stem}{number}"
        caret, stop = end - 1, events[close][2]
        if value[:-1]:
            found.append((Kind.TEXT, start, caret, value[:-1]))
        first, last = events[index + 1][2], events[close][1]
        found += [
            (Kind.REFERENCE, caret, stop, label),
            (Kind.INLINE_NOTE, caret, stop, label),
            (Kind.PARAGRAPH, first, last, None),
            *inner,
            (Kind.PARAGRAPH_END, first, last, None),
            (Kind.INLINE_NOTE_END, caret, stop, None),
        ]
        index = close + 1
    return found


_NO_NOTES = frozenset({Kind.LINK, Kind.IMAGE, Kind.CODE_BLOCK, Kind.HTML_BLOCK})
_WITHIN = frozenset({Kind.EMPHASIS, Kind.STRONG, Kind.LINK, Kind.IMAGE})
_IN_LINE = frozenset({Kind.CODE, Kind.SOFT_BREAK, Kind.HARD_BREAK, Kind.REFERENCE, Kind.INLINE_HTML})


def _brackets(events: Sequence[Event]) -> dict[int, int]:
    """Pair the brackets of each block of text that lie within the same element, by the indices of their events."""
    pairs: dict[int, int] = {}
    opened: list[list[int]] = [[]]
    for index, (kind, _, _, value) in enumerate(events):
        if kind is Kind.TEXT:
            if value == "[":
                opened[-1].append(index)
            elif value == "]" and opened[-1]:
                pairs[opened[-1].pop()] = index
        elif kind in _WITHIN:
            opened.append([])
        elif kind - 1 in _WITHIN:
            opened.pop()
        elif kind not in _IN_LINE:
            opened = [[]]
    return pairs


def _is_escaped(source: bytes, at: int) -> bool:
    before = source[max(at - 99, 0) : at]
    return (len(before) - len(before.rstrip(b"\\"))) % 2 == 1


def _words(events: Sequence[Event]) -> str:
    return "".join(
        value if kind in {Kind.TEXT, Kind.CODE} else " " for kind, _, _, value in events if kind not in _WITHIN
    )
