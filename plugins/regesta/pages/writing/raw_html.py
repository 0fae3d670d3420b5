"""Raw HTML in a brief: what is harmless stays, without the author's ids and classes; the rest goes."""

from __future__ import annotations

import re
from functools import partial
from html import escape, unescape
from typing import TYPE_CHECKING

import nh3

from regesta.model.bare_addresses import find_addresses, is_scheme_alone, may_hold_address
from regesta.model.raw_html import BLOCK_TAGS, INLINE_TAGS
from regesta.pages.html import href

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["inline_tag", "sanitised_block", "sanitised_inline"]

_OURS = {
    "a": {"class", "href", "rel", "role", "aria-label"},
    "span": {"class", "aria-hidden"},
    "sup": {"id"},
    "time": {"datetime"},
    "img": {"src", "alt", "loading"},
}
_TAGS_LIMIT = 2000
"""Tags in one block of raw HTML. Sanitising is quadratic in their nesting; past this the block is shown as text."""

_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)")
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)


def inline_tag(html: str, outside: Callable[[str], tuple[str, str]], closings: list[str]) -> str:
    """Rewrite one tag within a line: without attributes, or nothing.

    `outside` gives the HTML around a link's words; what is to stand behind them waits in `closings` for its end.
    """
    match = _TAG.match(html)
    if match is None:
        return ""
    name = match["name"].lower()
    if name in INLINE_TAGS:
        return f"<{match['slash']}{name}>"
    if name == "a":
        if match["slash"]:
            return closings.pop() if closings else ""
        address = _HREF.search(html)
        written = unescape(next(filter(None, address.groups()), "")) if address else ""
        opening, closing = outside(written) if written else ("", "")
        closings.append(closing)
        return opening
    return ""


def sanitised_inline(html: str) -> str:
    """Balance the tags of one block of text that we wrote ourselves, around rewritten tags of the author's."""
    return nh3.clean(
        html,
        tags=set(INLINE_TAGS) | {"a", "span", "img", "time"},
        attributes=_OURS,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )


def sanitised_block(
    html: str, inside: Callable[[str], str | None], outside: Callable[[str], tuple[str, str]] | None = None
) -> str:
    """Keep what is harmless of a block of raw HTML. `inside` gives the address of what is in this site.

    `outside` gives the HTML around an address that stands bare in its text.
    """
    if html.count("<") > _TAGS_LIMIT:
        return f"<pre>{escape(html)}</pre>\n"
    cleaned = nh3.clean(
        html,
        tags=set(INLINE_TAGS | BLOCK_TAGS),
        attributes={
            "a": {"href"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan", "scope"},
            "ol": {"start"},
        },
        attribute_filter=partial(_only_addresses, inside),
        link_rel="noopener noreferrer nofollow ugc",
        url_schemes={"http", "https", "mailto"},
    )
    return _with_links(cleaned, outside) if outside and may_hold_address(cleaned) else cleaned


# The cleaner writes every value of an attribute in double quotes.
_TAGS = re.compile(r'(<(?:[^">]|"[^"]*+")*+>)')
_CLOSED = re.compile(r"<(?P<slash>/?)(?:a|code|pre|kbd|samp)[\s>]")


def _with_links(html: str, outside: Callable[[str], tuple[str, str]]) -> str:
    """Link the addresses in the text of what the cleaner has left, but none in a link or in code."""
    parts, depth = _TAGS.split(html), 0
    for index, part in enumerate(parts):
        if index % 2:
            if closed := _CLOSED.match(part):
                depth += -1 if closed["slash"] else 1
        elif depth == 0 and may_hold_address(text := unescape(part)):
            parts[index] = "".join(_linked(text, outside))
    return "".join(parts)


def _linked(text: str, outside: Callable[[str], tuple[str, str]]) -> Iterator[str]:
    at = 0
    for found in find_addresses(text):
        address = text[found.start : found.end]
        if found.is_broken or is_scheme_alone(address):
            continue
        opening, closing = outside(address)
        yield f"{escape(text[at : found.start], quote=False)}{opening}{escape(address, quote=False)}{closing}"
        at = found.end
    yield escape(text[at:], quote=False)


def _only_addresses(inside: Callable[[str], str | None], _tag: str, name: str, value: str) -> str | None:
    return inside(value) or href(value) if name == "href" else value
