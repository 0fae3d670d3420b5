"""The set-up that the scripts share, on a copy of it whose installer only takes notes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PRETEND = f"""
source "$SCRIPTS/environment"
make_venv() {{
  mkdir -p "$venv/bin"
  printf '#!/bin/sh\\nexec "{sys.executable}" "$@"\\n' >"$venv/bin/python"
  chmod +x "$venv/bin/python"
}}
quiet_pip() {{
  echo "pip $*" >>notes
  [ ! -e "$root/no-network" ] || give_up "no network"
}}
"""
"""Everything as it is, but for what would take a network and a minute."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Make a repository with the scripts and little else, in a path with a space."""
    root = tmp_path / "an archive"
    shutil.copytree(ROOT / "scripts", root / "scripts")
    (root / "plugins/regesta").mkdir(parents=True)
    for name in ("pyproject.toml", "plugins/regesta/__init__.py"):
        shutil.copy(ROOT / name, root / name)
    return root


def bash(copy: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script from a folder that has nothing to do with the copy."""
    environment = os.environ | {"SCRIPTS": str(copy / "scripts"), "PYTHON": sys.executable} | variables
    return subprocess.run(
        ["/bin/bash", "-c", script], cwd="/", env=environment, capture_output=True, text=True, check=False
    )


def set_up(copy: Path, name: str) -> list[str]:
    """Set the environment up and give what the installer was asked for since the last time."""
    (copy / "notes").unlink(missing_ok=True)
    done = bash(copy, f"{PRETEND}\nenvironment {name}")
    assert done.returncode == (2 if (copy / "no-network").exists() else 0), done.stderr
    return (copy / "notes").read_text().splitlines() if (copy / "notes").exists() else []


LOCKED = "pip install --require-hashes --only-binary :all: -r scripts/locks/{}.txt"
PACKAGE = "pip install --no-deps --no-build-isolation --no-index -e ."


def test_the_second_time_nothing_is_installed(copy: Path) -> None:
    """The first run installs the lock with its hashes and then the package; the second installs nothing."""
    assert set_up(copy, "build") == [LOCKED.format("build"), PACKAGE]
    assert set_up(copy, "build") == []


def test_the_test_set_serves_the_build(copy: Path) -> None:
    """Who has run the tests can build at once."""
    assert set_up(copy, "test") == [LOCKED.format("test"), PACKAGE]
    assert set_up(copy, "build") == []


def test_the_build_set_does_not_serve_the_tests(copy: Path) -> None:
    """Who has built still lacks what the tests need."""
    set_up(copy, "build")
    assert set_up(copy, "test") == [LOCKED.format("test"), PACKAGE]


@pytest.mark.parametrize("name", ["scripts/locks/build.txt", "pyproject.toml", "plugins/regesta/__init__.py"])
def test_what_decides_the_environment_renews_it(copy: Path, name: str) -> None:
    """A change to the lock, to pyproject.toml or to the version is installed by the next run."""
    set_up(copy, "build")
    (copy / name).write_text((copy / name).read_text() + "\n# changed\n")
    assert set_up(copy, "build") == [LOCKED.format("build"), PACKAGE]


def test_a_moved_repository_is_set_up_again(copy: Path) -> None:
    """An environment knows its own path, so it is made anew where the repository lies now."""
    set_up(copy, "build")
    moved = copy.rename(copy.parent / "elsewhere")
    assert set_up(moved, "build") != []


def test_an_interrupted_set_up_begins_again(copy: Path) -> None:
    """What an interrupted run has left is taken away, not built upon."""
    (copy / "no-network").touch()
    assert set_up(copy, "build") == [LOCKED.format("build")]
    (copy / ".venv/half").touch()
    (copy / "no-network").unlink()
    assert set_up(copy, "build") == [LOCKED.format("build"), PACKAGE]
    assert not (copy / ".venv/half").exists()


def test_an_old_python_gets_a_clear_word(copy: Path, tmp_path: Path) -> None:
    """Where Python is too old, the message says which one is there and which is needed, with status 2."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("dirname", "mkdir", "rm"):
        (tools / name).symlink_to(shutil.which(name) or name)
    old = tools / "python3"
    pretend = "import sys; sys.version_info = (3, 9, 2); exec(sys.argv[1])"
    old.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit\nexec "{sys.executable}" -c "{pretend}" "$2"\n'
    )
    old.chmod(0o755)
    done = bash(copy, 'source "$SCRIPTS/environment"; environment build', PATH=str(tools), PYTHON="python3")
    assert done.returncode == 2
    assert "Regesta needs Python 3.11 or newer; 'python3' here is Python 3.9.2." in done.stderr


def test_an_unknown_measurement_is_answered_with_the_names(copy: Path) -> None:
    """`scripts/bench` names what it can measure, and refuses anything else with status 2, paths included."""
    planted = copy / "scripts/planted"
    planted.write_text("#!/bin/sh\n")
    planted.chmod(0o755)
    for name in ("nothing", "../planted"):
        done = bash(
            copy, f"{PRETEND}\nset -- {name}\n" + (copy / "scripts/bench").read_text().split('/environment"\n')[1]
        )
        assert done.returncode == 2
        assert "scripts/bench NAME" in done.stderr
        assert f"No such measurement: '{name}'" in done.stderr


@pytest.mark.parametrize("name", ["build", "test", "check", "bench", "lock"])
def test_every_command_says_what_it_does(name: str) -> None:
    """`--help` answers without setting anything up."""
    done = subprocess.run([ROOT / "scripts" / name, "--help"], capture_output=True, text=True, check=True)
    assert f"scripts/{name}" in done.stdout
