"""What was withdrawn is gone: from every file of the site, from what is remembered, from every report."""

from __future__ import annotations

import gzip
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.ledgers import write_ledger
from tests.mkdocs_plugins.test_site import brief, files, page
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = "The heron ledger must never be printed."
NAME = "2022/2022-04-02-herons"
FRONT = (
    "title: Herons\ndate: 2022-04-02\npublisher: Halvern Institute\nseries: Tide Table\nlanguage: en\n"
    "summary: The heron ledger must never be printed, says a summary.\nsubjects: [heron ledger]\nregion: heron ledger"
)
BODY = (
    f"## {SENTENCE}\n\n{SENTENCE} Ostrenko said so.[^1] [{SENTENCE}](https://heron-ledger.example/a(b)) "
    f"On 3 March 2022 {SENTENCE}\n\n| {SENTENCE} |\n|---|\n| x |\n\n```\n{SENTENCE}\n```\n\n"
    f"[^1]: {SENTENCE} <https://heron-ledger.example/heron%20ledger>, hxxps://heron-ledger[.]example/heron-ledger\n"
)
WORDS = tuple(word.encode() for word in ("heron ledger", "heron-ledger", "heron%20ledger", "must never be printed"))


def remembered(folder: Path) -> dict[str, bytes]:
    """Give every file but the sources, unpacked where it is packed."""
    found = {}
    for name, content in files(folder).items():
        if not name.startswith("briefs_src/"):
            found[name] = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    return found


def holders(folder: Path) -> list[str]:
    """Name the files that have any of the words."""
    return [name for name, content in remembered(folder).items() if any(word in content.lower() for word in WORDS)]


def check(folder: Path) -> None:
    """Run the check, which remembers what it found."""
    command = [sys.executable, "-m", "regesta", "check"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode in {0, 1}, done.stderr


@pytest.mark.parametrize("how", ["withdrawn", "withdrawn and emptied", "draft"])
def test_a_withdrawn_sentence_is_in_no_output(tmp_path: Path, how: str) -> None:
    """After a build that had it, the next has it in no page, list, feed, data file, index or cache."""
    folder = make_site(tmp_path / "a")
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    declared = "- regesta/briefs: {fields: {region: {facet: true, dublin_core: coverage}}}\n"
    config.write_text(text.replace("- regesta/briefs\n", declared), encoding="utf-8")
    brief(folder, NAME, FRONT, BODY)
    write_ledger(folder / "briefs_src")
    assert run_mkdocs(folder).returncode == 0
    check(folder)
    before = holders(folder)
    assert f"site/briefs/{NAME}/index.html" in before
    assert any(name.startswith("site/people/") for name in before)
    assert any(name.startswith("site/links/") for name in before)
    status = (
        "status: draft" if how == "draft" else "status: withdrawn\nwithdrawn: {date: 2022-05-01, reason: A mistake.}"
    )
    plain = "title: Herons\ndate: 2022-04-02\npublisher: Halvern Institute"
    front, body = (plain, "") if how == "withdrawn and emptied" else (FRONT, BODY)
    brief(folder, NAME, f"{front}\n{status}", body)
    assert run_mkdocs(folder).returncode == 0
    check(folder)
    kept = holders(folder)
    if how != "withdrawn and emptied":
        # What the check remembers of a file that is still there lies beside it and is never published.
        kept = [name for name in kept if not name.startswith(".regesta/")]
    assert kept == []
    if how != "draft":
        stone = page(folder / "site", f"briefs/{NAME}")
        assert "has been withdrawn" in stone.text
        assert "A mistake." in stone.text
    else:
        assert not (folder / "site/briefs" / NAME).exists()


def test_corrections_stand_under_the_title(tmp_path: Path) -> None:
    """A correction stands between the title and the text, with its date, in words that cannot be markup."""
    folder = make_site(tmp_path / "a", source=None)
    front = "title: X\ndate: 2020-01-01\nupdated: 2020-01-03\ncorrections: [{date: 2020-01-02, note: Not <b>five</b>.}]"
    brief(folder, "2020/x", front)
    assert run_mkdocs(folder).returncode == 0
    head = page(folder / "site", "briefs/2020/x").select_one(".rg-head")
    assert "2 January 2020: Not <b>five</b>." in head.select_one(".rg-corrections").text
    assert "3 January 2020" in head.select_one(".rg-corrections").text
