"""`regesta check` writes several reports in one run, each whole or not at all."""

from __future__ import annotations

import json
import os
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from regesta.cli.main import main
from regesta.reporting.formats import FORMATS

BRIEF = (
    "---\ntitle: Water\ndate: 2020-09-09\npublisher: Harbour Board\n---\n\nText.[^1]\n\n[^1]: <hxxps://a[.]example/>\n"
)
SUMMARY = "1 error, 0 warnings, 0 remarks in 1 brief, 1 link, 1 file."


@pytest.fixture(autouse=True)
def archive(tmp_path, monkeypatch):
    """Make a small archive with one error, and go there."""
    monkeypatch.chdir(tmp_path)
    brief = tmp_path / "briefs_src/briefs/2020/a.md"
    brief.parent.mkdir(parents=True)
    brief.write_text(BRIEF, encoding="utf-8")
    return brief


def run(*arguments):
    """Call `regesta check` and give exit status, stdout and stderr."""
    result = CliRunner().invoke(main, ["check", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_printed_or_written(name):
    """What is printed and what goes into a file are the same bytes; the exit status is that of the findings."""
    status, printed, err = run("--output-format", name)
    assert (status, err) == (1, "")
    assert "a.md" in printed
    assert run("--output-format", name, "--output-file", "by-option") == (1, f"{SUMMARY}\n", "")
    assert run("--output-format", f"{name}=deep/by-equals") == (1, f"{SUMMARY}\n", "")
    assert Path("by-option").read_text(encoding="utf-8") == Path("deep/by-equals").read_text(encoding="utf-8")
    assert Path("by-option").read_text(encoding="utf-8") == printed


def test_several_at_once():
    """One run prints one format and writes the others."""
    status, out, _ = run(
        "--output-format", "github", "--output-format", "sarif=r.sarif", "--output-format", "junit=r=1.xml"
    )
    assert status == 1
    assert out.startswith("::error file=briefs_src/briefs/2020/a.md,line=9,")
    assert json.loads(Path("r.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert ET.parse("r=1.xml").getroot().get("failures") == "1"  # noqa: S314 - our own


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--output-format", "sarf"], "There is no format 'sarf'"),
        (["--output-format", "sarif="], "No file is named after 'sarif='"),
        (["--output-format", "json", "--output-format", "html"], "not 'json' and 'html'"),
        (["--output-format", "json=x", "--output-file", "y"], "names no file of its own"),
        (["--output-format", "json=x", "--output-format", "html=x"], "Two reports"),
    ],
)
def test_what_cannot_be_is_refused(arguments, words):
    """Exit status 2 and the reason, and nothing is written."""
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert words in " ".join(err.split())
    assert [path.name for path in Path().iterdir()] == ["briefs_src"]


def test_a_file_that_cannot_be_written():
    """It is named, the other reports are written, and the exit status is 2."""
    Path("taken").write_text("x", encoding="utf-8")
    status, _, err = run("--output-format", "json=taken/x.json", "--output-format", "html=r.html")
    assert status == 2
    assert "taken/x.json: cannot be written" in err
    assert Path("r.html").is_file()


def test_a_report_is_whole_or_not_there(monkeypatch):
    """When the disk is full, the old report stands as it was and nothing is left beside it."""
    Path("r.json").write_text("old", encoding="utf-8")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, _, err = run("--output-format", "json=r.json")
    assert (status, "No space left" in err) == (2, True)
    assert Path("r.json").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["briefs_src", "r.json"]


def test_a_device_is_written_to_and_not_replaced():
    """A pipe or a device stays what it is."""
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert run("--output-format", "json=pipe")[0] == 1
    assert json.loads(os.read(reader, 65536))["version"] == 1
    os.close(reader)
    assert Path("pipe").is_fifo()


def test_a_link_to_a_file_stays_a_link():
    """What a symbolic link points to is written."""
    Path("out").mkdir()
    Path("r.json").symlink_to("out/r.json")
    Path("out/r.json").write_text("old", encoding="utf-8")
    run("--output-format", "json=r.json")
    assert Path("r.json").is_symlink()
    assert json.loads(Path("out/r.json").read_text(encoding="utf-8"))["version"] == 1


def test_nothing_of_a_withdrawn_brief_is_quoted(archive):
    """The text of a brief that was taken back is in no report."""
    archive.write_text(
        "---\ntitle: Water\ndate: 2020-02-30 # secret\nstatus: withdrawn\nsummary: Secret.\n---\n\nThe secret.\n",
        encoding="utf-8",
    )
    for name in ("html", "sarif", "markdown", "junit", "github"):
        _, out, _ = run("--output-format", name)
        assert "2020-02-30" in out
        assert "secret" not in out


def test_statistics_count_by_rule_and_by_publisher():
    """The most frequent first."""
    _, out, _ = run("--statistics")
    assert [line.split() for line in out.splitlines()[1:3]] == [
        ["1", "U101", "defanged-link"],
        ["1", "Harbour", "Board"],
    ]


def test_the_edit_link_is_that_of_mkdocs_yml():
    """The page leads to where the site's own pages are edited."""
    config = "site_name: x\nrepo_url: https://code.example/r\nedit_uri: edit/main/docs/\n"
    Path("mkdocs.yml").write_text(config, encoding="utf-8")
    address = "https://code.example/r/edit/main/briefs_src/briefs/2020/a.md#L9"
    assert f'href="{address}"' in run("--output-format", "html")[1]
    Path("mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    assert "Edit this line" not in run("--output-format", "html")[1]
