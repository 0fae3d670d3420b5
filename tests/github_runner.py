"""A machine as GitHub lends it to a job: an archive, a place to push to, and stand-ins for what talks to others."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from tests.workflows import run_step

if TYPE_CHECKING:
    from pathlib import Path

REGESTA = """\
#!/bin/sh
echo "regesta $*" >>"$NOTES"
for word in "$@"; do
  case $word in markdown=*) printf '%s\\n' "${REPORT:-## Links}" >"${word#markdown=}" ;; esac
done
if [ "$1" = audit ] && [ -n "${FOUND:-}" ]; then printf '%s\\n' "$FOUND" >briefs_src/links.jsonl; fi
if [ "$1" = report ] && grep -q damaged briefs_src/links.jsonl; then exit 2; fi
exit "${STATUS:-0}"
"""
"""Stands in for the program: what these tests look at is what is done with its answers."""

GH = """\
#!/bin/sh
echo "gh $*" >>"$NOTES"
if [ "$1 $2" = "issue list" ]; then printf '%s' "${OPEN:-}"; fi
"""

LIVE, DEAD = '{"url":"https://a.example/","verdict":"live"}', '{"url":"https://a.example/","verdict":"dead"}'


class Runner:
    """A runner's machine: tools on its path, a clone of an archive whose origin is a folder, and places to write to."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.archive, self.origin = folder, folder / "work", folder / "origin.git"
        tools = folder / "tools"
        tools.mkdir()
        for name, text in (("regesta", REGESTA), ("gh", GH)):
            (tools / name).write_text(text, encoding="utf-8")
            (tools / name).chmod(0o755)
        (folder / "temp").mkdir()
        self.environment = {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "NOTES": str(folder / "notes"),
            "RUNNER_TEMP": str(folder / "temp"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_SERVER_URL": "https://code.example",
            "TOKEN": "a-token",
            "BRANCH": "main",
            "BASE": "main",
            "HOME": str(folder),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }
        self.git("init", "--quiet", "--bare", "--initial-branch", "main", str(self.origin), at=folder)
        first = folder / "first"
        self.git("clone", "--quiet", str(self.origin), str(first), at=folder)
        (first / "briefs_src").mkdir()
        (first / "briefs_src/a.md").write_text("A.\n", encoding="utf-8")
        (first / "briefs_src/links.jsonl").write_text(LIVE + "\n", encoding="utf-8")
        self.commit(first, "Begin")
        self.git("push", "--quiet", "origin", "HEAD:main", at=first)
        # As actions/checkout does: the last commit alone.
        self.git("clone", "--quiet", "--depth", "1", f"file://{self.origin}", str(self.archive), at=folder)

    def git(self, *words: str, at: Path) -> str:
        """Run git and give what it says."""
        done = subprocess.run(
            ["git", *words],  # noqa: S607 - the one on the path
            cwd=at,
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, at: Path, message: str) -> None:
        """Commit all that has changed, as somebody."""
        self.git("add", "--all", at=at)
        who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@archive.example")
        self.git(*who, "commit", "--quiet", "--message", message, at=at)

    def run(self, path: Path, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a step in the archive."""
        return run_step(path, name, self.archive, self.environment | environment)

    def read(self, name: str) -> str:
        """Read a file of the runner's, empty when there is none."""
        return (self.folder / name).read_text(encoding="utf-8") if (self.folder / name).exists() else ""

    def hand_over(self, files: dict[str, str]) -> None:
        """Lay down what the audit's job has handed over."""
        for name, text in files.items():
            path = self.folder / "temp/record" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n", encoding="utf-8")

    @property
    def recorded(self) -> str:
        """What the origin holds as the ledger."""
        return self.git("show", "main:briefs_src/links.jsonl", at=self.origin)
