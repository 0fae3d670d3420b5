"""F: notes and the places that point to them."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from regesta.checking.rules import Flaw, Subject, rule
from regesta.checking.swallowed import SwallowedBy
from regesta.model.findings import Severity
from regesta.model.inline_notes import is_inline_note
from regesta.model.raw_html import text_ranges
from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text
    from regesta.model.blocks import Block

__all__ = [
    "duplicate_footnote",
    "footnote_without_source",
    "numbering_gap",
    "reversed_footnote",
    "shadowed_definition",
    "swallowed_footnote",
    "undefined_footnote",
    "unread_inline_note",
    "unused_footnote",
]

_REFERENCE = re.compile(r"\[\^([^\]\[\s^]+)\]")
_NEAR = 200
"""Labels among which a mistyped one is looked for."""


@rule(
    "F201",
    "undefined-footnote",
    Severity.ERROR,
    Subject.TEXT,
    why="The reader meets `[^who]` as plain text, and the sentence has lost its source.",
    example="The bill has passed.[^who]",
    fix="""
    Add a line that starts with `[^who]:` and names the source, or correct the label. If no note is meant, write
    `\\[^who]`.
    """,
)
def undefined_footnote(text: Text) -> Iterator[Flaw]:
    """A reference points to a note that is not defined."""
    source = text.document.cleaned.source
    if b"[^" not in source:
        return
    labels = [note.label for note in text.document.footnotes]
    for block in text.document.body.blocks:
        if "[^" not in block.text:
            continue
        for match in _REFERENCE.finditer(block.text):
            if block.is_closed(match.start()):
                continue
            span = block.source_span(match.start(), match.end())
            if source[span.start : span.end] != match[0].encode() or _is_escaped(source, block, match.start(), span):
                continue
            near = get_close_matches(match[1], labels[:_NEAR], 1)
            meant = f" Is {f'[^{near[0]}]'!r} meant?" if near and len(match[1]) > 1 and near[0] != match[1] else ""
            yield Flaw(
                span,
                f"Footnote {match[0]!r} has no definition.",
                f"Add a line that starts with {f'{match[0]}:'!r}.{meant}",
                match[1],
                note=block.note,
            )


def _is_escaped(source: bytes, block: Block, char: int, span: Span) -> bool:
    """Tell whether a backslash before the bracket was taken out by Markdown: no character of the text covers it."""
    if source[span.start - 1 : span.start] != b"\\" or span.start <= block.span.start:
        return False
    return char == 0 or block.source_span(char - 1, char).end < span.start


@rule(
    "F202",
    "unused-footnote",
    Severity.WARNING,
    Subject.TEXT,
    why="A note that nothing points to is mostly the sign of a reference that was lost in copying.",
    example="[^4]: <https://example.org/a>",
    fix="Put the reference back where it belongs, or delete the note.",
)
def unused_footnote(text: Text) -> Iterator[Flaw]:
    """A note is defined and nothing in the text points to it."""
    unused = [note for note in text.document.footnotes if not note.references]
    swallowed = {found.label for found in text.swallowed} if unused else set()
    for note in unused:
        if note.label not in swallowed:
            yield Flaw(
                _label_span(note.span, note.label),
                f"Nothing in the text points to footnote {f'[^{note.label}]'!r}.",
                f"Write {f'[^{note.label}]'!r} where it belongs, or delete the note.",
                note.label,
                note=note.label,
            )


@rule(
    "F203",
    "duplicate-footnote",
    Severity.ERROR,
    Subject.TEXT,
    why="Only the first definition of a label counts; what the second one says is shown nowhere.",
    example="[^3]: <https://example.org/a>\n[^3]: <https://example.org/b>",
    fix="Give one of the two another label, and point to it, or join them with a `;`.",
)
def duplicate_footnote(text: Text) -> Iterator[Flaw]:
    """A label is defined twice; the first definition counts."""
    for note in text.document.footnotes:
        for again in note.duplicates:
            line = text.lines.position(note.span.start)[0]
            yield Flaw(
                _label_span(again, note.label),
                f"Footnote {f'[^{note.label}]'!r} is defined in line {line} already; this one is not shown.",
                "Give it another label, or join the two with ';'.",
                note.label,
                note=note.label,
            )


@rule(
    "F204",
    "numbering-gap",
    Severity.WARNING,
    Subject.TEXT,
    why="Numbers that jump mostly mean that a note was lost when the document was brought over.",
    example="First.[^1] Second.[^3]",
    fix="Look for the missing note in the document. If there is none, number the notes anew.",
)
def numbering_gap(text: Text) -> Iterator[Flaw]:
    """The numbers of the notes leave some out."""
    notes = {int(n.label): n for n in reversed(text.document.footnotes) if _is_number(n.label)}
    if not notes or len(notes) == max(notes):
        return
    mentioned = set(notes) | {int(s.label) for s in text.swallowed if _is_number(s.label)} | _undefined_numbers(text)
    last = 0
    for number in sorted(mentioned):
        if number - last > 1 and number in notes:
            missing = f"{last + 1}" if number - last == len(("one", "none")) else f"{last + 1} to {number - 1}"
            note = notes[number]
            yield Flaw(
                _label_span(note.span, note.label),
                f"Footnote number {missing} is missing before {number}.",
                "Look for it in the document, or number the notes anew.",
                missing,
                note=note.label,
            )
        last = number


_HIGHEST = 4
"""Digits of a number that counts notes: `[^20200909]` is a name."""


def _is_number(label: str) -> bool:
    return label.isascii() and label.isdigit() and len(label) <= _HIGHEST and label != "0"


def _undefined_numbers(text: Text) -> set[int]:
    return {int(flaw.subject) for flaw in undefined_footnote.check(text) if _is_number(flaw.subject)}


@rule(
    "F205",
    "footnote-without-source",
    Severity.INFO,
    Subject.TEXT,
    why="Footnotes are there to name sources. One without an address cannot be watched, nor opened by a reader.",
    example="[^3]: No source; the author was there.",
    fix="""
    Add the address, if there is one. A book, an interview or a remark has none, and that is fine; *ibid.*, *op. cit.*
    and the like are not reported.
    """,
)
def footnote_without_source(text: Text) -> Iterator[Flaw]:
    """A note gives no address."""
    for note in text.document.footnotes:
        if any(citation.links for citation in note.citations):
            continue
        written = text.document.slice(Span(note.span.start, note.span.end))
        words = " ".join(citation.text for citation in note.citations).strip()
        if "://" in written or "[.]" in written or _SAME_SOURCE.match(words):
            continue
        yield Flaw(
            _label_span(note.span, note.label),
            f"{_name(note.label, written)} {'names no address' if words else 'is empty'}.",
            "Add the address of its source, if there is one.",
            note.label,
            note=note.label,
        )


_SAME_SOURCE = re.compile(
    r"\W{0,9}(?:see\s+)?(?:ibid|id(?:em)?\b|(?:\w{1,40},? )?(?:op|loc)\.\s?cit|там само|там же|ebd\b|ebenda|tamże)",
    re.IGNORECASE,
)
"""Words for "the source named before", in the languages of the archive."""


@rule(
    "F206",
    "swallowed-footnote",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    Markdown reads `[see [^1] here](address)` as no link at all, since a link cannot hold a note; `[^1](see)` as a link
    to "see", and nothing inside raw HTML. The reader loses the link or the note.
    """,
    example="[see the tender [^1] here](https://example.org/tender)",
    fix="""
    Put the note after the link: `[see the tender here](https://example.org/tender)[^1]`. Put a space between a note
    and a bracket: `[^1] (see)`. Write Markdown in place of the HTML.
    """,
)
def swallowed_footnote(text: Text) -> Iterator[Flaw]:
    """A note is lost, or spoils a link, because of what it stands in."""
    for label, span, by in text.swallowed:
        message, hint = _SWALLOWED[by]
        shown = f"[^{label}]"
        yield Flaw(span, message.format(repr(shown)), hint.format(shown), label)


_SWALLOWED = {
    SwallowedBy.WORDS: (
        "Footnote {} stands in the words of a link, which is none because of it.",
        "Put {} after the link's closing bracket.",
    ),
    SwallowedBy.BRACKETS: (
        "Footnote {} is read as the words of a link, because a bracket follows it.",
        "Put a space after {}.",
    ),
    SwallowedBy.HTML: (
        "Footnote {} stands in raw HTML, where no notes are read.",
        "Write Markdown in place of the HTML, so that {} is a note.",
    ),
}


@rule(
    "F207",
    "shadowed-definition",
    Severity.WARNING,
    Subject.TEXT,
    why="""
    Of two link definitions with one label Markdown takes the first; the address of the second is reached by nothing.
    """,
    example="[r]: https://example.org/a\n[r]: https://example.org/b",
    fix="Give the second another label, or delete it.",
)
def shadowed_definition(text: Text) -> Iterator[Flaw]:
    """A link definition repeats a label for another address; the first counts."""
    seen: dict[str, str] = {}
    for link in text.document.links:
        if link.style != "definition":
            continue
        label = " ".join(link.words.split()).casefold()
        # With the same address twice it does not matter which of the two counts.
        if seen.setdefault(label, link.text) != link.text:
            yield Flaw(
                link.outer,
                f"The label {f'[{link.words}]'!r} is defined already; {link.raw!r} is reached by nothing.",
                "Give it another label, or delete it.",
                raw=link.raw,
                note=link.note,
            )


def _name(label: str, written: str) -> str:
    """Name a note by its label; one that stands in the text has none, and is named by its words."""
    if not written.startswith("^["):
        return f"Footnote {f'[^{label}]'!r}"
    return f"The note {_cut(' '.join(written.split()))!r}"


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


_LONGEST = 60
"""Characters of a note that a message quotes."""


@rule(
    "F208",
    "unread-inline-note",
    Severity.WARNING,
    Subject.RECORD,
    why="""
    `^[See the tender.]` is a note that stands in the text. In the words of a link, in another such note, in raw HTML
    and in a brief with `markdown: mkdocs` it is none, nor is one whose bracket is not closed in the same paragraph: the
    reader meets its brackets in the middle of a sentence, and its links are no links of a note.
    """,
    example="[the tender ^[signed in March]](https://halvern.example/tender)",
    fix="Put it behind the link, or write `[^1]` there and the note below the text.",
)
def unread_inline_note(text: Text) -> Iterator[Flaw]:
    """A note within the text stands where none is read, or is not closed."""
    document = text.document
    source = document.cleaned.source
    if b"^[" not in source or text.is_withdrawn:
        return
    places = [link.outer for link in document.links if link.style in {"inline", "reference"} and "^[" in link.words]
    for span, _ in document.body.html:
        places += [Span(*found) for found in text_ranges(source, span.start, span.end)]
    for block in document.body.blocks:
        # What is read as a note is no longer in the words of its block.
        for match in _INLINE.finditer(block.text):
            if not block.is_closed(match.start()):
                places.append(block.source_span(match.start(), match.end()))
    for place in sorted(set(places)):
        words = source[place.start : place.end].decode("utf-8", "replace")
        for match in _INLINE.finditer(words):
            at = place.start + len(words[: match.start()].encode())
            if is_inline_note(match[1]) and source[at - 1 : at] != b"\\":
                span = Span(at, at + len(match[0].encode()))
                yield Flaw(span, f"The note {match[0]!r} is read as words here.", "Write it as a note below.", match[1])
    yield from _unclosed_notes(text)


def _unclosed_notes(text: Text) -> Iterator[Flaw]:
    source = text.document.cleaned.source
    for block in text.document.body.blocks:
        match = _UNCLOSED.search(block.text)
        if match is None or block.is_closed(match.start()):
            continue
        span = block.source_span(match.start(), match.end())
        if source[span.start - 1 : span.start] != b"\\":
            message = f"The note {_cut(match[0])!r} is read as words: its bracket is not closed in the same paragraph."
            yield Flaw(span, message, "Close it, or write the note below the text.", _cut(match[0]), note=block.note)


_INLINE = re.compile(r"\^\[([^\[\]]{1,400})\]")
_UNCLOSED = re.compile(r"\^\[(?=[^\W\d_]{2}|[^\W\d_\x00-\u2e7f])[^\[\]]{3,400}$")


@rule(
    "F209",
    "reversed-footnote",
    Severity.ERROR,
    Subject.RECORD,
    why="""
    With its caret before the bracket `^[2]` is no note: the reader meets it as words, and the sentence has lost its
    source.
    """,
    example="The bill has passed.^[2]\n\n[^2]: <https://example.org/a>",
    fix="Write the caret behind the bracket: `[^2]`.",
)
def reversed_footnote(text: Text) -> Iterator[Flaw]:
    """A reference has its caret before the bracket."""
    labels = {note.label.casefold() for note in text.document.footnotes}
    if not labels:
        return
    for block in text.document.body.blocks:
        if "^[" not in block.text:
            continue
        for match in _INLINE.finditer(block.text):
            if match[1].casefold() in labels and not block.is_closed(match.start()):
                yield Flaw(
                    block.source_span(match.start(), match.end()),
                    f"{match[0]!r} is read as words.",
                    f"Write {f'[^{match[1]}]'!r}.",
                    match[1],
                    note=block.note,
                )


def _label_span(note: Span, label: str) -> Span:
    """Give the `[^label]` at the start of a definition."""
    return Span(note.start, min(note.start + len(label.encode()) + len("[^]"), note.end))
