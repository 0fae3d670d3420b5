"""What one visit amounts to by itself, for every status, every failure and every fault that servers are known for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.auditing.answered import ASKED, PAGE, answer, hops
from tests.auditing.written_pages import article

from regesta.auditing.judging.judge import FAILURES, STATUSES, Said, judge, judge_beside, judge_forwarded
from regesta.model.urls import Url
from regesta.model.verdicts import Failure, Verdict

NOT_HERE = b"<html><title>404</title><body>not here</body></html>"
ELSEWHERE = Url("https://ferry.example/archive/strike")
HOME = Url("https://ferry.example/")
DOI = "https://doi.org/10.5555/1"
FOR_SALE = b"<title>casino.example</title>This domain is for sale! Buy this domain. Related searches: casino, loans"
PDF = {"content-type": "application/pdf"}
PERMANENT, TEMPORARY = hops((ASKED, 301)), hops((ASKED, 302))
OLD = hops(("http://www.ferry.example/news/strike", 301))


def verdict(status: int = 200, body: bytes = PAGE, *, asked: str = ASKED, **fields: Any) -> Said:
    """Judge an answer to the address asked."""
    return judge(answer(status, body, **fields), asked=Url(asked))


@pytest.mark.parametrize(
    ("fields", "says", "failure"),
    [
        ({}, "live", None),
        ({"status": 204, "body": b""}, "live", None),
        ({"status": 205, "body": b""}, "live", None),
        ({"status": 206}, "live", None),
        ({"body": b""}, "live", None),
        ({"headers": PDF, "body": b"%PDF-1.7"}, "live", None),
        ({"headers": PDF, "body": b"x" * 262144, "is_whole": False}, "live", None),
        ({"headers": {"content-type": ""}}, "live", None),
        ({"status": 304, "body": b""}, "live", None),
        # Refusals
        ({"status": 401, "body": NOT_HERE}, "restricted", None),
        ({"status": 402, "body": NOT_HERE}, "restricted", None),
        ({"status": 403, "body": NOT_HERE}, "restricted", None),
        ({"status": 405, "body": b""}, "restricted", None),
        ({"status": 407, "body": NOT_HERE}, "restricted", None),
        ({"status": 429, "body": NOT_HERE, "headers": {"retry-after": "1"}}, "restricted", None),
        ({"status": 451, "body": NOT_HERE}, "restricted", None),
        ({"status": 999, "body": NOT_HERE}, "restricted", None),
        # Death
        ({"status": 404, "body": NOT_HERE}, "dead", None),
        ({"status": 404}, "dead", None),
        ({"status": 410, "body": b""}, "dead", None),
        ({"status": 404, "hops": PERMANENT, "url": ELSEWHERE}, "dead", None),
        ({"status": 404, "failure": Failure.RESET}, "dead", None),
        ({"status": 302, "failure": Failure.LOOP, "hops": hops(*[(ASKED, 302)] * 10)}, "dead", Failure.LOOP),
        ({"status": 302, "failure": Failure.NOWHERE}, "dead", Failure.NOWHERE),
        ({"status": 302, "failure": Failure.SCHEME, "hops": TEMPORARY}, "dead", Failure.NOWHERE),
        ({"status": 302, "body": b""}, "dead", Failure.NOWHERE),
        ({"status": 0, "body": b"", "failure": Failure.NO_HOST}, "dead", Failure.NO_HOST),
        # Trouble
        ({"status": 500, "body": NOT_HERE}, "unreachable", None),
        ({"status": 503, "body": NOT_HERE}, "unreachable", None),
        ({"status": 522, "body": NOT_HERE, "headers": {"server": "cloudflare"}}, "unreachable", None),
        ({"status": 400, "body": NOT_HERE}, "unreachable", None),
        ({"status": 418, "body": NOT_HERE}, "restricted", None),
        ({"status": 421, "body": NOT_HERE}, "unreachable", None),
        ({"status": 425, "body": NOT_HERE}, "unreachable", None),
        ({"status": 499, "body": NOT_HERE}, "unreachable", None),
        ({"status": 777, "body": NOT_HERE}, "unreachable", None),
        ({"status": 0, "body": b""}, "unreachable", None),
        ({"status": 0, "body": b"", "failure": Failure.TIMEOUT}, "unreachable", Failure.TIMEOUT),
        ({"status": 0, "body": b"", "failure": Failure.EMPTY}, "unreachable", Failure.EMPTY),
        ({"status": 200, "body": b"", "failure": Failure.TOO_LARGE_HEADER}, "unreachable", Failure.TOO_LARGE_HEADER),
        # Broken off, or without end
        ({"body": b"helloabc", "failure": Failure.RESET, "is_whole": False}, "unreachable", Failure.RESET),
        ({"body": b"aaaaa", "failure": Failure.TIMEOUT, "is_whole": False}, "unreachable", Failure.TIMEOUT),
        ({"body": PAGE[:200], "failure": Failure.RESET, "is_whole": False}, "live", None),
        ({"body": PAGE[:40], "failure": Failure.RESET, "is_whole": False}, "unreachable", Failure.RESET),
        ({"body": b"<title>Page not found</title><p>", "failure": Failure.RESET, "is_whole": False}, "soft-404",
         Failure.ERROR_WORDS),
        ({"body": bytes(range(256)), "headers": PDF, "failure": Failure.RESET, "is_whole": False}, "live", None),
        ({"body": b"x" * 262144, "is_whole": False}, "unreachable", None),
        ({"body": b"\0" * 262144, "is_whole": False}, "unreachable", None),
        ({"body": PAGE + b"x" * 262144, "is_whole": False}, "live", None),
        # Not visited
        ({"status": 302, "failure": Failure.PRIVATE, "hops": TEMPORARY, "url": "http://127.0.0.1:8099/"}, "refused",
         Failure.PRIVATE),
        ({"status": 0, "body": b"", "failure": Failure.PRIVATE}, "refused", Failure.PRIVATE),
        ({"status": 0, "body": b"", "failure": Failure.MALFORMED}, "refused", Failure.MALFORMED),
        ({"status": 0, "body": b"", "failure": Failure.SCHEME}, "refused", Failure.SCHEME),
        # Certificates
        ({"failure": Failure.EXPIRED}, "insecure", Failure.EXPIRED),
        ({"status": 404, "failure": Failure.WRONG_HOST}, "insecure", Failure.WRONG_HOST),
        ({"status": 0, "body": b"", "failure": Failure.UNTRUSTED}, "insecure", Failure.UNTRUSTED),
        ({"status": 0, "body": b"", "failure": Failure.TLS}, "unreachable", Failure.TLS),
        # Ways
        ({"hops": PERMANENT, "url": ELSEWHERE}, "moved", None),
        ({"hops": hops((ASKED, 308), ("https://ferry.example/b", 308)), "url": ELSEWHERE}, "moved", None),
        ({"hops": TEMPORARY, "url": ELSEWHERE}, "live", None),
        ({"hops": hops((ASKED, 301), ("https://ferry.example/b", 302)), "url": ELSEWHERE}, "live", None),
        ({"hops": hops((ASKED, 302), (ASKED, 301)), "url": ELSEWHERE}, "moved", None),
        ({"hops": OLD, "asked": OLD[0].url}, "live", None),
        ({"hops": TEMPORARY, "url": ASKED}, "live", None),
        ({"hops": PERMANENT, "url": "https://www.ferry.example/News/strike/"}, "live", None),
        ({"hops": hops((DOI, 301)), "url": ELSEWHERE, "asked": DOI}, "live", None),
        ({"hops": PERMANENT, "url": HOME}, "soft-404", Failure.TO_HOME),
        ({"hops": TEMPORARY, "url": "http://www.other.example/"}, "soft-404", Failure.TO_OTHER_HOME),
        ({"hops": hops((HOME, 301)), "url": "https://ferry.example/en/", "asked": HOME}, "live", None),
        ({"hops": hops((HOME, 301)), "url": "https://harbour.example/", "asked": HOME}, "live", None),
        ({"hops": PERMANENT, "url": "http://casino.example/x/", "body": FOR_SALE}, "soft-404", Failure.PARKED),
        ({"hops": PERMANENT, "url": "https://www.hugedomains.com/domain_profile.cfm?d=a"}, "soft-404", Failure.PARKED),
        # Walls
        ({"status": 403, "body": b"", "headers": {"cf-mitigated": "challenge"}}, "restricted", Failure.BOT_WALL),
        ({"hops": TEMPORARY, "url": "https://ferry.example/login?next=/news/strike"}, "restricted", Failure.LOGIN_WALL),
        ({"hops": PERMANENT, "url": "https://accounts.ferry.example/"}, "restricted", Failure.LOGIN_WALL),
        ({"body": b"<meta http-equiv=refresh content='0;/login'>"}, "restricted", Failure.LOGIN_WALL),
        # Places on a page
        ({"asked": f"{ASKED}#present"}, "live", None),
        ({"asked": f"{ASKED}#absent"}, "dead", Failure.NO_FRAGMENT),
        ({"asked": f"{ASKED}#absent", "is_whole": False}, "live", None),
        ({"asked": f"{ASKED}#absent", "status": 404}, "dead", None),
        ({"asked": f"{ASKED}#page=5", "headers": PDF}, "live", None),
        ({"asked": f"{ASKED}#absent", "hops": PERMANENT, "url": ELSEWHERE}, "moved", None),
        ({"asked": f"{ASKED}#a", "body": b"x" * 262144, "is_whole": False}, "unreachable", None),
    ],
)  # fmt: skip
def test_what_one_visit_says(fields: dict[str, Any], says: str, failure: Failure | None) -> None:
    """Each fault has the verdict that the evidence allows, and no more."""
    said = verdict(**fields)
    assert (said.says.value, said.failure) == (says, failure), said.reason
    assert said.reason.endswith(".")


def test_every_failure_has_its_row() -> None:
    """The table of failures is whole, and none of its rows is for what needs confirmation or was not visited."""
    assert set(FAILURES) == set(Failure)
    assert not {Verdict.FAILING, Verdict.UNCHECKED} & {row.says for row in (*FAILURES.values(), *STATUSES.values())}


@pytest.mark.parametrize("failure", Failure)
def test_any_failure_can_be_judged(failure: Failure) -> None:
    """Whatever came with a failure, it gets a verdict and words."""
    for status in (0, 200, 302, 404, 500):
        said = verdict(status, failure=failure, detail="192.0.2.1")
        assert said.reason


@given(
    st.integers(0, 1200), st.binary(max_size=300), st.sampled_from(["text/html", "", "text/plain", "a; charset=hex"])
)
def test_any_answer_can_be_judged(status: int, body: bytes, kind: str) -> None:
    """No answer breaks the judge, and none has the verdict of many visits."""
    said = verdict(status, body, headers={"content-type": kind, "location": "x"})
    assert said.says not in {Verdict.FAILING, Verdict.UNCHECKED}


def test_what_lies_behind_a_bad_certificate_is_said() -> None:
    """An archivist learns whether the page would be there."""
    assert verdict(failure=Failure.EXPIRED).reason == (
        "The certificate has expired. Behind it: The page is there (200)."
    )
    assert "no such page" in verdict(404, failure=Failure.UNTRUSTED).reason


def test_where_the_way_ended_is_said_once() -> None:
    """The final address is empty when it is the one asked, whatever fragment that has."""
    assert verdict(asked=f"{ASKED}#present").final_url == ""
    assert verdict(hops=PERMANENT, url=ELSEWHERE).final_url == ELSEWHERE
    assert verdict(hops=PERMANENT, url=ELSEWHERE).reason == f"The page has moved for good (301) to {ELSEWHERE}."
    assert verdict(404, hops=TEMPORARY, url=ELSEWHERE).final_url == ELSEWHERE


def test_a_refresh_to_an_innocent_address_is_followed_up() -> None:
    """Where a page sends its reader on, what is there decides."""
    said = verdict(body=b"<title>Moved</title><meta http-equiv=refresh content='0; url=/gone/x'>")
    there = said.forwards_to
    assert (said.says, there) == (Verdict.LIVE, "https://ferry.example/gone/x")
    assert there
    dead = judge(answer(404, url=there), asked=there)
    assert judge_forwarded(said, dead, asked=ASKED).failure is Failure.REFRESH_TO_ERROR
    assert judge_forwarded(said, judge(answer(url=there), asked=there), asked=ASKED).says is Verdict.LIVE
    home = judge(answer(url=HOME, hops=hops((there, 302))), asked=there)
    assert judge_forwarded(said, home, asked=ASKED).says is Verdict.SOFT_404
    assert judge_forwarded(verdict(), dead, asked=ASKED) == verdict()


def test_a_suspicion_is_settled_by_nonsense() -> None:
    """A suspect page that the server also gives for nonsense is gone; one that it knows is there."""
    body = article("Page not found").html().replace(b"<h1>", b"<h2>")
    said = verdict(body=body)
    assert said.suspicion
    same = judge_beside(said, answer(body=body), answer(body=body), asked=ASKED)
    assert (same.says, same.failure) == (Verdict.SOFT_404, Failure.LIKE_NONSENSE)
    for sibling in (answer(404, body), answer(body=PAGE), answer(headers=PDF)):
        settled = judge_beside(said, answer(body=body), sibling, asked=ASKED)
        assert (settled.says, settled.suspicion) == (Verdict.LIVE, False)


def test_an_unsuspected_page_is_not_judged_again() -> None:
    """Without a suspicion a sibling says nothing."""
    assert judge_beside(verdict(), answer(), answer(), asked=ASKED) == verdict()
