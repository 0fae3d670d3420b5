"""Bylines: names, and what only looks like them."""

from __future__ import annotations

import pytest

from regesta.importing.byline import read_byline


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ada Example", ["Ada Example"]),
        ("BY ADA EXAMPLE", ["ADA EXAMPLE"]),
        ("Ada Maria Example", ["Ada Maria Example"]),
        ("By Ada Example, Ben Sample, and Zoë Muster-Mann", ["Ada Example", "Ben Sample", "Zoë Muster-Mann"]),
        ("Ada Example & Ben Sample", ["Ada Example", "Ben Sample"]),
        ("Authors: J. R. Sample, Jr., Ludwig van Muster", ["J. R. Sample, Jr.", "Ludwig van Muster"]),
        ("Автор: Анна Примерова и Пётр Образцов", ["Анна Примерова", "Пётр Образцов"]),
        ("Von Erika Muster und Max Probe", ["Erika Muster", "Max Probe"]),
        ("By O’Example", ["O’Example"]),
    ],
)
def test_reads_names(text: str, names: list[str]) -> None:
    """With "By" or without it, one name or several."""
    assert read_byline(text) == names


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Key Takeaways",
            "Executive Summary",
            "NI SPOTLIGHT",
            "Harbour",
            "The harbour is closed.",
            "By the end of 2020",
        ),
        *("Why Now?", "Norland Update", "", "Part One", "x" * 5_000, "A" + ".a" * 100),
    ],
)
def test_takes_no_phrase_for_a_name(text: str) -> None:
    """Headings, series and sentences are no bylines."""
    assert read_byline(text) is None
