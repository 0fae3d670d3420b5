"""B: what the front matter of a brief says."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.briefs import BRIEF_FIELDS, Status
from regesta.model.dates import DateBasis, InvalidDate, parse_date
from regesta.model.entities import ENTITY_FIELDS
from regesta.model.findings import Fix, Severity
from regesta.model.front_matter import ProblemKind

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
    "repeated_field",
    "unknown_field",
    "unquoted_text",
    "unreadable_front_matter",
]


@rule(
    "B301",
    "unreadable-front-matter",
    Severity.ERROR,
    Subject.RECORD,
    why="""
    Without its front matter a brief has no title, date or author: it stands among the undated ones under its file's
    name.
    """,
    example="---\ntitle: Water\nauthors: [George Barros\n---",
    fix="Mend the YAML between the two lines of `---`. Anchors (`&x`) and aliases (`*x`) are not allowed.",
)
def unreadable_front_matter(text: Text) -> Iterator[Flaw]:
    """The front matter cannot be read."""
    for problem in text.document.front.problems:
        if problem.kind is ProblemKind.UNREADABLE:
            yield Flaw(problem.span, problem.detail, "Mend the YAML between the two lines of '---'.", "front matter")


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
            message = f"The field {name!r} is no date but {_kind(value)}."
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
            near = _nearest_field(name, known, own)
            hint = f"Is {near!r} meant?" if near else "Delete it, or declare it in mkdocs.yml."
            fix = Fix(replacement=near, safe=False) if near and near not in fields else None
            yield Flaw(text.name_span(name), f"The field {name!r} is not known.", hint, name, fix=fix)


@lru_cache(maxsize=1024)
def _nearest_field(name: str, known: tuple[str, ...], own: frozenset[str]) -> str:
    return next(iter(get_close_matches(name[:80], [*known, *sorted(own)], 1, 0.75)), "")


_KNOWN = {BRIEF_FIELDS: frozenset(BRIEF_FIELDS), ENTITY_FIELDS: frozenset(ENTITY_FIELDS)}


@rule(
    "B314",
    "unquoted-text",
    Severity.WARNING,
    Subject.RECORD,
    why="""
    YAML gives a meaning to colons, brackets and quotes. A title or summary of one line that it refuses is taken as it
    stands, but other programs that read the file fail on it.
    """,
    example="---\ntitle: Belarus: a crisis\n---",
    fix="Put the value in quotes. The fix does so and changes nothing else.",
)
def unquoted_text(text: Text) -> Iterator[Flaw]:
    """A title or summary needs quotes, and was taken literally."""
    for problem in text.document.front.problems:
        if problem.kind is ProblemKind.LITERAL:
            fix = Fix(replacement=problem.replacement, safe=True) if problem.replacement else None
            yield Flaw(problem.span, problem.detail, "Put it in quotes.", problem.detail, fix=fix)


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
        if (check := _VALUES.get(name)) and (wrong := check(value)):
            written, hint = wrong
            shown = f"is {written!r}" if written else f"is {_kind(value)}"
            yield Flaw(text.span_within(name, written), f"The field {name!r} {shown}.", hint, f"{name} {written}")
    fields = text.document.front.fields
    if fields.get("date") and fields.get("date_basis") == DateBasis.NONE:
        yield Flaw(
            text.span_of("date_basis"),
            "The field 'date_basis' says 'none', and there is a date.",
            "Say how the date is known: stated, inferred or given.",
            "date_basis none",
        )


_Wrong = tuple[str, str] | None


def _one_text(value: Value) -> _Wrong:
    return None if isinstance(value, str) else ("", "Give one text.")


def _texts(value: Value) -> _Wrong:
    if isinstance(value, str) or (isinstance(value, tuple) and all(isinstance(item, str) for item in value)):
        return None
    return "", "Give one text, or a list of texts."


def _basis(value: Value) -> _Wrong:
    return _word(value, tuple(DateBasis))


def _status(value: Value) -> _Wrong:
    return _word(value, tuple(Status))


def _word(value: Value, words: tuple[str, ...]) -> _Wrong:
    if value in words or value == "":
        return None
    return value if isinstance(value, str) else "", f"Write one of {', '.join(words)}."


def _own_address(value: Value) -> _Wrong:
    if wrong := _texts(value):
        return wrong
    for path in (value,) if isinstance(value, str) else value:
        if isinstance(path, str) and not is_inside(path.strip("/")):
            return path, "Give a path within the site, such as 'old/path/'."
    return None


def _original(value: Value) -> _Wrong:
    if not isinstance(value, dict):
        return "", "Give 'file:' and 'sha256:'."
    file = value.get("file")
    if file is not None and not (isinstance(file, str) and is_inside(file)):
        return file if isinstance(file, str) else "", "Give a path within the archive, such as 'originals/x.pdf'."
    digest = value.get("sha256")
    if digest is not None and not (isinstance(digest, str) and re.fullmatch(r"[0-9a-f]{64}", digest)):
        return digest if isinstance(digest, str) else "", "Give the SHA-256 as 64 hexadecimal digits."
    return None


def _entities(value: Value) -> _Wrong:
    if not isinstance(value, dict) or set(value) - {"add", "not", "read"}:
        return "", "Give 'add:', 'not:' or 'read:'."
    if wrong := _texts(value.get("add", "")) or _texts(value.get("not", "")):
        return wrong
    read = value.get("read") or {}
    if not isinstance(read, dict) or not all(isinstance(item, str) for item in read.values()):
        return "", "Give under 'read:' a slug for each name: {Lukashenko: viktor-lukashenko}."
    return None


def _withdrawn(value: Value) -> _Wrong:
    return None if isinstance(value, dict) or value == "" else ("", "Give 'date:' and 'reason:'.")


def _corrections(value: Value) -> _Wrong:
    if value == "" or (isinstance(value, tuple) and all(isinstance(item, dict) for item in value)):
        return None
    return "", "Give a list, each with 'date:' and 'note:'."


def _kind(value: Value) -> str:
    return "text" if isinstance(value, str) else "a list" if isinstance(value, tuple) else "a list of fields"


_DRIVE = re.compile(r"[A-Za-z]:")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def is_inside(path: str) -> bool:
    """Say whether a path stays in its folder on every system.

    >>> is_inside("old/path"), is_inside("../x"), is_inside("C:x"), is_inside("a/nul.md")
    (True, False, False, False)
    """
    if not path or "\\" in path or path.startswith("/") or _DRIVE.match(path):
        return False
    return not any(
        part in {"", ".", ".."} or part.endswith((".", " ")) or _DEVICE.fullmatch(part) for part in path.split("/")
    )


_VALUES = {
    **dict.fromkeys(("title", "date_note", "publisher", "series", "number", "language", "doi", "rights"), _one_text),
    **dict.fromkeys(("summary", "markdown"), _one_text),
    **dict.fromkeys(("authors", "source_url", "subjects", "supersedes", "superseded_by", "translation_of"), _texts),
    "date_basis": _basis,
    "status": _status,
    "redirect_from": _own_address,
    "original": _original,
    "entities": _entities,
    "withdrawn": _withdrawn,
    "corrections": _corrections,
}
