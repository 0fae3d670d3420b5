"""Old addresses in a built site: they answer, or the build says why they do not."""

from __future__ import annotations

import functools
import http.server
import threading
import unicodedata
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from tests.sites import make_site, make_site_of, run_mkdocs, run_regesta

if TYPE_CHECKING:
    from pathlib import Path

TOP = "---\ntitle: R\ndate: 2020-01-01\n"


def test_old_addresses_in_any_script_are_served(tmp_path: Path) -> None:
    """A plain static server finds the page at the address as it was written, in letters or encoded."""
    olds = ["старе/місце/", "歴史/理事.html", "cafe\u0301/", "woda łąka/", "%D1%80%D1%96%D0%BA%D0%B0/", "b/100%25/"]
    listed = ", ".join(f"'{old}'" for old in olds)
    folder = make_site_of(tmp_path, f"{TOP}redirect_from: [{listed}]\n---\nText.\n")
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(folder / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for old in olds:
            address = old if "%" in old else quote(old)
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/{address}") as answer:
                assert b"briefs/2020/2020-01-01-x/" in answer.read(), old
        server.shutdown()
    assert unicodedata.normalize("NFC", "cafe\u0301") != "cafe\u0301"


def test_an_encoded_address_of_a_moved_brief_leads_on(tmp_path: Path) -> None:
    """What a site published under a name in other letters leads to the brief when its file moves."""
    folder = make_site(tmp_path, source=None)
    place = folder / "briefs_src/briefs/2020/2020-01-01-ріка.md"
    place.parent.mkdir(parents=True)
    place.write_text(f"{TOP}---\nText.\n", encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    place.parent.rename(folder / "briefs_src/briefs/archive")
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    stub = folder / "site/briefs/2020/2020-01-01-ріка/index.html"
    assert "briefs/archive/2020-01-01-%D1%80%D1%96%D0%BA%D0%B0/" in stub.read_text(encoding="utf-8")


def test_one_bad_old_address_never_stops_the_others(tmp_path: Path) -> None:
    """What no file can answer to is left out with the words of `check`; the page and its other addresses are built."""
    olds = ["sitemap.xml", "q.html", "q.html/z", "a" * 300, "search/x/", "404.html"]
    olds += ["a/?b", "x\\\\e/", "good/", "w/aux/"]
    listed = ", ".join(f'"{old}"' for old in olds)
    folder = make_site_of(tmp_path, f"{TOP}redirect_from: [{listed}]\n---\nText.\n")
    done = run_mkdocs(folder, "build", "--strict")
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    assert done.returncode == 1

    def words(output: str) -> list[str]:
        return [line.partition("redirect_from ")[2] for line in output.splitlines() if "left out" in line]

    told = words(done.stderr)
    assert len(told) == len(olds) - 2
    checked = run_regesta(folder, "check")
    assert checked.returncode == 1
    assert [
        line.partition("redirect_from ")[2] for line in checked.stdout.decode().splitlines() if "left out" in line
    ] == told
    assert run_mkdocs(folder).returncode == 0
    assert (folder / "site/good/index.html").is_file()
    assert (folder / "site/q.html").is_file()
    assert "<urlset" in (folder / "site/sitemap.xml").read_text(encoding="utf-8")
    assert "refresh" not in (folder / "site/404.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["briefs/caf\xe9/\n".encode("latin-1"), "a/\n".encode("utf-16"), b"<<<<<<< a\n"])
def test_a_damaged_list_of_addresses_fails_a_strict_build(tmp_path: Path, content: bytes) -> None:
    """The file is named with its line, is not written over, and a strict build fails; so does a check."""
    folder = make_site_of(tmp_path, f"{TOP}---\nText.\n")
    (folder / "briefs_src/addresses.txt").write_bytes(content)
    for arguments, status in ((("build", "--strict"), 1), (("build",), 0)):
        done = run_mkdocs(folder, *arguments)
        assert done.returncode == status
        assert "ERROR   -  briefs_src/addresses.txt:1: is" in done.stderr
        assert (folder / "briefs_src/addresses.txt").read_bytes() == content
    assert "ERROR   -  briefs_src/addresses.txt: 1 new address" in done.stderr
    checked = run_regesta(folder, "check")
    assert checked.returncode == 2
    assert "briefs_src/addresses.txt:1: is" in checked.stderr.decode()
