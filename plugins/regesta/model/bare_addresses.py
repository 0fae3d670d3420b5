"""Addresses that stand in plain text, with or without anything around them that Markdown would read.

Found is what a person takes for an address, sound or not. An address that was torn, by a space or a line end, is found
whole where that is certain; it is *broken* then: no reader of Markdown makes a link of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Found", "find_addresses", "is_scheme_alone", "may_hold_address"]


class Found(NamedTuple):
    """A stretch of a text that is an address."""

    start: int
    end: int
    is_broken: bool
    """A space or a line end tears it, or a template engine has yet to complete it."""


_MAYBE = re.compile(
    r"[a-z\])}]\[?\s?:\]?\s?\[?[/\\_]|h..ps?[:;.,]|ps?//|mailto:|javascript:|www[.\[(\])]|[\[({](?:\.|dot)[\])}]"
    r"|\]\(\{[{%]",
    re.IGNORECASE,
)


def may_hold_address(text: str) -> bool:
    """Tell quickly of most texts that no address stands in them."""
    if not (":" in text or "//" in text or "[" in text or "(" in text or "{" in text or "www" in text):
        return False
    return _MAYBE.search(text) is not None


def is_scheme_alone(text: str) -> bool:
    """Tell whether nothing follows the scheme: in a sentence, talk about addresses and none itself.

    >>> is_scheme_alone("http://"), is_scheme_alone("http:///x")
    (True, False)
    """
    return _SCHEME_ALONE.fullmatch(text) is not None


_SCHEME_ALONE = re.compile(r"[a-z+*_-]{1,40}(?::|\[:\])[/\\\[\]]*", re.IGNORECASE)


def find_addresses(text: str) -> list[Found]:
    """Find all addresses of a text, in order; none overlaps another.

    >>> text = "See (https://example.org/a), or <https://exa mple.org/b>."
    >>> [text[found.start:found.end] for found in find_addresses(text)]
    ['https://example.org/a', 'https://exa mple.org/b']
    """
    found = [*_in_brackets(text)] if "<" in text or "](" in text else []
    for more in (_schemes(text), _bracketed_dots(text)):
        found = _merged(found, more)
    return found


def _merged(found: list[Found], more: Iterator[Found]) -> list[Found]:
    """Add what overlaps nothing that was found before."""
    starts = [one.start for one in found]
    added = []
    for one in more:
        at = bisect_right(starts, one.start)
        before_is_free = at == 0 or found[at - 1].end <= one.start
        if before_is_free and (at == len(starts) or starts[at] >= one.end):
            added.append(one)
    return sorted([*found, *added]) if found else added


# What Markdown would have read as a link, had there been no space in it.

_SCHEME = r"(?:h(?:tt|xx)ps?\b|ftp\b|www\b)"
_ANGLED = re.compile(rf"<({_SCHEME}[^<>\s]{{0,2000}}\s[^<>]{{0,2000}})>", re.IGNORECASE)
_INLINE = re.compile(
    rf"\]\((?P<address>(?:{_SCHEME}|\{{[{{%])[^()]{{0,1000}}(?:\([^()]{{0,1000}}\)[^()]{{0,1000}}){{0,9}})\)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\s+(?:\"[^\"]*\"?|'[^']*'?)\s*$")


def _in_brackets(text: str) -> Iterator[Found]:
    found = [Found(*match.span(1), is_broken=True) for match in _ANGLED.finditer(text)]
    for match in _INLINE.finditer(text):
        start, end = match.span("address")
        title = _TITLE.search(text, start, end)
        end = title.start() if title else end
        address = text[start:end].rstrip()
        if any(char.isspace() for char in address):
            found.append(Found(start, start + len(address), is_broken=True))
    yield from _merged([], iter(sorted(found)))


# What begins as an address does.

_REST = r"(?:[^\s<>\"”“«»{]|\{\{[^{}\n]{0,200}\}\}|\{)"
_APART = r"(?<![\w@/.:-])"
_WEB = r"h(?:tt|xx)ps?"
_HOST_DOT = r"(?:\.|\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?)"
_DOT = r"(?:\.|dot)"
_TORN = (
    # A space within: `https: //a.example`, `https://a .example/x`, `https://exa mple.org/`, `https://a (.) b`.
    rf"(?P<torn>{_APART}{_WEB}(?:"
    r"(?:\s:\s?//+\s?|:\s//+\s?|://+\s)(?=[\w-]+\.[\w.-]*\w)"
    r"|://[\w-]+\s\.(?=[\w-]{2,})"
    r"|://[\w-]+(?:\.[\w-]+)+\s\.(?=[\w-]+(?:\.[\w-]+)*/)"
    r"|://(?:www\.\s(?=[\w-]+\.\w)|(?:[\w-]+\.)+\s(?=[a-z]{2,6}/))"
    r"|://(?!localhost\s)[\w-]+\s(?=[\w-]+(?:\.[\w-]+)+/)"
    rf"|://[\w-]+(?:\.[\w-]+)*(?:\s[\[({{]\s?{_DOT}\s?[\])}}]\s?|\s?[\[({{]\s{_DOT}\s?[\])}}]\s?"
    rf"|\s?[\[({{]{_DOT}\s[\])}}]\s?)[\w-]+(?:{_HOST_DOT}[\w-]+)*"
    rf"){_REST}*+)"
)
_BEGUN = re.compile(
    "|".join(
        (
            _TORN,
            # Any scheme, misspelt ones too; one of letters glued before `http` is left to the next.
            rf"{_APART}(?![a-z0-9+._*-]{{3,40}}{_WEB}:)[a-z][a-z0-9+._*-]{{1,30}}://{_REST}++",
            rf"{_WEB}(?:\[:\]|:|\[://\])(?:\[?//\]?|\\?/\\?/){_REST}++",
            rf"(?<![\w@/.:])(?:{_WEB}|ftp)(?:\[:\]|:|\[://\])(?:\[?//\]?|\\?/\\?/)?{_REST}++",
            rf"(?<![\w@/.:])[\[({{]?{_WEB}[\])}}]://{_REST}++",
            rf"{_APART}{_WEB}[;.,]?\\?/\\?/(?=[\w\[(]){_REST}++",
            rf"(?<![\w@/.:])(?:www(?=[.\[(\]])|[\[(]www[\])](?=\.)){_REST}++",
            rf"{_APART}mailto:{_REST}*+",
            rf"{_APART}javascript:{_REST}++",
        )
    ),
    re.IGNORECASE,
)
_WRAPPED_AT = frozenset("/-_=&%")
_WRAPPED_ON = re.compile(r"\s[\w%-]+(?:[._/-][\w%-]+)*\.(?:s?html?|php|aspx?|jsp|pdf)\b", re.IGNORECASE)
"""The last part of an address after a line end: a file's name."""


def _schemes(text: str) -> Iterator[Found]:
    past = 0
    for match in _BEGUN.finditer(text):
        start, end = match.start(), match.end()
        if start < past:
            continue
        is_broken = match.lastgroup == "torn"
        if text[end - 1] in _WRAPPED_AT and (rest := _WRAPPED_ON.match(text, end)) and not is_scheme_alone(match[0]):
            is_broken, past, end = True, rest.end(), rest.end()
        found = text[start:end]
        size = _trimmed(found)
        if size >= _SHORTEST:
            yield Found(start, start + size, is_broken or "{{" in found)


_SHORTEST = 6
_DOTS = re.compile(
    r"(?<![\w@/.:-])[\w-]+(?:(?:\.|[\[({](?:\.|dot)[\])}])[\w-]+)*[\[({](?:\.|dot)[\])}][\w-]+(?:\.[\w-]+)*"
    r"(?:[/:?#][^\s<>\"”“«»]*)?",
    re.IGNORECASE,
)
_MAYBE_DOTS = re.compile(r"[\[({](?:\.|dot)[\])}]", re.IGNORECASE)


def _bracketed_dots(text: str) -> Iterator[Found]:
    """Find names of hosts with bracketed dots: `example[.]org`."""
    if _MAYBE_DOTS.search(text):
        for match in _DOTS.finditer(text):
            size = _trimmed(match[0])
            if size >= _SHORTEST:
                yield Found(match.start(), match.start() + size, is_broken=False)


_TRAILING = ".,;:!?'’*_…`"
_OPENED_BY = {")": "(", "]": "[", "}": "{"}


def _trimmed(text: str) -> int:
    """Count the characters that are not the sentence's: closing stops, and brackets that the address did not open."""
    end = len(text)
    if text[-1:] == ":" and text.lower() == "mailto:":
        return end
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
