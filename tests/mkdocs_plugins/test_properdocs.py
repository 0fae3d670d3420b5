"""ProperDocs, which carries MkDocs 1 on, builds the same site."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.ledgers import write_ledger
from tests.mkdocs_plugins.test_site import files
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path

GENERATOR = b'<meta name="generator" '
"""The one line that says which of them has built a page."""


def run_properdocs(folder: Path, where: str) -> subprocess.CompletedProcess[str]:
    """Run ProperDocs, as `python -m` finds it in a folder of its own, with our other libraries."""
    path = os.pathsep.join([where, *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.run(
        [sys.executable, "-m", "properdocs", "build", "-f", "mkdocs.yml"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def without_generator(content: bytes) -> bytes:
    """Take out the line that names the program."""
    return b"\n".join(line for line in content.split(b"\n") if not line.lstrip().startswith(GENERATOR))


def test_properdocs_builds_the_same_site(tmp_path: Path) -> None:
    """Every file of the site is the same, byte for byte, but for the line that names the program."""
    where = os.environ.get("REGESTA_PROPERDOCS")
    if not where:
        pytest.skip("ProperDocs is a package that scripts/test fetches where it can be had")
    ours, theirs = make_site(tmp_path / "ours"), make_site(tmp_path / "theirs")
    for folder in (ours, theirs):
        write_ledger(folder / "briefs_src")
    assert run_mkdocs(ours).returncode == 0
    done = run_properdocs(theirs, where)
    assert done.returncode == 0, done.stderr
    expected, actual = files(ours / "site"), files(theirs / "site")
    assert sorted(actual) == sorted(expected)
    assert GENERATOR + b'content="mkdocs-ProperDocs' in actual["404.html"]
    skipped = {"sitemap.xml.gz"}  # it has the time of its making in it
    assert [
        name
        for name in sorted(expected.keys() - skipped)
        if without_generator(actual[name]) != without_generator(expected[name])
    ] == []
    again = run_properdocs(theirs, where)
    assert again.returncode == 0
    assert "Page skipped" not in again.stderr
    assert files(theirs / "site").keys() == actual.keys()
