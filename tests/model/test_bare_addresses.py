"""Addresses that stand bare in a text: where each ends, that none is overlooked, and that none is taken for a name."""

from __future__ import annotations

import pytest
from tests.timing import cpu_seconds

from regesta.checking.checks import check_document
from regesta.checking.texts import Context
from regesta.model.archive import read_entry
from regesta.model.bare_addresses import find_addresses
from regesta.model.briefs import read_document
from regesta.model.entities import read_entity
from regesta.model.mentions import Names


def addresses(text: str) -> list[str]:
    """Give the texts of all links of a brief."""
    return [link.text for link in read_document("a.md", text.encode()).links if link.style != "definition"]


ONE, TWO = "https://ferry.example/1", "https://quay.example/2"
BETWEEN = (
    *(
        "<br>",
        "<br/>",
        "<br />",
        "<BR>",
        "<wbr>",
        "**",
        "</b>",
        "<!-- x -->",
        "`x`",
        "[^1]",
        "&nbsp;",
        "&#160;",
        "\u00a0",
    ),
    *(";", ",", ", ", "|", "; ", " / ", "、", "，", "；", "。", "」「", "）（", ")(", "](", "》《", "”“", "»«", "“„"),
    *(
        "،",
        "؛",
        "।",
        "\u200b",
        "\u3000",
        "—",
        "<",
        ">",
        "\n",
        "\\\n",
        "  \n",
        "\t",
        "![i](b.png)",
        "[w](c.md)",
        "*",
        "_",
    ),
)


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize(
    "place",
    [
        "See {} there.",
        "| a | b |\n|---|---|\n| c | {} |",
        "x[^1]\n\n[^1]: {}, 2024.",
        "## On {}",
        "- {}",
        "> 1. {}",
        "**{}**",
    ],
    ids=["text", "table", "note", "heading", "item", "quotation", "bold"],
)
def test_the_second_address_is_seen(place: str, between: str) -> None:
    """Whatever stands between two addresses, both are links, each by itself."""
    if "\n" in between and ("|" in place or "##" in place):
        between = between.replace("\\\n", "<br>").replace("\n", " ")
    if "|" in place:
        between = between.replace("|", "\\|")
    found = addresses(place.format(f"{ONE}{between}{TWO}"))
    assert [text for text in found if text.startswith("http")] == [ONE, TWO]


@pytest.mark.parametrize(
    "html",
    [
        "<div>{one}<br>{two}</div>",
        "<table><tr><td>{one}</td><td>{two}</td></tr></table>",
        "<p>{one}&nbsp;{two}</p>",
        "<p>&lt;{one}&gt; &lt;{two}&gt;</p>",
        "<p>&ldquo;{one}&rdquo;&ldquo;{two}&rdquo;</p>",
        "<ul><li>{one}；<li>{two}。</ul>",
        "<div><a href='{one}'>x</a>{two}</div>",
        "Text <a href='{one}'>x</a>{two}",
        "Text <b>{one}</b>{two}",
        "<div>\n{one}|{two}\n</div>",
    ],
)
def test_the_second_address_in_raw_html_is_seen(html: str) -> None:
    """Tags, entities and punctuation part addresses in raw HTML as well."""
    assert addresses(html.format(one=ONE, two=TWO)) == [ONE, TWO]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # East Asia
        ("参见https://a.example/x。下一句", ["https://a.example/x"]),
        ("参见https://a.example/x，下一句", ["https://a.example/x"]),
        ("（https://a.example/x）港口", ["https://a.example/x"]),
        ("「https://a.example/x」、『https://a.example/y』", ["https://a.example/x", "https://a.example/y"]),
        ("【https://a.example/x】《https://a.example/y》", ["https://a.example/x", "https://a.example/y"]),
        ("https://a.example/x：下一句；https://a.example/y！", ["https://a.example/x", "https://a.example/y"]),
        ("https://a.example/x？是", ["https://a.example/x"]),
        ("https://a.example/x（见第二页）", ["https://a.example/x"]),
        ("港口https://a.example。下一句", ["https://a.example"]),
        ("https://a.example港口关闭", ["https://a.example"]),
        ("https://a.example/x.html下一句", ["https://a.example/x.html"]),
        ("https://a.example/2024/x.pdf（第3页）", ["https://a.example/2024/x.pdf"]),
        ("https://zh.wiki.example/wiki/港口。下一句", ["https://zh.wiki.example/wiki/港口"]),
        ("https://zh.wiki.example/wiki/港口_(城市)、次", ["https://zh.wiki.example/wiki/港口_(城市)"]),
        ("https://ja.wiki.example/wiki/ジョン・スミス。次", ["https://ja.wiki.example/wiki/ジョン・スミス"]),
        ("詳細はhttps://a.example/x?q=港口&p=2。次", ["https://a.example/x?q=港口&p=2"]),
        ("https://a.example/x……下一句", ["https://a.example/x"]),
        ("참조https://a.example/x。다음", ["https://a.example/x"]),
        ("hxxps://a[.]example/x。下一句", ["hxxps://a[.]example/x"]),
        ("hxxps://a（.）example/x。下一句", ["hxxps://a（.）example/x"]),
        ("www.a.example。下一句", ["www.a.example"]),
        ("参见www.a.example，下一句", ["www.a.example"]),
        ("参见moz-extension://1-2/https://a.example/x。下一句", ["moz-extension://1-2/https://a.example/x"]),
        # Others
        ("راجع https://a.example/x، ثم https://a.example/y؟", ["https://a.example/x", "https://a.example/y"]),
        ("देखें https://a.example/x। फिर", ["https://a.example/x"]),
        ("տես https://a.example/x։ Հետո", ["https://a.example/x"]),
        ("См. https://a.example/x.Далее", ["https://a.example/x"]),
        ("Див. https://a.example/x.pdfта інше", ["https://a.example/x.pdf"]),
        ("См. https://a.example/x,там же", ["https://a.example/x"]),
        ("https://www.порт.example/письмо, далее", ["https://www.порт.example/письмо"]),
        ("Siehe „https://a.example/x“.", ["https://a.example/x"]),
        ("Siehe ‚https://a.example/x‘, S. 3", ["https://a.example/x"]),
        ("Zob. „https://a.example/x”.", ["https://a.example/x"]),
        ("« https://a.example/x » puis «https://a.example/y»", ["https://a.example/x", "https://a.example/y"]),
        ("‹https://a.example/x› und ›https://a.example/y‹", ["https://a.example/x", "https://a.example/y"]),
        ("(https://a.example/x)(https://a.example/y_(z))", ["https://a.example/x", "https://a.example/y_(z)"]),
        ("https://a.example/x – and https://a.example/y— so", ["https://a.example/x", "https://a.example/y"]),
        (
            "See https://a.example/x¹ and https://a.example/y† and https://a.example/z⁹.",
            [f"https://a.example/{x}" for x in "xyz"],
        ),
        # What stays whole
        ("https://de.wiki.example/wiki/E=mc²", None),
        ("https://a.example/list?of=https://b.example,https://c.example", None),
        ("https://a.example/list?of=https://b.example;https://c.example", None),
        ("https://a.example/?q=a|b&r=c,d;e", None),
        ("https://web.archive.org/web/2020/https://b.example/x", None),
        ("https://zh.wiki.example/wiki/T細胞_(免疫)", None),
        ("https://de.wiki.example/wiki/Straße_(Begriffsklärung)", None),
        ("https://ru.wiki.example/wiki/Файл:Карта.jpg", None),
        ("https://a.example/a;v=1/b,c|d", None),
        ("https://a.example/a[1](2){3}", None),
        ("https://doi.org/10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O", None),
        ("https://doi.org/10.1175/1520-0469(1999)056<1234:ABCDE>2.0.CO;2", None),
        ("https://例え.テスト/港口", None),
        ("https://ferry。example/a", None),
    ],
)
def test_where_an_address_ends(text: str, expected: list[str] | None) -> None:
    """Punctuation of any script ends an address, and so do words that no address has; its own signs do not."""
    assert [text[one.start : one.end] for one in find_addresses(text)] == (expected or [text])


def test_the_mark_of_an_undefined_note_is_no_part_of_an_address() -> None:
    """It is reported as a note that nobody defined, as anywhere else."""
    document = read_document("a.md", b"See https://a.example/x[^9] there.\n")
    assert [link.raw for link in document.links] == ["https://a.example/x"]
    assert [finding.rule for finding in check_document(document, None, Context())] == ["F201"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example/_foo_/bar", ("U122", "https://a.example/_foo_/bar")),
        ("(https://a.example/*foo*/bar).", ("U122", "https://a.example/*foo*/bar")),
        ("| a |\n|---|\n| https://a.example/__foo__.html |", ("U122", "https://a.example/__foo__.html")),
        ("x[^1]\n\n[^1]: https://a.example/very<wbr>long/path", ("U122", "https://a.example/very<wbr>long/path")),
        ("https://a.example/<id>/x", ("U122", "https://a.example/<id>/x")),
        ("- see https://a.example/users/<user-name>.", ("U122", "https://a.example/users/<user-name>")),
        ("x[^1]\n\n[^1]: https://a.example/<ИД> https://b.example/?q=<Name>", ("U122", "https://b.example/?q=<Name>")),
        ("参见https://a.example/x下一句", ("U122", "https://a.example/x下一句")),
        ("См. https://a.example/xДалее", ("U122", "https://a.example/xДалее")),
        ("https://a.example/x<br>and more", None),
        ("https://a.example/x<sup>1</sup> https://b.example/y<IMG> https://c.example/z<b>b</b>", None),
        ("*https://a.example/x* and **https://a.example/y**next", None),
        ("https://a.example/a_b_c and https://a.example/x **bold**", None),
        ("<https://a.example/_foo_/bar> [a](https://a.example/_foo_/bar)", None),
        ("https://zh.wiki.example/wiki/T細胞 https://a.example/港口 https://a.example/2024年", None),
    ],
)
def test_a_cut_address_is_reported(text: str, expected: tuple[str, str] | None) -> None:
    """Emphasis within an address makes another address of it, and letters that run into it may."""
    found = check_document(read_document("a.md", text.encode()), None, Context())
    assert [(one.rule, one.raw) for one in found if one.rule[0] == "U"] == ([expected] if expected else [])


def names(*written: str) -> Names:
    """Make names ready to be searched for."""
    return Names(
        [
            read_entity(
                read_document(
                    f"entities/e{number}.md", f"---\nname: {name}\ntype: place\nvariants: [{name}*]\n---\n".encode()
                )
            )
            for number, name in enumerate(written)
        ]
    )


NAMES = names("Osk", "Вологд", "港口", "Booking.com", "Ada Kell", "Łódź")


def mentioned(text: str, *, site_markdown: bool = False) -> list[str]:
    """Give what is taken for a name."""
    head = "---\ntitle: x\ndate: 2024-01-01\n" + ("markdown: mkdocs\n" if site_markdown else "") + "---\n\n"
    entry = read_entry(read_document("briefs/2024/a.md", (head + text).encode()), NAMES)
    return [mention.spelling for mention in entry.mentions]


@pytest.mark.parametrize(
    "address",
    [
        "https://en.wiki.example/wiki/Osk",
        "https://Osk.example/x",
        "https://www.Osk.example",
        "www.Osk.example/Osk",
        "https://a.example/?q=Osk&r=Osk#Osk",
        "https://a.example/Osk_(town)",
        "https://a.example/x-Osk.html",
        "press@Osk.example",
        "Osk@harbour.example",
        "mailto:Osk@harbour.example",
        "<Osk@harbour.example>",
        "hxxps://Osk[.]example/x",
        "Osk[.]example",
        "Osk(at)harbour(dot)example",
        "hxxps://a[.]example/Osk",
        "Osk.example/news",
        "harbour.example/wiki/Osk",
        "news.Osk.org",
        "doi:10.1234/Osk.5",
        "10.1234/Osk",
        "ftp://ftp.Osk.example/x",
        "`https://a.example/Osk`",
        "`press@Osk.example`",
        "<https://a.example/Osk>",
        "[https://a.example/Osk](https://a.example/Osk)",
        "[Osk](https://a.example/x)",
        "<a href='https://a.example/'>Osk, https://a.example/Osk</a>",
        "https://ru.wiki.example/wiki/Вологда",
        "https://вологда.example/Вологда",
        "https://zh.wiki.example/wiki/港口",
        "https://pl.wiki.example/wiki/Łódź",
        "https://a.example/Booking.com/x",
        "Booking.com/offers",
        "https: //a.example/Osk",
        "https://web.archive.org/web/2020/https://Osk.example/",
    ],
)
@pytest.mark.parametrize(
    "place",
    ["See {}, then.", "| a |\n|---|\n| x {} |", "## On {}", "- {}", "**{}**", "> {}", "({})", "x<br>{}"],
    ids=["text", "table", "heading", "item", "bold", "quotation", "brackets", "break"],
)
def test_an_address_is_no_mention(place: str, address: str) -> None:
    """A name within an address of any kind, linked or not, is not that of the entity."""
    assert mentioned(place.format(address)) == []
    assert mentioned(place.format(address), site_markdown=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "Osk",
        "Osk.",
        "(Osk)",
        "Osk/Harbour",
        "North-Osk",
        "Osk: a town",
        "*Osk*",
        "“Osk”",
        "@Osk",
        "https://a.example/x Osk",
        "https://a.example/x（Osk）",
        "the port.Osk said",
        "Osk—a town",
        "Osk (press@harbour.example)",
    ],
)
def test_a_name_beside_an_address_is_a_mention(text: str) -> None:
    """What only looks a little like an address hides no name."""
    assert mentioned(text) == ["Osk"]


def test_a_name_that_is_a_host_is_a_mention() -> None:
    """An entity may be called as its site is."""
    assert mentioned("Booking.com closed, Booking.com. And https://Booking.com too.") == ["Booking.com"] * 2


@pytest.mark.parametrize(
    "piece",
    [
        ";https://a.example/", "|https://", "https://a.htmlД", "https://a.example/?u=https://b;", "。", "/a.Д", ")(",
        "x)(", "。a", "https://a。a", "<1:2>3.0", "[^1]", "{{ a }}", "Osk-", "a@b.", "Osk.", "10.1234/", "a(dot)", "https://a/_b_",
    ],
)  # fmt: skip
def test_hostile_texts_take_linear_time(piece: str) -> None:
    """Twice the text takes about twice the time."""

    def seconds(size: int) -> float:
        text = "https://a.example/" + piece * (size // len(piece))
        return cpu_seconds(lambda: (find_addresses(text), mentioned(text)), runs=2)

    assert seconds(80_000) < max(3.4 * seconds(40_000), 0.3)
