"""The words of the archive as readers write them, sorted: from them come near words for one that no brief has."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from regesta.pages.lazy_file import LazyFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["vocabulary_files"]

SHARD_SIZE = 16_000
"""Bytes of a file at most: about 7 KB on the way to a reader."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONGEST = 40


def vocabulary_files(words: Mapping[str, int]) -> dict[str, LazyFile]:
    """Give the files, each by its first word. `words` says how many briefs have each.

    A file is a JSON string of words between blanks. Each begins with two digits to the base 36: how many letters it
    shares with the word before, and how often it was doubled to come to the number of its briefs.
    """
    files = {}
    for number, (first, text) in enumerate(_shards(words)):
        content = json.dumps(text, ensure_ascii=False) + "\n"
        files[first] = LazyFile(f"search/words-{number}.json", partial(str, content))
    return files


def _shards(words: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    rows: list[str] = []
    first, before, size = "", "", 0
    for word in sorted(word for word in words if len(word) <= _LONGEST and not word.isdigit()):
        row = _row(word, before, words[word])
        if rows and size + len(row.encode()) + 1 > SHARD_SIZE - 3:
            yield first, " ".join(rows)
            rows, size, row = [], 0, _row(word, "", words[word])
        if not rows:
            first = word
        rows.append(row)
        size += len(row.encode()) + 1
        before = word
    if rows:
        yield first, " ".join(rows)


def _row(word: str, before: str, briefs: int) -> str:
    """Write a word after another.

    >>> _row("ferries", "ferry", 9), _row("ferry", "", 1)
    ('43ies', '00ferry')
    """
    most = min(len(word), len(before), len(_DIGITS) - 1)
    shared = next((index for index in range(most) if word[index] != before[index]), most)
    return f"{_DIGITS[shared]}{_DIGITS[briefs.bit_length() - 1]}{word[shared:]}"
