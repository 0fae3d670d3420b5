"""A raw text document → a brief: the steps in their order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from regesta.importing.cut_addresses import whole_addresses
from regesta.importing.decode import Source, read_source
from regesta.importing.found_date import find_date
from regesta.importing.front_matter import Value, write_front_matter
from regesta.importing.furniture import clear_furniture, header_words
from regesta.importing.given import Given
from regesta.importing.header import Header, read_header
from regesta.importing.headings import mark_headings
from regesta.importing.hyphenation import OpenWord, Vocabulary
from regesta.importing.imported import Imported, ImportedNote
from regesta.importing.inline import InlineReader, Written
from regesta.importing.joining import join_sentences
from regesta.importing.language import language_of
from regesta.importing.lines import Block, BlockKind, numbered, split_blocks
from regesta.importing.masthead import Masthead, read_masthead
from regesta.importing.note_text import WrittenNote, write_note
from regesta.importing.notes import sort_notes
from regesta.importing.numbering import Numbering
from regesta.importing.problems import (
    Problem,
    footnote_problems,
    lost_link_problems,
    open_word_problems,
    place_problems,
    torn_link_problems,
)
from regesta.importing.repairs import Repair, RepairKind
from regesta.importing.word_lists import no_word_list
from regesta.model.dates import ArchiveDate, DateBasis, Precision

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from regesta.importing.word_lists import WordLists

__all__ = ["import_text"]

_ORDER = (
    *("title", "date", "date_basis", "date_note", "authors", "publisher", "series", "number", "language"),
    *("source_url", "original", "doi", "rights", "subjects", "summary", "status", "updated"),
)


def import_text(
    data: bytes,
    *,
    path: str,
    given: Given | None = None,
    encoding: str | None = None,
    word_lists: WordLists = no_word_list,
) -> Imported:
    """Make a brief of the bytes of a raw document; raise `Unreadable` when they are no text.

    `path` names the document in the log and in findings. What a person has `given` overrules the document.
    `word_lists` gives the words of a language, for words that a line end cuts.
    """
    source = read_source(data, path=path, encoding=encoding)
    stated = (given or Given()).fields.get("language")
    language = stated if isinstance(stated, str) else language_of("\n".join(source.lines))
    text = _read(source, word_lists(language) if language else ())
    return _write(source, text, given or Given())


@dataclass(slots=True)
class _Text:
    """A document, taken apart."""

    header: Header
    body: list[Written] = field(default_factory=list)
    notes: list[WrittenNote] = field(default_factory=list)
    series: str | None = None
    mastheads: dict[str, str] = field(default_factory=dict)
    """Running headers, and the metadata that each of them gave."""
    left: list[OpenWord] = field(default_factory=list)
    """Words of the body that a line end cuts, and that are left so."""
    hint: ArchiveDate | None = None
    """A date that the first paragraph names."""
    repairs: list[Repair] = field(default_factory=list)

    @property
    def parts(self) -> list[Written]:
        """All that was written, in reading order."""
        return [*self.body, *(part for note in self.notes for part in note.parts)]


def _read(source: Source, words: Container[str]) -> _Text:
    cleared = clear_furniture(numbered(source.lines, source.soft_ends), source.page_starts)
    header = read_header(split_blocks(cleared.lines))
    sorted_blocks = sort_notes(header.body, title=header.title_text)
    known = [words for words in (header.title, header.series, *cleared.headers) if words]
    joined = join_sentences(sorted_blocks.body, headers=known)
    body, headings = mark_headings(joined.blocks)
    text = _Text(header)
    _read_mastheads(text, [*cleared.mastheads, *sorted_blocks.headers, *joined.headers])
    vocabulary, hyphenated = Vocabulary(source.lines, words), list[Repair]()
    body = vocabulary.mend(body, hyphenated, text.left)
    dedented: list[Repair] = []
    numbering = Numbering(sorted_blocks.notes, body)
    reader = InlineReader(numbering, whole_addresses(source.lines))
    text.body = [
        reader.write(block) if block.kind is not BlockKind.FENCE else Written(block.text)
        for block in _dedented(body, dedented)
    ]
    text.notes = [
        write_note(note, reader, vocabulary, label=numbering.label(at)) for at, note in enumerate(sorted_blocks.notes)
    ]
    first = next((block for block in body if block.kind is BlockKind.PARAGRAPH), None)
    found = find_date(first.text) if first else None
    text.hint = found.date if found else None
    text.repairs = [
        *(*source.repairs, *cleared.repairs, *header.repairs, *sorted_blocks.repairs, *joined.repairs),
        *(*headings, *dedented, *hyphenated),
        *(repair for note in text.notes for repair in note.repairs),
        *(repair for part in text.parts for repair in part.repairs),
    ]
    # What ends a line comes after what stands in it.
    text.repairs.sort(key=lambda repair: (repair.line, repair.kind is RepairKind.HYPHENATION))
    _say_mastheads(text)
    return text


def _read_mastheads(text: _Text, lines: Iterable[str]) -> None:
    """Take from the running headers what the lines above the text do not say."""
    header = text.header
    text.series = header.series
    for line in lines:
        head = read_masthead(line, title=header.title)
        words = header_words(line)
        if not head.said() and words != header.title:
            head = Masthead(series=words)
        wanted = Masthead(
            series=None if text.series else head.series,
            publisher=None if header.publisher else head.publisher,
            number=None if header.number else head.number,
            dateline=None if header.dateline else head.dateline,
        )
        text.series = text.series or head.series
        header.publisher = header.publisher or head.publisher
        header.number = header.number or head.number
        header.dateline = header.dateline or head.dateline
        if wanted.said():
            text.mastheads[line.strip()] = "; ".join(wanted.said())


def _say_mastheads(text: _Text) -> None:
    """Say of the running headers that became metadata where they went, each time at the first of them."""
    for at, repair in enumerate(text.repairs):
        if repair.kind is RepairKind.RUNNING_HEADER and text.mastheads:
            said = text.mastheads.pop(repair.before, "") or text.mastheads.pop(header_words(repair.before), "")
            if said:
                text.repairs[at] = replace(repair, after=said)


def _dedented(blocks: Iterable[Block], repairs: list[Repair]) -> Iterable[Block]:
    """Take off indentation that Markdown would read as code; the parts of a list keep theirs."""
    in_list = False
    for block in blocks:
        in_list = block.kind is BlockKind.LIST or (in_list and block.indent > 0)
        if block.kind not in {BlockKind.PARAGRAPH, BlockKind.TABLE} or in_list or block.indent < 4:  # noqa: PLR2004 - CommonMark's indented code
            yield block
            continue
        lines = []
        for line in block.lines:
            indent = len(line.text) - len(line.text.lstrip())
            if indent:
                repairs.append(
                    Repair(kind=RepairKind.INDENTATION, line=line.number, before=line.text[:indent], after="")
                )
            lines.append(line.cut(indent))
        yield replace(block, lines=tuple(lines))


def _write(source: Source, text: _Text, given: Given) -> Imported:
    date, basis, note = _date(text, given)
    body = [part.text.strip("\n").rstrip() for part in text.body]
    prose = "\n\n".join(filter(None, body))
    fields = _fields(source, text, given, language=language_of(prose))
    fields |= {"date": date.text if date else "", "date_basis": basis.value, "date_note": note}
    known = {name: fields[name] for name in (*_ORDER, *fields) if fields.get(name)}
    blocks = filter(None, (write_front_matter(known), prose, "\n\n".join(note.text for note in text.notes)))
    references = [reference for part in text.parts for reference in part.references]
    return Imported(
        source=source.path,
        sha256=source.sha256,
        markdown="\n".join(f"{block.rstrip()}\n" for block in blocks),
        title=_single(fields.get("title")),
        date=date,
        date_basis=basis,
        authors=tuple(fields.get("authors") or ()),
        publisher=_single(fields.get("publisher")),
        series=_single(fields.get("series")),
        number=_single(fields.get("number")),
        language=_single(fields.get("language")),
        footnotes=tuple(ImportedNote(label=note.label, urls=tuple(note.urls)) for note in text.notes),
        references=tuple(reference.label for reference in references),
        links=sum(len(part.urls) for part in text.parts),
        repairs=tuple(text.repairs),
        findings=tuple(place_problems(_problems(text, fields, date, has_body=bool(prose)), source)),
    )


def _single(value: Value | None) -> str | None:
    return value if isinstance(value, str) and value else None


def _fields(source: Source, text: _Text, given: Given, *, language: str | None) -> dict[str, Value]:
    header = text.header
    found: dict[str, Value | None] = {
        "title": header.title,
        "authors": header.authors,
        "publisher": header.publisher,
        "series": text.series,
        "number": header.number,
        "language": language,
        "source_url": [header.source_url] if header.source_url else None,
        "updated": header.updated,
        "original": {"file": PurePosixPath(source.path).name, "sha256": source.sha256},
    }
    return {name: value for name, value in {**found, **given.fields}.items() if value}


def _date(text: _Text, given: Given) -> tuple[ArchiveDate | None, DateBasis, str]:
    """Give the date, how it is known and what is to be said about it; a person's word comes first."""
    header = text.header
    stated = header.dateline.date if header.dateline else None
    note = " ".join(header.notes)
    if given.date:
        differs = stated is not None and given.date.text not in stated.text
        return given.date, given.basis, f"The document states {stated}." if differs else note
    if stated:
        return stated, DateBasis.STATED, note
    named = find_date(header.title) if header.title else None
    if named and named.date.precision >= Precision.DAY:
        return named.date, DateBasis.INFERRED, "Read from the title."
    return None, DateBasis.NONE, note


def _problems(text: _Text, fields: dict[str, Value], date: ArchiveDate | None, *, has_body: bool) -> Iterable[Problem]:
    top = (text.header.title_line, 0)
    if not fields.get("title"):
        yield Problem(rule="B302", start=top, message="no title was found.", hint="Add 'title:' to the brief.")
    if date is None or date.precision is Precision.NONE:
        yield _missing_date(text, date)
    if not has_body:
        yield Problem(rule="B309", start=top, message="no text was found.", hint="Look at the original.")
    references = [reference for part in text.parts for reference in part.references]
    yield from footnote_problems(text.notes, references)
    yield from open_word_problems(text.left)
    for part in text.body:
        yield from lost_link_problems(part.lost)
        yield from torn_link_problems(part.torn)
    for note in text.notes:
        yield from open_word_problems(note.left, footnote=note.label)
        for part in note.parts:
            yield from lost_link_problems(part.lost, footnote=note.label)
            yield from torn_link_problems(part.torn, footnote=note.label)


def _missing_date(text: _Text, date: ArchiveDate | None) -> Problem:
    if date:
        message, line = f"the dateline names no year: {date.text!r}.", text.header.date_line
        hint = "Say the year: import it again with --date, or complete 'date:' in the brief."
    else:
        message, line = "no date is stated.", text.header.title_line
        hint = "Import it again with --date or a manifest, or add 'date:' to the brief."
        if text.hint:
            hint += f" Its text begins with {text.hint.text!r}, which may be inferred (date_basis: inferred)."
    return Problem(rule="B303", start=(line, 0), message=message, hint=hint)
