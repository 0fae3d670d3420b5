"""What stands inside a paragraph or note: references, links and stray backslashes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from regesta.importing.cut_addresses import MISSING, Cut, CutKind, judge_cut, read_cut
from regesta.importing.lines import BlockKind
from regesta.importing.links import as_code, is_autolink, is_empty, same_address, split_tail
from regesta.importing.marks import GluedMark, glued_marks, listed_labels
from regesta.importing.markup import unescape
from regesta.importing.repairs import Repair, RepairKind
from regesta.model.defanging import is_defanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.importing.lines import Block
    from regesta.importing.numbering import Numbering

__all__ = ["InlineReader", "LostLink", "Reference", "Written"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A place in the text that points to a note."""

    label: str
    start: tuple[int, int]
    """Source line, 1-based, and column, from 0."""
    end: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LostLink:
    """Words that were a link and lead nowhere now."""

    raw: str
    words: str
    start: tuple[int, int]
    end: tuple[int, int]


@dataclass(slots=True)
class Written:
    """A block as Markdown, with what was met on the way."""

    text: str = ""
    urls: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    lost: list[LostLink] = field(default_factory=list)
    torn: list[LostLink] = field(default_factory=list)
    """Addresses of which nobody knows where they end."""
    repairs: list[Repair] = field(default_factory=list)


# Each alternative is linear: a class stops where the next match could begin, so that no text is scanned twice.
_INLINE = re.compile(
    r"(?P<code>(?<!`)`[^`]+`(?!`)|``[^`]+``)"
    r"|(?P<link>!?\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\((?P<target><[^<>\n]*>|(?:[^()\s\\]|\\.)*(?:\((?:[^()\s\\]|\\.)*\)(?:[^()\s\\]|\\.)*)*)"
    r"(?P<title>\s+(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?\s?\))"
    r"|(?P<auto><(?:[a-z][a-z0-9+.*-]{1,31}(?::|\[:))[^<>]{0,4000}>)"
    r"|(?P<raised>(?:\\?\[)?<sup>(?P<labels>[^<>]{1,60})</sup>(?:\\?\])?)"
    r"|(?P<digits>[⁰¹²³⁴-⁹]{1,4}(?:[,⁻–‐-] ?[⁰¹²³⁴-⁹]{1,4})*)"
    r"|(?P<bracketed>\[\^?(?P<inner>[^\[\]\s\\]{1,10}|\d{1,4}(?:\s?[,;–—-]\s?\d{1,4}){1,20})\](?!\(|\[(?!\^?\d)))"
    r"|(?P<bare>(?<![\w/.@])(?:https?|hxxps?|h\*\*ps?|fxp|ftp)(?:://|\[:\]//|\[://\]|\(:\)//|:\[//\])[^\s<>`。，、；：！？「」『』（）《》【】]*)"
    r"|(?P<www>(?<![\w/.@-])www\.[^\s<>`。，、；：！？「」『』（）《》【】]*)"
    r"|(?P<escape>\\.)",
    re.IGNORECASE | re.DOTALL,
)
_NEEDLESS_ESCAPES = frozenset("$%,/:;=?@\"'")
_BEFORE = re.compile(r"\S+$")
_SHOWN = 40
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|km/h|ft|mi|[кдс]?м|га)$", re.IGNORECASE)


class InlineReader:
    """Rewrites the inside of blocks; knows the labels of the document's notes."""

    def __init__(self, notes: Numbering, addresses: frozenset[str] = frozenset()) -> None:
        """Take the notes, and the addresses that stand whole in the document."""
        self._notes = notes
        self._addresses = addresses
        self._labels = notes.labels
        self._plain_forms = notes.plain_forms
        self._last = -1
        """The note that the text last pointed to."""
        self._rules: dict[str, Callable[[re.Match[str], Block, Written], str]] = {
            "link": self._link,
            "auto": self._auto,
            "raised": self._raised,
            "digits": self._digits,
            "bracketed": self._bracketed,
            "bare": self._bare,
            "escape": self._escape,
        }

    def write(self, block: Block, *, in_note: bool = False) -> Written:
        """Rewrite one block. Bare addresses become links in notes only: there they are the source."""
        out = Written()
        pieces: list[str] = []
        at = 0
        glued = [] if in_note or not self._plain_forms or block.kind is BlockKind.TABLE else glued_marks(block.text)
        while (match := _INLINE.search(block.text, at)) or glued:
            if glued and (match is None or glued[0].start < match.start()):
                mark = glued.pop(0)
                if mark.start >= at and (text := self._glued(mark, block, out, at)):
                    pieces.extend((block.text[at : mark.start], text))
                    at = mark.end
                continue
            if match is None:
                break
            if match.lastgroup in {"bare", "www"} and (cut := self._cut(match, block)):
                pieces.extend((block.text[at : match.start()], _write_cut(cut, match, block, out, in_note=in_note)))
                at = cut.end
                continue
            rule = self._rules.get(match.lastgroup or "")
            replacement = rule(match, block, out) if rule else match[0]
            if match.lastgroup == "bare" and not in_note and replacement.startswith("<"):
                replacement = match[0]
                out.repairs.pop()
            pieces.extend((block.text[at : match.start()], replacement))
            at = match.end()
        out.text = "".join((*pieces, block.text[at:]))
        return out

    def _link(self, match: re.Match[str], block: Block, out: Written) -> str:
        label, target = match["label"], match["target"].strip("<>")
        if match[0].startswith("!"):
            return match[0]
        if is_empty(target):
            out.lost.append(
                LostLink(raw=match[0], words=label, start=block.locate(match.start()), end=block.locate(match.end()))
            )
            # It stays as it is: readers see its words alone, and each check finds it until somebody has decided.
            return _log(out, RepairKind.EMPTY_LINK, block.locate(match.start()), match[0], match[0])
        if is_defanged(target):
            out.urls.append(target)
            code = as_code(target)
            text = code if same_address(label, target) else f"{label} ({code})"
            return _log(out, RepairKind.DEFANGED_LINK, block.locate(match.start()), match[0], text)
        out.urls.append(target)
        if "\\\\" in label and same_address(label, target) and is_autolink(target) and not match["title"]:
            return _log(out, RepairKind.DOUBLE_ESCAPE, block.locate(match.start()), match[0], f"<{target}>")
        return match[0]

    def _auto(self, match: re.Match[str], block: Block, out: Written) -> str:
        address = match[0][1:-1]
        if any(character.isspace() for character in address):
            if not _broken_by_lines(match, block) or "://" not in address:
                return match[0]
            whole = self._joined(address)
            if whole is None:
                _tear(out, match[0], block, match.start(), match.end())
                return match[0]
            address = whole
            out.urls.append(address)
            text = as_code(address) if is_defanged(address) else f"<{address}>"
            before = _with_line_ends(match, block)
            return _log(out, RepairKind.BROKEN_LINK, block.locate(match.start()), before, text)
        out.urls.append(address)
        if is_defanged(address):
            return _log(out, RepairKind.DEFANGED_LINK, block.locate(match.start()), match[0], as_code(address))
        return match[0]

    def _joined(self, address: str) -> str | None:
        """Join an address in pointed brackets over line ends; `None` where a hyphen may be the line's own."""
        first, *others = address.split()
        for part in others:
            if first[-1] in "-‐\xad":
                kind = judge_cut(first, part, "", self._addresses)
                if kind is CutKind.DOUBTFUL:
                    return None
                first = first[:-1] if kind is CutKind.UNHYPHENATED else first
            first += part
        return first

    def _cut(self, match: re.Match[str], block: Block) -> Cut | None:
        """Follow an address over the end of its line; a row of a table ends with its line."""
        if block.kind is BlockKind.TABLE:
            return None
        return read_cut(block, match.start(), match.end(), self._addresses)

    def _bare(self, match: re.Match[str], block: Block, out: Written) -> str:
        address, tail = split_tail(match[0])
        if address.endswith("//"):
            return match[0]
        out.urls.append(address)
        if is_defanged(address):
            return _log(out, RepairKind.DEFANGED_LINK, block.locate(match.start()), address, as_code(address)) + tail
        if not is_autolink(address) or "\\" in address:
            return match[0]
        return _log(out, RepairKind.BARE_LINK, block.locate(match.start()), address, f"<{address}>") + tail

    def _raised(self, match: re.Match[str], block: Block, out: Written) -> str:
        labels = self._split(listed_labels(match["labels"]))
        known = all(label.isdecimal() or label.casefold() in self._labels for label in labels)
        if not labels or not known or self._is_power(match, block, labels):
            return match[0]
        return self._refer(match, block, out, labels)

    def _digits(self, match: re.Match[str], block: Block, out: Written) -> str:
        labels = self._split(listed_labels(match[0]))
        if not labels or not self._plain_forms or not self._are_known(labels) or self._is_power(match, block, labels):
            return match[0]
        return self._refer(match, block, out, labels)

    def _bracketed(self, match: re.Match[str], block: Block, out: Written) -> str:
        if match[0].startswith("[^"):
            return self._refer(match, block, out, [match["inner"]])
        labels = listed_labels(match["inner"])
        if not self._plain_forms or not labels or not self._are_known(labels):
            return match[0]
        return self._refer(match, block, out, labels)

    def _are_known(self, labels: list[str]) -> bool:
        return all(label.casefold() in self._labels for label in labels)

    def _split(self, labels: list[str]) -> list[str]:
        """Read `¹²` as 1 and 2 where these come next, or where there is no note 12."""
        if len(labels) != 1 or not labels[0].isdecimal() or len(labels[0]) < 2:  # noqa: PLR2004 - one figure is one mark
            return labels
        figures = list(labels[0])
        ascending = all(int(right) == int(left) + 1 for left, right in pairwise(figures))
        if not ascending or not self._are_known(figures):
            return labels
        unknown = labels[0] not in self._labels
        first = self._notes.find(figures[0], (0, 0))
        return figures if unknown or first == self._last + 1 else labels

    def _glued(self, mark: GluedMark, block: Block, out: Written, at: int) -> str | None:
        """Write figures or signs behind a word as marks, where the document has such notes.

        The log has the word with them; `at` is how far the block has been written.
        """
        start = block.locate(mark.start)
        found = [self._notes.find(label, start) for label in mark.labels]
        notes = [at for at in found if at is not None and at not in self._notes.explicit]
        if len(notes) < len(mark.labels):
            return None
        if not mark.sure and notes[0] != self._last + 1:
            return None
        end = block.locate(mark.end)
        text = self._point(mark.labels, start, end, out)
        word = _BEFORE.search(block.text[max(at, mark.start - _SHOWN) : mark.start])
        shown = word[0] if word else ""
        _log(out, RepairKind.REFERENCE, start, shown + block.text[mark.start : mark.end], shown + text)
        return text

    def _escape(self, match: re.Match[str], block: Block, out: Written) -> str:
        character = match[0][1]
        if character not in _NEEDLESS_ESCAPES:
            return match[0]
        return _log(out, RepairKind.BACKSLASH, block.locate(match.start()), match[0], character)

    def _is_power(self, match: re.Match[str], block: Block, labels: list[str]) -> bool:
        """Whether it is a unit's power, as in km<sup>2</sup>."""
        return (
            labels[0] in {"2", "3"} and _UNIT.search(block.text[max(match.start() - 6, 0) : match.start()]) is not None
        )

    def _refer(self, match: re.Match[str], block: Block, out: Written, labels: list[str]) -> str:
        start, end = block.locate(match.start()), block.locate(match.end())
        text = self._point(labels, start, end, out)
        return (
            text if text == match[0] else _log(out, RepairKind.REFERENCE, block.locate(match.start()), match[0], text)
        )

    def _point(self, labels: Iterable[str], start: tuple[int, int], end: tuple[int, int], out: Written) -> str:
        """Write marks as references. One that may lead to several notes gets a label that no note has."""
        written = []
        for label in labels:
            at = self._notes.find(label, start)
            several = at is None and label.casefold() in self._labels
            known = label if at is None else self._notes.label(at)
            written.append(f"{known}?" if several else known if self._notes.starts_anew else label)
            self._last = self._last if at is None else at
        out.references.extend(Reference(label=label, start=start, end=end) for label in written)
        return "".join(f"[^{label}]" for label in written)


def _write_cut(cut: Cut, match: re.Match[str], block: Block, out: Written, *, in_note: bool) -> str:
    """Write an address that a line end cuts: whole as others are, in doubt so that it is no link."""
    address, tail = unescape(cut.address), ""
    if not address.endswith(MISSING):
        address, tail = split_tail(address)
    at = block.locate(match.start())
    if cut.doubtful:
        _tear(out, address, block, match.start(), cut.end)
        return _log(out, RepairKind.TORN_LINK, at, cut.before, f"<{_inert(address)}>{tail}")
    out.urls.append(address)
    if is_defanged(address):
        return _log(out, RepairKind.BROKEN_LINK, at, cut.before, f"{as_code(address)}{tail}")
    plain = not in_note or not is_autolink(address)
    return _log(out, RepairKind.BROKEN_LINK, at, cut.before, f"{address}{tail}" if plain else f"<{address}>{tail}")


def _inert(address: str) -> str:
    """Escape what Markdown would take for emphasis or a link inside of a text."""
    marks = _MARKS.findall(address)
    return _MARKS.sub(r"\\\g<0>", address) if len(marks) > 1 else address


_MARKS = re.compile(r"[*\[\]]|(?<!\w)_|_(?!\w)")


def _tear(out: Written, address: str, block: Block, start: int, end: int) -> None:
    out.torn.append(LostLink(raw=address, words=address, start=block.locate(start), end=block.locate(end)))


def _log(out: Written, kind: RepairKind, at: tuple[int, int], before: str, after: str) -> str:
    out.repairs.append(Repair(kind=kind, line=at[0], before=before, after=after))
    return after


def _with_line_ends(match: re.Match[str], block: Block) -> str:
    """Give an address in pointed brackets as its lines have it, not as they are joined."""
    pieces: list[str] = []
    at = match.start()
    for part in _PART.finditer(match[0]):
        start = match.start() + part.start()
        pieces.append("\n" * (block.locate(start)[0] - block.locate(at)[0]) + part[0])
        at = match.start() + part.end()
    return "".join(pieces)


_PART = re.compile(r"\S+")


def _broken_by_lines(match: re.Match[str], block: Block) -> bool:
    """Whether all blanks in an address are ends of lines: no author writes blanks into one."""
    return all(block.is_break(match.start() + at) for at, character in enumerate(match[0]) if character.isspace())
