from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import sys
import tomllib
from pathlib import Path, PurePosixPath

import pytest
import yaml
from click.testing import CliRunner, Result
from tests.workflows import ROOT

from regesta import __version__
from regesta.cli.new import command, new_archive, write_archive

FILES = [
    ".github/workflows/archive.yml",
    ".github/workflows/audit.yml",
    ".gitignore",
    "briefs_src/briefs/2024/2024-03-14-ferry-traffic.md",
    "briefs_src/entities/dalia-renn.md",
    "briefs_src/entities/osk.md",
    "docs/about.md",
    "docs/index.md",
    "mkdocs.yml",
    "requirements-lock.txt",
    "requirements.txt",
]


CHECK = """\
status=0
regesta check --output-format github --output-format "markdown=$RUNNER_TEMP/check.md" || status=$?
if [ -f "$RUNNER_TEMP/check.md" ]; then cat "$RUNNER_TEMP/check.md" >>"$GITHUB_STEP_SUMMARY"; fi
exit "$status"
"""


INSTALL = """\
python -m pip install --require-hashes --only-binary :all: --requirement requirements-lock.txt
python -m pip install --no-deps --only-binary :all: --requirement requirements.txt
"""


def new(folder: Path | str) -> Result:
    """Run the command."""
    return CliRunner().invoke(command, [str(folder)])


def files_in(folder: Path) -> list[str]:
    """Give the paths of all files in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Make a new archive."""
    write_archive(tmp_path / "archive")
    return tmp_path / "archive"


def test_a_new_archive_holds_these_files_and_no_others(archive: Path) -> None:
    """A new archive is eleven files, and nothing stays beside it."""
    assert files_in(archive) == FILES
    assert [entry.name for entry in archive.parent.iterdir()] == ["archive"]


def test_the_next_steps_are_printed(tmp_path: Path) -> None:
    """Whoever has made an archive is told what to type next, also when its name has a space."""
    result = new(tmp_path / "my archive")
    assert result.exit_code == 0
    assert f"  cd '{tmp_path}/my archive'\n  mkdocs serve " in result.output


def test_an_empty_folder_and_a_fresh_repository_are_filled(tmp_path: Path) -> None:
    """A folder that is there already is used as it is when nothing but `.git` stands in it."""
    for name in ("empty", "repository/.git"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("empty", "repository"):
        inode = (tmp_path / name).stat().st_ino
        assert new(tmp_path / name).exit_code == 0
        assert files_in(tmp_path / name) == FILES
        assert (tmp_path / name).stat().st_ino == inode


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    """A folder that holds anything is left untouched, with exit status 2 and the name of what it holds."""
    (tmp_path / "notes.txt").write_text("mine")
    result = new(tmp_path)
    assert result.exit_code == 2
    assert "'notes.txt' is in" in result.output
    assert files_in(tmp_path) == ["notes.txt"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    """A name that is a file's is refused, with exit status 2."""
    (tmp_path / "notes.txt").write_text("mine")
    result = new(tmp_path / "notes.txt")
    assert result.exit_code == 2
    assert "this is a file" in result.output


@pytest.mark.parametrize("there", [False, True], ids=["not there yet", "empty"])
def test_a_full_disk_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool) -> None:
    """When writing fails in the middle, nothing of the archive is left, and the reason is told with exit status 2."""
    folder = tmp_path / "archive"
    if there:
        folder.mkdir()
    write_bytes = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name == "osk.md":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write_bytes(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    result = new(folder)
    assert result.exit_code == 2
    assert os.strerror(errno.ENOSPC) in result.output
    assert sorted(tmp_path.rglob("*")) == ([folder] if there else [])


def test_a_failed_move_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last entry cannot be moved into an empty folder, those before it are taken out again."""
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "requirements.txt":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    assert new(tmp_path).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_the_archive_is_readable_for_others(archive: Path) -> None:
    """The folder has the rights of any new folder, not the private ones of a temporary one."""
    (archive.parent / "other").mkdir()
    assert stat.S_IMODE(archive.stat().st_mode) == stat.S_IMODE((archive.parent / "other").stat().st_mode)


def test_the_workflow_asks_for_little_and_pins_what_it_runs() -> None:
    """The workflow starts from no permissions, gives each job few, and names actions by their full hash."""
    workflow = yaml.safe_load(next(text for path, text in new_archive().items() if path.name == "archive.yml"))
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "build": {"contents": "read"},
        "links": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }
    assert workflow["concurrency"]["group"]
    uses = [step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert len(uses) == 6
    assert [use for use in uses if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", use)] == []
    assert [step["run"] for step in workflow["jobs"]["build"]["steps"] if "run" in step] == [
        INSTALL,
        CHECK,
        "mkdocs build --strict",
    ]


def test_its_links_lead_to_reserved_names_only() -> None:
    """No example in a new archive points to a site that somebody may own, but for what the comments explain."""
    hosts = {
        host
        for path, content in new_archive().items()
        for host in re.findall(r"https?://([^/\s>)]+)", content.decode())
        if path.suffix == ".md" or path.name == "mkdocs.yml"
    }
    assert {host for host in hosts if not host.endswith(".example")} == set()


@pytest.mark.parametrize(
    ("decision", "status"),
    [("", 1), ("- {host: harbour.example, say: keep-defanged, by: the editors}\n", 0)],
)
def test_an_archive_with_a_decided_address_builds_strictly(archive: Path, decision: str, status: int) -> None:
    """A defanged address ends a strict build and fails a check until a decision keeps it so; it is never a link."""
    brief = "---\ntitle: A stamp\ndate: 2024-03-15\n---\n\nSo it says.[^1]\n\n[^1]: <hxxps://harbour[.]example/law>\n"
    (archive / "briefs_src/briefs/2024/stamp.md").write_text(brief, encoding="utf-8")
    (archive / "briefs_src/decisions.yml").write_text(decision or "[]\n", encoding="utf-8")
    for called in (["mkdocs", "build", "--strict"], ["regesta", "check"]):
        done = subprocess.run(
            [sys.executable, "-m", *called],
            cwd=archive,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stderr
    assert "kept defanged by the editors" in done.stdout or status
    pages = (archive / "site").rglob("*.html")
    assert all('href="https://harbour.example' not in page.read_text(encoding="utf-8") for page in pages)


def test_the_workflow_keeps_mkdocs_silent_on_its_next_version() -> None:
    """The workflow that builds a new archive asks MkDocs not to warn at every build."""
    workflow = new_archive()[PurePosixPath(".github/workflows/archive.yml")].decode()
    assert 'NO_MKDOCS_2_WARNING: "1"' in workflow


def test_a_new_archive_builds_strictly(archive: Path) -> None:
    """A new archive builds without a warning, and has the pages of its brief, its person and its day."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=archive,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr
    for page in (
        "briefs/2024/2024-03-14-ferry-traffic",
        "people/dalia-renn",
        "places/osk",
        "dates/2024/03/14",
        "people",
        "organisations",
        "events",
    ):
        assert (archive / "site" / page / "index.html").is_file(), page


def test_a_new_archive_has_nothing_to_report(archive: Path) -> None:
    """The checker finds nothing in a new archive."""
    check = subprocess.run(
        [sys.executable, "-m", "regesta", "check"], cwd=archive, capture_output=True, text=True, check=False
    )
    assert check.returncode == 0, check.stdout + check.stderr


def pinned(text: str) -> dict[str, tuple[str, int]]:
    """Give the version of each library that a lock names, and how many hashes it has."""
    blocks = re.split(r"\n(?=\S)", text.strip())
    found = {}
    for block in blocks:
        name, _, version = block.split(maxsplit=1)[0].partition("==")
        found[name] = (version, len(re.findall(r"--hash=sha256:[0-9a-f]{64}", block)))
    return found


def test_the_lock_names_all_that_is_needed_by_its_hash(archive: Path) -> None:
    """Each dependency and what it needs in turn stands there, in the version that the site of this repository uses."""
    lock = pinned((archive / "requirements-lock.txt").read_text(encoding="ascii"))
    ours = pinned((ROOT / "scripts/locks/build.txt").read_text(encoding="ascii"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=~ ;\[]", line)[0].lower() for line in project["dependencies"]}
    assert wanted <= lock.keys()
    assert lock.items() <= ours.items()
    assert all(version and hashes for version, hashes in lock.values())
    assert "regesta" not in lock


@pytest.mark.parametrize(
    ("noted", "has_hash"),
    [
        (None, False),
        ("", False),
        ("not JSON", False),
        ("[]", False),
        ('{"url": "file:///here", "dir_info": {"editable": true}}', False),
        ('{"url": "https://x.example/regesta-VERSION.tar.gz", "archive_info": {"hashes": {"sha256": "HASH"}}}', False),
        (
            '{"url": "https://x.example/other-1-py3-none-any.whl", "archive_info": {"hashes": {"sha256": "HASH"}}}',
            False,
        ),
        (
            '{"url": "file:///regesta-VERSION-py3-none-any.whl", "archive_info": {"hashes": {"sha256": "HASH\\n--x"}}}',
            False,
        ),
        ('{"url": "file:///regesta-VERSION-py3-none-any.whl", "archive_info": {"hash": "sha256=HASH"}}', False),
        ('{"url": "file:///regesta-VERSION-py3-none-any.whl", "archive_info": {"hashes": {"sha256": "HASH"}}}', True),
    ],
)
def test_the_hash_of_the_package_is_given_where_pip_has_noted_it(
    monkeypatch: pytest.MonkeyPatch, noted: str | None, *, has_hash: bool
) -> None:
    """Of the wheel of this version alone; otherwise the file says how to add it."""
    digest = "0123456789abcdef" * 4

    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return noted and noted.replace("HASH", digest).replace("VERSION", __version__)

    monkeypatch.setattr("regesta.cli.new.distribution", lambda _name: Installed())
    text = new_archive()[PurePosixPath("requirements.txt")].decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == [f"regesta=={__version__}" + (f" --hash=sha256:{digest}" if has_hash else "")]
    assert ("pip hash" in text) != has_hash
