"""The body of a brief as HTML, written from the events of its markup."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.anchors import HeadingIds
from regesta.model.markup import DEPTH_LIMIT, Kind, LinkTarget
from regesta.pages.html import attribute, text
from regesta.pages.sheet import Contents
from regesta.pages.writing.heading_writer import heading_plan
from regesta.pages.writing.link_writer import (
    Mark,
    Places,
    bare,
    bare_marks,
    image_html,
    inside_address,
    link_html,
    outside_html,
)
from regesta.pages.writing.notes_writer import NotesWriter
from regesta.pages.writing.raw_html import inline_tag, sanitised_block, sanitised_inline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regesta.model.briefs import Document
    from regesta.pages.languages.language import Language
    from regesta.pages.writing.brief_links import BriefLinks

__all__ = ["BodyHtml", "write_body"]


class BodyHtml(NamedTuple):
    """The body of a brief, its notes apart."""

    body: str
    notes: str
    """The list of notes, or nothing."""
    contents: tuple[Contents, ...]


def write_body(
    document: Document,
    marks: Sequence[Mark],
    places: Places,
    *,
    title: str = "",
    brief_links: BriefLinks | None = None,
) -> BodyHtml:
    """Write a document's body and its notes. A first heading that repeats `title` is left out.

    `brief_links` says what stands beside links; without it they stand alone.
    """
    writer = _Writer(document, [*marks, *bare_marks(document, places, brief_links)], places, title, brief_links)
    if document.body.too_deep is not None:
        return BodyHtml(f'<p class="rg-refused">{text(_too_deep(places.language))}</p>', "", ())
    handlers = writer.handlers()
    for kind, start, end, value in document.events:
        handlers[kind](start, end, value)
    return BodyHtml("".join(writer.body), writer.notes(), tuple(writer.contents))


def _too_deep(language: Language) -> str:
    return language.say(
        "This text is not shown: its lists or quotations nest deeper than {limit} levels.", limit=DEPTH_LIMIT
    )


def _permalink(identifier: str, words: str) -> str:
    return f'<a class="headerlink" href="#{identifier}" title="{words}" aria-label="{words}">¶</a>'


class _Cut(NamedTuple):
    """A byte of the source at which a mark opens or closes. One closes before the next opens."""

    at: int
    opens: bool
    html: str


def _cuts(marks: Sequence[Mark]) -> list[_Cut]:
    return sorted(
        cut
        for mark in marks
        for cut in (_Cut(mark.start, True, mark.opening), _Cut(mark.end, False, mark.closing))  # noqa: FBT003
    )


class _Writer:
    """Turns events into HTML. One method an event."""

    def __init__(
        self, document: Document, marks: list[Mark], places: Places, title: str, brief_links: BriefLinks | None
    ) -> None:
        self.body: list[str] = []
        self.contents: list[Contents] = []
        self._out = self.body
        self._defanged = {link.outer.start for link in document.links if link.style == "code"}
        self._brief_links = brief_links
        self._notes = NotesWriter(document.footnotes, brief_links.dead if brief_links else {}, places.language)
        self._to_paragraph = attribute(places.language.say("Link to this paragraph"))
        self._to_section = attribute(places.language.say("Link to this section"))
        self._note_html: dict[str, list[str]] = {}
        self._document = document
        self._places = places
        self._path = document.path
        self._cuts = _cuts(marks)
        self._next = 0
        self._numbers = {block.span.start: block.number for block in reversed(document.body.blocks) if block.number}
        self._ids = HeadingIds()
        self._closings: list[str] = []
        self._image = 0
        self._image_words: list[str] = []
        self._link_closings: list[str] = []
        self._alignments: tuple[str, ...] = ()
        self._column = 0
        self._cell_tag = "td"
        self._block_from = 0
        self._raw = False
        self._raw_closings: list[str] = []
        self._around: list[tuple[list[str], int, bool, list[str]]] = []
        self._html_parts: list[str] = []
        self._headings = heading_plan(document, title)
        self._heading = 0

    def handlers(self) -> list[Callable[[int, int, object], None]]:
        table: dict[Kind, Callable[..., None]] = {
            Kind.TEXT: self._text,
            Kind.CODE: self._code,
            Kind.SOFT_BREAK: self._soft_break,
            Kind.HARD_BREAK: self._hard_break,
            Kind.RULE: self._rule,
            Kind.REFERENCE: self._reference,
            Kind.INLINE_HTML: self._inline_html,
            Kind.HTML: self._html,
            Kind.PARAGRAPH: self._paragraph,
            Kind.PARAGRAPH_END: self._block_end,
            Kind.HEADING: self._start_heading,
            Kind.HEADING_END: self._end_heading,
            Kind.LINK: self._link,
            Kind.LINK_END: self._link_end,
            Kind.IMAGE: self._start_image,
            Kind.IMAGE_END: self._end_image,
            Kind.NOTE: self._note,
            Kind.NOTE_END: self._note_end,
            Kind.INLINE_NOTE: self._inline_note,
            Kind.INLINE_NOTE_END: self._inline_note_end,
            Kind.LIST: self._list,
            Kind.CODE_BLOCK: self._code_block,
            Kind.HTML_BLOCK: self._html_block,
            Kind.HTML_BLOCK_END: self._html_block_end,
            Kind.TABLE: self._table,
            Kind.TABLE_END: self._table_end,
            Kind.CELL_END: self._block_end,
            Kind.ITEM_END: self._block_end,
            Kind.TABLE_HEAD: self._table_head,
            Kind.TABLE_ROW: self._table_row,
            Kind.CELL: self._start_cell,
        }
        table[Kind.EMPHASIS] = self._tag("<em>", "</em>")
        table[Kind.STRONG] = self._tag("<strong>", "</strong>")
        table[Kind.QUOTE] = self._tag("<blockquote>\n", "</blockquote>\n")
        table[Kind.ITEM] = self._item
        for kind in Kind:
            table.setdefault(kind, self._close)
        return [table[kind] for kind in Kind]

    # Text, and the marks in it

    def _text(self, start: int, end: int, value: str) -> None:
        if self._image:
            self._image_words.append(value)
        elif self._next < len(self._cuts) and self._cuts[self._next].at <= end:
            self._cut_text(start, end, value)
        else:
            self._out.append(escape(value, quote=False))

    def _cut_text(self, start: int, end: int, value: str) -> None:
        """Write text in which marks open or close. What the source has as an entity cannot be cut."""
        source = value.encode()
        whole = len(source) != end - start
        at = start
        while self._next < len(self._cuts):
            cut = self._cuts[self._next]
            if cut.at > end or (cut.opens and cut.at == end):
                break
            stop = (start if cut.opens else end) if whole else cut.at
            if stop > at:
                self._piece(source, value, whole=whole, start=at - start, end=stop - start)
                at = stop
            self._out.append(cut.html)
            self._next += 1
        if at < end:
            self._piece(source, value, whole=whole, start=at - start, end=end - start)

    def _piece(self, source: bytes, value: str, *, whole: bool, start: int, end: int) -> None:
        piece = value if whole else source[start:end].decode("utf-8", "replace")
        self._out.append(escape(piece, quote=False))

    def _soft_break(self, _start: int, _end: int, _value: object) -> None:
        if self._image:
            self._image_words.append(" ")
        else:
            self._out.append("\n")

    def _hard_break(self, _start: int, _end: int, _value: object) -> None:
        self._out.append("<br>\n")

    def _code(self, start: int, _end: int, value: str) -> None:
        if self._image:
            self._image_words.append(value)
        elif start in self._defanged:
            opening, closing = outside_html(value.strip(), self._places)
            self._out.append(f"{opening}{text(value)}{closing}")
        else:
            self._out.append(f"<code>{text(value)}</code>")

    def _rule(self, _start: int, _end: int, _value: object) -> None:
        self._out.append("<hr>\n")

    # Containers

    def _tag(self, opening: str, closing: str) -> Callable[[int, int, object], None]:
        def start(_start: int, _end: int, _value: object) -> None:
            if not self._image:
                self._out.append(opening)
                self._closings.append(closing)
            else:
                self._closings.append("")

        return start

    def _close(self, _start: int, _end: int, _value: object) -> None:
        self._out.append(self._closings.pop())

    def _open_block(self, start: int, tag: str, closing: str) -> None:
        """Open a block of text; its number is its address."""
        number = self._numbers.get(start, 0)
        self._out.append(f'<{tag} id="p-{number}">' if number else f"<{tag}>")
        self._closings.append(closing)
        self._block_from = len(self._out)

    def _block_end(self, _start: int, _end: int, _value: object) -> None:
        if self._raw:
            self._out += reversed(self._raw_closings)
            self._raw_closings.clear()
            self._out[self._block_from :] = [sanitised_inline("".join(self._out[self._block_from :]))]
            self._raw = False
        self._out.append(self._closings.pop())

    def _paragraph(self, start: int, _end: int, _value: object) -> None:
        number = self._numbers.get(start, 0) if self._out is self.body else 0
        if number:
            self._open_block(start, "p", f"{_permalink(f'p-{number}', self._to_paragraph)}</p>\n")
        else:
            self._open_block(-1, "p", "</p>\n")

    def _item(self, start: int, _end: int, _value: object) -> None:
        self._open_block(start, "li", "</li>\n")

    def _list(self, _start: int, _end: int, first: int | None) -> None:
        if first is None:
            opening, closing = "<ul>\n", "</ul>\n"
        else:
            opening, closing = ("<ol>\n" if first == 1 else f'<ol start="{first}">\n'), "</ol>\n"
        self._out.append(opening)
        self._closings.append(closing)

    def _start_heading(self, _start: int, _end: int, _level: int) -> None:
        level, words = self._headings[self._heading]
        self._heading += 1
        if not level:  # it repeats the title
            self._image += 1
            self._closings.append("")
            return
        identifier = self._ids.of(words)
        self.contents.append(Contents(level, identifier, words))
        self._out.append(f'<h{level} id="{identifier}">')
        self._block_from = len(self._out)
        self._closings.append(f"{_permalink(identifier, self._to_section)}</h{level}>\n")

    def _end_heading(self, start: int, end: int, value: object) -> None:
        if not self._closings[-1]:
            self._image -= 1
            self._image_words.clear()
        self._block_end(start, end, value)

    def _code_block(self, _start: int, _end: int, info: str) -> None:
        language = "".join(char for char in info.partition(" ")[0] if char.isalnum() or char in "+-#")
        self._out.append(f'<pre><code class="language-{attribute(language)}">' if language else "<pre><code>")
        self._closings.append("</code></pre>\n")

    # Tables

    def _table(self, _start: int, _end: int, alignments: tuple[str, ...]) -> None:
        self._alignments = alignments
        self._out.append("<table>\n")

    def _table_end(self, _start: int, _end: int, _value: object) -> None:
        self._out.append("</tbody>\n</table>\n" if self._cell_tag == "td" else "</table>\n")

    def _table_head(self, _start: int, _end: int, _value: object) -> None:
        self._out.append("<thead>\n<tr>\n")
        self._closings.append("</tr>\n</thead>\n")
        self._column, self._cell_tag = 0, "th"

    def _table_row(self, _start: int, _end: int, _value: object) -> None:
        self._out.append("<tbody>\n<tr>\n" if self._cell_tag == "th" else "<tr>\n")
        self._closings.append("</tr>\n")
        self._column, self._cell_tag = 0, "td"

    def _start_cell(self, start: int, _end: int, _value: object) -> None:
        alignment = self._alignments[self._column] if self._column < len(self._alignments) else "None"
        self._column += 1
        tag = self._cell_tag
        self._open_block(start, tag, f"</{tag}>\n")
        if alignment != "None":
            self._out[-1] = f'{self._out[-1][:-1]} class="rg-{alignment.lower()}">'

    # Links and images

    def _link(self, _start: int, _end: int, target: LinkTarget) -> None:
        address = f"mailto:{target.destination}" if target.style == "Email" else target.destination
        opening, closing = ("", "") if self._image else link_html(address, self._path, self._places)
        if target.style == "Autolink":
            opening = bare(opening)
        if opening:
            opening, closing = self._with_verdict(address, opening, closing)
        self._out.append(opening)
        self._link_closings.append(closing)

    def _link_end(self, _start: int, _end: int, _value: object) -> None:
        self._out.append(self._link_closings.pop())

    def _with_verdict(self, address: str, opening: str, closing: str) -> tuple[str, str]:
        if self._brief_links is None:
            return opening, closing
        before, behind = self._brief_links.beside(address, in_note=self._out is not self.body)
        return before + opening, closing + behind

    def _start_image(self, _start: int, _end: int, target: LinkTarget) -> None:
        self._image += 1
        self._closings.append(target.destination)

    def _end_image(self, _start: int, _end: int, _value: object) -> None:
        address = self._closings.pop()
        self._image -= 1
        if self._image:
            return
        words = "".join(self._image_words)
        self._image_words.clear()
        is_linked = any(self._link_closings)
        self._out.append(image_html(address, words, self._path, self._places, is_linked=is_linked))

    # Notes

    def _reference(self, _start: int, _end: int, label: str) -> None:
        if not self._image:
            self._out.append(self._notes.reference(label))

    def _note(self, _start: int, _end: int, label: str) -> None:
        self._out = []
        self._note_html.setdefault(label, self._out)
        self._closings.append("")

    def _note_end(self, _start: int, _end: int, _value: object) -> None:
        self._closings.pop()
        self._out = self.body

    def _inline_note(self, _start: int, _end: int, label: str) -> None:
        """Write a note that stands in the text: what was being written waits."""
        self._around.append((self._out, self._block_from, self._raw, self._raw_closings))
        self._raw, self._raw_closings = False, []
        self._out = []
        self._note_html.setdefault(label, self._out)

    def _inline_note_end(self, _start: int, _end: int, _value: object) -> None:
        self._out, self._block_from, self._raw, self._raw_closings = self._around.pop()

    def notes(self) -> str:
        """Give the list of notes."""
        return self._notes.listing(self._note_html)

    # Raw HTML

    def _inline_html(self, _start: int, _end: int, value: str) -> None:
        if self._image:
            return
        self._raw = True
        self._out.append(inline_tag(value, self._outside, self._raw_closings))

    def _outside(self, address: str) -> tuple[str, str]:
        return self._with_verdict(address, *link_html(address, self._path, self._places))

    def _inside(self, address: str) -> str | None:
        return inside_address(address, self._path, self._places)

    def _bare(self, address: str) -> tuple[str, str]:
        opening, closing = outside_html(address, self._places)
        return self._with_verdict(address, bare(opening), closing)

    def _html_block(self, _start: int, _end: int, _value: object) -> None:
        self._html_parts = []
        self._closings.append("")

    def _html(self, _start: int, _end: int, value: str) -> None:
        self._html_parts.append(value)

    def _html_block_end(self, _start: int, _end: int, _value: object) -> None:
        self._closings.pop()
        self._out.append(sanitised_block("".join(self._html_parts), self._inside, self._bare))
