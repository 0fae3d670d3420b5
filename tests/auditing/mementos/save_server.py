"""A server on loopback that speaks the protocol of Save Page Now."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

from tests.auditing.mementos.captured import PAGE, WALL

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = ("ACCESS1", "SECRET1")
JOB = "spn2-0123456789abcdef0123456789abcdef01234567"


class Spn(NamedTuple):
    """Where it is, and what it was asked: method, path, body, `Authorization`."""

    address: str
    asked: list[tuple[str, str, str, str]]


class _Server(ThreadingHTTPServer):
    stamp: str
    asked: list[tuple[str, str, str, str]]
    pages: dict[str, str]
    looks: dict[str, int]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments: object) -> None:  # type: ignore[override]
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._note("POST", body)
        if self.headers["Authorization"] != "LOW {}:{}".format(*KEYS):
            self._say(401, {"message": "You need to be logged in to use Save Page Now."})
        else:
            self._submitted(parse_qs(body)["url"][0], as_json=True)

    def do_GET(self) -> None:
        self._note("GET", "")
        if self.path.startswith("/save/status/"):
            self._status(self.path.removeprefix("/save/status/"))
        elif self.path.startswith("/save/"):
            self._submitted(self.path.removeprefix("/save/"), as_json=False)
        elif self.path.startswith(f"/web/{self.server.stamp}id_/"):
            self._say(200, WALL if self.path.endswith("/wall") else PAGE)
        else:
            self._say(404, "<p>Not archived")

    def _submitted(self, page: str, *, as_json: bool) -> None:
        if page.endswith("/busy"):
            self._say(429, {"message": "You have already reached the limit of active sessions."}, retry="3600")
            return
        if page.endswith("/blocked") and as_json:
            told = {
                "status": "error",
                "status_ext": "error:blocked-url",
                "message": "This URL is in the block list.",
            }
            self._say(200, told)
            return
        if page.endswith("/located"):
            self._say(302, "", location=f"/web/{self.server.stamp}/{page}")
            return
        job = f"{JOB[:-2]}{len(self.server.pages):02}"
        self.server.pages[job] = page
        self._say(200, {"url": page, "job_id": job} if as_json else f'<script>spn.watchJob("{job}", "/")</script>')

    def _status(self, job: str) -> None:
        page = self.server.pages[job]
        self.server.looks[job] = self.server.looks.get(job, 0) + 1
        if self.server.looks[job] < 3 or page.endswith("/never"):
            self._say(200, {"status": "pending", "job_id": job, "resources": []})
        elif page.endswith("/gone"):
            told = {
                "status": "error",
                "status_ext": "error:not-found",
                "message": "Error! \x1b[31m(HTTP status=404).",
            }
            self._say(200, told)
        elif page.endswith("/odd"):
            told = {"status": "success", "timestamp": "../../save/x", "original_url": "https://quay.example/"}
            self._say(200, told)
        else:
            self._say(200, {"status": "success", "job_id": job, "original_url": page, "timestamp": self.server.stamp})

    def _note(self, method: str, body: str) -> None:
        self.server.asked.append((method, self.path, body, self.headers["Authorization"] or ""))

    def _say(self, status: int, body: str | dict[str, object], *, retry: str = "", location: str = "") -> None:
        is_text = isinstance(body, str)
        sent = (body if is_text else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8" if is_text else "application/json")
        self.send_header("Content-Length", str(len(sent)))
        for name, value in (("Retry-After", retry), ("Location", location)):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(sent)


@contextmanager
def spn_server(day: str) -> Iterator[Spn]:
    """Run it. The last part of a page's path says what becomes of it: `/wall`, `/blocked`, `/busy`, `/never`, `/odd`.

    All copies are of the noon of one day.
    """
    server = _Server(("127.0.0.1", 0), _Handler)
    server.stamp, server.asked, server.pages, server.looks = f"{day.replace('-', '')}120000", [], {}, {}
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield Spn(f"http://127.0.0.1:{server.server_address[1]}/", server.asked)
    server.shutdown()
    server.server_close()
    thread.join()
