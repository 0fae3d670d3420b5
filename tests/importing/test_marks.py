"""Marks and notes in the ways that conversions leave them."""

from __future__ import annotations

import pytest

from regesta.importing.marks import explicit_labels, glued_marks
from regesta.importing.text import import_text

HEAD = "The Yard and the Pier\n\n12 March 2024\n\n"


def written(text: str) -> str:
    """Import a document and give what stands below its front matter."""
    return import_text((HEAD + text).encode(), path="x").markdown.split("\n---\n\n", 1)[1]


def rules(text: str) -> list[str]:
    """Name the rules of the import's findings."""
    return [finding.rule for finding in import_text((HEAD + text).encode(), path="x").findings]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("The harbour.1 It", [("1", True)]),
        ("by a “third”.2 It", [("2", True)]),
        ("by a “third.”2 It", [("2", True)]),
        ("1,200 tons.4", [("4", True)]),
        ("the harbour1 and Hafen2. Порт3, gate4;", [("1", False), ("2", False), ("3", False), ("4", False)]),
        ("in 2023.5 Then 3.4 %.6 The U.S.7 left in 2023 г.8 w 2024 r.9", [(n, False) for n in "56789"]),
        ("«низкая»3, „tief“4 und “5 boats", [("3", True), ("4", True)]),
        ("关闭。1 然后", [("1", True)]),
        ("closed.* It † is‡ a *b* c.** d **e.**", [("*", True), ("‡", True), ("**", True)]),
        ("closed.\\* It", [("*", True)]),
        ("closed.(1) It (2) is (3). There", [("1", True), ("3", False)]),
        ("closed.1) It a.b)", [("1", True), ("b", False)]),
        (
            "**yard**1 and *pier*2 closed.**3** In the 1990s.4 x",
            [("1", False), ("2", False), ("3", True), ("4", False)],
        ),
        ("closed.1,2 It 3.–5", [("1", True), ("2", True)]),
        ("in 2023. It cost $1.5 or 1.5 million, p. 4, p.4, No.7, Fig.3, Art.5, s.4, с.4, Nr.4, at 10:30.", []),
        ("COVID-19. The G7, B2B, mp3, CO2, John 3:16, v2.1, 5.1.2, 1,200, 50%.", []),
        ("https://a.example/b.1 and `x.1` and www.a.example/c.2", []),
    ],
)
def test_finds_marks_behind_words(text: str, labels: list[tuple[str, bool]]) -> None:
    """Figures and signs behind a word may be marks; those that are part of a number, a name or an address are none."""
    assert [(label, mark.sure) for mark in glued_marks(text) for label in mark.labels] == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("a [1] b [2, 3] c [4][5] d [6-8] e [9–10, 12]", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "12"]),
        ("a<sup>1,2</sup> b¹⁻³ c²,³ d<sup>[4]</sup>", ["1", "2", "1", "2", "3", "2", "3", "4"]),
        ("[see] [1900-2024] [a b]", ["see", "1900-2024"]),
    ],
)
def test_reads_lists_and_ranges(text: str, labels: list[str]) -> None:
    """Each label of a list or range counts; a span of years is no range."""
    assert list(explicit_labels(text)) == labels


A, B, C = "A. Holm, https://a.example/1", "B. Beck, Piers, p. 4.", "C. Kell, https://c.example/3"
A_, C_ = "A. Holm, <https://a.example/1>", "C. Kell, <https://c.example/3>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Yard.1 Pier.2\n\n1 {A}\n2 {B}", f"Yard.[^1] Pier.[^2]\n\n[^1]: {A_}\n\n[^2]: {B}"),
        (f"Yard.1 Pier.2\n\n1 {B}\n2 {B}", f"Yard.[^1] Pier.[^2]\n\n[^1]: {B}\n\n[^2]: {B}"),
        (
            f"Werft1. Pier2, so.\n\nAnmerkungen\n\n1. {A}\n2. {B}",
            f"Werft[^1]. Pier[^2], so.\n\n[^1]: {A_}\n\n[^2]: {B}",
        ),
        (f"Верфь.1 «Пирс»2.\n\nПримечания\n\n1. {A}\n2. {B}", f"Верфь.[^1] «Пирс»[^2].\n\n[^1]: {A_}\n\n[^2]: {B}"),
        (
            f"Yard.* Pier.† Dam.**\n\n* {A}\n† {B}\n** {C}",
            f"Yard.[^*] Pier.[^†] Dam.[^**]\n\n[^*]: {A_}\n\n[^†]: {B}\n\n[^**]: {C_}",
        ),
        (
            f"The *Gull*.* The **yard**.**\n\n*{B}\n**{B}",
            f"The *Gull*.[^*] The **yard**.[^**]\n\n[^*]: {B}\n\n[^**]: {B}",
        ),
        (
            f"All.* Yard.1 Pier.2\n\n* {B}\n1 {A}\n2 {B}",
            f"All.[^*] Yard.[^1] Pier.[^2]\n\n[^*]: {B}\n\n[^1]: {A_}\n\n[^2]: {B}",
        ),
        (f"Yard.§ Pier.¶\n\n§ {A}\n\n¶ {B}", f"Yard.[^§] Pier.[^¶]\n\n[^§]: {A_}\n\n[^¶]: {B}"),
        (
            f"Yard.(1) Pier (2). Are (1) boats.\n\n(1) {A}\n(2) {B}",
            f"Yard.[^1] Pier [^2]. Are (1) boats.\n\n[^1]: {A_}\n\n[^2]: {B}",
        ),
        (f"Yard.1) Pier.2)\n\n1) {A}\n2) {B}", f"Yard.[^1] Pier.[^2]\n\n[^1]: {A_}\n\n[^2]: {B}"),
        (f"Yard.a) Pier.b)\n\na) {A}\nb) {B}", f"Yard.[^a] Pier.[^b]\n\n[^a]: {A_}\n\n[^b]: {B}"),
        (
            f"Both.¹² All.¹⁻³\n\n¹ {A}\n² {B}\n³ {C}",
            f"Both.[^1][^2] All.[^1][^2][^3]\n\n[^1]: {A_}\n\n[^2]: {B}\n\n[^3]: {C_}",
        ),
        (
            f"Both.1,2 All.1–3\n\nNotes\n\n1. {A}\n2. {B}\n3. {C}",
            f"Both.[^1][^2] All.[^1][^2][^3]\n\n[^1]: {A_}\n\n[^2]: {B}\n\n[^3]: {C_}",
        ),
        (f"Yard [1][2].\n\n[1] {A}\n[2] {B}", f"Yard [^1][^2].\n\n[^1]: {A_}\n\n[^2]: {B}"),
    ],
)
def test_writes_each_mark_and_its_note(text: str, expected: str) -> None:
    """Glued figures, signs, braces, lists and ranges: one reference each, and nothing is left without a partner."""
    assert written(text) == f"{expected}\n"
    assert rules(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The yard closed in 2023. It cost $1.5 million, p. 4, for 1,200 tons.",
        "There are two ways.\n\n1. Boats\n2. Ships",
        "The yard closed.1 There are two ways.\n\n1. Boats\n2. Ships",
        "The *Gull* says:\n\n* boats\n* ships",
        "It closed.* There are:\n\n* boats\n* ships",
        "A cost.5 it is.\n\nNotes\n\nNone.",
        "There are (1) boats and (2) ships.",
    ],
)
def test_makes_no_mark_of_what_has_no_note(text: str) -> None:
    """Without a note of that label figures and signs stay as they are, and lists stay lists."""
    assert written(text) == f"{text}\n"


_PAGES = (
    "First.{0}1{1} And.{0}2{1}\n\n{2}1{3} One, https://a.example/1.\n{2}2{3} Two.\n\n"
    "Second.{0}1{1} And.{0}2{1}\n\n{2}1{3} Three.\n{2}2{3} Four, https://b.example/4.\n\n"
    "Third.{0}1{1}\n\n{2}1{3} Five.\n"
)


@pytest.mark.parametrize(
    ("before", "after", "opens", "closes"),
    [
        ("", "", "", ""),
        ("[", "]", "[", "]"),
        ("<sup>", "</sup>", "<sup>", "</sup>"),
        ("<sup>", "</sup>", "", "."),
        ("(", ")", "(", ")"),
    ],
)
def test_renumbers_notes_that_begin_again_on_each_page(before: str, after: str, opens: str, closes: str) -> None:
    """Each mark leads to its own page's note; the old label stands in the log."""
    text = _PAGES.format(before, after, opens, closes)
    assert written(text) == (
        "First.[^1] And.[^2]\n\nSecond.[^3] And.[^4]\n\nThird.[^5]\n\n"
        "[^1]: One, <https://a.example/1>.\n\n[^2]: Two.\n\n[^3]: Three.\n\n"
        "[^4]: Four, <https://b.example/4>.\n\n[^5]: Five.\n"
    )
    assert rules(text) == []
    repairs = import_text((HEAD + text).encode(), path="x").repairs
    assert any(
        (repair.before, repair.after) in {(f"{before}1{after}", "[^5]"), (f"Third.{before}1{after}", "Third.[^5]")}
        for repair in repairs
    )
    assert (f"{opens}1{closes}", "[^5]:") in [(repair.before, repair.after) for repair in repairs]


def test_reads_a_note_on_the_title() -> None:
    """A sign in the title points to a note; it is kept, and reported since nothing in the text points to it."""
    text = f"Fish and Ships*\n\n12 March 2024\n\nYard.1\n\n* {B}\n1 {A}\n"
    brief = import_text(text.encode(), path="x")
    assert brief.title == "Fish and Ships*"
    assert brief.markdown.endswith(f"Yard.[^1]\n\n[^*]: {B}\n\n[^1]: {A_}\n")
    assert [finding.rule for finding in brief.findings] == ["F202"]


def test_renumbers_signs_that_begin_again() -> None:
    """Signs become figures where one sign has several notes."""
    text = f"First.* And.†\n\n* {B}\n† {A}\n\nSecond.* It.\n\n* {B}\n"
    assert written(text) == f"First.[^1] And.[^2]\n\nSecond.[^3] It.\n\n[^1]: {B}\n\n[^2]: {A_}\n\n[^3]: {B}\n"


@pytest.mark.parametrize("heading", ["", "Chapter Two\n\n"])
def test_renumbers_notes_of_chapters(heading: str) -> None:
    """Lists of several chapters at the end: the marks that begin again lead to the next list."""
    text = f"One.[1] And.[2]\n\nTwo.[1] And.[2]\n\nNotes\n\n[1] {A}\n[2] {B}\n\n{heading}[1] {C}\n[2] {B}\n"
    assert "One.[^1] And.[^2]\n\nTwo.[^3] And.[^4]\n" in written(text)
    assert rules(text) == []


def test_leads_no_mark_to_the_note_of_another_page() -> None:
    """A mark whose page has lost its note is reported, and not led to another page's."""
    text = f"One.[1] And.[2]\n\n[1] {A}\n[2] {B}\n\nTwo.[1] And.[2]\n\n[1] {C}\n"
    assert "Two.[^3] And.[^2?]\n" in written(text)
    assert rules(text) == ["F201"]


def test_keeps_labels_that_count_on() -> None:
    """A second mark for an earlier note is no new beginning."""
    text = f"One.[1] And.[2]\n\n[1] {A}\n[2] {B}\n\nTwo.[1] And.[3]\n\n[3] {C}\n"
    assert "One.[^1] And.[^2]\n\nTwo.[^1] And.[^3]\n" in written(text)
    assert rules(text) == []
