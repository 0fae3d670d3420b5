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

__all__ = ["Found", "find_addresses", "is_in_address", "is_scheme_alone", "may_hold_address", "own_size"]


class Found(NamedTuple):
    """A stretch of a text that is an address."""

    start: int
    end: int
    is_broken: bool
    """A space or a line end tears it, or a template engine has yet to complete it."""


_MAYBE = re.compile(
    r"[a-z\])}]\[?\s?:\]?\s?\[?[/\\_]|h..ps?[:;.,]|ps?//|mailto:|javascript:|www[.\[(\])]|[\[({](?:\.|dot)[\])}]"
    r"|\]\(\{[{%]|[a-z]\^\.\^?[a-z]|about:reader",
    re.IGNORECASE,
)


def may_hold_address(text: str) -> bool:
    """Tell quickly of most texts that no address stands in them."""
    if not (":" in text or "//" in text or "[" in text or "(" in text or "{" in text or "^" in text or "www" in text):
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

_ENDS = (
    # Quotation marks, and what closes or opens them in East Asia.
    '"“”„‟«»‹›〝〞〟「」『』｢｣'
    # Commas, stops and brackets of full width.
    "、，；：！？｡､（）［］｛｝【】〔〕《》〈〉〖〗〘〙〚〛｟｠"
    # Stops of other scripts, and what has no width.
    "—―،؛؟۔।॥։՝༎།။၊។៕፡።፣፤፥፦፧᠂᠃׃\u037e\u200b\u2060\ufeff"
)
"""What no address holds where it stands bare in a text: it is percent-encoded there, or written in `<…>`."""
_WIDE_STOPS = "。．"
"""End an address as well, but within a host each is a dot (UTS 46)."""
_SICI = r"<[\w.+-]{0,20}:[\w:+-]{1,30}>(?=\d\.\d)"
"""The one place where an address holds angle brackets: the identifiers of articles in journals of the nineties."""
_NOTE_MARK = r"\[\^[^\]\[\s.]{1,99}\]"
_OTHER = rf"(?!{_NOTE_MARK})\[|\{{\{{[^{{}}\n]{{0,200}}\}}\}}|\{{"
_WIDE_BRACKETS = (
    r"[（［｛【](?=\s?(?:[.．。]|dot)\s?[）］｝】])|(?:(?<=[（［｛【][.．。])|(?<=[（［｛【]dot))[）］｝】]"
    rf"|[{_WIDE_STOPS}](?:(?=[a-z0-9])|(?=[）］｝】]))"
)
_PIECE = rf"(?:[^\s<>{_ENDS}{_WIDE_STOPS}{{\[]++|{_SICI}|{_OTHER})"
_HOST_PIECE = rf"(?:[^\s<>{_ENDS}{_WIDE_STOPS}{{\[/?#\\]++|{_WIDE_BRACKETS}|{_OTHER})"
_REST = rf"(?:{_HOST_PIECE}++{_PIECE}*+|{_PIECE}++)"
_REST_OR_NONE = rf"{_HOST_PIECE}*+{_PIECE}*+"
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
    rf"){_REST_OR_NONE})"
)
_BEGUN = re.compile(
    "|".join(
        (
            _TORN,
            # Any scheme, misspelt ones too; one of letters glued before `http` is left to the next.
            rf"{_APART}(?![a-z0-9+._*-]{{3,40}}{_WEB}:)[a-z][a-z0-9+._*-]{{1,30}}://{_REST}",
            rf"{_WEB}(?:\[:\]|:|\[://\])(?:\[?//\]?|\\?/\\?/){_REST}",
            rf"(?<![\w@/.:])(?:{_WEB}|ftp)(?:\[:\]|:|\[://\])(?:\[?//\]?|\\?/\\?/)?{_REST}",
            rf"(?<![\w@/.:])[\[({{]?{_WEB}[\])}}]://{_REST}",
            rf"{_APART}{_WEB}[;.,]?\\?/\\?/(?=[\w\[(]){_REST}",
            rf"(?<![a-z0-9_@/.:])(?:www(?=[.\[(\]^])|[\[(]www[\])](?=\.)){_REST}",
            rf"{_APART}mailto:{_REST_OR_NONE}",
            rf"{_APART}javascript:{_REST}",
            # A page of a browser's own, around another.
            rf"(?<![a-z0-9-])(?:(?:view-source|microsoft-edge|jar|blob):(?={_WEB}:)|about:reader\?url=){_REST}",
            rf"(?<![a-z0-9-])[a-z]+-extension://{_REST}",
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
        is_torn = match.lastgroup == "torn"
        for first, last in [(start, end)] if is_torn else _parted(text, start, end):
            is_broken, stop = is_torn, last
            if (
                last == end
                and text[end - 1] in _WRAPPED_AT
                and (rest := _WRAPPED_ON.match(text, end))
                and not is_scheme_alone(text[first:last])
            ):
                is_broken, past, stop = True, rest.end(), rest.end()
            found = text[first:stop]
            size = own_size(found)
            if size >= _SHORTEST:
                yield Found(first, first + size, is_broken or "{{" in found)


# Where one address ends and the next begins, or words that no blank parts from it.

_LETTER = r"(?![\u1d00-\u2bff])[\u0370-\ud7ff\uf900-\ufefc\uff66-\uffdc\U00020000-\U0003ffff]"
"""A letter of a script that is not Latin."""
_NEXT = re.compile(rf"(?<=[;,|.)\]}}*_~(\[])(?={_WEB}(?:\[:\]|:|\[://\])(?:\[?/|\\?/))", re.IGNORECASE)
_WORDS_IN_HOST = re.compile(rf"\.[a-z]{{2,24}}(?={_LETTER})(?![^.]*\.)", re.IGNORECASE)
_WORDS_IN_PATH = re.compile(
    rf"[?#]|\.(?:[sx]?html?|php|pdf|aspx?|jsp|docx?|xlsx?|csv|txt|jpe?g|png|gif)(?={_LETTER})"
    rf"|/[!-.0->@-~]*+(?:(?<=[.,;!])|…++)(?={_LETTER})",
    re.IGNORECASE,
)
_HOST_END = re.compile(r"[/?#]")
_QUERY = re.compile(r"[?#]")
_ANY_SCHEME = re.compile(rf"{_WEB}:/", re.IGNORECASE)
_PARTS_QUERIES = frozenset(";)]}*")
_PARTS_PATHS = frozenset("._~")


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part what reaches to the next blank where a second address begins behind a comma, a bar or a bracket.

    In a query that holds an address already it is part of the query.
    """
    bounds = [match.start() for match in _NEXT.finditer(text, start + 1, end)]
    done, query, is_list = start, -1, False
    for bound in (*bounds, end):
        if query < 0 and (found := _QUERY.search(text, done, bound)):
            query = found.start()
        if query >= 0 and not is_list:
            is_list = _ANY_SCHEME.search(text, max(query, done), bound) is not None
        done = bound
        if bound < end and (
            is_list
            or (query >= 0 and text[bound - 1] not in _PARTS_QUERIES)
            or (text[bound - 1] in _PARTS_PATHS and not _HOST_END.search(text, start + 8, bound))
        ):
            continue
        yield from _without_words(text, start, bound)
        start, query, is_list = bound, -1, False


def _without_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut off words of another script that follow an address without a blank, and go on with what they hold."""
    stop = _closing_bracket(text, start, end)
    while True:
        last = _words(text, start, stop)
        yield start, last
        following = _ANY_SCHEME.search(text, last, end)
        if following is None:
            return
        start = following.start()
        if start > stop:
            stop = _closing_bracket(text, start, end)


def _closing_bracket(text: str, start: int, end: int) -> int:
    """Find the bracket that closes one around the address, in what was meant as `[address][label]`."""
    if text.find("][", start, end) < 0 and text.find("](", start, end) < 0:
        return end
    depth = 0
    for bracket in _SQUARE.finditer(text, start, end):
        depth += 1 if bracket[0] == "[" else -1
        if depth < 0:
            at = bracket.start()
            return at if text[at + 1 : at + 2] in {"[", "("} and "/" in text[start + 8 : at] else end
    return end


_SQUARE = re.compile(r"[\[\]]")


def _words(text: str, start: int, end: int) -> int:
    if text.isascii():
        return end
    scheme = text.find("//", start, min(end, start + 40))
    slash = _HOST_END.search(text, scheme + 2 if scheme >= 0 else start, end)
    path = slash.start() if slash else end
    if words := _WORDS_IN_HOST.search(text, start, path):
        return words.end()
    words = _WORDS_IN_PATH.search(text, path, end)
    return words.end() if words and words[0] not in "?#" else end


_SHORTEST = 6
_ODD_DOT = r"(?:[\[({](?:\.|dot)[\])}]|(?<=[a-z])\^\.\^?(?=[a-z]{2}))"
_DOTS = re.compile(
    rf"(?<![\w@/.:-])[\w-]+(?:(?:\.|{_ODD_DOT})[\w-]+)*{_ODD_DOT}[\w-]+(?:\.[\w-]+)*"
    rf"(?:[/:?#](?:{_PIECE})*)?",
    re.IGNORECASE,
)
_MAYBE_DOTS = re.compile(r"[\[({](?:\.|dot)[\])}]|\^\.", re.IGNORECASE)


def _bracketed_dots(text: str) -> Iterator[Found]:
    """Find names of hosts with bracketed dots: `example[.]org`."""
    if _MAYBE_DOTS.search(text):
        for match in _DOTS.finditer(text):
            size = own_size(match[0])
            if size >= _SHORTEST:
                yield Found(match.start(), match.start() + size, is_broken=False)


_TRAILING = ".,;:!?'’‘*_…`|~–†‡§¶¹⁴⁵⁶⁷⁸⁹⁰"
"""Stops, and marks of notes. `E=mc²` is an address of an encyclopaedia."""
_OPENED_BY = {")": "(", "]": "[", "}": "{"}
_CLOSED_BY = {"(": ")", "[": "]"}


def own_size(text: str) -> int:
    """Count the characters that are not the sentence's: closing stops, and brackets that the address did not open.

    >>> own_size("https://a.example/b_(c)).")
    23
    """
    end = len(text)
    if text[-1:] == ":" and text.lower() == "mailto:":
        return end
    surplus: dict[str, int] = {}
    while end:
        last = text[end - 1]
        if last in _OPENED_BY:
            if last not in surplus:
                surplus[last] = text.count(last, 0, end) - text.count(_OPENED_BY[last], 0, end)
            if surplus[last] <= 0:
                break
            surplus[last] -= 1
        elif last in _CLOSED_BY:
            if (closing := _CLOSED_BY[last]) in surplus:
                surplus[closing] += 1
        elif last not in _TRAILING:
            break
        end -= 1
    return end


# Addresses that nobody links: of mail, and of hosts without a scheme.

_AT = r"(?:@|[\[({](?:at|@)[\])}])"
_ANY_DOT = r"(?:\.|[\[({](?:dot|\.)[\])}])"
_UNLINKED = re.compile(
    rf"(?<![\w.+%-])[\w.+%-]++{_AT}[\w-]++(?:{_ANY_DOT}[\w-]++)+"
    r"|(?:doi|urn|hdl|ark|acct|xmpp|sips?|tel|ftp|file|git|magnet|data|isbn|news):[^\s<>\"“”«»]++"
    r"|10\.\d{4,9}/[^\s<>\"“”«»]++"
    rf"|(?<![\w@.-])[\w-]++(?:{_ANY_DOT}(?=[\w-]+{_ANY_DOT})[\w-]++)*+{_ANY_DOT}"
    r"(?:[^\W\d_]{2,24}(?::\d{1,5})?[/?#][^\s<>\"“”«»]++"
    r"|(?:[a-z]{2}|com|org|net|gov|edu|int|mil|info|biz|news|media|press|online|site|app|dev|blog|example|test|рф|бел|укр)"
    r"(?!\w))",
)
_BEFORE_PART, _BEHIND_PART = frozenset("/.@:=?&#%+~_-])}"), frozenset("/.@=?&#%+~_-[({")
_REACH = 300
"""Characters on either side within which an address is looked for."""


def is_in_address(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of a text is a part of an address that is no link.

    >>> text = "Osk (press@osk.example, Osk.example/news)."
    >>> [is_in_address(text, at, at + 3) for at in (0, 11, 24)]
    [False, True, True]
    """
    before, behind = text[start - 1 : start], text[end : end + 1]
    if before not in _BEFORE_PART and behind not in _BEHIND_PART:
        return False
    first = max(0, start - _REACH)
    around = text[first : end + _REACH]
    for found in _UNLINKED.finditer(around):
        at, stop = found.start() + first, found.end() + first
        if at <= start and end <= stop:
            # A name may be that of a host: `Booking.com`.
            return (at, stop) != (start, end)
        if at > start:
            return False
    return False
