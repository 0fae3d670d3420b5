"""Feeds and data as a build writes them."""

from __future__ import annotations

import json
import os
import sqlite3
from typing import TYPE_CHECKING
from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from bs4 import BeautifulSoup
from tests.pages.test_feeds import require_valid
from tests.sites import make_site, make_site_of, run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ADDRESS = "https://register.example/"


def files(folder: Path) -> dict[str, bytes]:
    """Read all files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_feed_of_a_site_is_valid(archive_site: Path) -> None:
    """All feeds of the invented archive are valid, and every address in them is a page or file of the site."""
    feeds = {path: content for path, content in files(archive_site).items() if path.startswith("feeds/")}
    assert len(feeds) > 40
    require_valid(feeds)
    for path, content in feeds.items():
        if path.endswith(".xml"):
            parsed = feedparser.parse(content)
            for link in [*(link.href for link in parsed.feed.links), *(entry.link for entry in parsed.entries)]:
                target = archive_site / link.removeprefix(ADDRESS)
                assert target.is_file() or (target / "index.html").is_file(), link


def test_pages_lead_to_their_data(archive_site: Path) -> None:
    """What the head and the body of pages name as feed or data is there, on every page that names any."""
    seen = 0
    for page in (
        "index",
        "briefs/index",
        "people/ada-kell/index",
        "briefs/2021/2021-03-10-no-boats/index",
        "data/index",
    ):
        file = archive_site / f"{page}.html"
        html = BeautifulSoup(file.read_text("utf-8"), "lxml")
        here = "link[rel=alternate], .rg-take li:not(.rg-original) a, .rg-downloads a, .rg-feeds a"
        links = [str(link["href"]) for link in html.select(here) if not str(link["href"]).startswith("#")]
        assert links, page
        for link in links:
            there = file.parent / link
            assert (there / "index.html" if link.endswith("/") else there).is_file(), (page, link)
        seen += len(links)
    assert seen > 20


def test_records_are_beside_their_pages(archive_site: Path) -> None:
    """Each record's address is that of the page it lies beside."""
    for path in (archive_site / "briefs").rglob("index.json"):
        record = json.loads(path.read_text("utf-8"))
        assert record["address"] == f"{ADDRESS}{path.parent.relative_to(archive_site).as_posix()}/"
        assert path.with_name("index.html").is_file()
    record = json.loads((archive_site / "people/ada-kell/index.json").read_text("utf-8"))
    table = (archive_site / "people/ada-kell/mentions.csv").read_text("utf-8-sig")
    assert table.count("\n") == record["mentions"] + 1


def test_pages_without_folders_have_data_too(tmp_path: Path) -> None:
    """With `use_directory_urls: false` the records and links still meet."""
    folder = make_site(tmp_path / "a", directory_urls=False)
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    page = folder / "site/people/ada-kell.html"
    for link in BeautifulSoup(page.read_text("utf-8"), "lxml").select(".rg-take a"):
        assert (page.parent / str(link["href"])).is_file()
    assert json.loads((folder / "site/people/ada-kell.json").read_text("utf-8"))["address"].endswith("ada-kell.html")


def test_what_has_not_changed_is_not_written(tmp_path: Path) -> None:
    """A second build leaves every file of feeds and data alone; one changed brief renews only what tells of it."""
    folder = make_site(tmp_path / "a")
    assert run_mkdocs(folder).returncode == 0
    places = [path for name in ("data", "feeds", "people") for path in (folder / "site" / name).rglob("*.*")]
    for path in places:
        os.utime(path, (1, 1))
    first = files(folder / "site")
    assert run_mkdocs(folder).returncode == 0
    assert files(folder / "site") == first
    assert {path for path in places if path.stat().st_mtime != 1} == set()
    brief = folder / "briefs_src/briefs/2021/2021-03-10-no-boats.md"
    brief.write_text(brief.read_text("utf-8").replace("\ntitle: ", "\ntitle: Anew ", 1), "utf-8")
    assert run_mkdocs(folder).returncode == 0
    changed = {path.relative_to(folder / "site").as_posix() for path in places if path.stat().st_mtime != 1}
    assert {"data/briefs.csv", "data/archive.json", "data/archive.sqlite", "people/ada-kell/mentions.csv"} <= changed
    assert not changed & {"data/links.csv", "data/entities.csv", "data/datapackage.json"}
    database = sqlite3.connect(folder / "site/data/archive.sqlite")
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    fresh = make_site(tmp_path / "b", source=folder)
    assert run_mkdocs(fresh).returncode == 0
    assert files(fresh / "site") == files(folder / "site")


def test_a_withdrawn_brief_leaves_everything(tmp_path: Path) -> None:
    """After a warm build no file of the site holds a sentence of a brief that was withdrawn since, packed ones too."""
    folder = make_site(tmp_path / "a")
    assert run_mkdocs(folder).returncode == 0
    path = folder / "briefs_src/briefs/2021/2021-03-10-no-boats.md"
    words = b"nineteen days and hay"
    holding = [name for name, content in files(folder / "site").items() if words in content]
    assert {"data/mentions.csv", "data/archive.json", "data/archive.sqlite", "people/ada-kell/mentions.csv"} <= set(
        holding
    )
    path.write_text(
        path.read_text("utf-8").replace("---\n", "---\nstatus: withdrawn\nwithdrawn: {date: 2024-01-01}\n", 1), "utf-8"
    )
    assert run_mkdocs(folder).returncode == 0
    found = files(folder / "site")
    assert [name for name, content in found.items() if words in content] == []
    assert "briefs/2021/2021-03-10-no-boats/index.json" not in found
    assert b"Withdrawn: No boats" in found["feeds/briefs.xml"]


def test_a_draft_leaves_no_trace(tmp_path: Path) -> None:
    """A draft is in no feed, no table and no record of a build."""
    folder = make_site(tmp_path / "a")
    path = folder / "briefs_src/briefs/2021/2021-03-10-no-boats.md"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nstatus: draft\n", 1), "utf-8")
    assert run_mkdocs(folder).returncode == 0
    assert [name for name, content in files(folder / "site").items() if b"nineteen days and hay" in content] == []


OPTIONS: list[tuple[str, Callable[[dict[str, bytes]], bool]]] = [
    (
        "feeds: false",
        lambda found: not any(name.startswith("feeds/") for name in found) and "data/archive.json" in found,
    ),
    ("records: false", lambda found: not any(name.endswith("mentions.csv") and "people" in name for name in found)),
    ("archive: [csv]", lambda found: "data/links.csv" in found and "data/archive.sqlite" not in found),
    ("archive: []", lambda found: "data/links.csv" not in found and "feeds/briefs.xml" in found),
    ("feed_size: 2", lambda found: len(feedparser.parse(found["feeds/briefs.xml"]).entries) == 2),
]


@pytest.mark.parametrize(("option", "holds"), OPTIONS, ids=[option for option, _ in OPTIONS])
def test_each_part_can_be_left_out(option: str, holds: Callable[[dict[str, bytes]], bool], tmp_path: Path) -> None:
    """What an option leaves out is gone after the next build, and no page leads there."""
    folder = make_site(tmp_path / "a")
    assert run_mkdocs(folder).returncode == 0
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("regesta/data\n", f"regesta/data: {{{option}}}\n"), "utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    found = files(folder / "site")
    assert holds(found)
    page = folder / "site/people/ada-kell/index.html"
    for link in BeautifulSoup(page.read_text("utf-8"), "lxml").select(".rg-take a, link[rel=alternate]"):
        assert (page.parent / str(link["href"])).is_file()


@pytest.mark.parametrize(
    ("option", "said"),
    [("feed_size: 0", "feed_size"), ("archive: [xlsx]", "xlsx"), ("feedz: true", "feedz"), ("feeds: 3", "feeds")],
)
def test_a_wrong_option_is_refused(option: str, said: str, tmp_path: Path) -> None:
    """What is no option, or no value of one, ends a strict build with its name."""
    folder = make_site_of(tmp_path / "a", "---\ntitle: X\ndate: 2020-01-01\n---\nText.\n")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("regesta/data\n", f"regesta/data: {{{option}}}\n"), "utf-8")
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode
    assert said in done.stderr


def test_without_an_address_a_build_says_that_there_are_no_feeds(tmp_path: Path) -> None:
    """A site without `site_url` has data and no feeds, and the log tells why."""
    folder = make_site(tmp_path / "a")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace(f"site_url: {ADDRESS}\n", ""), "utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    assert "no feeds" in done.stderr
    assert "site_url" in done.stderr
    found = files(folder / "site")
    assert not [name for name in found if name.startswith("feeds/")]
    assert "data/archive.sqlite" in found


def test_crawlers_are_told_of_the_sitemap(tmp_path: Path) -> None:
    """At the root of a host `robots.txt` lets everybody in and names the sitemap; one in docs/ wins."""
    folder = make_site(tmp_path / "a")
    assert run_mkdocs(folder).returncode == 0
    reader = RobotFileParser()
    reader.parse((folder / "site/robots.txt").read_text(encoding="utf-8").splitlines())
    assert reader.site_maps() == [f"{ADDRESS}sitemap.xml"]
    assert reader.can_fetch("*", f"{ADDRESS}briefs/")
    (folder / "docs/robots.txt").write_text("User-agent: *\nDisallow: /\n", encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    assert "Disallow: /" in (folder / "site/robots.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ["", "https://pages.example/register/"])
def test_below_a_folder_nobody_looks_for_robots_txt(tmp_path: Path, address: str) -> None:
    """A site that has no host of its own has no `robots.txt`, and a warm build takes an old one away."""
    folder = make_site(tmp_path / "a")
    assert run_mkdocs(folder).returncode == 0
    config = folder / "mkdocs.yml"
    written = config.read_text(encoding="utf-8").replace(f"site_url: {ADDRESS}", f"site_url: '{address}'")
    config.write_text(written, encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    assert not (folder / "site/robots.txt").exists()
