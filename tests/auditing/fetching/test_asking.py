"""What is said to a server."""

from __future__ import annotations

import pytest

from regesta.auditing.fetching.answers import Request
from regesta.auditing.fetching.asking import Asking, InvalidHeader
from regesta.auditing.fetching.redirects import Asked, split_url
from regesta.auditing.fetching.under_way import Way
from regesta.model.urls import Url

ASKING = Asking(user_agent="regesta/1", languages="be, en;q=0.5", tokens={"ferry.example": "secret"})


def place(url: str) -> Asked:
    """Read an address that is in order."""
    found = split_url(Url(url))
    assert isinstance(found, Asked)
    return found


def said(first: str, now: str = "", headers: tuple[tuple[str, str], ...] = (("If-None-Match", '"v1"'),)) -> str:
    """Give the header of a request that began at one address and has come to another."""
    way = Way(Request(Url(first), headers=headers), place(first), 5.0)
    way.asked = place(now) if now else way.asked
    return "\n".join(ASKING.lines(way))


def test_every_request_says_who_asks() -> None:
    """Our name, what we read, and the archive's languages."""
    lines = said("http://other.example/", headers=()).split("\n")
    assert lines[0] == "User-Agent: regesta/1"
    assert lines[1].startswith("Accept: text/html")
    assert lines[2:] == ["Accept-Language: be, en;q=0.5"]


HOME = [
    ("https://ferry.example/", "", True),
    ("https://ferry.example/", "https://ferry.example/b", True),
    ("http://ferry.example/", "https://ferry.example/b", True),
    ("https://ferry.example/", "http://ferry.example/b", False),
    ("https://ferry.example/", "https://ferry.example:8443/b", False),
    ("https://ferry.example:8443/", "https://ferry.example/b", False),
    ("http://ferry.example:8080/", "https://ferry.example/b", False),
    ("http://ferry.example:8080/", "https://ferry.example:8080/b", False),
    ("https://ferry.example/", "https://www.ferry.example/b", False),
    ("https://ferry.example/", "https://other.example/b", False),
]


@pytest.mark.parametrize(("first", "now", "home"), HOME)
def test_what_is_meant_for_one_server_is_told_no_other(first: str, now: str, *, home: bool) -> None:
    """After a redirect to another host, port or to plain http the headers of the request stay behind."""
    assert ("If-None-Match" in said(first, now)) is home
    assert ("secret" in said(first, now)) is (home and (now or first).startswith("https:"))


def test_a_token_is_for_one_host_and_never_in_the_clear() -> None:
    """A token goes to its own host over https, also when the way began over http."""
    assert "Authorization: Bearer secret" in said("http://ferry.example/", "https://ferry.example/")
    assert "secret" not in said("http://ferry.example/")
    assert "secret" not in said("https://other.example/", "https://ferry.example/")


def test_nothing_private_is_said_behind_a_bad_certificate() -> None:
    """Whoever answers there may be anybody."""
    way = Way(Request(Url("https://ferry.example/"), headers=(("Cookie", "a"),)), place("https://ferry.example/"), 5.0)
    way.manner = way.manner._replace(verify=False)
    assert not {"Cookie", "Authorization"} & {line.partition(":")[0] for line in ASKING.lines(way)}


@pytest.mark.parametrize("value", ["a\r\nX-Planted: b", "a\nb", "caf\xe9", "\x00", "\x1b[0m", "\u2028"])
def test_no_header_can_be_smuggled_in(value: str) -> None:
    """An ETag that a server once sent with a line end, a control character or foreign letters is not sent back."""
    assert "If-None-Match" not in said("https://ferry.example/", headers=(("If-None-Match", value),))


@pytest.mark.parametrize("field", ["user_agent", "languages", "tokens"])
def test_bad_settings_are_told(field: str) -> None:
    """What cannot stand in a header is quoted when the run begins."""
    given = {"user_agent": "a", "languages": "b", "tokens": {}, field: {"h": "ф\n"} if field == "tokens" else "ф\n"}
    with pytest.raises(InvalidHeader, match="ф"):
        Asking(**given)  # type: ignore[arg-type]
