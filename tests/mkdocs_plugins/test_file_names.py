"""Briefs whose names hold signs that addresses give a meaning to, and files whose suffix is unusual."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path

TOP = "https://register.example/"
NAMES = (
    "Report #3",
    "50% up",
    "a?b",
    'it\'s "q"',
    "a&b+c",
    "Звіт за рік",
    "Größe",
    "年報",
    "x y",
    "#lead",
    "a.md#b",
    "C#",
    "%41",
    "a;b=c@d",
    "semi:colon",
)


def named_site(folder: Path) -> Path:
    """Lay out a brief of each name, with a note on one address, and one brief that links to all."""
    make_site(folder, source=None)
    briefs, entities = folder / "briefs_src/briefs/2024", folder / "briefs_src/entities"
    briefs.mkdir(parents=True)
    entities.mkdir()
    (entities / "ada-kell.md").write_text("---\nname: Ada Kell\ntype: person\n---\n", encoding="utf-8")
    for number, name in enumerate(NAMES, 1):
        front = f'title: "Brief {number}"\ndate: 2024-01-{number:02}\nseries: S\nredirect_from: [old/{number}/]'
        body = "Ada Kell spoke.[^1]\n\n[^1]: https://a.example/\n"
        (briefs / f"{name}.md").write_text(f"---\n{front}\n---\n\n{body}", encoding="utf-8")
    links = "\n".join(f"- [{number}](<{name}.md>)" for number, name in enumerate(NAMES, 1))
    (briefs / "links.md").write_text(f"---\ntitle: L\ndate: 2024-02-01\n---\n{links}\n", encoding="utf-8")
    return folder


def test_each_address_of_a_page_is_its_own(tmp_path: Path) -> None:
    """Links, canonical addresses, sitemap, feeds, references, data and redirects all lead to the pages there are."""
    folder = named_site(tmp_path / "a")
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    lost: set[str] = set()
    for file in site.rglob("*"):
        if file.suffix not in {".html", ".xml", ".json", ".csv", ".bib", ".ris"}:
            continue
        here = urljoin(TOP, quote(file.relative_to(site).as_posix().removesuffix("index.html")))
        text = file.read_text(encoding="utf-8")
        found = set(re.findall(rf'{TOP}[^\s"<>,}}]*', text))
        if file.suffix == ".html":
            found |= {urljoin(here, unescape(link)) for link in re.findall(r'(?:href|src)="([^"#][^"]*)"', text)}
            canonical = re.search(r'rel="canonical" href="([^"]*)"', text)
            assert canonical is None or unescape(canonical[1]) == here or "/old/" in here
        lost |= {
            address for address in map(unescape, found) if address.startswith(TOP) and not _is_there(site, address)
        }
    assert lost == set()
    pages = {file.parent.name for file in (site / "briefs/2024").glob("*/index.html")}
    assert pages == {*NAMES, "links"}


def _is_there(site: Path, address: str) -> bool:
    file = site / unquote(urlsplit(address).path).lstrip("/")
    return file.is_file() or (file / "index.html").is_file()
