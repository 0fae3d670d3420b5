"""B: briefs as files."""

from __future__ import annotations

import posixpath
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import unquote

from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Severity
from regesta.model.front_matter import ProblemKind, strings
from regesta.model.markup import DEPTH_LIMIT
from regesta.model.raw_html import find_harm, read_tags
from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text

__all__ = [
    "control_character",
    "empty_body",
    "lost_reference",
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
    "B312",
    "lost-reference",
    Severity.ERROR,
    Subject.RECORD,
    why="A link to a page of the archive that is not there leads the reader to an error page.",
    example="[the update](2020-09-09-lukashenko-befor-the-summit.md)",
    fix="Correct the path. It is relative to the file in which it stands, as on a disk.",
)
def lost_reference(text: Text) -> Iterator[Flaw]:
    """A link, an image or a field names a file of the archive that is not there."""
    paths = text.context.paths
    if not paths:
        return
    folder = posixpath.dirname(text.document.path)
    for link, _ in text.suspects:
        address = link.text.partition("#")[0].partition("?")[0]
        if not address or not (address.endswith(".md") or link.style == "image") or _ELSEWHERE.match(address):
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(address)))
        if path not in paths:
            yield Flaw(link.span, f"There is no file {path!r}.", _nearest(path, paths), raw=link.raw, note=link.note)
    for name in _PATH_FIELDS:
        value = text.document.front.fields.get(name)
        for named in strings(value):
            if named not in paths:
                span = text.span_within(name, named)
                yield Flaw(span, f"{name}: there is no file {named!r}.", _nearest(named, paths), f"{name} {named}")


_PATH_FIELDS = ("supersedes", "superseded_by", "translation_of")


_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


def _nearest(path: str, paths: frozenset[str]) -> str:
    name = posixpath.basename(path)
    same_name = sorted(other for other in paths if posixpath.basename(other) == name)
    near = same_name or get_close_matches(path, sorted(paths), 1, 0.8)
    return f"Is {near[0]!r} meant?" if near else "Correct the path, or delete the reference."


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
