"""A brief that the site's own Markdown extensions write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from tests.sites import make_site, run_mkdocs

from regesta.model.archive import read_entry
from regesta.model.briefs import read_document
from regesta.model.entities import Entity, EntityType
from regesta.model.mentions import Names
from regesta.model.site_paths import SitePaths
from regesta.pages.addresses import Addresses
from regesta.pages.writing.link_writer import Places, entity_marks
from regesta.pages.writing.site_markdown import write_site_markdown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EXTENSIONS = (
    "markdown_extensions: [admonition, attr_list, footnotes, tables, pymdownx.details, toc: {permalink: true}]\n"
)


def page(tmp_path: Path, body: str, record: str = "") -> BeautifulSoup:
    """Build an archive of two briefs, one person and a record of links, and read the page of the first."""
    folder = make_site(tmp_path / "a", source=None, extra=EXTENSIONS)
    briefs = folder / "briefs_src/briefs/2020"
    briefs.mkdir(parents=True)
    (briefs / "a.md").write_text(f"---\ntitle: A\ndate: 2020-01-01\nmarkdown: mkdocs\n---\n{body}", encoding="utf-8")
    (briefs / "b.md").write_text("---\ntitle: B\ndate: 2020-01-02\n---\nText.\n", encoding="utf-8")
    if record:
        (folder / "briefs_src/links.jsonl").write_text(record, encoding="utf-8")
    entities = folder / "briefs_src/entities"
    entities.mkdir()
    (entities / "ana-kell.md").write_text(
        "---\nname: Ana Kell\ntype: person\nvariants: [Kell]\n---\n", encoding="utf-8"
    )
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    html = (folder / "site/briefs/2020/a/index.html").read_text(encoding="utf-8")
    assert not any("\ue000" <= char <= "\uf8ff" for char in html)
    found = BeautifulSoup(html, "lxml").select_one(".rg-body")
    assert found is not None
    return found


def test_extensions_are_at_work_and_names_are_links(tmp_path: Path) -> None:
    """An admonition and a footnote are written by the extensions, and a name in them leads to its page."""
    found = page(tmp_path, "!!! note\n    Ana Kell left.[^1]\n\n## Part\n\nKell **Kell**\n\n[^1]: A note.\n")
    assert found.select_one("div.admonition p.admonition-title") is not None
    assert [a["href"] for a in found.select("a.rg-entity")] == ["../../../people/ana-kell/"] * 2
    back = found.select_one("a.footnote-ref")
    assert found.find(id=str(back["href"])[1:]) is not None


@pytest.mark.parametrize(
    "body",
    [
        'Kell\n{: title="Kell" #__config .md-header onclick="alert(1)" }\n',
        "[x](javascript:alert(1)) <script>alert(1)</script> <img src=x onerror=alert(1)>",
        '<div onclick="alert(1)" style="position:fixed" id="__drawer" class="md-overlay">Kell</div>',
        "![Kell](https://evil.example/x.png){ onerror=alert(1) }",
    ],
)
def test_nothing_runs(tmp_path: Path, body: str) -> None:
    """What the extensions let through is sanitised: no script, no handler, no id or class of the theme's."""
    found = page(tmp_path, body)
    assert not found.select(
        "script, style, [onclick], [onerror], [style], #__config, #__drawer, .md-header, .md-overlay"
    )
    assert not [a for a in found.select("a[href]") if str(a["href"]).startswith("javascript")]
    assert not found.select("img")


def test_an_image_of_another_site_is_a_link(tmp_path: Path) -> None:
    """It is not shown, since that would be a request to another host; within a link it stays words."""
    found = page(
        tmp_path,
        "![the map](https://a.example/m.png) ![](https://b.example/n.png)\n\n"
        "[![inner](https://c.example/o.png)](https://d.example/) ![no](hxxps://e.example/p.png)\n",
    )
    links = {str(link["href"]): link.get_text() for link in found.select("a[href^=http]")}
    assert links == {
        "https://a.example/m.png": "the map",
        "https://b.example/n.png": "https://b.example/n.png",
        "https://d.example/": "inner",
    }
    assert not found.select("img")


def test_a_defanged_link_is_never_clickable(tmp_path: Path) -> None:
    """A defanged link is words with a note here too."""
    found = page(tmp_path, "[x](https://a(.)example/y) and <https://b(.)example/>\n")
    assert not [a for a in found.select("a[href]") if "(.)" in str(a["href"])]
    assert "not linked: defanged" in found.text


def test_links_to_briefs_and_entities_lead_there(tmp_path: Path) -> None:
    """Relative paths and `entity:` links become addresses."""
    found = page(tmp_path, "[b](b.md) [k](entity:ana-kell) [h](#part)\n\n## Part\n")
    hrefs = [str(a["href"]) for a in found.select("p a")]
    assert hrefs[:2] == ["../../../briefs/2020/b/", "../../../people/ana-kell/"]
    assert found.find(id=hrefs[2][1:]) is not None


def test_dead_links_have_a_cross_and_their_copy(tmp_path: Path) -> None:
    """In the text a dead link has a cross and its copy; in a note it has its verdict in words, its copy first."""
    copy = "https://web.archive.org/web/20200111093000/https://beacon.example/gone"
    known = {
        "url": "https://beacon.example/gone",
        "verdict": "dead",
        "since": "2026-03-01",
        "failures": 3,
        "mementos": {"2020-01-01": copy},
        "evidence": [{"at": "2026-11-07", "says": "dead", "status": 404}],
    }
    body = "See [it](https://beacon.example/gone).[^1]\n\n[^1]: <https://beacon.example/gone>\n"
    found = page(tmp_path, body, f"{json.dumps(known)}\n")
    beside = found.select_one("p > .rg-beside")
    assert beside is not None
    assert " ".join(beside.text.split()) == "✕ dead ▣ archived"
    note = found.select_one("div.footnote li")
    assert note is not None
    assert [a["href"] for a in note.select("a")][:2] == [copy, "https://beacon.example/gone"]
    assert "✕ dead" in note.text


def test_a_name_in_what_an_extension_links_is_no_link_in_a_link(tmp_path: Path) -> None:
    """The extensions link what CommonMark does not: a reference that they define, a bare address, an abbreviation."""
    body = (
        "https://a.example/wiki/Kell and press@Kell.example, Kell.example/Kell.\n\n"
        '[of Kell][1]\n\n??? note "https://b.example/Kell"\n    [Kell](https://c.example/) Kell\n\n'
        "    [1]: https://d.example/Kell\n"
    )
    found = page(tmp_path, body)
    assert not found.select("a a")
    assert [a.text for a in found.select("a.rg-entity")] == ["Kell"]
    assert "ue0a" not in str(found)


def written(body: str, render: Callable[[str], str] | None = None) -> BeautifulSoup:
    """Write a brief's body with Python-Markdown and the usual extensions, or with what is given."""
    extensions = ["footnotes", "tables", "attr_list", "md_in_html", "toc", "admonition"]
    markdown = Markdown(extensions=extensions)
    document = read_document("briefs/2020/a.md", f"---\ntitle: A\nmarkdown: mkdocs\n---\n{body}".encode())
    kell = Entity(slug="ana-kell", path="entities/ana-kell.md", name="Ana Kell", type=EntityType.PERSON)
    places = Places(Addresses(), SitePaths(frozenset({"briefs/2020/a.md"})), {"ana-kell": "people/ana-kell.md"})
    marks = entity_marks(document, read_entry(document, Names([kell])).mentions, places)
    html = write_site_markdown(document, marks, places, render or markdown.convert).body
    return BeautifulSoup(html, "lxml")


SIGNS = [
    "Text \ue0a099\ue0a1x\ue0a2 y",
    "Ana Kell \ue0a00\ue0a1<b>x</b>\ue0a2 and \ue0a1 alone",
    "\U000f0000\U000f0001 Ana Kell \U000ffffd \U00100000",
    "Ana Kell \uf8ff\ue000 символ \ue0a0",
    "| \ue0a05\ue0a1 |\n|---|\n| Ana Kell \ue0a2 |",
    "# \ue0a0Head\ue0a2\n\nAna Kell[^\ue0a0]\n\n[^\ue0a0]: note",
    "wzxhzdk:0 klzzwxh:0001 Ana Kell",
]


@pytest.mark.parametrize("body", SIGNS)
def test_no_character_of_a_text_has_a_meaning_of_its_own(body: str) -> None:
    """Private-use characters and the marks of parsers are text: none is lost, none becomes a link."""
    page = written(body)
    assert [link.text for link in page.select("a.rg-entity")] == ["Ana Kell"] * body.count("Ana Kell")
    assert {char for char in body if ord(char) > 0xDFFF} <= set(page.text)
    assert {char for char in str(page) if ord(char) > 0xDFFF} <= set(body)


@pytest.mark.parametrize("body", SIGNS)
def test_the_same_text_gives_the_same_page(body: str) -> None:
    """The characters that mark names are chosen by chance and leave no trace."""
    assert str(written(body)) == str(written(body))


def test_what_an_extension_brings_in_cannot_open_a_mark() -> None:
    """A file that an extension includes has marks of no meaning, whatever characters stand in it."""
    brought = "\ue0a00\ue0a1evil\ue0a2" + "".join(map(chr, range(0xF0000, 0xF0400)))
    page = written("Ana Kell spoke.", lambda text: f"<p>{text}</p><p>{brought}</p>")
    assert [link.text for link in page.select("a.rg-entity")] == ["Ana Kell"]


@pytest.mark.parametrize(
    "body",
    [
        '<a class="footnote-ref" href="https://evil.example/#x">1</a>',
        "[1](https://evil.example/){ .footnote-ref }",
        "[1](#p-1){: class=footnote-ref }",
        '<div class="rg-card md-banner evil js-x" markdown>x</div>',
        "Text\n{: .rg-chip .md-hidden .no-print .tabbed-set .mermaid .annotate }",
        '<span class="rg-entity" id="p-1">x</span> <a class="headerlink2" href="https://b.example/">y</a>',
        "## Part {: #notes .rg-notes }",
        "<p class='rg-quote'>q</p> <td class=rg-label>l</td>",
    ],
)
def test_classes_of_an_author_do_not_survive(body: str) -> None:
    """Whether by raw HTML or `attr_list`: no class of the theme's, ours, or of a script, and no id that is ours."""
    page = written(body)
    classes = {name for tag in page.select("[class]") for name in tag["class"]} - {"headerlink"}
    assert classes == set()
    assert all(str(tag["id"]).startswith("m-") for tag in page.select("[id]"))


def test_an_id_stands_once() -> None:
    """An id that an author repeats is left to the first."""
    page = written('<span id="part"></span>\n\n## Part\n\nx <b id="part">y</b>')
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (("1", "2", "2a", "3"), ["1", "2", "2a", "3"]),
        (("a", "b"), ["a", "b"]),
        (("3", "1"), ["3", "1"]),
        (("*", "†"), ["*", "†"]),
        (("ferry-2019", "tender-2020"), ["1", "2"]),
        (("1", "ferry-2019"), ["1", "ferry-2019"]),
    ],
)
def test_notes_show_their_labels(labels: tuple[str, ...], shown: list[str]) -> None:
    """Marks and list show what the author wrote, as with our own engine."""
    body = " ".join(f"x[^{label}]" for label in labels) + "\n\n" + "\n".join(f"[^{x}]: Note {x}" for x in labels)
    page = written(body)
    assert [mark.text for mark in page.select("a.footnote-ref")] == shown
    items = page.select("div.footnote li")
    assert [str(item.get("value") or item.select_one(".rg-label").text) for item in items] == shown  # type: ignore[union-attr]
    for mark, item in zip(page.select("a.footnote-ref"), items, strict=True):
        assert str(mark["href"]) == f"#{item['id']}"


def test_columns_of_tables_are_aligned() -> None:
    """`---:` and `:---:` give a class: a style within a page is refused by its policy."""
    page = written("| a | b | c |\n|---:|:---:|:---|\n| 1 | 2 | 3 |\n")
    assert [cell.get("class") for cell in page.select("td")] == [["rg-right"], ["rg-center"], ["rg-left"]]
    assert not page.select("[style], [align]")
