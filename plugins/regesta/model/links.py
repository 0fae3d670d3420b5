"""Links with the exact place of their address in the source, in every style that Markdown has."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.link_forms import Judgement, LinkForm, judge_link
from regesta.model.markup import read_definitions
from regesta.model.raw_html import read_tags, text_ranges
from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.model.blocks import Block
    from regesta.model.bodies import Body, Linked
    from regesta.model.urls import Url

__all__ = ["Link", "read_links"]


class Link(NamedTuple):
    """One link of a text."""

    raw: str
    """The exact slice of the source that is the address."""
    span: Span
    """Of `raw`, in bytes of the file."""
    text: str
    """That slice after Markdown's unescaping."""
    style: str
    """`inline`, `autolink`, `reference`, `definition`, `bare`, `code`, `html` or `image`."""
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


def read_links(body: Body, source: bytes, base: int = 0) -> tuple[Link, ...]:
    """List every link of a body, in the order of the source. `source` is the body's own bytes, `base` their offset."""
    links = [*_definition_links(body, source, base)]
    defined = {link.text: link for link in reversed(links)}
    links += [_marked(linked, source, base, defined) for linked in body.linked]
    links += _code_links(body, source, base)
    links += _bare_links(body, source, base)
    links += _html_links(body, source, base)
    links.sort(key=lambda link: (link.outer.start, link.outer.end))
    return tuple(links)


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

_DEFINED = re.compile(rb"^[ \t>*+\-\d.)]{0,99}\[(?!\^)(?:\\.|[^\]\\]){1,999}+\]:", re.MULTILINE)
_WHOLE_DEFINITION = re.compile(
    rb"^[ \t>*+\-\d.)]{0,99}(?P<open>\[)(?!\^)(?P<label>(?:\\.|[^\]\\]){1,999}+)\]:"
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

_MAYBE_BARE = re.compile(r"[a-z]\[?:\]?\[?/|h..ps?:|www[.\[(]|[\[({](?:\.|dot)[\])}]", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@/.:])(?:(?:h(?:tt|xx)ps?|ftp)(?:\[:\]|:|\[://\])(?:\[?//\]?|\\?/\\?/)?|www(?=[.\[(]))"
    r"[^\s<>\"”“«»]++",
    re.IGNORECASE,
)
_BARE_DEFANGED = re.compile(
    r"(?<![\w@/.:-])[\w-]+(?:(?:\.|[\[({](?:\.|dot)[\])}])[\w-]+)*[\[({](?:\.|dot)[\])}][\w-]+(?:\.[\w-]+)*"
    r"(?:[/:?#][^\s<>\"”“«»]*)?",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'’*_…"


def _bare_links(body: Body, source: bytes, base: int) -> Iterator[Link]:
    for index, block in enumerate(body.blocks):
        if _may_hold_bare(block) and _MAYBE_BARE.search(block.text):
            for start, end in bare_ranges(block):
                span = block.source_span(start, end)
                raw = source[span.start - base : span.end - base].decode("utf-8", "replace")
                text = block.text[start:end]
                yield Link(raw, span, text, "bare", text, span, index, block.note)


def _may_hold_bare(block: Block) -> bool:
    """Rule most blocks out cheaply: of their colons and brackets none stands outside of links and code."""
    text = block.text
    if not (":" in text or "[" in text or "(" in text or "{" in text or "www" in text):
        return False
    if not block.closed:
        return True
    at, rest = 0, []
    for start, end in block.closed:
        rest.append(text[at:start])
        at = end
    rest.append(text[at:])
    return any(_MAYBE_BARE.search(part) for part in rest)


def bare_ranges(block: Block) -> list[tuple[int, int]]:
    """Find the addresses that stand bare in the text of a block: ranges of its characters, in order."""
    found = []
    for start, stop in _bare_in(block.text):
        end = stop
        at = bisect_right(block.barriers, start)
        if at < len(block.barriers) and block.barriers[at] < end:
            end = block.barriers[at]
        closing = bisect_right(block.closed, (start, 1 << 62))
        if closing < len(block.closed) and block.closed[closing][0] < end:
            continue
        if end - start >= _SHORTEST and not block.is_closed(start):
            found.append((start, end))
    return found


def _bare_in(text: str) -> list[tuple[int, int]]:
    """Find addresses in a text. One that both patterns find is taken as the first finds it."""
    found = [(match.start(), match.start() + _trimmed(match[0])) for match in _BARE.finditer(text)]
    if _MAYBE_BRACKETED.search(text):
        starts = [start for start, _ in found]
        for match in _BARE_DEFANGED.finditer(text):
            start, end = match.start(), match.start() + _trimmed(match[0])
            at = bisect_right(starts, start)
            before_is_free = at == 0 or found[at - 1][1] <= start
            if before_is_free and (at == len(starts) or starts[at] >= end):
                found.append((start, end))
        found.sort()
    return [(start, end) for start, end in found if end - start >= _SHORTEST]


_MAYBE_BRACKETED = re.compile(r"[\[({](?:\.|dot)[\])}]", re.IGNORECASE)
_SHORTEST = 6
_OPENED_BY = {")": "(", "]": "[", "}": "{"}


def _trimmed(text: str) -> int:
    """Count the characters that are not the sentence's: closing stops, and brackets that the address did not open."""
    end = len(text)
    surplus: dict[str, int] = {}
    while end:
        last = text[end - 1]
        if last in _OPENED_BY:
            if last not in surplus:
                surplus[last] = text.count(last) - text.count(_OPENED_BY[last])
            if surplus[last] <= 0:
                break
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return end


# Raw HTML hides its links from the parser, those in its tags and those that stand bare in its text.

_WANTED = {"a": "href", "area": "href", "img": "src", "iframe": "src"}


def _html_links(body: Body, source: bytes, base: int) -> Iterator[Link]:
    for span, note in body.html:
        start, end = span.start - base, span.end - base
        for tag in read_tags(source, start, end):
            wanted = _WANTED.get(tag.name)
            for name, at, stop in tag.attributes:
                if name == wanted:
                    yield _html_link(source, at, stop, base, note)
        for at, stop in text_ranges(source, start, end):
            yield from _bare_in_html(source, at, stop, base, note)


def _bare_in_html(source: bytes, start: int, end: int, base: int, note: str | None) -> Iterator[Link]:
    text = source[start:end].decode("utf-8", "replace")
    if _MAYBE_BARE.search(text):
        done = size = 0
        for first, last in _bare_in(text):
            size += len(text[done:first].encode())
            at = start + size
            size += len(text[first:last].encode())
            done = last
            yield _html_link(source, at, start + size, base, note)


def _html_link(source: bytes, start: int, end: int, base: int, note: str | None) -> Link:
    raw = source[start:end].decode("utf-8", "replace")
    place = Span(start + base, end + base)
    return Link(raw, place, unescape(raw), "html", raw, place, -1, note)
