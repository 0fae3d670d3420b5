"""What stands inside a paragraph or note: references, links and stray backslashes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from regesta.importing.cut_addresses import MISSING, Cut, CutKind, judge_cut, read_cut
from regesta.importing.labels import is_label, superscript_digits
from regesta.importing.lines import BlockKind
from regesta.importing.links import as_code, is_autolink, is_empty, same_address, split_tail
from regesta.importing.markup import unescape
from regesta.importing.repairs import Repair, RepairKind
from regesta.model.defanging import is_defanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from regesta.importing.lines import Block

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
    r"|(?P<digits>[⁰¹²³⁴-⁹]{1,4})"
    r"|(?P<bracketed>\[\^?(?P<inner>[^\[\]\s\\]{1,10})\](?![\[(]))"
    r"|(?P<bare>(?<![\w/.@])(?:https?|hxxps?|h\*\*ps?|fxp|ftp)(?:://|\[:\]//|\[://\]|\(:\)//|:\[//\])[^\s<>`]*)"
    r"|(?P<www>(?<![\w/.@-])www\.[^\s<>`]*)"
    r"|(?P<escape>\\.)",
    re.IGNORECASE | re.DOTALL,
)
_NEEDLESS_ESCAPES = frozenset("$%,/:;=?@\"'")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|km/h|ft|mi|[кдс]?м|га)$", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,4})\s*[-–—]\s*(\d{1,4})")
_LONGEST_RANGE = 30


class InlineReader:
    """Rewrites the inside of blocks; knows the labels of the document's notes."""

    def __init__(
        self, labels: frozenset[str], *, plain_forms: bool = False, addresses: frozenset[str] = frozenset()
    ) -> None:
        """Take the labels, lower-case; `plain_forms` when notes are labelled `[1]` or `¹`, and references alike.

        `addresses` are those that stand whole in the document.
        """
        self._addresses = addresses
        self._labels = labels
        self._plain_forms = plain_forms
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
        while match := _INLINE.search(block.text, at):
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
            return _log(out, RepairKind.BROKEN_LINK, block.locate(match.start()), match[0], text)
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
        labels = self._listed(match["labels"])
        known = all(label.isdecimal() or label.casefold() in self._labels for label in labels)
        if not labels or not known or self._is_power(match, block, labels):
            return match[0]
        return self._refer(match, block, out, labels)

    def _digits(self, match: re.Match[str], block: Block, out: Written) -> str:
        labels = [superscript_digits(match[0])]
        if not self._plain_forms or labels[0] not in self._labels or self._is_power(match, block, labels):
            return match[0]
        return self._refer(match, block, out, labels)

    def _bracketed(self, match: re.Match[str], block: Block, out: Written) -> str:
        if match[0].startswith("[^"):
            return self._refer(match, block, out, [match["inner"]])
        labels = self._listed(match["inner"])
        if not self._plain_forms or not labels or any(label.casefold() not in self._labels for label in labels):
            return match[0]
        return self._refer(match, block, out, labels)

    def _escape(self, match: re.Match[str], block: Block, out: Written) -> str:
        character = match[0][1]
        if character not in _NEEDLESS_ESCAPES:
            return match[0]
        return _log(out, RepairKind.BACKSLASH, block.locate(match.start()), match[0], character)

    def _listed(self, written: str) -> list[str]:
        """Read `1`, `1, 2` or `[1]`; and `1-3` where each of these notes exists."""
        written = written.strip().strip("[]().:").strip()
        if span := _RANGE.fullmatch(written):
            first, last = int(span[1]), int(span[2])
            labels = [str(number) for number in range(first, min(last, first + _LONGEST_RANGE) + 1)]
            return labels if last - first < _LONGEST_RANGE and self._labels.issuperset(labels) else []
        labels = [label.strip("[]()") for label in re.split(r"\s*[,;]\s*|\s+", written)]
        return labels if all(is_label(label) for label in labels) else []

    def _is_power(self, match: re.Match[str], block: Block, labels: list[str]) -> bool:
        """Whether it is a unit's power, as in km<sup>2</sup>."""
        return (
            labels[0] in {"2", "3"} and _UNIT.search(block.text[max(match.start() - 6, 0) : match.start()]) is not None
        )

    def _refer(self, match: re.Match[str], block: Block, out: Written, labels: list[str]) -> str:
        start, end = block.locate(match.start()), block.locate(match.end())
        out.references.extend(Reference(label=label, start=start, end=end) for label in labels)
        text = "".join(f"[^{label}]" for label in labels)
        return (
            text if text == match[0] else _log(out, RepairKind.REFERENCE, block.locate(match.start()), match[0], text)
        )


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


def _broken_by_lines(match: re.Match[str], block: Block) -> bool:
    """Whether all blanks in an address are ends of lines: no author writes blanks into one."""
    return all(block.is_break(match.start() + at) for at, character in enumerate(match[0]) if character.isspace())
