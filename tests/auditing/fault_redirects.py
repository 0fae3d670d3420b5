"""Redirects: chains, loops, and every way to lead where nobody may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.auditing.fault_table import MORE, enter, fault, redirects, status

from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from tests.auditing.fault_server import Exchange
    from tests.auditing.fault_table import Handler

LIVE = Verdict.LIVE
MOVED = Verdict.MOVED
DEAD = Verdict.DEAD
RESTRICTED = Verdict.RESTRICTED
UNREACHABLE = Verdict.UNREACHABLE
REFUSED = Verdict.REFUSED


for _number, _truth in {301: (MOVED,), 308: (MOVED,), 302: (LIVE,), 303: (LIVE,), 307: (LIVE,)}.items():
    enter(f"/{_number}", f"{_number} to a page that is there", _truth, redirects("/article/elsewhere", _number))
enter("/301-to-404", "301 to a page that is gone", (DEAD,), redirects("/404/elsewhere", 301))
enter("/301-to-403", "301 to a page that robots may not see", (RESTRICTED,), redirects("/403/elsewhere", 301))
enter("/301-to-500", "301 to a server in trouble", (UNREACHABLE,), redirects("/500/elsewhere", 301))


@fault("/301-slash", LIVE)
async def _(exchange: Exchange) -> None:
    """301 to the same page with a slash at its end."""
    if exchange.path.endswith("/"):
        await status(200)(exchange)
    else:
        await exchange.redirect(exchange.path + "/", 301)


def _chain(status: int) -> Handler:
    async def handler(exchange: Exchange) -> None:
        parts = exchange.path.split("/")
        left = int(parts[2]) if len(parts) > 2 and parts[2].isdigit() else int(parts[1].rpartition("-")[2])
        await exchange.redirect(f"/{parts[1]}/{left - 1}" if left > 1 else "/article/end", status)

    return handler


enter("/chain-5", "five temporary redirects, then a page", (LIVE,), _chain(302))
enter("/chain-301-3", "three permanent redirects, then a page", (MOVED,), _chain(301))
enter("/chain-100", "a hundred redirects", (DEAD, UNREACHABLE), _chain(302))
enter("/loop", "a redirect to itself", (DEAD,), redirects(lambda exchange: exchange.path))
enter("/loop-of-two", "a redirect to one that leads back", (DEAD,), redirects("/loop-back"))
MORE["/loop-back"] = redirects("/loop-of-two")
enter(
    "/spiral",
    "redirects that get longer without end",
    (DEAD, UNREACHABLE),
    redirects(lambda x: x.path + "/" + "x" * 50),
)


@fault("/cookie-wall", LIVE)
async def _(exchange: Exchange) -> None:
    """302 to itself until the cookie that it sets comes back."""
    if "seen=1" in exchange.seen.headers.get("cookie", ""):
        await status(200)(exchange)
    else:
        await exchange.redirect(exchange.path, headers={"Set-Cookie": "seen=1; Path=/"})


@fault("/no-location", DEAD)
async def _(exchange: Exchange) -> None:
    """302 without a Location."""
    await exchange.reply(302)


@fault("/two-locations", LIVE, DEAD, UNREACHABLE, REFUSED)
async def _(exchange: Exchange) -> None:
    """302 with two Locations, the second to the canary."""
    lines = f"Location: /article\r\nLocation: http://127.0.0.1:{exchange.server.canary_port}/\r\n"
    await exchange.send(f"HTTP/1.1 302 Found\r\n{lines}Content-Length: 0\r\n\r\n".encode())


_LOCATIONS: tuple[tuple[str, str, tuple[Verdict, ...], str | bytes], ...] = (
    ("/to-unparsable", "302 to 'http://[bad/'", (DEAD,), "http://[bad/"),
    ("/to-empty", "302 to an empty Location, which is the same page", (DEAD,), ""),
    ("/to-relative", "302 to a relative address", (LIVE,), "../article/relative"),
    ("/to-protocol-relative", "302 to '//host/…'", (LIVE,), "//{here}/article/x"),
    ("/to-fragment", "302 to a page with a fragment that it has", (LIVE,), "/article/x#present"),
    ("/to-utf-8", "302 to raw UTF-8 bytes", (LIVE,), "/article/статья".encode()),
    ("/to-latin-1", "302 to bytes that are no UTF-8", (LIVE, DEAD), b"/article/\xe9t\xe9"),
    ("/to-spaces", "302 to an address with spaces around and within", (LIVE,), "  /article/a b  "),
    ("/to-query", "302 to a query alone", (LIVE, DEAD), "?seen"),
    ("/to-file", "302 to file:", (DEAD, REFUSED), "file:///etc/passwd"),
    ("/to-data", "302 to data:", (DEAD, REFUSED), "data:text/html,hello"),
    ("/to-ftp", "302 to ftp:", (DEAD, REFUSED), "ftp://{here}/a"),
    ("/to-gopher", "302 to gopher:", (DEAD, REFUSED), "gopher://127.0.0.1:{canary}/_GET%20/"),
    ("/to-javascript", "302 to javascript:", (DEAD, REFUSED), "javascript:alert(1)"),
    ("/to-canary", "302 to 127.0.0.1", (REFUSED,), "http://127.0.0.1:{canary}/"),
    ("/to-canary-name", "302 to localhost", (REFUSED,), "http://localhost:{canary}/"),
    (
        "/to-canary-backslash",
        "302 to 'http://good\\@127.0.0.1/'",
        (DEAD, UNREACHABLE, REFUSED),
        "http://{here}\\@127.0.0.1:{canary}/",
    ),
    ("/to-canary-credentials", "302 to 'http://good@127.0.0.1/'", (DEAD, REFUSED), "http://good:x@127.0.0.1:{canary}/"),
    ("/to-canary-decimal", "302 to 2130706433", (REFUSED,), "http://2130706433:{canary}/"),
    ("/to-canary-octal", "302 to 0177.0.0.1", (REFUSED,), "http://0177.0.0.1:{canary}/"),
    ("/to-canary-hex", "302 to 0x7f000001", (REFUSED,), "http://0x7f000001:{canary}/"),
    ("/to-canary-short", "302 to 127.1", (REFUSED,), "http://127.1:{canary}/"),
    ("/to-canary-mapped", "302 to ::ffff:127.0.0.1", (REFUSED,), "http://[::ffff:127.0.0.1]:{canary}/"),
    ("/to-canary-nat64", "302 to 64:ff9b::7f00:1", (REFUSED,), "http://[64:ff9b::7f00:1]:{canary}/"),
    ("/to-canary-wide", "302 to full-width digits", (REFUSED,), "http://１２７.0.0.1:{canary}/".encode()),
    ("/to-canary-any", "302 to 0.0.0.0", (REFUSED,), "http://0.0.0.0:{canary}/"),
    ("/to-private", "302 to 10.0.0.1", (REFUSED,), "http://10.0.0.1/"),
    ("/to-metadata", "302 to 169.254.169.254", (REFUSED,), "http://169.254.169.254/latest/meta-data/"),
    ("/to-blocked-port", "302 to a mail server's port", (REFUSED,), "http://{host}:25/"),
    (
        "/to-line-break",
        "302 to an address with a tab and a carriage return within",
        (LIVE, DEAD, UNREACHABLE),
        "/arti\tcle/x",
    ),
)


def _to_written(location: str | bytes) -> Handler:
    async def handler(exchange: Exchange) -> None:
        text = location.decode("latin-1") if isinstance(location, bytes) else location
        here = {"here": exchange.address, "host": exchange.seen.host, "canary": exchange.server.canary_port}
        await exchange.redirect(text.format(**here).encode("latin-1"))

    return handler


for _path, _does, _truth, _location in _LOCATIONS:
    enter(_path, _does, _truth, _to_written(_location))


@fault("/to-canary-by-hops", REFUSED)
async def _(exchange: Exchange) -> None:
    """Three redirects, the last of them to the canary."""
    left = exchange.path.count("/") - 1
    canary = f"http://127.0.0.1:{exchange.server.canary_port}/"
    await exchange.redirect(canary if left >= 3 else exchange.path + "/x")
