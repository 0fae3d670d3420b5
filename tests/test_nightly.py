"""The nightly audit and the audit of a change: who may do what, and their scripts run for real, with real git."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.github_runner import DEAD, LIVE, Runner
from tests.workflows import NEW, NEW_AUDIT, OUR_AUDIT, OURS, ROOT, WORKFLOWS, read, steps

if TYPE_CHECKING:
    from pathlib import Path

RIGHTS = {
    NEW_AUDIT: {
        "audit": {"contents": "read"},
        "record": {"contents": "write"},
        "issue": {"contents": "read", "issues": "write"},
        "publish": {"contents": "read", "pages": "write", "id-token": "write"},
    },
    OUR_AUDIT: {
        "audit": {"contents": "read"},
        "record": {"contents": "write"},
        "issue": {"contents": "read", "issues": "write"},
        "site": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    },
    NEW: {
        "build": {"contents": "read"},
        "links": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    },
    OURS: {name: {"contents": "read"} for name in ("all", "versions", "action", "links")},
}
"""What each job may do. A job that is not here is a job too many."""

AUDITS = pytest.mark.parametrize("path", [NEW_AUDIT, OUR_AUDIT], ids=["new archive", "ours"])
CHANGES = pytest.mark.parametrize("path", [NEW, OURS], ids=["new archive", "ours"])


def scripts(job: dict[str, Any]) -> str:
    """Give all that a job runs, as one text."""
    return "\n".join(step.get("run", "") for step in job.get("steps", ()))


def test_each_job_has_the_rights_it_needs() -> None:
    """No workflow has a job, and no job a right, beyond this table."""
    assert set(RIGHTS) == set(WORKFLOWS)
    for path, rights in RIGHTS.items():
        assert {name: job["permissions"] for name, job in read(path)["jobs"].items()} == rights


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.as_posix()[-40:])
def test_who_talks_to_strangers_may_not_write(path: Path) -> None:
    """A job that visits links can only read, is handed no token, and no job that writes visits any."""
    for job in read(path)["jobs"].values():
        if "regesta audit" in scripts(job):
            assert job["permissions"] == {"contents": "read"}
            assert "token" not in json.dumps(job).replace("persist-credentials", "").lower()
    assert "secrets" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.as_posix()[-40:])
def test_a_proposed_change_reaches_no_right_to_write(path: Path) -> None:
    """Where changes are tried, what may write is kept for the main branch."""
    data = read(path)
    for job in data["jobs"].values():
        if "pull_request" in data["on"] and "write" in job["permissions"].values():
            assert job["if"] == "github.ref == 'refs/heads/main'"


@AUDITS
def test_a_token_is_handed_to_one_step(path: Path) -> None:
    """Only the step that needs the token has it: not the ones that install or run a program."""
    for name, job in read(path)["jobs"].items():
        holders = [step["name"] for step in job.get("steps", ()) if "github.token" in json.dumps(step)]
        expected = {"record": ["Commit what has changed"], "issue": ["Keep one issue with what needs a person"]}
        assert holders == expected.get(name, [])
        for step in job.get("steps", ()):
            if step.get("name") in holders:
                assert not re.search(r"\b(python|pip|regesta|mkdocs)\b", step["run"])


@AUDITS
def test_what_was_seen_is_kept_whatever_happens(path: Path) -> None:
    """The visits, the record and the commit do not wait for the audit to succeed."""
    jobs = read(path)["jobs"]
    late = {step.get("name", step.get("uses", "").partition("@")[0]): step.get("if") for step in jobs["audit"]["steps"]}
    assert late["actions/cache/save"] == late["Gather the record"] == "always()"
    assert late["actions/upload-artifact"].startswith("always() && ")
    assert all(job["if"].startswith("always() && ") for name, job in jobs.items() if name != "audit")
    assert read(path)["concurrency"] == {"group": "audit", "cancel-in-progress": "false"}


def test_ours_and_theirs_are_one() -> None:
    """What a new archive runs in its scripts is what we run ourselves."""
    for ours, theirs in ((OUR_AUDIT, NEW_AUDIT), (OURS, NEW)):
        named = {step["name"]: step["run"] for step in steps(theirs) if "run" in step and "name" in step}
        mine = {step["name"]: step["run"] for step in steps(ours) if "run" in step and "name" in step}
        assert mine
        assert mine.items() <= named.items()


@pytest.mark.parametrize("path", [OUR_AUDIT, OURS], ids=["audit", "changes"])
def test_we_install_by_hash(path: Path) -> None:
    """Our own workflows install what the lock names, by its hash, ready-made."""
    installs = [line for step in steps(path) for line in step.get("run", "").splitlines() if "pip install" in line]
    wanted = [
        "python -m pip install --require-hashes --only-binary :all: --requirement scripts/locks/build.txt",
        "python -m pip install --no-deps --no-build-isolation --no-index --editable .",
    ]
    assert installs
    assert installs == wanted * (len(installs) // 2)
    assert (ROOT / "scripts/locks/build.txt").is_file()


@pytest.mark.parametrize("path", [NEW_AUDIT, NEW], ids=["audit", "archive"])
def test_a_new_archive_installs_by_hash(path: Path) -> None:
    """Whatever a job may do, it installs libraries by their hashes, and Regesta without asking what else it wants."""
    installs = [line for step in steps(path) for line in step.get("run", "").splitlines() if "pip install" in line]
    wanted = [
        "python -m pip install --require-hashes --only-binary :all: --requirement requirements-lock.txt",
        "python -m pip install --no-deps --only-binary :all: --requirement requirements.txt",
    ]
    assert installs
    assert installs == wanted * (len(installs) // 2)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """Set a runner's machine up."""
    return Runner(tmp_path)


@pytest.mark.parametrize(
    ("status", "expected", "says"), [(0, 0, ""), (1, 0, ""), (3, 0, "::warning title=Nothing was judged::"), (2, 2, "")]
)
def test_dead_links_are_no_failure(runner: Runner, status: int, expected: int, says: str) -> None:
    """A night that finds dead links, or no network, does not fail; one that did not do what it should does."""
    done = runner.run(NEW_AUDIT, "Visit what is due", STATUS=str(status), REPORT="## A report")
    assert done.returncode == expected
    assert done.stdout.startswith(says)
    assert bool(done.stdout) == bool(says)
    assert runner.read("summary.md") == "## A report\n"


def test_the_record_is_gathered(runner: Runner) -> None:
    """What there is of the record is handed over, and whether there is any is said."""
    (runner.archive / "briefs_src/links").mkdir()
    (runner.archive / "briefs_src/links/a.jsonl").write_text(LIVE, encoding="utf-8")
    assert runner.run(NEW_AUDIT, "Gather the record").returncode == 0
    record = runner.archive / "record"
    assert sorted(path.relative_to(record).as_posix() for path in record.rglob("*.*")) == [
        "links.jsonl",
        "links/a.jsonl",
    ]
    assert "recorded=yes\n" in runner.read("output")


def test_no_record_is_no_failure(runner: Runner) -> None:
    """Before the first audit has recorded anything, nothing is handed over."""
    (runner.archive / "briefs_src/links.jsonl").unlink()
    assert runner.run(NEW_AUDIT, "Gather the record").returncode == 0
    assert runner.read("output") == ""


def test_the_record_is_committed(runner: Runner) -> None:
    """What has changed is looked at and pushed in one commit that holds the record and nothing else."""
    runner.hand_over({"links.jsonl": DEAD, "audits.jsonl": "{}"})
    (runner.archive / "stray.txt").write_text("x", encoding="utf-8")
    assert runner.run(NEW_AUDIT, "Look at the record again").returncode == 0
    done = runner.run(NEW_AUDIT, "Commit what has changed")
    assert done.returncode == 0, done.stderr
    assert runner.recorded == DEAD
    changed = runner.git("show", "--name-only", "--format=%an %s", "main", at=runner.origin).splitlines()
    assert re.fullmatch(r"github-actions\[bot\] Record the audit of \d{4}-\d\d-\d\d", changed[0])
    assert changed[2:] == ["briefs_src/audits.jsonl", "briefs_src/links.jsonl"]


def test_a_record_that_has_become_a_folder_replaces_the_file(runner: Runner) -> None:
    """A ledger that was cut into a folder takes the place of the file, which goes."""
    runner.hand_over({"links/a.jsonl": LIVE, "links/b.jsonl": DEAD})
    for step in ("Look at the record again", "Commit what has changed"):
        done = runner.run(NEW_AUDIT, step)
        assert (done.returncode, done.stderr) == (0, "") or step.startswith("Look")
    files = runner.git("ls-tree", "-r", "--name-only", "main", at=runner.origin).splitlines()
    assert files == ["briefs_src/a.md", "briefs_src/links/a.jsonl", "briefs_src/links/b.jsonl"]


def test_nothing_new_is_no_commit(runner: Runner) -> None:
    """A night in which nothing changed leaves no commit."""
    before = runner.git("rev-parse", "main", at=runner.origin)
    runner.hand_over({"links.jsonl": LIVE})
    for step in ("Look at the record again", "Commit what has changed"):
        assert runner.run(NEW_AUDIT, step).returncode == 0
    assert runner.git("rev-parse", "main", at=runner.origin) == before


def test_a_change_meanwhile_is_kept(runner: Runner) -> None:
    """What somebody committed while the audit ran stays beneath the record."""
    other = runner.folder / "first"
    (other / "briefs_src/b.md").write_text("B.\n", encoding="utf-8")
    runner.commit(other, "Add a brief")
    runner.git("push", "--quiet", "origin", "HEAD:main", at=other)
    runner.hand_over({"links.jsonl": DEAD})
    for step in ("Look at the record again", "Commit what has changed"):
        done = runner.run(NEW_AUDIT, step)
        assert done.returncode == 0, done.stderr
    assert runner.recorded == DEAD
    assert runner.git("show", "main:briefs_src/b.md", at=runner.origin) == "B."
    assert runner.git("rev-list", "--count", "main", at=runner.origin) == "3"


def test_a_record_that_was_changed_meanwhile_is_left_alone(runner: Runner) -> None:
    """When somebody edited the same lines while the audit ran, theirs stay, and the run says so."""
    other = runner.folder / "first"
    (other / "briefs_src/links.jsonl").write_text("theirs\n", encoding="utf-8")
    runner.commit(other, "Edit the record")
    runner.git("push", "--quiet", "origin", "HEAD:main", at=other)
    runner.hand_over({"links.jsonl": DEAD})
    runner.run(NEW_AUDIT, "Look at the record again")
    done = runner.run(NEW_AUDIT, "Commit what has changed")
    assert done.returncode == 1
    assert "::error title=The record is not committed::" in done.stdout
    assert runner.recorded == "theirs"


def test_the_token_is_nowhere_to_be_read(runner: Runner) -> None:
    """After the push no file of the clone holds the token, and the log hides what it is sent as."""
    runner.hand_over({"links.jsonl": DEAD})
    runner.run(NEW_AUDIT, "Look at the record again")
    done = runner.run(NEW_AUDIT, "Commit what has changed")
    sent = "eC1hY2Nlc3MtdG9rZW46YS10b2tlbg=="
    assert done.stdout == f"::add-mask::{sent}\n"
    for path in (runner.archive / ".git").rglob("*"):
        assert not path.is_file() or not re.search(rb"a-token|" + sent.encode(), path.read_bytes())


ODD = {
    "another file": {"links.jsonl": LIVE, "mkdocs.yml": "hooks: [evil.py]"},
    "a brief": {"links.jsonl": LIVE, "briefs/2020/planted.md": "x"},
    "a decision": {"decisions.yml": "- say: live"},
    "a hidden file": {"links.jsonl": LIVE, ".gitattributes": "x"},
    "a folder in the folder": {"links/a.jsonl": LIVE, "links/b/c.jsonl": LIVE},
    "a folder named as a file": {"links.jsonl/x.jsonl": LIVE},
    "a damaged ledger": {"links.jsonl": "damaged"},
}


@pytest.mark.parametrize("what", ODD)
def test_an_odd_record_is_refused(runner: Runner, what: str) -> None:
    """A record with what no audit writes, or that cannot be read, ends the job before anything is committed."""
    runner.hand_over(ODD[what])
    done = runner.run(NEW_AUDIT, "Look at the record again")
    assert done.returncode == (2 if what == "a damaged ledger" else 1)
    assert ("::error title=The record is refused::" in done.stdout) == (what != "a damaged ledger")
    assert not (runner.archive / "briefs_src/mkdocs.yml").exists()
    assert not list(runner.archive.rglob("planted.md"))


@pytest.mark.parametrize("junk", ["damaged", '{"url":"https://a.exam', "<<<<<<< HEAD", "\0\0\0", "{}", "[1, 2]"])
def test_a_junk_line_does_not_keep_the_record_from_being_committed(runner: Runner, junk: str) -> None:
    """The program itself reports it with its line, and it is committed with the rest."""
    program = runner.folder / "tools/regesta"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m regesta "$@"\n', encoding="utf-8")
    brief = runner.archive / "briefs_src/briefs/2020/water.md"
    brief.parent.mkdir(parents=True)
    brief.write_text("---\ntitle: Water\ndate: 2020\n---\n\nText. <https://a.example/>\n", encoding="utf-8")
    runner.hand_over({"links.jsonl": f"{LIVE}\n{junk}", "audits.jsonl": junk})
    for step in ("Look at the record again", "Commit what has changed"):
        done = runner.run(NEW_AUDIT, step)
        assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(runner.read("temp/report.json"))
    places = [(one["path"], one["line"]) for one in report["findings"] if one["rule"] == "B340"]
    assert ("briefs_src/audits.jsonl", 1) in places
    assert ("briefs_src/links.jsonl", 2) in places
    assert junk in runner.recorded


def test_a_link_in_the_record_is_refused(runner: Runner) -> None:
    """A symbolic link is no record, wherever it leads."""
    runner.hand_over({"audits.jsonl": "{}"})
    (runner.folder / "temp/record/links.jsonl").symlink_to("/etc/passwd")
    assert runner.run(NEW_AUDIT, "Look at the record again").returncode == 1
    assert (runner.archive / "briefs_src/links.jsonl").read_text(encoding="utf-8") == LIVE + "\n"


def test_the_report_fits_into_an_issue(runner: Runner) -> None:
    """A long report is cut at a line, which is said, and whether anything is left is handed on."""
    lines = "\n".join(f"| {number} | жж |" for number in range(6000))
    assert runner.run(NEW_AUDIT, "Report", STATUS="1", REPORT=lines).returncode == 0
    body = runner.read("temp/body.md")
    assert 40_000 < len(body) <= 60_100
    shown, last = body.rstrip("\n").rsplit("\n\n", 1)
    assert lines.startswith(shown + "\n")
    assert last == 'The list goes on: "regesta report" shows all of it.'
    assert runner.read("output") == "status=1\n"
    assert runner.run(NEW_AUDIT, "Report", STATUS="0", REPORT="Short.").returncode == 0
    assert runner.read("temp/body.md") == "Short.\n"
    assert runner.run(NEW_AUDIT, "Report", STATUS="2").returncode == 2


@pytest.mark.parametrize(
    ("status", "number", "done"),
    [
        ("0", "", []),
        ("0", "7", ["issue close 7 --comment Nothing is left that needs a person."]),
        ("1", "7", ["issue edit 7 --body-file {temp}/body.md"]),
        (
            "1",
            "",
            [
                "label create link-audit --force --description Kept by the nightly audit of the links",
                "issue create --title Links that need a person --label link-audit --body-file {temp}/body.md",
            ],
        ),
    ],
)
def test_one_issue_is_kept(runner: Runner, status: str, number: str, done: list[str]) -> None:
    """An issue is opened once, rewritten while something is left, and closed when nothing is; never a second one."""
    step = "Keep one issue with what needs a person"
    result = runner.run(NEW_AUDIT, step, OPEN=number, STATUS=status)
    assert result.returncode == 0, result.stderr
    asked, *rest = runner.read("notes").splitlines()
    assert asked.startswith("gh issue list --app github-actions --label link-audit --state open --limit 1")
    assert rest == [f"gh {line}".format(temp=runner.folder / "temp") for line in done]


def change(runner: Runner, **files: str) -> None:
    """Propose a change on a branch, and check it out as GitHub does, with the history."""
    runner.git("fetch", "--quiet", "--unshallow", "origin", "+refs/heads/*:refs/remotes/origin/*", at=runner.archive)
    for name, text in files.items():
        (runner.archive / "briefs_src" / name.replace("__", ".")).write_text(text, encoding="utf-8")
    runner.commit(runner.archive, "Propose")


@pytest.mark.parametrize(
    ("status", "expected", "says"), [(0, 0, ""), (1, 1, ""), (2, 2, ""), (3, 0, "::warning title=Links not visited::")]
)
@CHANGES
def test_the_links_of_a_change_are_visited(runner: Runner, path: Path, status: int, expected: int, says: str) -> None:
    """The audit of a change asks for what changed, takes a copy of the record from main, and says what it found."""
    change(runner, b__md="B.", links__jsonl="planted\n")
    done = runner.run(path, "Visit the links of the change", STATUS=str(status), REPORT="## Links of the change")
    assert done.returncode == expected, done.stderr
    assert done.stdout.startswith(says)
    assert bool(done.stdout) == bool(says)
    (asked,) = runner.read("notes").splitlines()
    copy = runner.folder / "temp/links.jsonl"
    assert f"--changed-since origin/main --ledger {copy} --no-record --no-mementos" in asked
    assert copy.read_text(encoding="utf-8") == LIVE + "\n"
    assert runner.read("summary.md") == "## Links of the change\n"


@pytest.mark.parametrize(("name", "is_told"), [("links__jsonl", True), ("audits__jsonl", True), ("b__md", False)])
@CHANGES
def test_a_change_of_the_record_is_told(runner: Runner, path: Path, name: str, is_told: bool) -> None:  # noqa: FBT001
    """Whoever edits the record in a change reads where such words belong; it is no failure."""
    change(runner, **{name: "x\n"})
    done = runner.run(path, "Say whether the change touches the record")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("::warning title=The record is touched::This change edits") == is_told
    assert ("decisions.yml" in runner.read("summary.md")) == is_told


def test_a_change_before_the_first_audit(runner: Runner) -> None:
    """Without a record on main the audit of a change starts from none."""
    change(runner, b__md="B.")
    runner.git("update-ref", "refs/remotes/origin/main", "HEAD", at=runner.archive)
    runner.git("rm", "--quiet", "briefs_src/links.jsonl", at=runner.archive)
    runner.commit(runner.archive, "Remove the record")
    runner.git("update-ref", "refs/remotes/origin/main", "HEAD", at=runner.archive)
    assert runner.run(NEW, "Visit the links of the change").returncode == 0
    assert not (runner.folder / "temp/links.jsonl").exists()


def test_the_options_exist() -> None:
    """Each option that a workflow gives to the audit is one that the command has."""
    done = subprocess.run(
        [sys.executable, "-m", "regesta", "audit", "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for path in WORKFLOWS:
        for line in re.findall(r"regesta audit (.*?)(?:\|\||\n\n)", path.read_text(encoding="utf-8"), re.DOTALL):
            assert [option for option in re.findall(r"--[a-z-]+", line) if option not in done.stdout] == []
