"""Raw HTML within Markdown: which bytes of it are text, which are tags."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BLOCK_TAGS", "INLINE_TAGS", "PLACEHOLDER", "Attribute", "Tag", "find_harm", "read_tags", "text_ranges"]


class Attribute(NamedTuple):
    """One attribute of a tag."""

    name: str
    """In lower case."""
    start: int
    """First byte of the value."""
    end: int


class Tag(NamedTuple):
    """An opening tag."""

    name: str
    """In lower case."""
    start: int
    end: int
    attributes: tuple[Attribute, ...]


_MARK = re.compile(rb"<(?:!--|[!?/]|(?=[a-zA-Z]))")
_NAME = re.compile(rb"[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(rb"[\s/]*+([^\s/>=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++)))?")
_RAW_TEXT_END = {
    name: re.compile(rb"</" + name.encode(), re.IGNORECASE) for name in ("script", "style", "textarea", "title")
}


def read_tags(html: bytes, start: int, end: int) -> Iterator[Tag]:
    """Read the opening tags of a stretch of HTML, in order."""
    for found in _pieces(html, start, end):
        if isinstance(found, Tag):
            yield found


def text_ranges(html: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the stretches that a reader sees: no tag, no comment, no script."""
    for found in _pieces(html, start, end):
        if not isinstance(found, Tag):
            yield found


def _pieces(html: bytes, start: int, end: int) -> Iterator[Tag | tuple[int, int]]:
    """Cut HTML into tags and text in one pass. What never closes reaches to the end, so no byte is read twice."""
    at = start
    while mark := _MARK.search(html, at, end):
        if mark.start() > at:
            yield at, mark.start()
        if mark[0] == b"<!--":
            at = _after(html, b"-->", mark.end(), end)
        elif mark[0] != b"<":
            at = _after(html, b">", mark.end(), end)
        else:
            tag = _tag(html, mark.start(), end)
            yield tag
            at = tag.end
            if closing := _RAW_TEXT_END.get(tag.name):
                close = closing.search(html, at, end)
                at = close.start() if close else end
    if at < end:
        yield at, end


def _tag(html: bytes, start: int, end: int) -> Tag:
    name = _NAME.match(html, start + 1, end)
    at = name.end() if name else start + 1
    attributes = []
    while match := _ATTRIBUTE.match(html, at, end):
        at = match.end()
        which = match.lastindex or 1
        span = match.span(which) if which > 1 else (at, at)
        attributes.append(Attribute(match[1].decode("utf-8", "replace").lower(), *span))
    stop = _after(html, b">", at, end)
    return Tag(name[0].decode("utf-8", "replace").lower() if name else "", start, stop, tuple(attributes))


def _after(html: bytes, what: bytes, start: int, end: int) -> int:
    at = html.find(what, start, end)
    return at + len(what) if at >= 0 else end


INLINE_TAGS = frozenset(
    "abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small strong sub sup u var wbr".split()
)
"""Elements within a line that a site shows, without their attributes."""

BLOCK_TAGS = frozenset(
    "a blockquote caption col colgroup dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr li ol p pre section "
    "span summary table tbody td tfoot th thead tr ul".split()
)
"""The others. An image is written in Markdown, and a page has one `<h1>`, its title."""

_OTHER_TAGS = frozenset(
    "acronym address area article aside audio base basefont bgsound big blink body button canvas center data "
    "datalist dialog dir embed fieldset font footer form frame frameset h1 head header hgroup html iframe img "
    "input label legend link main map mark marquee math menu meta meter nav nobr noscript object optgroup option "
    "output param picture progress rp rt ruby script search select slot source strike style svg template textarea "
    "time title track tt video".split()
)
_TAGS = "|".join(sorted(INLINE_TAGS | BLOCK_TAGS | _OTHER_TAGS))
PLACEHOLDER = rf"<(?!(?:{_TAGS})>)[a-z][a-z0-9_-]{{0,40}}>"
"""What has the form of a tag, is none of HTML's and stands for something: `<id>`. Letter case is of no weight."""

_ADDRESSES = frozenset({"href", "src", "action", "formaction", "xlink:href", "data", "poster", "background"})
_SCHEME = re.compile(rb"[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-\s]*):")


def find_harm(tag: Tag, html: bytes) -> Iterator[tuple[Span, str]]:
    """Give what of a tag a site must not show: its place and what it is. Nothing, when all is well."""
    if tag.name not in INLINE_TAGS and tag.name not in BLOCK_TAGS:
        yield Span(tag.start, min(tag.end, tag.start + 1 + len(tag.name.encode()))), "the tag"
        return
    for name, start, end in tag.attributes:
        if name.startswith("on") or name in {"style", "srcdoc"}:
            yield Span(tag.start, tag.end), f"the attribute {name!r} of"
        elif name in _ADDRESSES:
            value = unescape(html[start:end].decode("utf-8", "replace"))
            scheme = _SCHEME.match(value.encode())
            if scheme and re.sub(rb"\s", b"", scheme[1]).lower() not in {b"http", b"https", b"mailto"}:
                yield Span(start, end), "the address"
