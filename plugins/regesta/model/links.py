"""Links with the exact place of their address in the source, in every style that Markdown has."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import replace
from html import unescape
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.bare_addresses import Found, find_addresses, is_scheme_alone, may_hold_address, own_size
from regesta.model.link_forms import Judgement, LinkForm, judge_link
from regesta.model.markup import read_definitions
from regesta.model.raw_html import PLACEHOLDER, read_tags, text_ranges
from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regesta.model.blocks import Block
    from regesta.model.bodies import Body, Linked
    from regesta.model.front_matter import FrontMatter, NamedText
    from regesta.model.raw_html import Tag
    from regesta.model.urls import Url

__all__ = ["Link", "is_remark", "read_front_links", "read_links"]


class Link(NamedTuple):
    """One link of a text."""

    raw: str
    """The exact slice of the source that is the address."""
    span: Span
    """Of `raw`, in bytes of the file."""
    text: str
    """That slice after Markdown's unescaping."""
    style: str
    """`inline`, `autolink`, `reference`, `definition`, `bare`, `code`, `html`, `image`, `front-matter`, or `broken` for
    what Markdown does not read as the link that it is meant to be, such as an address with a space in it."""
    words: str
    """What a reader sees in its place."""
    outer: Span
    """Of the whole link, its words and brackets included."""
    block: int
    """Index of the block of text it stands in."""
    note: str | None
    """Label of the note it stands in."""

    @property
    def judgement(self) -> Judgement:
        """The form, and what it means."""
        return judge_link(self.text)

    @property
    def form(self) -> LinkForm:
        """As judged from the text alone."""
        return judge_link(self.text).form

    @property
    def url(self) -> Url | None:
        """The URL that is meant, where that is certain."""
        return judge_link(self.text).url


def read_links(body: Body, source: bytes, base: int = 0) -> tuple[Body, tuple[Link, ...]]:
    """List every link of a body, in the order of the source. `source` is the body's own bytes, `base` their offset.

    The body comes back with the addresses among its closed ranges: what stands in one is no name, no date, no note.
    """
    links = [*_definition_links(body, source, base)]
    defined = {link.text: link for link in reversed(links)}
    links += [_marked(linked, source, base, defined) for linked in body.linked]
    links += _code_links(body, source, base)
    html = _RawHtml(body, source, base)
    links += _bare_links(body, source, base, html.anchors)
    links += html.links()
    links += _unread_links(body, source, base)
    links.sort(key=lambda link: (link.outer.start, link.outer.end))
    return _with_closed_addresses(body, links, html.anchors), tuple(links)


def _with_closed_addresses(body: Body, links: Sequence[Link], anchors: Sequence[Span]) -> Body:
    """Close the addresses that stand bare in blocks, and the words of links in raw HTML."""
    closed: dict[int, list[tuple[int, int]]] = {}
    for link in links:
        if link.block >= 0 and link.style in _BARE:
            block = body.blocks[link.block]
            closed.setdefault(link.block, []).append((block.char(link.span.start), block.char(link.span.end)))
    for anchor in anchors:
        at = bisect_right(body.blocks, anchor.start, key=lambda block: block.span.start) - 1
        if at >= 0 and anchor.start < body.blocks[at].span.end and body.blocks[at].runs:
            block = body.blocks[at]
            closed.setdefault(at, []).extend(_without_notes(block, anchor))
    if not closed:
        return body
    blocks = list(body.blocks)
    for at, ranges in closed.items():
        blocks[at] = blocks[at]._replace(closed=_disjoint((*blocks[at].closed, *ranges)))
    return replace(body, blocks=tuple(blocks))


_BARE = frozenset({"bare", "broken"})
_NOTE_MARK = re.compile(r"\[\^[^\]\[\s]+\]")


def _without_notes(block: Block, span: Span) -> Iterator[tuple[int, int]]:
    """Give the characters of a stretch without its marks of notes, which stay marks of notes wherever they stand."""
    start, end = block.char(span.start), block.char(span.end)
    for mark in _NOTE_MARK.finditer(block.text, start, end):
        yield start, mark.start()
        start = mark.end()
    yield start, end


def _disjoint(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join ranges that overlap, and put them in order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif start < end:
            joined.append((start, end))
    return tuple(joined)


_STYLES = {"Inline": "inline", "Autolink": "autolink", "Email": "autolink"}


def _marked(linked: Linked, source: bytes, base: int, defined: dict[str, Link]) -> Link:
    target, outer = linked.target, linked.span
    style = "image" if linked.is_image else _STYLES.get(target.style, "reference")
    if target.style == "Inline":
        span = _destination(source, linked.words_end - base, outer.end - base)
    elif style == "autolink":
        span = Span(outer.start - base + 1, outer.end - base - 1)
    elif found := defined.get(target.destination):
        return found._replace(style=style, words=linked.words, outer=outer, block=linked.block, note=linked.note)
    else:
        span = Span(outer.start - base, outer.end - base)
    raw = source[span.start : span.end].decode()
    place = Span(span.start + base, span.end + base)
    return Link(raw, place, target.destination, style, linked.words, outer, linked.block, linked.note)


def _destination(source: bytes, start: int, end: int) -> Span:
    """Find the address in `](address "title")`, which the parser has accepted already."""
    at = source.find(b"](", start, end) + 2
    part = source[at : end - 1]
    lead = len(part) - len(part.lstrip())
    if part[lead : lead + 1] == b"<" and (angle := _ANGLE.match(part, lead)):
        return Span(at + angle.start(1), at + angle.end(1))
    blank = _BLANK.search(part, lead)
    return Span(at + lead, at + (blank.start() if blank else len(part)))


_ANGLE = re.compile(rb"<((?:\\.|[^<>\\\n])*)>")
_BLANK = re.compile(rb"[ \t\r\n]")


def _code_links(body: Body, source: bytes, base: int) -> Iterator[Link]:
    """Find the notes' defanged addresses in code spans: so they are written where other programs would link them."""
    for code in body.codes:
        if judge_link(code.text).form is not LinkForm.DEFANGED or " " in code.text.strip():
            continue
        raw = code.text.strip().encode()
        start = source.find(raw, code.span.start - base, code.span.end - base)
        if start >= 0:
            span = Span(start + base, start + len(raw) + base)
            yield Link(raw.decode(), span, raw.decode(), "code", raw.decode(), code.span, code.block, code.note)


# Definitions. The parser reports the first of a label; a later one leaves no event at all, so the bytes that
# nothing covers are read for them.

_DEFINED = re.compile(rb"^[ \t>*+\-\d.)]{0,99}\[(?!\^)(?:\\.|[^\]\\]){1,999}\]:", re.MULTILINE)
_WHOLE_DEFINITION = re.compile(
    rb"^[ \t>*+\-\d.)]{0,99}(?P<open>\[)(?!\^)(?P<label>(?:\\.|[^\]\\]){1,999})\]:"
    rb"[ \t]*\n?[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>\S+))",
    re.MULTILINE,
)


def _definition_links(body: Body, source: bytes, base: int) -> Iterator[Link]:
    if not _DEFINED.search(source):
        return
    known = sorted(read_definitions(source.decode()), key=lambda definition: definition.start)
    starts = [definition.start for definition in known]
    notes = sorted(body.notes, key=lambda note: note.span)
    covered = _covered(body)
    for match in _WHOLE_DEFINITION.finditer(source):
        # The parser's range may begin behind the indent.
        at = bisect_right(starts, match.end("label")) - 1
        found = known[at] if at >= 0 and match.start() < known[at].end else None
        if found is None and _is_in(covered, match.start("open") + base):
            continue
        part = "angle" if match["angle"] is not None else "plain"
        start, end = match.span(part)
        raw = match[part].decode()
        text = found.destination if found else raw
        outer = Span(match.start("open") + base, match.end() + base)
        at = bisect_right(notes, outer.start, key=lambda note: note.span.start) - 1
        note = notes[at].label if at >= 0 and outer.start < notes[at].span.end else None
        yield Link(raw, Span(start + base, end + base), text, "definition", match["label"].decode(), outer, -1, note)


def is_remark(link: Link) -> bool:
    """Tell a remark that a writer hides in the form of a definition, `[//]: # (a remark)`, from an address."""
    return link.style == "definition" and link.text in {"#", ""} and _REMARK.fullmatch(link.words) is not None


_REMARK = re.compile(r"/{1,2}|comment|remark|note|todo|_|#|\s*", re.IGNORECASE)


def _covered(body: Body) -> list[Span]:
    """Give what is text, link, code or HTML: a definition is none of these. Of one in another the wider counts."""
    spans = [Span(run.start, run.end) for block in body.blocks for run in block.runs]
    spans += [linked.span for linked in body.linked]
    spans += body.code
    spans += (span for span, _ in body.html)
    spans.sort(key=lambda span: (span.start, -span.end))
    reach, outermost = -1, []
    for span in spans:
        if span.end > reach:
            outermost.append(span)
            reach = span.end
    return outermost


def _is_in(spans: Sequence[Span], offset: int) -> bool:
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and offset < spans[at].end


# Bare addresses are no events: they are looked for in the source of each inline run, since their text falls apart
# at brackets, underscores, backslashes and ampersands.


def _bare_links(body: Body, source: bytes, base: int, anchors: Sequence[Span]) -> Iterator[Link]:
    for index, block in enumerate(body.blocks):
        for start, end, is_torn in _bare_ranges(block):
            span = block.source_span(start, end)
            if _is_in(anchors, span.start):
                continue  # the words of an `<a href>`
            text = block.text[start:end]
            is_cut = span.end in body.cuts and (_HOLE.match(source, span.end - base) or _GOES_ON.match(block.text, end))
            if is_cut and not _SCHEME.match(block.text, end):
                raw = _uncut(source, span.start - base, span.end - base)
                span = Span(span.start, span.start + len(raw.encode()))
                text, style = _BREAK.sub("", raw), "broken"
            else:
                raw = source[span.start - base : span.end - base].decode("utf-8", "replace")
                style = "broken" if is_torn else "bare"
            yield Link(raw, span, text, style, text, span, index, block.note)


_GOES_ON = re.compile(r"[/.?#=&%~+-]*[\w/]", re.ASCII)
_SCHEME = re.compile(r"(?:h(?:tt|xx)ps?|ftp):", re.IGNORECASE)
_BREAK = re.compile(r"<wbr\s?/?>", re.IGNORECASE)
_HOLE = re.compile(PLACEHOLDER.encode(), re.IGNORECASE)
_REST = re.compile(rb"(?:<wbr\s?/?>|" + PLACEHOLDER.encode() + rb"|(?!h(?:tt|xx)ps?:)[^\s<>\"])*", re.IGNORECASE)


def _uncut(source: bytes, start: int, end: int) -> str:
    """Give an address whole of which Markdown has taken a part for a mark, or HTML for a place to break the line."""
    rest = _REST.match(source, end)
    raw = source[start : rest.end() if rest else end].decode("utf-8", "replace")
    return raw[: own_size(raw)]


def _bare_ranges(block: Block) -> Iterator[Found]:
    """Find the addresses in the text of a block that is neither link nor code.

    An element ends an address: each stretch between two is read by itself, so that the address behind `<br>` is found.
    """
    for first, text in _open_stretches(block):
        if not may_hold_address(text):
            continue
        for found in find_addresses(text):
            written = text[found.start : found.end]
            if block.note is not None or not is_scheme_alone(written):
                yield Found(first + found.start, first + found.end, found.is_broken)


def _open_stretches(block: Block) -> Iterator[tuple[int, str]]:
    """Give the text between the edges of elements, and where it begins; what stands in links and code is left out."""
    text = block.text
    if not block.barriers:
        yield 0, text
    elif may_hold_address(text):
        edges = sorted({0, *block.barriers, len(text)})
        for start, end in pairwise(edges):
            if end - start >= _SHORTEST and not block.is_closed(start):
                yield start, text[start:end]


_SHORTEST = 6


def _unread_links(body: Body, source: bytes, base: int) -> Iterator[Link]:
    """Find the addresses in the rest of a text that nests too deep to be read."""
    if body.too_deep is not None:
        for span in _addresses_in(source, body.too_deep - base, len(source)):
            yield _plain_link(source, span, base, "broken", None)


_ENTITY = re.compile(r"&(?:#x?[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)


def _with_open_entities(text: str) -> str:
    """Write blanks, quotation marks and angle brackets for the entities that stand for them, as long as these are."""

    def open_(entity: re.Match[str]) -> str:
        char = unescape(entity[0])
        if char.isspace():
            return " " * len(entity[0])
        return '"' * len(entity[0]) if unicodedata.category(char[0]) in _PUNCTUATION or char in '<>"' else entity[0]

    return _ENTITY.sub(open_, text) if "&" in text else text


_PUNCTUATION = frozenset({"Pi", "Pf", "Ps", "Pe", "Cf"})


def _addresses_in(source: bytes, start: int, end: int, *, is_html: bool = False) -> Iterator[Span]:
    """Find the addresses in a stretch of the source as it is written."""
    text = source[start:end].decode("utf-8", "replace")
    if is_html:
        text = _with_open_entities(text)
    if may_hold_address(text):
        done = 0
        for found in find_addresses(text):
            first = start + len(text[done : found.start].encode())
            start = first + len(text[found.start : found.end].encode())
            done = found.end
            yield Span(first, start)


# Raw HTML hides its links from the parser, those in its tags and those that stand bare in its text.

_NAMED = frozenset({"href", "src"})
_ALSO = {
    "form": "action", "object": "data", "video": "poster", "blockquote": "cite", "q": "cite", "ins": "cite",
    "del": "cite",
}  # fmt: skip
_ANCHOR_END = re.compile(rb"</a[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


class _RawHtml:
    """The raw HTML of a body, read once."""

    def __init__(self, body: Body, source: bytes, base: int) -> None:
        self._body, self._source, self._base = body, source, base
        self._tags: list[tuple[Tag, str | None]] = []
        closings: list[int] = []
        for span, note in body.html:
            start, end = span.start - base, span.end - base
            self._tags += [(tag, note) for tag in read_tags(source, start, end)]
            closings += [match.start() for match in _ANCHOR_END.finditer(source, start, end)]
        self._words: dict[int, Span] = dict(self._between(closings))
        self.anchors = sorted(Span(start + base, end + base) for start, end in self._words.values())
        """The words of links, which are no links of their own. Where they begin, by the start of their tag."""

    def _between(self, closings: list[int]) -> Iterator[tuple[int, Span]]:
        opened = [tag for tag, _ in self._tags if tag.name == "a"]
        for tag, following in zip_longest(opened, opened[1:]):
            at = bisect_right(closings, tag.end - 1)
            if at < len(closings) and (following is None or closings[at] <= following.start):
                span = Span(tag.end, closings[at])
                is_link = any(name == "href" for name, _, _ in tag.attributes)
                if is_link and self._source.find(b"\n\n", *span) < 0:
                    yield tag.start, span

    def links(self) -> Iterator[Link]:
        for tag, note in self._tags:
            for name, start, end in tag.attributes:
                if name in _NAMED or name == _ALSO.get(tag.name):
                    link = _plain_link(self._source, Span(start, end), self._base, "html", note)
                    if name == "href" and (span := self._words.get(tag.start)):
                        words = self._source[span.start : span.end].decode("utf-8", "replace")
                        link = link._replace(words=unescape(_TAG.sub("", words)).strip())
                    yield link
                elif name == "srcset":
                    yield from self._candidates(start, end, note)
        for span, note in self._body.html:
            for start, end in text_ranges(self._source, span.start - self._base, span.end - self._base):
                for found in _addresses_in(self._source, start, end, is_html=True):
                    if not _is_in(self.anchors, found.start + self._base):
                        yield _plain_link(self._source, found, self._base, "html", note)

    def _candidates(self, start: int, end: int, note: str | None) -> Iterator[Link]:
        for match in _CANDIDATE.finditer(self._source, start, end):
            yield _plain_link(self._source, Span(*match.span(1)), self._base, "html", note)


_CANDIDATE = re.compile(rb"[\s,]*+([^\s]*[^\s,])[^,]*")


def _plain_link(source: bytes, span: Span, base: int, style: str, note: str | None) -> Link:
    """Make a link of which the source has nothing but its address."""
    raw = source[span.start : span.end].decode("utf-8", "replace")
    place = Span(span.start + base, span.end + base)
    return Link(raw, place, unescape(raw) if style == "html" else raw, style, raw, place, -1, note)


# Front matter: every address in its values, and whatever stands in `source_url`.


def read_front_links(front: FrontMatter, source: bytes) -> tuple[Link, ...]:
    """List the addresses in the front matter of a file, in the order of the source. All bytes of the file are given."""
    if not front.fields and front.problems:
        # It cannot be read; its addresses can.
        return tuple(
            _plain_link(source, span, 0, "front-matter", None) for span in _addresses_in(source, 0, front.body_start)
        )
    return tuple(link for named in front.texts for link in _named_links(named, source))


def _is_torn(found: Found, value: str) -> bool:
    """Tell whether an address goes on behind a blank, where nothing but an address is to stand."""
    return found.start == 0 and value[found.end : found.end + 1] == " " and "/" in value[8 : found.end]


def _named_links(named: NamedText, source: bytes) -> Iterator[Link]:
    field, value, span = named
    written = source[span.start : span.end].decode("utf-8", "replace")
    found = [one for one in find_addresses(value) if not is_scheme_alone(value[one.start : one.end])]
    if field == "source_url" and value.strip() and (len(found) != 1 or _is_torn(found[0], value)):
        found = [Found(0, len(value), is_broken=False)]
    at = 0
    for start, end, _ in found:
        text = value[start:end]
        # An escape or a fold in YAML hides the address: the whole value is its place then.
        at, size = (place, len(text)) if (place := written.find(text, at)) >= 0 else (0, len(written))
        first = span.start + len(written[:at].encode())
        raw = written[at : at + size]
        place_of = Span(first, first + len(raw.encode()))
        yield Link(raw, place_of, text, "front-matter", text, place_of, -1, None)
        at += size
