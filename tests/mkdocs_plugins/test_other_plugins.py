"""Plugins of others that are often used with MkDocs, beside ours."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from tests.mkdocs_plugins.test_site import files

from regesta.cli.new import write_archive

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAV_OF_OURS = "nav:\n  - Home: index.md\n  - Briefs: briefs/index.md\n"

PLUGINS = {
    "autorefs": "autorefs",
    "awesome-nav": "awesome-nav",
    "awesome-pages": "awesome-pages",
    "blog": "blog",
    "exclude": "exclude: {glob: ['unfinished/*']}",
    "ezlinks": "ezlinks",
    "gen-files": "gen-files: {scripts: [make_page.py]}",
    "git-authors": "git-authors",
    "git-revision-date-localized": "git-revision-date-localized: {enable_creation_date: true, type: iso_date}",
    "glightbox": "glightbox",
    "htmlproofer": "htmlproofer: {validate_external_urls: false}",
    "i18n by suffix": "i18n: {docs_structure: suffix, languages: [{locale: en, default: true, name: English},"
    " {locale: pl, name: Polski}]}",
    "include-markdown": "include-markdown",
    "literate-nav": "literate-nav: {nav_file: SUMMARY.md}",
    "macros": "macros: {on_undefined: strict, on_error_fail: true}",
    "meta": "meta",
    "minify": "minify: {minify_html: true, htmlmin_opts: {remove_comments: true}}",
    "mkdocstrings": "mkdocstrings: {default_handler: none}",
    "offline": "offline",
    "panzoom": "panzoom",
    "print-site": "print-site",
    "redirects": "redirects: {redirect_maps: {old.md: index.md}}",
    "roamlinks": "roamlinks",
    "rss": "rss: {match_path: 'briefs/.*/.*', date_from_meta: {as_creation: date}}",
    "rss of all pages": "rss",
    "section-index": "section-index",
    "tags": "tags",
}
"""What stands below `plugins:`, by a name for the test."""

USUAL = (
    "awesome-pages",
    "section-index",
    "git-revision-date-localized",
    "macros",
    "glightbox",
    "tags",
    "redirects",
    "rss",
    "minify",
)


IN_FRONT = ("gen-files", "htmlproofer", "i18n by suffix", "macros", "rss", "section-index")
"""Those that change or read what others add, tried in front of ours too."""


@pytest.fixture(scope="module")
def where() -> str:
    """Give the folder with the plugins of others."""
    folder = os.environ.get("REGESTA_OTHER_PLUGINS")
    if not folder:
        pytest.skip("plugins of others are packages that scripts/test fetches where they can be had")
    return folder


SHORTCODES = """\
---
title: Words that plugins read as orders
date: 2024-03-15
---

Write {{ undefined_macro() }}, {% include "secrets" %}, [[Osk]], {{ read_csv("x.csv") }}, ::: osk.x and --8<-- "x.md".
"""


def commit(folder: Path) -> None:
    """Put all files of a folder into git, for the plugins that ask it for dates and authors."""
    identity = ["-c", "user.name=Ada Holm", "-c", "user.email=ada@register.example"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "Begin"]):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)  # noqa: S607 - the one on the path


def lay_out(folder: Path, names: tuple[str, ...] = (), *, first: bool = False) -> Path:
    """Lay a new archive out with plugins of others behind ours, or in front of them."""
    write_archive(folder)
    (folder / "briefs_src/briefs/2024/2024-03-15-shortcodes.md").write_text(SHORTCODES, encoding="utf-8")
    (folder / "docs" / "blog").mkdir()
    (folder / "docs" / "blog" / "index.md").write_text("# Blog\n", encoding="utf-8")
    script = "import mkdocs_gen_files\nwith mkdocs_gen_files.open('made.md', 'w') as page:\n    page.write('# Made')\n"
    (folder / "make_page.py").write_text(script, encoding="utf-8")
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8").replace("  - Home", "  - Blog: blog/index.md\n  - Home")
    if "awesome-nav" in names:
        # It makes the navigation, and warns where there is one.
        text = text[: text.index("nav:\n  - Blog")]
    lines = "".join(f"  - {PLUGINS[name]}\n" for name in names)
    last = "  - regesta/search\n"
    text = text.replace("plugins:\n", f"plugins:\n{lines}") if first else text.replace(last, f"{last}{lines}")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    commit(folder)
    return folder


def build(folder: Path, where: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build --strict` with the plugins of others at hand."""
    path = os.pathsep.join([*filter(None, [os.environ.get("PYTHONPATH")]), where])
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def lost_links(site: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Find links of pages to files that are not in the site."""
    lost = set()
    for page, content in site.items():
        if not page.endswith(".html") or page == "404.html":
            continue
        for link in re.findall(r'(?:href|src)="?([^"\s>]+)', content.decode("utf-8")):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), unquote(parts.path))).lstrip("/")
            if not {target, posixpath.join(target, "index.html")} & site.keys():
                lost.add((page, link))
    return lost


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, where: str) -> dict[str, bytes]:
    """Build the archive with no plugins but ours."""
    folder = lay_out(tmp_path_factory.mktemp("alone") / "site")
    done = build(folder, where)
    assert done.returncode == 0, done.stderr
    return files(folder / "site")


@pytest.mark.parametrize(
    ("name", "first"),
    [*((name, False) for name in sorted(PLUGINS)), *((name, True) for name in IN_FRONT)],
)
def test_a_plugin_of_others_builds_beside_ours(
    tmp_path: Path, where: str, alone: Mapping[str, bytes], name: str, *, first: bool
) -> None:
    """A strict build passes, every file of the archive is there, and no link leads to a file that is not."""
    beside = lay_out(tmp_path / "beside", (name,), first=first)
    done = build(beside, where)
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if line.startswith(("WARNING", "ERROR"))] == []
    site = files(beside / "site")
    page = "briefs/2024/2024-03-15-shortcodes/index.html"
    if name == "offline":
        # It turns use_directory_urls off.
        page = page.replace("/index", "")
    else:
        assert alone.keys() - site.keys() == set()
    assert lost_links(site) == set()
    words = unescape(re.sub(r"<[^>]*>", "", site[page].decode("utf-8")))
    assert SHORTCODES.rpartition("Write ")[2].partition(" and ")[0] in " ".join(words.split())


def test_the_usual_set_builds_beside_ours(tmp_path: Path, where: str) -> None:
    """Nine plugins at once pass a strict build, and a second build leaves the same pages."""
    folder = lay_out(tmp_path / "site", USUAL)
    done = build(folder, where)
    assert done.returncode == 0, done.stderr
    once = files(folder / "site")
    assert lost_links(once) == set()
    assert build(folder, where).returncode == 0
    again = files(folder / "site")
    changing = {"sitemap.xml.gz", "feed_rss_created.xml", "feed_rss_updated.xml", "feed_json_created.json"}
    assert [
        name
        for name in sorted(once.keys() | again.keys())
        if name not in changing and once.get(name) != again.get(name)
    ] == []


def test_translated_pages_lead_to_the_one_archive(tmp_path: Path, where: str, alone: Mapping[str, bytes]) -> None:
    """With mkdocs-static-i18n hand-written pages have their languages; the archive stands once, in the site's own."""
    folder = lay_out(tmp_path / "site", ("i18n by suffix",))
    (folder / "docs" / "index.pl.md").write_text("# Rejestr\n\n[Notatki](briefs/index.md)\n", encoding="utf-8")
    done = build(folder, where)
    assert done.returncode == 0, done.stderr
    site = files(folder / "site")
    assert {name for name in site if name.startswith("pl/")} == {f"pl/{at}index.html" for at in ("", "about/", "blog/")}
    assert 'href="../briefs/"' in site["pl/index.html"].decode("utf-8")
    data = [name for name in alone if name.startswith(("data/", "feeds/", "search/")) and not name.endswith(".html")]
    assert [name for name in data if alone[name] != site[name]] == []
    addresses = re.findall(r"<loc>(.*?)</loc>", alone["sitemap.xml"].decode("utf-8"))
    assert set(addresses) <= set(re.findall(r"<loc>(.*?)</loc>", site["sitemap.xml"].decode("utf-8")))


def test_a_feed_of_others_has_the_dates_of_briefs(tmp_path: Path, where: str) -> None:
    """mkdocs-rss-plugin finds the date of a brief in its metadata."""
    folder = lay_out(tmp_path / "site", ("rss",))
    assert build(folder, where).returncode == 0
    feed = (folder / "site" / "feed_json_created.json").read_text(encoding="utf-8")
    assert re.findall(r'"date_published": "(.{10})', feed) == ["2024-03-15", "2024-03-14"]
