"""`regesta check` and `regesta rule`, as a person calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from regesta.cli.main import COMMANDS, main

ROOT = Path(__file__).parents[2]
BRIEF = "---\ntitle: Water\ndate: 2020-09-09\n---\n\nText.[^1]\n\n[^1]: <{}>\n"


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """Make a small archive and go there."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "briefs_src" / "briefs" / "2020"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(BRIEF.format("https://example.org/a"), encoding="utf-8")
    return folder


def run(*arguments):
    """Call `regesta` and give exit status, stdout and stderr."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.usefixtures("archive")
def test_a_file_that_is_missing_is_not_counted():
    """What could not be read is said, with no count of findings in nothing; the rest is counted as it is."""
    status, out, err = run("check", "nowhere.md")
    assert (status, out.strip()) == (2, "Nothing was read.")
    assert "nowhere.md" in err
    status, out, _ = run("check", "nowhere.md", "briefs_src")
    assert (status, out.strip().rpartition("; ")[2]) == (2, "1 could not be read.")
    assert "nothing was read" in run("check", "nowhere.md", "--output-format", "markdown")[1]
    assert run("report", "nowhere.md")[1].strip() == "Nothing was read."


def test_the_weight_stands_in_words(archive):
    """A pipe has no colours: each line says error, warning or remark."""
    (archive / "b.md").write_text(
        "---\ntitle: B\ndate: 2020-09-09\nautors: x\n---\n\nhxxp://b.example\n", encoding="utf-8"
    )
    out = run("check")[1]
    assert "b.md:4:1 B307 warning: The field" in out
    assert "b.md:7:1 U101 error: 'hxxp" in out


def test_the_digest_has_a_defanged_footnote(monkeypatch):
    """Where it stands, what it means, and who keeps it so: what this project began with, and it fails nothing."""
    monkeypatch.chdir(ROOT)
    status, out, _ = run("check")
    (line,) = [line for line in out.splitlines() if " U101 " in line]
    path, number, column = line.split(" ")[0].split(":")
    text = Path(path).read_text(encoding="utf-8").splitlines()[int(number) - 1]
    assert text[int(column) - 1 :].startswith("https://kodeksy-by(.)com/")
    assert "'https://kodeksy-by.com/" in line
    assert "is kept defanged by the editors" in line
    assert status == 0


def test_the_invented_archive_breaks_rules_only_where_it_means_to(monkeypatch):
    """See the README of tests/archive."""
    monkeypatch.chdir(ROOT)
    status, out, _ = run("check", "tests/archive/briefs_src", "--output-format", "json", "--now", "2026-01-01")
    found = [f for f in json.loads(out)["findings"] if f["severity"] == "error"]
    assert {Path(f["path"]).name for f in found} == {"2022-07-20-false-mirrors.md", "2022-10-03-rough-edges.md"}
    rough = sorted(f["rule"] for f in found if "rough" in f["path"])
    assert rough == ["F201", "F201", "F203", "F206", "U109"]
    assert status == 1


@pytest.mark.usefixtures("archive")
def test_nothing_to_report():
    """Exit status 0, and one line that says what was looked at."""
    assert run("check") == (0, "0 errors, 0 warnings, 0 remarks in 1 brief, 1 link, 1 file.\n", "")


def test_fail_on(archive):
    """The exit status follows the weight that is asked for."""
    (archive / "a.md").write_text(
        BRIEF.format("https://example.org/") + "[^2]: <https://example.org/b>\n", encoding="utf-8"
    )
    statuses = {weight: run("check", "--fail-on", weight)[0] for weight in ("error", "warning", "info", "never")}
    assert statuses == {"error": 0, "warning": 1, "info": 1, "never": 0}


def test_a_file_that_cannot_be_read(archive):
    """It is named in one line, the others are checked, and the exit status is 2."""
    (archive / "b.md").write_bytes(b"---\ntitle: x\n---\n\xff")
    (archive / "c.md").write_text(BRIEF.format("hxxp://c.example"), encoding="utf-8")
    status, out, err = run("check")
    assert (status, err.count("\n")) == (2, 1)
    assert "briefs_src/briefs/2020/b.md: line 4 is not UTF-8" in err
    assert "c.md:8:8 U101" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "no file or folder 'nowhere'"),
        (["--select", "U1O1"], "Is 'U101' meant?"),
        (["--now", "tomorrow"], "Not a day"),
        (["--baseline", "none.json"], "none.json"),
        (["--write-baseline", "no/such/folder.json"], "cannot be written"),
    ],
)
@pytest.mark.usefixtures("archive")
def test_what_was_not_done(arguments, words):
    """Exit status 2, and a message that quotes the value."""
    status, _, err = run("check", *arguments)
    assert status == 2
    assert words in err


def test_without_an_archive(tmp_path, monkeypatch):
    """The message says where an archive keeps its briefs."""
    monkeypatch.chdir(tmp_path)
    status, _, err = run("check")
    assert status == 2
    assert "briefs_src" in err


def test_the_source_of_mkdocs_yml(archive):
    """Without a path, the folder that the site names is checked; tags that only MkDocs knows do no harm."""
    Path("mkdocs.yml").write_text(
        "site_name: !ENV [X, y]\nmarkdown_extensions:\n  - x:\n      y: !!python/name:a.b\n"
        "plugins:\n  - search\n  - regesta/briefs: {source: other, fields: {region: {label: Region}}}\n",
        encoding="utf-8",
    )
    archive.parents[1].rename("other")
    Path("other/briefs/2020/a.md").write_text(
        BRIEF.format("https://example.org").replace("title:", "region: x\ntitle:"), encoding="utf-8"
    )
    assert run("check", "--select", "B307")[0] == 0
    assert "1 brief" in run("check")[1]


def test_a_folder_of_markdown_is_checked_for_links_and_notes(tmp_path, monkeypatch):
    """It is no archive: nobody asks its files for a date."""
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    Path("docs/index.md").write_text("# Hello[^q]\n\nhxxp://a.example\n", encoding="utf-8")
    status, out, _ = run("check", "docs", "docs/index.md", "--fail-on", "never")
    assert status == 0
    assert [line.split()[:2] for line in out.splitlines()[:2]] == [
        ["docs/index.md:1:8", "F201"],
        ["docs/index.md:3:1", "U101"],
    ]


def test_a_baseline(archive):
    """What is acknowledged is held back; what is new is reported, what is mended is said to be gone."""
    brief = archive / "a.md"
    brief.write_text(BRIEF.format("hxxp://a.example"), encoding="utf-8")
    assert run("check", "--write-baseline", "baseline.json")[0] == 0
    status, out, _ = run("check", "--baseline", "baseline.json")
    assert (status, out.splitlines()[-1].rpartition("; ")[2]) == (0, "1 acknowledged in the baseline.")
    brief.write_text("---\ntitle: Water\ndate: 2020\n---\n\n\nhxxp://b.example\n", encoding="utf-8")
    status, out, _ = run("check", "--baseline", "baseline.json")
    assert status == 1
    assert "a.md:7:1 U101 error: 'hxxp://b.example'" in out
    assert "a.md: U101 'hxxp://a.example' is gone." in out


def test_names_of_files_do_not_steer_the_terminal(archive):
    """A file may be called anything."""
    (archive / "x\x1b[2J.md").write_bytes(b"\xff")
    (archive / "y\x1b[2J.md").write_text(BRIEF.format("hxxp://c.example"), encoding="utf-8")
    _, out, err = run("check")
    assert "\x1b" not in out + err


def test_paths_of_the_archive(archive):
    """A link to a page beside the archive is not lost; one to nothing is."""
    Path("mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    Path("docs").mkdir()
    Path("docs/about.md").write_text("x", encoding="utf-8")
    (archive / "b.md").write_text(
        BRIEF.format("https://a.example") + "[a](../../about.md) [b](a.md) [c](c.md) ![d](d.png)", encoding="utf-8"
    )
    _, out, _ = run("check", "--select", "B312")
    assert [line.split("'")[1] for line in out.splitlines()[:-1]] == ["briefs/2020/c.md", "briefs/2020/d.png"]


def test_rule():
    """By code or by name; without either, all."""
    assert run("rule", "u101")[1] == (ROOT / "docs/rules/u101-defanged-link.md").read_text(encoding="utf-8")
    assert run("rule", "undefined-footnote")[1].startswith("# F201 undefined-footnote")
    assert len(run("rule")[1].splitlines()) >= 30
    status, _, err = run("rule", "U999")
    assert (status, "There is no rule 'U999'" in err) == (2, True)


def test_the_list_of_commands_says_what_each_command_says():
    """The list is written by hand so that no command is loaded for it."""
    context = main.make_context("regesta", ["rule"], resilient_parsing=True)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command.name == name
        assert command.get_short_help_str(200) == COMMANDS[name].help.rstrip(".") + "."


def test_check_starts_without_what_it_does_not_need(tmp_path):
    """No MkDocs, no HTML parser, no date guessing: they take longer to load than an archive to check."""
    code = (
        "import sys; from regesta.cli.main import main; main(['check', 'x'], standalone_mode=False);"
        "heavy = ('mkdocs', 'bs4', 'dateparser', 'lxml', 'edtf', 'rich', 'jinja2', 'nh3');"
        "print([name for name in heavy if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
    )
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stderr


def test_a_mistyped_command_is_answered_with_the_nearest():
    """Whoever mistypes a command reads which one may be meant."""
    done = CliRunner().invoke(main, ["chek"])
    assert done.exit_code == 2
    assert "Is 'check' meant?" in done.output
