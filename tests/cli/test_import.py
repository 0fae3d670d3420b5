"""`regesta import` at the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from regesta.cli.check import command as check
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
    assert (result.exit_code, len(list(BRIEF.parent.iterdir()))) == (1, 2)
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
        ("jekyll.txt", b"---\n# of Jekyll\nlayout: post\ntags:\n- a\n---\n\nText.\n", "a brief already"),
        ("quoted.txt", b'\n---\n"title" : A brief\n...\n\nText.\n', "a brief already"),
        ("bom.txt", b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nText.\r\n", "a brief already"),
        ("hugo.txt", b'+++\ntitle = "A brief"\ndraft = true\n+++\n\nText.\n', "Hugo"),
        ("hugo.md", b"+++\n# remark\n[params]\nx = 1\n+++\n\nText.\n", "YAML"),
        ("json.txt", b'{\n  "title": "A brief"\n}\n\nText.\n', "JSON"),
        ("page.html", b"<!DOCTYPE html><html><body><p>Text.</p></body></html>", "HTML"),
        ("page", b"\xef\xbb\xbf\n<!-- saved from url --><HTML>\n<body>Text.", "HTML"),
        ("page.htm", '<html lang="ru"><p>Текст'.encode("windows-1251"), "HTML"),
        ("utf-16.txt", "<html><p>Text.".encode("utf-16"), "HTML"),
        ("piece.txt", b'<div class="a"><p>One.</p>\n<p>Two.</p></div>', "HTML"),
        ("page.xhtml", b'<?xml version="1.0"?>\n<!DOCTYPE html><html xmlns="x"/>', "XHTML"),
        ("short.html", b"<p>Text.</p>", "HTML"),
        ("feed", b'<?xml version="1.0"?><rss/>', "XML"),
        (
            "page.mht",
            b'From: A\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"\r\n\r\n--x',
            "MHTML",
        ),
        ("a.rtf", b"{\\rtf1\\ansi Text.}", "RTF"),
        ("bom.rtf", b"\xef\xbb\xbf{\\rtf1 Text.}", "RTF"),
        ("a.docx", b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml" + b"\0" * 200 + b"word/document.xml", "DOCX"),
        ("a.odt", b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument"),
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


LOST = DOCUMENT.replace("is closed.", "[is closed](#).").replace("news.example", "news[.]example")


def test_prints_what_the_check_says_of_the_new_brief() -> None:
    """Same words, place in the new file, each with its footnote; status 1 while errors stand; text and JSON alike."""
    Path("a.txt").write_text(LOST, encoding="utf-8")
    told = run("a.txt")
    checked = CliRunner().invoke(check, [BRIEF.as_posix(), "--output-format", "json"])
    found = json.loads(checked.stdout)["findings"]
    assert [(finding["rule"], finding["footnote"]) for finding in found] == [("U109", None), ("U101", "1")]
    assert told.exit_code == 1
    for finding in found:
        assert f"{BRIEF}:{finding['line']}:{finding['column']} {finding['rule']} " in told.stdout
        assert f"{finding['severity'].replace('info', 'remark')}: {finding['message']}" in told.stdout
    (brief,) = json.loads(run("a.txt", "--force", "--output-format", "json").stdout)["briefs"]
    assert brief["findings"] == found
    assert "2 findings" in told.stdout


def test_checks_what_it_would_write() -> None:
    """A dry run says the same as the import, and has its status."""
    Path("a.txt").write_text(LOST, encoding="utf-8")
    result = run("a.txt", "--dry-run")
    assert (result.exit_code, f"{BRIEF}:9:13 U109" in result.stdout) == (1, True)


def test_weighs_findings_as_the_settings_say() -> None:
    """What mkdocs.yml sets for the check holds for the import, too."""
    Path("a.txt").write_text(LOST, encoding="utf-8")
    Path("mkdocs.yml").write_text(
        "site_name: A\nplugins:\n  - regesta/links:\n      ignore: [U101, U109]\n", encoding="utf-8"
    )
    assert (run("a.txt").exit_code, "U1" in run("a.txt", "--force").stdout) == (0, False)


@pytest.mark.parametrize("linked", ["briefs/2021", "repairs/2021"])
def test_writes_through_no_symbolic_link(linked: str) -> None:
    """A year that is a symbolic link is refused: no command would find the brief behind it."""
    Path("elsewhere").mkdir()
    Path("archive", linked).parent.mkdir(parents=True)
    Path("archive", linked).symlink_to(Path("elsewhere").resolve(), target_is_directory=True)
    result = run("a.txt")
    assert (result.exit_code, f"a.txt: archive/{linked} is a symbolic link" in result.stderr) == (2, True)
    assert list(Path("elsewhere").iterdir()) == []
    assert files() == []


def test_sweeps_what_a_killed_import_left() -> None:
    """Files of ours whose process is gone are taken away at the next run; others and those at work stay."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    BRIEF.parent.mkdir(parents=True)
    LOG.parent.mkdir(parents=True)
    ours = [BRIEF.with_name(f".x.md.{gone.pid}.tmp"), LOG.with_name(f".x.jsonl.{gone.pid}.tmp")]
    others = [BRIEF.with_name(f".x.md.{os.getppid()}.tmp"), BRIEF.with_name(".notes.tmp"), LOG.with_name(".x.md.swp")]
    for file in [*ours, *others]:
        file.write_text("half", encoding="utf-8")
    run("a.txt", "--dry-run")
    assert all(file.exists() for file in ours)
    run("a.txt")
    assert [file.exists() for file in [*ours, *others]] == [False, False, True, True, True]


def test_shows_no_character_that_steers_a_terminal() -> None:
    """What the document and its name hold goes through one function: in the report, the dry run, errors and JSON."""
    name = "a\x1b[2J\u202eb.txt"
    Path(name).write_text(DOCUMENT.replace("Harbour Closed", "Harbour \u202eClosed ##[error]x"), encoding="utf-8")
    for arguments in (["--dry-run"], ["--output-format", "json"], [], ["missing\u202e"]):
        output = run(name, *arguments).output
        assert "\x1b" not in output
        assert "\u202e" not in output
        assert "##[" not in output


def test_refuses_a_file_name_that_is_not_utf_8(folder: Path) -> None:
    """One clear line; the other documents are done."""
    name = os.fsdecode(bytes(folder) + b"/caf\xe9.txt")
    try:
        Path(name).write_text(DOCUMENT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    result = run(name, "a.txt")
    assert (result.exit_code, BRIEF.exists()) == (2, True)
    (line,) = result.stderr.splitlines()
    assert line.endswith(r"caf\udce9.txt: Its name is not UTF-8. Give it another name and import it again.")


def test_takes_publisher_and_series_for_all() -> None:
    """Options hold for all documents and overrule them; a manifest's columns of the same names come first."""
    text = DOCUMENT.replace("By Ada", "Other Watch, No. 7\n\nBy Ada")
    Path("b.txt").write_text(text.replace("Closed", "Open"), encoding="utf-8")
    Path("m.csv").write_text("file,publisher,series\na.txt,Board,\nb.txt,,Own Watch\n", encoding="utf-8")
    result = run("--manifest", "m.csv", "--publisher", "Norland Institute", "--series", "Norland Brief")
    assert result.exit_code == 0
    first, second = front_matter(BRIEF), front_matter(BRIEF.with_name("2021-10-12-harbour-open.md"))
    assert (first["publisher"], first["series"]) == ("Board", "Norland Brief")
    assert (second["publisher"], second["series"], second["number"]) == ("Norland Institute", "Own Watch", "7")
    assert "  Norland Institute, Own Watch, No. 7\n" in result.stdout
