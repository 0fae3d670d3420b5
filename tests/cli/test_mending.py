"""`regesta check --fix` and `--diff`, as a person calls them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from regesta.cli.main import main

TITLE = b"---\r\ntitle: Halvern: a crisis\r\ndate: 2020-09-09\n---\r\n"
BRIEF = b"\xef\xbb\xbf" + TITLE + "Вода hxxps://safe[.]example/я, <hxxp://other[.]example>\r\n\r\nend".encode()
MENDED = BRIEF.replace(b"Halvern: a crisis", b"'Halvern: a crisis'").replace(
    "hxxps://safe[.]example/я".encode(), "<https://safe.example/я>".encode()
)


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """Make an archive with something to mend in nested folders, and go there."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "briefs_src" / "briefs" / "2020" / "09"
    folder.mkdir(parents=True)
    (folder / "a b.md").write_bytes(BRIEF)
    (folder.parent / "sound.md").write_bytes(b"---\ntitle: x\ndate: 2020\n---\nText.\n")
    (tmp_path / "briefs_src" / "decisions.yml").write_text("- {host: safe.example, say: refang, by: the editors}\n")
    return folder


def run(*arguments):
    """Call `regesta check` and give exit status, stdout and stderr."""
    result = CliRunner().invoke(main, ["check", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout_bytes.decode(), result.stderr


def test_what_is_certain_is_mended_and_the_rest_reported(archive):
    """Every other byte stays: the byte order mark, mixed line ends, the missing last one."""
    status, out, err = run("--fix")
    assert (archive / "a b.md").read_bytes() == MENDED
    assert out.splitlines()[:3] == [
        """briefs_src/briefs/2020/09/a b.md:2:8 B314 mended: now "'Halvern: a crisis'".""",
        "briefs_src/briefs/2020/09/a b.md:5:6 U101 mended: 'hxxps://safe[.]example/я' became '<https://safe.example/я>'.",
        "2 findings mended in 1 file.",
    ]
    assert "1 error, 0 warnings" in out.splitlines()[-1]
    assert (status, err) == (1, "")


def test_a_second_run_changes_nothing(archive):
    """Not even the time of the file."""
    run("--fix")
    before = (archive / "a b.md").stat()
    status, out, _ = run("--fix")
    after = (archive / "a b.md").stat()
    assert (status, "mended" in out) == (1, False)
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


@pytest.mark.parametrize("tool", [["git", "apply"], ["patch", "-p1", "--binary", "-i"]], ids=["git", "patch"])
@pytest.mark.parametrize("arguments", [["--diff"], ["--diff", "--fix"]], ids=" ".join)
def test_a_diff_writes_nothing_and_can_be_applied(archive, tool, arguments):
    """Exit status 1 says that there is something to mend; the tool makes of it what --fix would."""
    if not shutil.which(tool[0]):
        pytest.skip(f"{tool[0]} is not there")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "GIT_CEILING_DIRECTORIES": os.fspath(Path.cwd()),
    }
    with Path("x.diff").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-m", "regesta", "check", *arguments], stdout=out, env=environment, check=False
        )
    assert done.returncode == 1
    assert (archive / "a b.md").read_bytes() == BRIEF
    applied = subprocess.run([*tool, "x.diff"], capture_output=True, env=environment, check=False)
    assert applied.returncode == 0, applied.stderr + applied.stdout
    assert (archive / "a b.md").read_bytes() == MENDED
    assert run("--diff")[:2] == (0, "")


@pytest.mark.usefixtures("archive")
def test_json_stays_json():
    """What was mended is said on stderr there."""
    status, out, err = run("--fix", "--output-format", "json")
    assert [finding["rule"] for finding in json.loads(out)["findings"]] == ["U101"]
    assert err.endswith("2 findings mended in 1 file.\n")
    assert status == 1


def test_unsafe_fixes_wait_until_they_are_asked_for(archive):
    """A likely name of a field; but no link is refanged for which nobody has decided."""
    brief = archive / "c.md"
    text = "---\ntitle: x\ndate: 2020\nautors: [Ada]\n---\n<hxxp://other[.]example>\n"
    brief.write_text(text, encoding="utf-8")
    run("--fix")
    assert brief.read_text(encoding="utf-8") == text
    run("--fix", "--unsafe")
    assert brief.read_text(encoding="utf-8") == text.replace("autors", "authors")
    status, _, err = run("--unsafe")
    assert (status, "--fix" in err) == (2, True)


def test_only_what_is_asked_for_is_mended(archive):
    """Rules, files and what settings and exceptions hold back are left out; what a baseline holds is mended."""
    run("--fix", "--select", "U")
    assert b"'Halvern" not in (archive / "a b.md").read_bytes()
    (archive / "a b.md").write_bytes(BRIEF)
    Path("briefs_src/exceptions.yml").write_text("- {rule: B314, path: briefs/**, why: x}\n", encoding="utf-8")
    Path("pyproject.toml").write_text('[tool.regesta.check.per-file]\n"briefs/**/a*.md" = "U101"\n', encoding="utf-8")
    run("--fix")
    assert (archive / "a b.md").read_bytes() == BRIEF
    Path("briefs_src/exceptions.yml").unlink()
    Path("pyproject.toml").unlink()
    run("--write-baseline", "briefs_src/baseline.json")
    assert run()[0] == 0
    status, out, _ = run("--fix")
    assert (archive / "a b.md").read_bytes() == MENDED
    assert status == 0
    assert "B314" in next(line for line in out.splitlines() if "is gone" in line)


@pytest.mark.usefixtures("archive")
def test_a_folder_of_markdown_is_mended():
    """The decisions of the archive beside it count there, too; without an archive there are none, and links stay."""
    Path("docs").mkdir()
    Path("docs/a.md").write_bytes(BRIEF)
    run("docs", "--fix")
    assert Path("docs/a.md").read_bytes() == MENDED.replace(b"'Halvern: a crisis'", b"Halvern: a crisis")
    Path("docs/a.md").write_bytes(BRIEF)
    Path("briefs_src").rename("elsewhere")
    assert run("docs", "--fix")[0] == 1
    assert Path("docs/a.md").read_bytes() == BRIEF


@pytest.mark.usefixtures("archive")
def test_the_summary_says_what_can_be_mended():
    """Whoever sees findings learns that some need no hand."""
    assert run()[1].splitlines()[-1].endswith("; 2 can be mended with --fix.")


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_a_file_that_may_not_be_written_is_named_and_the_others_are_mended(archive):
    """Exit status 2, one line, no traceback."""
    (archive / "c.md").write_bytes(TITLE + b"x\n")
    (archive / "a b.md").chmod(0o444)
    status, out, err = run("--fix")
    assert (status, err) == (2, "briefs_src/briefs/2020/09/a b.md: is read-only.\n")
    assert (archive / "a b.md").read_bytes() == BRIEF
    assert b"'Halvern" in (archive / "c.md").read_bytes()
    assert "1 finding mended in 1 file." in out


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_symbolic_link_is_left_alone(archive):
    """In an archive it is named and not read; named by hand, it is read, and not replaced by a file."""
    Path("elsewhere.md").write_bytes(TITLE + b"x\n")
    link = archive / "link.md"
    link.symlink_to(Path("elsewhere.md").resolve())
    assert run("--fix")[2] == f"{link.relative_to(Path.cwd())}: is a symbolic link. Put the file itself there.\n"
    Path("page.md").symlink_to(archive / "a b.md")
    run("page.md", "--fix")
    assert Path("page.md").is_symlink()
    assert Path("elsewhere.md").read_bytes() == TITLE + b"x\n"


def test_a_file_that_somebody_saves_meanwhile_is_not_overwritten(archive, monkeypatch):
    """The words of a person are worth more than a fix."""
    theirs = BRIEF + b" saved"
    real = tempfile.mkstemp

    def after_a_save(**where):
        (archive / "a b.md").write_bytes(theirs)
        return real(**where)

    monkeypatch.setattr(tempfile, "mkstemp", after_a_save)
    status, _, err = run("--fix")
    assert (status, err.count("\n")) == (2, 1)
    assert "changed by someone else" in err
    assert (archive / "a b.md").read_bytes() == theirs


def test_a_diff_cannot_give_orders_to_a_log(archive):
    """Behind a lone CR a line of the file would begin as a command: it is not shown, and that is said."""
    (archive / "a b.md").write_bytes(TITLE + b"x\r::error::y\n")
    status, out, err = run("--diff")
    assert (status, out) == (2, "")
    assert "Use --fix" in err
