"""Pages whose words decide: that the page is gone, that a person must log in, or that all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.auditing.fault_pages import NOT_FOUND, article, page
from tests.auditing.fault_table import MORE, enter, fault, redirects, says, status

from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from tests.auditing.fault_server import Exchange

LIVE = Verdict.LIVE
MOVED = Verdict.MOVED
DEAD = Verdict.DEAD
SOFT = Verdict.SOFT_404
RESTRICTED = Verdict.RESTRICTED
UNREACHABLE = Verdict.UNREACHABLE


@fault("/etag", LIVE)
async def _(exchange: Exchange) -> None:
    """200 with an ETag and a date, 304 to who names either."""
    known = {"ETag": '"v1"', "Last-Modified": "Wed, 09 Sep 2020 16:00:00 GMT"}
    asked = exchange.seen.headers
    unchanged = asked.get("if-none-match") == known["ETag"] or asked.get("if-modified-since") == known["Last-Modified"]
    await exchange.reply(304 if unchanged else 200, article(exchange.path), headers=known)


@fault("/304-unasked", UNREACHABLE, RESTRICTED, LIVE)
async def _(exchange: Exchange) -> None:
    """304 to who has named nothing."""
    await exchange.reply(304)


for _language, (_title, _words) in NOT_FOUND.items():
    _gone = page(_title, f"<p>{_words}</p>", language=_language)
    enter(f"/soft-404-{_language}", f"200, and says in {_language!r} that the page is gone", (SOFT,), says(_gone))
enter(
    "/soft-404-windows",
    "200, says in Russian that the page is gone, in windows-1251 as its header says",
    (SOFT,),
    says(page(*NOT_FOUND["ru"]).replace("utf-8", "windows-1251"), encoding="windows-1251"),
)
enter(
    "/parked",
    "200, and the domain is for sale",
    (SOFT,),
    says(page("harbour.example", "<p>This domain is for sale! Buy this domain. Related searches: casino, loans.</p>")),
)
_REFRESH = '<meta http-equiv="refresh" content="0; url={}">'
enter(
    "/refresh-to-404",
    "200, and a meta refresh to a page that is gone",
    (SOFT, DEAD),
    says(page("…", "", head=_REFRESH.format("/404/x"))),
)
enter(
    "/refresh-to-page",
    "200, and a meta refresh to a page that is there",
    (LIVE, MOVED),
    says(page("…", "", head=_REFRESH.format("/article/x"))),
)
enter("/to-home", "301 to the home page", (SOFT,), redirects("/", 301))
enter(
    "/to-other-home",
    "302 to the home page of another host",
    (SOFT,),
    redirects(lambda x: x.server.url("/", "127.8.0.8")),
)
enter(
    "/hijacked",
    "301 to a parked page of another host",
    (SOFT,),
    redirects(lambda x: x.server.url("/parked", "127.8.0.7"), 301),
)
enter(
    "/about-404",
    "an article about pages that are not found",
    (LIVE,),
    says(lambda x: article(x.path, title="Page not found: a short history of error 404")),
)
enter(
    "/shell",
    "an application's shell, the same for every path",
    (LIVE,),
    says("<!doctype html><title>Reader</title><div id=app></div><script src=/app.js></script>"),
)
enter("/members-only", "302 to a page that asks for a password", (RESTRICTED,), redirects("/log-in?next=/members-only"))
MORE["/log-in"] = says(page("Log in", "<form method=post><input name=user><input type=password name=password></form>"))
enter(
    "/title-escape",
    "a page with ESC, NUL and a command of CI in its title",
    (LIVE,),
    says(lambda x: article(x.path, title="\x1b[31m\x00 ::error::planted ##[group]")),
)
enter(
    "/title-script",
    "a page with a script, written as text, in its title",
    (LIVE,),
    says(lambda x: article(x.path, title="&lt;script&gt;alert(1)&lt;/script&gt;")),
)
enter("/tags-300000", "a page of 300,000 tags", (LIVE,), says("<!doctype html><title>Deep</title>" + "<b>" * 300_000))


@fault("/bot-wall", RESTRICTED)
async def _(exchange: Exchange) -> None:
    """403 and a riddle for robots."""
    headers = {"Server": "cloudflare", "cf-mitigated": "challenge"}
    await exchange.reply(403, page("Just a moment...", "<p>Checking your browser.</p>"), headers=headers)


@fault("/bot-wall-200", RESTRICTED, UNREACHABLE)
async def _(exchange: Exchange) -> None:
    """200 and a riddle for robots."""
    words = "Checking if the site connection is secure. The site needs to review its security first."
    text = f"<p>{words}</p><form id='challenge-form'></form>"
    await exchange.reply(
        200, page("Just a moment...", text, head="<script src='/cdn-cgi/challenge-platform/x.js'></script>")
    )


@fault("/browsers-only", RESTRICTED, LIVE)
async def _(exchange: Exchange) -> None:
    """403 but to who calls itself a browser."""
    agent = exchange.seen.headers.get("user-agent", "").lower()
    await status(200 if agent.startswith("mozilla/5.0") and "bot" not in agent else 403)(exchange)


@fault("/pdf", LIVE)
async def _(exchange: Exchange) -> None:
    """200, a PDF of 30 MB that is honest about its length."""
    await exchange.reply(200, b"%PDF-1.7\n" + bytes(30 << 20), headers={"Content-Type": "application/pdf"})
