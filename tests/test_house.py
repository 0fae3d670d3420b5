"""Holds what CONTRIBUTING.md says of the house: floors, names, sizes, and the files that must be there."""

from __future__ import annotations

import ast
import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import regesta

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "plugins" / "regesta"

FLOORS = {
    "model": 1,
    "reading": 2,
    "importing": 2,
    "checking": 3,
    "auditing": 3,
    "pages": 4,
    "reporting": 4,
    "mkdocs_plugins": 5,
    "cli": 5,
    "__main__.py": 6,
}

WORLD = ("os", "time", "socket", "subprocess", "shutil", "tempfile", "urllib.request", "http", "pathlib")
"""What the model must not touch. Of pathlib it may have `PurePosixPath`."""

NO_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "common"}

LONGEST = 700

COMMANDS = ("scripts/build", "scripts/test", "scripts/check", "scripts/bench", "scripts/lock", ".ci/run", ".ci/action")

FURNITURE = (
    ".pre-commit-hooks.yaml",
    "CHANGELOG.md",
    "CITATION.cff",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "action.yml",
    "docs/about.md",
    "docs/index.md",
    "mkdocs.yml",
    "pyproject.toml",
    "scripts/environment",
)


def modules(package: Path) -> Iterator[tuple[str, ast.Module]]:
    """Give every module of a package: its path in it, and its syntax."""
    for path in sorted(package.rglob("*.py")):
        yield path.relative_to(package).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(path: str, module: ast.Module) -> set[str]:
    """Give the full names that a module imports anywhere: `from a import b` is `a.b`."""
    names: set[str] = set()
    package = ["regesta", *path.split("/")[:-1]]
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*start, *([node.module] if node.module else [])])
            names |= {f"{origin}.{alias.name}" for alias in node.names}
    return names


def within(name: str, module: str) -> bool:
    """Tell whether a full name is a module or something in it."""
    return name == module or name.startswith(module + ".")


def breaches(package: Path) -> list[str]:
    """Give what breaks the floors, one line each."""
    found = []
    for path, module in modules(package):
        here = path.split("/")[0]
        for name in sorted(imported(path, module)):
            there = name.split(".")[1] if name.startswith("regesta.") else ""
            if there in FLOORS and there != here and FLOORS[there] >= FLOORS.get(here, 0):
                found.append(f"{path} imports {name}, which does not lie below it")
            if here != "mkdocs_plugins" and (within(name, "mkdocs") or within(name, "material")):
                found.append(f"{path} imports {name}; only mkdocs_plugins/ may")
            if here == "model" and name != "pathlib.PurePosixPath" and any(within(name, world) for world in WORLD):
                found.append(f"{path} imports {name}; the model touches nothing outside")
    return found


def undocumented(path: str, module: ast.Module) -> list[str]:
    """Give the public names of a module, and of its public classes, that have no docstring."""
    found = [] if ast.get_docstring(module) else [path]
    nodes: list[tuple[str, ast.stmt]] = [(path, node) for node in module.body]
    while nodes:
        where, node = nodes.pop()
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        overload = any(ast.unparse(decorator).endswith("overload") for decorator in node.decorator_list)
        if not ast.get_docstring(node) and not overload:
            found.append(f"{where}: {node.name}")
        if isinstance(node, ast.ClassDef):
            nodes += [(f"{where}: {node.name}", inner) for inner in node.body]
    return sorted(found)


def locked(name: str) -> dict[str, list[str]]:
    """Give the versions that a lock names, by library; one that differs between platforms has several."""
    versions: dict[str, list[str]] = {}
    for library, version in re.findall(
        r"^([\w.-]+)==([^\s;]+)", (ROOT / "scripts/locks" / name).read_text(), re.MULTILINE
    ):
        versions.setdefault(canonicalize_name(library), []).append(version)
    return versions


def asked() -> dict[str, list[str]]:
    """Give the requirements of pyproject.toml by the lock that answers them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    build = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    extras = project["project"]["optional-dependencies"]
    return {"build.txt": build, "test.txt": [*build, *extras["test"], *extras["check"]]}


def test_a_floor_imports_only_what_lies_below_it() -> None:
    """No module imports upwards or sideways, MkDocs outside its plugins, or the outside world in the model."""
    assert breaches(PACKAGE) == []


def test_every_folder_of_the_package_has_its_floor() -> None:
    """A folder that no floor names would be held to nothing."""
    folders = {path.parent.relative_to(PACKAGE).parts[0] for path in PACKAGE.glob("*/*.py")}
    assert folders <= FLOORS.keys()


@pytest.mark.parametrize(
    ("path", "source", "breach"),
    [
        ("model/a.py", "from regesta.pages import b", "imports regesta.pages.b, which does not lie below it"),
        ("model/a.py", "def f():\n    from regesta import checking", "imports regesta.checking, which does not"),
        ("reading/a.py", "from ..importing import pdf", "imports regesta.importing.pdf, which does not lie below it"),
        ("pages/a.py", "import regesta.reporting.text", "imports regesta.reporting.text, which does not lie below it"),
        (
            "cli/a.py",
            "from mkdocs.config import load_config",
            "imports mkdocs.config.load_config; only mkdocs_plugins/",
        ),
        ("model/a.py", "import os.path", "imports os.path; the model touches nothing outside"),
        ("model/a.py", "from pathlib import Path", "imports pathlib.Path; the model touches nothing outside"),
        ("model/a.py", "from urllib import request", "imports urllib.request; the model touches nothing outside"),
        ("model/a.py", "from urllib.parse import urlsplit\nfrom pathlib import PurePosixPath\nimport regesta", None),
        ("cli/a.py", "from regesta.model import b\nfrom .c import d\nfrom regesta import __version__", None),
    ],
)
def test_a_breach_is_seen(tmp_path: Path, path: str, source: str, breach: str | None) -> None:
    """Each way to break the floors is seen, wherever the import stands, and what is allowed is let through."""
    (tmp_path / path).parent.mkdir()
    (tmp_path / path).write_text(source)
    found = breaches(tmp_path)
    assert [breach in line for line in found] == [True] if breach else found == []


def test_one_module_alone_knows_the_parser() -> None:
    """Only one module imports pyromark, so that another parser could take its place."""
    users = [path for path, module in modules(PACKAGE) if any(within(n, "pyromark") for n in imported(path, module))]
    assert len(users) <= 1, users


def test_every_module_and_public_name_has_a_docstring() -> None:
    """Whoever meets a name can read what it is."""
    assert [name for path, module in modules(PACKAGE) for name in undocumented(path, module)] == []


def test_a_missing_docstring_is_seen() -> None:
    """A module, a class, a method and a function without a docstring are all named; private ones are let through."""
    source = "class A:\n    def b(self): ...\n    def _c(self): ...\ndef d(): ...\ndef _e(): ..."
    assert undocumented("a.py", ast.parse(source)) == ["a.py", "a.py: A", "a.py: A: b", "a.py: d"]


def test_no_module_has_a_name_that_says_nothing() -> None:
    """No module or folder is called utils, helpers, manager, base or common."""
    assert [path for path, _ in modules(PACKAGE) if NO_NAMES & set(path.removesuffix(".py").split("/"))] == []


def test_no_module_has_outgrown_a_room() -> None:
    """No module has more than 700 lines."""
    sizes = {path: len((PACKAGE / path).read_text(encoding="utf-8").splitlines()) for path, _ in modules(PACKAGE)}
    assert {path: lines for path, lines in sizes.items() if lines > LONGEST} == {}


def test_every_test_states_a_fact() -> None:
    """Every test has a docstring of one sentence."""
    silent = [
        f"{path}: {node.name}"
        for path, module in modules(ROOT / "tests")
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []


@pytest.mark.parametrize("name", FURNITURE)
def test_the_furniture_is_there(name: str) -> None:
    """Each file that people and tools look for exists and says something."""
    assert (ROOT / name).read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_can_be_run(name: str) -> None:
    """Each command has its run bit and its first line."""
    assert os.access(ROOT / name, os.X_OK)
    assert (ROOT / name).read_text().startswith("#!/usr/bin/env bash\n")


def test_the_citation_names_this_version() -> None:
    """CITATION.cff has the version of the package."""
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"] == regesta.__version__


@pytest.mark.parametrize("name", ["build.txt", "test.txt"])
def test_the_lock_answers_pyproject(name: str) -> None:
    """Every requirement of pyproject.toml is in the lock, in versions that it allows."""
    versions = locked(name)
    unanswered = [
        text
        for text in asked()[name]
        if ((requirement := Requirement(text)) and not (found := versions.get(canonicalize_name(requirement.name), [])))
        or not all(requirement.specifier.contains(version) for version in found)
    ]
    assert unanswered == [], "run scripts/lock"


def test_the_tests_run_on_what_the_site_is_built_with() -> None:
    """The test lock holds all of the build lock, in the same versions."""
    build, test = locked("build.txt"), locked("test.txt")
    assert {library: test.get(library) for library in build} == build


@pytest.mark.parametrize("name", ["build.txt", "test.txt", "pywb.txt"])
def test_the_lock_has_hashes_and_no_address(name: str) -> None:
    """Each line of a lock is a library with its version or one of its hashes, and nothing else."""
    lines = (ROOT / "scripts/locks" / name).read_text().splitlines()
    line = re.compile(r"[\w.-]+==[\w.+!]+( ; [\w\s.'<>=!()]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [text for text in lines if not line.fullmatch(text)] == []
    assert sum("--hash" in text for text in lines) > len(locked(name))
