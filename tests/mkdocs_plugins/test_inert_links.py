"""Links of hand-written pages in a real build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from tests.sites import make_site, run_mkdocs

from regesta.mkdocs_plugins.inert_links import InertLinks, MendedBackLinks
from regesta.model.link_forms import LinkForm, judge_link

if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = "markdown_extensions: [footnotes, tables, admonition, attr_list, pymdownx.magiclink]\n"
DEFANGED = "not linked: defanged"
INVALID = "not linked: not a valid address"


def built(folder: Path, page: str) -> tuple[BeautifulSoup, str]:
    """Build a site of one page; give what is on it, and what the build said."""
    site = make_site(folder / "a", source=None, extra=EXTENSIONS)
    (site / "briefs_src/briefs").mkdir(parents=True)
    (site / "docs/page.md").write_text(page, encoding="utf-8")
    done = run_mkdocs(site)
    assert done.returncode == 0, done.stderr
    soup = BeautifulSoup((site / "site/page/index.html").read_text(encoding="utf-8"), "lxml")
    return soup.select_one("article.md-content__inner"), done.stderr


@pytest.mark.parametrize(
    ("markdown", "words", "chip", "place"),
    [
        ("[the *source*](https://a[.]b/)", "the source", DEFANGED, "3:16 U101"),
        ("[x][r]\n\n[r]: https://a[.]b/", "x", DEFANGED, "5:6 U101"),
        ("<https://a(.)b/>", "https://a(.)b/", DEFANGED, "3:2 U101"),
        ("<hxxps://a[.]b/>", "hxxps://a[.]b/", DEFANGED, "3:2 U101"),
        ("https://a[.]example/x", "https://a[.]example/x", DEFANGED, "3:1 U101"),
        ("![a lamp](https://a[.]b/lamp.png)", "a lamp", DEFANGED, "3:11 U101"),
        ("[x](https://a.example:port/)", "x", INVALID, "3:5 U102"),
        ("[x](http://[::1/)", "x", INVALID, "3:5 U102"),
        ('<a class="y" href="https://a(.)b/">x</a>', "x", DEFANGED, "3:20 U101"),
        ("<p><img alt='a lamp' src='https://a[.]b/lamp.png'></p>", "a lamp", DEFANGED, "3:27 U101"),
        ("!!! note\n\n    See [x](https://a[.]b/).", "x", DEFANGED, "5:13 U101"),
        ("Text.[^1]\n\n[^1]: [x](https://a[.]b/)", "x", DEFANGED, "5:11 U101"),
    ],
)
def test_a_link_that_nobody_is_to_click_is_text(
    tmp_path: Path, markdown: str, words: str, chip: str, place: str
) -> None:
    """Its words stay, a remark says why, the build names its place and goes on."""
    article, said = built(tmp_path, f"# Page\n\n{markdown}\n")
    assert [span.get_text() for span in article.select(".rg-defanged")] == [words]
    assert [span.get_text() for span in article.select(".rg-chip")] == [chip]
    addresses = [tag.get("href") or tag.get("src") for tag in article.select("a[href], img[src]")]
    assert not [address for address in addresses if "b/" in address or "port" in address or "[" in address]
    assert f"docs/page.md:{place}" in said


def test_sound_links_stay_as_they_are(tmp_path: Path) -> None:
    """Links, images and HTML that are in order pass, and so does code that shows a defanged address."""
    markdown = (
        "# Page\n\n[a](https://a.example/a[1].pdf) <https://b.example/?q=c(.)d> https://c.example/ [d](index.md)\n\n"
        '<a href="https://e.example/">e</a> `hxxps://f[.]example` <abbr title="x">g</abbr>\n'
    )
    article, said = built(tmp_path, markdown)
    addresses = [tag["href"] for tag in article.select("p a[href]")]
    assert addresses == [
        "https://a.example/a[1].pdf",
        "https://b.example/?q=c(.)d",
        "https://c.example/",
        "../",
        "https://e.example/",
    ]
    assert not article.select(".rg-chip")
    assert "U1" not in said


def test_the_way_back_from_a_footnote_is_no_part_of_its_link(tmp_path: Path) -> None:
    """An extension that links bare addresses does not take the space before the way back for a part of one."""
    article, _ = built(
        tmp_path, "# Page\n\nText.[^1][^2]\n\n[^1]: https://a.example/x\n[^2]: See https://b.example/y.\n"
    )
    notes = article.select(".footnote li")
    links = [note.select_one("a:not(.footnote-backref)") for note in notes]
    assert [link["href"] for link in links] == ["https://a.example/x", "https://b.example/y"]
    assert [link.get_text() for link in links] == ["https://a.example/x", "https://b.example/y"]
    assert [re.sub(r"\s", " ", note.get_text()).strip() for note in notes] == [
        "https://a.example/x ↩",
        "See https://b.example/y. ↩",
    ]


PIECES = [
    "https://a[.]b/", "hxxp://a.b", "http://[::1", "https://c.example", "<", ">", "[x](", ")", "![y](", "[r]",
    "\n\n[r]: ", "\n\n", " ", "**", "`", "<a href='", "'>", "</a>", '<img src="', '">', "www.", "[^1]",
    "\n\n[^1]: ", "\\", "&amp;", "!!! note\n\n    ", "|a|\n|-|\n|", "# ", "\x02", "\x03", "&#104;",
    "a@b.example", "<span markdown>", "ftp://d[.]e",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
@settings(max_examples=200, deadline=None)
def test_nothing_that_is_made_of_a_page_ends_the_build_or_revives_a_link(text: str) -> None:
    """Every address that Markdown's extensions make a link of can be taken apart, and none is defanged."""
    extensions = ["footnotes", "tables", "admonition", "attr_list", "md_in_html", "pymdownx.magiclink"]
    markdown = Markdown(extensions=[*extensions, InertLinks(), MendedBackLinks()])
    taken = []

    class Last(Treeprocessor):
        """Looks where MkDocs does."""

        def run(self, root):
            taken.extend(tag.get("href") or tag.get("src") or "" for tag in root.iter() if tag.tag in {"a", "img"})

    markdown.treeprocessors.register(Last(markdown), "last", 0)
    markdown.convert(text)
    for address in taken:
        urlsplit(address)
        assert judge_link(address).form is not LinkForm.DEFANGED
