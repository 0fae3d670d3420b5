"""U: links of the form `[text][label]` whose address is missing, and addresses of that form that nothing uses."""

from __future__ import annotations

import re
from bisect import bisect_right
from difflib import get_close_matches
from typing import TYPE_CHECKING

from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Severity
from regesta.model.links import is_remark
from regesta.model.raw_html import text_ranges
from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regesta.checking.texts import Text
    from regesta.model.blocks import Block
    from regesta.model.bodies import Body

__all__ = ["undefined_reference", "unused_definition"]


@rule(
    "U120",
    "undefined-reference",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    `[text][label]` is a link when a line `[label]: address` stands in the same file. Without it the reader sees the
    brackets, and the source is lost. The lines often stood in a template from which the text was copied without them.

    A single pair of brackets (`[text]`), notes, code, formulas and `array[i][j]` are not reported. Where a site's own
    extensions write the text, they may know the label from elsewhere: there, and in other people's files, it is a
    warning.
    """,
    example="The [Harbour Act][act] was passed.",
    fix="Add the line `[act]: https://…`, or write the address in place: `[Harbour Act](https://…)`.",
)
def undefined_reference(text: Text) -> Iterator[Flaw]:
    """A link names a label that is not defined."""
    source = text.document.cleaned.source
    if text.is_withdrawn or b"][" not in source:
        return
    labels = {_folded(link.words) for link in text.document.links if link.style == "definition"}
    near, unread = sorted(labels)[:_NEAR], _unread(text)
    is_certain = text.subject is not Subject.PAGE and not (text.entry and text.entry.brief.site_markdown)
    for note, words, label, span in _all_references(text.document.body, source):
        if _folded(label) not in labels:
            yield Flaw(
                span,
                f"{f'[{label}]'!r} is not defined: {words!r} is no link.",
                _way_out(label, near, unread),
                subject=label,
                raw=source[span.start : span.end].decode("utf-8", "replace"),
                note=note,
                severity=None if is_certain else Severity.WARNING,
            )


_NEAR = 50
"""Labels among which a mistyped one is looked for."""
_WRITTEN = re.compile(rb"^[ \t>]*\[((?:\\.|[^\[\]\\\n]){1,999})\]:", re.MULTILINE)


def _unread(text: Text) -> dict[str, int]:
    """Give the line of each definition that is one by its form, by label; Markdown may have read it as text."""
    source = text.document.cleaned.source
    return {
        _folded(match[1].decode("utf-8", "replace")): text.lines.position(match.start(1))[0]
        for match in _WRITTEN.finditer(source)
    }


def _way_out(label: str, near: list[str], unread: Mapping[str, int]) -> str:
    if line := unread.get(_folded(label)):
        return f"Put a blank line above line {line}, which Markdown reads as text and not as the definition."
    meant = get_close_matches(_folded(label), near, 1, 0.8)
    hint = f" Is {f'[{meant[0]}]'!r} meant?" if meant else ""
    return f"Add a line that starts with {f'[{label}]:'!r}, or write the address in round brackets.{hint}"


_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")
_NUMBERS = re.compile(r"[\d\s,;.–-]*")
_CHARACTERS = re.compile(r"\^?(?:\w-\w|[^\w\s]|\\\w)+")
"""What stands in the brackets of a pattern: `a-z`."""


def _all_references(body: Body, source: bytes) -> Iterator[tuple[str | None, str, str, Span]]:
    for block in body.blocks:
        for reference in _references(block, source):
            yield block.note, *reference
    for html, note in body.html:
        for reference in _in_html(source, html):
            yield note, *reference


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _references(block: Block, source: bytes) -> Iterator[tuple[str, str, Span]]:
    """Find what has the form of a link by label and is none, with its words and its label."""
    text = block.text
    if "][" not in text:
        return
    opened: list[int] = []
    dollars = [match.start() for match in re.finditer(r"\$+", text)] if "$" in text else []
    past = 0
    for match in re.finditer(r"[\[\]]", text):
        at = match.start()
        if at < past or block.is_closed(at) or _is_escaped(block, source, at):
            continue
        if match[0] == "[":
            opened.append(at)
        elif opened:
            start = opened.pop()
            label = _LABEL.match(text, at + 1)
            if label is None or _is_escaped(block, source, at + 1):
                continue
            words = text[start + 1 : at]
            name = label[1] if label[1].strip() else words
            past = label.end()
            if _may_be_meant(text, start, words, label[1], past) and not bisect_right(dollars, start) % 2:
                span = block.source_span(start, past)
                if source.startswith(b"[", span.start) and source.endswith(b"]", span.start, span.end):
                    yield words, name, span


_PLAIN = re.compile(r"(?<!\\)\[([^\[\]\n]{1,300})\]\[([^\[\]\n]{0,300})\]")


def _in_html(source: bytes, html: Span) -> Iterator[tuple[str, str, Span]]:
    """Find the same in the text of raw HTML."""
    if source.find(b"][", *html) < 0:
        return
    for start, end in text_ranges(source, *html):
        text, at, done = source[start:end].decode("utf-8", "replace"), start, 0
        for match in _PLAIN.finditer(text):
            first = at + len(text[done : match.start()].encode())
            at, done = first + len(match[0].encode()), match.end()
            if _may_be_meant(text, match.start(), match[1], match[2], match.end()):
                yield match[1], match[2] if match[2].strip() else match[1], Span(first, at)


def _may_be_meant(text: str, start: int, words: str, label: str, end: int) -> bool:
    """Tell a link by label from an index, a choice of editions, a pattern, a wiki link and a note."""
    before = text[start - 1 : start]
    if (
        (before.isascii() and before.isalnum())
        or before in {"_", ")", "]", "}", '"', "'", "\\"}
        or text[end : end + 1] in {"[", "("}
    ):
        return False
    if not words.strip() or words.startswith(("^", "[")) or label.startswith(("^", "{")) or label.isspace():
        return False
    if _NUMBERS.fullmatch(words) and _NUMBERS.fullmatch(label):
        return False
    if not any(map(str.isalnum, words)) or not any(map(str.isalnum, label or words)):
        return False  # `[…][ed.]`, `[sic][!]`: words that somebody has put in or left out
    return not (_CHARACTERS.fullmatch(words) and _CHARACTERS.fullmatch(label or words))


_BEFORE_INDEX = frozenset("_)]}\"'\\")


def _is_escaped(block: Block, source: bytes, char: int) -> bool:
    """Tell whether an odd number of backslashes stands before a bracket."""
    at = start = block.source_span(char, char + 1).start
    while source[at - 1 : at] == b"\\":
        at -= 1
    return (start - at) % 2 == 1


@rule(
    "U121",
    "unused-definition",
    Severity.INFO,
    Subject.TEXT,
    why="""
    A line `[label]: address` is shown nowhere by itself. When nothing in the text uses its label, the source that it
    names is lost to the reader, mostly because the link was deleted or its label was mistyped.
    """,
    example="[act]: https://halvern.example/harbour-act",
    fix="Write `[text][act]` where the source belongs, or delete the line.",
)
def unused_definition(text: Text) -> Iterator[Flaw]:
    """An address is defined under a label that nothing uses."""
    if text.is_withdrawn:
        return
    defined = [link for link in text.document.links if link.style == "definition" and not is_remark(link)]
    if not defined:
        return
    below = text.document.cleaned.source[text.document.front.body_start :].decode("utf-8", "replace")
    used = {_folded(match[1]) for match in _USED.finditer(below)}
    for link in defined:
        if _folded(link.words) not in used:
            yield Flaw(
                link.span,
                f"Nothing uses the address that is defined as {f'[{link.words}]'!r}.",
                f"Write {f'[text][{link.words}]'!r} where it belongs, or delete the line.",
                subject=link.words,
                raw=link.raw,
                note=link.note,
            )


_USED = re.compile(r"\[((?:\\.|[^\[\]\\]){1,999})\](?!:)")
