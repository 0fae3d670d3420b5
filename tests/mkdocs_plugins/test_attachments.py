"""Files beside briefs: what is published, what is linked, and what is not."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path

BRIEFS = "briefs_src/briefs/2024"


def site(tmp_path: Path, files: dict[str, str | bytes], *, directory_urls: bool = True) -> Path:
    """Lay out an archive of one other brief and these files, by path from the folder of briefs or from the top."""
    folder = make_site(tmp_path / "a", source=None, directory_urls=directory_urls)
    all_files = {"other.md": "---\ntitle: Other\ndate: 2024-03-14\n---\n\n## Part\n\nText.\n", **files}
    for name, content in all_files.items():
        file = folder / (name if name.startswith(("docs/", "briefs_src/")) else f"{BRIEFS}/{name}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def brief(body: str, more: str = "") -> str:
    """Write a brief."""
    return f"---\ntitle: A\ndate: 2024-03-15\n{more}---\n{body}\n"


def built(folder: Path) -> BeautifulSoup:
    """Build the site and read the page of the brief `a`."""
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    page = folder / "site/briefs/2024/a/index.html"
    return BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")


def published(folder: Path) -> set[str]:
    """Name the files of the archive's own that the site has, from its folder of briefs."""
    top = folder / "site/briefs/2024"
    made = {".html", ".json", ".bib", ".ris", ".xml"}
    return {file.relative_to(top).as_posix() for file in top.rglob("*") if file.is_file() and file.suffix not in made}


ATTACHED = {
    "annex.pdf": b"%PDF-1.7 annex",
    "data/table.xlsx": b"table",
    "Річний звіт.pdf": b"%PDF-1.7 report",
    "50% #3.csv": "a,b\n",
    "lamp.png": b"png",
    "unused.pdf": b"unused",
}
BODY = """
[a](annex.pdf#page=3) [b](./data/table.xlsx) [c](<Річний звіт.pdf>) [d](50%25%20%233.csv) ![e](lamp.png)
[f](/briefs/2024/other/) [g](../other/#part) [h](other.html) [i](other.md?x=1) [j][r] <a href="annex.pdf">k</a>[^1]

<p><a href="annex.pdf">l</a></p>

| [m](annex.pdf) |
|---|
| ![](lamp.png) |

## [n](annex.pdf)

- [![o](lamp.png)](annex.pdf) [gone](gone.pdf)

[r]: annex.pdf
[^1]: [p](annex.pdf), p. 4.
"""
ANNEX = "../../../briefs/2024/annex.pdf"
OTHER = "../../../briefs/2024/other/"
ADDRESSES = {
    "a": f"{ANNEX}#page=3",
    "b": "../../../briefs/2024/data/table.xlsx",
    "c": "../../../briefs/2024/%D0%A0%D1%96%D1%87%D0%BD%D0%B8%D0%B9%20%D0%B7%D0%B2%D1%96%D1%82.pdf",
    "d": "../../../briefs/2024/50%25%20%233.csv",
    "f": OTHER,
    "h": OTHER,
    "i": f"{OTHER}?x=1",
    **dict.fromkeys("jklmnp", ANNEX),
}


@pytest.mark.parametrize("more", ["", "markdown: mkdocs\n"])
def test_files_beside_a_brief_are_published_and_linked(tmp_path: Path, more: str) -> None:
    """Attachments are linked from everywhere in a text, by either engine; unused ones stay away."""
    folder = site(tmp_path, {**ATTACHED, "a.md": brief(BODY, more)})
    if more:
        config = folder / "mkdocs.yml"
        config.write_text(f"{config.read_text(encoding='utf-8')}markdown_extensions: [footnotes, tables]\n", "utf-8")
    page = built(folder)
    links = {a.text: a.get("href") for a in page.select(".rg-main a") if len(a.text) == 1}
    assert {name: links.get(name) for name in ADDRESSES} == ADDRESSES
    assert str(links["g"]).startswith(f"{OTHER}#h-part")
    assert published(folder) == set(ATTACHED) - {"unused.pdf"}
    assert (folder / "site/briefs/2024/annex.pdf").read_bytes() == ATTACHED["annex.pdf"]
    assert {img["src"] for img in page.select(".rg-body img")} == {"../../../briefs/2024/lamp.png"}
    assert "gone" in page.text
    assert not [a for a in page.select("a") if a.text == "gone" and a.get("href")]


HOSTILE = {
    "page.html": "<script>alert(1)</script>",
    "map.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "feed.xml": "<x/>",
    "run.js": "alert(1)",
    "page.html.csv": "<script>alert(1)</script>",
    "page.XHTML": "<script/>",
}


def test_what_a_browser_would_run_is_not_published(tmp_path: Path) -> None:
    """HTML, SVG and scripts beside a brief stay out of the site, the build says so, and their words stay."""
    body = " ".join(f"[{name}]({name}) ![{name}]({name})" for name in HOSTILE)
    folder = site(tmp_path, {**HOSTILE, "a.md": brief(body), "briefs_src/key.pdf": b"key"})
    done = run_mkdocs(folder)
    for name in HOSTILE:
        assert f"B320 'briefs/2024/{name}' is not published" in done.stderr
        assert not (folder / "site/briefs/2024" / name).exists()
    page = BeautifulSoup((folder / "site/briefs/2024/a/index.html").read_text("utf-8"), "lxml")
    assert not page.select(".rg-body p > a:not(.headerlink), .rg-body img")
    assert all(name in page.text for name in HOSTILE)


def test_symbolic_links_and_ways_out_are_refused(tmp_path: Path) -> None:
    """A link to a symbolic link, through one, or out of the archive is words, and check and build say why alike."""
    body = "[a](link.pdf) [b](way/secret.pdf) [c](../../../secret.pdf) [d](..%2f..%2f..%2fsecret.pdf) ![e](link.png)"
    folder = site(tmp_path, {"a.md": brief(body)})
    (folder / "secret.pdf").write_bytes(b"secret")
    (folder / BRIEFS / "link.pdf").symlink_to(folder / "secret.pdf")
    (folder / BRIEFS / "link.png").symlink_to(folder / "secret.pdf")
    (folder / BRIEFS / "way").symlink_to(folder)
    page = built(folder)
    assert [a["href"] for a in page.select(".rg-body a[href]") if not str(a["href"]).startswith("#")] == []
    assert published(folder) == set()
    assert len([line for line in _said(folder) if "symbolic link" in line]) == 3
    assert len([line for line in _said(folder) if "leads out" in line]) == 2


def _said(folder: Path) -> list[str]:
    """Give what check finds, after seeing that the build finds the same of its errors."""
    command = [sys.executable, "-m", "regesta", "check", "--output-format", "json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    findings = [f for f in json.loads(done.stdout)["findings"] if f["rule"].startswith("B3")]
    log = run_mkdocs(folder, "build", "--verbose").stderr
    assert all(f"{f['rule']} {f['message']}" in log for f in findings), log
    return [f["message"] for f in findings]


def test_files_of_drafts_and_withdrawn_briefs_are_in_no_output(tmp_path: Path) -> None:
    """An image or attachment that only withdrawn briefs and drafts use is nowhere; a shared one stays."""
    names = ("secret.png", "secret.pdf", "draft.png", "draft.pdf", "shared.png")
    withdrawn = "status: withdrawn\nwithdrawn: {date: 2024-04-01, reason: A mistake.}\n"
    folder = site(
        tmp_path,
        {
            **dict.fromkeys(names, b"content"),
            "a.md": brief("![x](shared.png) [draft](d.md) [w](w.md)"),
            "w.md": brief("![x](secret.png) [y](secret.pdf) ![z](shared.png)", withdrawn),
            "d.md": brief("![x](draft.png) [y](draft.pdf)", "status: draft\n"),
        },
    )
    page = built(folder)
    assert published(folder) == {"shared.png"}
    assert not [a for a in page.select("a[href]") if a.text == "draft"]
    assert [a["href"] for a in page.select("a[href]") if a.text == "w"] == ["../../../briefs/2024/w/"]


def test_a_file_goes_with_the_brief_that_used_it(tmp_path: Path) -> None:
    """After a build that had them, a withdrawn brief's image and attachment are gone, through every cache."""
    files = {"secret.png": b"secret", "secret.pdf": b"secret", "a.md": brief("![x](secret.png) [y](secret.pdf)")}
    folder = site(tmp_path, files)
    built(folder)
    assert published(folder) == {"secret.png", "secret.pdf"}
    text = brief("![x](secret.png) [y](secret.pdf)", "status: withdrawn\nwithdrawn: {date: 2024-04-01, reason: R.}\n")
    (folder / BRIEFS / "a.md").write_text(text, "utf-8")
    built(folder)
    assert published(folder) == set()
    (folder / BRIEFS / "a.md").write_text(files["a.md"], "utf-8")
    built(folder)
    assert published(folder) == {"secret.png", "secret.pdf"}


def test_a_hand_written_page_may_show_a_file_of_the_archive(tmp_path: Path) -> None:
    """What a page under docs/ shows is published though no brief does; a brief may show an image of docs/."""
    folder = site(
        tmp_path,
        {
            "lamp.png": b"lamp",
            "unused.png": b"unused",
            "docs/about.md": "![lamp](briefs/2024/lamp.png)\n",
            "docs/img/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "a.md": brief("![logo](/img/logo.svg) [about](../../about.md)"),
        },
    )
    page = built(folder)
    assert published(folder) == {"lamp.png"}
    assert [img["src"] for img in page.select(".rg-body img")] == ["../../../img/logo.svg"]


def test_a_page_that_only_the_build_knows_is_looked_for_at_its_end(tmp_path: Path) -> None:
    """A link to a day or subject that has no page is named by the build."""
    folder = site(tmp_path, {"a.md": brief("[a](/dates/2024/) [b](/subjects/no-such/)")})
    done = run_mkdocs(folder)
    assert "B312 There is no page 'subjects/no-such/' on the site." in done.stderr
    assert "dates/2024/" not in done.stderr


def test_without_folders_for_pages_links_lead_to_files(tmp_path: Path) -> None:
    """With `use_directory_urls: false` each link has the suffix of the page it leads to."""
    folder = site(
        tmp_path,
        {"annex.pdf": b"x", "a.md": brief("[a](annex.pdf) [b](other.html) [c](/briefs/2024/other.html)")},
        directory_urls=False,
    )
    assert run_mkdocs(folder).returncode == 0
    page = BeautifulSoup((folder / "site/briefs/2024/a.html").read_text("utf-8"), "lxml")
    links = [a["href"] for a in page.select(".rg-body a[href]") if len(a.text) == 1 and a.text != "¶"]
    assert links == ["../../briefs/2024/annex.pdf", "../../briefs/2024/other.html", "../../briefs/2024/other.html"]
