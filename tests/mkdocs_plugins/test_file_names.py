"""Briefs whose names hold signs that addresses give a meaning to, and files whose suffix is unusual."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from tests.sites import PLUGINS, make_site, run_mkdocs

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


UNREAD = {
    "briefs/2024/UPPER.MD": "briefs/2024/UPPER.md",
    "briefs/2024/звіт.Markdown": "briefs/2024/звіт.md",
    "briefs/2024/b.mdown": "briefs/2024/b.md",
    "briefs/2024/c.mkd": "briefs/2024/c.md",
    "entities/ADA-KELL.MD": "entities/ADA-KELL.md",
    "entities/bo.markdown": "entities/bo.md",
    "decisions.yaml": "decisions.yml",
    "Exceptions.YML": "exceptions.yml",
}


@pytest.mark.parametrize("plugins", [PLUGINS, ("regesta/briefs",)])
def test_a_file_that_is_not_read_because_of_its_name_is_named(tmp_path: Path, plugins: tuple[str, ...]) -> None:
    """Check and build name each such file and the name it should have; the others are built."""
    folder = make_site(tmp_path / "a", source=None)
    listed = "".join(f"  - {name}\n" for name in PLUGINS)
    config = folder / "mkdocs.yml"
    wanted = "".join(f"  - {name}\n" for name in plugins)
    text = config.read_text(encoding="utf-8").replace(listed, wanted).partition("\nnav:")[0]
    config.write_text(text, encoding="utf-8")
    for path in UNREAD:
        file = folder / "briefs_src" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("---\ntitle: A\ndate: 2024-01-01\n---\nText.\n", encoding="utf-8")
    (folder / "briefs_src/briefs/2024/good.md").write_text(
        "---\ntitle: Good\ndate: 2024-01-01\n---\nText.\n", encoding="utf-8"
    )
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    command = [sys.executable, "-m", "regesta", "check"]
    checked = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    for path, meant in UNREAD.items():
        for said in (done.stderr, checked.stdout):
            assert any("B323" in line and path in line and meant in line for line in said.splitlines()), (path, said)
    assert (folder / "site/briefs/2024/good/index.html").is_file()
    alone = [*command, "briefs_src/briefs/2024/UPPER.MD"]
    said = subprocess.run(alone, cwd=folder, capture_output=True, text=True, check=False, timeout=120).stdout
    assert "B323" in said


def test_pages_that_the_site_does_not_have_are_not_checked_nor_linked(tmp_path: Path) -> None:
    """`exclude_docs` and `draft_docs` hold for check, build and links from briefs; `not_in_nav` is published."""
    patterns = "exclude_docs: |\n  private/\n  *.secret.md\ndraft_docs: later.md\nnot_in_nav: aside.md\n"
    folder = make_site(tmp_path / "a", source=None, extra=patterns)
    docs = ("private/a.md", "b.secret.md", "later.md", "aside.md", "templates/t.md")
    for name in docs:
        (folder / "docs" / name).parent.mkdir(exist_ok=True)
        (folder / "docs" / name).write_text("# P\n\nSee hxxps://bad[.]example/a.\n", encoding="utf-8")
    links = " ".join(f"[{number}](../../{name})" for number, name in enumerate(docs))
    brief = folder / "briefs_src/briefs/2024/a.md"
    brief.parent.mkdir(parents=True)
    brief.write_text(f"---\ntitle: A\ndate: 2024-01-01\n---\n{links}\n", encoding="utf-8")
    done = run_mkdocs(folder)
    page = (folder / "site/briefs/2024/a/index.html").read_text(encoding="utf-8")
    assert re.findall(r'href="([^"]*)">\d</a>', page) == ["../../../aside/"]
    command = [sys.executable, "-m", "regesta", "check", "--select", "B312,U101"]
    checked = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    found = [
        line.split(" ")[0].partition(":")[0]
        for line in checked.stdout.splitlines()
        if " B312 " in line or " U101 " in line
    ]
    assert found == ["briefs_src/briefs/2024/a.md"] * 4 + ["docs/aside.md"]
    assert done.stderr.count(" B312 ") == 4
    assert done.stderr.count(" U101 ") == 1
