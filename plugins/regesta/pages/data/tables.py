"""The tables of the archive as data: what each column holds, in the words of its codebook."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from regesta.pages.languages.language import phrase

__all__ = ["BRIEFS", "ENTITIES", "LINKS", "MENTIONS", "TABLES", "Column", "Kind", "Table"]


class Kind(StrEnum):
    """What a column holds. The value is the word of Frictionless' Table Schema."""

    TEXT = "string"
    NUMBER = "integer"
    LIST = "array"
    """Texts. In CSV they stand in one cell, with `; ` between them."""


class Column(NamedTuple):
    """One column of a table, one field of a record."""

    name: str
    kind: Kind
    meaning: str
    """In English: a message. For people who have only the file."""


class Table(NamedTuple):
    """One table."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    """The columns by which a row is found; none where a row is found by its place only."""
    leads_to: tuple[tuple[str, str, str], ...] = ()
    """Columns that name a row of another table: the column, the other table, its column."""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)


def _text(name: str, meaning: str) -> Column:
    return Column(name, Kind.TEXT, meaning)


def _number(name: str, meaning: str) -> Column:
    return Column(name, Kind.NUMBER, meaning)


def _list(name: str, meaning: str) -> Column:
    return Column(name, Kind.LIST, meaning)


_PRECISION = _text("precision", phrase("How much of the date is known: none, year, month, day or time."))
_BRIEF = _text("brief", phrase("The brief, as the column 'brief' of the table 'briefs' has it."))
_INSTITUTE = _text("institute", phrase("The institute that published the brief: 'publisher' in its front matter."))

BRIEFS = Table(
    "briefs",
    phrase("One row for each brief that is shown, the earliest first. Withdrawn briefs and drafts are not in it."),
    (
        _text(
            "brief",
            phrase("The path of the brief's file in the archive. It never changes, and all tables name briefs by it."),
        ),
        _text("address", phrase("Where the brief can be read.")),
        _text("title", phrase("Its title.")),
        _text(
            "date",
            phrase(
                "Its date as the archive knows it: ISO 8601, or EDTF where less is known, such as 2020-09 or 2020~."
            ),
        ),
        _PRECISION,
        _number("year", phrase("The year of the date, where it is known.")),
        _text(
            "date_basis",
            phrase("How the date is known: stated in the document, inferred, given by the archive, or none."),
        ),
        _text("date_note", phrase("Why the date is taken to be this one.")),
        _list("authors", phrase("Who wrote it, as the document names them.")),
        _INSTITUTE,
        _text("series", phrase("The series in which it appeared.")),
        _text("number", phrase("Its number in the series.")),
        _text("language", phrase("The language of its text, as a BCP 47 tag such as en or uk.")),
        _list("source_urls", phrase("Where it was first published.")),
        _text("doi", phrase("Its DOI.")),
        _text("rights", phrase("What may be done with it, in its own words.")),
        _list("subjects", phrase("What it is about.")),
        _text("summary", phrase("Its summary.")),
        _text("updated", phrase("When it was last changed after publication.")),
        _list("corrections", phrase("What was corrected: the date, a colon, and what the correction says.")),
        _list("supersedes", phrase("Briefs of the archive that it takes the place of.")),
        _list("superseded_by", phrase("Briefs of the archive that take its place.")),
        _list("translation_of", phrase("Briefs of the archive that it translates.")),
        _list("cites", phrase("Briefs of the archive that it cites.")),
        _number("footnotes", phrase("How many footnotes it has.")),
        _number("links", phrase("How many links it has, in notes and elsewhere.")),
        _number("mentions", phrase("How often it names a person, organisation, place or event of the archive.")),
    ),
    key=("brief",),
)

ENTITIES = Table(
    "entities",
    phrase("One row for each person, organisation, place and event that the archive has a record of, by slug."),
    (
        _text("entity", phrase("The last part of the address of its page. All tables name entities by it.")),
        _text("address", phrase("Where its page is; empty where entities have no pages.")),
        _text("type", phrase("person, organisation, place or event.")),
        _list("also", phrase("Other types under which it is listed.")),
        _text("name", phrase("Its name, as the archive writes it.")),
        _text("native_name", phrase("Its name in its own script.")),
        _list("variants", phrase("Other names and spellings under which it is found.")),
        _text("part_of", phrase("The entity that it belongs to.")),
        _list("same_as", phrase("Identifiers in authority files: the authority, a colon, and the identifier.")),
        _number("briefs", phrase("How many briefs name it.")),
        _number("mentions", phrase("How often they name it.")),
        _text("first_date", phrase("The date of the earliest dated brief that names it.")),
        _text("last_date", phrase("The date of the latest one.")),
    ),
    key=("entity",),
    leads_to=(("part_of", "entities", "entity"),),
)

MENTIONS = Table(
    "mentions",
    phrase(
        "One row for each place where a brief names an entity; one without spelling and sentence where only the "
        "brief's front matter says that it is about it."
    ),
    (
        _text("entity", phrase("Who or what is named, as the column 'entity' of the table 'entities' has it.")),
        _text("date", phrase("The date of the brief, as the table 'briefs' has it.")),
        _PRECISION,
        _text("title", phrase("The title of the brief.")),
        _text("address", phrase("The address of the paragraph that names it.")),
        _INSTITUTE,
        _text("spelling", phrase("The name as it is written there.")),
        _text("sentence", phrase("The sentence that names it.")),
        _list("notes", phrase("The footnotes on which the sentence rests, as the brief labels them.")),
        _text("language", phrase("The language of the brief.")),
        _BRIEF,
        _number(
            "paragraph",
            phrase("The number of the paragraph in the brief, as its address has it; empty where it has none."),
        ),
    ),
    leads_to=(("entity", "entities", "entity"), ("brief", "briefs", "brief")),
)

LINKS = Table(
    "links",
    phrase("One row for each link of a brief's text and notes that leads out of the archive, or is meant to."),
    (
        _BRIEF,
        _text("footnote", phrase("The label of the note in which it stands; empty where it stands in the text.")),
        _number("line", phrase("The line of the brief's file in which it stands, from 1.")),
        _number("column", phrase("The character of that line at which it begins, from 1.")),
        _text(
            "raw",
            phrase("What is written there, letter for letter. Do not follow it where the column 'form' says defanged."),
        ),
        _text("url", phrase("The address that is meant, where that is certain.")),
        _text(
            "form",
            phrase("What is to be said of how it is written: ok, damaged, defanged, malformed, empty or not-http."),
        ),
        _text("problem", phrase("What is wrong with how it is written.")),
        _text(
            "source",
            phrase("Who stands behind the address: its registrable domain, or the source that the archive knows."),
        ),
        _text(
            "verdict",
            phrase("What visits to the address amount to, such as live, moved or dead; empty without an audit."),
        ),
        _text("since", phrase("The first day of the evidence for the verdict.")),
        _text("checked", phrase("The last day on which the address was seen.")),
        _text("memento", phrase("The archived copy nearest the date of the brief.")),
    ),
    leads_to=(("brief", "briefs", "brief"),),
)

TABLES = (BRIEFS, ENTITIES, MENTIONS, LINKS)
"""In the order in which they are to be filled: what is named stands before what names it."""
