"""Symbolic links, pipes and devices in an archive: named, never followed, never waited for."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from tests.sites import ONLY_BRIEF, make_site_of, run_mkdocs, run_regesta

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and devices that only POSIX has")

OUTWORD = "Outsideword"
OUTSIDE = {
    "brief.md": f"---\ntitle: {OUTWORD}\ndate: 2020-01-01\n---\n{OUTWORD} hxxp://{OUTWORD}.example/\n",
    "entity.md": f"---\nname: {OUTWORD}\ntype: person\n---\n{OUTWORD}\n",
    "source.yml": f"name: {OUTWORD}\nhosts: [a.example]\n",
    "list.txt": f"{OUTWORD}/\n",
    "records.yml": f"- {OUTWORD}: {OUTWORD}\n",
    "lines.jsonl": f'{{"{OUTWORD}": 1}}\n',
    "base.json": f'{{"version": 1, "findings": ["{OUTWORD}"]}}\n',
    "image.png": f"\x89PNG{OUTWORD}",
}
GROUPS = {
    "files": {
        "briefs_src/addresses.txt": "list.txt",
        "briefs_src/decisions.yml": "records.yml",
        "briefs_src/exceptions.yml": "records.yml",
        "briefs_src/audits.jsonl": "lines.jsonl",
        "briefs_src/links.jsonl": "lines.jsonl",
        "briefs_src/sources/a.yml": "source.yml",
        "briefs_src/entities/a.md": "entity.md",
        "briefs_src/briefs/2020/linked.md": "brief.md",
        "briefs_src/briefs/2020/linked.png": "image.png",
        ".regesta/check.sqlite": "lines.jsonl",
        ".regesta/.gitignore": "list.txt",
    },
    "folders": {
        "briefs_src/sources": "",
        "briefs_src/entities": "",
        "briefs_src/briefs/2021": "",
        ".regesta": "",
    },
    "baseline": {"briefs_src/baseline.json": "base.json"},
}
COMMANDS = (
    ("check",),
    ("check", "--fix"),
    ("check", "--write-baseline", "briefs_src/baseline.json"),
    ("report",),
    ("save", "--dry-run"),
    ("export", "out"),
    ("audit", "--limit", "1", "--no-mementos"),
)


def lay_out(folder: Path, places: Iterable[str]) -> Iterator[Path]:
    """Lay out an archive in which nothing is to be visited, and make room for what is to be at some places."""
    make_site_of(folder / "a", "---\ntitle: X\ndate: 2020-01-01\n---\nWords, no links.\n")
    for place in places:
        target = folder / "a" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        yield target


def outputs(folder: Path) -> str:
    """Run every command and a build; give all that they said and wrote."""
    said = []
    for arguments in COMMANDS:
        done = run_regesta(folder, *arguments)
        said.append(f"$ {arguments}\n{done.stdout.decode()}{done.stderr.decode()}")
    built = run_mkdocs(folder)
    said.append(f"$ build\n{built.stdout}{built.stderr}")
    for written in (folder / "site", folder / "out"):
        said += [path.read_bytes().decode("utf-8", "replace") for path in written.rglob("*") if path.is_file()]
    return "\n".join(said)


@pytest.mark.parametrize("places", GROUPS.values(), ids=GROUPS)
def test_a_link_out_of_the_archive_is_refused(tmp_path: Path, places: dict[str, str]) -> None:
    """Nothing of what it leads to is said, copied or written, it stays as it was, and it is named somewhere."""
    outside = tmp_path / "outside"
    outside.mkdir()
    for name, text in OUTSIDE.items():
        (outside / name).write_text(text, encoding="utf-8")
    before = {path.name: path.read_bytes() for path in outside.iterdir()}
    for target, name in zip(lay_out(tmp_path, places), places.values(), strict=True):
        target.symlink_to(outside / name)
    said = outputs(tmp_path / "a")
    assert OUTWORD not in said
    assert OUTWORD.lower() not in said
    assert "Traceback" not in said
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before
    for place in places:
        if not place.startswith(".regesta"):
            assert f"{place}: is a symbolic link" in said


@pytest.mark.parametrize("kind", ["pipe", "zero", "nowhere", "folder"])
def test_no_command_waits_for_what_is_no_file(tmp_path: Path, kind: str) -> None:
    """A pipe, a device without an end, a link to nothing and a folder are passed over, and the page is built."""
    for target in lay_out(tmp_path, GROUPS["files"]):
        if kind == "pipe":
            os.mkfifo(target)
        elif kind == "folder":
            target.mkdir()
        else:
            target.symlink_to("/dev/zero" if kind == "zero" else tmp_path / "nowhere")
    for arguments in (("check",), ("report",), ("export", "out")):
        done = run_regesta(tmp_path / "a", *arguments)
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        assert done.returncode == 2
    built = run_mkdocs(tmp_path / "a")
    assert "Traceback" not in built.stderr
    assert not (tmp_path / "nowhere").exists()
    assert (tmp_path / "a/site" / ONLY_BRIEF.removeprefix("briefs_src/").removesuffix(".md")).is_dir()


@pytest.mark.parametrize("name", ["mkdocs.yml", "pyproject.toml"])
def test_settings_that_are_a_pipe_are_not_waited_for(tmp_path: Path, name: str) -> None:
    """They are named, and a command ends with 2."""
    os.mkfifo(tmp_path / name)
    (tmp_path / "briefs_src/briefs").mkdir(parents=True)
    for arguments in (("check",), ("report",)):
        done = run_regesta(tmp_path, *arguments)
        assert done.returncode == 2
        assert f"{name}: is no ordinary file." in done.stderr.decode()
