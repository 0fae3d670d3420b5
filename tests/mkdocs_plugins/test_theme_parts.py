"""The theme that pages of an archive are made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path

MATERIAL = "theme:\n  name: material\n"


@pytest.mark.parametrize(
    ("theme", "said"),
    [
        ("theme: mkdocs\n", "this site has 'mkdocs'"),
        ("theme:\n  name: readthedocs\n", "this site has 'readthedocs'"),
        ("theme:\n  name: mkdocs\n  custom_dir: own\n", "this site has 'mkdocs'"),
        ("theme:\n  name: null\n  custom_dir: own\n", "this site has a theme of its own"),
        ("", "this site has 'mkdocs'"),
        ("theme: materail\n", "Unrecognised theme name: 'materail'"),
    ],
)
def test_another_theme_is_refused_in_one_sentence(tmp_path: Path, theme: str, said: str) -> None:
    """A site with another theme is told that Material is needed, without a traceback."""
    folder = make_site(tmp_path / "a", source=None)
    (folder / "own").mkdir()
    (folder / "own/main.html").write_text("<p>{{ page.content }}</p>", encoding="utf-8")
    config = folder / "mkdocs.yml"
    head, _, rest = config.read_text(encoding="utf-8").partition("theme:\n")
    config.write_text(f"{head}{theme}plugins:{rest.partition('plugins:')[2]}", encoding="utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 1
    assert said in done.stderr
    assert "material" in done.stderr
    assert "Traceback" not in done.stderr


def test_material_with_templates_of_its_own_is_the_theme(tmp_path: Path) -> None:
    """A `custom_dir` beside Material is no other theme."""
    folder = make_site(tmp_path / "a", source=None)
    (folder / "own").mkdir()
    (folder / "briefs_src").mkdir()
    (folder / "own/main.html").write_text('{% extends "base.html" %}', encoding="utf-8")
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  name: material\n", "  name: material\n  custom_dir: own\n"), encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
