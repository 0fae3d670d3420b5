"""The list of published addresses: whatever becomes of its file, nothing that it held is lost."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from regesta.reading import whole_files
from regesta.reading.addresses import add_addresses, read_addresses
from regesta.reading.whole_files import NotReplaced

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="files that only POSIX has")
OLD, NEW = "briefs/2019/old/", "briefs/2020/new/"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an archive's folder as people name it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "src").mkdir()
    return Path("src")


@pytest.mark.parametrize(
    ("content", "problem", "known"),
    [
        ("a/\nb/café/\nc/\n".encode("latin-1"), "src/addresses.txt:2: is not UTF-8 (byte 0xe9).", ("a/", "c/")),
        ("a/\nріка/\nc/\n".encode("cp1251"), "src/addresses.txt:2: is not UTF-8 (byte 0xf0).", ("a/", "c/")),
        ("a/\nwoda/łąka/\n".encode("iso8859-2"), "src/addresses.txt:2: is not UTF-8 (byte 0xb3).", ("a/",)),
        ("a/\n歴史/\nc/\n".encode("shift_jis"), "src/addresses.txt:2: is not UTF-8 (byte 0x97).", ("a/", "c/")),
        ("a/\nb/\n".encode("utf-16"), "src/addresses.txt:1: is UTF-16. Save the file as UTF-8.", ()),
        (b"\xfe\xff" + "a/\n".encode("utf-16-be"), "src/addresses.txt:1: is UTF-16.", ()),
        ("a/\nb/\n".encode("utf-16-le"), "src/addresses.txt:1: holds NUL characters.", ()),
        (b"a/\n<<<<<<< HEAD\nb/\n=======\nc/\n>>>>>>> x\n", "src/addresses.txt:2: is a conflict marker.",
         ("a/", "b/", "c/")),
        (b"a/\nb\0/\nc/\n", "src/addresses.txt:2: holds NUL characters.", ("a/", "c/")),
        (b"a/\r\nb/\x1b]0;title\x07/\r\nc/\r\n", "src/addresses.txt:2: is no address: 'b/\\x1b]0;title\\x07/'.",
         ("a/", "c/")),
        ("a/\nb\u202e/\n".encode(), "src/addresses.txt:2: is no address: 'b\\u202e/'.", ("a/",)),
    ],
)  # fmt: skip
def test_a_damaged_list_is_named_and_left_alone(root: Path, content: bytes, problem: str, known: tuple[str]) -> None:
    """A line that cannot be read is told with its number, the others count, and nothing is written over them."""
    (root / "addresses.txt").write_bytes(content)
    found = read_addresses(root)
    assert found.addresses == known
    assert found.problems[0].startswith(problem)
    with pytest.raises(NotReplaced, match="not added"):
        add_addresses(root, [NEW])
    assert (root / "addresses.txt").read_bytes() == content


@pytest.mark.parametrize(
    ("content", "after"),
    [
        (f"{OLD}\n", f"{OLD}\n{NEW}\n"),
        (f"{OLD}\r\nz/\r\n", f"{OLD}\r\n{NEW}\r\nz/\r\n"),
        (f"\ufeff# Ours.\n{OLD}\n\n# Not ours:\nz/\n", f"\ufeff# Ours.\n{OLD}\n\n# Not ours:\n{NEW}\nz/\n"),
        (f"z/\n{OLD}", f"{NEW}\nz/\n{OLD}\n"),
        ("briefs/2018/ріка/\n", f"briefs/2018/ріка/\n{NEW}\n"),
        ("", f"# Every address this archive has published. Commit it: a build that loses one says so.\n{NEW}\n"),
    ],
)
def test_what_stands_in_the_list_stays(root: Path, content: str, after: str) -> None:
    """New addresses are put between the others; comments, line ends, a byte order mark and their order stay."""
    (root / "addresses.txt").write_bytes(content.encode())
    assert add_addresses(root, [NEW])
    assert (root / "addresses.txt").read_bytes() == after.encode()
    assert not add_addresses(root, [NEW])


def test_an_address_in_letters_is_the_one_that_pages_have(root: Path) -> None:
    """Who writes an address by hand need not encode it."""
    (root / "addresses.txt").write_text("briefs/ріка/\nbriefs/%d1%80%D1%96ka/\n", encoding="utf-8")
    assert read_addresses(root).addresses == ("briefs/%D1%80%D1%96%D0%BA%D0%B0/", "briefs/%D1%80%D1%96ka/")


@POSIX
@pytest.mark.parametrize("kind", ["link", "device", "nowhere", "folder", "pipe"])
def test_what_is_no_file_is_neither_read_nor_replaced(root: Path, tmp_path: Path, kind: str) -> None:
    """A link, a device, a folder or a pipe in its place is named; nothing of what it leads to is told or written."""
    place, outside = root / "addresses.txt", tmp_path / "secret.txt"
    outside.write_text("secret/\n", encoding="utf-8")
    if kind == "folder":
        place.mkdir()
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to({"link": outside, "device": Path("/dev/zero"), "nowhere": tmp_path / "none"}[kind])
    found = read_addresses(root)
    assert found == ((), ("src/addresses.txt: is a symbolic link, or no file. Put the file itself there.",))
    with pytest.raises(NotReplaced):
        add_addresses(root, [NEW])
    assert outside.read_text(encoding="utf-8") == "secret/\n"
    assert not (tmp_path / "none").exists()


def test_a_full_disk_leaves_the_list_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An update that fails is told, leaves no other file behind, and the next one sweeps what a kill has left."""
    (root / "addresses.txt").write_text(f"{OLD}\n", encoding="utf-8")
    (root / ".addresses.txt.1234.tmp").write_text("half", encoding="utf-8")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_files.os, "fsync", full)
    with pytest.raises(NotReplaced, match=r"cannot be written \(No space left on device\)\. It is as it was\."):
        add_addresses(root, [NEW])
    assert [path.name for path in root.iterdir()] == ["addresses.txt"]
    assert (root / "addresses.txt").read_text(encoding="utf-8") == f"{OLD}\n"
