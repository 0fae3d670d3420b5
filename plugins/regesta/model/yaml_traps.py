"""Text that YAML reads as something else: a title with ` #`, a colon, a bracket. Taken as its author wrote it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Trap", "find_traps", "without_traps"]


class Trap(NamedTuple):
    """A value, or the blanks before a line, that are to be read as they stand."""

    field: str
    start: int
    """In characters of the YAML, as `end` is."""
    end: int
    value: str
    """As written."""
    replacement: str
    """The same in YAML; what stands there where it is only told."""
    read_as: str | None
    """What YAML makes of it; none where it refuses it."""
    is_comment: bool = False
    """Whether the rest may well be a comment: it is one, and that is told."""


def find_traps(text: str, *, broken: bool) -> Iterator[Trap]:
    """Find the traps in fields that hold text: what YAML reads as something else, and, when `broken`, what it refuses.

    >>> [trap.replacement for trap in find_traps("title: Policy brief #2", broken=False)]
    ["'Policy brief #2'"]
    """
    block = -1
    key, start = "", 0
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        at, start = start, start + len(line)
        indent = len(line) - len(line.lstrip(" \t"))
        if block >= 0 and (indent > block or not line.strip()):
            continue
        block = -1
        if broken and key and (tabs := _TABS.match(line)):
            yield Trap("", at, at + tabs.end(), tabs[0], "  " * tabs[0].count("\t"), None)
        field = _FIELD.match(line)
        if field and not field["lead"]:
            key = field["key"]
        if field and "-" in field["lead"] and field["key"] not in _NESTED:
            field = None
        item = field or _ITEM.match(line)
        if item is None:
            continue
        value = item["value"] or ""
        if _BLOCK.match(value):
            block = indent
            continue
        name = field["key"] if field else key
        if not value or name not in (_TEXT if field and not field["lead"] else _NESTED if field else _LISTS):
            continue
        after = lines[number + 1] if number + 1 < len(lines) else ""
        has_more = bool(after.strip()) and len(after) - len(after.lstrip()) > indent and not _ITEM.match(after)
        if trap := _judge(name, value, is_item=field is None, has_more=has_more, broken=broken):
            replacement, read_as, is_comment = trap
            begin = at + item.start("value")
            yield Trap(name, begin, begin + len(value), value, replacement, read_as, is_comment)


def without_traps(text: str, traps: list[Trap]) -> str:
    """Write the YAML so that each value is read as it stands."""
    parts, at = [], 0
    for trap in traps:
        if not trap.is_comment:
            parts += [text[at : trap.start], trap.replacement]
            at = trap.end
    return "".join((*parts, text[at:]))


_LISTS = frozenset({"authors", "subjects", "variants", "not_in"})
_TEXT = _LISTS | {
    "title", "summary", "series", "publisher", "number", "rights", "date_note", "name",
}  # fmt: skip
_NESTED = frozenset({"name", "reason", "note"})
_TABS = re.compile(r"[ ]*\t[ \t]*(?=\S)")
_FIELD = re.compile(
    r"(?P<lead>[ \t]*(?:-[ \t]+)?)(?P<key>[A-Za-z_][\w-]*):(?:[ \t]+(?P<value>\S[^\r\n]*?))?(?=[ \t]*\r?(?:\n|$))"
)
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>\S[^\r\n]*?)(?=[ \t]*\r?(?:\n|$))")
_BLOCK = re.compile(r"[|>][-+0-9]*(?:[ \t]+#.*)?$")
_HASH = re.compile(r"[ \t]#(?P<rest>.*)")
_WHOLE = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")
_PLAIN_KEY = re.compile(r"[a-z_]+")


def _judge(
    name: str, value: str, *, is_item: bool, has_more: bool, broken: bool
) -> tuple[str, str | None, bool] | None:
    """Say how a value is to be written, what YAML reads, and whether the rest is a comment; none for what is sound."""
    is_list = name in _LISTS and not is_item
    if is_list and value.startswith("["):
        return _list(value)
    read = _read(value, is_item=is_item)
    if isinstance(read, str):
        return _judge_text(value, read)
    is_meant = broken
    if isinstance(read, dict):
        only = next(iter(read), "")
        is_fields = has_more or name == "variants" or _PLAIN_KEY.fullmatch(only) or value.startswith("{")
        is_meant = name in _ONE_LINE or not is_fields
    elif isinstance(read, list):
        is_meant = name in _ONE_LINE
    return (_quoted(value), None, False) if is_meant and not (has_more and read is not None) else None


_ONE_LINE = frozenset({"title", "summary", "name"})
"""What no list and no mapping can be meant by."""


def _judge_text(value: str, read: str) -> tuple[str, str | None, bool] | None:
    if _WHOLE.fullmatch(value) or read == value:
        return None
    cut = _HASH.search(value, len(read) if value.startswith(read) else 0)
    if cut and (not cut["rest"] or cut["rest"][0] in " \t"):
        return value, read, True
    return (_quoted(value), read, False) if cut or value.startswith("!") else None


def _list(value: str) -> tuple[str, str | None, bool] | None:
    """Quote the items of a list on one line that are no text as they stand."""
    read = _read(value)
    if isinstance(read, list) and all(isinstance(item, str) or next(iter(item), "").islower() for item in read):
        return None
    if not value.endswith("]"):
        return None
    items = [item.strip() for item in _ITEMS.findall(value[1:-1]) if item.strip()]
    kept = [item if _WHOLE.fullmatch(item) or item.startswith("{") else _quoted(item) for item in items]
    return f"[{', '.join(kept)}]", None, False


_ITEMS = re.compile(r"(?:'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"|\{[^{}]*\}|[^,])+")


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _read(value: str, *, is_item: bool = False) -> str | list[str | dict[str, str]] | dict[str, str] | None:
    """Read a value of one line: text, a list of texts and mappings, a mapping by its first key; none if refused."""
    try:
        written, skipped = (f"- {value}", 3) if is_item else (f"x: {value}", 4)
        events = list(yaml.parse(written, Loader=yaml.CBaseLoader))[skipped:-3]
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not events or any(isinstance(event, yaml.NodeEvent) and event.anchor for event in events):
        return None
    first = events[0]
    if isinstance(first, yaml.ScalarEvent):
        return str(first.value) if len(events) == 1 else None
    if isinstance(first, yaml.MappingStartEvent):
        return {str(getattr(events[1], "value", "")): ""}
    found: list[str | dict[str, str]] = []
    depth = 0
    for before, event in pairwise(events):
        if depth == 0 and isinstance(event, yaml.ScalarEvent):
            found.append(str(event.value))
        elif depth == 1 and isinstance(before, yaml.MappingStartEvent):
            found.append({str(getattr(event, "value", "")): ""})
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
    return found
