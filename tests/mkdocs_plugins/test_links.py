"""What a build says of footnotes and links."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.sites import ONLY_BRIEF, make_site_of, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path

DEFANGED = "---\ntitle: X\ndate: 2020-01-01\n---\nText.[^1]\n\n[^1]: <https://a(.)example/x>\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out an archive of one brief with a defanged link."""
    return make_site_of(tmp_path / "a", DEFANGED)


def regesta(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run our command in a folder."""
    command = [sys.executable, "-m", "regesta", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_build_says_what_the_checker_says(folder: Path) -> None:
    """The build logs the finding with its place, and goes on."""
    done = run_mkdocs(folder)
    assert done.returncode == 0
    assert "briefs_src/briefs/2020/2020-01-01-x.md:7:8 U101 'https://a(.)example/x'" in done.stderr
    said = regesta(folder, "check", "--output-format", "json")
    assert [finding["rule"] for finding in json.loads(said.stdout)["findings"]] == ["U101"]


def test_a_strict_build_fails_on_an_error(folder: Path) -> None:
    """`--strict` fails on an error that nobody has acknowledged."""
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 1
    assert "Aborted" in done.stdout


def test_a_strict_build_passes_over_what_is_acknowledged(folder: Path) -> None:
    """With the finding in the baseline, `--strict` passes; a second such link fails again."""
    regesta(folder, "check", "--write-baseline", "briefs_src/baseline.json")
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "Acknowledged in briefs_src/baseline.json: 1." in done.stderr
    brief = folder / ONLY_BRIEF
    brief.write_text(DEFANGED + "\nMore.[^2]\n\n[^2]: <https://b(.)example/>\n", encoding="utf-8")
    assert run_mkdocs(folder, "build", "--strict").returncode == 1


def test_a_strict_build_does_not_fail_on_less(tmp_path: Path) -> None:
    """Warnings and remarks are shown in a build, and do not fail a strict one."""
    folder = make_site_of(tmp_path / "a", "---\ntitle: X\ndate: 2020-01-01\nmood: x\n---\nText.\n\n[^1]: Never used.\n")
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "B307" in done.stderr
    assert "F202" in done.stderr


def test_own_fields_are_declared_in_the_configuration(tmp_path: Path) -> None:
    """A field that mkdocs.yml declares is no finding."""
    folder = make_site_of(tmp_path / "a", "---\ntitle: X\ndate: 2020-01-01\nmood: x\n---\nText.\n")
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace(
        "  - regesta/briefs\n", "  - regesta/briefs:\n      fields: {mood: {label: Mood}}\n"
    )
    config.write_text(text, encoding="utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    assert "B307" not in done.stderr


@pytest.mark.parametrize("content", ["not json", "[]", '{"version": 1}'])
def test_a_broken_baseline_is_said_to_be(folder: Path, content: str) -> None:
    """A baseline that cannot be read stops the build with its name, without a traceback."""
    (folder / "briefs_src/baseline.json").write_text(content, encoding="utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 1
    assert "baseline.json cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_message_cannot_forge_the_terminal(tmp_path: Path) -> None:
    """A file whose words hold control characters shows none of them in the log."""
    folder = make_site_of(
        tmp_path / "a", '---\ntitle: X\ndate: "2020-\\e[31mred"\n---\nText <https://a(.)b\x1b[2J.example/>.\n'
    )
    said = run_mkdocs(folder).stderr
    assert ONLY_BRIEF in said
    assert "\x1b[" not in said


def test_a_built_site_holds_no_finding(archive_site: Path) -> None:
    """What the check found is shown to writers only: no page of a built site holds it."""
    assert (archive_site / "briefs/2022/2022-07-20-false-mirrors/index.html").is_file()
    assert [page for page in archive_site.rglob("*.html") if "rg-findings" in page.read_text(encoding="utf-8")] == []
