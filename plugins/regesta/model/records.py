"""Lists of records in YAML that people keep beside the briefs, read so that nothing in them can do harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import yaml

from regesta.model.spans import Span
from regesta.model.yaml_traps import find_traps, without_traps

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["InvalidRecords", "Record", "read_record", "read_records"]

Words: TypeAlias = "str | tuple[str, ...]"
"""What a field of a record holds: text, or a list of texts."""


class InvalidRecords(ValueError):
    """A file that is no list of records."""


class Record(NamedTuple):
    """One entry of the file."""

    fields: Mapping[str, Words]
    span: Span
    """In bytes of the text."""


def read_records(text: str) -> tuple[Record, ...]:
    """Read a list of mappings of text to text or lists of text; raise `InvalidRecords` with the line.

    >>> [record.fields for record in read_records("- {rule: U101, link: [a, b]}")]
    [{'rule': 'U101', 'link': ('a', 'b')}]
    """
    return tuple(_read(text, _TOP))


def read_record(text: str) -> Record:
    r"""Read one mapping of text to text or lists of text, a whole file; raise `InvalidRecords` with the line.

    >>> read_record("name: Belta\nhosts: [belta.example]").fields
    {'name': 'Belta', 'hosts': ('belta.example',)}
    """
    # A name with a hash is meant as it stands, as in the front matter of a brief.
    records = _read(without_traps(text, list(find_traps(text, broken=False))), _IN_LIST)
    if len(records) != 1:
        raise InvalidRecords(f"expected fields of text, found {'nothing' if not records else 'several documents'}.")
    return records[0]


def _read(text: str, depth: int) -> list[Record]:
    reader = _Reader(text, depth)
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            reader.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        what = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise InvalidRecords(f"{where}the YAML cannot be read: {what}.") from error
    return reader.records


_TOP = 0
_IN_LIST, _IN_RECORD, _IN_FIELD = 1, 2, 3
"""How deep the reader stands. Composing nodes, as `yaml.load` does, would recurse in C with every bracket."""


class _Reader:
    """Makes records of YAML events."""

    def __init__(self, text: str, depth: int) -> None:
        self.records: list[Record] = []
        self._depth = depth
        self._expected = "fields of text" if depth else "a list of entries with fields"
        self._text, self._plain = text, text.isascii()
        self._char = self._byte = 0
        self._fields: dict[str, Words] = {}
        self._key: str | None = None
        self._items: list[str] = []
        self._start = self._end = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise self._error(event, f"anchors and aliases are not allowed: {event.anchor!r}.")
        if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._open(event)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._close(event)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)

    def _open(self, event: yaml.Event) -> None:
        is_list = isinstance(event, yaml.SequenceStartEvent)
        wanted = {0: is_list, _IN_LIST: not is_list, _IN_RECORD: is_list and self._key is not None}
        if not wanted.get(self._depth, False):
            raise self._error(event, f"expected {self._expected}.")
        if self._depth == _IN_LIST:
            self._fields, self._key = {}, None
            self._start = self._end = event.start_mark.index if event.start_mark else 0
        elif self._depth == _IN_RECORD:
            self._items = []
        self._depth += 1

    def _close(self, event: yaml.Event) -> None:
        self._depth -= 1
        if self._depth == _IN_RECORD:
            self._put(tuple(self._items), event)
        elif self._depth == _IN_LIST:
            self.records.append(Record(self._fields, Span(self._bytes(self._start), self._bytes(self._end))))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        value = str(event.value).strip()
        if self._depth == _IN_FIELD:
            self._items.append(value)
        elif self._depth == _IN_RECORD:
            if self._key is None:
                self._key = value
            else:
                self._put(value, event)
        elif self._depth or value:
            raise self._error(event, f"expected {self._expected}, found {value[:80]!r}.")

    def _put(self, value: Words, event: yaml.Event) -> None:
        key, self._key = self._key or "", None
        if key in self._fields:
            raise self._error(event, f"the field {key!r} is given twice.")
        self._fields[key] = value
        self._end = event.end_mark.index if event.end_mark else 0

    def _bytes(self, char: int) -> int:
        """Turn characters into bytes; marks come in order, so that each part of the text is counted once."""
        if self._plain:
            return char
        self._byte += len(self._text[self._char : char].encode("utf-8", "replace"))
        self._char = char
        return self._byte

    def _error(self, event: yaml.Event, what: str) -> InvalidRecords:
        line = event.start_mark.line + 1 if event.start_mark else 1
        return InvalidRecords(f"line {line}: {what}")
