"""Markdown as a stream of events with byte positions: the one module that knows the parser."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pyromark

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DEPTH_LIMIT", "Definition", "Event", "Kind", "LinkTarget", "read_definitions", "read_markup"]

DEPTH_LIMIT = 100
"""Containers within containers that a brief may have. Deeper text is refused: sanitising it is quadratic."""

_DIALECT = pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_TABLES


class Kind(IntEnum):
    """What an event is. Containers come as an opening and a closing event."""

    TEXT = 0
    CODE = 1
    SOFT_BREAK = 2
    HARD_BREAK = 3
    RULE = 4
    REFERENCE = 5
    INLINE_HTML = 6
    HTML = 7
    PARAGRAPH = 8
    PARAGRAPH_END = 9
    HEADING = 10
    HEADING_END = 11
    EMPHASIS = 12
    EMPHASIS_END = 13
    STRONG = 14
    STRONG_END = 15
    LINK = 16
    LINK_END = 17
    IMAGE = 18
    IMAGE_END = 19
    NOTE = 20
    NOTE_END = 21
    LIST = 22
    LIST_END = 23
    ITEM = 24
    ITEM_END = 25
    QUOTE = 26
    QUOTE_END = 27
    CODE_BLOCK = 28
    CODE_BLOCK_END = 29
    HTML_BLOCK = 30
    HTML_BLOCK_END = 31
    TABLE = 32
    TABLE_END = 33
    TABLE_HEAD = 34
    TABLE_HEAD_END = 35
    TABLE_ROW = 36
    TABLE_ROW_END = 37
    CELL = 38
    CELL_END = 39
    INLINE_NOTE = 40
    INLINE_NOTE_END = 41


class LinkTarget(NamedTuple):
    """Where a link or an image points."""

    style: str
    """`Inline`, `Autolink`, `Email`, `Reference`, `Collapsed` or `Shortcut`."""
    destination: str
    """After Markdown's own unescaping."""
    title: str


Event: TypeAlias = tuple[Kind, int, int, Any]
"""One step through the text: its kind, its first byte and the one after its last, from the start of the file, and a
value. That is the text of TEXT, CODE and HTML; the label of REFERENCE, NOTE and INLINE_NOTE; the level of HEADING; a
`LinkTarget` of LINK and IMAGE; the first number of LIST, or None for bullets; the info string of CODE_BLOCK; the
alignments of TABLE. (A plain tuple: a brief has hundreds, and an archive of 20,000 briefs twelve million.)"""


def read_markup(text: str, base: int = 0) -> list[Event]:
    """Parse CommonMark with footnotes and tables. `base` is the byte offset of `text` in its file."""
    events: list[Event] = []
    append, constants, contents, starts, ends = events.append, _CONSTANT, _CONTENT, _START, _END
    labels: set[str] = set()
    stream: Iterable[tuple[Any, Any]] = pyromark.events_with_range(text, options=_DIALECT)
    for raw, at in stream:
        start, end = at["start"] + base, at["end"] + base
        if raw.__class__ is str:
            append((constants[raw], start, end, None))
            continue
        for name in raw:  # noqa: B007 - the quickest way to the one key of a dictionary
            break
        value = raw[name]
        kind = contents.get(name)
        if kind is not None:
            append((kind, start, end, value))
            if kind is Kind.REFERENCE:
                labels.add(value)
        elif name == "Start":
            if value.__class__ is str:
                append((starts[value], start, end, None))
            else:
                ((tag, detail),) = value.items()
                if tag == "FootnoteDefinition":
                    labels.add(detail)
                append((starts[tag], start, end, _detail(tag, detail)))
        else:
            append((ends[value if value.__class__ is str else next(iter(value))], start, end, None))
    if any(label != label.lower() for label in labels):
        _unify_labels(events)
    return events


def _unify_labels(events: list[Event]) -> None:
    """Give a reference the label as its definition spells it: the parser matches them whatever their case."""
    defined: dict[str, str] = {}
    for kind, _, _, value in events:
        if kind is Kind.NOTE:
            defined.setdefault(value.casefold(), value)
    for index, (kind, start, end, value) in enumerate(events):
        if kind is Kind.REFERENCE or kind is Kind.NOTE:
            events[index] = (kind, start, end, defined.get(value.casefold(), value))


class Definition(NamedTuple):
    """A `[label]: destination`, which links refer to."""

    label: str
    destination: str
    start: int
    end: int


def read_definitions(text: str, base: int = 0) -> list[Definition]:
    """List the link definitions of a text. Of two with one label only the first is here, as in all of Markdown."""
    return [
        Definition(label, found["dest"], found["span"]["start"] + base, found["span"]["end"] + base)
        for label, found in pyromark.reference_definitions(text, options=_DIALECT).items()
    ]


def _detail(tag: str, detail: Any) -> Any:  # noqa: ANN401 - the parser's own shapes
    if tag in {"Link", "Image"}:
        return LinkTarget(detail["link_type"], detail["dest_url"], detail["title"])
    if tag == "Heading":
        return int(detail["level"][1:])
    if tag == "CodeBlock":
        return detail["Fenced"] if isinstance(detail, dict) else ""
    return detail


_CONSTANT = {"SoftBreak": Kind.SOFT_BREAK, "HardBreak": Kind.HARD_BREAK, "Rule": Kind.RULE}
_CONTENT = {
    "Text": Kind.TEXT,
    "Code": Kind.CODE,
    "FootnoteReference": Kind.REFERENCE,
    "InlineHtml": Kind.INLINE_HTML,
    "Html": Kind.HTML,
}
_START = {
    "Paragraph": Kind.PARAGRAPH,
    "Heading": Kind.HEADING,
    "Emphasis": Kind.EMPHASIS,
    "Strong": Kind.STRONG,
    "Link": Kind.LINK,
    "Image": Kind.IMAGE,
    "FootnoteDefinition": Kind.NOTE,
    "List": Kind.LIST,
    "Item": Kind.ITEM,
    "BlockQuote": Kind.QUOTE,
    "CodeBlock": Kind.CODE_BLOCK,
    "HtmlBlock": Kind.HTML_BLOCK,
    "Table": Kind.TABLE,
    "TableHead": Kind.TABLE_HEAD,
    "TableRow": Kind.TABLE_ROW,
    "TableCell": Kind.CELL,
}
_END = {name: Kind(kind + 1) for name, kind in _START.items()}
