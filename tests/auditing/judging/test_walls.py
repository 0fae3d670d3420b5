"""Doors that are shut to programs, told from pages that are there."""

from __future__ import annotations

from typing import Any

import pytest
from tests.auditing.answered import ASKED, answer, hops
from tests.auditing.written_pages import article

from regesta.auditing.judging.judge import judge
from regesta.model.verdicts import Failure, Verdict

BOT, LOGIN = Failure.BOT_WALL, Failure.LOGIN_WALL
FORM = "<title>Members</title><form><input name=u><input type=password name=p><button>Enter</button></form>"


@pytest.mark.parametrize(
    ("fields", "failure"),
    [
        ({"status": 403, "headers": {"cf-mitigated": "challenge"}}, BOT),
        ({"status": 200, "headers": {"cf-mitigated": "challenge"}}, BOT),
        ({"status": 202, "headers": {"x-amzn-waf-action": "challenge"}, "body": b""}, BOT),
        ({"status": 503, "headers": {"server": "ddos-guard"}}, BOT),
        ({"status": 403, "headers": {"server": "QRATOR"}, "body": b""}, BOT),
        ({"status": 403, "headers": {"server": "AkamaiGHost"}, "body": b"<title>Access Denied</title>"}, BOT),
        ({"status": 503, "body": b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"}, BOT),
        ({"status": 200, "body": b"<title>Just a moment...</title><p>Checking your browser"}, BOT),
        ({"status": 200, "body": "<title>Проверка браузера</title><p>Подождите, браузер проверяется".encode()}, BOT),
        ({"status": 200, "body": "<title>Проверка браузера</title><p>Ваш браузер".encode("cp1251")}, BOT),
        ({"status": 200, "body": b"<title>DDoS-Guard</title><p>Checking your browser before accessing"}, BOT),
        ({"status": 200, "body": b"<script src=/_Incapsula_Resource?x></script>"}, BOT),
        ({"status": 403, "body": b"<title>Access to this page has been denied</title><div id=px-captcha>"}, BOT),
        ({"status": 200, "body": b"<script src=https://ct.captcha-delivery.com/c.js></script>"}, BOT),
        ({"status": 200, "body": b"<title>Pardon Our Interruption</title><p>something about your browser"}, BOT),
        ({"status": 200, "body": "<title>Вы не робот?</title><div class=g-recaptcha></div>".encode()}, BOT),
        ({"hops": hops((ASKED, 302)), "url": "https://consent.ferry.example/m?continue=x"}, BOT),
        ({"body": FORM.encode()}, LOGIN),
        ({"hops": hops((ASKED, 302)), "url": "https://ferry.example/user/login?destination=a"}, LOGIN),
        ({"hops": hops((ASKED, 302)), "url": "https://ferry.example/wp-login.php"}, LOGIN),
        ({"hops": hops((ASKED, 302)), "url": "https://sso.ferry.example/a"}, LOGIN),
        ({"hops": hops((ASKED, 302)), "url": "https://ferry.example/authwall?trk=x"}, LOGIN),
    ],
)
def test_a_wall_is_seen(fields: dict[str, Any], failure: Failure) -> None:
    """What keeps programs or strangers out is never called death, nor life."""
    said = judge(answer(**fields), asked=ASKED)
    assert (said.says, said.failure) == (Verdict.RESTRICTED, failure), said.reason


@pytest.mark.parametrize(
    "fields",
    [
        {"headers": {"server": "cloudflare"}},
        {"headers": {"server": "ddos-guard"}},
        {"body": article("Just a moment").html()},
        {"body": article("Access denied: a history of the archive").html()},
        {"body": article("Ferries", more="<form><input type=password></form>", times=2).html()},
        {"body": article("Write to us", more="<div class=g-recaptcha></div>", times=1).html()},
        {"body": article("Ferries", more="<script src=https://challenges.cloudflare.com/t.js></script>").html()},
        {"body": b"<title>Ferry Times</title><script>window._pxAppId='x'</script><div id=app></div>"},
        {"hops": hops((ASKED, 301)), "url": "https://ferry.example/login-problems-at-the-ferry"},
        {"hops": hops((ASKED, 301)), "url": "https://accountants.ferry.example/a"},
    ],
)
def test_a_page_behind_no_wall_is_there(fields: dict[str, Any]) -> None:
    """Servers that guard, forms with passwords and captchas stand beside pages too."""
    assert judge(answer(**fields), asked=ASKED).says.is_verifiable


@pytest.mark.parametrize(("status", "says"), [(404, "dead"), (410, "dead"), (522, "unreachable"), (500, "unreachable")])
def test_a_guard_may_tell_of_death_and_trouble(status: int, says: str) -> None:
    """A 404 that a guard passes on is a 404; only a challenge in its headers undoes it."""
    body = b"<title>Just a moment...</title>" if status == 404 else b"<title>Error</title>"
    assert judge(answer(status, body, headers={"server": "ddos-guard"}), asked=ASKED).says.value == says
    headers = {"cf-mitigated": "challenge"}
    assert judge(answer(status, body, headers=headers), asked=ASKED).says is Verdict.RESTRICTED
