"""`regesta save`, as a person calls it, against a server on loopback."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.auditing.mementos.save_server import Spn, spn_server

from regesta.cli.main import main
from regesta.model.ledger import LinkRecord, write_lines
from regesta.model.ledger_reading import read_ledger
from regesta.model.urls import Url
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = datetime.now(tz=UTC).date()
FERRY, QUAY = "https://ferry.example/located", "https://quay.example/located"
BRIEF = "---\ntitle: Water\ndate: {}\nstatus: {}\n---\n\nText.[^1]\n\n[^1]: {}\n"


@pytest.fixture
def spn() -> Iterator[Spn]:
    """Run the server."""
    with spn_server(DAY.isoformat()) as running_server:
        yield running_server


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an archive with what may be submitted and what may not, and go there."""
    monkeypatch.chdir(tmp_path)
    for name in ("IA_ACCESS_KEY", "IA_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "briefs_src" / "briefs"
    folder.mkdir(parents=True)
    briefs = {
        "2020-09-09": f"<{FERRY}> <https://ferry.example/has-one> <https://ferry.example/not-asked>",
        "2021-09": f"<{QUAY}> <{FERRY}> <https://ferry.example/dead>",
        "2022-01-01": "hxxps://ferry[.]example/defanged <http://10.0.0.1/a> <http://printer/a> <https://a:b@ferry.example/>",
        "2023-01-01": "<https://web.archive.org/web/2020/https://ferry.example/copy> [mail](mailto:a@ferry.example)",
    }
    for day, links in briefs.items():
        (folder / f"{day}.md").write_text(BRIEF.format(day, "published", links), encoding="utf-8")
    for status in ("draft", "withdrawn"):
        text = BRIEF.format("2024-01-01", status, f"<https://ferry.example/{status}>")
        (folder / f"{status}.md").write_text(text, encoding="utf-8")
    ledger(tmp_path)
    return tmp_path


def ledger(folder: Path) -> None:
    """Write a record in which all is live and without a copy, but for two."""
    days = dict.fromkeys(("2020-09-09", "2021-09-15", "2022-01-01", "2023-01-01", "2024-01-01"), "none")
    urls = [
        FERRY,
        QUAY,
        "https://ferry.example/defanged",
        "http://10.0.0.1/a",
        "http://printer/a",
        "https://a:b@ferry.example/",
        "https://web.archive.org/web/2020/https://ferry.example/copy",
        "https://ferry.example/draft",
        "https://ferry.example/withdrawn",
    ]
    records = [record(url, Verdict.LIVE, days) for url in urls]
    copy = "https://web.archive.org/web/20200909120000/https://ferry.example/has-one"
    records += [
        record("https://ferry.example/has-one", Verdict.LIVE, {"2020-09-09": copy}),
        record("https://ferry.example/not-asked", Verdict.LIVE, {}),
        record("https://ferry.example/dead", Verdict.DEAD, days),
    ]
    text = write_lines(sorted(records, key=lambda one: one.url))
    (folder / "briefs_src" / "links.jsonl").write_text(text, encoding="utf-8")


def record(url: str, verdict: Verdict, mementos: dict[str, str]) -> LinkRecord:
    """Make a record."""
    return LinkRecord(url=Url(url), verdict=verdict, since=date(2025, 1, 1), mementos=mementos)


def run(*arguments: str, spn: Spn | None = None) -> tuple[int, str, str]:
    """Call `regesta save` and give exit status, stdout and stderr."""
    servers = (
        ("--save-server", f"{spn.address}save/", "--memento-server", f"cdx {spn.address}cdx {spn.address}web/")
        if spn
        else ()
    )
    called = ["save", *arguments, *servers, *(("--allow-network", "127.0.0.0/8", "--rate", "600") if spn else ())]
    result = CliRunner().invoke(main, called)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def mementos(archive: Path, url: str) -> dict[str, str]:
    """Give what the record has of an address now."""
    text = (archive / "briefs_src" / "links.jsonl").read_text(encoding="utf-8")
    return dict(read_ledger(text, is_copy=lambda _copy, _url: True).records[Url(url)].mementos)


@pytest.mark.usefixtures("archive")
def test_a_dry_run_asks_nobody(spn: Spn) -> None:
    """It lists what would be submitted, the newest brief first, and nothing that may not be."""
    status, out, _ = run("--dry-run", spn=spn)
    assert status == 0
    assert out.splitlines()[:-1] == [f"2021-09-15  {FERRY}", f"2021-09-15  {QUAY}"]
    assert "2 of 2 would be submitted" in out.splitlines()[-1]
    assert spn.asked == []


def test_copies_are_made_looked_at_and_recorded(archive: Path, spn: Spn) -> None:
    """Each page is submitted once, and its copy stands in the record for every brief that had none."""
    status, out, err = run(spn=spn)
    assert (status, err) == (0, "")
    copy = f"{spn.address}web/{DAY:%Y%m%d}120000/{FERRY}"
    assert f"saved         {FERRY}  {copy}" in out
    assert out.splitlines()[-1] == "2 saved; 0 left."
    found = mementos(archive, FERRY)
    assert (found["2020-09-09"], found["2021-09-15"], found["2022-01-01"]) == (copy, copy, "none")
    assert [path for _, path, _, _ in spn.asked if path.startswith("/save/")] == [f"/save/{FERRY}", f"/save/{QUAY}"]
    before = (archive / "briefs_src" / "links.jsonl").read_bytes()
    status, out, _ = run(spn=spn)
    assert (status, out.splitlines()) == (
        0,
        ["Nothing to save: every live link has a copy, or was not asked for yet (regesta audit does that)."],
    )
    assert (archive / "briefs_src" / "links.jsonl").read_bytes() == before


def test_a_limit_is_kept(archive: Path, spn: Spn) -> None:
    """No more pages are submitted than asked for."""
    status, out, _ = run("--limit", "1", spn=spn)
    assert (status, out.splitlines()[-1]) == (0, "1 saved; 1 left.")
    assert mementos(archive, QUAY)["2021-09-15"] == "none"


def test_nothing_is_lost_when_the_archive_has_had_enough(archive: Path, spn: Spn) -> None:
    """What was saved before is in the record; the rest waits, and the exit status says that it could not be judged."""
    file = archive / "briefs_src" / "links.jsonl"
    for place in (file, archive / "briefs_src" / "briefs" / "2021-09.md"):
        place.write_text(place.read_text(encoding="utf-8").replace(QUAY, "https://quay.example/busy"), encoding="utf-8")
    status, out, err = run(spn=spn)
    assert status == 3
    assert out.splitlines()[-1] == "1 saved; 1 left."
    assert "lower --rate" in err
    assert mementos(archive, FERRY)["2020-09-09"].endswith(FERRY)
    assert mementos(archive, "https://quay.example/busy")["2021-09-15"] == "none"


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("environment", "arguments", "words"),
    [
        ({"IA_ACCESS_KEY": "a1"}, (), "Set both IA_ACCESS_KEY and IA_SECRET_KEY"),
        ({"IA_ACCESS_KEY": "a1\nX: y", "IA_SECRET_KEY": "b2"}, (), "are no keys"),
        ({}, ("--memento-server", "nowhere"), "Not a memento server"),
        ({}, ("--allow-network", "nowhere"), "nowhere"),
        ({}, ("--rate", "0"), "--rate"),
        ({}, ("--limit", "0"), "--limit"),
    ],
)
def test_what_cannot_be_meant_is_told(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], arguments: tuple[str, ...], words: str
) -> None:
    """A wrong option or half a pair of keys ends with 2 before anybody is asked, and no key is printed."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    status, out, err = run(*arguments)
    assert status == 2
    assert words in err
    assert "a1" not in out + err


def test_without_an_archive_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no archive is, it ends with 2 and says where it looked."""
    monkeypatch.chdir(tmp_path)
    status, _, err = run("--dry-run")
    assert status == 2
    assert "briefs_src" in err


def test_keys_are_for_save_page_now_alone(archive: Path, spn: Spn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another server is never shown the keys."""
    monkeypatch.setenv("IA_ACCESS_KEY", "ACCESS1")
    monkeypatch.setenv("IA_SECRET_KEY", "SECRET1")
    run(spn=spn)
    assert spn.asked
    assert not any(key for *_, key in spn.asked)
    assert mementos(archive, FERRY)["2020-09-09"].endswith(FERRY)


class _Portal(BaseHTTPRequestHandler):
    """The portal of a hotel: the same to whatever is asked."""

    does = "page"

    def log_message(self, *_arguments: object) -> None:  # type: ignore[override]
        pass

    def do_GET(self) -> None:
        self.send_response({"page": 200, "redirect": 302, "511": 511}[self.does])
        if self.does == "redirect":
            self.send_header("Location", "http://127.0.0.1:9/login")
        body = b"<title>Welcome</title><h1>Log in to the network</h1>"
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.mark.parametrize("does", ["page", "redirect", "511"])
@pytest.mark.parametrize("kind", ["cdx", "timegate"])
def test_a_portal_saves_nothing(archive: Path, does: str, kind: str) -> None:
    """Whatever it answers: exit status 3, and the record is as it was."""
    before = (archive / "briefs_src" / "links.jsonl").read_bytes()
    handler = type("Portal", (_Portal,), {"does": does})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}/"
        copies = f"cdx {home}cdx {home}web/" if kind == "cdx" else f"timegate {home}gate/"
        servers = ("--save-server", f"{home}save/", "--memento-server", copies)
        status, out, err = run(*servers, "--allow-network", "127.0.0.0/8", "--rate", "600")
        server.shutdown()
    assert status == 3
    assert "not answered" in out or "not-answered" in out or "does not answer" in err
    assert (archive / "briefs_src" / "links.jsonl").read_bytes() == before


def test_without_a_network_nothing_is_saved(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No name is found: exit status 3, what was not done is said, and the record is as it was."""

    def none(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", none)
    before = (archive / "briefs_src" / "links.jsonl").read_bytes()
    status, out, err = run("--rate", "600")
    assert (status, bool(out), bool(err)) == (3, True, True)
    assert "saved  " not in out
    assert (archive / "briefs_src" / "links.jsonl").read_bytes() == before
