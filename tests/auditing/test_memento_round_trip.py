"""A copy in an archive that somebody names goes from the audit to the report and the page."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from tests.auditing.fault_pages import article
from tests.auditing.fault_server import FaultServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.auditing.audited import Archive
    from tests.auditing.fault_server import Exchange

HOST, STAMP = "127.8.5.1", "20200909120000"


async def answer(exchange: Exchange) -> None:
    """Answer as a page, as the index of an archive, as its TimeGate, and as its copy."""
    path = exchange.path
    here = f"http://{exchange.address}"
    if path.startswith("/cdx?"):
        page = parse_qs(path.partition("?")[2])["url"][0]
        header = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
        row = ["x", STAMP, page, "text/html", "200", "X", "9"]
        await exchange.reply(200, json.dumps([header, row]), headers={"Content-Type": "application/json"})
    elif path.startswith("/gate/"):
        await exchange.redirect(f"{here}/copies/{STAMP}/{path.removeprefix('/gate/')}")
    elif path.startswith(f"/copies/{STAMP}"):
        taken = {"Memento-Datetime": "Wed, 09 Sep 2020 12:00:00 GMT"}
        await exchange.reply(200, article("The harbour"), headers=taken)
    else:
        await exchange.reply(200, article("The harbour"))


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """Start it."""
    with FaultServer(answer, hosts=(HOST,)) as made:
        yield made


@pytest.fixture
def archive(archive: Archive) -> Archive:
    """Give an archive on a machine where the cited name leads to the server."""
    return replace(archive, environment={**archive.environment, "TEST_NAMES": f'{{"ferry.example": "{HOST}"}}'})


def regesta(archive: Archive, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the archive."""
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=archive.folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def shown_copies(archive: Archive, copy: str) -> tuple[list[str], list[str], bool]:
    """Give the copies of the report, the codes of its findings, and whether the built page leads to the copy."""
    reported = regesta(archive, "regesta", "report", "--output-format", "json", "--fail-on", "never")
    assert (reported.returncode, reported.stderr) == (0, "")
    found = json.loads(reported.stdout)
    built = regesta(archive, "mkdocs", "build", "--quiet")
    assert built.returncode == 0, built.stderr
    pages = "".join(file.read_text("utf-8") for file in (archive.folder / "site/briefs").rglob("*.html"))
    memento = [link["memento"] for link in found["links"] if link["memento"]]
    return memento, [one["rule"] for one in found.get("findings", ())], copy in pages


@pytest.mark.parametrize("kind", ["cdx", "timegate"])
@pytest.mark.parametrize("set_in", ["the command line", "mkdocs.yml", "pyproject.toml"])
def test_a_copy_goes_all_the_way(archive: Archive, server: FaultServer, kind: str, set_in: str) -> None:
    """Audit, report and build show the same copy, wherever the server was named."""
    page = server.url("/page", "ferry.example")
    copy = f"{server.url('/copies/', HOST)}{STAMP}/{page}"
    text = f"cdx {server.url('/cdx', HOST)} {server.url('/copies/', HOST)}"
    if kind == "timegate":
        text = f"timegate {server.url('/gate/', HOST)}"
    archive.write([page])
    make_site(archive, {"mementos": {"server": text}} if set_in == "mkdocs.yml" else {})
    if set_in == "pyproject.toml":
        table = f"[tool.regesta.audit.mementos]\nserver = '{text}'\n"
        (archive.folder / "pyproject.toml").write_text(table, encoding="utf-8")
    words = ["--memento-server", text] if set_in == "the command line" else []
    with archive.start(*words, "--output-format", "json") as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert [link["memento"] for link in json.loads(out)["links"]] == [copy]
    assert ("mementos: server" in err) == (set_in == "the command line")
    assert shown_copies(archive, copy) == ([copy], [], True)


def make_site(archive: Archive, audit: object) -> None:
    """Write settings with which the archive builds."""
    links = {"regesta/links": {"audit": audit}}
    config = {"site_name": "x", "theme": {"name": "material"}, "plugins": ["regesta/briefs", links]}
    (archive.folder / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    (archive.folder / "docs").mkdir(exist_ok=True)
    (archive.folder / "docs/index.md").write_text("# Home\n", encoding="utf-8")


def test_a_copy_of_an_unknown_archive_is_kept_and_not_shown(archive: Archive, server: FaultServer) -> None:
    """Another machine does not trust it, says so, and does not lose it; settings make it trusted."""
    page = server.url("/page", "ferry.example")
    home = server.url("/copies/", HOST)
    copy = f"{home}{STAMP}/{page}"
    archive.write([page])
    make_site(archive, {})
    with archive.start("--memento-server", f"cdx {server.url('/cdx', HOST)} {home}") as process:
        process.communicate(timeout=60)
    shutil.rmtree(archive.folder / ".regesta")
    assert shown_copies(archive, copy) == ([], ["B341"], False)
    assert archive.run("--now", "2035-01-01", "--max-age", "0d").status == 0
    assert archive.records[page]["mementos"] == {"2020-09-09": copy}
    settings = {"audit": {"mementos": {"server": f"cdx {server.url('/cdx', HOST)} {home}"}}}
    config = {
        "site_name": "x",
        "theme": {"name": "material"},
        "plugins": ["regesta/briefs", {"regesta/links": settings}],
    }
    (archive.folder / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    assert shown_copies(archive, copy) == ([copy], [], True)


@pytest.mark.parametrize(
    "planted",
    [
        "evil.example/x\n",
        "-\n",
        "a b\n",
        "\x00",
        "https://evil.example/\n",
    ],
)
def test_what_is_no_host_is_not_trusted(archive: Archive, planted: str) -> None:
    """A damaged list of archives on this machine names nobody, and ends nothing."""
    page = "https://ferry.example/a"
    archive.write([page])
    (archive.folder / ".regesta").mkdir(exist_ok=True)
    (archive.folder / ".regesta/archives.txt").write_text(planted, encoding="utf-8")
    evil = f"https://evil.example/{STAMP}/{page}"
    line = {"url": page, "verdict": "live", "since": "2026-01-01", "mementos": {"2020-09-09": evil}}
    archive.ledger.write_text(json.dumps(line) + "\n", encoding="ascii")
    reported = regesta(archive, "regesta", "report", "--output-format", "json")
    assert reported.returncode == 0
    found = json.loads(reported.stdout)
    assert [one["rule"] for one in found["findings"]] == ["B341"]
    assert found["links"][0]["memento"] is None


@pytest.mark.parametrize("text", ["cdx http://{0}/cdx http://{0}/copies/", "timegate http://{0}/gate/"])
def test_an_archive_that_does_not_answer_is_said(archive: Archive, server: FaultServer, text: str) -> None:
    """No copy and no "none" is recorded, and the run says that the next one asks again."""
    page = server.url("/page", "ferry.example")
    archive.write([page])
    make_site(archive, {"mementos": {"server": text.format("127.8.5.1:9")}})
    with archive.start() as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert err.startswith("No question for a copy was answered.")
    assert "mementos" not in archive.records[page]
