"""The header block of a raw document: title, dateline, byline, and lines such as `Series: …`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from regesta.importing.byline import read_byline
from regesta.importing.dateline import Dateline, read_dateline, read_number
from regesta.importing.labels import LabelForm, note_start
from regesta.importing.lines import Block, BlockKind, Line, split_blocks
from regesta.importing.markup import plain
from regesta.importing.masthead import SERIES_WORDS, read_masthead
from regesta.importing.repairs import Repair, RepairKind

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Header", "read_header"]


@dataclass(slots=True)
class Header:
    """What the lines above the text say, and the blocks that are left."""

    title: str | None = None
    title_line: int = 1
    title_text: str = ""
    """As the document writes it."""
    authors: list[str] = field(default_factory=list)
    dateline: Dateline | None = None
    date_line: int = 1
    series: str | None = None
    publisher: str | None = None
    number: str | None = None
    source_url: str | None = None
    updated: str | None = None
    notes: list[str] = field(default_factory=list)
    """What is to be kept beside the date."""
    repairs: list[Repair] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)


_LONGEST_TITLE = 300
_LONGEST_FIELD = 160
_MOST_LINES = 8
_SENTENCE = 120
_LONGEST_STOPPED = 80  # a title hardly ends with a full stop
_FIELD = re.compile(
    r"(?P<name>series|publisher|published by|source|source url|url|updated|last updated)\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_FIELDS = {
    "series": "series", "publisher": "publisher", "published by": "publisher", "source": "source_url",
    "source url": "source_url", "url": "source_url", "updated": "updated", "last updated": "updated",
}  # fmt: skip
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?")
# A line of its own is a series only when it ends so: "Situation analysis" may be a heading.
_SERIES_ENDS = frozenset(
    {"update", "spotlight", "bulletin", "brief", "monitor", "digest", "watch", "dispatch", "newsletter"}
)


def read_header(blocks: Sequence[Block]) -> Header:
    """Take the header off the front of a document; lines that it does not know stay in the body."""
    header = Header()
    rest = _read_title(header, list(blocks))
    kept: list[Block] = []
    seen, known = 0, True
    while rest and seen < _MOST_LINES and _may_be_header(rest[0]):
        block = rest.pop(0)
        left: list[Line] = []
        for at, line in enumerate(block.lines):
            seen += 1
            strict = not known or bool(left) or block.kind is BlockKind.HEADING
            known = _read_line(header, line, strict=strict, last=not rest and at == len(block.lines) - 1)
            if not known:
                left.append(line)
        if left:
            kept.extend(split_blocks(left) if len(left) < len(block.lines) else [block])
    header.body = [*kept, *rest]
    return header


def _may_be_header(block: Block) -> bool:
    return (
        block.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        and len(block.lines) <= _MOST_LINES
        and all(len(line.text) <= _LONGEST_FIELD for line in block.lines)
    )


def _read_title(header: Header, blocks: list[Block]) -> list[Block]:
    """Read the title and what stands above it; give the blocks below."""
    at = 0
    while at < len(blocks) and blocks[at].kind is BlockKind.RULE:
        at += 1
    above = 0
    while at < len(blocks) and above < _MOST_LINES:
        block = blocks[at]
        if block.kind is BlockKind.HEADING and len(block.text) <= _LONGEST_TITLE:
            return _take_title(header, block, len(block.lines), blocks[at + 1 :])
        if block.kind is not BlockKind.PARAGRAPH or not _may_be_title(block.lines[0].text):
            return blocks[at:]
        count = _title_lines(block)
        if count and not _stands_above_title(block.lines[0].text, blocks[at:]):
            return _take_title(header, block, count, blocks[at + 1 :])
        if not _read_line(header, block.lines[0], strict=True, last=False):
            return blocks[at:]
        above += 1
        if len(block.lines) > 1:
            blocks = [*blocks[:at], Block(block.lines[1:], block.kind), *blocks[at + 1 :]]
        else:
            at += 1
    return blocks[at:]


def _take_title(header: Header, block: Block, count: int, below: list[Block]) -> list[Block]:
    words = block.lines[:1] if block.kind is BlockKind.HEADING else block.lines[:count]
    written = "\n".join(line.text.strip() for line in block.lines[:count])
    header.title = plain(" ".join(line.text.strip() for line in words)) or None
    header.title_line, header.title_text = block.number, written
    if header.title is None:
        return [block, *below]
    header.repairs.append(
        Repair(kind=RepairKind.TITLE, line=block.number, before=written, after=f"title: {header.title}")
    )
    left = block.lines[count:]
    return [Block(left, block.kind), *below] if left else below


def _may_be_title(text: str) -> bool:
    start = note_start(text)
    if start and (start.links or start.form in {LabelForm.MARKDOWN, LabelForm.RAISED}):
        return False
    return len(text) <= _LONGEST_TITLE and any(character.isalnum() for character in text)


def _title_lines(block: Block) -> int:
    """Count the lines of a title that begins a paragraph: 0 when the paragraph is text."""
    lines = [line.text.strip() for line in block.lines]
    count = next((at for at, line in enumerate(lines) if at and _is_metadata(line)), len(lines))
    together = " ".join(lines[:count])
    if len(together) > _LONGEST_TITLE or (len(together) > _LONGEST_STOPPED and together.endswith(".")):
        return 1 if count > 1 and _heads(lines[0], lines[1]) else 0
    return count


def _heads(line: str, below: str) -> bool:
    """Whether a line stands over a text without a blank line between them: much shorter, and a new start below."""
    return len(line) < len(below) // 2 and not line.endswith((",", "-")) and below[:1].isupper()


def _is_metadata(text: str) -> bool:
    words = plain(text)
    return (
        read_dateline(words) is not None or read_byline(words, implied=False) is not None or bool(_FIELD.match(words))
    )


def _stands_above_title(text: str, blocks: Sequence[Block]) -> bool:
    """Tell a dateline above the title from a title with a date in it: only the former has a title below."""
    words = plain(text)
    if _FIELD.match(words):
        return True
    dateline = read_dateline(words)
    if dateline is None:
        below = next((line.text for block in blocks for line in block.lines if line.text is not text), "")
        return _is_issue(words) and 0 < len(below) <= _SENTENCE and not _is_metadata(below)
    if not dateline.rest:
        return True
    below = next((line.text for block in blocks for line in block.lines if line.text is not text), "")
    return len(below) <= _SENTENCE and not _is_metadata(below) and read_byline(plain(below)) is None


def _read_line(header: Header, line: Line, *, strict: bool, last: bool) -> bool:  # noqa: PLR0911 - one for each kind of line
    """Read one line as metadata; `strict` after a line that was none: then only what says what it is."""
    words = plain(line.text)
    if not words or last:
        return False
    if match := _FIELD.fullmatch(words):
        return _read_field(header, line, match)
    if header.dateline is None and (dateline := read_dateline(words)) and not (strict and len(dateline.rest) > 40):  # noqa: PLR2004 - a few words
        return _read_dateline(header, line, dateline)
    if not header.authors and (names := read_byline(words, implied=not strict)):
        header.authors = names
        header.repairs.append(
            Repair(kind=RepairKind.BYLINE, line=line.number, before=line.text.strip(), after=_listed("authors", names))
        )
        return True
    if _is_issue(words) and _read_issue(header, line):
        return True
    if not strict and header.series is None and _is_series(words) and words.split()[-1].lower() in _SERIES_ENDS:
        header.series = words
        header.repairs.append(
            Repair(kind=RepairKind.HEADER_FIELD, line=line.number, before=line.text.strip(), after=f"series: {words}")
        )
        return True
    return False


def _read_field(header: Header, line: Line, match: re.Match[str]) -> bool:
    name, value = _FIELDS[match["name"].lower()], match["value"].strip()
    if name == "source_url":
        address = _ADDRESS.search(line.text)
        if address is None:
            return False
        value = address[1]
    elif name == "updated":
        dateline = read_dateline(value)
        if dateline is None or dateline.date.year is None or dateline.rest:
            return False
        value = dateline.date.text
    setattr(header, name, value)
    header.repairs.append(
        Repair(kind=RepairKind.HEADER_FIELD, line=line.number, before=line.text.strip(), after=f"{name}: {value}")
    )
    return True


def _read_dateline(header: Header, line: Line, dateline: Dateline) -> bool:
    header.date_line = line.number
    after = []
    cells = []
    for cell in re.split(r"\s*[|·;]\s*", line.text):
        names = read_byline(plain(cell), implied=False)
        if names and not header.authors:
            header.authors = names
            after.append(_listed("authors", names))
        else:
            cells.append(cell)
    head = read_masthead(" | ".join(cells), title=header.title)
    header.dateline = head.dateline or dateline
    after = [f"date: {header.dateline.date}", *after]
    header.series, header.publisher = header.series or head.series, header.publisher or head.publisher
    header.number = header.number or head.number
    after += [said for said in head.said() if not said.startswith("date: ")]
    doubt = f"The dateline reads {line.text.strip()!r}." if head.left else None
    header.notes = [note for note in (header.dateline.note, doubt) if note]
    header.repairs.append(
        Repair(kind=RepairKind.DATELINE, line=line.number, before=line.text.strip(), after="; ".join(after))
    )
    return True


def _read_issue(header: Header, line: Line) -> bool:
    """Read a line that names a series and the number of the issue, such as `Policy Brief No. 7`."""
    head = read_masthead(line.text, title=header.title)
    if not head.number or not head.series or head.left or header.series:
        return False
    header.series, header.number = head.series, head.number
    header.publisher = header.publisher or head.publisher
    header.repairs.append(
        Repair(kind=RepairKind.HEADER_FIELD, line=line.number, before=line.text.strip(), after="; ".join(head.said()))
    )
    return True


def _is_series(text: str) -> bool:
    words = text.lower().split()
    return (
        1 < len(words) <= 6  # noqa: PLR2004 - a series' name, not a sentence
        and not text.endswith((".", "?", "!", ":"))
        and not SERIES_WORDS.isdisjoint(word.strip(",.") for word in words)
    )


def _is_issue(words: str) -> bool:
    """Whether a line is a series with the number of an issue, and no sentence and no title that counts something."""
    number, rest = read_number(words)
    return number is not None and len(words.split()) <= _MOST_LINES and _is_series(f"{rest.strip(' ,;|-')} report")


def _listed(name: str, values: Sequence[str]) -> str:
    return f"{name}: {', '.join(values)}"
