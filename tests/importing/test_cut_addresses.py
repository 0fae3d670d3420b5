"""Addresses that the end of a line cuts."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regesta.checking.checks import check_document
from regesta.checking.texts import Context
from regesta.importing.cut_addresses import CutKind, judge_cut
from regesta.importing.repairs import RepairKind
from regesta.importing.text import import_text
from regesta.model.archive import read_entry
from regesta.model.briefs import read_document
from regesta.model.mentions import Names

NOTE = "Title\n\n12 March 2024\n\nText.<sup>1</sup>\n\n<sup>1</sup> Ministry, {}\n"
BODY = "Title\n\n12 March 2024\n\nThe list is Ministry, {}\n"


def written(document: str) -> str:
    """Import a document and give what stands behind the word "Ministry"."""
    return import_text(document.encode(), path="x").markdown.split("Ministry, ", 1)[1].rstrip("\n")


def found(document: str) -> list[str]:
    """Name the rules that the check breaks a new brief by."""
    markdown = import_text(document.encode(), path="x").markdown
    parsed = read_document("briefs/x.md", markdown.encode())
    return [finding.rule for finding in check_document(parsed, read_entry(parsed, Names(())), Context())]


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        ("https://fish.example/2024/\nquotas.pdf.", "<https://fish.example/2024/quotas.pdf>."),
        ("https://fish.example/a/\nb/\nc/\nd.pdf, p. 4.", "<https://fish.example/a/b/c/d.pdf>, p. 4."),
        (
            "https://fish.example/annual_\nreport_2024.pdf (accessed 2 May).",
            "<https://fish.example/annual_report_2024.pdf> (accessed 2 May).",
        ),
        ("https://fish.example/i.php?id=12&\nlang=en.", "<https://fish.example/i.php?id=12&lang=en>."),
        ("https://fish.example/i.php?id=\n12.", "<https://fish.example/i.php?id=12>."),
        ("https://fish.example/i.php?\nid=12.", "<https://fish.example/i.php?id=12>."),
        ("https://fish.example/i.php\n?id=12.", "<https://fish.example/i.php?id=12>."),
        ("https://fish.example/x\n/y.pdf", "<https://fish.example/x/y.pdf>"),
        ("https://fish.example/q=a%\n20b", "<https://fish.example/q=a%20b>"),
        ("https://fish.example/annual.\npdf. Another one.", "<https://fish.example/annual.pdf>. Another one."),
        ("https://\nfish.example/annual.html.", "<https://fish.example/annual.html>."),
        ("https://www.\nfish.example/annual.", "<https://www.fish.example/annual>."),
        ("https://fish.\nexample/annual/x", "<https://fish.example/annual/x>"),
        ("https://fish.example/中文/\n报告.pdf。后面", "<https://fish.example/中文/报告.pdf>。后面"),
        ("https://порт.example/новости/\nрыба.pdf", "<https://порт.example/новости/рыба.pdf>"),
        ("(https://fish.example/2024/\nquotas.pdf).", "(<https://fish.example/2024/quotas.pdf>)."),
        ("“https://fish.example/2024/\n    quotas.pdf”, p. 4", "“<https://fish.example/2024/quotas.pdf>”, p. 4"),
        ("<https://fish.example/a/\nb/2024.pdf>", "<https://fish.example/a/b/2024.pdf>"),
        ("[List](https://fish.example/2024/\nquotas.pdf)", "[List](<https://fish.example/2024/quotas.pdf>)"),
        ("https://fish.example/a\\_\nb\\_2.pdf", "<https://fish.example/a_b_2.pdf>"),
        ("hxxps://fish[.]example/2024/\nquotas.pdf", "`hxxps://fish[.]example/2024/quotas.pdf`"),
    ],
)
def test_joins_what_certainly_goes_on(cut: str, expected: str) -> None:
    """The next line is written as only addresses are: they are joined, in notes and in the text, and that is logged."""
    assert written(NOTE.format(cut)) == expected
    assert written(BODY.format(cut)).replace("<", "").replace(">", "") == expected.replace("<", "").replace(">", "")
    for document in (NOTE, BODY):
        brief = import_text(document.format(cut).encode(), path="x")
        assert [repair.kind for repair in brief.repairs].count(RepairKind.BROKEN_LINK) == 1
        assert brief.findings == ()


@pytest.mark.parametrize(
    "cut",
    [
        "https://fish.example/2024/\naccessed 3 March 2024.",
        "https://fish.example/2024/\n(accessed 3 March 2024).",
        "https://fish.example/2024/\n12 March 2024.",
        "https://fish.example/2024/\nHolm said so.",
        "https://fish.example/2024/\nand the ministry.",
        "https://fish.example/2024/\ni inne.",
        "https://fish.example/2024/\nдата обращения: 3 мая 2024.",
        "https://fish.example/2024/\nzuletzt aufgerufen am 3. Mai.",
        "https://fish.example/2024/\n东京的港口",
        "https://fish.example/2024.\nThe next sentence.",
        "https://fish.example/2024.\nibid.",
        "https://fish.example/2024\nquotas are low.",
        "https://fish.example/2024;\nquotas.pdf is another.",
        "https://fish.example/2024/\nand/or more.",
        "https://fish.example/2024/\nhttps://b.example/x",
    ],
)
def test_leaves_whole_addresses_alone(cut: str) -> None:
    """A sentence, a date of a visit or another address behind a line end is no part of the first one."""
    first = cut.split("\n", maxsplit=1)[0].rstrip(".;")
    assert written(NOTE.format(cut)).startswith(f"<{first}>")
    assert written(BODY.format(cut)) == cut
    assert found(NOTE.format(cut)) == found(BODY.format(cut)) == []


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        ("https://fish.example/quo-\ntas/2024.pdf.", "<https://fish.example/quo- tas/2024.pdf>."),
        ("https://fish.example/x-y-\nz.html", "<https://fish.example/x-y- z.html>"),
        ("https://fish.example/x-\nThe next one.", "<https://fish.example/x- The> next one."),
        ("https://fish.example/a/b-\nc/\nd.pdf.", "<https://fish.example/a/b- c/d.pdf>."),
        ("https://fish.example/2024/\nquotas", "<https://fish.example/2024/ quotas>"),
        ("https://fish.example/wiki/\nBerlin.", "<https://fish.example/wiki/ Berlin>."),
        ("https://fish.example/report_\nand other papers", "<https://fish.example/report_ and> other papers"),
        ("https://fish.example/a?b=1&\nand so on", "<https://fish.example/a?b=1& and> so on"),
        ("https://fish.example/r_\nDie Welt", "<https://fish.example/r_ Die> Welt"),
        ("https://fish.example/Fish_\n(film)", "<https://fish.example/Fish_ (film)>"),
        ("https://fish.example/re\nports/a.pdf", "<https://fish.example/re ports/a.pdf>"),
        ("https://fish.example/x.\nb.example/page.html is", "<https://fish.example/x. b.example/page.html> is"),
        ("https://порт.example/новости-\nдня", "<https://порт.example/новости- дня>"),
        ("<https://fish.example/quo-\ntas.pdf>", "<https://fish.example/quo- tas.pdf>"),
    ],
)
def test_makes_no_link_of_what_may_go_on(cut: str, expected: str) -> None:
    """What only the original tells is plain text, with one finding, until somebody has decided."""
    assert written(NOTE.format(cut)) == expected
    assert written(BODY.format(cut)).replace("\n", " ") == expected
    for document in (NOTE, BODY):
        (finding,) = import_text(document.format(cut).encode(), path="x").findings
        assert (finding.rule, finding.footnote) == ("U117", "1" if document is NOTE else None)
        assert found(document.format(cut)) == ["U117"]


@pytest.mark.parametrize(
    ("elsewhere", "expected"),
    [
        ("https://fish.example/quotas.pdf is the list.", "<https://fish.example/quotas.pdf>"),
        ("https://fish.example/quo-tas.pdf is the list.", "<https://fish.example/quo-tas.pdf>"),
    ],
)
def test_believes_the_same_address_elsewhere(elsewhere: str, expected: str) -> None:
    """Where the document has the address whole in another place, the hyphen is no question."""
    document = NOTE.format("https://fish.example/quo-\ntas.pdf").replace("Text.", f"{elsewhere} Text.")
    assert written(document) == expected


def test_makes_no_link_of_a_column() -> None:
    """In two columns the rest of an address stands below it, not behind it."""
    cut = "https://fish.example/2024/         The other column\nquotas.pdf.                        goes on here."
    whole = "https://fish.example/2024/         The other column\nAnd so on.                         goes on here."
    for document in (NOTE, BODY):
        assert written(document.format(cut)).startswith("<https://fish.example/2024/ …>  ")
        assert "U105" in found(document.format(cut))
        assert found(document.format(whole)) == []


def test_ends_an_address_with_its_row() -> None:
    """In a table a line is a row."""
    table = "| a | b |\n|---|---|\nx | https://fish.example/2024/\nquotas.pdf | y\n"
    assert table in import_text(f"Title\n\n12 March 2024\n\nText.\n\n{table}\n".encode(), path="x").markdown


_PART = st.text("abz09._-/?&=%~рыба(),[]", min_size=1, max_size=12)


@example("0", "0=[", "")
@given(_PART, _PART, st.sampled_from(["", " and more", " Holm said."]))
def test_reports_every_doubt(first: str, token: str, after: str) -> None:
    """Whatever is in doubt is found by the check, and no link of it is live."""
    address = f"https://fish.example/{first}"
    if judge_cut(address, token, after.strip()) is CutKind.DOUBTFUL:
        assert any(rule.startswith("U") for rule in found(NOTE.format(f"{address}\n{token}{after}")))
