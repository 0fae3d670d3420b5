"""`regesta import` at the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from regesta.cli.import_ import command

DOCUMENT = """
# Harbour Closed

12 October 2021

By Ada Example

The harbour is closed.<sup>1</sup>

<sup>1</sup> <https://news.example/harbour>
"""
BRIEF = Path("archive/briefs/2021/2021-10-12-harbour-closed.md")
LOG = Path("archive/repairs/2021/2021-10-12-harbour-closed.jsonl")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own, with one document."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    """Run the command on the archive of this test."""
    result = CliRunner().invoke(command, [*arguments, "--into", "archive"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def front_matter(path: Path) -> dict[str, object]:
    """Read a brief's front matter as any YAML reader does."""
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])


def files() -> list[str]:
    """Name all files below the archive."""
    return sorted(path.as_posix() for path in Path("archive").rglob("*") if path.is_file())


def test_writes_brief_and_log() -> None:
    """One document gives a brief and its repair log, and says where they are."""
    result = run("a.txt")
    assert result.exit_code == 0
    assert files() == [BRIEF.as_posix(), LOG.as_posix()]
    assert {"title": "Harbour Closed", "date": "2021-10-12", "date_basis": "stated"}.items() <= front_matter(
        BRIEF
    ).items()
    assert "1 note, 1 link" in result.stdout
    assert BRIEF.as_posix() in result.stdout
    assert [json.loads(line)["kind"] for line in LOG.read_text(encoding="utf-8").splitlines()][:1] == ["title"]


def test_prints_the_documented_json() -> None:
    """`--output-format json` prints the shape that formats promise, and nothing else."""
    report = json.loads(run("a.txt", "--output-format", "json").stdout)
    (brief,) = report["briefs"]
    assert (report["version"], brief["path"], brief["references"], brief["footnotes"]) == (
        1,
        BRIEF.as_posix(),
        ["1"],
        [{"label": "1", "urls": ["https://news.example/harbour"]}],
    )
    assert list(brief) == [
        *("source", "sha256", "path", "title", "date", "date_basis", "authors", "publisher", "series"),
        *("footnotes", "references", "repairs", "findings"),
    ]


def test_passes_over_what_is_imported_already() -> None:
    """The hash of the original tells, whatever the brief is called or says by now."""
    run("a.txt")
    moved = BRIEF.with_name("other.md")
    BRIEF.rename(moved)
    moved.write_text(moved.read_text(encoding="utf-8").replace("Harbour Closed", "Edited"), encoding="utf-8")
    Path("copy.txt").write_text(DOCUMENT, encoding="utf-8")
    result = run("a.txt", "copy.txt")
    assert (result.exit_code, result.stdout.count("passed over: ")) == (0, 2)
    assert front_matter(moved)["title"] == "Edited"
    assert not BRIEF.exists()


def test_replaces_a_brief_only_when_forced() -> None:
    """`--force` writes the brief again, at the address it has."""
    run("a.txt")
    BRIEF.write_text(BRIEF.read_text(encoding="utf-8").replace("Harbour Closed", "Edited"), encoding="utf-8")
    run("a.txt")
    assert front_matter(BRIEF)["title"] == "Edited"
    assert run("a.txt", "--force", "--date", "2022-01-01").exit_code == 0
    assert (front_matter(BRIEF)["title"], front_matter(BRIEF)["date"]) == ("Harbour Closed", "2022-01-01")
    assert files() == [BRIEF.as_posix(), LOG.as_posix()]


def test_never_replaces_a_brief_that_was_made_otherwise() -> None:
    """A brief without an original stays as it is, the other documents are done, the status is 2."""
    BRIEF.parent.mkdir(parents=True)
    BRIEF.write_text("by hand", encoding="utf-8")
    Path("b.txt").write_text(DOCUMENT.replace("Closed", "Open"), encoding="utf-8")
    result = run("a.txt", "b.txt")
    assert (result.exit_code, BRIEF.read_text(encoding="utf-8")) == (2, "by hand")
    assert result.stderr.startswith("a.txt: ")
    assert BRIEF.with_name("2021-10-12-harbour-open.md").exists()
    assert run("a.txt", "--force").exit_code == 0
    assert front_matter(BRIEF)["title"] == "Harbour Closed"


def test_keeps_two_documents_of_one_title_and_date_apart() -> None:
    """The second gets a suffix from its hash, and a finding says so."""
    Path("b.txt").write_text(DOCUMENT + "\nMore.\n", encoding="utf-8")
    result = run("a.txt", "b.txt")
    assert (result.exit_code, len(list(BRIEF.parent.iterdir()))) == (0, 2)
    assert "B306" in result.stdout


def test_writes_nothing_on_a_dry_run() -> None:
    """`--dry-run` shows the brief and where it would go."""
    result = run("a.txt", "--dry-run")
    assert result.exit_code == 0
    assert "would be written to archive/briefs/2021" in result.stdout
    assert "The harbour is closed.[^1]" in result.stdout
    assert not Path("archive").exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "blanks"),
        ("binary.txt", b"a\0b", "binary"),
        ("scan.pdf", b"%PDF-1.7 ...", "PDF"),
        ("latin.txt", "Übung macht müde".encode("latin-1"), "--encoding"),
        ("large.txt", b"a" * (8 * 1024 * 1024 + 1), "too large"),
        ("missing.txt", None, "no such file"),
        ("brief.txt", b"---\ntitle: A brief\n---\n\nText.\n", "front matter"),
        (".", None, "folder"),
    ],
)
def test_refuses_what_is_no_raw_text(name: str, data: bytes | None, words: str) -> None:
    """One line names the file, the fact and the way out; the others are still done; the status is 2."""
    if data is not None:
        Path(name).write_bytes(data)
    result = run(name, "a.txt")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{name}: ")
    assert words in line
    assert files() == [BRIEF.as_posix(), LOG.as_posix()]


def test_reads_the_encoding_it_is_told() -> None:
    """`--encoding` settles what cannot be told from the bytes."""
    Path("a.txt").write_bytes(DOCUMENT.replace("Ada", "Zoë").encode("latin-1"))
    assert run("a.txt", "--encoding", "latin-1").exit_code == 0
    assert front_matter(BRIEF)["authors"] == ["Zoë Example"]
    assert run("a.txt", "--encoding", "no-such").exit_code == 2


def test_leaves_no_half_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails, the error is said and no file, whole or half, is left of the brief."""

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    result = run("a.txt")
    assert (result.exit_code, result.stderr) == (2, "a.txt: No space left on device.\n")
    assert files() == []


@pytest.mark.parametrize("date", ["2021-02-30", "yesterday", ""])
def test_refuses_a_date_that_is_none(date: str) -> None:
    """A wrong `--date` stops before anything is read."""
    result = run("a.txt", "--date", date)
    assert result.exit_code == 2
    assert "2020-09-14" in result.stderr


def test_takes_metadata_from_a_manifest() -> None:
    """A row overrules what the document says; lists are parted by semicolons; the others go by their own words."""
    Path("docs").mkdir()
    for name in ("b.txt", "c.txt"):
        Path("docs", name).write_text(DOCUMENT + name, encoding="utf-8")
    Path("docs/briefs.csv").write_text(
        "file;title;date;authors;language\nb.txt;Norway: a view;2020-09;Ada Example; no\n"
        'c.txt;;;"Ben Sample; Zoë Muster";\n',
        encoding="utf-8-sig",
    )
    assert run("--manifest", "docs/briefs.csv").exit_code == 0
    first = front_matter(Path("archive/briefs/2020/2020-09-norway-a-view.md"))
    expected = {"title": "Norway: a view", "date": "2020-09", "date_basis": "given", "language": "no"}
    assert expected.items() <= first.items()
    assert front_matter(BRIEF)["authors"] == ["Ben Sample", "Zoë Muster"]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("name,title\n", "'file'"),
        ("file,title,title\n", "two columns"),
        ("file,original\n", "'original'"),
        ("file,date\na.txt,2021-02-30\n", "line 2"),
        ("file,date_basis\na.txt,guessed\n", "guessed"),
        ("file,title\na.txt,x\na.txt,y\n", "second time"),
        ("file,title\na.txt,x,y\n", "3 cells"),
        ('file,title\n"a.txt,x\n', "CSV"),
    ],
)
def test_refuses_a_broken_manifest(table: str, words: str) -> None:
    """The message names the table, the line and the way out; nothing is written."""
    Path("m.csv").write_text(table, encoding="utf-8")
    result = run("a.txt", "--manifest", "m.csv")
    assert result.exit_code == 2
    assert words in result.stderr
    assert not Path("archive").exists()


def test_asks_for_a_document() -> None:
    """Without documents and without a manifest there is nothing to do."""
    assert run().exit_code == 2


def test_shows_names_that_would_command_a_terminal_harmlessly() -> None:
    """A file name with an escape sequence is printed without it."""
    Path("\x1b[31mred.txt").write_text(DOCUMENT, encoding="utf-8")
    result = run("\x1b[31mred.txt", "\x1bmissing")
    assert "\x1b" not in result.output
