"""Addresses that the end of a line cuts: what certainly goes on is joined, what may go on is left to a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from regesta.importing.language import LITTLE_WORDS
from regesta.importing.links import split_tail
from regesta.importing.months import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from regesta.importing.lines import Block

__all__ = ["MISSING", "Cut", "CutKind", "judge_cut", "read_cut", "whole_addresses"]


class CutKind(Enum):
    """What the next line is to an address at the end of a line."""

    WHOLE = auto()
    """Something else: the address ends here."""
    JOINED = auto()
    """The rest of the address."""
    UNHYPHENATED = auto()
    """The rest of it, and the hyphen before it is the line's, not the address's."""
    DOUBTFUL = auto()
    """The rest of it or a word of the text: only the original tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """An address over one line end or several."""

    address: str
    """As joined; a blank stands where it is not certain that it goes on."""
    before: str
    """As the source writes it, with its line ends."""
    end: int
    """Where it ends in the block."""
    doubtful: bool


MISSING = "…"
"""What stands for the rest of an address that lies in another column."""

_SUFFIXES = (
    r"(?:pdf|x?html?|shtml|php\d?|aspx?|jspx?|cfm|cgi|xml|docx?|odt|xlsx?|pptx?|csv|txt|rtf|epub|json|rss|atom"
    r"|jpe?g|png|gif|svg|webp|zip|mp[34]|md)"
)
_FILE = re.compile(rf"\.{_SUFFIXES}(?:[?#/].*)?$", re.IGNORECASE)
_SUFFIX = re.compile(rf"{_SUFFIXES}(?:[?#].*)?$", re.IGNORECASE)
_SYNTAX = re.compile(r"%[0-9A-Fa-f]{2}|\w=\S|[?&]\w+=|\w_\w|[a-z]{2,}\d{3,}(?!\w)")
_PATH = re.compile(r"[^\W_A-Z][\w.~-]*(?:/[\w.~-]*)+", re.ASCII)
_HEX = re.compile(r"[0-9A-F]{2}", re.IGNORECASE)
_DATE = re.compile(r"\d+(?:/\d+)+")
_EITHER = frozenset(
    {"and/or", "or/and", "either/or", "he/she", "she/he", "his/her", "him/her", "und/oder", "i/lub", "и/или", "та/або"}
)
_SCHEME_ONLY = re.compile(r"(?:https?|ftp)://(?:www\.)?|www\.", re.IGNORECASE)
_HALF_HOST = re.compile(r"https?://[\w-]+\.?|https?://www\.[\w-]+\.?|www\.[\w-]+\.?", re.IGNORECASE)
_HOST = re.compile(r"(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")
_HOST_END = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)*[/?#]\S*|(?:[^\W_][\w-]*\.)*[a-z]{2,8}")
_NEXT = re.compile(r"(?i)(?:https?:|ftp:|hxxps?|www\.|doi:)")
_LIST_MARK = re.compile(r"[-*+•–—·]+|\d{1,3}[.)]|\[\^?\w{1,4}\]:?|\(\w{1,3}\)")
_TOKEN = re.compile(r"[^\s<>`。，、；：！？「」『』（）《》【】]+")
_GAP = re.compile(r"[ \t\xa0]*\n?(?:[ \t]*>[ \t]?)*[ \t\xa0]*")
_URL = re.compile(r"(?:https?|ftp)://[^\s<>`。，、；：！？「」『』（）《》【】]+", re.IGNORECASE)
_OPENING = "\"'“‘«„(["
_UNENDING = "/_&=?%~+#@"
"""What hardly ends an address, but for the slash."""
_NEVER_LAST = "_&%"
"""What ends no address: something is missing, whatever the next line says."""
_SEPARATORS = "/?&=%"
_SOFT_HYPHEN = "\xad"
_VISITS = frozenset(
    """
    accessed retrieved viewed visited last consulted archived cited available published updated via see also cf ibid
    idem pp page pages vol no nr chapter section para dostęp dostępny dostępne odczyt zob patrz tamże дата доступ
    проверено обращения см там же звернення переглянуто див там само abgerufen zugriff zuletzt aufgerufen siehe vgl
    ebd stand on at in letzter letzte geprüft pobrano pobrane pobrany odczytano stan checked consulté
    """.split()
)


def whole_addresses(lines: Iterable[str]) -> frozenset[str]:
    """Give the addresses that no line end can have cut: something follows them in their line."""
    found = set()
    for line in lines:
        text = line.rstrip()
        for match in _URL.finditer(text):
            if match.end() < len(text):
                found.add(split_tail(match[0])[0])
    return frozenset(found)


def read_cut(block: Block, start: int, end: int, known: Collection[str]) -> Cut | None:
    """Follow an address that stands at the end of a line into the next ones; `None` when it goes on in none."""
    address, before, doubtful = block.text[start:end], block.text[start:end], False
    if block.beside(end) and _goes_on_beside(block, start, address, known):
        return Cut(address=f"{split_tail(address)[0]} {MISSING}", before=address, end=end, doubtful=True)
    at = end
    while (token := _next_token(block, at)) is not None:
        kind = judge_cut(address, token[0], block.text[token.end() : token.end() + 40].strip(), known)
        if kind is CutKind.WHOLE:
            break
        doubtful = doubtful or kind is CutKind.DOUBTFUL
        if kind is CutKind.UNHYPHENATED:
            address = address[:-1]
        address += f" {token[0]}" if kind is CutKind.DOUBTFUL else token[0]
        lines = block.locate(token.start())[0] - block.locate(at)[0]
        before += "\n" * max(lines, 1) + token[0]
        at = token.end()
    return Cut(address=address, before=before, end=at, doubtful=doubtful) if at > end else None


def _next_token(block: Block, at: int) -> re.Match[str] | None:
    """Find the first word of the next line, when nothing else stands between."""
    gap = _GAP.match(block.text, at)
    if gap is None or not any(block.is_break(spot) for spot in range(at, max(gap.end(), at + 1))):
        return None
    return _TOKEN.match(block.text, gap.end())


def _goes_on_beside(block: Block, start: int, address: str, known: Collection[str]) -> bool:
    """Whether an address in a column of a page may go on in the same column of the next line."""
    cell = block.cell_below(start)
    if address[-1] not in f"{_UNENDING}-." or not cell:
        return False
    token, _, after = cell.partition(" ")
    return judge_cut(address, token, after, known) is not CutKind.WHOLE


def judge_cut(address: str, token: str, after: str, known: Collection[str] = ()) -> CutKind:  # noqa: PLR0911 - one for each reason
    """Weigh whether the word that begins the next line goes on with an address. `after` is what follows the word.

    >>> judge_cut("https://fish.example/2024/", "quotas.pdf.", "").name
    'JOINED'
    >>> judge_cut("https://fish.example/quo-", "tas/2024.pdf.", "").name
    'DOUBTFUL'
    >>> judge_cut("https://fish.example/2024/", "Holm", "said so.").name
    'WHOLE'
    """
    core = split_tail(token)[0]
    if not core or _NEXT.match(core):
        return CutKind.WHOLE
    if address + core in known:
        return CutKind.JOINED
    last = address[-1]
    if last in {"-", "‐", _SOFT_HYPHEN}:
        without = address[:-1] + core
        return CutKind.UNHYPHENATED if without in known or last == _SOFT_HYPHEN else CutKind.DOUBTFUL
    if _LIST_MARK.fullmatch(token) and (after or last not in "=&?"):
        return CutKind.WHOLE
    if token[0] in _OPENING:
        return CutKind.DOUBTFUL if last == "_" else CutKind.WHOLE
    if _SCHEME_ONLY.fullmatch(address):
        return CutKind.JOINED if _HOST.fullmatch(core) else CutKind.WHOLE
    if _HALF_HOST.fullmatch(address) and (last == "." or core[0] == "."):
        return _judge_host(core)
    if core[0] in _SEPARATORS and len(core) > 1 and (last.isalnum() or core[0] != "/"):
        return CutKind.JOINED
    return _judge_path(last, core, token, after)


def _judge_host(core: str) -> CutKind:
    if "." in core or "/" in core:
        return CutKind.JOINED if _HOST_END.fullmatch(core.lstrip(".")) else CutKind.DOUBTFUL
    return CutKind.DOUBTFUL if core.islower() and not _is_known_word(core) else CutKind.WHOLE


def _judge_path(last: str, core: str, token: str, after: str) -> CutKind:
    if core[0] == "." and _SUFFIX.match(core, 1):
        return CutKind.JOINED
    structured = _is_structured(core)
    if last == ".":
        return _judge_sentence(core, token, after, structured=structured)
    if last in _UNENDING:
        doubtful = _may_go_on(core, token, after)
        if structured or (last == "%" and _HEX.match(core)) or (last == "=" and core.isdecimal() and doubtful):
            return CutKind.JOINED
        return CutKind.DOUBTFUL if doubtful or last in _NEVER_LAST else CutKind.WHOLE
    doubtful = last.isalnum() and structured and not _HOST.fullmatch(core) and not core[0].isupper()
    return CutKind.DOUBTFUL if doubtful else CutKind.WHOLE


def _judge_sentence(core: str, token: str, after: str, *, structured: bool) -> CutKind:
    """Weigh the word behind a full stop: the stop may end a sentence as well."""
    if core.lower() in _EITHER or not (core[0].islower() or core[0].isdigit()):
        return CutKind.DOUBTFUL if structured and _FILE.search(core) else CutKind.WHOLE
    if _SUFFIX.match(core) or (structured and not _HOST.fullmatch(core)):
        return CutKind.JOINED
    doubtful = structured or "/" in core or (not core[0].isdigit() and _may_go_on(core, token, after))
    return CutKind.DOUBTFUL if doubtful else CutKind.WHOLE


def _is_structured(core: str) -> bool:
    """Whether a word is written as parts of addresses are, and no word of a text is."""
    if core.lower() in _EITHER or _DATE.fullmatch(core) or "@" in core:
        return False
    return bool(_FILE.search(core) or _SYNTAX.search(core) or _PATH.match(core))


def _may_go_on(core: str, token: str, after: str) -> bool:
    """Whether a plain word may be the rest of an address rather than a word of the text."""
    if _is_known_word(core) or core.lower() in _EITHER:
        return False
    if core[0].isupper():
        return not after
    if core[0].isdigit():
        following = after.split(maxsplit=1)[0].strip(".,").lower() if after else ""
        return following not in MONTHS and not (token != core and after)
    return core[0].islower()


def _is_known_word(core: str) -> bool:
    word = core.lower().rstrip(".:")
    return word in LITTLE_WORDS or word in _VISITS or word in MONTHS or word in WEEKDAYS
