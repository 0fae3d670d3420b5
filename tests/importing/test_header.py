"""The header block in the orders that documents have it."""

from __future__ import annotations

import pytest

from regesta.importing.text import import_text

TEXT = "The harbour is closed since the storm, and the council does not know when it will open."


@pytest.mark.parametrize(
    ("head", "title", "date", "authors", "series"),
    [
        ("# Water\n\n12 October 2021\n\nBy Ada Example", "Water", "2021-10-12", ("Ada Example",), None),
        ("**Water**\n\nAda Example\n\n12 October 2021", "Water", "2021-10-12", ("Ada Example",), None),
        ("Water\n=====\n\nBy Ada Example", "Water", None, ("Ada Example",), None),
        ("Water\n12 October 2021\nBy Ada Example", "Water", "2021-10-12", ("Ada Example",), None),
        ("12 October 2021\n\nWater\n\nAda Example", "Water", "2021-10-12", ("Ada Example",), None),
        ("Norland Update, 12 October 2021\n\nWater", "Water", "2021-10-12", (), "Norland Update"),
        ("Water\n\nSeries: Norland Brief\n\nAda Example", "Water", None, ("Ada Example",), "Norland Brief"),
        ("Water\n\nNorland Update\n\n12 October 2021", "Water", "2021-10-12", (), "Norland Update"),
        ("Water\n\nBy Ada Example | 12 October 2021", "Water", "2021-10-12", ("Ada Example",), None),
        ("Water: a\nlong title\n\nBy Ada Example", "Water: a long title", None, ("Ada Example",), None),
        (
            "Water Report, October 12, 2021\n\nBy Ada Example",
            "Water Report, October 12, 2021",
            "2021-10-12",
            ("Ada Example",),
            None,
        ),
        ("## Water<sup>1</sup>", "Water", None, (), None),
        (r"# The \$5 *Gull*", "The $5 Gull", None, (), None),
    ],
)
def test_reads_header_blocks(
    head: str, title: str, date: str | None, authors: tuple[str, ...], series: str | None
) -> None:
    """Title, date, authors and series are found in any order; the text begins behind them."""
    brief = import_text(f"\n\n{head}\n\n{TEXT}\n".encode(), path="x.txt")
    found = (brief.title, str(brief.date) if brief.date else None, brief.authors, brief.series)
    assert found == (title, date, authors, series)
    assert brief.markdown.split("\n---\n\n")[1].strip() == TEXT


def test_infers_a_date_from_the_title() -> None:
    """A date that only the title names is inferred, and the brief says from where."""
    brief = import_text(f"# Water, October 12, 2021\n\n{TEXT}\n".encode(), path="x.txt")
    assert (str(brief.date), brief.date_basis) == ("2021-10-12", "inferred")
    assert "\ndate_note: Read from the title.\n" in brief.markdown


def test_keeps_a_subtitle_in_the_text() -> None:
    """A line that is neither date nor name stays, and what follows is still read."""
    brief = import_text(f"# Water\n\nA look at the harbour\n\nBy Ada Example\n\n{TEXT}\n".encode(), path="x.txt")
    assert brief.authors == ("Ada Example",)
    assert "\nA look at the harbour\n" in brief.markdown


def test_keeps_the_words_beside_a_date() -> None:
    """A place in the dateline is kept as a note on the date."""
    brief = import_text(f"# Water\n\nSudport, 12 October 2021\n\n{TEXT}\n".encode(), path="x.txt")
    assert "Sudport, 12 October 2021" in brief.markdown.split("---")[1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("NORLAND MONITOR   12 October 2021   No. 7", ("2021-10-12", None, "NORLAND MONITOR", "7")),
        ("NORLAND MONITOR 12 October 2021 No. 7", ("2021-10-12", None, "NORLAND MONITOR", "7")),
        ("SPOTLIGHT   12 October 2021   No. 7", ("2021-10-12", None, "SPOTLIGHT", "7")),
        ("Norland Institute | Policy Brief 7 | March 2024", ("2024-03", "Norland Institute", "Policy Brief", "7")),
        (
            "Norland Institute   Policy Brief   No. 7/21   12 May 2021   page 3",
            ("2021-05-12", "Norland Institute", "Policy Brief", "7/21"),
        ),
        ("Norland Review, Vol. 3, No. 2", (None, None, "Norland Review", "3(2)")),
        ("Gazeta Portowa   12 października 2021   Nr 7", ("2021-10-12", None, "Gazeta Portowa", "7")),
        ("Вестник порта   12 октября 2021   № 7", ("2021-10-12", None, "Вестник порта", "7")),
        ("Бюллетень    Выпуск 7    12 октября 2021 г.", ("2021-10-12", None, "Бюллетень", "7")),
        ("Вісник порту | Випуск 7 | 12 жовтня 2021", ("2021-10-12", None, "Вісник порту", "7")),
        ("Hafenbericht, Jg. 3, Heft 2, 12. Oktober 2021", ("2021-10-12", None, "Hafenbericht", "3(2)")),
        ("Policy Brief No. 7", (None, None, "Policy Brief", "7")),
        ("28 September – 3 October 2020 | Norland Watch", ("2020-09-28/2020-10-03", None, "Norland Watch", None)),
        ("Norland Institute — Analysis — 12 October 2021", ("2021-10-12", "Norland Institute", "Analysis", None)),
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        "{0}\n\nWater and Wine\n\nBy Ada Example\n\n{1}",
        "Water and Wine\n\n{0}\n\n{1}",
        "Water and Wine\n\n{1}\n\n{0}\n\n2\n\n{1}\n\n{0}\n\n3\n\n{1}",
    ],
)
def test_reads_mastheads(line: str, said: tuple[str | None, ...], place: str) -> None:
    """Above the title, below it, or at each page's foot: date, publisher, series and number, and no line is left."""
    brief = import_text(place.format(line, f"{TEXT}\n").encode(), path="x.txt")
    date = str(brief.date) if brief.date else None
    assert (brief.title, date, brief.publisher, brief.series, brief.number) == ("Water and Wine", *said)
    assert set(brief.markdown.split("\n---\n\n")[1].strip().split("\n\n")) == {TEXT}
    assert any(f"series: {brief.series}" in repair.after for repair in brief.repairs)
