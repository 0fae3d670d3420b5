"""A brief that the site's own Markdown extensions write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
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
