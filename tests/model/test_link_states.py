"""What is to be said of each address: one state each, and people's word before the record's."""

from __future__ import annotations

from datetime import date

import pytest

from regesta.model.briefs import read_document
from regesta.model.cited_links import CitedLink, cited_links
from regesta.model.dates import parse_date
from regesta.model.decisions import read_decisions
from regesta.model.ledger import LinkRecord
from regesta.model.link_forms import LinkForm, judge_link
from regesta.model.link_states import MementoState, join_states
from regesta.model.verdicts import Observation, Verdict

URL = "https://ferry.example/a"
DAY = date(2026, 3, 1)


def cited(text, *, path="a.md", day="2020-09-09", line=9, note="1"):
    """Make a citation of a link."""
    form, url, reason = judge_link(text)
    return path, "Water", parse_date(day) if day else None, CitedLink(text, form, url, reason, line, note)


def record(verdict="dead", *, url=URL, **changes):
    """Make a record of one visit."""
    seen = Observation(DAY, "", Verdict.DEAD, 404, "", None, "Gone.")
    given = {"url": url, "verdict": Verdict(verdict), "since": DAY, "evidence": (seen,), "reason": "Gone."}
    return LinkRecord(**{**given, **changes})


def state(*links, ledger=(), decisions="", **options):
    """Give the one state of some links."""
    (found,) = join_states(
        links, {one.url: one for one in ledger}, read_decisions(decisions) if decisions else None, **options
    )
    return found


@pytest.mark.parametrize(
    ("text", "verdict", "url"),
    [
        ("https://ferry.example/a", "unchecked", "https://ferry.example/a"),
        ("https://ferry(.)example/a", "refused", "https://ferry.example/a"),
        ("hxxps://ferry[.]example/a", "refused", "https://ferry.example/a"),
        ("htps://ferry.example/a", "unchecked", "https://ferry.example/a"),
        ("https://exa mple.org:port/", "refused", None),
        ("", "refused", None),
        ("#", "refused", None),
        ("mailto:ada@ferry.example", "refused", None),
        ("ftp://ferry.example/a", "refused", None),
        ("../2019/b.md", "refused", None),
        ("www.ferry.example/a", "refused", None),
    ],
)
def test_every_link_has_a_state(text, verdict, url):
    """No link is left out, whatever its form; what is not visited is refused, with the reason."""
    found = state(cited(text))
    assert (found.verdict, found.url) == (verdict, url)
    assert bool(found.reason) == (verdict == "refused")
    assert found.raw == (text,)


def test_a_url_has_one_state_wherever_it_stands():
    """Two briefs and two spellings of one address are one state; the order is that of URLs, then of words."""
    found = join_states(
        [cited("mailto:x"), cited(URL, path="b.md"), cited("https://FERRY.example/a"), cited("https://a.example/")], {}
    )
    assert [(one.written, len(one.cited_by)) for one in found] == [("https://a.example/", 1), (URL, 2), ("mailto:x", 1)]
    assert found[1].raw == (URL, "https://FERRY.example/a")


def test_a_defanged_place_of_a_visited_address_is_known():
    """An address that is cited in good form as well is visited; the place where it is defanged says that it is not."""
    found = state(cited(URL), cited("https://ferry(.)example/a"), ledger=[record("live")])
    assert found.verdict == "live"
    assert [one.is_visited for one in found.cited_by] == [True, False]


def test_a_record_of_a_defanged_address_does_not_count():
    """Somebody may have planted it."""
    assert state(cited("https://ferry(.)example/a"), ledger=[record("live")]).verdict == "refused"


@pytest.mark.parametrize(
    ("says", "verdict", "since", "by_hand"),
    [
        ("say: live, on: 2026-05-03", "live", date(2026, 5, 3), True),
        ("say: dead, on: 2026-05-03", "dead", date(2026, 5, 3), True),
        ("say: skip", "refused", None, True),
        ("say: live, until: 2026-06-30, on: 2026-05-03", "live", date(2026, 5, 3), True),
        ("say: live, until: 2026-06-29, on: 2026-05-03", "dead", DAY, False),
        ("say: keep-defanged", "refused", None, True),
        ("say: refang", "dead", DAY, False),
        ("memento: https://web.archive.org/web/2020/https://ferry.example/a", "dead", DAY, False),
    ],
)
def test_decisions_win_while_they_hold(says, verdict, since, by_hand):
    """People's word is stronger than the record, to the end of its last day."""
    decisions = f"- {{url: '{URL}', {says}}}"
    found = state(cited(URL), ledger=[record()], decisions=decisions, today=date(2026, 6, 30))
    assert (found.verdict, found.since, found.is_by_hand) == (verdict, since, by_hand)
    assert found.record


def test_mementos_are_known_by_the_citing_date():
    """Found, none, refused and not asked yet are four things, each for the date of a citing brief."""
    days = {"2020-09-09": "https://archive.example/1", "2021-01-01": "none", "2021-02-15": "refused"}
    found = state(
        *(cited(URL, day=day) for day in ("2020-09-09", "2021-01-01", "2021-02", "2022-01-01", None)),
        ledger=[record(mementos=days)],
    )
    assert [found.memento_for(one).state.value for one in found.cited_by] == [
        "found",
        "none",
        "refused",
        "not asked yet",
        "not asked yet",
    ]
    assert found.memento == (MementoState.FOUND, "https://archive.example/1")
    assert found.is_verifiable


@pytest.mark.parametrize(
    ("mementos", "expected"),
    [
        ({}, MementoState.NOT_ASKED),
        ({"2020-09-09": "none"}, MementoState.NONE),
        ({"2020-09-09": "none", "2021-01-01": "refused"}, MementoState.REFUSED),
        ({"2020-09-09": "none", "2021-01-01": "https://archive.example/1"}, MementoState.FOUND),
    ],
)
def test_the_memento_of_all(mementos, expected):
    """One copy is better than none, whichever brief it was looked for."""
    assert state(cited(URL), ledger=[record(mementos=mementos)]).memento.state is expected


@pytest.mark.parametrize(
    ("verdict", "archived", "verifiable", "uncheckable"),
    [
        ("live", False, True, False),
        ("moved", False, True, False),
        ("dead", False, False, False),
        ("dead", True, True, False),
        ("restricted", False, False, True),
        ("restricted", True, True, False),
        ("insecure", False, False, False),
        ("unchecked", False, False, False),
    ],
)
def test_verifiable(verdict, archived, verifiable, uncheckable):
    """Verifiable means live, moved or archived; restricted without a copy is not checkable."""
    mementos = {"2020-09-09": "https://archive.example/1"} if archived else {}
    found = state(cited(URL), ledger=[record(verdict, mementos=mementos)])
    assert (found.is_verifiable, found.is_uncheckable) == (verifiable, uncheckable)


@pytest.mark.parametrize(
    ("options", "checked"),
    [
        ({}, DAY),
        ({"visited": {URL: date(2026, 4, 1)}}, date(2026, 4, 1)),
        ({"seen_since": date(2026, 5, 1)}, date(2026, 5, 1)),
        ({"seen_since": date(2026, 1, 1)}, DAY),
    ],
)
def test_checked_is_the_last_day_that_is_certain(options, checked):
    """The ledger tells what changed; later visits are known from elsewhere."""
    assert state(cited(URL), ledger=[record("live")], **options).checked == checked


def test_what_was_never_visited_was_never_checked():
    """That all on record were seen says nothing of an address that is not."""
    assert state(cited(URL), seen_since=DAY).checked is None
    assert state(cited(URL), seen_since=DAY, decisions=f"- {{url: '{URL}', say: live}}").checked is None


def test_links_know_their_column_and_offset():
    """Line, column and offset lead to the slice, behind a byte order mark too."""
    source = "\ufeffé é <https://ferry.example/a>\n".encode()
    (link,) = cited_links(read_document("a.md", source))
    assert source[link.offset :].startswith(b"https:")
    assert (link.line, link.column) == (1, 6)


def test_links_to_one_address_are_one_state():
    """Of 44,000 links to 40,000 addresses each address has one state, and every link is in it."""
    day = parse_date("2020-09-09")
    urls = [f"https://host{n % 500}.example/page/{n}" for n in range(40_000)]
    links = [("a.md", "T", day, CitedLink(u, LinkForm.OK, u, "", 1, "1")) for u in (*urls, *urls[:4000])]
    ledger = {url: record("live", url=url) for url in urls}
    decisions = read_decisions("- {host: host1.example, say: live}")
    states = join_states(links, ledger, decisions, today=DAY)
    assert len(states) == 40_000
    assert sum(len(found.cited_by) for found in states) == 44_000
