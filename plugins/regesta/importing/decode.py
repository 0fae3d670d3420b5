"""Bytes of a raw document → its lines, free of what no text should hold."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from regesta.importing.repairs import Repair, RepairKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["LARGEST_DOCUMENT", "Source", "Unreadable", "read_source", "require_size"]

LARGEST_DOCUMENT = 8 * 1024 * 1024
"""Bytes. A brief of 8 MB would have 1.3 million words: whatever is larger is something else."""


class Unreadable(ValueError):
    """Bytes that cannot be taken for a raw text document. The message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A raw document as text."""

    path: str
    """As it was named to us, with forward slashes."""
    sha256: str
    lines: tuple[str, ...]
    """Without their ends and without control characters."""
    raw_lines: tuple[str, ...] = field(repr=False)
    """With control characters: what byte offsets are counted in."""
    encoding: str
    """Of the bytes after the byte order mark."""
    starts: tuple[int, ...] = field(repr=False)
    """The byte offset of each line."""
    page_starts: frozenset[int] = frozenset()
    """Lines, 1-based, that a form feed begins or precedes."""
    soft_ends: frozenset[int] = frozenset()
    """Lines, 1-based, that ended with a soft hyphen."""
    columns: Mapping[int, tuple[int, ...]] = field(default_factory=dict, repr=False)
    """For lines that were changed: where each character stood in the raw line, and where that ended."""
    repairs: tuple[Repair, ...] = ()

    def raw_column(self, line: int, column: int) -> int:
        """Give the column in the raw line, both from 0."""
        places = self.columns.get(line)
        return places[min(column, len(places) - 1)] if places else column


_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_AS_TEXT = "Save it as plain text in UTF-8 and import that."
_KNOWN_FORMATS = (
    (re.compile(rb"%PDF-"), "a PDF", "Write its text with 'pdftotext -layout FILE.pdf' and import that."),
    (re.compile(rb"PK\x03\x04.{0,4000}?word/", re.DOTALL), "a Word document (DOCX, Office)", _AS_TEXT),
    (re.compile(rb"PK\x03\x04.{26,40}mimetypeapplication/vnd\.oasis", re.DOTALL), "an OpenDocument file", _AS_TEXT),
    (re.compile(rb"PK\x03\x04.{26,40}mimetypeapplication/epub", re.DOTALL), "an e-book (EPUB)", _AS_TEXT),
    (re.compile(rb"PK\x03\x04"), "a ZIP or Office document", "Take out what is in it as plain text, and import that."),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Office document (DOC)", _AS_TEXT),
    (re.compile(rb"\{\\rtf"), "a rich text document (RTF)", _AS_TEXT),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF.{4}WEBP|II\*\0|MM\0\*", re.DOTALL), "a picture", _AS_TEXT),
    (re.compile(rb"\x1f\x8b|BZh|7z\xbc\xaf|\xfd7zXZ|Rar!"), "a compressed file", "Unpack it and import what is in it."),
)
_MARKUP = (
    (re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE), "HTML"),
    (re.compile(r"<\?xml\b.{0,2000}?<(?:!doctype\s+html|html\b)", re.IGNORECASE | re.DOTALL), "XHTML"),
    (re.compile(r"<\?xml\b|<!DOCTYPE\b|<(?:svg|rss|feed|TEI)\b"), "XML"),
    (
        re.compile(
            r"<(?:head|body|title|meta|script|style|div|article|section|main|table|p|h[1-6]|ul|ol)\b[^<>]*>",
            re.IGNORECASE,
        ),
        "HTML",
    ),
    (re.compile(r"\{\\rtf"), "a rich text document (RTF)"),
    (re.compile(r"%PDF-"), "a PDF"),
    (
        re.compile(r"(?:[A-Z][\w-]{1,40}:.{0,400}\r?\n(?:[ \t].{0,400}\r?\n)*){1,30}", re.IGNORECASE),
        "a saved page (MHTML)",
    ),
)
_COMMENTS = re.compile(r"(?:\s|<!--.{0,2000}?-->)*", re.DOTALL)
_CLOSED = re.compile(r"</(?:p|div|li|td|tr|h[1-6]|body|html|article|section|span|a)\s*>", re.IGNORECASE)
_MULTIPART = re.compile(r"^Content-Type:\s*multipart/(?:related|alternative|mixed)", re.IGNORECASE | re.MULTILINE)
_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,10}\b[^<>]*>", re.IGNORECASE)
_HEAD = 8192
"""Characters at the start of a document that say what it is."""
_FEWEST_CLOSED = 2

_LINE_END = re.compile(r"\r\n|\r|\n")
# Control characters, surrogates and non-characters; tab, LF and CR are text. U+2028 and U+2029 end a line
# for YAML and for Python, but for no editor that an archivist uses.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]+"
)
_BLANKS = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_BINARY_SHARE = 0.1


def read_source(data: bytes, *, path: str, encoding: str | None = None) -> Source:
    """Decode a raw document: UTF-8, UTF-16 with its mark, or what `encoding` says; else raise `Unreadable`."""
    _require_text(data, path)
    text, codec, mark = _decoded(data, encoding)
    if "\0" in text:
        raise Unreadable("It is binary, not text (it holds NUL). Export it as plain text and import that.")
    if not text.strip():
        raise Unreadable("It holds nothing but blanks. Is it the right file?")
    repairs = []
    if mark:
        repairs.append(Repair(kind=RepairKind.BYTE_ORDER_MARK, line=1, before="\ufeff", after=""))
    if "\r" in text:
        before = "\r\n" if "\r\n" in text else "\r"
        repairs.append(Repair(kind=RepairKind.LINE_ENDINGS, line=1, before=before, after="\n"))
    raw_lines, starts = _split(text, codec, mark)
    cleaned = _cleaned(raw_lines)
    controls = (repair for repair in cleaned.repairs if repair.kind is RepairKind.CONTROL_CHARACTER)
    if sum(len(repair.before.replace("\f", "")) for repair in controls) > _BINARY_SHARE * len(text):
        raise Unreadable("It is binary, not text (a tenth of it is control characters). Export it as plain text.")
    _refuse_brief(cleaned.lines)
    return Source(
        path=path,
        sha256=sha256(data).hexdigest(),
        lines=tuple(cleaned.lines),
        raw_lines=tuple(raw_lines),
        encoding=codec,
        starts=tuple(starts),
        page_starts=frozenset(cleaned.page_starts),
        soft_ends=frozenset(cleaned.soft_ends),
        columns=cleaned.columns,
        repairs=(*repairs, *cleaned.repairs),
    )


def require_size(size: int) -> None:
    """Raise `Unreadable` when a document of so many bytes is too large, before anybody reads it."""
    if size > LARGEST_DOCUMENT:
        most = LARGEST_DOCUMENT // 1024 // 1024
        raise Unreadable(
            f"It is too large ({size / 1024 / 1024:.1f} MB; at most {most} MB). Split it into its documents."
        )


def _require_text(data: bytes, path: str) -> None:
    if not data:
        raise Unreadable("It is empty. Is it the right file?")
    require_size(len(data))
    for signature, name, way in _KNOWN_FORMATS:
        if signature.match(data.removeprefix(codecs.BOM_UTF8)):
            raise Unreadable(f"It is binary: {name}, not plain text. {way}")
    if kind := _markup_of(data, path):
        raise Unreadable(f"It is {kind}, not plain text. {_AS_TEXT}")


def _markup_of(data: bytes, path: str) -> str | None:
    """Name what a document is written in, when it is markup for programs: its file name may say nothing."""
    codec = next((codec for mark, codec in _MARKS if data.startswith(mark)), "latin-1")
    head = data[:_HEAD].decode(codec, "replace").lstrip("\ufeff\xef\xbb\xbf")
    start = _COMMENTS.match(head)
    head = head[start.end() :] if start else head
    for pattern, kind in _MARKUP:
        match = pattern.match(head)
        if match is None:
            continue
        # A tag alone at the start may be all the markup of a text, and header lines may be a text's own.
        if match[0].endswith(">") and not match[0].lower().startswith("<!doctype") and not _is_markup(head, match[0]):
            continue
        if "MHTML" in kind and not _MULTIPART.search(match[0]):
            continue
        return kind
    return "HTML" if path.lower().endswith(_HTML_SUFFIXES) and _TAG.search(head) else None


def _is_markup(head: str, tag: str) -> bool:
    return tag.lower().startswith(("<head", "<body", "<title", "<meta", "<script", "<style")) or (
        len(_CLOSED.findall(head)) >= _FEWEST_CLOSED
    )


def _decoded(data: bytes, encoding: str | None) -> tuple[str, str, int]:
    """Give the text, the codec of what follows the mark, and the length of the mark in bytes."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], codec), codec, len(mark)
    return _decode(data, encoding or "utf-8"), encoding or "utf-8", 0


def _decode(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        if codec.startswith("utf") and b"\0" not in data:
            return _decode_surrogates(data, codec, error)
        if b"\0" in data[:4096] and not codec.startswith("utf-16"):
            raise Unreadable("It is binary, not text (it holds NUL). Export it as plain text.") from error
        raise _undecodable(codec, error) from error
    except (LookupError, UnicodeError) as error:
        raise Unreadable(f"No such encoding: {codec!r}. Name one such as utf-8, windows-1251 or iso-8859-2.") from error


def _decode_surrogates(data: bytes, codec: str, first_error: UnicodeDecodeError) -> str:
    """Read text whose only fault are surrogates: pairs are one character, halves are removed with the controls."""
    try:
        text = data.decode(codec, "surrogatepass")
    except UnicodeDecodeError:
        raise _undecodable(codec, first_error) from first_error
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _undecodable(codec: str, error: UnicodeDecodeError) -> Unreadable:
    return Unreadable(
        f"It is undecodable: no {codec.upper()} at byte {error.start}. "
        "Say what it is written in, such as --encoding windows-1251."
    )


def _split(text: str, codec: str, mark: int) -> tuple[list[str], list[int]]:
    lines: list[str] = []
    starts: list[int] = []
    at, offset = 0, mark
    for end in _LINE_END.finditer(text):
        line = text[at : end.start()]
        lines.append(line)
        starts.append(offset)
        offset += _width(line, codec) + _width(end[0], codec)
        at = end.end()
    lines.append(text[at:])
    starts.append(offset)
    return lines, starts


def _width(text: str, codec: str) -> int:
    return len(text) if codec == "utf-8" and text.isascii() else len(text.encode(codec, "surrogatepass"))


@dataclass(slots=True)
class _Cleaned:
    lines: list[str] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    page_starts: set[int] = field(default_factory=set)
    soft_ends: set[int] = field(default_factory=set)
    columns: dict[int, tuple[int, ...]] = field(default_factory=dict)


# The Latin ligatures that fonts have as one sign, and hyphens that only show where a line ends.
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_SOFT_HYPHEN = "\xad"
_OF_FONTS = re.compile(r"[\w\xad]*[\ufb00-\ufb06\xad][\w\xad]*")


def _cleaned(raw_lines: list[str]) -> _Cleaned:
    out = _Cleaned()
    for number, raw in enumerate(raw_lines, start=1):
        if number == 1 and raw.startswith("\ufeff"):
            raw = raw.lstrip("\ufeff")  # noqa: PLW2901 - a second mark is no text either
        if "\f" in raw:
            # A form feed behind the words of a line begins the page of the next one.
            out.page_starts.add(number if raw.lstrip(" \t").startswith("\f") and raw.strip("\f \t") else number + 1)
        line, columns = raw, tuple[int, ...]()
        for pattern, instead in ((_UNWANTED, _instead), (_OF_FONTS, _in_letters)):
            if pattern.search(line):
                line, columns = _replaced(pattern, instead, line, columns, number, out)
        if columns:
            out.columns[number] = columns
        out.lines.append(line)
    return out


def _replaced(  # noqa: PLR0913, PLR0917 - the line, what is replaced in it, and where that is noted
    pattern: re.Pattern[str],
    instead: Callable[[re.Match[str]], tuple[RepairKind, str]],
    line: str,
    columns: tuple[int, ...],
    number: int,
    out: _Cleaned,
) -> tuple[str, tuple[int, ...]]:
    """Replace what no text should hold, and keep where each character that is left came from."""
    columns = columns or tuple(range(len(line) + 1))
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for match in pattern.finditer(line):
        kind, after = instead(match)
        out.repairs.append(Repair(kind=kind, line=number, before=match[0], after=after))
        pieces += [line[at : match.start()], after]
        places += columns[at : match.start()]
        places += [columns[min(match.start() + spot, match.end())] for spot in range(len(after))]
        at = match.end()
        if match[0].endswith(_SOFT_HYPHEN) and not line[at:].strip():
            out.soft_ends.add(number)
    pieces.append(line[at:])
    return "".join(pieces), (*places, *columns[at:])


def _in_letters(written: re.Match[str]) -> tuple[RepairKind, str]:
    letters = written[0].replace(_SOFT_HYPHEN, "")
    kind = RepairKind.SOFT_HYPHEN if _LIGATURES.keys().isdisjoint(map(ord, letters)) else RepairKind.LIGATURE
    return kind, letters.translate(_LIGATURES)


def _instead(unwanted: re.Match[str]) -> tuple[RepairKind, str]:
    """Keep two words two: what Python and readers take for a blank becomes one, but for the edges of a line."""
    inside = unwanted.string[: unwanted.start()].strip() and unwanted.string[unwanted.end() :].strip()
    after = " " if inside and not _BLANKS.isdisjoint(unwanted[0]) else ""
    return RepairKind.CONTROL_CHARACTER, after


_FIELD = re.compile(r"""["']?[A-Za-z_][\w .-]{0,40}["']?\s*:(?:\s|$)""")
_PART = re.compile(r"\s+\S|-(?:\s|$)|#|[\]}]")
"""A line that goes on with a field of YAML, or a remark."""
_TOML = re.compile(r"""["']?[A-Za-z_][\w.-]{0,40}["']?\s*=|\[|#""")
_JSON = re.compile(r'\{\s*"[\w-]{1,40}"\s*:')
_MOST_FIELDS = 400  # lines


def _refuse_brief(lines: list[str]) -> None:
    """Refuse what has front matter: it is a brief, and would be published with its metadata as text."""
    at = next((number for number, line in enumerate(lines) if line.strip()), 0)
    fence, below = lines[at].strip(), lines[at + 1 : at + 1 + _MOST_FIELDS]
    if fence == "---" and _is_yaml(below):
        raise Unreadable("It has front matter: it is a brief already. Copy it into the briefs folder instead.")
    if fence == "+++" and any(_TOML.match(line.strip()) for line in below[:5]):
        raise Unreadable(
            "It has front matter in TOML, as Hugo writes it: it is a brief already. Write the fields as YAML "
            "('title: …' between two lines '---'; 'hugo convert toYAML' does it) and copy it into the briefs folder."
        )
    if _JSON.match("\n".join(lines[at : at + 5]).lstrip()):
        raise Unreadable(
            "It is JSON, or has front matter in JSON. Write the fields as YAML ('title: …' between two lines '---') "
            "and copy it into the briefs folder, or import a plain text."
        )


def _is_yaml(below: list[str]) -> bool:
    """Whether what follows a line `---` are fields, up to the next one; a rule has text below it."""
    end = next((at for at, line in enumerate(below) if line.rstrip() in {"---", "..."}), None)
    fields = [line for line in (below[:6] if end is None else below[:end]) if line.strip()]
    if end is None:
        return bool(fields) and _FIELD.match(fields[0]) is not None
    shaped = all(_FIELD.match(line) or _PART.match(line) for line in fields)
    return bool(fields) and any(map(_FIELD.match, fields)) and (shaped or _FIELD.match(fields[0]) is not None)
