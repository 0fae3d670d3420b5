"""Names of files that no address, no report or not every system can hold."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.sites import make_site, run_mkdocs, run_regesta

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")

BRIEF = b"---\ntitle: X\ndate: 2020-01-01\n---\nhxxp://a.example/ ![i](z.png)\n"
ENTITY = b"---\nname: Ada Kell\ntype: person\n---\n"
NOT_UTF8 = {
    b"briefs_src/briefs/2020/caf\xe9.md": BRIEF,
    b"briefs_src/briefs/2020/\xd0\xd1\xd2.md": BRIEF,
    b"briefs_src/briefs/2020/\xed\xa0\x80.md": BRIEF,
    b"briefs_src/briefs/2020/z\xff.png": b"\x89PNG\r\n\x1a\n",
    b"briefs_src/briefs/\xff\xfe/x.md": BRIEF,
    b"briefs_src/entities/ad\xe4.md": ENTITY,
    b"briefs_src/sources/s\xb3.yml": b"name: S\nhosts: [a.example]\n",
    b"docs/\xe9.md": b"# D\n\nhxxp://a.example/\n",
}
UNPORTABLE = (
    "briefs/2020/con.md", "briefs/2020/Aux.v1.md", "briefs/2020/nul/x.md", "briefs/2020/dot..md", "briefs/2020/a .md",
    "briefs/2020/fold. /x.md", "briefs/2020/ lead.md", "briefs/2020/a:b.md", "briefs/2020/a|b.md",
    "briefs/2020/a\\b.md", "briefs/2020/q?.md", "briefs/2020/<x>.md", "briefs/2020/tab\t.md", "briefs/2020/lpt1.png",
    "entities/com1.md", "sources/prn.yml",
)  # fmt: skip


def write(folder: Path, name: bytes, content: bytes) -> None:
    """Write a file whose name is given in bytes."""
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out a site with one good brief."""
    folder = make_site(tmp_path / "a", source=None)
    write(folder, b"briefs_src/briefs/2020/good.md", b"---\ntitle: X\ndate: 2020-01-01\n---\nWords.\n")
    return folder


def test_a_name_that_is_not_utf8_stops_nothing_else(folder: Path) -> None:
    """Each is named by the build and by every command; the others are built, checked and exported."""
    for name, content in NOT_UTF8.items():
        write(folder, name, content)
    built = run_mkdocs(folder)
    assert built.returncode == 0, built.stderr
    assert built.stderr.count("has a name that is not UTF-8. Rename it.") == len(NOT_UTF8)
    assert "ERROR   -  briefs_src/briefs/2020/caf\\udce9.md: has a name that is not UTF-8." in built.stderr
    assert (folder / "site/briefs/2020/good/index.html").is_file()
    assert run_mkdocs(folder, "build", "--strict").returncode == 1
    named = {"check": 8, "report": 6, "export out": 7, "check --output-format html": 8, "report --output-format csv": 6}
    for command, number in named.items():
        done = run_regesta(folder, *command.split())
        assert done.returncode == 2, command
        assert b"Traceback" not in done.stderr
        assert done.stderr.count(b"has a name that is not UTF-8.") == number, (command, done.stderr.decode())
    assert b"good" in (folder / "out/briefs.csv").read_bytes()


def test_any_folder_of_such_names_is_read(folder: Path) -> None:
    """Outside of an archive such files are checked and reported, in every format, twice alike."""
    for name, content in NOT_UTF8.items():
        write(folder, name.replace(b"briefs_src", b"notes").replace(b"briefs", b"texts"), content)
    for command in ("check", "report"):
        for form in ("text", "json", "html", "csv", "sarif", "junit", "markdown", "github"):
            first, again = (run_regesta(folder, command, "notes", "--output-format", f"{form}=o") for _ in range(2))
            assert b"Traceback" not in first.stderr, first.stderr.decode()
            assert (first.returncode, first.stdout) == (again.returncode, again.stdout)
    assert run_regesta(folder, "check", "notes", "--write-baseline", "b.json").returncode == 0
    assert run_regesta(folder, "check", "notes", "--baseline", "b.json").returncode == 0


def test_a_name_that_some_system_cannot_hold_is_a_finding(folder: Path) -> None:
    """The check and the build say so in the same words, and the page is built."""
    for name in UNPORTABLE:
        write(folder, f"briefs_src/{name}".encode(), ENTITY if name.startswith("entities") else BRIEF)
    done = run_regesta(folder, "check", "--select", "B334")
    told = [line for line in done.stdout.decode().splitlines() if " B334 " in line]
    assert len(told) == len(UNPORTABLE)
    built = run_mkdocs(folder)
    assert built.returncode == 0
    assert [line for line in told if line.replace(" warning: ", " ", 1) not in built.stderr] == []
    assert (folder / "site/briefs/2020/a:b/index.html").is_file()


@pytest.mark.parametrize(
    "names", [("Case", "case"), ("é", "e\u0301"), ("ІНДЕКС", "індекс"), ("ﬁre", "fire"), ("straße", "STRASSE")]
)
def test_two_names_that_are_one_on_some_system_are_an_error(folder: Path, names: tuple[str, str]) -> None:
    """Names that differ in case, in composed letters or in ligatures claim one address."""
    for name in names:
        write(folder, f"briefs_src/briefs/2020/{name}.md".encode(), BRIEF)
    done = run_regesta(folder, "check", "--select", "B306")
    assert done.stdout.decode().count(" B306 ") == 1
