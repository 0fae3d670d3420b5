"""A diff is what `git apply` and `patch` take, to the byte."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.reporting.diff import is_safe_to_show, unified

LINES = st.lists(st.sampled_from(["a", "Жb", "", "c\r", "\ufeffd", "-- x", "+++ y", "e\x0cf", "g\u2028h"]), max_size=14)


def text(lines, ends):
    """Join lines, with or without an end of the last."""
    return ("\n".join(lines) + ("\n" if ends else "")).encode()


@pytest.mark.skipif(not shutil.which("git"), reason="git is not there")
@settings(max_examples=40, deadline=None)
@given(old=LINES, new=LINES, ends=st.tuples(st.booleans(), st.booleans()))
def test_git_takes_any_diff(tmp_path_factory, old, new, ends):
    """Lines that come and go, line ends of all kinds, none at the end: git makes of the old file the new one."""
    before, after = text(old, ends[0]), text(new, ends[1])
    folder = tmp_path_factory.mktemp("git")
    file = folder / "brief.md"
    file.write_bytes(before)
    diff = unified("brief.md", before, after)
    if before == after:
        assert diff == b""
        return
    (folder / "x.diff").write_bytes(diff)
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": os.fspath(folder.parent)}
    done = subprocess.run(
        ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "x.diff"],  # noqa: S607 - found above
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert file.read_bytes() == after


@pytest.mark.skipif(not shutil.which("patch"), reason="patch is not there")
@pytest.mark.parametrize("name", ["a.md", "a b.md", "Минск.md", "deep/er/a.md"])
def test_patch_takes_the_diff_of_a_file_of_any_name(tmp_path, name):
    """Blanks, other alphabets and folders."""
    lines = [f"line {number}\r" if number % 3 else f"строка {number}" for number in range(60)]
    before = "\n".join(lines).encode()
    after = before.replace(b"line 20", b"LINE 20").replace(b"line 25", b"LINE 25").replace("строка 57".encode(), b"x")
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(before)
    done = subprocess.run(
        ["patch", "-p1", "--binary"],  # noqa: S607 - found above
        cwd=tmp_path,
        input=unified(name, before, after),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert file.read_bytes() == after


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.md", b"--- a/a.md\n"),
        ("a b.md", b"--- a/a b.md\t\n"),
        ('a"b.md', b'--- "a/a\\042b.md"\n'),
        ("a\n::error::.md", b'--- "a/a\\012::error::.md"\n'),
    ],
)
def test_names_are_written_as_git_writes_them(name, head):
    """No name of a file begins a line of its own."""
    assert unified(name, b"x", b"y").startswith(head)


@pytest.mark.parametrize(
    ("diff", "safe"),
    [
        (b"+a\r\n", True),
        (b"+::error::\n", True),
        (b"-  ::error::\n", True),
        (b" a ::b\n", True),
        (b"+a\r::error::b\n", False),
        (b"+\r##[x]\n", False),
        (b" a\n ::error::b\n", False),
        (b"   ::error::b\n", False),
        (b"+a ##[error]b\n", False),
        (b" a ##vso[task.x]b\n", False),
        (b"+\x1b[2J\n", False),
        (b" \x07\n", False),
        (b" a\0b\n", False),
        (b" a\rb\n", False),
        (" a\x9b2J\n".encode(), False),
        (" a\u202eb\n".encode(), False),
        (" a\u2066b\n".encode(), False),
        (" a\u2028b\n".encode(), False),
        ("+\u200eاب\u200f\ufeff\tж水\u00a0\n".encode(), True),
    ],
)
def test_a_log_takes_no_line_for_a_command(diff, safe):
    """A line that is added or taken begins with a sign, and one that stays with a blank, which logs drop."""
    assert is_safe_to_show(diff) is safe
