"""The HTML is what the standard says it is."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.ledgers import write_ledger
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Callable

THEMES_OWN = {
    # Material's markup, which is not ours to mend: the beginning of the message, and what stands in its place.
    "Attribute “autocomplete” is only allowed": 'class="md-toggle"',
    "The value of the “for” attribute of the “label” element": 'for="__toc"',
}


@pytest.fixture(scope="module")
def nu() -> Callable[[Path], list[str]]:
    """Give a function that has the Nu HTML checker read every page in a folder, and gives its errors."""
    jar = os.environ.get("REGESTA_VNU_JAR")
    if not jar:
        pytest.skip("the Nu HTML checker needs npm and Java: scripts/test fetches it where both can be had")
    command = ["java", "-jar", jar, "--format", "json", "--errors-only", "--skip-non-html", "--exit-zero-always"]

    def check(folder: Path) -> list[str]:
        done = subprocess.run([*command, os.fspath(folder)], capture_output=True, text=True, check=False, timeout=300)
        messages = json.loads(done.stderr or done.stdout)["messages"]
        ours = [m for m in messages if m["type"] == "error" and not _is_the_themes(m)]
        return [f"{m['url'].rpartition(folder.name)[2]}: {m['message']} {m.get('extract', '')!r}" for m in ours[:20]]

    return check


def test_the_nu_checker_finds_no_error(nu: Callable[[Path], list[str]], archive_site: Path) -> None:
    """The Nu HTML checker finds no error in any page of an archive that was never audited."""
    assert nu(archive_site) == []


def test_the_nu_checker_finds_no_error_with_verdicts(nu: Callable[[Path], list[str]], audited_site: Path) -> None:
    """Nor does it where links have verdicts."""
    assert nu(audited_site) == []


def test_the_nu_checker_finds_no_error_in_another_language(nu: Callable[[Path], list[str]], tmp_path: Path) -> None:
    """Nor does it where the site speaks Ukrainian and its addresses end in `.html`."""
    folder = make_site(tmp_path / "a", directory_urls=False)
    config = folder / "mkdocs.yml"
    written = config.read_text(encoding="utf-8").replace("name: material\n", "name: material\n  language: uk\n")
    config.write_text(written, encoding="utf-8")
    write_ledger(folder / "briefs_src")
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    assert nu(folder / "site") == []


def test_the_nu_checker_finds_no_error_in_the_golden_files(nu: Callable[[Path], list[str]], tmp_path: Path) -> None:
    """Nor does it in any golden file: they have kinds of pages that no archive of the tests is large enough for."""
    goldens = sorted((Path(__file__).parent / "golden").glob("*.html"))
    assert len(goldens) > 20
    for golden in goldens:
        html = golden.read_text(encoding="utf-8")
        if not html.startswith("<!"):
            html = f'<!doctype html><html lang="en"><head><title>x</title></head><body>\n{html}\n</body></html>\n'
        (tmp_path / golden.name).write_text(html, encoding="utf-8")
    assert nu(tmp_path) == []


def test_the_nu_checker_would_find_an_error(nu: Callable[[Path], list[str]], tmp_path: Path) -> None:
    """It has read what it was given: a wrong page is found wrong."""
    (tmp_path / "x.html").write_text("<!doctype html><title>x</title><p><div id=a id=a></p>", encoding="utf-8")
    assert nu(tmp_path)


def _is_the_themes(message: dict[str, str]) -> bool:
    return any(
        message["message"].startswith(start) and part in message.get("extract", "")
        for start, part in THEMES_OWN.items()
    )
