"""B: briefs as files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.defanging import is_defanged
from regesta.model.findings import Severity
from regesta.model.front_matter import ProblemKind
from regesta.model.hyphens import read_cut_word
from regesta.model.markup import DEPTH_LIMIT
from regesta.model.raw_html import find_harm, read_tags
from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text

__all__ = [
    "control_character",
    "cut_word",
    "empty_body",
    "lost_cell",
    "nested_too_deep",
    "unreadable_front_matter",
    "unsafe_html",
]


@rule(
    "B301",
    "unreadable-front-matter",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    Without its front matter a brief has no title, date or author: it stands among the undated ones under its file's
    name. In any other Markdown it is reported when no program can read it.
    """,
    example="---\ntitle: Water\nauthors: [George Barros\n---",
    fix="Mend the YAML between the two lines of `---`. Anchors (`&x`) and aliases (`*x`) are not allowed.",
)
def unreadable_front_matter(text: Text) -> Iterator[Flaw]:
    """The front matter cannot be read."""
    for problem in text.document.front.problems:
        if problem.kind is ProblemKind.UNREADABLE or (
            problem.kind is ProblemKind.REFUSED and text.subject is not Subject.PAGE
        ):
            yield Flaw(problem.span, problem.detail, "Mend the YAML between the two lines of '---'.", "front matter")


@rule(
    "B308",
    "unsafe-html",
    Severity.ERROR,
    Subject.RECORD,
    why="""
    Scripts, frames, forms and event handlers in a brief are taken out when the site is built, since anybody who can
    propose a change to a brief could run a program in every reader's browser. What they were to show is missing.
    """,
    example="<script>alert(1)</script>",
    fix="Delete the tag or the attribute; write Markdown where it is possible.",
)
def unsafe_html(text: Text) -> Iterator[Flaw]:
    """Raw HTML holds what the site takes out."""
    if text.is_withdrawn:
        return
    source = text.document.cleaned.source
    for span, note in text.document.body.html:
        for tag in read_tags(source, span.start, span.end):
            for at, what in find_harm(tag, source):
                raw = source[at.start : at.end].decode("utf-8", "replace")
                if what == "the address" and is_defanged(raw):
                    continue  # shown as it is, unlinked, and reported as such
                yield Flaw(
                    at, f"The site takes out {what} {raw[:80]!r}.", "Delete it.", f"{what} {raw[:80]}", note=note
                )


@rule(
    "B309",
    "empty-body",
    Severity.WARNING,
    Subject.BRIEF,
    why="A brief without a text is a page without contents. Mostly the import went wrong.",
    example="---\ntitle: Water\ndate: 2020-09-09\n---",
    fix="Write the text below the front matter.",
)
def empty_body(text: Text) -> Iterator[Flaw]:
    """A brief has no text below its front matter."""
    body = text.document.body
    if len(body.covered) > len(body.notes) or text.is_withdrawn:
        return
    notes = {note.span.start for note in body.notes}
    if all(span.start in notes for span in body.covered):
        start = min(text.document.front.body_start, len(text.document.cleaned.source))
        yield Flaw(
            Span(start, start),
            "The brief has no text.",
            "Write it below the front matter.",
            "body",
        )


@rule(
    "B311",
    "nested-too-deep",
    Severity.ERROR,
    Subject.TEXT,
    why=f"""
    Lists, quotes and emphasis within one another are read down to {DEPTH_LIMIT} levels. What follows is not shown and
    its links are not checked. No document needs as many; some attacks do.
    """,
    example="> > > > > > > > … a hundred times",
    fix="Take levels away.",
)
def nested_too_deep(text: Text) -> Iterator[Flaw]:
    """Elements stand within elements deeper than is read."""
    if (at := text.document.body.too_deep) is not None:
        yield Flaw(
            Span(at, at + 1),
            f"Elements nest deeper than {DEPTH_LIMIT} levels; nothing from here on was read.",
            "Take levels away.",
            "depth",
        )


@rule(
    "B313",
    "control-character",
    Severity.WARNING,
    Subject.TEXT,
    why="""
    Control characters come in when text is copied from a PDF or a terminal. They end feeds, break search and can hide
    words from a reader. Each is read as a space.
    """,
    example="A form feed, a NUL or an escape character between two words.",
    fix="Delete them, or save the document from its source again.",
)
def control_character(text: Text) -> Iterator[Flaw]:
    """The file holds control characters."""
    if unwanted := text.document.cleaned.unwanted:
        more = f" and {len(unwanted) - 1} more" if len(unwanted) > 1 else ""
        yield Flaw(
            Span(unwanted[0], unwanted[0] + 1),
            f"A control character{more} was read as a space.",
            "Delete it.",
            "control characters",
        )


@rule(
    "B343",
    "cut-word",
    Severity.WARNING,
    Subject.TEXT,
    why="""
    A line end in Markdown is a blank. A word that a hyphen cuts at the end of a line is read as two: "inter- national".
    It is what an import leaves where nobody but the author can tell whether the hyphen is the word's own.
    """,
    example="The minister said that the inter-\nnational agreement was signed.",
    fix="Write the word in one piece, with its hyphen or without it.",
)
def cut_word(text: Text) -> Iterator[Flaw]:
    """A hyphen at the end of a line cuts a word."""
    if text.is_withdrawn:
        return
    source = text.document.cleaned.source
    for block in text.document.body.blocks:
        for match in _HYPHEN_END.finditer(block.text):
            if block.overlaps_closed(match.start(), match.end()):
                continue
            span = block.source_span(match.start(), match.end())
            if b"\n" not in source[span.start : span.end]:
                continue
            word = read_cut_word(block.text[: match.start() + 1], block.text[match.end() - 1 :])
            if word:
                yield Flaw(
                    span,
                    f"A line end cuts {word.compound!r}: readers see '{word.left}- {word.right}'.",
                    f"Write {word.choice} in one piece.",
                    word.compound,
                    note=block.note,
                )


_HYPHEN_END = re.compile(r"(?<=[^\W\d_])[-‐] +[^\W\d_]")


@rule(
    "B324",
    "lost-cell",
    Severity.ERROR,
    Subject.RECORD,
    why="""
    A row of a table that has more cells than the table's head is cut off: what stands in the others is not on the page,
    and its addresses are neither linked nor checked. Mostly a `|` stands in a cell, in code or in an address.
    """,
    example="| Day | Ferries |\n|---|---|\n| Monday | 12 | see the annex |",
    fix="Give the head another column, or write `\\|` for a `|` that belongs to a cell.",
)
def lost_cell(text: Text) -> Iterator[Flaw]:
    """A row of a table has more cells than its head."""
    if text.is_withdrawn:
        return
    source = text.document.cleaned.source
    # The site's own extensions read a `|` in code as a part of it.
    is_ours = not (text.entry and text.entry.brief.site_markdown)
    for span, note in text.document.body.rows:
        words = source[span.start : span.end].decode("utf-8", "replace").strip("| \t\r\n")
        if words and (is_ours or "`" not in words):
            yield Flaw(
                span,
                f"The page does not show {words[:60]!r}: the row has more cells than the head of its table.",
                "Give the head another column, or write '\\|' for a '|' that belongs to a cell.",
                words[:60],
                note=note,
            )
