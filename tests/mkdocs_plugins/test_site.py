"""The site as MkDocs builds it from an archive."""

from __future__ import annotations

import base64
import filecmp
import hashlib
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from tests.sites import ROOT, make_site, run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Callable

BRIEF = "briefs/2021/2021-03-10-no-boats"


def page(site: Path, path: str) -> BeautifulSoup:
    """Read a page of a site."""
    return BeautifulSoup((site / path / "index.html").read_text(encoding="utf-8"), "lxml")


def files(folder: Path) -> dict[str, bytes]:
    """Read all files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def brief(folder: Path, name: str, front: str, body: str = "Text.\n") -> None:
    """Write a brief."""
    path = folder / "briefs_src" / "briefs" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")


def test_every_inner_link_leads_somewhere(archive_site: Path) -> None:
    """No page of the site links to a page, file or place in a page that is not there."""
    ids = {}
    broken = []
    pages = sorted(archive_site.rglob("*.html"))
    soups = {path: BeautifulSoup(path.read_text(encoding="utf-8"), "lxml") for path in pages}
    for path, soup in soups.items():
        ids[path] = {tag["id"] for tag in soup.find_all(id=True)}
    for path, soup in soups.items():
        if path.name == "404.html":
            continue
        for tag in soup.find_all(["a", "link", "script", "img"]):
            address = str(tag.get("href") or tag.get("src") or "")
            if not address or re.match(r"[a-z]+:", address):
                continue
            target, _, fragment = address.partition("#")
            file = Path(os.path.normpath(path.parent / target)) if target else path
            file = file / "index.html" if file.is_dir() else file
            if not file.is_file() or (fragment and file.suffix == ".html" and fragment not in ids[file]):
                broken.append((path.relative_to(archive_site).as_posix(), address))
    assert broken == []


def test_all_kinds_of_pages_are_there(archive_site: Path) -> None:
    """Home, briefs, entities, years, months, days and series have pages at the addresses that are promised."""
    for path in (
        "",
        "briefs",
        BRIEF,
        "people",
        "people/mirela-ostrenko",
        "organisations",
        "organisations/lissen-commission",
        "places/vostrana",
        "events/grey-ford-accord",
        "dates",
        "dates/2021",
        "dates/2021/03",
        "dates/2021/03/10",
    ):
        assert (archive_site / path / "index.html").is_file(), path


def test_cross_links_go_both_ways(archive_site: Path) -> None:
    """A brief links to whom it names, and the page of each leads back to the paragraph."""
    links = page(archive_site, BRIEF).select("a.rg-entity")
    assert links
    for link in links:
        entity = os.path.normpath(Path(BRIEF) / str(link["href"]))
        back = [str(a["href"]) for a in page(archive_site, entity).select(".rg-mentions a")]
        assert any(f"{BRIEF}/#p-" in address for address in back), entity


def test_both_spellings_lead_to_one_page(root: Path, tmp_path: Path) -> None:
    """Lukashenko and Lukashenka are one person, and his page says who spells it how."""
    folder = make_site(tmp_path / "a", source=root)
    assert run_mkdocs(folder).returncode == 0
    table = page(folder / "site", "people/alexander-lukashenko").select(".rg-spellings tbody th")
    assert {"Lukashenko", "Lukashenka"} <= {cell.text for cell in table}


def test_undated_and_partly_dated_briefs_are_listed(archive_site: Path) -> None:
    """What has no year is listed as undated, and a date is shown with no more than is known."""
    undated = [link.text for link in page(archive_site, "dates").select("section[aria-labelledby=undated] a")]
    assert len(undated) == 3
    assert "about March 2022" in page(archive_site, "briefs/2022/2022-03-rozlyv-na-tolvai").select(".rg-date")[0].text
    assert not (archive_site / "dates/2022/03/01").exists()


def test_a_withdrawn_text_is_nowhere(tmp_path: Path) -> None:
    """A withdrawn brief leaves its address and its reason; after a warm build its sentence is in no file."""
    folder = make_site(tmp_path / "a")
    path = folder / "briefs_src/briefs/2022/2022-04-02-gauge-readings-withdrawn.md"
    withdrawn = path.read_text(encoding="utf-8")
    sentence = b"The heron ledger must never be printed."
    path.write_text(withdrawn.replace("status: withdrawn", "status: published"), encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    assert any(sentence in content for content in files(folder / "site").values())
    path.write_text(withdrawn, encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    for name, content in files(folder).items():
        assert sentence not in content or name.startswith("briefs_src/"), name
    assert "has been withdrawn" in page(folder / "site", "briefs/2022/2022-04-02-gauge-readings-withdrawn").text


def test_the_example_of_this_repository_builds_strictly(tmp_path: Path) -> None:
    """The address that this project began with is kept defanged by a decision, and ends no strict build."""
    for name in ("briefs_src", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    done = run_mkdocs(tmp_path, "build", "--strict")
    assert done.returncode == 0, done.stderr
    html = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "site").rglob("*.html"))
    assert 'href="https://kodeksy-by.com' not in html
    assert "kodeksy-by(.)com" in html


def test_a_draft_is_not_built(archive_site: Path) -> None:
    """A draft has no page, and no list names it."""
    assert not (archive_site / "briefs/2023/2023-06-30-outlook-for-autumn").exists()
    assert not any(b"outlook-for-autumn" in content for content in files(archive_site).values())


def test_two_builds_give_the_same_bytes(archive_site: Path, tmp_path: Path) -> None:
    """Another build, in another folder, on another day, gives the same site."""
    folder = make_site(tmp_path / "elsewhere" / "x")
    os.utime(folder / "briefs_src/briefs/2021/2021-03-10-no-boats.md", (1, 1))
    assert run_mkdocs(folder).returncode == 0
    ours, theirs = files(folder / "site"), files(archive_site)
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_an_unchanged_page_is_not_written_again(build: Callable[..., Path]) -> None:
    """A second build leaves the files of unchanged pages alone, and writes the changed ones."""
    folder = build()
    site = folder / "site"
    before = {path: path.stat().st_mtime_ns for path in (site / "briefs").rglob("*.html")}
    source = folder / "briefs_src" / f"{BRIEF}.md"
    source.write_text(source.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    os.utime(folder / "docs" / "index.md")
    assert run_mkdocs(folder).returncode == 0
    changed = [
        path.relative_to(site).as_posix()
        for path, when in before.items()
        if path.stat().st_mtime_ns != when and b'http-equiv="refresh"' not in path.read_bytes()
    ]
    assert changed == [f"{BRIEF}/index.html"]
    assert "One more sentence." in (site / BRIEF / "index.html").read_text(encoding="utf-8")


def test_a_warm_build_is_a_cold_one(build: Callable[..., Path], archive_site: Path) -> None:
    """After pages came and went, what stands is what a first build would have written."""
    folder = build()
    brief(folder, "2021/2021-12-31-passing", "title: Passing\ndate: 2021-12-31", "Ostrenko passed.\n")
    assert run_mkdocs(folder).returncode == 0
    assert (folder / "site/dates/2021/12/31/index.html").is_file()
    (folder / "briefs_src/briefs/2021/2021-12-31-passing.md").unlink()
    (folder / "briefs_src/addresses.txt").unlink()
    assert run_mkdocs(folder).returncode == 0
    assert not filecmp.dircmp(folder / "site", archive_site).diff_files
    assert files(folder / "site") == files(archive_site)
    assert not (folder / "site/.regesta-previous").exists()


def test_an_interrupted_build_leaves_nothing_behind(build: Callable[..., Path]) -> None:
    """Folders that a killed build left aside are taken up by the next, which clears them away."""
    folder = build()
    aside = folder / "site/.regesta-previous"
    aside.mkdir()
    shutil.move(folder / "site/briefs", aside / "briefs")
    assert run_mkdocs(folder).returncode == 0
    assert not aside.exists()
    assert (folder / "site" / BRIEF / "index.html").is_file()


def test_a_failed_build_leaves_nothing_behind(build: Callable[..., Path]) -> None:
    """A build that fails takes away what it had set aside."""
    folder = build()
    shutil.move(folder / "briefs_src", folder / "gone")
    done = run_mkdocs(folder)
    assert done.returncode == 1
    assert "There is no folder" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "site/.regesta-previous").exists()


def test_a_page_in_docs_wins(tmp_path: Path) -> None:
    """A hand-written page at one of our addresses is kept, and a warning names both."""
    folder = make_site(tmp_path / "a")
    mine = folder / "docs" / "people" / "mirela-ostrenko" / "index.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("# By hand\n", encoding="utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 0
    assert "people/mirela-ostrenko/index.md and the archive's page 'Mirela Ostrenko' have one address" in done.stderr
    assert page(folder / "site", "people/mirela-ostrenko").h1.text.startswith("By hand")


def test_docs_link_to_briefs_by_path(tmp_path: Path) -> None:
    """A page in docs/ links to a brief by its path, and MkDocs knows places in it."""
    folder = make_site(tmp_path / "a")
    (folder / "docs/about.md").write_text(f"[x]({BRIEF}.md#p-2) [y]({BRIEF}.md#p-999)\n", encoding="utf-8")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("  - About: about.md\nvalidation: {links: {anchors: warn}}\n")
    done = run_mkdocs(folder)
    assert page(folder / "site", "about").find("a", href=f"../{BRIEF}/#p-2") is not None
    assert "#p-999" in done.stderr
    assert "#p-2'" not in done.stderr


@pytest.mark.parametrize("name", ["search", "material/search"])
def test_the_search_plugin_is_refused(tmp_path: Path, name: str) -> None:
    """The theme's own search is refused with the line to delete."""
    folder = make_site(tmp_path / "a")
    config = folder / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("plugins:\n", f"plugins:\n  - {name}\n"), encoding="utf-8"
    )
    done = run_mkdocs(folder)
    assert done.returncode == 1
    assert f"'- {name}'" in done.stderr
    assert "Delete the line" in done.stderr
    assert "Traceback" not in done.stderr


def test_dirty_is_refused(tmp_path: Path) -> None:
    """`--dirty` is refused with the reason."""
    done = run_mkdocs(make_site(tmp_path / "a"), "build", "--dirty")
    assert done.returncode == 1
    assert "--dirty" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["regesta/entities", "regesta/dates", "regesta/links", "regesta/search"])
def test_our_plugins_need_the_first(tmp_path: Path, name: str) -> None:
    """Without `regesta/briefs` the others say which line is missing."""
    folder = make_site(tmp_path / "a")
    (folder / "mkdocs.yml").write_text(f"site_name: x\ntheme: material\nplugins: [{name}]\n", encoding="utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 1
    assert "Add the line '- regesta/briefs'" in done.stderr


def test_briefs_alone_make_a_site(tmp_path: Path) -> None:
    """Without the plugins for entities and dates there are no such pages, and no link to one."""
    folder = make_site(tmp_path / "a")
    (folder / "mkdocs.yml").write_text("site_name: x\ntheme: material\nplugins: [regesta/briefs]\n", encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    assert not (folder / "site/people").exists()
    assert not any(b"/people/" in content for name, content in files(folder / "site").items() if name.endswith(".html"))


def test_addresses_without_folders(tmp_path: Path) -> None:
    """With `use_directory_urls: false` pages are files, and every inner link leads somewhere."""
    folder = make_site(tmp_path / "a", directory_urls=False)
    assert run_mkdocs(folder).returncode == 0
    assert (folder / "site" / f"{BRIEF}.html").is_file()
    test_every_inner_link_leads_somewhere(folder / "site")


def test_old_addresses_lead_on(archive_site: Path) -> None:
    """A `redirect_from` is a page that leads to the brief, and says so to those it cannot lead."""
    stubs = [path for path in archive_site.rglob("*.html") if b'http-equiv="refresh"' in path.read_bytes()]
    assert stubs
    for stub in stubs:
        soup = BeautifulSoup(stub.read_text(encoding="utf-8"), "lxml")
        target = (stub.parent / str(soup.a["href"]) / "index.html").resolve()
        assert target.is_file()
        assert archive_site.resolve() in target.parents


@pytest.mark.parametrize(
    "old", ["../../evil", "/etc/passwd", "a/../../b", "..", "https://example.org/x", "a\\b", "CON\x07", "x/.git/y"]
)
def test_a_redirect_never_leaves_the_site(tmp_path: Path, old: str) -> None:
    """A `redirect_from` that is no place in the site is refused, and nothing is written for it."""
    folder = make_site(tmp_path / "a", source=None)
    quoted = old.replace("\\", "\\\\").replace("\x07", "\\a")
    brief(folder, "2020/2020-01-01-x", f'title: X\ndate: 2020-01-01\nredirect_from: ["{quoted}"]')
    done = run_mkdocs(folder)
    assert done.returncode == 0
    assert "redirect_from" in done.stderr
    assert not [path for path in tmp_path.rglob("*.html") if b"refresh" in path.read_bytes()]


def test_a_redirect_never_replaces_a_page(tmp_path: Path) -> None:
    """A `redirect_from` at the address of a page is refused."""
    folder = make_site(tmp_path / "a", source=None)
    brief(
        folder, "2020/2020-01-01-x", "title: X\ndate: 2020-01-01\nredirect_from: [briefs/2020/2020-01-02-y/, Briefs/]"
    )
    brief(folder, "2020/2020-01-02-y", "title: Y\ndate: 2020-01-02")
    done = run_mkdocs(folder)
    assert done.stderr.count("a page of the site stands there") == 2
    assert page(folder / "site", "briefs/2020/2020-01-02-y").h1.text == "Y"


def test_a_moved_file_leads_on_by_itself(tmp_path: Path) -> None:
    """When a brief's file moves to another folder, its published address leads to the new one."""
    folder = make_site(tmp_path / "a", source=None)
    brief(folder, "2020/2020-01-01-x", "title: X\ndate: 2020-01-01")
    assert run_mkdocs(folder).returncode == 0
    known = (folder / "briefs_src/addresses.txt").read_text(encoding="utf-8")
    assert "briefs/2020/2020-01-01-x/" in known
    shutil.move(folder / "briefs_src/briefs/2020", folder / "briefs_src/briefs/archive")
    assert run_mkdocs(folder).returncode == 0
    stub = page(folder / "site", "briefs/2020/2020-01-01-x")
    assert stub.a["href"] == "../../../briefs/archive/2020-01-01-x/"


def test_a_lost_address_is_an_error(tmp_path: Path) -> None:
    """When a brief is gone for good, the build names the address that was promised."""
    folder = make_site(tmp_path / "a", source=None)
    brief(folder, "2020/2020-01-01-x", "title: X\ndate: 2020-01-01")
    brief(folder, "2020/2020-01-02-y", "title: Y\ndate: 2020-01-02")
    assert run_mkdocs(folder).returncode == 0
    (folder / "briefs_src/briefs/2020/2020-01-01-x.md").unlink()
    done = run_mkdocs(folder)
    assert "addresses.txt:" in done.stderr
    assert " B310 The published address" in done.stderr
    assert "briefs/2020/2020-01-01-x/" in done.stderr


def test_one_broken_brief_never_stops_the_others(tmp_path: Path) -> None:
    """A file that cannot be read is named with the way out; the other pages are built."""
    folder = make_site(tmp_path / "a", source=None)
    brief(folder, "2020/2020-01-01-x", "title: X\ndate: 2020-01-01")
    broken = folder / "briefs_src/briefs/2020/broken.md"
    broken.write_bytes(b"---\ntitle: \xff\xfe\n---\nx")
    brief(folder, "2020/yaml", "title: [unclosed\ndate: {")
    brief(folder, "2020/deep", "title: Deep\ndate: 2020-01-01", "> " * 500 + "x\n")
    done = run_mkdocs(folder)
    assert done.returncode == 0
    assert "broken.md: line 2 is not UTF-8" in done.stderr
    assert "Traceback" not in done.stderr
    assert page(folder / "site", "briefs/2020/2020-01-01-x").h1.text == "X"
    assert "nest deeper" in page(folder / "site", "briefs/2020/deep").text


def test_an_empty_archive_builds(tmp_path: Path) -> None:
    """An archive without briefs has its index pages, which say so."""
    folder = make_site(tmp_path / "a", source=None)
    (folder / "briefs_src").mkdir()
    assert run_mkdocs(folder, "build", "--strict").returncode == 0
    assert "no briefs yet" in page(folder / "site", "briefs").text


def test_every_page_says_where_it_is_edited(archive_site: Path) -> None:
    """The edit link of a brief leads to its own file beside docs/."""
    link = page(archive_site, BRIEF).find("a", rel="edit")
    assert link["href"] == f"https://code.example/register/edit/main/briefs_src/{BRIEF}.md"


def test_every_edit_link_leads_to_a_file(archive_site: Path) -> None:
    """Every page made from one file leads to that file, and no page made from many leads anywhere."""
    source = archive_site.parent
    found = {}
    for path in archive_site.rglob("*.html"):
        link = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml").find("a", rel="edit")
        if link is not None:
            found[path.relative_to(archive_site).as_posix()] = str(link["href"])
    top = "https://code.example/register/edit/main/"
    assert [href for href in found.values() if not (source / href.removeprefix(top)).is_file()] == []
    records = [*(source / "briefs_src/briefs").rglob("*.md"), *(source / "briefs_src/entities").glob("*.md")]
    named = {href.removeprefix(top) for href in found.values()}
    hidden = {path for path in records if "status: draft" in path.read_text(encoding="utf-8")}
    assert {path.relative_to(source).as_posix() for path in records if path not in hidden} | {"docs/index.md"} == named
    assert not [path for path in found if path.startswith(("dates/", "sources/", "links/"))]


def test_nothing_leads_into_the_dark(archive_site: Path) -> None:
    """Each page but a tombstone is reached from the home page, 404.html leads home, the sitemap names pages."""
    pages = {path for path in archive_site.rglob("*.html") if b'http-equiv="refresh"' not in path.read_bytes()}
    waiting, seen = [archive_site / "index.html"], set()
    while waiting:
        path = waiting.pop()
        if path in seen or not path.is_file() or path.suffix != ".html":
            continue
        seen.add(path)
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        # The page of the search is where the form in the header leads.
        for tag in page.select("a[href], form[action]"):
            address = str(tag.get("href") or tag["action"]).partition("#")[0]
            if address and not re.match(r"[a-z]+:", address):
                target = Path(os.path.normpath(path.parent / address))
                waiting.append(target / "index.html" if target.is_dir() else target)
    # The page of all data is an entry of the navigation or nothing; this site's names none.
    apart = {"404.html", "data/index.html", "briefs/2022/2022-04-02-gauge-readings-withdrawn/index.html"}
    assert {path.relative_to(archive_site).as_posix() for path in pages - seen} <= apart
    lost = BeautifulSoup((archive_site / "404.html").read_text(encoding="utf-8"), "lxml")
    assert all(str(tag["href"]).startswith(("/", "#", "http")) for tag in lost.find_all("a", href=True))
    sitemap = BeautifulSoup((archive_site / "sitemap.xml").read_text(encoding="utf-8"), "xml")
    named = {loc.text.removeprefix("https://register.example/") for loc in sitemap.find_all("loc")}
    assert {archive_site / name / "index.html" for name in named} == pages - {archive_site / "404.html"}


def test_a_stub_runs_nothing_and_is_no_entry_of_an_index(archive_site: Path) -> None:
    """A page that leads on has no script, tells the browser to load nothing, and stays out of the sitemap."""
    sitemap = (archive_site / "sitemap.xml").read_text(encoding="utf-8")
    for stub in archive_site.rglob("*.html"):
        text = stub.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in text:
            assert "default-src 'none'" in text
            assert "<script" not in text
            assert f"/{stub.parent.relative_to(archive_site).as_posix()}/<" not in sitemap


def test_a_block_of_the_theme_can_be_overridden(tmp_path: Path) -> None:
    """What an archive's own main.html says in a block stands on every page, and its inline script may run."""
    folder = make_site(tmp_path / "a")
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  name: material\n", "  name: material\n  custom_dir: own\n"), encoding="utf-8")
    (folder / "own").mkdir()
    (folder / "own/main.html").write_text(
        '{% extends "base.html" %}\n{% block announce %}Closed on Mondays{% endblock %}\n'
        "{% block extrahead %}<script>window.own = 1</script>{% endblock %}\n"
        "{% block site_meta %}{{ super() }}<meta name=own content=1>{% endblock %}\n",
        encoding="utf-8",
    )
    assert run_mkdocs(folder).returncode == 0
    digest = base64.b64encode(hashlib.sha256(b"window.own = 1").digest()).decode()
    for path in (BRIEF, "people/mirela-ostrenko", "dates/2021/03", "links"):
        html = (folder / "site" / path / "index.html").read_text(encoding="utf-8")
        assert "Closed on Mondays" in html
        assert "<meta name=own content=1>" in html
        assert f"'sha256-{digest}'" in html


def test_other_hosts_are_named(tmp_path: Path) -> None:
    """What `load_from` names is allowed on every page of the archive, and nothing else is."""
    folder = make_site(tmp_path / "a")
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    option = "- regesta/briefs: {load_from: ['https://stats.example/count.js']}\n"
    config.write_text(text.replace("- regesta/briefs\n", option), encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    policy = page(folder / "site", BRIEF).find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'self' https://stats.example; script-src 'self' 'wasm-unsafe-eval' 'sha256-")
    assert policy.count("https://stats.example") == 3
    assert "unsafe-inline" not in policy
    assert "unsafe-eval'" not in policy.replace("wasm-unsafe-eval", "")


def policy_of(file: Path) -> str:
    """Read the policy of a page, which stands before anything else in its head."""
    head = BeautifulSoup(file.read_text(encoding="utf-8"), "lxml").head
    assert head is not None
    first = next(child for child in head.children if child.name)  # type: ignore[union-attr]
    assert first["http-equiv"] == "Content-Security-Policy"  # type: ignore[index]
    return str(first["content"])  # type: ignore[index]


def test_the_home_page_is_guarded_and_runs_what_its_author_wrote(tmp_path: Path) -> None:
    """The home page and the one for what is not found have a policy; what stands in docs/ goes on to work."""
    folder = make_site(tmp_path / "a")
    brief = folder / "briefs_src/briefs/2024/evil.md"
    brief.parent.mkdir(exist_ok=True)
    brief.write_text("---\ntitle: <script>alert(1)</script>\ndate: 2024-01-01\n---\n\nText.\n", encoding="utf-8")
    (folder / "docs/index.md").write_text(
        '# Home\n\n<script>window.own = 1</script>\n<button onclick="own = 2" style="color: red">x</button>\n'
        '<img src="https://pictures.example/a.png"><form action="https://letters.example/join"></form>\n',
        encoding="utf-8",
    )
    (folder / "docs/other.md").write_text("# Other\n", encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    policy = policy_of(folder / "site/index.html")
    for code in (b"window.own = 1", b"own = 2"):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(code).digest()).decode()}'" in policy
    assert f"'sha256-{base64.b64encode(hashlib.sha256(b'alert(1)').digest()).decode()}'" not in policy
    assert "img-src 'self' data: https://pictures.example" in policy
    assert "form-action 'self' https://letters.example" in policy
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "'unsafe-inline'" not in policy.partition("style-src")[0]
    assert policy_of(folder / "site/404.html").startswith("default-src 'self';")
    assert "Content-Security-Policy" not in (folder / "site/other/index.html").read_text(encoding="utf-8")


def test_the_sitemap_has_every_page_with_its_own_date(archive_site: Path) -> None:
    """The sitemap names briefs with their dates, not with the day of the build."""
    entries = BeautifulSoup((archive_site / "sitemap.xml").read_text(encoding="utf-8"), "xml").find_all("url")
    found = {entry.loc.text: entry.lastmod.text if entry.lastmod else "" for entry in entries}
    assert found[f"https://register.example/{BRIEF}/"] == "2021-03-10"
    assert found["https://register.example/"] == ""


def test_mkdocs_alone_says_nothing_of_the_raw_documents(root: Path, tmp_path: Path) -> None:
    """MkDocs builds the raw documents strictly without a word: what our checker says is our difference."""
    seeds = Path(os.environ.get("REGESTA_SEEDS") or root.parent / "shared" / "seeds")
    if not seeds.is_dir():
        pytest.skip("the documents are other people's texts and lie outside of the repository")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# x\n", encoding="utf-8")
    for seed in seeds.glob("*.txt"):
        (tmp_path / "docs" / f"{seed.stem}.md").write_text(seed.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: material\nplugins: []\n", encoding="utf-8")
    done = run_mkdocs(tmp_path, "build", "--strict")
    assert done.returncode == 0
    assert "WARNING" not in done.stderr
    built = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "site").glob("*/index.html"))
    assert 'href="https://kodeksy-by(.)com' in built
    assert 'href="#"' in built
