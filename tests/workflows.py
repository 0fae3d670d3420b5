"""The workflows of this repository and of a new archive, read as GitHub reads them, and steps run as it runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
OURS = ROOT / ".github/workflows/ci.yml"
OUR_AUDIT = ROOT / ".github/workflows/audit.yml"
NEW = ROOT / "plugins/regesta/cli/new_archive/dot-github/workflows/archive.yml"
NEW_AUDIT = NEW.with_name("audit.yml")
ACTION = ROOT / "action.yml"
WORKFLOWS = [*sorted(OURS.parent.iterdir()), *sorted(NEW.parent.iterdir())]


def read(path: Path) -> dict[str, Any]:
    """Read YAML as GitHub does: `on` is a word there."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - the safest there is
    assert isinstance(data, dict)
    return data


def steps(path: Path) -> Iterator[dict[str, Any]]:
    """Give every step of a workflow or an action."""
    data = read(path)
    for job in data["jobs"].values() if "jobs" in data else [data["runs"]]:
        yield from job.get("steps", ())


def run_step(path: Path, name: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the script of the step of that name in a folder, by the shell and the options that GitHub uses."""
    (script,) = [step["run"] for step in steps(path) if step.get("name") == name]
    command = ["/bin/bash", "--noprofile", "--norc", "-e", "-c", script]
    return subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False
    )
