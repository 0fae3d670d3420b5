"""The measurements that need more than a test may ask for: what of them can be held without root and other checkers."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from typing import TYPE_CHECKING

import pytest
from tests.workflows import ROOT

from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

BENCHES = [path for path in sorted((ROOT / "scripts/benches").iterdir()) if path.suffix != ".pyc" and path.is_file()]


def load(name: str) -> ModuleType:
    """Load a measurement as a module."""
    loader = SourceFileLoader(f"bench_{name}", str(ROOT / "scripts/benches" / name))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _leave_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write no byte code: it would lie beside the measurement, and be listed as one."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)


@pytest.mark.parametrize("path", BENCHES, ids=lambda path: path.name)
def test_a_measurement_says_what_it_measures(path: Path) -> None:
    """Each answers to --help, begins with its docstring, and goes by the name that it is called by."""
    command = [sys.executable, str(path), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: scripts/bench {path.name} ")
    assert path.read_text(encoding="utf-8").splitlines()[1].startswith('"""')


@pytest.mark.parametrize("name", ["audit", "faults"])
def test_a_missing_folder_is_named(name: str, tmp_path: Path) -> None:
    """Without the folder that it needs, a measurement ends with a sentence."""
    command = [sys.executable, str(ROOT / "scripts/benches" / name), "--bench-folder", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"scripts/bench {name}: ")
    assert "Traceback" not in done.stderr


def test_each_verdict_has_its_word() -> None:
    """Each of our verdicts has a word in the table of faults."""
    assert load("faults").STATUSES.keys() == {verdict.value for verdict in Verdict}


def test_the_links_are_spread_as_the_figures_ask() -> None:
    """One host; 500 hosts with 100 ms; and 2 % of links that hang, at hosts that do nothing else."""
    bench = load("audit")
    assert {link.split("/")[2] for link in bench.links_of("a", 1000)} == {"one.perf.zz"}
    slow = bench.links_of("b", 1000)
    assert len({link.split("/")[2] for link in slow}) == 500
    assert all("/l100/" in link for link in slow)
    some = bench.links_of("c", 10_000)
    hang = [link for link in some if "/h/" in link]
    assert len(hang) == 200
    assert {link.split("/")[2] for link in hang}.isdisjoint(link.split("/")[2] for link in some if "/f/" in link)
    assert len(set(slow)) == 1000


def test_a_brief_has_each_link_in_a_note(tmp_path: Path) -> None:
    """What is measured is a brief with one note a link."""
    load("audit").write_brief(tmp_path, ["http://a.example/", "http://b.example/"])
    text = (tmp_path / "brief.md").read_text(encoding="utf-8")
    assert text.endswith(
        "[^0]: Author, *Title 0*, 2023. <http://a.example/>\n[^1]: Author, *Title 1*, 2023. <http://b.example/>\n"
    )
    assert text.count("[^1]") == 2
