"""Marks in a text that point to notes: raised, in brackets, or glued to a word; single, in lists and in ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regesta.importing.labels import is_label, superscript_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["GluedMark", "explicit_labels", "explicit_marks", "glued_marks", "listed_labels"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GluedMark:
    """Figures or signs behind a word that may be a mark: `harbour.1`, `closed.*`, `closed.(1)`."""

    start: int
    end: int
    labels: tuple[str, ...]
    sure: bool
    """Whether a note of that label is evidence enough; else it must also be the next note."""


_RAISED = "⁰¹²³⁴-⁹"
_EXPLICIT = re.compile(
    rf"<sup>([^<>]{{1,40}})</sup>|([{_RAISED}]{{1,4}}(?:[,⁻–‐-] ?[{_RAISED}]{{1,4}})*)"
    r"|\[\^?([^\[\]\s]{1,10}|\d{1,4}(?:\s?[,;–—-]\s?\d{1,4}){1,20})\]",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(r"(?:https?|hxxps?|ftp)://[^\s<>]+|www\.[^\s<>]+|`[^`]*`|\]\([^()\s]*\)", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,4})\s*[-–—⁻‐]\s*(\d{1,4})")
_LONGEST_RANGE = 30

_FIGURES = re.compile(r"(?<=\S)(?P<labels>\d{1,3}(?:(?:, ?|[–-])\d{1,3}){0,5})(?P<close>\))?")
_BRACED = re.compile(r"(?<=\S)(?P<blank> ?)\((?P<label>\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶]{1,3})\)")
_LETTER = re.compile(r"(?<=[.,;!?…”\"»])(?P<label>[a-z]|[ivx]{1,4})\)")
_SIGN = re.compile(r"(?<=\S)(?:[†‡¶‖§]{1,4}|(?:\\?\*){1,4})")
_STARS = re.compile(r"(?:\\?\*)+")
_SIGNS = "†‡¶‖§"
_STOPS = ".,;!?…。，、；！？"
_CLOSERS = "”\"’'»)]）」』%"
_BEHIND = '.,;:!?…)]”"’»—–。，、；！？）」』'
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[.,;!?…。，、；！？]?$")
_YEAR_BEFORE = re.compile(r"(?<![\d.,$€£¥])(?:1[5-9]|20)\d\d(?:s|er|-?х)?[.,;]$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}$")
_YEAR_WORD = re.compile(r"\d\s?[гр]\.$|\d\s?r\.$")
_SHORT_FOR = frozenset(
    """
    no nr nos p pp vol vols art arts fig figs ch chap sec sect cf ca st ss par para ust pkt poz tab rys lit str
    abs kap abb bd hrsg seite ziff anm стр ст гл рис табл см том вып разд мал розд вип нум ed eds app ann annex ver rev
    """.split()
)
_FEWEST_LETTERS = 3
_SEEN_BEFORE = 40


def listed_labels(written: str) -> list[str]:
    """Read what a mark holds: one label, several, or a range; nothing when it holds no labels.

    >>> listed_labels("[2, 3]"), listed_labels("1–3, 5"), listed_labels("¹⁻³"), listed_labels("see")
    (['2', '3'], ['1', '2', '3', '5'], ['1', '2', '3'], [])
    """
    written = superscript_digits(written.strip()).strip("[]().: ^\\")
    labels: list[str] = []
    for part in re.split(r"\s*[,;]\s*|(?<=\w)\s+(?=\w)", _RANGE.sub(r"\1-\2", written)):
        label = part.strip("[]() ")
        if span := _RANGE.fullmatch(label):
            first, last = int(span[1]), int(span[2])
            if not 0 < last - first < _LONGEST_RANGE:
                return []
            labels.extend(str(number) for number in range(first, last + 1))
        elif is_label(label):
            labels.append(label)
        else:
            return []
    return labels


def explicit_labels(text: str) -> Iterator[str]:
    """Yield the labels, in lower case, that raised and bracketed marks of a text point to."""
    yield from (label for label, _ in explicit_marks(text))


def explicit_marks(text: str) -> Iterator[tuple[str, int]]:
    """Yield these labels, each with the offset of its mark."""
    for match in _EXPLICIT.finditer(_NO_TEXT.sub(_blank, text)):
        written = next(group for group in match.groups() if group)
        labels = listed_labels(written) or [superscript_digits(written)]
        yield from ((label.casefold(), match.start()) for label in labels)


def glued_marks(text: str) -> list[GluedMark]:
    """Find figures and signs behind words that may be marks, in order; no two overlap.

    >>> [mark.labels for mark in glued_marks("The harbour.1 In 2023. It cost $1.5 or 1,200 tons.2,3 See p. 4.")]
    [('1',), ('2', '3')]
    """
    text = _NO_TEXT.sub(_blank, text)
    found = [*_figures(text), *_braced(text), *_signs(text)]
    found.sort(key=lambda mark: (mark.start, -mark.end))
    kept: list[GluedMark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _figures(text: str) -> Iterator[GluedMark]:
    for match in _FIGURES.finditer(text):
        start, end = match.start(), match.end("labels")
        labels = listed_labels(match["labels"])
        if not labels or text[start - 1].isdigit() or labels[0].startswith("0"):
            continue
        if match["close"] and "(" not in text[max(start - _SEEN_BEFORE, 0) : start].rpartition(")")[2]:
            end = match.end()
        if not _ends_there(text, end):
            continue
        sure = _is_sure(text, start)
        if sure is not None:
            yield GluedMark(start=start, end=end, labels=tuple(labels), sure=sure)


def _ends_there(text: str, end: int) -> bool:
    """Whether a mark may end here: before a blank or a stop, not inside of a number or word."""
    after = text[end : end + 1]
    if not after or after.isspace():
        return True
    if after in "*_":
        return not text[end:].lstrip("*_")[:1].isalnum()
    if after in _BEHIND:
        return not text[end + 1 : end + 2].isdigit()
    return after > "\u2e80" and after.isalpha()


def _is_sure(text: str, start: int) -> bool | None:
    """Weigh what stands before the figures: `None` when they are no mark."""
    before = text[max(start - _SEEN_BEFORE, 0) : start]
    before = before.rstrip("*_") or before
    last = before[-1]
    if last.isspace():
        return None
    if last in _CLOSERS:
        return True
    if last in "“‘":  # German closes with what English opens with
        return True if before[-2:-1].isalnum() or before[-2:-1] in {".", "!", "?", "…"} else None
    word = _WORD_BEFORE.search(before)
    if last in _STOPS:
        return _is_sure_behind_stop(before, word[1] if word else "")
    glued = word is not None and last.isalpha() and len(word[1]) >= _FEWEST_LETTERS and word[1][-1].islower()
    return False if glued else None


def _is_sure_behind_stop(before: str, word: str) -> bool | None:
    if not word and before[-2:-1] and before[-2] in _CLOSERS:
        return before[-2] != "%"
    if _INITIALS.search(before) or _YEAR_WORD.search(before) or _YEAR_BEFORE.search(before):
        return False
    if not word:
        return None
    if before[-1] == "." and word.lower() in _SHORT_FOR:
        return None
    return len(word) > 1 or before[-1] > "\u2e80" or None


def _braced(text: str) -> Iterator[GluedMark]:
    for match in _BRACED.finditer(text):
        behind = text[match.end() : match.end() + 2]
        ends = not behind or behind[0] in _BEHIND or (behind[0].isspace() and not behind[1:].islower())
        if match["blank"] and not ends:
            continue
        if _ends_there(text, match.end()):
            sure = not match["blank"] and not match["label"].isalpha()
            yield GluedMark(
                start=match.start("blank") + len(match["blank"]), end=match.end(), labels=(match["label"],), sure=sure
            )
    for match in _LETTER.finditer(text):
        if _ends_there(text, match.end()):
            yield GluedMark(start=match.start(), end=match.end(), labels=(match["label"],), sure=False)


def _signs(text: str) -> Iterator[GluedMark]:
    loose = _loose_stars(text) if "*" in text else frozenset()
    for match in _SIGN.finditer(text):
        before = text[match.start() - 1]
        if not (before.isalnum() or before in _STOPS or before in _CLOSERS) or not _ends_there(text, match.end()):
            continue
        if match[0][0] in _SIGNS or match.start() in loose:
            yield GluedMark(start=match.start(), end=match.end(), labels=(match[0].replace("\\", ""),), sure=True)


def _loose_stars(text: str) -> frozenset[int]:
    """Find the stars that neither begin nor end emphasis."""
    loose: set[int] = set()
    open_stars: list[int] = []
    for match in _STARS.finditer(text):
        length = match[0].count("*")
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        escaped = match[0].startswith("\\")
        while before.strip() and open_stars and length and not escaped:
            taken = min(open_stars[-1], length)
            open_stars[-1] -= taken
            length -= taken
            if not open_stars[-1]:
                open_stars.pop()
        if length and after.strip() and not escaped and (not before.strip() or after[0] not in _BEHIND):
            open_stars.append(length)
        elif length and before.strip() and length == match[0].count("*"):
            loose.add(match.start())
    return frozenset(loose)
