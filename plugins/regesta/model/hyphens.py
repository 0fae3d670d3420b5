"""Hyphens at the ends of lines: of a word that is cut there, of a compound, or of one that is to be completed."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["HYPHENS", "CutWord", "read_cut_word"]

HYPHENS = "-‐"
"""The hyphen that everybody types, and the one that is nothing else."""

_LEFT = re.compile(r"(?<![\w/@.:=&%?#-])([^\W\d_]+(?:[-‐'’ʼ][^\W\d_]+)*)[-‐]$")
_RIGHT = re.compile(r"([^\W\d_]+(?:['’ʼ][^\W\d_]+)*)(?![\w/@=&%]|\.[^\W\d_])")
_FEWEST_LETTERS = 2
_COMPLETED = frozenset(
    """
    and or to nor but than versus und oder bis sowie noch als i oraz lub albo czy do ani и или либо до та і й або чи
    ці і et ou y o e a of in
    """.split()
)
"""Words before which a hyphen stands for what comes later: `pre- and post-war`."""
_SEEN = 80


class CutWord(NamedTuple):
    """The two halves of what may be one word."""

    left: str
    right: str

    @property
    def joined(self) -> str:
        """Without the hyphen."""
        return self.left + self.right

    @property
    def compound(self) -> str:
        """With it."""
        return f"{self.left}-{self.right}"

    @property
    def choice(self) -> str:
        """Name the ways to write it: no hyphen of a line end stands before a capital."""
        return repr(self.compound) if self.right[0].isupper() else f"{self.joined!r} or {self.compound!r}"


def read_cut_word(line: str, below: str) -> CutWord | None:
    """Read the word that a hyphen at the end of a line cuts, or joins to the next one.

    >>> read_cut_word("for the inter-", "national port.")
    CutWord(left='inter', right='national')
    >>> read_cut_word("in pre-", "and post-war times") is None
    True
    """
    left, right = _LEFT.search(line.rstrip()[-_SEEN:]), _RIGHT.match(below.lstrip()[:_SEEN])
    if left is None or right is None or right[1].lower() in _COMPLETED:
        return None
    if min(len(left[1]), len(right[1])) < _FEWEST_LETTERS:
        return None
    return CutWord(left[1].replace("‐", "-"), right[1])
