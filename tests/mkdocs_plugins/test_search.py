"""The search in built sites."""

from __future__ import annotations

import base64
import gzip
import json
import os
import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from tests.sites import make_site, make_site_of, run_mkdocs

from regesta.pages.search.facets import FACETS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def contents(site: Path) -> dict[str, bytes]:
    """Give all files of a site, those that are packed unpacked."""
    found = {}
    for path in (path for path in site.rglob("*") if path.is_file()):
        content = path.read_bytes()
        found[path.relative_to(site).as_posix()] = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    return found


def configured(folder: Path, options: str) -> Path:
    """Give `regesta/search` options."""
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("- regesta/search\n", f"- regesta/search: {options}\n")
    config.write_text(text, encoding="utf-8")
    return folder


def test_every_brief_is_in_an_index_of_its_language(archive_site: Path) -> None:
    """Each language has an index; together they have every brief that is shown, and each is known by name."""
    facets = json.loads((archive_site / "search/facets.json").read_text(encoding="utf-8"))
    assert [bundle["language"] for bundle in facets["bundles"]] == ["en", "uk", "ru"]
    fragments = list((archive_site / "search").rglob("*.pf_fragment"))
    assert len(fragments) == facets["briefs"] == sum(bundle["briefs"] for bundle in facets["bundles"])
    digits = base64.b64decode(facets["ids"]["packed"]).hex()
    assert {path.stem.rpartition("_")[2] for path in fragments} == {digits[n * 7 : n * 7 + 7] for n in range(44)}
    assert facets["ids"]["odd"] == {}


def test_pages_have_the_box_and_the_theme_loads_no_index_of_its_own(archive_site: Path) -> None:
    """The box is on every page, and none has the mark by which the theme's script would fetch its own index."""
    for name in ("index.html", "briefs/2021/2021-03-10-no-boats/index.html", "search/index.html"):
        html = (archive_site / name).read_text(encoding="utf-8")
        assert html.count("data-regesta-search=") == 1, name
        assert 'data-md-component="search' not in html, name


def test_the_search_page_asks_for_all_it_needs_at_once(archive_site: Path) -> None:
    """Its head names each module that its script imports, directly or not, and no other, and the file read first."""
    html = BeautifulSoup((archive_site / "search/index.html").read_text(encoding="utf-8"), "lxml")
    folder = archive_site / "assets/regesta/search"
    needed, left = set(), ["page.js"]
    while left:
        name = left.pop()
        if name not in needed:
            needed.add(name)
            left += re.findall(r'^import .* from "\./([a-z]+\.js)"', (folder / name).read_text("utf-8"), re.MULTILINE)
    asked = [str(link["href"]) for link in html.select("link[rel=modulepreload]")]
    assert sorted(asked) == sorted(f"../assets/regesta/search/{name}" for name in needed)
    (data,) = html.select("link[rel=preload][as=fetch]")
    assert (archive_site / "search" / str(data["href"])).is_file()


def test_a_withdrawn_text_is_in_no_index(tmp_path: Path) -> None:
    """After a warm build the sentence of a withdrawn brief is in no file, packed or not."""
    folder = make_site(tmp_path / "a")
    path = folder / "briefs_src/briefs/2022/2022-04-02-gauge-readings-withdrawn.md"
    withdrawn = path.read_text(encoding="utf-8")
    sentence = b"The heron ledger must never be printed."
    path.write_text(withdrawn.replace("status: withdrawn", "status: published"), encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    found = [name for name, content in contents(folder / "site").items() if sentence in content]
    assert any(name.startswith("search/en/fragment/") for name in found)
    path.write_text(withdrawn, encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    assert [name for name, content in contents(folder / "site").items() if sentence in content] == []


def test_a_draft_is_in_no_index(archive_site: Path) -> None:
    """A draft is searched by nobody but its writer."""
    assert not [name for name, content in contents(archive_site).items() if b"outlook-for-autumn" in content]


def test_a_warm_build_writes_only_what_changed(build: Callable[..., Path]) -> None:
    """After one brief has changed, the records of the others are not written again, and the old one is gone."""
    folder = build()
    fragments = folder / "site/search/en/fragment"
    before = {path.name: path.stat().st_mtime_ns for path in fragments.iterdir()}
    brief = folder / "briefs_src/briefs/2021/2021-03-10-no-boats.md"
    brief.write_text(brief.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    after = {path.name: path.stat().st_mtime_ns for path in fragments.iterdir()}
    assert len(after) == len(before)
    assert len(after.items() - before.items()) == 1


def test_a_large_archive_has_several_indexes(tmp_path: Path) -> None:
    """Past the size that is set, a language has another index, which shares the program of the first."""
    folder = make_site(tmp_path / "a", source=None)
    for number in range(120):
        path = folder / f"briefs_src/briefs/2020/{number:03}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: Brief {number}\ndate: 2020-01-01\n---\nText {number}.\n", encoding="utf-8")
    assert run_mkdocs(configured(folder, "{shard: 100}")).returncode == 0
    search = folder / "site/search"
    facets = json.loads((search / "facets.json").read_text(encoding="utf-8"))
    assert facets["bundles"] == [{"language": "en", "folder": "en/", "shards": ["en/2/"], "briefs": 120, "stems": True}]
    assert len(list((search / "en/2/fragment").iterdir())) == 20
    assert not list((search / "en/2").glob("*.js")) + list((search / "en/2").glob("wasm*"))
    assert facets["ids"]["prefixes"] == ["en", "en-x2"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("{results: 0}", "'results': Expected a whole number from 1 on, not 0"),
        ("{shard: 3}", "'shard': Expected a whole number from 100 on, not 3"),
        ("{facets: [persons]}", "'persons'"),
        ("{result: 3}", "'result'"),
    ],
)
def test_a_wrong_option_is_refused_by_name(tmp_path: Path, options: str, said: str) -> None:
    """An option that means nothing is named, with what is wrong."""
    folder = configured(make_site_of(tmp_path / "a", "---\ntitle: T\n---\nx\n"), options)
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_site_can_do_without(tmp_path: Path) -> None:
    """Turned off, there is neither page nor box nor index."""
    folder = configured(make_site_of(tmp_path / "a", "---\ntitle: T\n---\nx\n"), "{enabled: false}")
    assert run_mkdocs(folder).returncode == 0
    assert not (folder / "site/search").exists()
    assert "md-search__input" not in (folder / "site/index.html").read_text(encoding="utf-8")


def test_without_pagefind_the_site_is_built_and_the_log_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the package is missing, the site has no search, and one line says how to install it."""
    folder = make_site_of(tmp_path / "a", "---\ntitle: T\n---\nx\n")
    (tmp_path / "hidden/pagefind_bin").mkdir(parents=True)
    (tmp_path / "hidden/pagefind_bin/__init__.py").write_text("raise ImportError\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "hidden"), os.environ.get("PYTHONPATH", "")]))
    done = run_mkdocs(folder)
    assert done.returncode == 0
    assert "pip install pagefind-bin" in done.stderr
    assert not (folder / "site/search").exists()


def test_an_empty_archive_has_an_empty_search(tmp_path: Path) -> None:
    """Without a brief the site builds, and so does its search page."""
    folder = make_site(tmp_path / "a", source=None)
    (folder / "briefs_src").mkdir()
    assert run_mkdocs(folder).returncode == 0
    facets = json.loads((folder / "site/search/facets.json").read_text(encoding="utf-8"))
    assert facets["bundles"] == []
    assert facets["facets"] == list(FACETS)


def test_addresses_without_folders_are_those_of_results(tmp_path: Path) -> None:
    """With `use_directory_urls: false` results lead to the files that there are."""
    folder = make_site(tmp_path / "a", directory_urls=False)
    assert run_mkdocs(folder).returncode == 0
    assert (folder / "site/search/index.html").is_file()
    for path in (folder / "site/search/en/fragment").iterdir():
        record = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        assert (folder / "site" / json.loads(record["url"])[0]).is_file()
