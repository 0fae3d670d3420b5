"""The body of a text, read once from its markup: blocks, headings, notes, references, and where links stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.blocks import Block, BlockKind, Run
from regesta.model.markup import DEPTH_LIMIT, Event, Kind, LinkTarget
from regesta.model.raw_html import PLACEHOLDER
from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Body", "Code", "Heading", "Linked", "NoteDefinition", "Reference", "read_body"]


_LONGEST_RUN = 4096
"""Characters of a run; a paragraph rarely has a thousand."""


class Heading(NamedTuple):
    """A heading of the body, in order."""

    level: int
    text: str
    block: int
    """Index of its block."""


class Reference(NamedTuple):
    """A place in the text that points to a note."""

    label: str
    span: Span
    block: int
    """Index of its block; -1 when it stands in none."""
    char: int
    """Where it stands in the text of the block."""
    note: str | None
    """Label of the note in which it stands itself."""


class NoteDefinition(NamedTuple):
    """A `[^label]:` and what follows it."""

    label: str
    span: Span


class Linked(NamedTuple):
    """A link as the markup has it, not judged yet."""

    target: LinkTarget
    span: Span
    """Of the whole link, its words and brackets included."""
    words_end: int
    """First byte after its last child: from here on its destination is looked for."""
    words: str
    block: int
    note: str | None
    is_image: bool


class Code(NamedTuple):
    """A code span within a note, where an address may stand that nobody is to click."""

    text: str
    span: Span
    """With its backticks."""
    block: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What the body of a text consists of, in reading order."""

    span: Span
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    notes: tuple[NoteDefinition, ...]
    """All definitions, a second one of a label too."""
    linked: tuple[Linked, ...]
    codes: tuple[Code, ...]
    html: tuple[tuple[Span, str | None], ...]
    """Raw HTML, with the label of the note in which it stands."""
    code: tuple[Span, ...]
    """Blocks of code."""
    covered: tuple[Span, ...]
    """The blocks of the top level: what lies between them is blank or a definition."""
    cuts: frozenset[int]
    """Where emphasis, a `<wbr>` or a placeholder such as `<id>` begins right behind text.

    An address that ends there may have been cut in two.
    """
    rows: tuple[tuple[Span, str | None], ...] = ()
    """What stands in the row of a table behind the last cell that is read, with the label of the note."""
    too_deep: int | None = None
    """Where containers nest deeper than `DEPTH_LIMIT`; nothing after it was read."""


def read_body(events: Iterable[Event], span: Span) -> Body:
    """Walk through the events of a text that stands at `span` of its file."""
    reader = _Reader()
    handlers = reader.handlers()
    for kind, start, end, value in events:
        handlers[kind](start, end, value)
        if reader.too_deep is not None:
            break
    return Body(
        span=span,
        blocks=tuple(reader.blocks),
        headings=tuple(reader.headings),
        references=tuple(reader.references),
        notes=tuple(reader.notes),
        linked=tuple(reader.linked),
        codes=tuple(reader.codes),
        html=tuple(reader.html),
        code=tuple(reader.code),
        covered=tuple(reader.covered),
        cuts=frozenset(reader.cuts),
        rows=tuple(reader.rows),
        too_deep=reader.too_deep,
    )


_PLACEHOLDER = re.compile(PLACEHOLDER, re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br[\s/>]", re.IGNORECASE)
_new_tuple = tuple.__new__
"""Makes a named tuple at half the price: an archive of 20,000 briefs has five million runs."""


class _Collected(NamedTuple):
    """What was collected of a block when a note began in it."""

    kind: BlockKind
    span: Span
    parts: list[str]
    runs: list[Run]
    barriers: list[int]
    closed: list[tuple[int, int]]
    size: int
    note: str | None


class _Reader:
    """Collects what the events say. One method an event, so that the walk is one table look-up a step."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.headings: list[Heading] = []
        self.references: list[Reference] = []
        self.notes: list[NoteDefinition] = []
        self.linked: list[Linked] = []
        self.codes: list[Code] = []
        self.html: list[tuple[Span, str | None]] = []
        self.code: list[Span] = []
        self.covered: list[Span] = []
        self.cuts: list[int] = []
        self.rows: list[tuple[Span, str | None]] = []
        self._cell_end = 0
        self.too_deep: int | None = None
        self._depth = 0
        self._containers: list[Kind] = []
        self._note: str | None = None
        self._number = 0
        self._level = 0
        self._in_code = False
        self._image = 0
        self._links: list[tuple[LinkTarget, Span, int, int, bool]] = []
        self._last_end = 0
        self._index = 0
        """Index of the block that is being collected."""
        self._around: list[_Collected] = []
        self._inner: list[Block] = []
        """Blocks of inline notes, which follow the block in which they stand."""
        self._new_block(BlockKind.PARAGRAPH, Span(0, 0))

    def handlers(self) -> list[Callable[[int, int, object], None]]:
        table: dict[Kind, Callable[..., None]] = dict.fromkeys(Kind, self._open)
        table |= {kind: self._close for kind in Kind if kind.name.endswith("_END")}
        table |= dict.fromkeys((Kind.EMPHASIS, Kind.STRONG), self._on_mark)
        table |= dict.fromkeys((Kind.EMPHASIS_END, Kind.STRONG_END), self._on_mark_end)
        table |= {
            Kind.TEXT: self._on_text,
            Kind.SOFT_BREAK: self._on_break,
            Kind.HARD_BREAK: self._on_break,
            Kind.CODE: self._on_code,
            Kind.REFERENCE: self._on_reference,
            Kind.INLINE_HTML: self._on_inline_html,
            Kind.HTML: self._on_html,
            Kind.RULE: self._on_rule,
            Kind.PARAGRAPH: self._on_paragraph,
            Kind.PARAGRAPH_END: self._on_block_end,
            Kind.HEADING: self._on_heading,
            Kind.HEADING_END: self._on_block_end,
            Kind.LINK: self._on_link,
            Kind.LINK_END: self._on_link_end,
            Kind.IMAGE: self._on_image,
            Kind.IMAGE_END: self._on_link_end,
            Kind.NOTE: self._on_note,
            Kind.NOTE_END: self._on_note_end,
            Kind.INLINE_NOTE: self._on_inline_note,
            Kind.INLINE_NOTE_END: self._on_inline_note_end,
            Kind.CELL: self._on_cell,
            Kind.TABLE_ROW_END: self._on_row_end,
            Kind.CODE_BLOCK: self._on_code_block,
            Kind.CODE_BLOCK_END: self._on_code_block_end,
        }
        return [table[kind] for kind in Kind]

    # Containers

    def _new_block(self, kind: BlockKind, span: Span) -> None:
        self._kind, self._span = kind, span
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._barriers: list[int] = []
        self._closed: list[tuple[int, int]] = []
        self._size = 0

    def _open(self, start: int, end: int, _value: object) -> None:
        if self._parts:
            self._flush(start)
        if self._depth == 0:
            self.covered.append(Span(start, end))
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            self.too_deep = start
        self._kind, self._span = BlockKind.ITEM, Span(start, end)

    def _close(self, _start: int, end: int, _value: object) -> None:
        if self._parts:
            self._flush(end)
        self._depth -= 1

    def _on_rule(self, start: int, end: int, _value: object) -> None:
        if self._depth == 0:
            self.covered.append(Span(start, end))

    def _on_paragraph(self, start: int, end: int, _value: object) -> None:
        self._open(start, end, None)
        self._kind = BlockKind.PARAGRAPH

    def _on_heading(self, start: int, end: int, level: int) -> None:
        self._open(start, end, None)
        self._kind, self._level = BlockKind.HEADING, level

    def _on_block_end(self, _start: int, end: int, _value: object) -> None:
        self._flush(end)
        self._depth -= 1

    def _on_row_end(self, _start: int, end: int, _value: object) -> None:
        if end > self._cell_end + len("|\n"):
            self.rows.append((Span(self._cell_end, end), self._note))

    def _on_cell(self, start: int, end: int, _value: object) -> None:
        self._cell_end = end
        self._open(start, end, None)
        self._kind = BlockKind.CELL

    def _on_note(self, start: int, end: int, label: str) -> None:
        self._open(start, end, None)
        self._note = label
        self.notes.append(NoteDefinition(label, Span(start, end)))

    def _on_note_end(self, start: int, end: int, value: object) -> None:
        self._close(start, end, value)
        self._note = None

    def _on_inline_note(self, start: int, end: int, label: str) -> None:
        self._around.append(
            _Collected(
                self._kind, self._span, self._parts, self._runs, self._barriers, self._closed, self._size, self._note
            )
        )
        self._index = len(self.blocks) + 1 + len(self._inner)
        self._note = label
        self.notes.append(NoteDefinition(label, Span(start, end)))
        self._new_block(BlockKind.PARAGRAPH, Span(start, end))

    def _on_inline_note_end(self, _start: int, end: int, _value: object) -> None:
        around = self._around.pop()
        self._kind, self._span, self._parts, self._runs, self._barriers, self._closed, self._size, self._note = around
        self._index = len(self.blocks)
        self._last_end = end

    def _on_code_block(self, start: int, end: int, value: object) -> None:
        self._open(start, end, value)
        self.code.append(Span(start, end))
        self._in_code = True

    def _on_code_block_end(self, start: int, end: int, value: object) -> None:
        self._in_code = False
        self._close(start, end, value)

    def _flush(self, end: int) -> None:
        """End the block of text that is being collected, if there is one."""
        if not self._parts and self._kind is not BlockKind.HEADING and not self._inner:
            return
        kind, span, text = self._kind, self._span, "".join(self._parts)
        number = 0
        if self._note is None:
            self._number = number = self._number + 1
        if kind is BlockKind.HEADING:
            self.headings.append(Heading(self._level, text, len(self.blocks)))
        blocks = self._inner if self._around else self.blocks
        blocks.append(
            Block(
                kind,
                Span(span.start, max(min(span.end, end), span.start)),
                text,
                number,
                len(self.headings),
                self._note,
                tuple(self._runs),
                tuple(self._barriers),
                tuple(self._closed),
            )
        )
        if self._inner and not self._around:
            self.blocks += self._inner
            self._inner.clear()
        self._index = len(self.blocks) + len(self._inner) + bool(self._around)
        self._new_block(BlockKind.ITEM, Span(end, span.end))

    # Inline

    def _on_text(self, start: int, end: int, text: str) -> None:
        if self._in_code or self._image:
            return
        if len(text) > _LONGEST_RUN:
            self._cut(start, end, text)
        else:
            self._runs.append(_new_tuple(Run, (self._size, start, end)))
        self._parts.append(text)
        self._size += len(text)
        self._last_end = end

    def _cut(self, start: int, end: int, text: str) -> None:
        """Note a long stretch in pieces, so that a place in it is found by reading one piece only."""
        if len(text if text.isascii() else text.encode()) != end - start:
            self._runs.append(_new_tuple(Run, (self._size, start, end)))
            return
        for at in range(0, len(text), _LONGEST_RUN):
            piece = text[at : at + _LONGEST_RUN]
            size = len(piece.encode())
            self._runs.append(Run(self._size + at, start, start + size))
            start += size

    def _on_break(self, start: int, end: int, _value: object) -> None:
        if not self._image:
            self._on_text(start, end, " ")

    def _on_code(self, start: int, end: int, text: str) -> None:
        if self._image:
            return
        if self._note is not None:
            self.codes.append(Code(text, Span(start, end), self._index, self._note))
        at = self._size
        self._barriers.append(at)
        self._on_text(start, end, text)
        self._barriers.append(self._size)
        self._closed.append((at, self._size))

    def _on_reference(self, start: int, end: int, label: str) -> None:
        self._barriers.append(self._size)
        self.references.append(Reference(label, Span(start, end), self._index, self._size, self._note))
        self._last_end = end

    def _on_mark(self, start: int, _end: int, _value: object) -> None:
        self._barriers.append(self._size)
        if start == self._last_end and self._parts and not self._parts[-1].endswith((" ", "(")):
            self.cuts.append(start)
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            self.too_deep = start

    def _on_mark_end(self, _start: int, _end: int, _value: object) -> None:
        self._barriers.append(self._size)
        self._depth -= 1

    def _on_inline_html(self, start: int, end: int, value: str) -> None:
        self._barriers.append(self._size)
        if start == self._last_end and (value[:4].lower() == "<wbr" or _PLACEHOLDER.fullmatch(value)):
            self.cuts.append(start)
        self.html.append((Span(start, end), self._note))
        if _LINE_BREAK.match(value):
            self._on_break(start, end, None)

    def _on_html(self, start: int, end: int, _value: object) -> None:
        if self.html and self.html[-1][0].end == start:
            self.html[-1] = (Span(self.html[-1][0].start, end), self._note)
        else:
            self.html.append((Span(start, end), self._note))

    def _on_link(self, start: int, end: int, target: LinkTarget) -> None:
        self._barriers.append(self._size)
        self._links.append((target, Span(start, end), self._size, len(self._parts), False))
        self._last_end = start + 1

    def _on_image(self, start: int, end: int, target: LinkTarget) -> None:
        self._barriers.append(self._size)
        self._links.append((target, Span(start, end), self._size, len(self._parts), True))
        self._image += 1
        self._last_end = start + 2

    def _on_link_end(self, _start: int, end: int, _value: object) -> None:
        target, span, at, part, is_image = self._links.pop()
        if is_image:
            self._image -= 1
        self._barriers.append(self._size)
        if self._size > at:
            while self._closed and self._closed[-1][0] >= at:
                self._closed.pop()  # code among the words
            self._closed.append((at, self._size))
        words = "".join(self._parts[part:])
        self.linked.append(
            Linked(target, span, min(self._last_end, span.end), words, self._index, self._note, is_image)
        )
        self._last_end = end
