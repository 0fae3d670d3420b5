"""Links with the exact place of their address in the source, in every style that Markdown has."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.link_forms import Judgement, LinkForm, judge_link
from regesta.model.markup import Definition, read_definitions
from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.model.bodies import Block, Body, Linked
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
    """`inline`, `autolink`, `reference`, `definition`, `bare`, `html` or `image`."""
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

# Definitions. The parser reports the first of a label; a later one leaves no event at all, so the bytes that
# nothing covers are read for them.

_DEFINED = re.compile(rb"^ {0,3}\[(?!\^)(?:\\.|[^\]\\])+\]:", re.MULTILINE)
_WHOLE_DEFINITION = re.compile(
    rb"^ {0,3}\[(?!\^)(?P<label>(?:\\.|[^\]\\])+)\]:[ \t]*\n?[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>\S+))",
    re.MULTILINE,
)


def _definition_links(body: Body, source: bytes, base: int) -> Iterator[Link]:
    if not _DEFINED.search(source):
        return
    known = {found.start - base: found for found in read_definitions(source.decode(), 0)}
    for match in _WHOLE_DEFINITION.finditer(source):
        found: Definition | None = next((d for s, d in known.items() if s <= match.start() < d.end), None)
        if found is None and _is_covered(body, match.start() + base):
            continue
        part = "angle" if match["angle"] is not None else "plain"
        start, end = match.span(part)
        raw = match[part].decode()
        text = found.destination if found else raw
        outer = Span(match.start() + base, match.end() + base)
        note = next((note.label for note in body.notes if note.span.start <= outer.start < note.span.end), None)
        yield Link(raw, Span(start + base, end + base), text, "definition", match["label"].decode(), outer, -1, note)


def _is_covered(body: Body, offset: int) -> bool:
    return any(span.start <= offset < span.end for span in body.covered)


# Bare addresses are no events: they are looked for in the source of each inline run, since their text falls apart
# at brackets, underscores, backslashes and ampersands.

_MAYBE_BARE = re.compile(r"[a-z]\[?:\]?\[?/|h..ps?:|www[.\[(]|[\[({](?:\.|dot)[\])}]", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@/.:])(?:(?:h(?:tt|xx)ps?|ftp)(?:\[:\]|:|\[://\])(?:\[?//\]?|\\?/\\?/)?|www(?=[.\[(]))"
    r"(?:[^\s<>\"”“«»]|\[[.:/]\])+",
    re.IGNORECASE,
)
_BARE_DEFANGED = re.compile(
    r"(?<![\w@/.:])[\w-]+(?:(?:\.|[\[({](?:\.|dot)[\])}])[\w-]+)*[\[({](?:\.|dot)[\])}][\w-]+(?:[/:?#][^\s<>\"”“«»]*)?",
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
    """Find the addresses that stand bare in the text of a block: ranges of its characters."""
    text, ranges = block.text, []
    for pattern in (_BARE, _BARE_DEFANGED):
        for match in pattern.finditer(text):
            start, end = match.start(), match.start() + len(_trimmed(match[0]))
            end = next((barrier for barrier in block.barriers if start < barrier < end), end)
            if end - start < _SHORTEST or any(s < end and start < e for s, e in (*block.closed, *ranges)):
                continue
            ranges.append((start, end))
    return sorted(ranges)


_SHORTEST = 6


def _trimmed(text: str) -> str:
    """Leave what belongs to the sentence: closing stops, and a bracket that the address did not open."""
    while text:
        last = text[-1]
        if last in _TRAILING or (last in ")]}" and text.count(last) > text.count({")": "(", "]": "[", "}": "{"}[last])):
            text = text[:-1]
        else:
            return text
    return text


# Raw HTML hides its links from the parser.


class _Anchors(HTMLParser):
    """Finds the addresses in a stretch of HTML, as (first character, address as written)."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str, str]] = []
        self._starts = [0, *(match.end() for match in re.finditer("\n", html))]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        wanted = {"a": "href", "area": "href", "img": "src", "iframe": "src"}.get(tag)
        line, column = self.getpos()
        at = self._starts[line - 1] + column
        for name, value in attrs:
            if name == wanted and value is not None:
                written = re.search(
                    rf"\b{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))",
                    self.get_starttag_text() or "",
                    re.IGNORECASE,
                )
                if written and written.lastindex:
                    self.found.append((at + written.start(written.lastindex), written[written.lastindex], value))


def _html_links(body: Body, source: bytes, base: int) -> Iterator[Link]:
    for span, note in body.html:
        html = source[span.start - base : span.end - base].decode("utf-8", "replace")
        for at, raw, text in _Anchors(html).found:
            start = span.start + len(html[:at].encode())
            place = Span(start, start + len(raw.encode()))
            yield Link(raw, place, text, "html", raw, place, -1, note)
