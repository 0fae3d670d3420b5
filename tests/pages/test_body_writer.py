"""A brief's body as HTML."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.archive import read_entry
from regesta.model.briefs import read_document
from regesta.model.entities import Entity, EntityType, Variant
from regesta.model.mentions import Names
from regesta.model.site_paths import SitePaths
from regesta.pages.addresses import Addresses
from regesta.pages.writing.body_writer import BodyHtml, write_body
from regesta.pages.writing.link_writer import Places, entity_marks

BELTA = Entity(slug="belta", path="entities/belta.md", name="Belta", type=EntityType.ORGANISATION)
KELL = Entity(
    slug="ana-kell",
    path="entities/ana-kell.md",
    name="Ana Kell",
    type=EntityType.PERSON,
    variants=(Variant("Kell"), Variant("O'Kell & Sons"), Variant("Келл", inflected=True)),
)
FILES = frozenset({"briefs/2021/a.md", "briefs/2021/b.md", "briefs/2021/tower.png", "about.md"})
PLACES = Places(
    Addresses(),
    SitePaths.of(FILES),
    {"belta": "organisations/belta.md", "ana-kell": "people/ana-kell.md"},
)
HEAD = "---\ntitle: A title\n---\n"


def written(markdown: str, path: str = "briefs/2021/a.md", title: str = "A title") -> BodyHtml:
    """Write a brief with this body."""
    document = read_document(path, (HEAD + markdown).encode())
    entry = read_entry(document, Names([BELTA, KELL]))
    return write_body(document, entity_marks(document, entry.mentions, PLACES), PLACES, title=title)


def soup(markdown: str) -> BeautifulSoup:
    """Read what was written."""
    html = written(markdown)
    return BeautifulSoup(html.body + html.notes, "lxml")


CONTEXTS = [
    "Belta",
    "**Belta** reported",
    "**Belta**reported",
    "*Belta*'s report",
    "***Belta* reported** it",
    "wow!Belta",
    "\\Belta",
    "see \\*Belta\\*",
    "Belta’s word",
    "Belta's word",
    "(Belta)",
    "[Belta](https://example.org/)",
    "`Belta`",
    "| a |\n|---|\n| Belta |",
    "- Belta\n- other",
    "> Belta",
    "Belta&amp;Co",
    "Belta &amp; Ana Kell",
    "O'Kell &amp; Sons",
    "&lt;Belta&gt;",
    "Ana\nKell",
    "Ana  \nKell",
    "Belta[^1]\n\n[^1]: Belta.",
    "Belta<br>Belta",
    "<u>Belta</u>",
    "Belta\nBelta\n\n## Next\n\nBelta",
    "*Ana* Kell",
    "**Ana Kell, of Belta**",
    "Келлу и Келлами",
    "é Belta é Kell é",
    "1. Belta\n2. Kell",
    "![Belta](tower.png)",
    "Belta https://example.org/Belta Belta",
]


@pytest.mark.parametrize("markdown", CONTEXTS)
def test_links_change_nothing_but_the_links(markdown: str) -> None:
    """With its links taken out, a body is what it is when nobody is known."""
    document = read_document("briefs/2021/a.md", (HEAD + markdown).encode())
    entry = read_entry(document, Names([BELTA, KELL]))
    linked = write_body(document, entity_marks(document, entry.mentions, PLACES), PLACES)
    plain = write_body(document, [], PLACES)
    found = BeautifulSoup(linked.body + linked.notes, "html.parser")
    for link in found.select("a.rg-entity"):
        link.unwrap()
    assert str(found) == str(BeautifulSoup(plain.body + plain.notes, "html.parser"))


@pytest.mark.parametrize("markdown", CONTEXTS)
def test_tags_are_balanced(markdown: str) -> None:
    """A strict reader closes every element where we closed it."""
    html = written(markdown)
    for part in (html.body, html.notes):
        opened = [tag.name for tag in BeautifulSoup(part, "html.parser").select("*")]
        assert sorted(opened) == sorted(_starts(part))


def _starts(html: str) -> list[str]:
    from html.parser import HTMLParser  # noqa: PLC0415 - this check alone

    void = {"br", "img", "hr", "wbr"}

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[str] = []
            self.open: list[str] = []

        def handle_starttag(self, tag: str, _attrs: object) -> None:
            self.seen.append(tag)
            if tag not in void:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader.seen


def test_one_link_a_section() -> None:
    """The first mention in each section is a link, the others are not."""
    found = soup("Belta and Belta.\n\nBelta.\n\n## Next\n\nBelta and Belta.\n")
    assert [link.text for link in found.select("a.rg-entity")] == ["Belta", "Belta"]


def test_a_name_over_a_line_end_is_one_link() -> None:
    """A name that the source breaks into two lines is one link."""
    assert [" ".join(link.text.split()) for link in soup("Then Ana\nKell went.").select("a.rg-entity")] == ["Ana Kell"]


def test_a_name_across_the_edge_of_an_element_is_no_link() -> None:
    """A name half in italics stays unlinked, since a link cannot cross the edge."""
    assert soup("*Ana* Kell went.").select("a.rg-entity") == []


@pytest.mark.parametrize(
    "link",
    [
        "[https://a(.)example/x](https://a(.)example/x)",
        "<https://a(.)example/x>",
        "https://a(.)example/x",
        "hxxps://a.example/x",
        "[words](hxxps://a[.]example/x)",
        "[words][r]\n\n[r]: hxxp://a.example/x",
        '<a href="https://a(.)example/x">words</a>',
        '<div><a href="https://a(.)example/x">words</a></div>',
    ],
)
def test_a_defanged_link_is_never_clickable(link: str) -> None:
    """However it is written, a defanged address is in no `href`; its words stay."""
    found = soup(f"See {link} there.[^1]\n\n[^1]: {link}\n")
    assert not [a["href"] for a in found.find_all("a", href=True) if "example" in str(a["href"])]
    assert "words" in found.text or "example/x" in found.text


def test_a_defanged_link_says_so() -> None:
    """Beside a defanged address stands why it is no link."""
    assert "https://a(.)example/x not linked: defanged" in " ".join(soup("<https://a(.)example/x>").text.split())


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "x <script>alert(1)</script> y",
        '<img src=x onerror="alert(1)">',
        'x <img src=x onerror="alert(1)"> y',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        '<a href="javascript:alert(1)">x</a>',
        'a <a href="javascript:alert(1)">x</a> b',
        '<div onmouseover="alert(1)" style="position:fixed" id="__config" class="md-header">x</div>',
        "<svg onload=alert(1)></svg>",
        "<iframe src=https://example.org></iframe>",
        "<style>body{display:none}</style>",
        '[x](https://example.org/"onmouseover="alert(1))',
        "# <script>alert(1)</script>",
        "| <script>alert(1)</script> |\n|---|\n",
        "[^__config]\n\n[^__config]: <script>alert(1)</script>",
        "```<script>\n<script>alert(1)</script>\n```",
        '```"onload="alert(1)\nx\n```',
        "<u onclick=alert(1)>x</u>",
        "<form action=https://example.org><input name=x></form>",
        "<base href=https://example.org/>",
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
    ],
)
def test_nothing_in_a_brief_can_run(markdown: str) -> None:
    """No script, handler, style, frame, form or id of the author's survives."""
    found = soup(f"{markdown}\n\nx {markdown} y\n")
    assert not found.find_all(["script", "style", "iframe", "form", "input", "svg", "base", "meta", "object", "embed"])
    for tag in found.select("*"):
        for name, value in tag.attrs.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in {"href", "src"}:
                assert str(value).split(":")[0].lower() in {"http", "https", "mailto"} or str(value)[0] in "#./"
            if name == "id":
                assert str(value).startswith(("p-", "h-", "fn-", "fnref-")) or value == "notes"


def test_raw_html_that_is_harmless_stays() -> None:
    """Underlining and details are kept, without the author's ids and classes."""
    found = soup('A <u id="x" class="y">word</u>.\n\n<details class="z"><summary>More</summary>text</details>\n')
    assert found.u is not None
    assert found.u.attrs == {}
    assert found.details is not None
    assert found.details.attrs == {}


def test_unclosed_raw_html_ends_with_its_paragraph() -> None:
    """A tag that the author forgot to close does not swallow the rest of the page."""
    found = soup("One <b>two.\n\nThree.\n")
    assert [p.find("b") is not None for p in found.find_all("p")] == [True, False]


def test_paragraphs_have_addresses() -> None:
    """Every block of text has its number as its id, headings apart, which have words."""
    found = soup("One.\n\n## A Head\n\nTwo.\n\n- three\n- four\n")
    assert [tag["id"] for tag in found.find_all(id=True)] == ["p-1", "h-a-head", "p-3", "p-4", "p-5"]


def test_headings_of_one_name_have_two_ids() -> None:
    """A second heading of the same words gets a number."""
    ids = [tag["id"] for tag in soup("## Same\n\n## Same\n\n## Same 2\n\n## 水\n").find_all("h2")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("markdown", "tags"),
    [
        ("# A title\n\n## Part\n", ["h2"]),
        ("# Another\n\n## Part\n", ["h2", "h3"]),
        ("# A title\n\n# Another\n", ["h2"]),
        ("## Part\n\n### Sub\n", ["h2", "h3"]),
    ],
)
def test_the_page_has_one_title(markdown: str, tags: list[str]) -> None:
    """A first heading that repeats the title is left out; other top headings go one level down."""
    assert [tag.name for tag in soup(markdown).find_all(["h1", "h2", "h3"]) if tag.get("id") != "notes"] == tags


def test_notes_lead_there_and_back() -> None:
    """Each reference leads to its note, and each note back to each of its references."""
    found = soup("One.[^a] Two.[^b] Three.[^a]\n\n[^a]: First.\n[^b]: Second.\n[^c]: Never used.\n")
    for link in found.select("a.footnote-ref, a.footnote-backref"):
        assert found.find(id=str(link["href"])[1:]) is not None
    backs = [[back["href"] for back in item.select("a.footnote-backref")] for item in found.select(".rg-notes li")]
    assert backs == [["#fnref-1", "#fnref-1-2"], ["#fnref-2"], []]


def test_short_labels_are_shown_as_written() -> None:
    """Roman and lettered labels stay; where one label is a word, notes are counted instead."""
    assert [a.text for a in soup("x[^iv] y[^b]\n\n[^iv]: I\n[^b]: II\n").select("a.footnote-ref")] == ["iv", "b"]
    assert [a.text for a in soup("x[^iv] y[^source]\n\n[^iv]: I\n[^source]: II\n").select("a.footnote-ref")] == [
        "1",
        "2",
    ]


def test_the_first_of_two_notes_wins() -> None:
    """Of two definitions of one label the first is shown."""
    assert "First" in soup("x[^1]\n\n[^1]: First.\n[^1]: Second.\n").select(".rg-notes")[0].text


@pytest.mark.parametrize(
    ("markdown", "href"),
    [
        ("[b](b.md)", "../../../briefs/2021/b/"),
        ("[b](b.md#p-3)", "../../../briefs/2021/b/#p-3"),
        ("[b](../../about.md)", "../../../about/"),
        ("[b](entity:belta)", "../../../organisations/belta/"),
        ("[b](#p-1)", "#p-1"),
        ("[b](#:~:text=ferry)", "#:~:text=ferry"),
        ("[b](#p-1:~:text=Die%20Fähre)", "#p-1:~:text=Die%20Fähre"),
        ("[b](#What-next:~:text=ferry)", "#h-what-next:~:text=ferry"),
        ("[b](nowhere.md)", None),
        ("[b](entity:nobody)", None),
        ("[b](../../../../etc/passwd)", None),
        ("<someone@example.org>", "mailto:someone@example.org"),
        ("https://example.org/a_b&amp;c", "https://example.org/a_b&c"),
    ],
)
def test_where_links_lead(markdown: str, href: str | None) -> None:
    """Paths become addresses, entities their pages; what leads nowhere stays as words."""
    link = soup(markdown).find("a", class_=lambda name: name != "headerlink")
    assert (link["href"] if link else None) == href


def test_images_of_the_site_are_shown_and_others_linked() -> None:
    """An image from elsewhere would be a request to another host: it becomes a link."""
    found = soup("![The tower](tower.png) ![far](https://example.org/x.png)")
    assert [(img["src"], img["alt"]) for img in found.find_all("img")] == [
        ("../../../briefs/2021/tower.png", "The tower")
    ]
    assert [a["href"] for a in found.select("p > a:not(.headerlink)")] == ["https://example.org/x.png"]


@pytest.mark.parametrize(
    ("markdown", "links"),
    [
        ("[![far](https://b.example/x.png)](https://a.example/)", {"https://a.example/": "far"}),
        ("[the ![far](https://b.example/x.png) one](tower.png)", {"../../../briefs/2021/tower.png": "the far one"}),
        ("[![](https://b.example/x.png)](https://a.example/)", {"https://a.example/": "https://b.example/x.png"}),
        ("[![far](page.html)](https://a.example/)", {"https://a.example/": "far"}),
        ("- [![*far* one](//b.example/x.png)](https://a.example/)", {"https://a.example/": "far one"}),
        ("[![far](https://b.example/x.png)](odd:x)", {"https://b.example/x.png": "far"}),
    ],
)
def test_an_image_of_another_site_in_a_link_is_words(markdown: str, links: dict[str, str]) -> None:
    """An image that is not shown makes no second link within the link that it stands in."""
    html = write_body(read_document("briefs/2021/a.md", (HEAD + markdown).encode()), [], PLACES).body
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", html)
    found = BeautifulSoup(html, "html.parser").select("a:not(.headerlink)")
    assert {str(link["href"]): link.get_text() for link in found} == links


def test_links_to_others_say_so() -> None:
    """Every link to another host carries the same rel."""
    assert soup("<https://example.org/>").select("a[rel]")[0]["rel"] == ["noopener", "noreferrer", "nofollow", "ugc"]


def test_a_text_that_nests_too_deep_is_refused() -> None:
    """A hundred and one quotations within each other are not shown, and the page says why."""
    assert "nest deeper" in written("> " * 101 + "x").body


@given(st.text(alphabet=st.sampled_from("ab *_[]()<>!`#>-|^1:\n\\&;\"'Belta./é"), max_size=120))
def test_any_text_gives_balanced_html(markdown: str) -> None:
    """Whatever is written, the HTML is balanced and holds no script."""
    html = written(markdown)
    _starts(html.body)
    _starts(html.notes)


def nested_links(html: str) -> bool:
    """Say whether a link stands in a link, as the bytes have it: a parser would part them."""
    depth = 0
    for tag in re.findall(r"<(/?)a[\s>]", html):
        depth += -1 if tag else 1
        if depth > 1:
            return True
    return False


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://en.wiki.example/wiki/Belta in full.", 1),
        ("| a | b |\n|---|---|\n| https://Belta.example/x<br>https://b.example/Belta | c |", 2),
        ("x[^1]\n\n[^1]: https://a.example/Belta", 1),
        ("## On https://a.example/Belta", 1),
        ("- press@Belta.example, mailto:Belta@a.example", 1),
        ("<a href='https://a.example/'>Belta, https://a.example/Belta</a>", 1),
        ("Text <a href='https://a.example/'>of Belta</a> and https://b.example/Belta", 2),
        ("[Belta](https://a.example/) [https://a.example/Belta](https://a.example/Belta)", 2),
        ("hxxps://Belta[.]example/ and Belta[.]example", 0),
        ("https://ru.wiki.example/wiki/Келл and https://a.example/?q=Kell&r=Kell", 2),
        ("**https://a.example/Belta**https://b.example/Kell", 2),
    ],
)
def test_an_address_that_holds_a_name_is_one_link(text: str, links: int) -> None:
    """Never a link in a link, whatever a path, a host, a query or a mail address holds."""
    html = written(text)
    assert not nested_links(html.body + html.notes)
    found = BeautifulSoup(html.body + html.notes, "lxml")
    assert len([a for a in found.select("a[href]") if not str(a["href"]).startswith("#")]) == links
    assert not found.select("a.rg-entity")


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["1", "2", "2a", "3"], ["1", "2", "2a", "3"]),
        (["a", "b", "iv"], ["a", "b", "iv"]),
        (["3", "1", "2"], ["3", "1", "2"]),
        (["*", "**", "†", "§"], ["*", "**", "†", "§"]),
        (["1", "harbour-board-2019"], ["1", "harbour-board-2019"]),
        (["harbour-board-2019", "tender-2020"], ["1", "2"]),
        (["07", "0", "1234567890"], ["07", "0", "1234567890"]),
        (["прим", "注1", "b<i>"], ["прим", "注1", "b<i>"]),
    ],
)
def test_the_list_shows_what_the_marks_show(labels: list[str], expected: list[str]) -> None:
    """A note has one name, at its mark, in the list and in what is read out, in the order of the marks."""
    body = " ".join(f"x[^{label}]" for label in labels) + f" again[^{labels[0]}]"
    page = soup(body + "\n\n" + "\n".join(f"[^{label}]: Note." for label in reversed(labels)))
    marks = page.select("a.footnote-ref")
    assert [mark.text for mark in marks] == [*expected, expected[0]]
    items = page.select(".rg-notes li")
    shown = [item.select_one(".rg-label") or item.get("value") for item in items]
    assert [one if isinstance(one, str) else one.text for one in shown] == expected  # type: ignore[union-attr]
    assert [f"#{item['id']}" for item in items] == [mark["href"] for mark in marks[:-1]]
    assert len(items[0].select(".footnote-backref")) == 2
    assert [str(mark["aria-label"]) for mark in marks[:-1]] == [f"Note {one}" for one in expected]


@pytest.mark.parametrize(
    ("block", "links"),
    [
        (
            "<div>https://a.example/x<br>https://b.example/y?c&amp;d</div>",
            ["https://a.example/x", "https://b.example/y?c&d"],
        ),
        (
            "<table><tr><td>https://a.example/x</td><td>（https://b.example/y）</td></tr></table>",
            ["https://a.example/x", "https://b.example/y"],
        ),
        (
            "<div><a href='https://a.example/'>https://b.example/</a> <code>https://c.example/</code></div>",
            ["https://a.example/"],
        ),
        ("<table><tr><td colspan='2> https://a.example/onclick=x'>b</td></tr></table>", []),
        ("<div>hxxps://a[.]example/ and javascript:alert(1)//https://</div>", []),
        (
            '<div>"https://a.example/x" &lt;https://b.example/y&gt;</div>',
            ["https://a.example/x", "https://b.example/y"],
        ),
    ],
)
def test_a_bare_address_in_raw_html_is_a_link(block: str, links: list[str]) -> None:
    """As in the text around it; one in a link, in code, in an attribute or defanged is none."""
    html = written(f"{block}\n").body
    assert not nested_links(html)
    assert [a["href"] for a in BeautifulSoup(html, "lxml").select("a[href^=http]")] == links
    assert "onclick=x" not in html or "<a" not in html
