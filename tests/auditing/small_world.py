"""A small world in a network namespace of its own: public addresses, web servers, and one audit; run by a test.

unshare --user --map-root-user --net python small_world.py FOLDER JSON
"""

from __future__ import annotations

import http.server
import json
import os
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import trustme

PAGES, CANARY, PORTAL = "93.184.216.34", "93.184.216.35", "93.184.216.36"
"""Public addresses, which belong to nobody in here."""


class Pages(http.server.BaseHTTPRequestHandler):
    """Answers each address with a page of its own; the portal answers all with one."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer."""
        is_portal = self.server.server_address[0] == PORTAL
        words = "Welcome to the hotel" if is_portal else f"The ferries of {self.headers['Host']}{self.path}"
        body = f"<!doctype html><title>{words}</title><h1>{words}</h1><p>{'They sail at noon. ' * 20}".encode()
        self.send_response(404 if self.path.startswith("/gone") else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(address: str, port: int, context: ssl.SSLContext | None = None) -> None:
    """Start a server."""
    server = http.server.ThreadingHTTPServer((address, port), Pages)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def main() -> None:
    """Set the world up and run the audit in a folder."""
    folder, told = Path(sys.argv[1]), json.loads(sys.argv[2])
    for command in (("link", "set", "lo", "up"), *(("addr", "add", f"{one}/32", "dev", "lo") for one in told["up"])):
        subprocess.run(["ip", *command], check=True)  # noqa: S607 - the one on the path
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    for address in told["up"]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        names = ["portal.example"] if address == PORTAL else [*told["names"]] or ["nobody.example"]
        authority.issue_cert(*names).configure_cert(context)
        serve(address, 80)
        serve(address, 443, context)
    environment = {
        **os.environ,
        "SSL_CERT_FILE": str(folder / "authority.pem"),
        "TEST_NAMES": json.dumps(told["names"]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "regesta", "audit", "--no-mementos", "--output-format", "json", *told["arguments"]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    sys.stdout.write(json.dumps([done.returncode, done.stdout, done.stderr]))


if __name__ == "__main__":
    main()
