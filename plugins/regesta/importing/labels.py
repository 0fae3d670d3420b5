"""Labels of notes, and the forms in which raw documents write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

__all__ = [
    "FIRST_LABELS",
    "LabelForm",
    "NoteStart",
    "begins_with_link",
    "ends_with_link",
    "follows",
    "is_label",
    "note_start",
    "superscript_digits",
]


class LabelForm(Enum):
    """How a label is written where its note begins, from the plainest to the most doubtful."""

    MARKDOWN = auto()
    """`[^1]: text`"""
    RAISED = auto()
    """`<sup>1</sup> text` or `¹ text`"""
    BRACKETED = auto()
    """`[1] text`"""
    DOTTED = auto()
    """`1. text`, `1) text`, `(1) text`: may be a list"""
    SIGN = auto()
    """`* text`, `† text`: may be a list, too"""
    BARE = auto()
    """`1 text`: may be a sentence"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteStart:
    """The beginning of a line that may begin a note."""

    label: str
    form: LabelForm
    marker: str
    """As written, with what sets it apart."""
    end: int
    """Where the note's text begins in the line."""
    links: bool
    """Whether the text begins with a link: then it is hardly anything else."""


FIRST_LABELS = frozenset({"1", "i", "a", "*"})
"""What numbering begins with."""

_NUMBER = r"\d{1,4}"
_ROMAN = r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_LABEL = rf"(?:{_NUMBER}|{_ROMAN}|[a-z]{{1,2}}|[*†‡§¶‖]{{1,4}})"
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FORMS = (
    (LabelForm.MARKDOWN, re.compile(r"\[\^([^\[\]\s]{1,40})\]:")),
    (LabelForm.RAISED, re.compile(rf"(?:\\?\[)?<sup>\s*[\[(]?({_LABEL})[\])]?[.:]?\s*</sup>[.:]?", re.IGNORECASE)),
    (LabelForm.RAISED, re.compile(r"([⁰¹²³⁴-⁹]{1,4})")),
    (LabelForm.BRACKETED, re.compile(rf"\\?\[({_LABEL})\\?\][.:]?(?![\[(])", re.IGNORECASE)),
    (LabelForm.DOTTED, re.compile(rf"(?:\(({_LABEL})\)|({_LABEL})(?:\\?\.|\)))(?=\s|$)", re.IGNORECASE)),
    (LabelForm.SIGN, re.compile(r"((?:\\?\*){1,4})(?=\s+\S|[^\s*][^*]*$)")),
    (LabelForm.SIGN, re.compile(r"([†‡§¶‖]{1,4})")),
    (LabelForm.BARE, re.compile(rf"({_NUMBER}|{_ROMAN}|[a-z])(?=\s|$)")),
    (LabelForm.BARE, re.compile(rf"({_NUMBER})(?=<?(?:https?|hxxps?):)")),
)
_LINK = re.compile(r"\s*(?:<?(?:https?|hxxps?|ftp|h\*\*ps?)(?::|\[:)|\[[^\[\]]{0,3000}\]\(|www\.)", re.IGNORECASE)
_LINK_AT_END = re.compile(
    r"(?:<[a-z][a-z0-9+.-]+:[^<>\s]+>|\]\([^\s\[\]]*\)|(?:https?|hxxps?)://[^\s<>;,]*[\w/])$", re.IGNORECASE
)
_TAIL = 3000
_ROMAN_ALONE = re.compile(_ROMAN, re.IGNORECASE)
_IS_LABEL = re.compile(_LABEL, re.IGNORECASE)


def note_start(text: str) -> NoteStart | None:
    """Read the label that a line begins with, if it begins with one in any form.

    >>> note_start("<sup>iv</sup> Ibid.").label
    'iv'
    >>> note_start("4 <https://example.org/>").links
    True
    """
    offset = len(text) - len(text.lstrip())
    for form, pattern in _FORMS:
        match = pattern.match(text, offset)
        if match:
            label = next(group for group in match.groups() if group)
            rest = match.end()
            return NoteStart(
                label=superscript_digits(label).replace("\\", ""),
                form=form,
                marker=match[0],
                end=rest + len(text[rest:]) - len(text[rest:].lstrip()),
                links=_LINK.match(text, rest) is not None,
            )
    return None


def begins_with_link(text: str) -> bool:
    """Whether a line begins with an address or a Markdown link."""
    return _LINK.match(text) is not None


def ends_with_link(text: str) -> bool:
    """Whether a line ends with an address or a Markdown link, without a full stop behind it."""
    return _LINK_AT_END.search(text[-_TAIL:]) is not None


def superscript_digits(label: str) -> str:
    """Write `¹²` as `12`."""
    return label.translate(_RAISED_DIGITS)


def is_label(text: str) -> bool:
    """Whether a text may name a note."""
    return _IS_LABEL.fullmatch(text) is not None


def follows(label: str, before: str | None) -> bool:
    """Whether a label is the next one after another, or the first one, by any way of counting.

    >>> follows("10", "9"), follows("iv", "iii"), follows("j", "i"), follows("a", None), follows("3", "1")
    (True, True, True, True, False)
    """
    label = label.lower()
    if before is None:
        return label in FIRST_LABELS
    before = before.lower()
    if label in _SIGNS or before in _SIGNS:
        return label in _SIGNS and before in _SIGNS and _SIGNS.index(label) == _SIGNS.index(before) + 1
    if label.isdecimal() or before.isdecimal():
        return label.isdecimal() and before.isdecimal() and int(label) == int(before) + 1
    return _letter(before) + 1 == _letter(label) > 1 or _roman(before) + 1 == _roman(label) > 1


_SIGNS = ("*", "†", "‡", "§", "‖", "¶", "**", "††", "‡‡", "§§", "‖‖", "¶¶")


def _letter(label: str) -> int:
    return ord(label) - ord("a") + 1 if len(label) == 1 and "a" <= label <= "z" else -9


_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def _roman(label: str) -> int:
    if not _ROMAN_ALONE.fullmatch(label):
        return -99
    values = [_ROMAN_VALUES[letter] for letter in label]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
