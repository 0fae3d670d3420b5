"""Drafts of other generators are in nothing that is built, exported or reported, and are named."""

from __future__ import annotations

import gzip
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.mkdocs_plugins.test_site import files
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path

HELD = {
    "a.md": "---\ntitle: Heron ledger\ndate: 2022-04-02\ndraft: true\n---\n\nHeron ledger <https://heron-ledger.example/>.\n",
    "b.md": "---\ntitle: Heron ledger\ndate: 2022-04-02\npublished: false\n---\n\nHeron ledger.\n",
    "c.md": "+++\ntitle = 'Heron ledger'\ndraft = true\n+++\n\nHeron ledger.\n",
    "d.md": "Title: Heron ledger\nStatus: draft\n\nHeron ledger.\n",
    "_drafts/e.md": "---\ntitle: Heron ledger\ndate: 2022-04-02\n---\n\nHeron ledger.\n",
    "f.md": "---\ntitle: Heron ledger\ndate: 2022-04\npublishDate: 2031-01-01\nmarkdown: mkdocs\n---\n\nHeron.\n",
}
ENTITY = "---\nname: Heron Ledger\ntype: organisation\nprivate: true\n---\n\nHeron ledger.\n"


def regesta(folder: Path, *arguments: str) -> str:
    """Run a command in a site, and give what it prints."""
    command = [sys.executable, "-m", "regesta", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    return done.stdout + done.stderr


def test_no_draft_is_published(tmp_path: Path) -> None:
    """Neither site, data, export nor report has a word of them; check and strict build name each."""
    folder = make_site(tmp_path / "a")
    for name, text in HELD.items():
        file = folder / "briefs_src/briefs/held" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "briefs_src/entities/heron-ledger.md").write_text(ENTITY, encoding="utf-8")
    (folder / "docs/plans.md").write_text("---\ndraft: true\n---\n\n# Plans\n", encoding="utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    report = regesta(folder, "report", "--output-format", "json")
    regesta(folder, "export", "out")
    for name, content in files(folder).items():
        unpacked = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        if not name.startswith(("briefs_src/", ".regesta")):
            assert b"heron" not in unpacked.lower(), name
    assert "heron" not in report.lower()
    checked = regesta(folder, "check")
    named = [f"briefs/held/{name}" for name in HELD] + ["entities/heron-ledger.md"]
    for said in (checked, done.stderr):
        assert [name for name in named if f"{name}:" not in said] == []
        assert said.count(" B329 ") == len(named)
        assert "docs/plans.md:2:1 B330 " in said
        assert "The field 'draft' is 'true', and MkDocs publishes" in said
    assert "publisher" not in checked


def test_a_page_that_is_left_out_is_not_reported(tmp_path: Path) -> None:
    """A page that `draft_docs` names is hidden, as its front matter says; so are drafts of Material's blog."""
    folder = make_site(tmp_path / "a", extra="draft_docs: plans.md\n")
    for name in ("plans.md", "blog/posts/begun.md"):
        file = folder / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("---\ndraft: true\ndate: 2024-01-01\n---\n\n# Plans\n", encoding="utf-8")
    assert "plans.md" not in regesta(folder, "check", "--select", "B330")
    assert "begun.md" in regesta(folder, "check", "--select", "B330")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("plugins:\n", "plugins:\n  - blog\n", 1), "utf-8")
    assert "begun.md" not in regesta(folder, "check", "--select", "B330")
