"""An archive in a folder, and `regesta audit` run there as people run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.auditing.fault_server import ALLOWED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["OFFLINE", "Archive", "Ran"]

BRIEF = """\
---
title: {title}
date: {date}
---

# {title}

Text.[^1]

[^1]: {links}
"""

OFFLINE = Path(__file__).parent / "offline"
"""A folder that gives Python a resolver which asks nobody."""


class Ran(NamedTuple):
    """What one run came to."""

    status: int
    out: str
    err: str

    @property
    def listed(self) -> list[dict[str, Any]]:
        """The links of the JSON report."""
        listed: list[dict[str, Any]] = json.loads(self.out)["links"]
        return listed

    @property
    def links(self) -> dict[str, dict[str, Any]]:
        """The links of the JSON report that have a URL, by it."""
        return {link["url"]: link for link in self.listed if link["url"]}

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict of each URL."""
        return {url: link["verdict"] for url, link in self.links.items()}


@dataclass
class Archive:
    """A folder with briefs, in which audits are run."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    """What is set beside the usual."""
    allowed: tuple[str, ...] = ("--allow-network", ALLOWED)

    @property
    def ledger(self) -> Path:
        """The record."""
        return self.folder / "briefs_src/links.jsonl"

    @property
    def audits(self) -> Path:
        """The list of runs."""
        return self.folder / "briefs_src/audits.jsonl"

    @property
    def records(self) -> dict[str, dict[str, Any]]:
        """The lines of the ledger, by URL."""
        lines = self.ledger.read_text(encoding="ascii").splitlines() if self.ledger.exists() else []
        return {record["url"]: record for record in map(json.loads, lines)}

    def write(self, links: Iterable[str], name: str = "2020-09-09-water", *, date: str = "2020-09-09") -> Path:
        """Write a brief that cites links."""
        file = self.folder / f"briefs_src/briefs/2020/{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        cited = "; ".join(f"<{link}>" for link in links)
        file.write_text(BRIEF.format(title=name, date=date, links=cited), encoding="utf-8")
        return file

    def configure(self, audit: object) -> None:
        """Write mkdocs.yml with options of the audit."""
        links = {"regesta/links": {"audit": audit}}
        config = {"site_name": "x", "plugins": ["regesta/briefs", links]}
        (self.folder / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")

    def command(self, *arguments: str | Path) -> list[str]:
        """Give the command that `run` runs."""
        return [sys.executable, "-m", "regesta", "audit", *self.allowed, *map(str, arguments)]

    @property
    def _environment(self) -> dict[str, str]:
        path = os.pathsep.join([str(OFFLINE), *sys.path])
        return {**os.environ, "PYTHONPATH": path, "COLUMNS": "120", **self.environment}

    def start(self, *arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
        """Start an audit and do not wait for it."""
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.Popen(
            self.command(*arguments), cwd=self.folder, env=self._environment, text=True, encoding="utf-8", **options
        )

    def run(self, *arguments: str | Path, **options: Any) -> Ran:
        """Run an audit that asks for no copies."""
        with self.start("--no-mementos", *arguments, **options) as process:
            out, err = process.communicate(timeout=120)
        assert "Traceback" not in (err or ""), err
        return Ran(process.returncode, out, err)

    def json(self, *arguments: str | Path) -> Ran:
        """Run an audit that reports as JSON."""
        ran = self.run("--output-format", "json", *arguments)
        assert ran.out, ran.err
        return ran

    def tree(self) -> dict[str, bytes]:
        """Give every file with its bytes."""
        return {
            file.relative_to(self.folder).as_posix(): file.read_bytes()
            for file in self.folder.rglob("*")
            if file.is_file()
        }
