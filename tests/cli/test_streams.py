"""Streams and places that fail: named in one line, exit status 2, no traceback."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sites import make_site_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors and devices that only POSIX has")

REGESTA = f"{sys.executable} -c 'from regesta.cli.main import main; main()'"
COMMANDS = {
    "check": "check",
    "check-json": "check --output-format json",
    "diff": "check --diff --unsafe",
    "fix": "check --fix",
    "link": "link hxxp://a.example/",
    "link-text": "link --output-format text hxxp://a.example/",
    "rule": "rule",
    "rule-one": "rule U101",
    "report": "report",
    "report-csv": "report --output-format csv",
    "save": "save --dry-run",
    "export": "export out",
    "import": "import raw.txt",
    "import-json": "import raw.txt --dry-run --output-format json",
    "new": "new other",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out an archive whose check has more to say than a pipe holds."""
    links = "\n\n".join(f"hxxp://a{number}.example/ www.b{number}.example/" for number in range(400))
    folder = make_site_of(tmp_path, f"---\ntitle: X\ndate: 2020-01-01\n---\n{links}\n")
    (folder / "raw.txt").write_text("A title\n\nSome words of a document.\n", encoding="utf-8")
    return folder


def shell(folder: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in a folder."""
    return subprocess.run(
        [shutil.which("bash") or "/bin/bash", "-c", command],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        errors="replace",
    )


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_full_disk_under_the_output_is_named(folder: Path, command: str) -> None:
    """What could not be written is said on the other stream."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = shell(folder, f"{REGESTA} {command} > /dev/full")
    assert done.returncode == 2, done.stderr
    assert "Standard output: cannot be read or written (No space left on device)." in done.stderr.splitlines()
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("command", ["check", "check --output-format json", "check --diff --unsafe", "rule", "report"])
def test_a_reader_that_has_had_enough_is_no_fault(folder: Path, command: str) -> None:
    """A pipe that is closed ends the command without a traceback."""
    done = shell(folder, f"{REGESTA} {command} | head -1 > /dev/null; exit ${{PIPESTATUS[0]}}")
    assert done.returncode in {0, 1, 2}
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    done = shell(folder, f"{REGESTA} {command} | true; exit ${{PIPESTATUS[0]}}")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("link - <&-", "Standard input is closed."),
        ("check >&-", "Standard output is closed."),
        ("link a >&- <&-", "Standard output is closed."),
        ("rule 2>&- >&-", ""),
    ],
)
def test_a_closed_stream_is_named(folder: Path, command: str, told: str) -> None:
    """A stream that is closed from the start ends the command at once; no file is written through its number."""
    done = shell(folder, f"{REGESTA} {command}")
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("place", ["raw.txt/x", "/proc/none/x", "docs", "/dev/full", "x" * 300, "no\udcff/x"])
@pytest.mark.parametrize("command", ["check --output-file {}", "report --output-file {}", "check --write-baseline {}"])
def test_a_report_that_cannot_be_written_is_named(folder: Path, command: str, place: str) -> None:
    """The place is named, and nothing that is there is replaced."""
    done = shell(folder, f"{REGESTA} {command.format(place)}")
    assert "Traceback" not in done.stderr
    if "\udcff" not in place:
        assert done.returncode == 2
        assert re.search("cannot be|is a directory|is a symbolic link, or no file", done.stderr)
    assert (folder / "raw.txt").is_file()
    assert Path("/dev/full").is_char_device() or not Path("/dev/full").exists()


@pytest.mark.parametrize(
    "command", ["check", "report", "export out", "import x", "new y", "save --dry-run", "link hxxp://a"]
)
def test_a_current_folder_that_is_gone_is_no_traceback(tmp_path: Path, command: str) -> None:
    """What is looked for there is not found, and that is said."""
    (tmp_path / "gone").mkdir()
    done = shell(tmp_path, f"cd gone && rmdir ../gone && {REGESTA} {command}")
    assert done.returncode == (1 if "link" in command else 2)
    assert "Traceback" not in done.stderr
    assert "Standard output" not in done.stderr


@pytest.mark.parametrize(
    "setting",
    [
        "LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0",
        "PYTHONIOENCODING=ascii:strict",
        "COLUMNS=1 TERM=dumb",
        "-u HOME -u PATH -u TERM",
    ],
)
@pytest.mark.parametrize("command", ["check", "report --output-format csv", "link hxxp://ріка.example/", "rule U101"])
def test_no_locale_or_terminal_is_needed(folder: Path, command: str, setting: str) -> None:
    """An ASCII locale, a narrow terminal and an empty environment change how signs are shown, and nothing else."""
    (folder / "briefs_src/briefs/2020/ріка.md").write_text("---\ntitle: Ріка\n---\nhxxp://ц.example/\n", "utf-8")
    done = shell(folder, f"env {setting} {REGESTA} {command}")
    assert "Traceback" not in done.stderr
    if "PYTHONUTF8=0" in setting and command.startswith(("check", "report")):
        assert "has a name that cannot be read in this locale. Set PYTHONUTF8=1." in done.stderr
    else:
        assert done.returncode in {0, 1}, done.stderr
