"""The references that a built site offers."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING

import pytest
import rispy
from bs4 import BeautifulSoup
from pybtex.database import parse_string
from tests.sites import make_site, run_mkdocs

from regesta.pages.references.formats import REFERENCE_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BRIEF = "briefs/2021/2021-03-10-no-boats"
LISTS = ("briefs", "series/tide-table", "dates/2021", "people/mirela-ostrenko", BRIEF)


def items(site: Path, folder: str) -> list[dict[str, object]]:
    """Read the CSL-JSON beside a page."""
    found: list[dict[str, object]] = json.loads((site / folder / "cite.csl.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("folder", LISTS)
def test_every_list_has_its_references(archive_site: Path, folder: str) -> None:
    """Beside a brief and beside every list stand the same references in each format, as their readers read them."""
    keys = [item["id"] for item in items(archive_site, folder)]
    assert keys
    with (archive_site / folder / "cite.ris").open(encoding="utf-8", newline="") as file:
        assert [record["id"] for record in rispy.load(file)] == keys
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        entries = parse_string((archive_site / folder / "cite.bib").read_text(encoding="utf-8"), "bibtex").entries
    assert list(entries) == keys


def test_a_list_has_the_briefs_of_its_page(archive_site: Path) -> None:
    """The references of the archive, of a series, of a year and of a person are those that their pages list."""
    whole = {item["id"] for item in items(archive_site, "briefs")}
    assert len(whole) == len({path.parent for path in (archive_site / "briefs").glob("*/*/cite.ris")})
    year = {item["id"] for item in items(archive_site, "dates/2021")}
    assert year == {item["id"] for item in items(archive_site, "briefs") if _year(item) == 2021}
    series = items(archive_site, "series/tide-table")
    assert {item["collection-title"] for item in series} == {"Tide Table"}
    page = BeautifulSoup((archive_site / "people/mirela-ostrenko/index.html").read_text(encoding="utf-8"), "lxml")
    listed = {link["href"].split("/")[-2] for link in page.select(".rg-where a")}
    assert listed <= {item["id"] for item in items(archive_site, "people/mirela-ostrenko")} <= whole


def _year(item: dict[str, object]) -> int | None:
    issued = item.get("issued", {})
    assert isinstance(issued, dict)
    return issued["date-parts"][0][0] if "date-parts" in issued else None


def test_the_lists_of_entities_leave_out_abstracts(archive_site: Path) -> None:
    """A brief stands in the lists of all whom it names: there it is without its abstract, elsewhere with it."""
    assert all("abstract" not in item for item in items(archive_site, "people/mirela-ostrenko"))
    assert any("abstract" in item for item in items(archive_site, "briefs"))


@pytest.mark.parametrize("directory_urls", [True, False])
def test_every_link_to_a_file_leads_to_it(build: Callable[..., Path], *, directory_urls: bool) -> None:
    """The links of the pages, and those of their heads, lead to files that are there."""
    site = build(directory_urls=directory_urls) / "site"
    seen = 0
    for path in site.rglob("*.html"):
        html = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        for link in html.select('.rg-files a, link[rel="describedby"][href*="cite."]'):
            assert (path.parent / str(link["href"])).is_file(), (path, link)
            seen += 1
    assert seen > 300


def test_nothing_of_a_withdrawn_brief_is_in_a_file(archive_site: Path) -> None:
    """A withdrawn brief has no file, and stands in none."""
    assert not (archive_site / "briefs/2022/2022-04-02-gauge-readings-withdrawn/cite.ris").exists()
    files = list(archive_site.rglob("cite.*"))
    assert len(files) > 100
    assert [file for file in files if b"withdrawn" in file.read_bytes()] == []


def test_only_the_formats_that_are_wanted_are_there(tmp_path: Path) -> None:
    """The option chooses formats, none if it is empty; a format that there is not is refused."""
    folder = make_site(tmp_path / "archive")
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    for wanted in ("[ris]", "[]"):
        config.write_text(text.replace("- regesta/briefs", f"- regesta/briefs: {{references: {wanted}}}"), "utf-8")
        assert run_mkdocs(folder).returncode == 0
        suffixes = {file.name for file in (folder / "site").rglob("cite.*")}
        assert suffixes == ({"cite.ris"} if wanted == "[ris]" else set())
        assert "rg-files" in (folder / "site" / BRIEF / "index.html").read_text("utf-8") or wanted == "[]"
    config.write_text(text.replace("- regesta/briefs", "- regesta/briefs: {references: [endnote]}"), encoding="utf-8")
    refused = run_mkdocs(folder)
    assert refused.returncode == 1
    assert "endnote" in refused.stderr


def test_a_file_that_has_not_changed_is_not_written_again(build: Callable[..., Path]) -> None:
    """The second build leaves the references alone, but for those of a brief that has changed, and drops lost ones."""
    folder = build()
    before = {path: path.stat().st_mtime_ns for path in (folder / "site").rglob("cite.*")}
    changed = folder / "briefs_src" / f"{BRIEF}.md"
    changed.write_text(changed.read_text(encoding="utf-8").replace("No boats:", "No boat:"), encoding="utf-8")
    gone = folder / "briefs_src/briefs/2022/2022-08-19-skerrin-light.md"
    gone.unlink()
    assert run_mkdocs(folder).returncode == 0
    after = {path: path.stat().st_mtime_ns for path in (folder / "site").rglob("cite.*")}
    written = {path.parent.relative_to(folder / "site").as_posix() for path in after if after[path] != before[path]}
    assert BRIEF in written
    assert "briefs/2022/2022-01-12-low-water" not in written
    lost = {path.parent.name for path in before.keys() - after.keys()}
    assert gone.stem in lost


def test_formats_are_named_once() -> None:
    """No two formats share a file."""
    assert len({one.suffix for one in REFERENCE_FORMATS.values()}) == len(REFERENCE_FORMATS)
