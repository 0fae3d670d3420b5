"""B: what the front matter of a brief says, field by field."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from regesta.checking.field_values import CHECKS, kind_of
from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.briefs import BRIEF_FIELDS, MOST_SUBJECTS, Status
from regesta.model.dates import DateBasis, InvalidDate, parse_date
from regesta.model.drafts import is_draft_path, is_publishing_field
from regesta.model.entities import ENTITY_FIELDS
from regesta.model.findings import Fix, Severity
from regesta.model.front_matter import ProblemKind, strings
from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from regesta.checking.texts import Text
    from regesta.model.dates import ArchiveDate
    from regesta.model.front_matter import Value

__all__ = [
    "future_date",
    "invalid_date",
    "invalid_value",
    "missing_date",
    "missing_title",
    "published_all_the_same",
    "repeated_field",
    "too_many_subjects",
    "unknown_field",
    "unpublished_elsewhere",
    "unquoted_text",
]


_KNOWN = {BRIEF_FIELDS: frozenset(BRIEF_FIELDS), ENTITY_FIELDS: frozenset(ENTITY_FIELDS)}


@rule(
    "B302",
    "missing-title",
    Severity.ERROR,
    Subject.BRIEF,
    why="The title is what every list, search result and citation shows.",
    example="---\ndate: 2020-09-09\n---",
    fix="Add `title:` to the front matter.",
)
def missing_title(text: Text) -> Iterator[Flaw]:
    """A brief has no title."""
    value = text.document.front.fields.get("title")
    if (not value or (isinstance(value, str) and not value.strip())) and text.is_readable:
        shown = text.entry.brief.title if text.entry else ""
        yield Flaw(
            text.span_of("title"),
            f"The brief has no title; {shown!r} stands in its place.",
            "Add 'title:' to the front matter.",
            "title",
        )


@rule(
    "B303",
    "missing-date",
    Severity.ERROR,
    Subject.BRIEF,
    why="""
    An archive in order of date has no place for a brief without one. A date is never made up from the file, the
    folder or the day of the build.
    """,
    example="---\ntitle: Water\n---",
    fix="""
    Add `date:`, as precise as it is known: `2020-09-09`, `2020-09`, `2020-09-14~`, `198X`. If nothing is known, say
    so: `date_basis: none`.
    """,
)
def missing_date(text: Text) -> Iterator[Flaw]:
    """A brief has no date, and does not say that none is known."""
    fields = text.document.front.fields
    if not fields.get("date") and fields.get("date_basis") != DateBasis.NONE and text.is_readable:
        yield Flaw(
            text.span_of("date"),
            "The brief has no date.",
            "Add 'date:', as precise as it is known; if nothing is known, 'date_basis: none'.",
            "date",
        )


@rule(
    "B327",
    "too-many-subjects",
    Severity.ERROR,
    Subject.BRIEF,
    why="""
    Each subject has a page. A brief with thousands of them would make a site of gigabytes: no more than a hundred are
    read, and the others have no page and are found nowhere.
    """,
    example="subjects: [ferries, tides, …]    # a hundred and one",
    fix="Keep the subjects that readers look for; a list of all words belongs into the text.",
)
def too_many_subjects(text: Text) -> Iterator[Flaw]:
    """A brief lists more subjects than are read."""
    listed = strings(text.document.front.fields.get("subjects"))
    if len(listed) > MOST_SUBJECTS:
        yield Flaw(
            text.span_of("subjects"),
            f"The brief lists {len(listed):,} subjects; only the first {MOST_SUBJECTS} are read.",
            f"Keep at most {MOST_SUBJECTS}.",
            "subjects",
        )


@rule(
    "B304",
    "invalid-date",
    Severity.ERROR,
    Subject.BRIEF,
    why="A date that no calendar has places the brief among the undated ones.",
    example="---\ndate: 2020-02-30\n---",
    fix="""
    Write it as ISO 8601 (`2020-09-09`, `2020-09-09T18:00:00-04:00`, `2020-09`) or EDTF (`2020-09-14~`, `XXXX-09-14`).
    """,
)
def invalid_date(text: Text) -> Iterator[Flaw]:
    """A date cannot be read, or is a day that no calendar has."""
    for name, value in _dates(text.document.front.fields.items()):
        if not isinstance(value, str):
            message = f"The field {name!r} is no date but {kind_of(value)}."
        else:
            try:
                parse_date(value)
            except InvalidDate as error:
                message = f"{name}: {error}."
            else:
                continue
        words = value if isinstance(value, str) else ""
        yield Flaw(
            text.span_within(name.partition(".")[0], words),
            message,
            "Write it as ISO 8601 or EDTF: 2020-09-09, 2020-09, 2020-09-14~.",
            f"{name} {words}",
        )


def _dates(fields: Iterable[tuple[str, Value]]) -> Iterator[tuple[str, Value]]:
    for name, value in fields:
        if name in {"date", "updated"}:
            if value:
                yield name, value
        elif name == "withdrawn" and isinstance(value, dict) and value.get("date"):
            yield "withdrawn.date", value["date"]
        elif name == "corrections" and isinstance(value, tuple):
            for item in value:
                if isinstance(item, dict) and item.get("date"):
                    yield "corrections.date", item["date"]


@rule(
    "B305",
    "future-date",
    Severity.WARNING,
    Subject.BRIEF,
    why="A brief of tomorrow stands above all others until tomorrow has passed. Mostly a digit is wrong.",
    example="---\ndate: 2202-09-09\n---",
    fix="Correct the year. A brief that waits for its day is `status: draft`.",
)
def future_date(text: Text) -> Iterator[Flaw]:
    """A brief is dated later than now."""
    now = text.context.now
    brief = text.entry.brief if text.entry else None
    if now and brief and brief.date and brief.status is Status.PUBLISHED and _is_later(brief.date, now):
        yield Flaw(
            text.span_of("date"),
            f"The date {brief.date.text!r} is later than {now.isoformat()}.",
            "Correct it, or make the brief a draft until then ('status: draft').",
            "date",
        )


def _is_later(written: ArchiveDate, now: date) -> bool:
    return (written.year or 0, written.month or 0, written.day or 0) > (now.year, now.month, now.day)


@rule(
    "B307",
    "unknown-field",
    Severity.WARNING,
    Subject.RECORD,
    why="A field that nobody knows does nothing: a mistyped `witdrawn:` leaves the brief on the site.",
    example="---\nautors: [George Barros]\n---",
    fix="Correct the name, or declare the field in mkdocs.yml as one of the archive's own.",
)
def unknown_field(text: Text) -> Iterator[Flaw]:
    """The front matter has a field that is not known."""
    known = ENTITY_FIELDS if text.entity else BRIEF_FIELDS
    fields = text.document.front.fields
    if _KNOWN[known].issuperset(fields):
        return
    own = text.context.own_fields if text.entry else frozenset()
    for name in fields:
        if name not in _KNOWN[known] and name not in own:
            if is_publishing_field(name):
                if (kept := text.kept_back) is None or kept.key != name:
                    hint = "Delete it: 'status:' says whether a brief is published."
                    yield Flaw(text.name_span(name), f"The field {name!r} is not known.", hint, name)
                continue
            near = _nearest_field(name, known, own)
            hint = f"Is {near!r} meant?" if near else "Delete it, or declare it in mkdocs.yml."
            fix = Fix(replacement=near, safe=False) if near and near not in fields else None
            yield Flaw(text.name_span(name), f"The field {name!r} is not known.", hint, name, fix=fix)


@rule(
    "B329",
    "unpublished-elsewhere",
    Severity.ERROR,
    Subject.RECORD,
    why="""
    Other generators call a draft `draft: true`, `published: false`, `visibility: private`, `publishDate: 2031-01-01`,
    or keep it in a folder `_drafts`. What such a field, or one in front matter that cannot be read, keeps back
    is not published here either: it is in no page, feed, search, data or report. A build knows no day, so that a day
    of publication later than the brief's `date:`, and any day of expiry, keep a brief back as well.

    The field of this archive is `status:`. A record of an entity that is kept back has no page, and its names are not
    found in briefs.
    """,
    example="---\ntitle: Water\ndate: 2024-03-14\ndraft: true\n---",
    fix="""
    Write `status: draft` in its place. To publish the brief, delete the field, or move the file out of the folder of
    drafts.
    """,
)
def unpublished_elsewhere(text: Text) -> Iterator[Flaw]:
    """A brief or record is kept back in the words of another generator."""
    fields, document = text.document.front.fields, text.document
    if (text.entry and fields.get("status") not in {None, Status.PUBLISHED.value}) or text.is_withdrawn:
        return
    what = "brief" if text.entry else "record"
    kept = text.kept_back
    if kept is None:
        if is_draft_path(document.path):
            message = f"The {what} lies where drafts are kept, and is not published."
            yield Flaw(Span(0, 0), message, "Move the file, or write 'status: draft' and move it.", "path")
        return
    message = f"The field {kept.name!r} is {kept.value!r}: the {what} is not published."
    if kept.is_scheduled:
        message = f"The field {kept.name!r} is {kept.value!r}, and a build knows no day: the {what} is not published."
    hint = "Write 'status: draft'. To publish it, delete the field."
    if text.entity:
        hint = "Delete the field to publish it."
    fix, span = None, kept.span or text.span_of(kept.key)
    if kept.key:
        span = Span(text.name_span(kept.key).start, span.end)
    if text.entry and kept.key and not kept.is_nested and "status" not in fields and not kept.is_scheduled:
        fix = Fix(replacement="status: draft", safe=True)
    yield Flaw(span, message, hint, f"{kept.name} {kept.value}", fix=fix)


@rule(
    "B330",
    "published-all-the-same",
    Severity.ERROR,
    Subject.PAGE,
    why="""
    A page in `docs/` is published whatever `draft:`, `published:` or `status:` say in its front matter: MkDocs passes
    over these fields of other generators.
    """,
    example="---\ntitle: Our plans\ndraft: true\n---",
    fix="Name the page in `draft_docs:` or `exclude_docs:` in mkdocs.yml, or delete the field.",
)
def published_all_the_same(text: Text) -> Iterator[Flaw]:
    """A hand-written page is published, and its front matter says that it is not."""
    path, kept = text.document.path, text.kept_back
    if not (kept or is_draft_path(path)) or not text.context.is_published(path):
        return
    span, message = Span(0, 0), "The page lies where drafts are kept, and MkDocs publishes it all the same."
    if kept is not None:
        span = kept.span or text.name_span(kept.key)
        message = f"The field {kept.name!r} is {kept.value!r}, and MkDocs publishes the page all the same."
    yield Flaw(span, message, f"Write 'draft_docs: {path}' in mkdocs.yml, or delete the field.", "draft")


@lru_cache(maxsize=1024)
def _nearest_field(name: str, known: tuple[str, ...], own: frozenset[str]) -> str:
    return next(iter(get_close_matches(name[:80], [*known, *sorted(own)], 1, 0.75)), "")


@rule(
    "B314",
    "unquoted-text",
    Severity.WARNING,
    Subject.RECORD,
    why="""
    YAML gives a meaning to colons, brackets and quotes, and cuts a text at ` #`. A title, a name, a series, an author
    or any other text of one line that it refuses or reads as another is taken as it stands, but other programs that
    read the file fail on it, or show half of it. What follows `# `, with a blank, is a comment here too; that is said.
    """,
    example="---\ntitle: Belarus: a crisis\nseries: River Letters #7\n---",
    fix="Put the value in quotes. The fix does so and changes nothing else.",
)
def unquoted_text(text: Text) -> Iterator[Flaw]:
    """A text needs quotes, and was taken literally."""
    for problem in text.document.front.problems:
        if problem.kind is ProblemKind.LITERAL:
            fix = Fix(replacement=problem.replacement, safe=True) if problem.replacement else None
            hint = "Put it in quotes." if (problem.replacement or "").strip() else "Write blanks."
            yield Flaw(problem.span, problem.detail, hint, problem.detail, fix=fix)
        elif problem.kind is ProblemKind.COMMENT:
            hint = "Put it in quotes if it belongs to the text, else delete it."
            yield Flaw(problem.span, problem.detail, hint, problem.detail)


@rule(
    "B315",
    "repeated-field",
    Severity.WARNING,
    Subject.RECORD,
    why="Of a field that is given twice the first counts here and the last in other programs.",
    example="---\ntitle: Water\ntitle: Water supply\n---",
    fix="Delete the one that is wrong.",
)
def repeated_field(text: Text) -> Iterator[Flaw]:
    """A field is given twice."""
    for problem in text.document.front.problems:
        if problem.kind is ProblemKind.DUPLICATE:
            yield Flaw(problem.span, problem.detail, "Delete the one that is wrong.", problem.detail)


@rule(
    "B316",
    "invalid-value",
    Severity.ERROR,
    Subject.BRIEF,
    why="""
    A value that is not understood is left out. A brief whose `status:` is not understood is not published, since it
    may be a mistyped `withdrawn`.
    """,
    example="---\ndate_basis: guessed\nstatus: witdrawn\n---",
    fix="Write one of the words that the hint names, or the kind of value that it asks for.",
)
def invalid_value(text: Text) -> Iterator[Flaw]:
    """A field holds what it cannot hold."""
    for name, value in text.document.front.fields.items():
        if (check := CHECKS.get(name)) and (wrong := check(value)):
            written, hint = wrong
            shown = f"is {written!r}" if written else f"is {kind_of(value)}" if value else "is empty"
            if name == "status":
                hint = f"{hint} Until then the brief is not published."
            yield Flaw(text.span_within(name, written), f"The field {name!r} {shown}.", hint, f"{name} {written}")
    fields = text.document.front.fields
    if fields.get("date") and fields.get("date_basis") == DateBasis.NONE:
        yield Flaw(
            text.span_of("date_basis"),
            "The field 'date_basis' says 'none', and there is a date.",
            "Say how the date is known: stated, inferred or given.",
            "date_basis none",
        )
