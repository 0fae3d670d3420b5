"""The sorted list of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pages.searched import read

from regesta.pages.search.vocabulary import SHARD_SIZE, vocabulary_files


def words_of(file):
    """Read a file as the browser does."""
    found, before = [], ""
    for row in read(file).split(" "):
        before = before[: int(row[0], 36)] + row[2:]
        found.append((before, 2 ** int(row[1], 36)))
    return found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"ferry": 9, "ferries": 3}, [("ferries", 2), ("ferry", 8)]),
        ({"вода": 1, "воду": 2, "water": 1}, [("water", 1), ("вода", 1), ("воду", 2)]),
        ({"2021": 9, "b2": 1, "x" * 41: 1}, [("b2", 1)]),
        ({"서울": 1, "서울은": 1}, [("서울", 1), ("서울은", 1)]),
        ({"a" * 39: 1, "a" * 40: 1}, [("a" * 39, 1), ("a" * 40, 1)]),
    ],
)
def test_words_come_back_in_order(words, expected) -> None:
    """Each word is there once, in order, with the size of its number of briefs; numbers and monsters are not."""
    (file,) = vocabulary_files(words).values()
    assert words_of(file) == expected


def test_many_words_lie_in_several_small_files() -> None:
    """No file is larger than its limit, and each is known by its first word."""
    words = {f"слово{number * 7919}": number % 50 + 1 for number in range(12_000)}
    files = vocabulary_files(words)
    assert len(files) > 2
    assert all(len(b"".join(file.pieces())) <= SHARD_SIZE for file in files.values())
    assert [words_of(file)[0][0] for file in files.values()] == list(files) == sorted(files)
    assert [word for file in files.values() for word, _ in words_of(file)] == sorted(words)


@given(st.dictionaries(st.text(st.characters(categories=["L"]), min_size=1, max_size=40), st.integers(1, 10**6)))
def test_any_words_can_be_listed(words) -> None:
    """Whatever the letters, the words come back."""
    files = vocabulary_files(words)
    assert [word for file in files.values() for word, _ in words_of(file)] == sorted(words)


def test_no_words_are_no_file() -> None:
    """An archive without words has no list of them."""
    assert vocabulary_files({}) == {}
