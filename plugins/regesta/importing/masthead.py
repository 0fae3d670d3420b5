"""Mastheads and running headers: `NAME   12 October 2021   No. 7` says series, date and number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regesta.importing.dateline import Dateline, read_dateline, read_number
from regesta.importing.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SERIES_WORDS", "Masthead", "read_masthead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What a line above the text, or at the edge of each page, says of the document."""

    series: str | None = None
    publisher: str | None = None
    number: str | None = None
    dateline: Dateline | None = None
    left: tuple[str, ...] = ()
    """Words that are none of these."""

    def said(self) -> list[str]:
        """Name each field as the log does."""
        date = str(self.dateline.date) if self.dateline else None
        fields = {"date": date, "publisher": self.publisher, "series": self.series, "number": self.number}
        return [f"{name}: {value}" for name, value in fields.items() if value]


SERIES_WORDS = frozenset(
    """
    update updates brief briefs briefing report reports spotlight bulletin commentary monitor weekly review note notes
    paper papers analysis analyses assessment alert digest dispatch watch series edition newsletter memo situation
    perspective strategic file survey outlook insight insights policy biuletyn komentarz komentarze raport analizy
    przegląd zeszyt opinie бюллетень обзор вестник доклад записка аналитика огляд бюлетень вісник доповідь агляд
    бюлетэнь bericht analyse kommentar rundbrief
    """.split()
)
_PUBLISHERS = frozenset(
    """
    institute institut institution instytut centre center zentrum centrum ośrodek foundation fundacja stiftung
    university universität uniwersytet council ministry ministerstwo academy akademia society association stowarzyszenie
    agency office bureau college library department think-tank группа институт центр фонд университет
    академия министерство агентство общество інститут університет академія міністерство інстытут цэнтр
    """.split()
)
_CELLS = re.compile(r"\s*[|·•;]\s*|[ \t]{2,}|\t|\s+—\s+")
_COMMA = re.compile(r",\s+")
_NUMBERED = re.compile(r"(?P<words>[^\W\d_].*?[^\W\d_.])\s+(?P<number>\d{1,4}(?:/\d{2,4})?)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_PAGE = re.compile(
    r"(?:page|p\.|s\.|str\.|seite|стр\.|с\.)?\s*\d{1,4}(?:\s*(?:of|/|von|z|из|з)\s*\d{1,4})?", re.IGNORECASE
)
_EDGES = " \t,;|·•–—-"
_MOST_CELLS = 6


def read_masthead(text: str, *, title: str | None = None) -> Masthead:
    """Read the cells of a line: apart by blanks, `|` and the like, and, where there is a date or number, by commas.

    >>> head = read_masthead("Norland Institute | Policy Brief 7 | March 2024")
    >>> head.publisher, head.series, head.number, str(head.dateline.date)
    ('Norland Institute', 'Policy Brief', '7', '2024-03')
    """
    dateline, number, words = None, None, list[str]()
    cells = _cells(text)
    for cell in cells:
        written = plain(cell).strip(_EDGES)
        is_page = _PAGE.fullmatch(written) and not _YEAR.fullmatch(written)
        if not written or is_page or written.casefold() == (title or "").casefold():
            continue
        found = read_dateline(written) if dateline is None else None
        if found:
            dateline, written = found, found.rest
            number = number or found.number
        issue, rest = read_number(written)
        number = number or issue
        words.extend(part.strip(_EDGES) for part in rest.split("|") if part.strip(_EDGES))
    return _sorted_words(words, dateline, number, is_certain=len(cells) > 1)


def _cells(text: str) -> list[str]:
    cells = _CELLS.split(text.strip())[:_MOST_CELLS]
    if any(read_dateline(plain(cell)) for cell in cells) or not read_dateline(plain(text)):
        return cells
    return [" ".join(text.split())]


def _sorted_words(words: Iterable[str], dateline: Dateline | None, number: str | None, *, is_certain: bool) -> Masthead:
    series: list[str] = []
    publishers: list[str] = []
    left: list[str] = []
    for part in (part for text in words for part in (_COMMA.split(text) if dateline or number else [text])):
        numbered = _NUMBERED.fullmatch(part)
        if numbered and not _YEAR.fullmatch(numbered["number"]) and _has(numbered["words"], SERIES_WORDS):
            number = number or numbered["number"]
            series.append(numbered["words"])
        elif _has(part, SERIES_WORDS):
            series.append(part)
        else:
            (publishers if _has(part, _PUBLISHERS) else left).append(part)
    if not series and left and (number or len(left[0].split()) > 1 or (is_certain and left[0].isupper())):
        series.append(left.pop(0))
    elif series and left and not publishers and is_certain and len(left[0].split()) > 1:
        publishers.append(left.pop(0))
    return Masthead(
        series=", ".join(series) or None,
        publisher=publishers[0] if publishers else None,
        number=number,
        dateline=dateline,
        left=(*left, *publishers[1:]),
    )


def _has(text: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(word.strip(",.:").lower() for word in text.split())
