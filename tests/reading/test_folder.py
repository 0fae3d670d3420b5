"""The files of any folder: what is listed, what is read, and what is said of the rest."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from regesta.reading.archive import read_source
from regesta.reading.folder import SIZE_LIMIT, SourceFile, Unreadable, archive_of, list_folder, list_markdown, read_file

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="names and files that only POSIX has")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder, and go where it is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes").mkdir()
    return Path("notes")


def listed(folder: Path) -> tuple[list[str], list[str]]:
    """List the Markdown of a folder: paths, and what could not be read."""
    unreadable: list[Unreadable] = []
    files = list_markdown(folder, on_unreadable=unreadable.append)
    return [file.path for file in files], [str(error) for error in unreadable]


def test_markdown_has_many_suffixes(folder: Path) -> None:
    """All that MkDocs knows and MDX count, in any case; a folder of such a name is a folder; hidden files stay out."""
    for name in ("a.md", "b.markdown", "c.mdown", "d.mkd", "e.mkdn", "f.MD", "g.mdx", "h.txt", ".i.md", "j k.md"):
        (folder / name).touch()
    (folder / "dir.md").mkdir()
    (folder / "dir.md/inside.md").touch()
    (folder / ".git").mkdir()
    (folder / ".git/x.md").touch()
    names = ["a.md", "b.markdown", "c.mdown", "d.mkd", "dir.md/inside.md", "e.mkdn", "f.MD", "g.mdx", "j k.md"]
    assert listed(folder) == (names, [])


@POSIX
def test_names_may_be_any_bytes(folder: Path) -> None:
    """A line end or a byte that is no UTF-8 in a name keeps no file from being read."""
    for name in (b"new\nline.md", b"\xff\xfe.md"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(b"http://a.example/")
    files = list_markdown(folder)
    assert [len(read_source(file).links) for file in files] == [1, 1]


@POSIX
def test_links_among_files_do_not_go_in_circles(folder: Path) -> None:
    """A linked file is listed, a linked folder is not, a link to itself or to nothing is named."""
    (folder / "a.md").touch()
    (folder / "b.md").symlink_to("a.md")
    (folder / "gone.md").symlink_to("nowhere.md")
    (folder / "one.md").symlink_to("two.md")
    (folder / "two.md").symlink_to("one.md")
    (folder / "self").symlink_to(".")
    paths, said = listed(folder)
    assert paths == ["a.md", "b.md"]
    assert sorted(line.partition(":")[0] for line in said) == ["notes/gone.md", "notes/one.md", "notes/two.md"]


@POSIX
def test_an_archive_does_not_follow_links(folder: Path) -> None:
    """What an archive shows lies in its own folder."""
    (folder / "briefs").mkdir()
    (folder / "outside.md").touch()
    (folder / "briefs/a.md").symlink_to("../outside.md")
    assert list_folder(folder).briefs == ()


@POSIX
def test_a_pipe_or_a_socket_is_not_waited_for(folder: Path) -> None:
    """What goes by the name of a file and is none is named, whether it is listed or opened."""
    os.mkfifo(folder / "pipe.md")
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(folder / "sock.md"))
    os.mkfifo(folder / "pipe.txt")
    _, said = listed(folder)
    assert sorted(said) == ["notes/pipe.md: is no ordinary file.", "notes/sock.md: is no ordinary file."]
    with pytest.raises(Unreadable, match="no ordinary file"):
        read_file(SourceFile("pipe.md", "pipe.md", folder / "pipe.md"))


def test_a_folder_that_cannot_be_listed_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are unknown, which is not the same as none; the others are listed."""
    (folder / "a.md").touch()
    (folder / "locked").mkdir()
    scandir = os.scandir

    def refusing(path: os.PathLike[str]) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert listed(folder) == (["a.md"], ["notes/locked: cannot be listed (Permission denied)."])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a\nb\xe9", "line 2 is not UTF-8 (byte 0xe9). Save the file as UTF-8."),
        (b"\xef\xbb\xbfa\nb\xe9", "line 2 is not UTF-8 (byte 0xe9). Save the file as UTF-8."),
        ("a".encode("utf-16"), "is UTF-16. Save the file as UTF-8."),
        (b"a" * (SIZE_LIMIT + 1), "larger than 32 MB. Is it a brief?"),
    ],
)
def test_what_cannot_be_read_says_why(folder: Path, content: bytes, reason: str) -> None:
    """One clear line, with what to do."""
    (folder / "a.md").write_bytes(content)
    with pytest.raises(Unreadable) as error:
        read_source(SourceFile("a.md", "a.md", folder / "a.md"))
    assert error.value.reason == reason


def test_a_brief_knows_its_archive(tmp_path: Path) -> None:
    """It is the folder that holds briefs/ beside entities/, and no other."""
    (tmp_path / "src/briefs/2020").mkdir(parents=True)
    (tmp_path / "src/entities").mkdir()
    (tmp_path / "other/briefs").mkdir(parents=True)
    assert archive_of(tmp_path / "src/briefs/2020") == tmp_path / "src"
    assert archive_of(tmp_path / "src/entities") is None
    assert archive_of(tmp_path / "other/briefs") is None
