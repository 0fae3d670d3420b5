"""An archive in which every text that comes from outside is hostile: no output steers a terminal, CI or spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
from typing import TYPE_CHECKING

import pytest
from tests.sites import make_site, run_mkdocs, run_regesta

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

EVIL = "\x1b]0;pwned\x07\x1b[2J\x9b31m\u202e ::error::pwned ##[error]pwned ##vso[task.x]pwned"
YAML = '"\\e]0;pwned\\a\\e[2J\\x9b31m\\u202e ::error::pwned ##[error]pwned\\n::error::pwned"'
DAY = "2026-03-02"

_STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
_FORMULA = re.compile(r"[\s\u200b-\u200f\ufeff]*[=+\-@＝＋－＠]|[\t\r]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay the archive out: briefs, entities, records, settings and a page, each as hostile as its kind can be."""
    folder = make_site(tmp_path_factory.mktemp("hostile") / "a", source=None)
    source = folder / "briefs_src"
    files = {
        "briefs/2020/a.md": f"---\ntitle: {YAML}\ndate: 2020-01-01\npublisher: {YAML}\nseries: '=1+1'\n"
        f"authors: ['=HYPERLINK(\"x\")', ' \\t=1+2', {YAML}]\nredirect_from: [{YAML}, 'a##[error]b|', "
        f"'::error::x y?']\n"
        f"subjects: [{YAML}]\nlanguage: {YAML}\nautors: {YAML}\n{YAML}: x\n---\n"
        f"a\n::error::pwned by context\n{EVIL}\n##[error]x\n[a](hxxps://bad.example/##[error]y)\n\n"
        f"[\u202e=1](http://a.example/%1b[2J?q=::error::) [^x##[error]] [{EVIL}](<hxxp://b.example/{EVIL}>)\n\n"
        f"hxxp://c[.]example/##[error]pwned www.d.example/see www.b.example\n",
        "briefs/2020/b.md": "---\ntitle: '  =SUM(A1)'\ndate: 2020-01-02\n---\n"
        "[+x](https://e.example/=1) hxxps://f.example www.j.example/a\n",
        "briefs/2020/::error::c##[error].md": "---\ntitle: x\n---\nhxxps://g.example/\n",
        "briefs/2020/d\x1b[2J\x07.md": f"---\ntitle: x\ndate: 20x0\nstatus: {YAML}\n---\nhxxps://h.example/\n",
        "briefs/2020/e\n::error::pwned.md": b"---\ntitle: \xff\n---\n",
        "entities/ada.md": f"---\nname: {YAML}\ntype: person\nvariants: [{YAML}, Ada]\npart_of: {YAML}\n---\n{EVIL}\n",
        "entities/::error::x##[error].md": f"---\nname: [{YAML}\ntype: {YAML}\n---\n",
        "sources/s.yml": f"name: {YAML}\nhosts: [e.example]\n",
        "sources/t.yml": f"name: x\nhosts: [{YAML}]\n",
        "sources/::error::u.yml": f"{YAML}: [",
        "decisions.yml": f"- url: {YAML}\n  say: {YAML}\n  {YAML}: x\n",
        "exceptions.yml": f"- rule: {YAML}\n  path: {YAML}\n  why: {YAML}\n  {YAML}: x\n  until: {YAML}\n",
        "baseline.json": json.dumps(
            {"version": 1, "findings": [{"path": EVIL, "rule": EVIL, "subject": EVIL, "ordinal": 0}]}
        ),
        "addresses.txt": f"briefs/gone{EVIL}/\n##[error]pwn(x\n::error::pwned/\nbriefs/##[error]lost/\n"
        f"<<<<<<< {EVIL}\n",
        "audits.jsonl": f'{EVIL}\n{{"at": "{EVIL}"}}\n',
        "links.jsonl": "".join(
            json.dumps(line) + "\n"
            for line in (
                {"url": "https://e.example/=1", "reason": EVIL, "final_url": f"https://x.example/{EVIL}", "at": DAY},
                {"url": f"https://z.example/{EVIL}", EVIL: EVIL},
            )
        )
        + f"{EVIL}\n<<<<<<< {EVIL}\n",
    }
    for path, text in files.items():
        place = source / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "docs/page\x1b[2J::error::.md").write_text(f"# {EVIL}\n\nhxxps://i.example/{EVIL}\n", encoding="utf-8")
    return folder


def steered(outputs: Iterable[bytes]) -> list[str]:
    """Give the lines of outputs that a terminal or a CI service would obey."""
    lines = [line for output in outputs for line in output.decode("utf-8", "replace").split("\n")]
    # In JSON a backslash and a letter is a character to whoever reads it, and to nobody else.
    return [line for line in lines if _STEERING.search(line) or _COMMAND.search(line)]


COMMANDS = {
    "check": ("check",),
    "check-no-baseline": ("check", "--no-baseline", "--statistics", "--select", "U,F,B,E"),
    "check-file": ("check", "briefs_src/briefs/2020/::error::c##[error].md", f"no{EVIL[1:]}.md".replace("\0", "")),
    "diff": ("check", "--diff", "--unsafe"),
    "select": ("check", "--select", EVIL),
    "option": ("check", f"--{EVIL}"),
    "now": ("check", "--now", EVIL),
    "command": (f"chekc{EVIL}",),
    "fail-on": ("check", "--fail-on", EVIL),
    "format": ("check", "--output-format", EVIL),
    "baseline": ("check", "--baseline", f"b{EVIL}"),
    "link": ("link", "--output-format", "text", EVIL, f"hxxps://a.example/{EVIL}", "##[error]pwn", "::error::x"),
    "link-json": ("link", EVIL, f"hxxps://a.example/{EVIL}", "##[error]pwn", "::error::x"),
    "link-markdown": ("link", "--as", "markdown", f"[{EVIL}](hxxp://a.example/{EVIL})"),
    "link-text": ("link", "--as", "text", f"x {EVIL} hxxp://a.example/{EVIL}"),
    "rule": ("rule", EVIL),
    "report": ("report",),
    "report-since": ("report", "--since", EVIL),
    "report-csv": ("report", "--output-format", "csv"),
    "report-ledger": ("report", "--ledger", f"l{EVIL}"),
    "save": ("save", "--dry-run"),
    "save-server": ("save", "--dry-run", "--save-server", EVIL, "--memento-server", EVIL),
    "audit-settings": ("audit", "--max-age", EVIL),
    "export": ("export", "out\x1b[2J::error::"),
    "export-format": ("export", "out", "--format", EVIL),
    "import": ("import", "no\x1b[2J.txt", "::error::.txt", "--date", EVIL),
    "import-missing": ("import", "no\x1b[2J.txt", "::error::##[error].txt"),
    "new": ("new", "briefs_src"),
    "new-name": ("new", "docs\x1b[2J::error::/x\x07"),
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_no_command_passes_on_what_would_steer(folder: Path, arguments: tuple[str, ...]) -> None:
    """Whatever a file, a name or an argument holds, both streams are inert, and there is no traceback."""
    done = run_regesta(folder, *arguments)
    assert steered([done.stdout, done.stderr]) == []
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["text", "json", "sarif", "junit", "html", "markdown"])
@pytest.mark.parametrize("command", ["check", "report"])
def test_no_report_passes_it_on(folder: Path, tmp_path: Path, command: str, name: str) -> None:
    """A report that is written into a file is inert too."""
    file = tmp_path / "report"
    done = run_regesta(folder, command, "--output-format", f"{name}={file}")
    if f"no format '{name}'" in done.stderr.decode():
        pytest.skip("this command has no such format")
    assert file.is_file(), done.stderr
    assert steered([file.read_bytes()]) == []


def test_annotations_are_our_own(folder: Path) -> None:
    """Of the workflow commands that are written on purpose, none comes from a file."""
    done = run_regesta(folder, "check", "--output-format", "github")
    lines = done.stdout.decode().splitlines()
    commands = [line for line in lines if line.lstrip().startswith("::")]
    assert commands
    assert all(re.match(r"::(?:error|warning|notice) (?:file|title)=", line) for line in commands)
    assert steered("\n".join(line for line in lines if line not in commands).encode().split(b"\n")) == []
    assert not any(_STEERING.search(line) or re.search(r"##\w*\[", line) for line in commands)


def test_a_diff_of_other_files_is_shown(folder: Path) -> None:
    """A brief whose lines a log would obey has no diff, and says so; the next one has."""
    done = run_regesta(folder, "check", "--diff", "--unsafe")
    assert "briefs_src/briefs/2020/a.md: near what would change stand characters" in done.stderr.decode()
    assert "+++ b/briefs_src/briefs/2020/b.md" in done.stdout.decode()


def test_lines_from_standard_input_are_inert(folder: Path) -> None:
    """What is piped into `regesta link` comes out as JSON in ASCII, or as text without controls."""
    given = f"{EVIL}\n##[error]pwn\n::error::x\n\xff\x9b\n".encode() + b"\xff\xfe\n\0\n"
    for arguments in (("link", "-"), ("link", "-", "--output-format", "text"), ("link", "-", "--as", "markdown")):
        assert steered([(done := run_regesta(folder, *arguments, given=given)).stdout, done.stderr]) == []


def test_a_build_logs_nothing_that_steers(folder: Path, tmp_path: Path) -> None:
    """The log of a build is inert, with a narrow terminal too, and the tables of its site compute nothing."""
    done = run_mkdocs(folder, "build", "-d", str(tmp_path / "site"))
    assert steered([done.stdout.encode(), done.stderr.encode()]) == []
    assert "Traceback" not in done.stderr
    assert "left out" in done.stderr
    tables = list((tmp_path / "site").rglob("*.csv"))
    assert len(tables) > 3
    for table in tables:
        rows = csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig")))
        assert [cell for row in rows for cell in row if _FORMULA.match(cell)] == [], table
    assert steered(path.read_bytes() for path in (tmp_path / "site").rglob("*.sarif")) == []


def test_an_audit_says_nothing_that_steers(folder: Path) -> None:
    """A visit to a closed port of this machine is told inertly."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page = folder / "page.md"
    page.write_text(f"[{EVIL}](<http://127.0.0.1:{port}/##[error]x::error::>)\n", encoding="utf-8")
    done = run_regesta(folder, "audit", "page.md", "--allow-network", "127.0.0.0/8", "--no-record", "--no-mementos")
    page.unlink()
    assert steered([done.stdout, done.stderr]) == []
    assert b"Traceback" not in done.stderr
