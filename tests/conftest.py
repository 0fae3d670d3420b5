"""What several tests share: the repository's root, an archive built into a site, a server and a browser."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from tests.ledgers import write_ledger
from tests.sites import ROOT, make_site, run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


# A busy machine is no failure, and in CI the same commit gives the same result.
settings.register_profile(
    "regesta", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("regesta")


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the repository."""
    return ROOT


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


@pytest.fixture(scope="session")
def audited_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the invented archive with a record of its links once; do not change what is in it."""
    folder = make_site(tmp_path_factory.mktemp("audited") / "archive")
    write_ledger(folder / "briefs_src")
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
