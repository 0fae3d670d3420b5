"""Settings, exceptions and the baseline, together, as `regesta check` uses them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from regesta.cli.main import main

BRIEF = "---\ntitle: Water\ndate: 2020-09-09\n---\n\nText.[^1]\n\n{}\n\n[^1]: An interview.\n"
BASELINE = Path("briefs_src/baseline.json")
EXCEPTIONS = Path("briefs_src/exceptions.yml")


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """Make an archive of two briefs, each with a defanged link and a note without a source, and go there."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "briefs_src" / "briefs" / "2020"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(BRIEF.format("<https://a(.)example/x>"), encoding="utf-8")
    (folder / "b.md").write_text(BRIEF.format("<https://b(.)example/x>"), encoding="utf-8")
    return folder


def run(*arguments):
    """Call `regesta check` and give exit status, what was found (`a U101`), and stderr."""
    result = CliRunner().invoke(main, ["check", "--output-format", "json", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    findings = json.loads(result.stdout)["findings"] if result.stdout else []
    found = [f"{Path(f['path']).stem} {f['rule']}" for f in findings]
    return result.exit_code, found, result.stderr


def said(*arguments):
    """Call `regesta check` and give the text."""
    return CliRunner().invoke(main, ["check", *map(str, arguments)]).stdout


ALL = ["a U101", "a F205", "b U101", "b F205"]


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("exceptions", "expected"),
    [
        ("- {rule: U101, path: briefs/2020/a.md, why: x}", ["a F205", "b U101", "b F205"]),
        ("- {rule: U101, path: briefs/*/*.md, why: x}", ["a F205", "b F205"]),
        ("- {rule: defanged-link, link: 'https://a(.)example/x', why: x}", ["a F205", "b U101", "b F205"]),
        ("- {rule: U, link: 'https://a.example/x', why: x}", ["a F205", "b U101", "b F205"]),
        ("- {rule: U101, link: [a.example, 'b(.)example'], why: x}", ["a F205", "b F205"]),
        ("- {rule: U101, path: briefs/2020/b.md, link: a.example, why: x}", ["exceptions B319", *ALL]),
        ("- {rule: [U101, F205], path: '**', why: x}", []),
        ("- {rule: U101, path: briefs/2020/a.md, why: x, until: 2026-06-30}", ["a F205", "b U101", "b F205"]),
        ("- {rule: U101, path: briefs/2020/a.md, why: x, until: 2026-06-29}", ["exceptions B318", *ALL]),
        ("- {rule: U101, path: briefs/2020/a.md}", ["exceptions B317", "a F205", "b U101", "b F205"]),
        ("- {rule: U101, path: a, wy: x}", ["exceptions B317", "exceptions B317", *ALL]),
        ("- {rule: U1O1, path: briefs/2020/a.md, why: x}", ["exceptions B317", *ALL]),
        ("- {rule: U101, why: x}", ["exceptions B317", *ALL]),
        ("- {rule: B302, path: '**', why: x}", ["exceptions B319", *ALL]),
    ],
)
def test_exceptions(exceptions, expected):
    """What an exception covers is not reported; one without a reason, ended or unused is."""
    EXCEPTIONS.write_text(exceptions + "\n", encoding="utf-8")
    status, found, err = run("--now", "2026-06-30")
    assert sorted(found) == sorted(expected)
    assert (status, err) == (1 if any("U101" in f or "B317" in f for f in expected) else 0, "")


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("content", ["- [", "rule: U101", "- {rule: &x U101}", "[" * 100_000, b"- \xff"])
def test_exceptions_that_cannot_be_read(content):
    """One line, exit status 2, and all else is done."""
    EXCEPTIONS.write_bytes(content if isinstance(content, bytes) else content.encode())
    status, found, err = run()
    assert (status, sorted(found), err.count("\n")) == (2, sorted(ALL), 1)
    assert err.startswith("briefs_src/exceptions.yml: ")


@pytest.mark.usefixtures("archive")
def test_nothing_is_said_of_exceptions_to_what_was_not_looked_at():
    """A rule that is not run, or a file alone, proves no exception useless; what it covers stays held back."""
    EXCEPTIONS.write_text(
        "- {rule: U101, link: a.example, why: x}\n- {rule: F205, path: briefs/2020/none.md, why: x}\n", encoding="utf-8"
    )
    assert run("--select", "U,B") == (1, ["b U101"], "")
    assert run("briefs_src/briefs/2020/a.md") == (0, ["a F205"], "")
    assert "exceptions B319" in run("--select", "U,B,F")[1]
    assert "held back by exceptions" in said()


@pytest.mark.usefixtures("archive")
def test_the_usual_baseline_is_used():
    """The file that a build uses is used by the check as well, until somebody wants to see everything."""
    assert run("--write-baseline", BASELINE)[:2] == (0, [])
    assert run()[:2] == (0, [])
    assert sorted(run("--no-baseline")[1]) == sorted(ALL)
    BASELINE.rename("other.json")
    assert sorted(run()[1]) == sorted(ALL)
    assert run("--baseline", "other.json")[:2] == (0, [])
    Path("pyproject.toml").write_text('[tool.regesta.check]\nbaseline = "other.json"\n', encoding="utf-8")
    assert run()[:2] == (0, [])
    Path("mkdocs.yml").write_text("plugins: [{regesta/links: {baseline: false}}]\n", encoding="utf-8")
    assert sorted(run()[1]) == sorted(ALL)


@pytest.mark.usefixtures("archive")
def test_a_broken_baseline_holds_nothing_back():
    """It is named, the check is done, and the exit status is 2; one asked for by name is a wrong option."""
    BASELINE.write_text("[]", encoding="utf-8")
    status, found, err = run()
    assert (status, sorted(found), err.count("\n")) == (2, sorted(ALL), 1)
    assert "briefs_src/baseline.json: " in err
    assert run("--baseline", BASELINE)[:2] == (2, [])
    assert run("--write-baseline", BASELINE)[0] == 2
    assert BASELINE.read_text(encoding="utf-8") == "[]"


def test_a_renamed_brief_and_a_moved_line_are_not_new(archive):
    """What is mended is gone; what is new is reported."""
    run("--write-baseline", BASELINE)
    (archive / "a.md").rename(archive / "renamed.md")
    text = (archive / "b.md").read_text(encoding="utf-8")
    (archive / "b.md").write_text(text.replace("Text.", "Above.\n\nText."), encoding="utf-8")
    assert run()[:2] == (0, [])
    assert "gone" not in said()
    (archive / "renamed.md").write_text(BRIEF.format("<https://new(.)example/x>"), encoding="utf-8")
    assert run()[:2] == (1, ["renamed U101"])
    assert "a.md: U101 'https://a(.)example/x' is gone." in said()


def test_the_rest_of_a_baseline_is_left_as_it_is(archive):
    """With some rules, or one file, nothing else is gone, and writing keeps it."""
    run("--write-baseline", BASELINE)
    whole = BASELINE.read_text(encoding="utf-8")
    for part in (["--select", "U"], ["briefs_src/briefs/2020/a.md"], ["--ignore", "F205"]):
        assert run(*part)[:2] == (0, [])
        assert "gone" not in said(*part)
        run(*part, "--write-baseline", BASELINE)
        assert BASELINE.read_text(encoding="utf-8") == whole
    (archive / "a.md").write_text("---\ntitle: Water\ndate: 2020-09-09\n---\n\nText.\n", encoding="utf-8")
    assert said("--select", "U").count("is gone") == 1
    assert said().count("is gone") == 2
    run("--write-baseline", BASELINE)
    assert "a.md" not in BASELINE.read_text(encoding="utf-8")


def test_of_a_brief_that_was_deleted_only_what_was_asked_for_is_gone(archive):
    """A rule that was not run says nothing, and what it once found stays acknowledged."""
    run("--write-baseline", BASELINE)
    (archive / "a.md").unlink()
    assert said("--select", "F").count("is gone") == 1
    assert "gone" not in said("briefs_src/briefs/2020/b.md")
    run("--select", "F", "--write-baseline", BASELINE)
    kept = [
        (known["path"][-4:], known["rule"]) for known in json.loads(BASELINE.read_text(encoding="utf-8"))["findings"]
    ]
    assert kept == [("a.md", "U101"), ("b.md", "F205"), ("b.md", "U101")]


def test_a_new_finding_is_not_taken_for_one_that_stands_in_another_file(archive):
    """The same link in a new brief is new, also where that brief alone is checked."""
    run("--write-baseline", BASELINE)
    (archive / "new.md").write_text(BRIEF.format("<https://a(.)example/x>"), encoding="utf-8")
    assert run()[1] == ["new U101", "new F205"]
    assert run("briefs_src/briefs/2020/new.md")[1] == ["new U101", "new F205"]


@pytest.mark.usefixtures("archive")
def test_an_exception_comes_before_the_baseline():
    """What it holds back is not written into the baseline; when it ends, the finding is new."""
    EXCEPTIONS.write_text("- {rule: U101, link: a.example, why: x, until: 2026-06-30}\n", encoding="utf-8")
    run("--write-baseline", BASELINE, "--now", "2026-06-01")
    assert "a(.)example" not in BASELINE.read_text(encoding="utf-8")
    assert run("--now", "2026-06-30")[:2] == (0, [])
    status, found, _ = run("--now", "2026-07-01")
    assert (status, sorted(found)) == (1, ["a U101", "exceptions B318"])
    assert sorted(run("--now", "2026-07-01", "--select", "U")[1]) == ["a U101"]


@pytest.mark.usefixtures("archive")
def test_settings_are_used_and_the_command_line_is_stronger():
    """mkdocs.yml before pyproject.toml, option by option; what is typed before both."""
    Path("pyproject.toml").write_text(
        '[tool.regesta.check]\nignore = ["F205"]\nfail-on = "info"\n[tool.regesta.check.severity]\nU101 = "info"\n',
        encoding="utf-8",
    )
    assert run()[:2] == (1, ["a U101", "b U101"])
    Path("mkdocs.yml").write_text(
        "site_name: !ENV X\nplugins:\n  - regesta/briefs\n  - regesta/links:\n"
        "      fail_on: warning\n      per_file: {briefs/2020/a.md: U}\n",
        encoding="utf-8",
    )
    assert run()[:2] == (0, ["b U101"])
    assert run("--fail-on", "info")[:2] == (1, ["b U101"])
    assert run("--select", "F205")[1] == ["a F205", "b F205"]
    assert run("--ignore", "U101")[1] == []


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        (
            "mkdocs.yml",
            "plugins:\n  regesta/links: {ignroe: U}\n",
            "mkdocs.yml, regesta/links: there is no option 'ignroe'",
        ),
        ("pyproject.toml", "[tool.regesta.check]\nselect = 'U1O1'\n", "Is 'U101' meant?"),
        ("pyproject.toml", "[tool.regesta\n", "pyproject.toml: cannot be read"),
        ("pyproject.toml", "[tool.regesta]\ncheck = 3\n", "[tool.regesta.check] is no table"),
        ("pyproject.toml", "[tool.regesta.check]\nbaseline = 'none.json'\n", "none.json: there is no such file."),
    ],
)
def test_settings_that_are_none(file, text, words):
    """A typing error is an error, with the nearest that there is; not a check of something else."""
    Path(file).write_text(text, encoding="utf-8")
    status, found, err = run()
    assert (status, found) == (2, [])
    assert words in err
    assert "Traceback" not in err


@pytest.mark.usefixtures("archive")
def test_a_project_of_another_kind_is_none_of_ours():
    """A pyproject.toml without our table says nothing."""
    Path("pyproject.toml").write_text("[project]\nname = 'x'\n[tool]\nregesta = {}\n", encoding="utf-8")
    assert sorted(run()[1]) == sorted(ALL)


@pytest.mark.parametrize("name", ["mkdocs.yml", "briefs_src/decisions.yml", "briefs_src/exceptions.yml"])
def test_a_file_that_nests_without_end_does_not_end_the_process(archive, name):
    """The YAML loader recurses in C: two hundred thousand brackets would end the process without a word."""
    del archive
    Path(name).write_text("[" * 200_000 + "]" * 200_000, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-m", "regesta", "check"], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 2
    assert name in done.stderr
    assert "Traceback" not in done.stderr
