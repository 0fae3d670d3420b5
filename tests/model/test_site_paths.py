"""Where relative addresses lead."""

from __future__ import annotations

import unicodedata

import pytest

from regesta.model.archive import Archive, read_entry
from regesta.model.briefs import read_document
from regesta.model.mentions import Names
from regesta.model.site_paths import Leads, SitePaths, is_published_type

APART = unicodedata.normalize("NFD", "briefs/2024/Größe.pdf")
SITE = SitePaths(
    frozenset(
        {
            "briefs/2024/a.md",
            "briefs/2024/b.md",
            "briefs/2024/annex.pdf",
            "briefs/2024/data/table.xlsx",
            "briefs/2024/Report #3.md",
            "briefs/2024/50% up?.csv",
            "briefs/2024/Річний звіт.pdf",
            "briefs/2024/年報.pdf",
            APART,
            "briefs/2024/map.svg",
            "briefs/2024/saved.html",
            "briefs/2024/x.html.parquet",
            "entities/ada-kell.md",
            "entities/ada.pdf",
            "decisions.yml",
        }
    ),
    frozenset({"about.md", "index.md", "guide/README.md", "img/logo.svg"}),
    symlinks=frozenset({"briefs/2024/link.pdf", "briefs/2024/elsewhere"}),
    folders={"people": "persons"},
    site_url="https://register.example/archive/",
)


@pytest.mark.parametrize(
    ("written", "leads", "path"),
    [
        ("annex.pdf", Leads.FILE, "briefs/2024/annex.pdf"),
        ("annex.pdf#page=3", Leads.FILE, "briefs/2024/annex.pdf"),
        ("./data/table.xlsx", Leads.FILE, "briefs/2024/data/table.xlsx"),
        ("/briefs/2024/annex.pdf", Leads.FILE, "briefs/2024/annex.pdf"),
        (
            "%D0%A0%D1%96%D1%87%D0%BD%D0%B8%D0%B9 %D0%B7%D0%B2%D1%96%D1%82.pdf",
            Leads.FILE,
            "briefs/2024/Річний звіт.pdf",
        ),
        ("年報.pdf", Leads.FILE, "briefs/2024/年報.pdf"),
        ("Größe.pdf", Leads.FILE, APART),
        ("50%25%20up%3F.csv", Leads.FILE, "briefs/2024/50% up?.csv"),
        ("50% up?.csv", Leads.FILE, "briefs/2024/50% up?.csv"),
        ("Report #3.md", Leads.PAGE, "briefs/2024/Report #3.md"),
        ("Report%20%233.md#part", Leads.PAGE, "briefs/2024/Report #3.md"),
        ("b.md", Leads.PAGE, "briefs/2024/b.md"),
        ("b.md?x=1", Leads.PAGE, "briefs/2024/b.md"),
        ("b.md/#part", Leads.PAGE, "briefs/2024/b.md"),
        ("../b/", Leads.PAGE, "briefs/2024/b.md"),
        ("../b", Leads.PAGE, "briefs/2024/b.md"),
        ("b.html", Leads.PAGE, "briefs/2024/b.md"),
        ("../b/index.html", Leads.PAGE, "briefs/2024/b.md"),
        ("/briefs/2024/b/", Leads.PAGE, "briefs/2024/b.md"),
        ("/archive/briefs/2024/b/#p-2", Leads.PAGE, "briefs/2024/b.md"),
        ("../../about.md", Leads.PAGE, "about.md"),
        ("/", Leads.PAGE, "index.md"),
        ("../../../guide/", Leads.PAGE, "guide/README.md"),
        ("/img/logo.svg", Leads.FILE, "img/logo.svg"),
        ("../../entities/ada-kell.md", Leads.ENTITY, "entities/ada-kell.md"),
        ("/persons/ada-kell/", Leads.ENTITY, "entities/ada-kell.md"),
        ("/people/ada-kell/", Leads.ENTITY, "entities/ada-kell.md"),
        ("/dates/2024/", Leads.MADE, "dates/2024"),
        ("#part", Leads.HERE, "briefs/2024/a.md"),
        ("map.svg", Leads.UNPUBLISHED, "briefs/2024/map.svg"),
        ("saved.html", Leads.UNPUBLISHED, "briefs/2024/saved.html"),
        ("x.html.parquet", Leads.UNPUBLISHED, "briefs/2024/x.html.parquet"),
        ("../../decisions.yml", Leads.UNPUBLISHED, "decisions.yml"),
        ("../../entities/ada.pdf", Leads.UNPUBLISHED, "entities/ada.pdf"),
        ("../../../secrets/key.pdf", Leads.OUTSIDE, "../secrets/key.pdf"),
        ("..%2F..%2F..%2Fkey.pdf", Leads.OUTSIDE, "../key.pdf"),
        ("link.pdf", Leads.SYMLINK, "briefs/2024/link.pdf"),
        ("elsewhere/key.pdf", Leads.SYMLINK, "briefs/2024/elsewhere/key.pdf"),
        ("Annex.PDF", Leads.NOWHERE, "briefs/2024/Annex.PDF"),
        ("annex", Leads.NOWHERE, "briefs/2024/annex"),
        ("b", Leads.NOWHERE, "briefs/2024/b"),
        ("/persons/nobody/", Leads.NOWHERE, "persons/nobody"),
        ("?x=1", Leads.NOWHERE, "?x=1"),
    ],
)
def test_an_address_leads_to_one_thing(written: str, leads: Leads, path: str) -> None:
    """A relative address names a page, a file, an entity or a part, or it is said why it does not."""
    found = SITE.find(written, "briefs/2024/a.md")
    assert found is not None
    assert (found.leads, found.path) == (leads, path)


@pytest.mark.parametrize(
    "written",
    ["", " ", "https://annex.example/a.pdf", "//annex.example/a", "\\\\host\\a", "mailto:a@b.example", "tel:+1"],
)
def test_addresses_elsewhere_are_not_looked_for(written: str) -> None:
    """What has a scheme or a host names nothing of this site."""
    assert SITE.find(written, "briefs/2024/a.md") is None


def test_query_and_fragment_stay_as_written() -> None:
    """The page of a PDF and the query of an address are handed on."""
    found = SITE.find("annex.pdf?v=2#page=3", "briefs/2024/a.md")
    assert found is not None
    assert (found.query, found.fragment, found.has_slash) == ("?v=2", "page=3", False)


def test_without_folders_for_pages_addresses_are_relative_to_the_file() -> None:
    """Where a page is `a.html`, `../b.html` is looked for from its folder, not from the page."""
    site = SitePaths(SITE.archive, directory_urls=False)
    for written, leads in (("b.html", Leads.PAGE), ("../b.html", Leads.NOWHERE), ("../2024/b.html", Leads.PAGE)):
        found = site.find(written, "briefs/2024/a.md")
        assert found is not None
        assert found.leads is leads, written


@pytest.mark.parametrize(
    "name",
    [
        "a.html",
        "a.HTM",
        "a.svg",
        "a.svgz",
        "a.xhtml",
        "a.xml",
        "a.js",
        "a.php",
        "a.php.pdf",
        "a.svg.csv",
        "a.swf",
        "a",
        ".pdf",
        "a.exe",
        "a.mhtml",
    ],
)
def test_what_could_run_in_a_browser_is_no_attachment(name: str) -> None:
    """HTML, SVG, scripts and what a server may take for them are not published, whatever the case of their suffix."""
    assert not is_published_type(f"briefs/{name}") or name == ".pdf"


@pytest.mark.parametrize(
    "written", ["b.md", "b.md#part", "../b/", "../b/#p-2", "b.html", "/briefs/2024/b/", "b.md?x=1", "b.md/"]
)
def test_a_brief_is_cited_however_its_address_is_written(written: str) -> None:
    """A link by path or by the address of a page makes one brief cite the other."""
    entries = [
        read_entry(read_document(f"briefs/2024/{name}.md", f"---\ntitle: {name}\n---\n{body}".encode()), Names(()))
        for name, body in (("a", f"[x]({written}) [y](#part) [z](https://c.example/)"), ("b", "Text."))
    ]
    archive = Archive.of(entries, [])
    assert [entry.brief.path for entry in archive.cites["briefs/2024/a.md"]] == ["briefs/2024/b.md"]
    assert "briefs/2024/a.md" not in archive.cited_by
