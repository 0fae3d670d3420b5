"""Pages put together from pieces are the pages that the theme would render whole."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import product
from typing import TYPE_CHECKING

import pytest
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    "Plain",
    "<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "Quotes \" and \\' and <b>bold</b>",
    "{{ config.site_name }} {% raw %}",
    "Ünï — Лукашенко 水",
    "]]> --> <!-- </title> </h1>",
    "\\\\1 \\\\g<0> $1",
)
WHOLE = """\
import regesta.mkdocs_plugins.briefs as briefs
briefs._who_adds_context = lambda config: "this test wants it"
from mkdocs.__main__ import cli
cli(["build", "-q", "-d", "whole"])
"""


def hostile_archive(folder: Path) -> None:
    """Write briefs with every title, with and without each thing that makes a page of another kind."""
    for index, (title, summary, author, headings) in enumerate(
        product(HOSTILE, (True, False), (True, False), (0, 1, 2))
    ):
        front = [f'title: "{_quoted(title)}"', f"date: 2020-{1 + index % 12:02}-{1 + index % 28:02}"]
        if summary:
            front.append(f'summary: "{_quoted(title)} & more"')
        if author:
            front.append(f'authors: ["{_quoted(title)}"]')
            front.append(f'publisher: "{_quoted(title)}"\nsubjects: ["{_quoted(title)}"]\nseries: "{_quoted(title)}"')
        body = ["Text.", f"## {title}\n\nText.", f"## {title}\n\n### Sub {title}\n\n### Two\n\n## Last\n\nText."][
            headings
        ]
        path = folder / "briefs_src" / "briefs" / "2020" / ("" if index % 2 else "deep") / f"b-{index:03}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("---\n" + "\n".join(front) + f"\n---\n{body}\n", encoding="utf-8")
    entity = folder / "briefs_src" / "entities" / "x.md"
    entity.parent.mkdir()
    entity.write_text(f'---\nname: "{_quoted(HOSTILE[1])}"\ntype: person\nvariants: [Text]\n---\n', encoding="utf-8")


def _quoted(text: str) -> str:
    return text.replace('"', '\\"').replace("\\'", "'")


def whole_site(folder: Path) -> None:
    """Build the same site with the theme rendering every page, into `whole/`."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-c", WHOLE]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("without", ["", "site_url", "repo_url"])
def test_spliced_pages_are_whole_pages(tmp_path: Path, without: str, *, directory_urls: bool) -> None:
    """Over hostile titles and every kind of page, the fast way writes the bytes of the slow one."""
    folder = make_site(tmp_path / "a", source=None, directory_urls=directory_urls)
    config = folder / "mkdocs.yml"
    lines = config.read_text(encoding="utf-8").splitlines(keepends=True)
    dropped = (without, "edit_uri") if without == "repo_url" else (without,)
    kept = [line for line in lines if not without or line.partition(":")[0] not in dropped]
    config.write_text("".join(kept), encoding="utf-8")
    hostile_archive(folder)
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    assert "rendered in full" not in done.stderr
    whole_site(folder)
    spliced = {path.relative_to(folder / "site"): path.read_bytes() for path in (folder / "site").rglob("*.html")}
    whole = {path.relative_to(folder / "whole"): path.read_bytes() for path in (folder / "whole").rglob("*.html")}
    assert sorted(spliced) == sorted(whole)
    assert [path for path in spliced if spliced[path] != whole[path]] == []
    # What stands in the head of each brief is its own.
    heads = [content.count(b'<meta name="DC.title"') for path, content in spliced.items() if path.match("b-*/*.html")]
    assert set(heads) <= {1}


def test_no_title_runs(tmp_path: Path) -> None:
    """A title that is a script stays a title, on every page that shows it."""
    folder = make_site(tmp_path / "a", source=None)
    hostile_archive(folder)
    assert run_mkdocs(folder).returncode == 0
    for path in (folder / "site").rglob("*.html"):
        assert b"<script>alert" not in path.read_bytes(), path


def test_nobody_is_named_for_what_nobody_signed(tmp_path: Path) -> None:
    """The author of the site stands on its hand-written pages; on a brief stand its own authors, or nobody."""
    folder = make_site(tmp_path / "a", extra="site_author: Edda Quill\n")
    assert run_mkdocs(folder).returncode == 0
    site = folder / "site"
    named = {
        path: re.findall(r'<meta name="author" content="([^"]*)"', (site / path).read_text(encoding="utf-8"))
        for path in ("index.html", *(path.relative_to(site).as_posix() for path in site.glob("briefs/*/*/index.html")))
    }
    assert named["index.html"] == ["Edda Quill"]
    assert named["briefs/2021/2021-03-10-no-boats/index.html"] == ["Lene Marrow, Tomas Ebb"]
    assert named["briefs/2021/2021-11-30-brook-street/index.html"] == []
    assert sum("Edda Quill" in names for names in named.values()) == 1


def test_a_theme_that_treats_pages_one_by_one_is_obeyed(tmp_path: Path) -> None:
    """When an override shows something of each page, those pages are rendered in full, and one line says so."""
    folder = make_site(tmp_path / "a", extra="")
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("  font: false\n", "  font: false\n  custom_dir: overrides\n")
    config.write_text(text, encoding="utf-8")
    (folder / "overrides").mkdir()
    (folder / "overrides/main.html").write_text(
        '{% extends "base.html" %}{% block content %}{{ super() }}<i>{{ page.file.src_uri }}</i>{% endblock %}',
        encoding="utf-8",
    )
    done = run_mkdocs(folder)
    assert done.returncode == 0
    assert "rendered in full" in done.stderr
    for path in (folder / "site/people").glob("*/index.html"):
        assert f"<i>people/{path.parent.name}.md</i>" in path.read_text(encoding="utf-8")


def test_an_override_of_the_theme_is_kept(tmp_path: Path) -> None:
    """What an override adds for all pages alike stands on ours too, and costs nothing."""
    folder = make_site(tmp_path / "a")
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("  font: false\n", "  font: false\n  custom_dir: overrides\n")
    config.write_text(text, encoding="utf-8")
    (folder / "overrides").mkdir()
    (folder / "overrides/main.html").write_text(
        '{% extends "base.html" %}{% block announce %}Ferries are late.{% endblock %}', encoding="utf-8"
    )
    done = run_mkdocs(folder)
    assert done.returncode == 0
    assert "rendered in full" not in done.stderr
    for path in (folder / "site/people").glob("*/index.html"):
        assert "Ferries are late." in path.read_text(encoding="utf-8")


def test_a_plugin_that_adds_context_is_obeyed(tmp_path: Path) -> None:
    """A foreign hook on the page's context sends every page the full way, and one line says why."""
    folder = make_site(tmp_path / "a", extra="hooks: [hook.py]\n")
    (folder / "hook.py").write_text(
        "def on_page_context(context, page, config, nav):\n    return context\n", encoding="utf-8"
    )
    done = run_mkdocs(folder)
    assert done.returncode == 0
    assert "Every page is rendered in full" in done.stderr


def test_a_plugin_sees_and_changes_the_content(tmp_path: Path) -> None:
    """A foreign hook on the page's content gets what we wrote, and what it makes of it is shown."""
    folder = make_site(tmp_path / "a", extra="hooks: [hook.py]\n")
    (folder / "hook.py").write_text(
        "def on_page_content(html, page, config, files):\n    return html.replace('Ostrenko', 'OSTRENKO')\n",
        encoding="utf-8",
    )
    assert run_mkdocs(folder).returncode == 0
    content = (folder / "site/people/mirela-ostrenko/index.html").read_text(encoding="utf-8")
    assert "<h1>Mirela OSTRENKO</h1>" in content
