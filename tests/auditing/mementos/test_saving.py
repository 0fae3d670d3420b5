"""Copies that are asked for, of a server that speaks the protocol of Save Page Now, and of a pywb that records."""

from __future__ import annotations

import subprocess
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from tests.auditing.mementos.conftest import running
from tests.auditing.mementos.fetching import LocalFetcher
from tests.auditing.mementos.save_server import KEYS, Spn, spn_server

from regesta.auditing.mementos.archive_line import Line
from regesta.auditing.mementos.asking import ask
from regesta.auditing.mementos.questions import Question
from regesta.auditing.mementos.saving import Saved, SaveErrand, SaveServer, SaveState, save
from regesta.auditing.mementos.search import Errand
from regesta.auditing.mementos.servers import read_server
from regesta.model.mementos import is_memento_of
from regesta.model.urls import Url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TODAY = date(2026, 3, 1)


@pytest.fixture
def spn() -> Iterator[Spn]:
    """Run the server."""
    with spn_server(TODAY.isoformat()) as running_server:
        yield running_server


def saved(url: str, server: SaveServer, today: date = TODAY) -> Saved | None:
    """Have one page saved, without pauses."""
    pauses = dict.fromkeys([*SaveErrand, *Errand], 0.0)
    line = Line(LocalFetcher(), pauses, ends=time.monotonic() + 60, clock=time.monotonic, sleep=time.sleep)
    return line.run(save(Url(url), server=server, today=today))


def server_at(spn: Spn, keys: tuple[str, str] | None) -> SaveServer:
    """Name the server."""
    copies = read_server(f"cdx {spn.address}cdx {spn.address}web/")
    return SaveServer(address=f"{spn.address}save/", copies=copies, keys=keys)


@pytest.mark.parametrize("keys", [KEYS, None])
@pytest.mark.parametrize(
    "page", ["https://ferry.example/a?b=c&d=%20", "https://ferry.example/a#b", "http://ferry.example/"]
)
def test_a_page_is_saved(spn: Spn, page: str, keys: tuple[str, str] | None) -> None:
    """With an account and without, a job is submitted, asked about until it is done, and its copy looked at."""
    server = server_at(spn, keys)
    done = saved(page, server)
    assert done is not None
    assert done.state is SaveState.SAVED, done
    assert done.time == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert is_memento_of(done.url or "", Url(page), server.copies.hosts)
    methods = [(method, path.split("/")[1]) for method, path, _, _ in spn.asked]
    assert methods == [("POST" if keys else "GET", "save"), *[("GET", "save")] * 3, ("GET", "web")]


def test_a_copy_named_at_once_is_taken(spn: Spn) -> None:
    """Who answers with the copy's address is not asked about a job."""
    done = saved("https://ferry.example/located", server_at(spn, None))
    assert done is not None
    assert done.state is SaveState.SAVED
    assert len(spn.asked) == 2


def test_keys_go_to_the_archive_alone(spn: Spn) -> None:
    """They are sent to where pages are saved, and with no visit to a copy; without keys none are sent."""
    saved("https://ferry.example/a", server_at(spn, KEYS))
    assert {path.split("/")[1] for _, path, _, key in spn.asked if key} == {"save"}
    assert all("SECRET1" not in path + body for _, path, body, _ in spn.asked)
    spn.asked.clear()
    saved("https://ferry.example/a", server_at(spn, None))
    assert not any(key for *_, key in spn.asked)


@pytest.mark.parametrize(
    ("page", "state", "words"),
    [
        ("https://ferry.example/wall", SaveState.FAILED, "shows no page"),
        ("https://ferry.example/gone", SaveState.FAILED, "Error! [31m(HTTP status=404)."),
        ("https://ferry.example/never", SaveState.UNDERWAY, "still at it"),
        ("https://ferry.example/odd", SaveState.UNDERWAY, "does not say where"),
        ("https://ferry.example/blocked", SaveState.FAILED, "block list"),
    ],
)
def test_what_shows_no_page_is_not_recorded(spn: Spn, page: str, state: SaveState, words: str) -> None:
    """A wall in the copy, a page that is gone, an archive without an end or with odd words: no address, and why."""
    done = saved(page, server_at(spn, KEYS))
    assert done is not None
    assert (done.state, done.url) == (state, None)
    assert words in done.reason


def test_wrong_keys_are_told(spn: Spn) -> None:
    """The archive's own words are handed on."""
    done = saved("https://ferry.example/a", server_at(spn, ("ACCESS1", "WRONG")))
    assert done is not None
    assert done.state is SaveState.NOT_ANSWERED
    assert "logged in" in done.reason


def test_an_archive_that_wants_a_long_pause_is_left_alone(spn: Spn) -> None:
    """It is asked once, and the run is over."""
    assert saved("https://ferry.example/busy", server_at(spn, KEYS)) is None
    assert len(spn.asked) == 1


def test_a_dead_archive_says_nothing() -> None:
    """Without an answer nothing is said of the page."""
    done = saved("https://ferry.example/a", server_at(Spn("http://127.0.0.1:1/", []), None))
    assert done is not None
    assert done.state is SaveState.NOT_ANSWERED


def test_pywb_records_what_is_asked_for(pywb_binaries: Path, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    """A pywb of one's own saves a page that is on the network now, and the audit then finds the copy."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "timetable.html").write_text("<title>Timetable</title><p>The ferry leaves at nine.", encoding="utf-8")
    port = serve(pages).rsplit(":", 1)[1].strip("/")
    page = Url(f"http://harbour.example:{port}/timetable.html")
    folder = tmp_path / "archive"
    folder.mkdir()
    subprocess.run([pywb_binaries / "wb-manager", "init", "saved"], cwd=folder, check=True, capture_output=True)
    with running(folder, pywb_binaries, "--record", "--live", "--autoindex", "--auto-interval", "1") as address:
        copies = read_server(f"cdx {address}saved/cdx {address}saved/")
        server = SaveServer(address=f"{address}saved/record/id_/", copies=copies)
        today = datetime.now(tz=UTC).date()
        done = saved(page, server, today)
        assert done is not None
        assert done.state in {SaveState.SAVED, SaveState.UNDERWAY}, done
        for _ in range(40):
            [answer] = ask([Question(page, today)], fetcher=LocalFetcher(), server=copies)
            if answer.recorded != "none":
                break
            time.sleep(0.25)
        assert is_memento_of(answer.recorded or "", page, copies.hosts)
        again = saved(page, replace(server), today)
        assert again is not None
        assert again.state is SaveState.SAVED
        assert (again.url or "").startswith(f"{address}saved/2")
        (pages / "timetable.html").unlink()
        assert saved(Url(f"{page}?gone"), server, today).state is SaveState.NOT_ANSWERED  # type: ignore[union-attr]
