"""A build leaves alone what would be as the last one left it, and the site is what a build from nothing makes."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.ledgers import write_ledger
from tests.mkdocs_plugins.test_site import brief, files
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FERRIES = "briefs/2021/2021-02-03-ferries-before-the-strike.md"


def built(folder: Path) -> int:
    """Build, and give how many pages were left alone."""
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    found = re.search(r"Pages that are as the last build left them: (\d+)", done.stderr)
    return int(found[1]) if found else 0


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out an archive with a record of links, and build it. The tests change it, one after the other."""
    folder = make_site(tmp_path_factory.mktemp("warm") / "a")
    # Pagefind would take more time than all else, and knows of no page.
    set_option(folder, "  - regesta/search\n", "")
    write_ledger(folder / "briefs_src")
    assert built(folder) == 0
    return folder


def edited(folder: Path, path: str, old: str, new: str) -> None:
    """Change a text of the archive."""
    file = folder / "briefs_src" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def appended(folder: Path, path: str, words: str) -> None:
    """Add to a text of the archive."""
    file = folder / "briefs_src" / path
    file.write_text(file.read_text(encoding="utf-8") + words, encoding="utf-8")


def set_option(folder: Path, old: str, new: str) -> None:
    """Change mkdocs.yml."""
    file = folder / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def removed(folder: Path, path: str) -> None:
    """Delete a file of the archive."""
    (folder / "briefs_src" / path).unlink()


def renamed(folder: Path) -> None:
    """Give an entity another name."""
    record = folder / "briefs_src" / "entities" / "ada-kell.md"
    text = record.read_text(encoding="utf-8")
    record.write_text(re.sub(r"^name: .*$", "name: Adelheid Kell", text, count=1, flags=re.MULTILINE), encoding="utf-8")


def decided(folder: Path) -> None:
    """Let the record of links say otherwise of every address."""
    ledger = folder / "briefs_src" / "links.jsonl"
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(text.replace('"live"', '"dead"'), encoding="utf-8")


EDITS: dict[str, tuple[Callable[[Path], None], bool]] = {
    "a sentence that names nobody": (lambda at: appended(at, FERRIES, "\nThe quay was empty.\n"), True),
    "a sentence that names a person": (lambda at: appended(at, FERRIES, "\nAda Kell came to the quay.\n"), True),
    "a sentence that speaks of a day": (lambda at: appended(at, FERRIES, "\nOn 5 August 2022 all was quiet.\n"), True),
    "a link to a new source": (lambda at: appended(at, FERRIES, "\nSee <https://fresh-source.example/a>.\n"), True),
    "a link to another brief": (lambda at: appended(at, FERRIES, "\n[Dues](2021-09-14-harbour-dues.md) rose.\n"), True),
    "a link to what is not there yet": (lambda at: appended(at, FERRIES, "\n[Soon](2021-12-31-soon.md).\n"), True),
    "the draft that it leads to": (
        lambda at: brief(at, "2021/2021-12-31-soon", "title: Soon\ndate: 2021-12-31\nstatus: draft"),
        False,
    ),
    "another title": (lambda at: edited(at, FERRIES, "title: ", "title: Once more, "), False),
    "another day": (lambda at: edited(at, FERRIES, "2021-02-03", "2021-02-05"), False),
    "another name of a person": (renamed, False),
    "a new brief": (lambda at: brief(at, "2021/2021-02-04-new", "title: New\ndate: 2021-02-04", "Ada Kell.\n"), False),
    "a brief that is no more": (lambda at: removed(at, "briefs/2021/2021-09-14-harbour-dues.md"), False),
    "other verdicts": (decided, False),
    "another language": (lambda at: set_option(at, "  name: material\n", "  name: material\n  language: pl\n"), False),
    "another address": (lambda at: set_option(at, "register.example/\n", "other.example/\n"), False),
    "another item of the navigation": (lambda at: set_option(at, "  - Events: events/index.md\n", ""), False),
    "no reference formats": (
        lambda at: set_option(at, "- regesta/briefs\n", "- regesta/briefs: {references: []}\n"),
        False,
    ),
    "no sources": (lambda at: set_option(at, "- regesta/links\n", "- regesta/links: {sources: false}\n"), False),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_warm_build_after_an_edit_is_a_cold_one(archive: Path, tmp_path: Path, edit: str) -> None:
    """Whatever is changed, the site has the same bytes as one that is built from nothing."""
    change, is_local = EDITS[edit]
    change(archive)
    alone = built(archive)
    # An edit below a brief's front matter leaves most pages alone.
    assert alone > 90 if is_local else alone == 0
    cold = tmp_path / "cold"
    shutil.copytree(archive, cold, ignore=shutil.ignore_patterns("site", ".regesta"))
    assert built(cold) == 0
    warm, fresh = files(archive / "site"), files(cold / "site")
    assert sorted(warm) == sorted(fresh)
    assert [path for path in warm if warm[path] != fresh[path]] == []


def test_a_page_that_somebody_has_touched_is_made_again(archive: Path) -> None:
    """What is remembered of a page does not hold for a file that was changed by hand or is gone."""
    built(archive)
    before = files(archive / "site")
    pages = sorted((archive / "site" / "people").rglob("index.html"))
    for page in pages[1::2]:
        page.write_text("Something else.", encoding="utf-8")
    for page in pages[2::2]:
        page.unlink()
    assert built(archive) > 90
    assert files(archive / "site") == before


def test_a_damaged_memory_is_none(archive: Path) -> None:
    """Where what was remembered cannot be read, all pages are made again, and soon it is remembered again."""
    built(archive)
    before = files(archive / "site")
    (archive / ".regesta" / "pages.sqlite").write_bytes(b"SQLite format 3\0" + b"?" * 4000)
    assert built(archive) == 0
    assert files(archive / "site") == before
    assert max(built(archive), built(archive)) > 100
    assert files(archive / "site") == before


def test_pages_are_made_where_others_have_a_hand_in_them(archive: Path) -> None:
    """A hook that rewrites pages sees every page at every build."""
    (archive / "hook.py").write_text(
        "def on_post_page(output, page, config):\n    return output.replace('</body>', '<!-- seen --></body>')\n"
    )
    with (archive / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("hooks: [hook.py]\n")
    for _ in range(2):
        done = run_mkdocs(archive)
        assert done.returncode == 0, done.stderr
        pages = [content for path, content in files(archive / "site").items() if path.endswith("/index.html")]
        assert all(b"<!-- seen -->" in page or b'http-equiv="refresh"' in page for page in pages)
