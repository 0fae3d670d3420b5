"""The repair log: every edit that the importer makes to a raw document."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Repair", "RepairKind", "repair_log"]


class RepairKind(StrEnum):
    """What was done, and with that why."""

    BYTE_ORDER_MARK = "byte-order-mark"
    LINE_ENDINGS = "line-endings"
    CONTROL_CHARACTER = "control-character"
    TITLE = "title"
    DATELINE = "dateline"
    BYLINE = "byline"
    HEADER_FIELD = "header-field"
    RUNNING_HEADER = "running-header"
    PAGE_NUMBER = "page-number"
    PAGE_BREAK = "page-break"
    NOTES_DIVIDER = "notes-divider"
    JOINED_SENTENCE = "joined-sentence"
    JOINED_LINES = "joined-lines"
    SEPARATED_SOURCES = "separated-sources"
    LIGATURE = "ligature"
    SOFT_HYPHEN = "soft-hyphen"
    HYPHENATION = "hyphenation"
    INDENTATION = "indentation"
    HEADING = "heading"
    REFERENCE = "reference"
    NOTE = "note"
    DOUBLE_ESCAPE = "double-escape"
    DEFANGED_LINK = "defanged-link"
    BROKEN_LINK = "broken-link"
    TORN_LINK = "torn-link"
    BARE_LINK = "bare-link"
    EMPTY_LINK = "empty-link"
    BACKSLASH = "backslash"

    @property
    def takes_words_away(self) -> bool:
        """Whether words of the source leave the body, for the front matter or for good."""
        return self in _LEAVES_BODY


_LEAVES_BODY = frozenset(
    {
        RepairKind.TITLE,
        RepairKind.DATELINE,
        RepairKind.BYLINE,
        RepairKind.HEADER_FIELD,
        RepairKind.RUNNING_HEADER,
        RepairKind.PAGE_NUMBER,
        RepairKind.NOTES_DIVIDER,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One edit."""

    kind: RepairKind
    line: int
    """Of the raw document, 1-based."""
    before: str
    """The words as they stood; for a joint, the last of the left half and the first of the right one."""
    after: str
    """What stands in the brief instead; empty when nothing does."""

    def as_json(self) -> dict[str, str | int]:
        """Give the shape that the log and `--output-format json` share."""
        return {"kind": self.kind.value, "line": self.line, "before": self.before, "after": self.after}


def repair_log(repairs: Iterable[Repair]) -> str:
    """Write one JSON object a line, in ASCII: no character of a document can end a line early."""
    return "".join(json.dumps(repair.as_json()) + "\n" for repair in repairs)
