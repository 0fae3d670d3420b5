"""What runs on other people's machines: our workflow, our action, our hook, and the workflow of a new archive."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator
from tests.workflows import ACTION, NEW, OURS, ROOT, WORKFLOWS, read, steps

from regesta.cli.new import write_archive

GUIDE = ROOT / "docs/guide/ci.md"
EVERYTHING = pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: f"{path.parts[-4]}-{path.name}")
EACH_WORKFLOW = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parts[-4]}-{path.name}")
BRIEF = "---\ntitle: Water\ndate: 2020-09-09\n---\n\nText.[^1]\n\n[^1]: <hxxps://a[.]example/>\n"


@EVERYTHING
def test_the_schema_is_kept(path: Path) -> None:
    """Workflows and the action are valid by the schemas that editors use."""
    name = "github-actions.json" if path == ACTION else "github-workflows.json"
    schema = files("check_jsonschema").joinpath("builtin_schemas/vendor", name).read_text(encoding="utf-8")
    data = yaml.safe_load(re.sub("(?m)^on:", "'on':", path.read_text(encoding="utf-8")))
    assert [f"{e.json_path}: {e.message}" for e in Draft7Validator(json.loads(schema)).iter_errors(data)] == []


@EVERYTHING
def test_actions_are_named_by_their_hash(path: Path) -> None:
    """Every action of somebody else is pinned by 40 digits, with its version beside them for people."""
    lines = re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8"))
    pinned = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [line for line in lines if not line.startswith("./") and not pinned.fullmatch(line)] == []
    # A job may use a whole workflow, which then lies beside it.
    whole = [job["uses"] for job in read(path).get("jobs", {}).values() if "uses" in job]
    assert [use for use in whole if not path.with_name(Path(use).name).is_file()] == []
    assert len(lines) == len(whole) + sum("uses" in step for step in steps(path))


def test_one_version_of_each_action() -> None:
    """The same action has the same hash wherever it is used, in the guide too."""
    used: dict[str, set[str]] = {}
    for path in [*WORKFLOWS, GUIDE]:
        for name, version in re.findall(r"uses: *([^@\s]+)@(.*)", path.read_text(encoding="utf-8")):
            used.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in used.items() if len(versions) > 1} == {}


@EVERYTHING
def test_nothing_from_outside_enters_a_script(path: Path) -> None:
    """No script holds an expression: what others have written reaches it as a variable."""
    assert [step["run"] for step in steps(path) if "${{" in step.get("run", "")] == []


@EACH_WORKFLOW
def test_a_workflow_asks_for_little(path: Path) -> None:
    """It starts from no permissions, each job says what it needs and ends some time, and a checkout keeps no token."""
    data = read(path)
    assert data["permissions"] in ({}, "{}")
    assert data["concurrency"]["group"]
    assert "pull_request_target" not in data["on"]
    for job in data["jobs"].values():
        assert "uses" in job or int(job["timeout-minutes"]) <= 60
        assert "permissions" in job
    checkouts = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert {step["with"]["persist-credentials"] for step in checkouts} == {"false"}


@EVERYTHING
def test_the_scripts_within_are_in_order(path: Path, tmp_path: Path) -> None:
    """Shellcheck has nothing against the scripts in workflows, read as GitHub runs them."""
    shellcheck = Path(sys.executable).with_name("shellcheck")
    if not shellcheck.exists():
        pytest.skip("there is no ready-made shellcheck for this machine")
    scripts = [step["run"] for step in steps(path) if "run" in step]
    assert scripts
    for number, script in enumerate(scripts):
        file = tmp_path / f"{number}.sh"
        file.write_text(f"#!/usr/bin/env bash\nset -eo pipefail\n{script}\n", encoding="utf-8")
        done = subprocess.run([shellcheck, file], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_the_scripts_that_are_called_are_there() -> None:
    """What the workflow and the action call can be run, and takes the options that are given to it."""
    called = {step["run"].split()[0] for step in steps(OURS) if step.get("run", "").startswith("scripts/")}
    assert called == {"scripts/check", "scripts/test"}
    for name in (*called, ".ci/action"):
        assert os.access(ROOT / name, os.X_OK)
    (step,) = steps(ACTION)
    assert step["run"] == '"$GITHUB_ACTION_PATH/.ci/action"'
    script = (ROOT / ".ci/action").read_text(encoding="utf-8")
    assert set(step["env"]) == set(re.findall(r"INPUT_\w+", script))
    assert {f"INPUT_{name.upper().replace('-', '_')}" for name in read(ACTION)["inputs"]} == set(step["env"])


def test_the_guide_knows_the_action() -> None:
    """Each input of the action is explained with its default, and no other is."""
    table = re.findall(r"^\| `([\w-]+)` \| (.+?) \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    inputs = read(ACTION)["inputs"]
    assert {name for name, _ in table} == inputs.keys()
    for name, default in table:
        assert default == f"`{inputs[name]['default']}`" or not inputs[name]["default"]


def test_the_matrix_is_what_the_package_promises() -> None:
    """The tests run on each Python that pyproject.toml names."""
    promised = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert read(OURS)["jobs"]["versions"]["strategy"]["matrix"]["python"] == promised


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Make a new archive with one error in it."""
    write_archive(tmp_path / "an archive")
    folder = tmp_path / "an archive"
    (folder / "briefs_src/briefs/2024/bad.md").write_text(BRIEF, encoding="utf-8")
    # Whoever proposes a change must not be able to bring code along.
    for name in ("regesta.py", "yaml.py", "click.py"):
        (folder / name).write_text("raise SystemExit('planted')\n", encoding="utf-8")
    return folder


@pytest.fixture
def action(tmp_path: Path) -> Path:
    """Lay the action out as a runner does, with a set-up that has nothing to install."""
    folder = tmp_path / "the action"
    bin_ = folder / "venv/bin"
    bin_.mkdir(parents=True)
    _shim(bin_ / "regesta")
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/action", folder / ".ci/action")
    (folder / "scripts").mkdir()
    stub = 'cd "$(dirname "${BASH_SOURCE[0]}")/.."\nvenv=$(pwd)/venv\nenvironment() { [ "$1" = build ]; }\n'
    (folder / "scripts/environment").write_text(stub, encoding="utf-8")
    return folder


def _shim(path: Path) -> None:
    """Write what pip writes as the command: it looks for modules beside itself, not in the current folder."""
    path.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -P -c \'from regesta.cli.main import main; main()\' "$@"\n',
        encoding="utf-8",
    )
    path.chmod(0o755)


def run_action(action: Path, archive: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's step in an archive, as a runner does."""
    (step,) = steps(ACTION)
    given = {name: spec.get("default", "") for name, spec in read(ACTION)["inputs"].items()} | inputs
    environment = {
        **os.environ,
        **{f"INPUT_{name.upper().replace('-', '_')}": value for name, value in given.items()},
        "GITHUB_ACTION_PATH": str(action),
        "GITHUB_STEP_SUMMARY": str(action / "summary.md"),
        "GITHUB_OUTPUT": str(action / "output"),
    }
    command = ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=archive, env=environment, capture_output=True, text=True, check=False)


def test_the_action_says_what_is_wrong(action: Path, archive: Path) -> None:
    """It annotates, adds a summary, leaves a SARIF file, says where that is, and fails."""
    done = run_action(action, archive)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=briefs_src/briefs/2024/bad.md,line=8,")
    assert (action / "summary.md").read_text(encoding="utf-8").startswith("## Regesta: 1 error")
    assert (action / "output").read_text(encoding="utf-8") == "sarif=regesta.sarif\n"
    (result,) = json.loads((archive / "regesta.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["ruleId"] == "U101"


@pytest.mark.parametrize(
    ("inputs", "status"),
    [
        ({"fail-on": "never"}, 0),
        ({"baseline": "known.json"}, 0),
        ({"path": "briefs_src\n\ndocs"}, 1),
        ({"path": "docs"}, 0),
        ({"path": "--help"}, 2),
        ({"path": "$(touch planted); `touch planted`"}, 2),
        ({"format": "json", "sarif": "out/r.sarif"}, 1),
    ],
)
def test_the_inputs_of_the_action(action: Path, archive: Path, inputs: dict[str, str], status: int) -> None:
    """Each input does what it says, and none is run as a command or read as an option."""
    command = [str(action / "venv/bin/regesta"), "check", "--write-baseline", "known.json"]
    assert subprocess.run(command, cwd=archive, check=False, capture_output=True).returncode == 0
    done = run_action(action, archive, **inputs)
    assert done.returncode == status, done.stdout + done.stderr
    assert not (archive / "planted").exists()
    assert (archive / inputs.get("sarif", "regesta.sarif")).is_file()


def test_the_check_of_a_new_archive(archive: Path, tmp_path: Path) -> None:
    """The step annotates, adds a summary, and fails as the check does."""
    (script,) = [step["run"] for step in steps(NEW) if step.get("name") == "regesta check"]
    _shim(tmp_path / "regesta")
    environment = {
        **os.environ,
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }
    for expected in (1, 0):
        done = subprocess.run(
            ["/bin/bash", "-e", "-c", script], cwd=archive, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == expected, done.stderr
        (archive / "briefs_src/briefs/2024/bad.md").unlink(missing_ok=True)
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").count("## Regesta:") == 2


def test_the_hook_runs_the_check(archive: Path, tmp_path: Path) -> None:
    """The hook's command checks the whole archive, and fails where the check does."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("regesta-check", "python", False)
    _shim(tmp_path / "regesta")
    command = [str(tmp_path / hook["entry"].split()[0]), *hook["entry"].split()[1:]]
    done = subprocess.run(command, cwd=archive, capture_output=True, text=True, check=False)
    assert (done.returncode, "bad.md:8:8 U101" in done.stdout) == (1, True)
