"""Archives laid out in a folder, and MkDocs run there as people run it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent

CONFIG = """\
site_name: Halvern Register
site_url: https://register.example/
site_description: Briefs on ferries, rivers and treaties.
repo_url: https://code.example/register/
edit_uri: edit/main/docs/
use_directory_urls: {directory_urls}
theme:
  name: material
  font: false
  features: [navigation.tabs, content.footnote.tooltips, content.action.edit]
  palette:
    - {{media: "(prefers-color-scheme: light)", scheme: default, toggle: {{icon: material/brightness-7, name: dark}}}}
    - {{media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {{icon: material/brightness-4, name: light}}}}
plugins:
{plugins}
nav:
  - Home: index.md
  - Briefs: briefs/index.md
  - People: people/index.md
  - Organisations: organisations/index.md
  - Places: places/index.md
  - Events: events/index.md
  - Dates: dates/index.md
  - Sources: sources/index.md
  - Links: links/index.md
"""

ONLY_BRIEF = "briefs_src/briefs/2020/2020-01-01-x.md"

PLUGINS = ("regesta/briefs", "regesta/entities", "regesta/dates", "regesta/links", "regesta/data", "regesta/search")


def make_site(
    folder: Path, source: Path | None = ROOT / "tests" / "archive", *, directory_urls: bool = True, extra: str = ""
) -> Path:
    """Lay an archive out in a folder, ready to be built: `source`'s briefs_src, or none."""
    folder.mkdir(parents=True, exist_ok=True)
    if source is not None:
        shutil.copytree(source / "briefs_src", folder / "briefs_src")
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "index.md").write_text("# Halvern Register\n\nWelcome.\n", encoding="utf-8")
    plugins = "\n".join(f"  - {name}" for name in PLUGINS)
    config = CONFIG.format(directory_urls="true" if directory_urls else "false", plugins=plugins)
    (folder / "mkdocs.yml").write_text(config + extra, encoding="utf-8")
    return folder


def make_site_of(folder: Path, brief: str) -> Path:
    """Lay an archive of one brief out in a folder: `ONLY_BRIEF`, with this text."""
    make_site(folder, source=None)
    (folder / ONLY_BRIEF).parent.mkdir(parents=True)
    (folder / ONLY_BRIEF).write_text(brief, encoding="utf-8")
    return folder


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Run `mkdocs serve` in a folder, and give the address of its site."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            found = next(filter(None, (re.search(r"Serving on (http://\S+)", line) for line in process.stderr)))
            yield found[1].rstrip("/") + "/"
        finally:
            process.terminate()


def run_mkdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs in a folder, as people do."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *(arguments or ("build",))],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def run_regesta(
    folder: Path, *arguments: str, env: dict[str, str] | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run `regesta` in a folder, as people do; give the bytes that it wrote."""
    return subprocess.run(
        [sys.executable, "-c", "from regesta.cli.main import main; main()", *arguments],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **(env or {})},
        input=given,
        capture_output=True,
        check=False,
        timeout=120,
    )
