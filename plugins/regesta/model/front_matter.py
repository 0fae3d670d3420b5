"""Front matter: YAML whose scalars are text, read so that nothing in it can do harm."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import yaml
from frontmatter.default_handlers import YAMLHandler

from regesta.model.bare_addresses import may_hold_address
from regesta.model.cleaning import clean_text
from regesta.model.spans import Span
from regesta.model.yaml_traps import find_traps, without_traps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.model.yaml_traps import Trap

__all__ = ["FrontMatter", "NamedText", "Problem", "ProblemKind", "Value", "read_front_matter", "strings"]

Value: TypeAlias = "str | tuple[Value, ...] | dict[str, Value]"
"""What a field holds: text, a list or a mapping. Numbers, dates and truth values are text here."""

SIZE_LIMIT = 64 * 1024
"""Bytes of front matter. A brief's takes about one thousand."""
NESTING_LIMIT = 10


class ProblemKind(Enum):
    """What can be wrong with front matter."""

    UNREADABLE = "unreadable"
    """The YAML is broken: the fields are empty."""
    REFUSED = "refused"
    """It is no YAML, or more than a record needs, which others may read: the fields are empty."""
    LITERAL = "literal"
    """A text of one line that YAML refuses, or reads as another, was taken as it stands."""
    COMMENT = "comment"
    """The end of a text was taken for a comment, as YAML has it; it may belong to the text."""
    DUPLICATE = "duplicate"
    """A field is given twice; the first counts."""


class Problem(NamedTuple):
    """Something in the front matter that a person should look at."""

    kind: ProblemKind
    span: Span
    """In bytes of the file."""
    detail: str
    replacement: str | None = None
    """What may stand at `span` instead."""


class NamedText(NamedTuple):
    """A text in a field, however deep."""

    field: str
    """The field of the top level that it belongs to."""
    value: str
    span: Span
    """In bytes of the file, its quotes included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The fields above a text, and where they stand."""

    fields: Mapping[str, Value]
    spans: Mapping[str, Span]
    """Of each top-level value, in bytes of the file."""
    body_start: int
    """First byte of the text below."""
    problems: tuple[Problem, ...] = ()
    texts: tuple[NamedText, ...] = ()
    """The values in which an address may stand, those of repeated fields too."""
    unread: tuple[NamedText, ...] = ()
    """What looks like a field where the front matter could not be read, or stands in a form that is not read."""


def read_front_matter(text: str, base: int = 0) -> FrontMatter:
    r"""Read what stands between two lines of `---` at the very top. `base` is the offset of `text` in its file.

    >>> read_front_matter("---\nlanguage: no\n---\nGod dag").fields
    {'language': 'no'}
    """
    top = _BLANKS.match(text)
    lead = top.end() if top else 0
    opening = _LINE.match(text, lead)
    if opening is None or not _HANDLER.detect(opening[0]):
        return _read_other(text, base)
    start = opening.end()
    closing = _CLOSING.search(text, start)
    if closing is None:
        if lead:
            return FrontMatter(fields={}, spans={}, body_start=base)
        problem = Problem(ProblemKind.REFUSED, Span(base, base + 3), "It has no closing '---'.")
        unread = _unread(text, start, _end_of_paragraph(text, start + 1), base)
        return FrontMatter(fields={}, spans={}, body_start=base, problems=(problem,), unread=unread)
    end, after = closing.span()
    if (lead or _BLANK_LINE.match(text, start)) and not _FIELD.search(text, start, min(end, SIZE_LIMIT)):
        # Two rules across the page, with text between them.
        return FrontMatter(fields={}, spans={}, body_start=base)
    after += text[after : after + 1] == "\n"
    yaml_text = text[start:end]
    offsets = _Offsets(text, start, base)
    body_start = base + len(text[:after].encode())
    if len(yaml_text) > SIZE_LIMIT or len(yaml_text.encode()) > SIZE_LIMIT:
        problem = Problem(ProblemKind.REFUSED, offsets.span(0, 3), f"It is longer than {SIZE_LIMIT // 1024} KB.")
        found = FrontMatter(fields={}, spans={}, body_start=body_start, problems=(problem,))
    else:
        found = _read(yaml_text, offsets, body_start)
    if found.problems and not found.fields:
        return replace(found, unread=_unread(text, start, end, base))
    return found


def strings(value: Value | None) -> tuple[str, ...]:
    """Take a field that holds one text or several.

    >>> strings("a"), strings(("a", "b")), strings(None)
    (('a',), ('a', 'b'), ())
    """
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, tuple):
        return tuple(item for item in value if isinstance(item, str) and item)
    return ()


_HANDLER = YAMLHandler()
_BLANKS = re.compile(r"(?:[ \t]*\r?\n){0,99}")
"""Above front matter python-frontmatter passes over them too."""
_LINE = re.compile(r"-{3,}[ \t]*\r?$", re.MULTILINE)
_CLOSING = re.compile(r"^(?:-{3,}|\.{3})[ \t]*\r?$", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_FIELD = re.compile(r"^[\w\"'.-][^\n:]{0,99}:(?:\s|$)", re.MULTILINE)
_MARKED = re.compile(
    r"(?:[ \t]*\r?\n){0,99}(?P<mark>\+{3}|-{3}[ \t]*(?P<language>json5?|toml|js|javascript|ya?ml|cson|coffee))"
    r"[ \t]*\r?$(?=[\s\S]*?(?P<after>^(?:\+{3}|-{3})[ \t]*\r?$\n?))",
    re.MULTILINE,
)
_JSON = re.compile(r"\s{0,99}(?=\{\s*\")")
_HEADER = re.compile(
    r"(?:[ \t]*\r?\n){0,99}(?:[A-Za-z][\w -]{0,40}:(?:[ \t][^\n]*)?(?:\n|$)(?:[ \t]+\S[^\n]*\n)*)+[ \t]*(?:\r?\n|$)"
)
_LATE = re.compile(
    r"(?:[ \t]*(?:%[^\n]*|<!--(?:(?!-->)[\s\S])*+-->[ \t]*|(?:`{3}|~{3})[^\n]*|#[^\n]*)?+\r?\n){0,20}+"
    r"[ \t]*(?P<mark>-{3,}|;{3}|\+{3})[ \t]*\r?\n(?P<fields>[ \t]*(?:[\w\"'.-]{1,60}[ \t]*[:=]|\{)[\s\S]*?\n)"
    r"[ \t]*(?:(?P=mark)|\.{3})[ \t]*(?:\r?\n|$)"
)
"""Front matter below a comment, a heading or another line, or indented: it is text, and what it says is kept."""
_UNREAD = re.compile(
    r"""(?:^[ \t]*(?:-[ ])?|[{,][ \t]*)["']?(?P<name>[\w-][\w.-]{0,60})["']?[ \t]*[:=]"""
    r"""[ \t]*(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<plain>[^,{}\[\]#\n]*))""",
    re.MULTILINE,
)


def _read_other(text: str, base: int) -> FrontMatter:
    """Pass over front matter that other generators read: TOML, JSON, and fields without a line around them.

    The first two are no text, and none of their fields is known. The third is text, as is front matter that does not
    stand at the top; what they say is kept all the same.
    """
    if marked := _MARKED.match(text):
        start, end, after = marked.start("mark"), marked.end("mark"), marked.end("after")
        kind = (marked["language"] or "toml").upper()
        stop = marked.start("after")
    elif found := _JSON.match(text):
        try:
            value, stop = json.JSONDecoder().raw_decode(text[: found.end() + SIZE_LIMIT], found.end())
        except (ValueError, RecursionError):
            return FrontMatter(fields={}, spans={}, body_start=base)
        if not isinstance(value, dict):
            return FrontMatter(fields={}, spans={}, body_start=base)
        start, end, after, kind = found.end(), found.end() + 1, stop, "JSON"
    elif header := _HEADER.match(text[:SIZE_LIMIT]):
        return FrontMatter(fields={}, spans={}, body_start=base, unread=_unread(text, 0, header.end(), base))
    else:
        late = _LATE.match(text[:SIZE_LIMIT])
        unread = _unread(text, late.start("fields"), late.end("fields"), base) if late else ()
        return FrontMatter(fields={}, spans={}, body_start=base, unread=unread)
    at = base + len(text[:start].encode())
    detail = f"It is {kind}; only YAML between '---' is read."
    return FrontMatter(
        fields={},
        spans={},
        body_start=base + len(text[:after].encode()),
        problems=(Problem(ProblemKind.REFUSED, Span(at, at + end - start), detail),),
        unread=_unread(text, end if kind != "JSON" else start, stop, base),
    )


def _unread(text: str, start: int, end: int, base: int) -> tuple[NamedText, ...]:
    """Give what looks like fields, line by line, in a text that no parser has read."""
    end = min(end, start + SIZE_LIMIT)
    shift = base + len(text[:start].encode())
    part = text[start:end]
    found = []
    for match in _UNREAD.finditer(part):
        value = next((match[kind] for kind in ("double", "single", "plain") if match[kind] is not None), "").strip()
        at, to = (shift + len(part[:index].encode()) for index in (match.start("name"), match.end()))
        found.append(NamedText(match["name"], clean_text(value), Span(at, to)))
    return tuple(found)


def _end_of_paragraph(text: str, start: int) -> int:
    found = _BLANK_LINE.search(text, start)
    return found.start() if found else len(text)


class _Offsets:
    """Turns characters of the YAML into bytes of the file."""

    def __init__(self, text: str, start: int, base: int) -> None:
        self._yaml = text[start : start + SIZE_LIMIT]
        self._plain = self._yaml.isascii()
        self._base = base + len(text[:start].encode())

    def span(self, start: int, end: int) -> Span:
        return Span(self._byte(start), self._byte(end))

    def _byte(self, char: int) -> int:
        return self._base + (char if self._plain else len(self._yaml[:char].encode()))


class _Refused(Exception):
    """YAML that we do not read, with the character where it begins."""

    def __init__(self, why: str, at: int = 0) -> None:
        super().__init__(why)
        self.at = at


_MAY_TRAP = re.compile(
    r"[ \t]#|:[ \t]+!|^(?:title|summary|name):[ \t]+[\[{]|\[[^\]\n]*:[ \t]|^[ \t]*-[ \t][^\n:]*:[ \t]", re.MULTILINE
)
"""Most front matter has nothing of this, and is not looked through."""


def _read(text: str, offsets: _Offsets, body_start: int) -> FrontMatter:
    failures: list[Exception] = []
    for broken in (False, True):
        traps = list(find_traps(text, broken=broken)) if broken or _MAY_TRAP.search(text) else []
        problems = tuple(_trapped(trap, offsets) for trap in traps)
        try:
            return _checked(without_traps(text, traps), text, offsets, body_start, problems)
        except (_Refused, yaml.YAMLError, ValueError, RecursionError) as error:
            failures.append(error)
    at, why = _place_of(failures[0])
    kind = ProblemKind.UNREADABLE if isinstance(failures[0], yaml.YAMLError) else ProblemKind.REFUSED
    problem = Problem(kind, offsets.span(at, at + 1), why)
    return FrontMatter(fields={}, spans={}, body_start=body_start, problems=(problem,))


def _trapped(trap: Trap, offsets: _Offsets) -> Problem:
    """Say what was taken as it is written, and not as YAML has it."""
    span, shown = offsets.span(trap.start, trap.end), f"the {trap.field} {trap.value!r}"
    if not trap.field:
        detail = "A tab begins the line, and YAML allows none there; it was read as blanks."
        return Problem(ProblemKind.LITERAL, span, detail, trap.replacement)
    if trap.is_comment:
        detail = f"YAML takes the rest of {shown} for a comment, and {trap.read_as!r} was read."
        return Problem(ProblemKind.COMMENT, span, detail)
    detail = f"YAML cannot read {shown}; it was taken literally."
    if trap.read_as is not None:
        detail = f"YAML reads {trap.read_as!r} for {shown}; it was taken as written."
    return Problem(ProblemKind.LITERAL, span, detail, trap.replacement)


def _checked(text: str, written: str, offsets: _Offsets, body_start: int, problems: tuple[Problem, ...]) -> FrontMatter:
    builder = _parse(text)
    fields = builder.result()
    shift = _shift(text, written)
    spans = {key: offsets.span(shift(start), shift(end)) for key, (start, end) in builder.places.items()}
    twice = tuple(
        Problem(
            ProblemKind.DUPLICATE, offsets.span(shift(at), shift(at) + len(key)), f"The field {key!r} is given twice."
        )
        for key, at in builder.duplicates
    )
    texts = tuple(
        NamedText(field, value, offsets.span(shift(start), shift(end))) for field, value, start, end in builder.texts
    )
    return FrontMatter(fields=fields, spans=spans, body_start=body_start, problems=(*problems, *twice), texts=texts)


def _shift(text: str, written: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Map characters of the quoted text back to the written one, line by line."""
    if text == written:
        return lambda at: at
    lines, originals = text.splitlines(keepends=True), written.splitlines(keepends=True)

    def back(at: int) -> int:
        start = original = 0
        for line, other in zip(lines, originals, strict=True):
            if at <= start + len(line):
                return original + min(at - start, len(other))
            start, original = start + len(line), original + len(other)
        return original

    return back


def _place_of(error: BaseException) -> tuple[int, str]:
    if isinstance(error, _Refused):
        return error.at, str(error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or str(error) or type(error).__name__
    return (mark.index if mark else 0), f"The YAML cannot be read: {what}."


def _parse(text: str) -> _Builder:
    """Build the fields from the parser's events, which nest no deeper than we allow.

    Composing nodes would recurse in C: sixty thousand brackets end the process.
    """
    builder = _Builder()
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        builder.take(event)
    return builder


class _Builder:
    """Fields, places and repeated keys, from YAML events."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[int, int]] = {}
        self.duplicates: list[tuple[str, int]] = []
        self.texts: list[tuple[str, str, int, int]] = []
        self._stack: list[tuple[dict[str, Value] | list[Value], int]] = []
        self._keys: list[tuple[str, int] | None] = []
        self._root: Value | None = None

    def result(self) -> dict[str, Value]:
        if self._root is None or self._root == "":
            return {}
        if not isinstance(self._root, dict):
            raise _Refused("It is not a list of fields.")
        return self._root

    def take(self, event: yaml.Event) -> None:
        start = event.start_mark.index if event.start_mark else 0
        end = event.end_mark.index if event.end_mark else start
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise _Refused(f"Anchors and aliases are not allowed: {event.anchor!r}.", start)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(str(event.value), start, end)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event, start)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(end)
        elif isinstance(event, yaml.DocumentStartEvent) and self._root is not None:
            raise _Refused("It holds more than one document.", start)

    def _start(self, event: yaml.CollectionStartEvent, at: int) -> None:
        if len(self._stack) >= NESTING_LIMIT:
            raise _Refused(f"It nests deeper than {NESTING_LIMIT} levels.", at)
        if self._stack and isinstance(self._stack[-1][0], dict) and self._keys[-1] is None:
            raise _Refused("A field's name must be text.", at)
        self._stack.append(({} if isinstance(event, yaml.MappingStartEvent) else [], at))
        self._keys.append(None)

    def _end(self, end: int) -> None:
        collection, start = self._stack.pop()
        self._keys.pop()
        self._put(collection if isinstance(collection, dict) else tuple(collection), start, end)

    def _scalar(self, value: str, start: int, end: int) -> None:
        # The file itself is clean, but an escape such as "\x0b" can still write what no archive needs.
        value = clean_text(value)
        if self._stack and isinstance(self._stack[-1][0], dict) and self._keys[-1] is None:
            self._keys[-1] = (value, start)
            return
        field = self._keys[0][0] if self._keys and self._keys[0] else ""
        if field == "source_url" or may_hold_address(value):
            self.texts.append((field, value, start, end))
        self._put(value, start, end)

    def _put(self, value: Value, start: int, end: int) -> None:
        if not self._stack:
            self._root = value
            return
        parent = self._stack[-1][0]
        if isinstance(parent, list):
            parent.append(value)
            return
        key, at = self._keys[-1] or ("", start)
        self._keys[-1] = None
        if key in parent:
            self.duplicates.append((key, at))
            return
        parent[key] = value
        if len(self._stack) == 1:
            self.places[key] = (start, end)
