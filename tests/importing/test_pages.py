"""Documents of several pages as `pdftotext` writes them: headers, page numbers and form feeds."""

from __future__ import annotations

import pytest

from regesta.importing.text import import_text

HEAD = "The Price of Ray\n\n12 March 2024\n\n"
LONG = "The port closed after the strike, and the board says that it will open again only when all of"


def written(text: str) -> str:
    """Import a document and give what stands below its front matter."""
    return import_text((HEAD + text).encode(), path="x").markdown.split("\n---\n\n", 1)[1]


@pytest.mark.parametrize(
    "between",
    [
        "\n{0}1\n\fNorland Institute{0}The Price of Ray\n\n",
        "\n\n{0}1\n\f\nNorland Institute{0}The Price of Ray\n\n",
        "\n\nNorland Institute | Page 1 of 2\n\f",
        "\n\n1\n\n\f",
        "\n\f",
        "\n\n\f\n\n",
        "\f\n",
        "\n{0}– 1 –\n\f",
    ],
)
@pytest.mark.parametrize("rest", ["the dredgers have left.", "Norland has been asked to leave the river basin."])
def test_joins_a_sentence_over_a_form_feed(between: str, rest: str) -> None:
    """No header and no number stays inside of a sentence, wherever the form feed stands."""
    text = f"{LONG}{between.format(' ' * 60)}{rest}\n\nThe second one ends here."
    assert " ".join(written(text).split()) == f"{LONG} {rest} The second one ends here."


def test_keeps_notes_and_the_next_page_apart() -> None:
    """Notes before a form feed do not swallow the text behind it, indented or not, with a mark or without one."""
    for text in ("The second page begins.[2]", "  The second page begins.[2]", "Nothing else.\n\nMore.[2]"):
        document = f"It opens.[1]\n\n[1] Ministry, https://a.example/1\n\f{text}\n\n[2] Post, https://a.example/2\n\f"
        notes = "[^1]: Ministry, <https://a.example/1>\n\n[^2]: Post, <https://a.example/2>\n"
        body = text.strip().replace("[2]", "[^2]")
        assert written(document).replace("\n  ", "\n") == f"It opens.[^1]\n\n{body}\n\n{notes}"


def test_goes_on_with_a_note_over_a_form_feed() -> None:
    """A note whose address stands on the next page is one note."""
    document = "It opens.[1]\n\nNotes\n\n[1] Ministry of Fish,\n\n2\n\n\fhttps://a.example/1\n"
    assert written(document) == "It opens.[^1]\n\n[^1]: Ministry of Fish, <https://a.example/1>\n"


@pytest.mark.parametrize(
    "header",
    [
        "NORLAND INSTITUTE          12 March 2024          No. 7",
        "Norland Institute | Policy Brief 7 | 12 March 2024",
        "INSTYTUT NORLANDII   12 marca 2024   Nr 7",
        "Институт Норландии | 12 марта 2024 г. | № 7",
        "Інститут Норландії · 12 березня 2024 р. · Випуск 7",
    ],
)
def test_takes_out_a_dated_header_that_comes_back_once(header: str) -> None:
    """A line with name and date above the title and on the second page is no paragraph of the text, and is logged."""
    text = f"{header}\n\nThe Price of Ray\n\nBy Ada Holm\n\nThe port closed.\n\n{header}\n\nThe pier opened.\n"
    imported = import_text(text.encode(), path="x")
    assert imported.markdown.split("\n---\n\n", 1)[1] == "The port closed.\n\nThe pier opened.\n"
    assert str(imported.date) == "2024-03-12"
    assert header in [repair.before for repair in imported.repairs if repair.kind.value == "running-header"]


def test_takes_out_headers_that_alternate() -> None:
    """Left and right pages have headers of their own, with the number at the outer edge."""
    gap = " " * 40
    pages = [
        f"{number}{gap}Norland Institute" if number % 2 == 0 else f"Policy Brief 7{gap}{number}"
        for number in range(2, 6)
    ]
    document = "The first page ends.\n" + "".join(f"\f{head}\n\nPage text ends.\n" for head in pages)
    brief = import_text((HEAD + document).encode(), path="x")
    assert brief.markdown.split("\n---\n\n", 1)[1] == "The first page ends.\n" + "\nPage text ends.\n" * 4
    assert (brief.publisher, brief.series, brief.number) == ("Norland Institute", "Policy Brief", "7")


@pytest.mark.parametrize(
    "text",
    [
        "The first page ends.\n\fConclusions\n\nThe second page ends.",
        "Steps:\n\n- one\n\f- two",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\f| 3 | 4 |",
        "The value is 12/34.\n\nIt is.",
    ],
)
def test_keeps_what_only_stands_at_the_edge_of_a_page(text: str) -> None:
    """A heading, a list and a table at the edge of a page are text."""
    assert " ".join(written(text).split()) == " ".join(text.replace("\f", "").split())
