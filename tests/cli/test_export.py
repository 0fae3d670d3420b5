"""`regesta export`, as a person calls it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.ledgers import write_ledger
from tests.sites import make_site, run_mkdocs

from regesta.cli.main import main
from regesta.pages.data.exports import EXPORTS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay an archive out and go there."""
    monkeypatch.chdir(make_site(tmp_path / "site"))
    return tmp_path / "site"


def export(*arguments: str) -> tuple[int, str, str]:
    """Run the command; give its exit status and what it wrote."""
    done = CliRunner().invoke(main, ["export", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_everything_is_written(site: Path) -> None:
    """Without a format each format is written, and the files are named."""
    status, written, said = export("out")
    assert (status, said) == (0, "")
    assert {(site / line).is_file() for line in written.splitlines()} == {True}
    assert len(written.splitlines()) >= len(EXPORTS)


def test_only_what_is_asked_for_is_written(site: Path) -> None:
    """With formats only these are written."""
    assert export("out", "--format", "ris", "--format", "csl")[0] == 0
    assert sorted(path.name for path in (site / "out").iterdir()) == ["references.csl.json", "references.ris"]


def test_what_is_not_published_is_not_exported(site: Path) -> None:
    """Drafts and withdrawn briefs are in no file."""
    (site / "briefs_src/briefs/2023/draft.md").write_text(
        "---\ntitle: Xylophonquaver\ndate: 2023-01-01\nstatus: draft\n---\n\nText.\n", encoding="utf-8"
    )
    assert export("out")[0] == 0
    for path in (site / "out").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert b"Xylophonquaver" not in content, path
        assert b"gauge-readings-withdrawn" not in content, path


def test_addresses_are_those_of_the_site(site: Path) -> None:
    """An item leads to the page of its brief, as this site writes addresses."""
    config = site / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("directory_urls: true", "directory_urls: false"), encoding="utf-8"
    )
    export("out", "--format", "csl")
    items = json.loads((site / "out/references.csl.json").read_text(encoding="utf-8"))
    by_id = {item["id"]: item["URL"] for item in items}
    assert by_id["2021-03-10-no-boats"] == "https://register.example/briefs/2021/2021-03-10-no-boats.html"


def test_a_site_without_an_address_is_told(site: Path) -> None:
    """Without site_url the export says which addresses stand in it."""
    config = site / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("site_url:", "# site_url:"), encoding="utf-8")
    status, _, said = export("out", "--format", "ris")
    assert status == 0
    assert "site_url" in said


def test_what_cannot_be_done_ends_with_2(site: Path) -> None:
    """A brief that cannot be read, a file that cannot be written and a missing archive are said; the rest is done."""
    (site / "briefs_src/briefs/2023/bad.md").write_bytes(b"---\ntitle: \xff\n---\n")
    status, written, said = export("out", "--format", "ris")
    assert (status, written) == (2, "out/references.ris\n")
    assert "bad.md" in said
    (site / "out/references.bib").mkdir()
    assert export("out", "--format", "bibtex")[0] == 2
    (site / "briefs_src").rename(site / "elsewhere")
    assert export("out")[0] == 2


def test_tables_are_those_of_the_site(site: Path) -> None:
    """The tables say the same as those of a build, with what is on record of the links."""
    write_ledger(site / "briefs_src")
    assert export("out", "--format", "csv", "--format", "json", "--format", "sqlite")[0] == 0
    names = {path.name for path in (site / "out").iterdir()}
    tables = {"briefs.csv", "entities.csv", "mentions.csv", "links.csv"}
    assert names == tables | {"datapackage.json", "archive.json", "archive.sqlite"}
    assert run_mkdocs(site).returncode == 0
    for name in tables | {"archive.sqlite"}:
        assert (site / "out" / name).read_bytes() == (site / "site/data" / name).read_bytes(), name
    links = json.loads((site / "out/archive.json").read_text("utf-8"))["links"]
    assert {"live", "dead"} <= {link["verdict"] for link in links}
