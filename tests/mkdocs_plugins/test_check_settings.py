"""A build goes by the same settings, exceptions and baseline as the check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sites import make_site_of, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path

DEFANGED = "---\ntitle: X\ndate: 2020-01-01\nmood: x\n---\nText.[^1]\n\n[^1]: <https://a(.)example/x>\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out an archive of one brief with an error and a warning."""
    return make_site_of(tmp_path / "a", DEFANGED)


def configure(folder: Path, options: str) -> None:
    """Give `regesta/links` options."""
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("  - regesta/links\n", f"  - regesta/links: {options}\n")
    config.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "passes"),
    [
        ("{}", False),
        ("{ignore: U101}", True),
        ("{select: [B]}", True),
        ("{severity: {U101: warning}}", True),
        ("{severity: {U101: warning}, fail_on: warning}", False),
        ("{fail_on: never}", True),
        ("{per_file: {briefs/2020/*.md: U101}}", True),
        ("{per_file: {briefs/2020/*.md: U101}, fail_on: warning}", False),
        ("{per_file: {briefs/2020/*.md: [U101, B307]}, fail_on: info}", True),
    ],
)
def test_a_strict_build_fails_on_what_counts(folder: Path, options: str, *, passes: bool) -> None:
    """What the check ends with 1 for fails a strict build, and nothing else."""
    configure(folder, options)
    done = run_mkdocs(folder, "build", "--strict")
    assert (done.returncode == 0) is passes, done.stderr


def test_settings_of_pyproject_count_in_a_build(folder: Path) -> None:
    """They stand beside mkdocs.yml, which is stronger."""
    (folder / "pyproject.toml").write_text('[tool.regesta.check]\nignore = "U101"\n', encoding="utf-8")
    assert run_mkdocs(folder, "build", "--strict").returncode == 0
    configure(folder, "{ignore: F}")
    assert run_mkdocs(folder, "build", "--strict").returncode == 1


@pytest.mark.parametrize("options", ["{ignore: U1O1}", "{ignroe: U101}", "{fail_on: eror}"])
def test_what_is_no_setting_stops_a_build(folder: Path, options: str) -> None:
    """The nearest is named, without a traceback."""
    configure(folder, options)
    done = run_mkdocs(folder)
    assert done.returncode == 1
    assert "meant?" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("exceptions", "passes", "words"),
    [
        ("- {rule: U101, link: a.example, why: x, until: 2020-01-01}", True, "Held back by exceptions: 1."),
        ("- {rule: U101, link: b.example, why: x}", False, "U101"),
        ("- {rule: U101, link: a.example}", False, "briefs_src/exceptions.yml:1:3 B317"),
        ("- [", False, "briefs_src/exceptions.yml: line 1"),
    ],
)
def test_exceptions_hold_in_a_build(folder: Path, exceptions: str, words: str, *, passes: bool) -> None:
    """A build has no today: an end is no end there, so that the same sources make the same site."""
    (folder / "briefs_src/exceptions.yml").write_text(exceptions + "\n", encoding="utf-8")
    done = run_mkdocs(folder, "build", "--strict")
    assert (done.returncode == 0) is passes, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_baseline_lies_in_the_folder_of_the_archive(folder: Path) -> None:
    """Wherever that is; `false` is for none."""
    (folder / "briefs_src").rename(folder / "sources")
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("- regesta/briefs\n", "- regesta/briefs: {source: sources}\n")
    config.write_text(text, encoding="utf-8")
    known = (
        '{"path": "x", "rule": "U101", "subject": "https://a(.)example/x", "ordinal": 0}, '
        '{"path": "x", "rule": "B307", "subject": "mood", "ordinal": 0}'
    )
    (folder / "sources/baseline.json").write_text(f'{{"version": 1, "findings": [{known}]}}', encoding="utf-8")
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "Acknowledged in sources/baseline.json: 2." in done.stderr
    configure(folder, "{baseline: false}")
    assert run_mkdocs(folder, "build", "--strict").returncode == 1
