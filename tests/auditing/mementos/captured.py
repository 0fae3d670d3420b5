"""What the archive of the tests holds: pages, walls, errors and redirects, each with its day."""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha1

PAGE = "<!doctype html><title>The ferry</title><h1>The ferry leaves at nine</h1>" + (
    "<p>Each morning it leaves the quay at nine, with grain, two horses and the post, and comes back at five.</p>" * 12
)
WALL = (
    "<!doctype html><html><head><title>Just a moment...</title></head><body><h1>ferry.example</h1>"
    "<p>Checking your browser before accessing ferry.example.</p>"
    '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>'
)
GONE = "<!doctype html><title>404 Not Found</title><h1>404 Not Found</h1><p>The page was not found.</p>"
KEPT_BACK = "https://kept.example/"

Captured = tuple[str, str, str, dict[str, str], str]


def _taken(url: str, day: str, body: str = PAGE, status: str = "200 OK", **headers: str) -> Captured:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return (url, f"{day}T12:00:00Z", status, {"Content-Type": "text/html; charset=utf-8", **sent}, body)


def _seen_again(url: str, first: str, day: str, body: str = PAGE, status: str = "200 OK") -> Captured:
    """Give a capture that holds no body, since the archive had the same before."""
    digest = b32encode(sha1(body.encode(), usedforsecurity=False).digest()).decode()
    said = f"sha1:{digest} {url} {first}T12:00:00Z"
    return (url, f"{day}T12:00:00Z", f"revisit {status}", {"Content-Type": "text/html"}, said)


CAPTURED = [
    _taken("https://ferry.example/again", "2020-01-01"),
    _seen_again("https://ferry.example/again", "2020-01-01", "2020-09-09"),
    _taken("https://ferry.example/gone-again", "2020-01-01", GONE, "404 Not Found"),
    _seen_again("https://ferry.example/gone-again", "2020-01-01", "2020-09-09", GONE, "404 Not Found"),
    _taken("https://ferry.example/before", "2020-08-01"),
    _taken("https://ferry.example/before", "2020-09-08"),
    _taken("https://ferry.example/before", "2020-09-12"),
    _taken("https://ferry.example/after", "2020-09-05"),
    _taken("https://ferry.example/after", "2020-09-12"),
    _taken("https://ferry.example/after", "2021-09-12"),
    _taken("https://ferry.example/same-day", "2020-09-09"),
    _taken("https://ferry.example/same-day", "2020-09-10"),
    _taken("https://ferry.example/error", "2020-09-09", GONE, "404 Not Found"),
    _taken("https://ferry.example/error-beside", "2020-09-09", GONE, "404 Not Found"),
    _taken("https://ferry.example/error-beside", "2019-01-01"),
    _taken("https://ferry.example/wall", "2020-09-09", WALL),
    _taken("https://ferry.example/wall", "2020-10-20"),
    *(_taken("https://ferry.example/walls", f"2020-09-0{day}", WALL) for day in range(5, 9)),
    _taken("https://ferry.example/walls", "2021-10-20"),
    _taken("https://ferry.example/soft", "2020-09-09", GONE),
    _taken("https://ferry.example/moved", "2020-09-09", "", "302 Found", Location="https://ferry.example/same-day"),
    _taken("https://ferry.example/moved-later", "2020-09-09", "", "301 Moved", Location="https://ferry.example/"),
    _taken("https://ferry.example/moved-later", "2020-03-01"),
    _taken("http://ferry.example/plain", "2020-09-09"),
    _taken("https://www.ferry.example/www/", "2020-09-09"),
    _taken("https://ferry.example/asked?b=2&a=1", "2020-09-09"),
    _taken("https://ferry.example/asked?a=2&b=1", "2020-09-08"),
    _taken("https://ferry.example/asked", "2020-09-08"),
    _taken("https://ferry.example/Case", "2020-09-09"),
    _taken("https://xn--e1afmkfd.example/%D0%B2%D0%BE%D0%B4%D0%B0", "2020-09-09"),
    _taken("https://ferry.example/report.pdf", "2020-09-09", WALL),
    _taken("https://ferry.example/report.pdf", "2019-09-09", "%PDF-1.4 grain", Content_Type="application/pdf"),
    _taken(f"{KEPT_BACK}secret", "2020-09-09"),
]
