"""Links from briefs to pages and files of their own site, case by case."""

from __future__ import annotations

import pytest
from tests.checking.test_rules import ADA, TOP, run

from regesta.checking.checks import Checker
from regesta.checking.texts import Context
from regesta.model.anchors import Anchors
from regesta.model.briefs import read_document
from regesta.model.site_paths import SitePaths

SITE = SitePaths(
    frozenset(
        {
            "briefs/2020/a.md",
            "briefs/2020/b.md",
            "briefs/2020/annex.pdf",
            "briefs/2020/data/table.xlsx",
            "briefs/2020/Звіт за рік.pdf",
            "briefs/2020/map.svg",
            "entities/ada-kell.md",
            "decisions.yml",
        }
    ),
    frozenset({"about.md"}),
    symlinks=frozenset({"briefs/2020/link.pdf"}),
)
ABOUT = Anchors.of_page(
    read_document(
        "about.md",
        (
            '# About\n\n## The *method*\n\n## The method\n\n### Über uns {#we}\n\n<a id="old"></a>\n\n'
            "x[^1]\n\n[^1]: y\n"
        ).encode(),
        site_markdown=True,
    )
)
OTHER = (
    "---\ntitle: Other\ndate: 2020-01-02\n---\n\n## What comes next\n\n## Що далі?\n\nText.[^2a]\n\n[^2a]: A note.\n"
)


def found(text: str, *codes: str, top: str = TOP, other: str = OTHER) -> list[tuple[str, str]]:
    """Give code and address of what is found in one brief beside another."""
    context = Context(
        paths=SITE.archive | SITE.docs, site=SITE, anchors_of=lambda path: ABOUT if path == "about.md" else None
    )
    findings = run(Checker(context), {"briefs/2020/a.md": top + text, "briefs/2020/b.md": other}, ADA=ADA)
    return [(f.rule, f.raw or f.subject) for f in findings if f.rule in codes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](annex.pdf) [b](annex.pdf#page=3) [c](./data/table.xlsx) [d](/briefs/2020/annex.pdf)", []),
        ("[a](../b/) [b](/briefs/2020/b/) [c](../b.html) [d](b.md?x=1) [e](b.md) [f](/dates/2020/)", []),
        ("[a](<Звіт за рік.pdf>) [b](%D0%97%D0%B2%D1%96%D1%82%20%D0%B7%D0%B0%20%D1%80%D1%96%D0%BA.pdf)", []),
        ("[a](../../about.md) [b](/people/ada-kell/) [c](../../entities/ada-kell.md) [d](mailto:a@b.example)", []),
        ("[a](anex.pdf) and\n\n| [b](table.xlsx) |\n|---|\n| ![c](lamp.png) |", ["anex.pdf", "table.xlsx", "lamp.png"]),
        ("## [a](gone.pdf)\n\n- [b](../gone/)\n\n> [c](gone.html)", ["gone.pdf", "../gone/", "gone.html"]),
        ("x[^1]\n\n[^1]: [Anhang](anhang.pdf), S. 4.", ["anhang.pdf"]),
        ("[a][r]\n\n[r]: gone.csv", ["gone.csv"]),
        ('<a href="gone.pdf">x</a>\n\n<div><a href="lost.pdf">y</a></div>', ["gone.pdf", "lost.pdf"]),
        ("[załącznik](Annex.PDF) [b](annex) [c](b)", ["Annex.PDF", "annex", "b"]),
        (
            "[附件](../../../etc/passwd) [b](link.pdf) [c](%2e%2e/%2e%2e/%2e%2e/key)",
            ["../../../etc/passwd", "link.pdf", "%2e%2e/%2e%2e/%2e%2e/key"],
        ),
        (
            "[a](b.md/#what-comes-next) [b](b.md/) [c](b.md/?x=1) [d](annex.pdf/)",
            ["b.md/#what-comes-next", "b.md/", "b.md/?x=1", "annex.pdf/"],
        ),
        ("[a](gone.md/#part) [b](gone.md/)", ["gone.md/#part", "gone.md/"]),
        ("[a](my annex.pdf) `[b](x y.pdf)` [c](<my annex.pdf>)", ["my annex.pdf", "my annex.pdf"]),
        ("[^1](see) [a](/people/nobody/) [b](www.ferry.example/a)", ["/people/nobody/"]),
    ],
)
def test_what_leads_nowhere_is_named_and_nothing_else(text: str, expected: list[str]) -> None:
    """Each relative link is followed as a reader would; what leads nowhere is reported once, at its place."""
    assert found(text, "B312") == [("B312", raw) for raw in expected]


def hints(text: str) -> list[tuple[str, str]]:
    """Give fact and way out of what is lost."""
    checker = Checker(Context(paths=SITE.archive | SITE.docs, site=SITE))
    return [(f.message, f.hint) for f in run(checker, {"briefs/2020/a.md": TOP + text}, ADA=ADA) if f.rule == "B312"]


@pytest.mark.parametrize(
    ("address", "message", "hint"),
    [
        ("Annex.PDF", "There is no file 'briefs/2020/Annex.PDF'.", "Is 'briefs/2020/annex.pdf' meant?"),
        ("annex", "There is no file 'briefs/2020/annex'.", "Is 'briefs/2020/annex.pdf' meant?"),
        ("anex.pdf", "There is no file 'briefs/2020/anex.pdf'.", "Is 'briefs/2020/annex.pdf' meant?"),
        ("table.xlsx", "There is no file 'briefs/2020/table.xlsx'.", "Is 'briefs/2020/data/table.xlsx' meant?"),
        ("b.md/#part", "'b.md/#part': a slash follows the name of a file.", "Write 'b.md#part'."),
        (
            "link.pdf",
            "'briefs/2020/link.pdf' is a symbolic link or lies behind one, which is not followed.",
            "Put the file itself beside the brief.",
        ),
        (
            "../../../x.pdf",
            "There is no file '../x.pdf' in the archive: the path leads out of its folder.",
            "Put the file beside the brief.",
        ),
        ("zzz.pdf", "There is no file 'briefs/2020/zzz.pdf'.", "Correct the path, or delete the reference."),
    ],
)
def test_the_way_out_is_named(address: str, message: str, hint: str) -> None:
    """Other letter case, a missing suffix and a slip get the file that is meant."""
    assert hints(f"[x]({address})") == [(message, hint)]


@pytest.mark.parametrize(
    "address", ["b.md/#part", "b.md/", "b.md/?x", "b.md/more/x", "gone.md/#part", "annex.pdf", "zażółć.md/"]
)
def test_a_file_is_never_taken_for_a_host(address: str) -> None:
    """`.md` is Moldova only where no file can be meant."""
    assert found(f"[x]({address})", "U110") == []
    assert found("[x](moldova.example.md/en/news)", "U110") != []


@pytest.mark.parametrize(
    ("address", "code"),
    [("map.svg", "B320"), ("../../decisions.yml", "B320"), ("saved.html", "B312"), ("map.svg#x", "B320")],
)
def test_what_is_not_published_is_named(address: str, code: str) -> None:
    """A drawing that may hold a program, and a file of the archive itself, are not published, and it is said."""
    assert found(f"![x]({address})", "B312", "B320") == [(code, address)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Part one\n\n[a](#part-one) [b](#Part-One) [c](#h-part-one) [d](#p-2) [e](#cite)", []),
        ("## Ціна зерна\n\n[a](#ціна-зерна) [b](#%D1%86%D1%96%D0%BD%D0%B0-%D0%B7%D0%B5%D1%80%D0%BD%D0%B0)", []),
        ("## 概要\n\n[a](#概要)\n\n## Twice\n\n## Twice\n\n[b](#twice-2)", []),
        ("x[^1]\n\n[^1]: [a](#fn-1) [b](#fnref-1) [c](#notes)", []),
        ("[a](#no-such-part) [b](#p-9) [c](#fn-1) [d](#notes)", ["#no-such-part", "#p-9", "#fn-1", "#notes"]),
        ('## Part {#given}\n\n<a id="mine"></a>\n\n[a](#given) [b](#mine)', ["#given", "#mine"]),
        ("[a](b.md#what-comes-next) [b](../b/#що-далі) [c](b.md#fn-1) [d](/briefs/2020/b/#p-3)", []),
        (
            "[a](b.md#nothing) [b](/briefs/2020/b/#nichts) [c](b.md#fn:2a)",
            ["b.md#nothing", "/briefs/2020/b/#nichts", "b.md#fn:2a"],
        ),
        ("x[^1]\n\n[^1]: [a](b.md#:~:text=Text) [b](../b.html#nic)\n", ["../b.html#nic"]),
        ("[a](../../about.md#the-method) [b](/about/#the-method_1) [c](/about/#we) [d](/about/#old)", []),
        ("[a](../../about.md#method) [b](/about/#h-the-method)", ["../../about.md#method", "/about/#h-the-method"]),
        ("[a](annex.pdf#page=3)", []),
    ],
)
def test_dead_anchors_within_the_site_are_named(text: str, expected: list[str]) -> None:
    """A part that a page does not have is reported, in this text, in another brief, in a hand-written page."""
    assert [raw for _, raw in found(text, "B321")] == expected


def test_parts_of_a_brief_that_extensions_write() -> None:
    """The parts of a `markdown: mkdocs` brief are named as Python-Markdown names them."""
    other = OTHER.replace("date:", "markdown: mkdocs\ndate:")
    text = "[a](b.md#what-comes-next) [b](b.md#fn:2a) [c](b.md#h-what-comes-next) [d](b.md#p-1)"
    assert [raw for _, raw in found(text, "B321", other=other)] == ["b.md#h-what-comes-next", "b.md#p-1"]


def test_a_link_to_a_draft_is_named_until_both_are_published() -> None:
    """A link to a draft is reported in a published brief, not in a draft."""
    draft = OTHER.replace("date:", "status: draft\ndate:")
    assert found("[a](b.md) [b](../b/)", "B322", other=draft) == [("B322", "b.md"), ("B322", "../b/")]
    assert found("[a](b.md)", "B322", top=TOP.replace("date:", "status: draft\ndate:"), other=draft) == []
    assert found("[a](b.md)", "B322") == []


@pytest.mark.parametrize(
    ("rows", "lost"),
    [
        ("| 1 | 2 | see https://a.example/ |", ["see https://a.example/"]),
        ("1 | 2 | 3", ["3"]),
        ("| 1 | `a|b` |", ["b`"]),
        ("| 1 | 2 | [x](https://a.example/) | дальше |", ["[x](https://a.example/) | дальше"]),
        ("| 1 | 2 | 三 |\r\n| 4 | 5 | 六 |", ["三", "六"]),
        ("| 1 | 2 | |\n| 3 | 4 |   \n| 5 |\n| 6 \\| 7 | `a\\|b` |", []),
    ],
)
@pytest.mark.parametrize("before", ["", "> ", "    "], ids=["text", "quotation", "list"])
def test_cells_that_the_page_does_not_show_are_named(rows: str, lost: list[str], before: str) -> None:
    """A row with more cells than the head of its table is cut off."""
    table = "".join(f"{before}{line}\n" for line in ("| a | b |", "|---|---:|", *rows.split("\n")))
    text = f"- x\n\n{table}" if before.isspace() else table
    checker = Checker(Context(paths=SITE.archive | SITE.docs, site=SITE))
    findings = run(checker, {"briefs/2020/a.md": TOP + text}, ADA=ADA)
    assert [f.subject for f in findings if f.rule == "B324"] == lost
