"""`regesta check` on folders that nobody prepared for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regesta.cli.main import main

DEFANGED = "hxxp://a[.]example/"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder, and go where it is."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: str) -> tuple[int, list[tuple[str, str]], str, dict[str, int]]:
    """Run the checker: exit status, path and rule of each finding, stderr, summary."""
    result = CliRunner().invoke(main, ["check", *arguments, "--output-format", "json"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    data = json.loads(result.stdout)
    found = [(finding["path"], finding["rule"]) for finding in data["findings"]]
    return result.exit_code, found, result.stderr, data["summary"]


LAUGHS = "a: &a [x]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi"))  # noqa: B905
NASTY = {
    "date-mapping": (f"---\ndate: {{start: 2020, end: 2021}}\n---\n{DEFANGED}", ["U101"]),
    "date-loose": (f"---\nTitle: x\nDate: 2015-06-29 1:00:19 -0400\n---\n{DEFANGED}", ["U101"]),
    "tab": (f"---\na: x\n\tb: x\n---\n{DEFANGED}", ["B301", "U101"]),
    "laughs": (f"---\n{LAUGHS}---\n{DEFANGED}", ["U101"]),
    "blank-lines": (f"\n\n---\nurl: {DEFANGED}\n---\n", ["U101"]),
    "toml": (f"+++\nurl = '{DEFANGED}'\n+++\n", ["U101"]),
    "crlf": (f"---\r\nurl: x\r\n---\r\n{DEFANGED}\r\n", ["U101"]),
    "bom": (f"\ufeff---\nurl: x\n---\n{DEFANGED}", ["U101"]),
    "nul": (f"a\0b {DEFANGED}", ["B313", "U101"]),
    "quotes": (">" * 10_000 + DEFANGED, ["B311", "U101"]),
    "lists": ("- " * 10_000 + DEFANGED, ["B311", "U101"]),
    "emphasis": ("*" * 10_000 + "a" + "*" * 10_000 + f" {DEFANGED}", ["B311", "U101"]),
    "brackets": ("[" * 10_000 + "]" * 10_000 + f"({DEFANGED})", ["U101"]),
    "templates": ("{% include a.html %}\n{{ page.title }}\n{: .b}\n[c]({{ site.url }}/x) http://{{ d }}/e", []),
    "obsidian": ("[[Note|words]] ![[image.png]]", []),
    "components": (f"import A from './a'\n\n<Box to={{url}}>{DEFANGED}</Box>", ["U101"]),
    "empty": ("", []),
    "admonition": (
        f'!!! note "x"\n\n    {DEFANGED}\n\n=== "Tab"\n\n    {DEFANGED}\n\nTerm\n\n:   {DEFANGED}',
        ["U101"] * 3,
    ),
}


@pytest.mark.parametrize("name", NASTY)
def test_what_nobody_expects_in_a_file(folder: Path, name: str) -> None:
    """It is read as far as it can be, its links are found, and nothing else is made of it."""
    text, rules = NASTY[name]
    (folder / "a.md").write_bytes(text.encode())
    status, found, _, summary = check(".")
    assert (status, sorted(rule for _, rule in found)) == (int(bool(rules)), rules)
    assert summary["files"] == 1


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_checked(folder: Path) -> None:
    """It is named on stderr, and the exit status says that something was not done."""
    (folder / "a.md").write_bytes(b"\xff")
    (folder / "b.md").write_text(DEFANGED, encoding="utf-8")
    status, found, said, summary = check(".")
    assert (status, found, summary["files"]) == (2, [("b.md", "U101")], 1)
    assert said.startswith("a.md: line 1 is not UTF-8")


def test_one_line_may_be_a_whole_file(folder: Path) -> None:
    """Ten megabytes without a line end are read as any others."""
    (folder / "a.md").write_text("é" * 5_000_000 + f" {DEFANGED}", encoding="utf-8")
    assert f"a.md:1:5000002 U101 error: '{DEFANGED}'" in CliRunner().invoke(main, ["check", "."]).stdout


PIECES = [
    b"---\n", b"+++\n", b"...\n", b"title: x\n", b"a: &a [*a]\n", b"\t", b"\0", b"\xff", b"\r\n", b"\n\n",
    b"\xef\xbb\xbf", b"> " * 120, b"- " * 50, b"[" * 200, b"](", b")", b"*" * 99, b"_a", b"`", b"```\n",
    b"<div>", b"</a>", b"<!--", b"{{", b"}}", b"{%", b"!!! note\n", b"    ", b"=== x\n", b": ", b":   x\n",
    b"http://", b"https://a .example/x", b"a[.]b", b"[^1]: ", b"[^1]", b"[r]: <", b">", b"|a|\n|-|\n",
    b"www.", b"\xf0\x9f\x92\xa9", b"<a href='", b"srcset=", b"&#0;",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=6), max_size=30).map(b"".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_breaks_the_checker(source: bytes) -> None:
    """Whatever stands in it: findings, or one line that says why it was not read."""
    Path("a.md").write_bytes(source)
    status, _, said, summary = check("a.md")
    assert (status == 2) == (said != "") == (summary["files"] == 0)


def test_hand_written_pages_are_checked_with_the_archive(folder: Path) -> None:
    """Where a mkdocs.yml is, the pages of its docs_dir are checked too; they are asked for no date."""
    (folder / "mkdocs.yml").write_text("docs_dir: pages\nplugins: [regesta/briefs]\n", encoding="utf-8")
    (folder / "briefs_src/briefs").mkdir(parents=True)
    (folder / "pages/briefs").mkdir(parents=True)
    (folder / "pages/briefs/index.md").write_text(f"[x]({DEFANGED})[^1]\n\n[^1]: <{DEFANGED}>", encoding="utf-8")
    status, found, _, summary = check()
    assert (status, found) == (1, [("pages/briefs/index.md", "U101")] * 2)
    assert (summary["files"], summary["links"]) == (1, 2)


def test_a_site_without_an_archive_is_checked_as_pages(folder: Path) -> None:
    """Any MkDocs site can be checked where it stands; only one that says it has an archive must have it."""
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text(DEFANGED, encoding="utf-8")
    assert check()[:2] == (1, [("docs/index.md", "U101")])
    (folder / "mkdocs.yml").write_text("plugins:\n  - regesta/briefs\n", encoding="utf-8")
    assert check()[0] == 2


def test_one_brief_of_an_archive_is_checked_as_a_brief(folder: Path) -> None:
    """Whether it is named itself or by its folder: its front matter, and what it says of entities and other briefs."""
    (folder / "src/briefs/2020").mkdir(parents=True)
    (folder / "src/entities").mkdir()
    (folder / "src/entities/ada-kell.md").write_text("---\nname: Ada Kell\n---\n", encoding="utf-8")
    (folder / "src/briefs/2020/b.md").write_text("x", encoding="utf-8")
    text = "---\ntitle: x\nentities: {add: [ada-kell, nobody]}\n---\n[b](b.md) [c](c.md) Ada Kell\n"
    (folder / "src/briefs/2020/a.md").write_text(text, encoding="utf-8")
    expected = [("src/briefs/2020/a.md", rule) for rule in ("B303", "E401", "B312")]
    _, found, _, summary = check("src/briefs/2020/a.md")
    assert (found, summary["briefs"]) == (expected, 1)
    assert check("src/briefs/2020")[1][: len(expected)] == expected
    assert set(expected) <= set(check("src")[1])


def test_the_report_counts_every_link_of_every_file(folder: Path) -> None:
    """Briefs, their front matter and notes, notes on entities, and hand-written pages: none is left out."""
    files = {
        "mkdocs.yml": "plugins: [regesta/briefs]\n",
        # three in the front matter, three in the text, five in the notes
        "briefs_src/briefs/a.md": """---
title: x
date: 2020-01-01
source_url: [https://a.example/1, "https://a.example/2"]
own: {deep: [https://a.example/3]}
---
# A [heading](https://b.example/1)

| https://b.example/2 | <a href="https://b.example/3">https://b.example/3</a> |
|---|---|

Text.[^1][^2]

[^1]: <https://c.example/1>; `https://c(.)example/2`.
[^2]: See [r] and <https://c .example/3>.

[r]: https://c.example/4
""",
        # one in the record, two in the note
        "briefs_src/entities/b.md": """---
name: B
same_as: {site: https://d.example/1}
---
[x](https://d.example/2) and d[.]example/3
""",
        "docs/index.md": "!!! note\n\n    https://e.example/1\n\n<img src='https://e.example/2'>\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    notes = ("<>", "``", "[r]", "torn", "the definition of [r]")
    assert check()[3]["links"] == 3 + 3 + len(notes) + 1 + 2 + 2
