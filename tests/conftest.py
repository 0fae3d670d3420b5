"""What several tests share: the repository's root, an archive built into a site, a server and a browser."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

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
"""

PLUGINS = ("regesta/briefs", "regesta/entities", "regesta/dates", "regesta/links")


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the repository."""
    return ROOT


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


def run_mkdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs in a folder, as people do."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "mkdocs", *(arguments or ("build",))],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Path]:
    """Give a function that lays out an archive, builds it and gives its folder; the site is in `site/`."""

    def make(*arguments: str, **options: object) -> Path:
        folder = make_site(tmp_path / "archive", **options)  # type: ignore[arg-type]
        done = run_mkdocs(folder, "build", *arguments)
        assert done.returncode == 0, done.stderr
        return folder

    return make


@pytest.fixture(scope="session")
def archive_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the invented archive once; do not change what is in it."""
    folder = make_site(tmp_path_factory.mktemp("built") / "archive")
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:  # type: ignore[override]
        pass


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Give a function that serves a folder on loopback and gives its address."""
    servers = []

    def start(folder: Path) -> str:
        handler = functools.partial(_Quiet, directory=os.fspath(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; scripts/test sees to it that there is one."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most runs of single tests need no browser

    names = (os.environ.get("REGESTA_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for path in map(shutil.which, filter(None, names)) if path), None)
    with sync_playwright() as playwright:
        options = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")
        running = playwright.chromium.launch(executable_path=found, args=options)
        yield running
        running.close()
