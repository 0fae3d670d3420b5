"""The documentation is true: its commands run, and what it names is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.sites import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

from regesta.auditing.settings import HOST_OPTIONS, OPTIONS
from regesta.cli.audit import command as audit
from regesta.cli.main import COMMANDS
from regesta.mkdocs_plugins.briefs import BriefsConfig
from regesta.mkdocs_plugins.data import DataConfig
from regesta.mkdocs_plugins.entities import EntitiesConfig
from regesta.mkdocs_plugins.links import LinksConfig
from regesta.mkdocs_plugins.search import SearchConfig
from regesta.model.briefs import BRIEF_FIELDS
from regesta.model.decisions import DECISION_FIELDS
from regesta.model.entities import ENTITY_FIELDS, EntityType
from regesta.model.own_fields import FIELD_SETTINGS
from regesta.pages.writing.link_writer import Linking
from regesta.reporting.formats import FORMATS

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
DOCUMENT = "The harbour is closed\n\n12 October 2021\n\nBy Ada Example\n\nIt is closed.<sup>1</sup>\n\n1 <https://example.org/>\n"
OURS = ("scripts/build", "scripts/test")
"""Commands of this repository: running them within the tests would begin the tests anew."""


def commands(page: Path) -> list[str]:
    """Give the commands that a page tells people to type."""
    blocks = SHELL.findall(page.read_text(encoding="utf-8"))
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if commands(page)], ids=lambda page: page.relative_to(ROOT).as_posix()
)
def test_every_command_runs(page: Path, tmp_path: Path) -> None:
    """What a page tells people to type works, line after line, in a new archive or, for the README, in this one."""
    shims = tmp_path / "bin"
    shims.mkdir()
    for name in ("regesta", "mkdocs"):
        shim = shims / name
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {name} "$@"\n', encoding="utf-8")
        shim.chmod(0o755)
    environment = {**os.environ, "PATH": f"{shims}{os.pathsep}{os.environ['PATH']}", "NO_MKDOCS_2_WARNING": "1"}
    lines = [line for line in commands(page) if line not in OURS]
    here = tmp_path / "archive"
    if page.name == "README.md":
        here.mkdir()
        for name in ("briefs_src", "docs", "mkdocs.yml"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, here / name)
    elif "regesta new my-archive" in lines:
        here.mkdir()
    else:
        made = subprocess.run(
            [sys.executable, "-m", "regesta", "new", str(here)], env=environment, capture_output=True, check=False
        )
        assert made.returncode == 0
        (here / "harbour.txt").write_text(DOCUMENT, encoding="utf-8")
        (here / "originals").mkdir()
        (here / "originals/harbour.txt").write_text(DOCUMENT + "\nOnce more.\n", encoding="utf-8")
        (here / "originals/briefs.csv").write_text("file,title\nharbour.txt,Harbour\n", encoding="utf-8")
    # The tests visit nobody, which without more words is no network at all.
    alone = "--deny-network 0.0.0.0/0 --deny-network ::/0 --trust-network"
    lines = [f"{line} {alone}" if "audit" in line.split() else line for line in lines]
    script = "set -e\n" + "\n".join(f"{line} || [ $? = 1 ]" if line == "regesta check" else line for line in lines)
    done = subprocess.run(
        ["/bin/sh", "-c", script], cwd=here, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("line", OURS)
def test_the_readme_names_commands_that_are_there(line: str) -> None:
    """The README's own two commands are files that can be run."""
    assert line in commands(ROOT / "README.md")
    assert os.access(ROOT / line, os.X_OK)


def test_every_command_is_documented() -> None:
    """Each command of ours is named in the guide."""
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in COMMANDS if f"regesta {name}" not in text] == []


@pytest.mark.parametrize(
    ("page", "fields"),
    [("write-a-brief.md", BRIEF_FIELDS), ("write-an-entity.md", ENTITY_FIELDS), ("audit.md", DECISION_FIELDS)],
)
def test_every_field_is_documented(page: str, fields: tuple[str, ...]) -> None:
    """Each field of the front matter is explained on its page."""
    text = (ROOT / "docs/guide" / page).read_text(encoding="utf-8")
    assert [name for name in fields if f"`{name}`" not in text and f"`{name}:" not in text] == []


@pytest.mark.parametrize("config", [BriefsConfig, DataConfig, EntitiesConfig, LinksConfig, SearchConfig])
def test_every_option_is_documented(config: type) -> None:
    """Each option of our plugins is explained, and no other is."""
    text = (ROOT / "docs/guide/options.md").read_text(encoding="utf-8")
    section = text.partition(f"## `regesta/{config.__name__.removesuffix('Config').lower()}`")[2].partition("\n## ")[0]
    section = section.partition("\n### ")[0]
    documented = set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE))
    assert documented == {name for name, _ in config._schema}  # noqa: SLF001 - MkDocs has no other word for it


@pytest.mark.parametrize(
    ("section", "known"),
    [
        ("### Fields of your own", FIELD_SETTINGS),
        ("## Options of the audit", OPTIONS),
        ("### Options of one host", HOST_OPTIONS),
    ],
)
def test_every_option_within_an_option_is_documented(section: str, known: Iterable[str]) -> None:
    """Each setting of own fields, of the audit and of its hosts is explained, and no other is."""
    text = (ROOT / "docs/guide/options.md").read_text(encoding="utf-8")
    written = re.split(r"\n##+ ", text.partition(f"{section}\n")[2])[0]
    assert re.findall(r"^\| `(\w+)`", written, re.MULTILINE) == list(known)


@pytest.mark.parametrize("choices", [EntityType, Linking])
def test_every_choice_is_documented(choices: Iterable[str]) -> None:
    """Each word that an option can have is explained with the options of `regesta/entities`."""
    text = (ROOT / "docs/guide/options.md").read_text(encoding="utf-8")
    section = text.partition("## `regesta/entities`")[2].partition("\n## ")[0]
    assert [choice for choice in choices if f"`{choice}`" not in section] == []


def test_every_option_of_the_command_is_documented() -> None:
    """Each option of `regesta audit` stands in its table."""
    text = (ROOT / "docs/guide/audit.md").read_text(encoding="utf-8")
    options = {option for parameter in audit.params for option in parameter.opts if option.startswith("--")}
    table = text.partition("\n## Options")[2].partition("\n## ")[0]
    rows = "".join(re.findall(r"^\| `.*", table, re.MULTILINE))
    assert set(re.findall(r"`(--[a-z-]+)", rows)) == options


def test_every_format_is_documented() -> None:
    """Each format of a report is explained on the page about the check."""
    text = (ROOT / "docs/guide/check.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text.partition("## Reports")[2].partition("## ")[0], re.MULTILINE)
    assert [name for name in FORMATS if f"| `{name}` |" not in text] == []


def test_pictures_are_there() -> None:
    """Every picture that a page shows exists."""
    for page in PAGES:
        for path in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / path).is_file(), f"{page}: {path}"
