"""Which addresses are visited on a day: none too late, none all the time, and never all at once but the first time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.ledgers import live

from regesta.auditing.recording.confirming import Confirm
from regesta.auditing.recording.due import InvalidDuration, parse_duration, plan_visits
from regesta.auditing.recording.weighing import weigh
from regesta.model.decisions import read_decisions
from regesta.model.ledger import LinkRecord
from regesta.model.verdicts import Failure, Observation, Verdict

NOW = datetime(2026, 11, 26, 2, 30, tzinfo=UTC)
SECOND = int(NOW.timestamp())
DAY = 86_400
URL = "https://a.example/"


def plan(urls, ledger=None, ages=None, now=NOW, **more):
    """Plan a night; `ages` gives the days since the last visits."""
    visits = {url: int(now.timestamp() - days * DAY) for url, days in (ages or {}).items()}
    return plan_visits(urls, ledger=ledger or {}, last_at=visits.get, now=now, **{"confirm": Confirm(), **more})


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("28d", 28 * DAY), ("12h", 43_200), ("40m", 2400), ("90s", 90), ("4w", 28 * DAY), (" 0d ", 0), ("7 d", 7 * DAY)],
)
def test_times(text, seconds):
    """A number and a letter."""
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "28", "d", "1.5d", "-1d", "28y", "1d12h", "9999999d", "٣d", "x" * 500])
def test_what_is_no_time(text):
    """The words quote it, and show what would do."""
    with pytest.raises(InvalidDuration) as caught:
        parse_duration(text)
    assert repr(text)[:40] in str(caught.value)
    assert "28d" in str(caught.value)
    assert len(str(caught.value)) < 150


def record(verdict, **more):
    """Make a record of a first visit long ago."""
    return live(day=date(2026, 1, 1), verdict=verdict, **more)


PRIVATE = (Observation(date(2026, 1, 1), "", Verdict.REFUSED, 0, "", Failure.PRIVATE, ""),)


@pytest.mark.parametrize(
    ("known", "days", "is_due"),
    [
        (None, None, True),
        (None, 20.9, False),
        (None, 28, True),
        (record(Verdict.UNCHECKED), None, True),
        (record(Verdict.LIVE), 20.9, False),
        (record(Verdict.LIVE), 28, True),
        (record(Verdict.LIVE), None, True),
        (record(Verdict.LIVE), -0.5, False),
        (record(Verdict.LIVE), -1.5, True),
        (record(Verdict.MOVED), 28, True),
        (record(Verdict.RESTRICTED), 28, True),
        (record(Verdict.DEAD), 28, False),
        (record(Verdict.DEAD), 56, True),
        (record(Verdict.SOFT_404), 41.9, False),
        (record(Verdict.SOFT_404), 56, True),
        (record(Verdict.FAILING), 2.4, False),
        (record(Verdict.FAILING), 2.9, True),
        (record(Verdict.LIVE, pending=1), 3, True),
        (record(Verdict.DEAD, pending=1), 3, True),
        (record(Verdict.UNREACHABLE, failures=4), 3, True),
        (record(Verdict.UNREACHABLE, failures=5), 3, False),
        (record(Verdict.UNREACHABLE, failures=5), 28, True),
        (record(Verdict.REFUSED), 1000, False),
        (record(Verdict.REFUSED, evidence=PRIVATE), 28, False),
        (record(Verdict.REFUSED, evidence=PRIVATE), 56, True),
    ],
)
def test_what_is_due(known, days, is_due):
    """By what is known of an address, and the days since it was visited."""
    found = plan([URL], {URL: known} if known else None, {} if days is None else {URL: days})
    assert found.due == ((URL,) if is_due else ())
    assert found.waiting == (not is_due)


def test_a_literal_private_address_is_never_asked_again():
    """Its number leads nowhere else, unlike a name."""
    url = "http://10.1.2.3/"
    assert plan([url], {url: record(Verdict.REFUSED, evidence=PRIVATE, url=url)}, {url: 1000}).due == ()


def test_the_ledger_serves_where_the_file_of_visits_is_lost():
    """What its evidence has seen lately is not visited again at once."""
    assert plan([URL], {URL: live(day=date(2026, 11, 20))}).due == ()
    assert plan([URL], {URL: live(day=date(2026, 10, 20))}).due == (URL,)


@pytest.mark.parametrize("confirm", [Confirm(3, 6), Confirm(2, 7), Confirm(4, 6), Confirm(5, 30)])
def test_nightly_runs_confirm_in_time(confirm):
    """A page that goes is called dead as soon as its visits can span what is asked, whatever the minute of the run."""
    ledger, visits, url = {URL: live(day=date(2026, 10, 1))}, {URL: SECOND - 100 * DAY}, URL
    for night in range(60):
        now = NOW + timedelta(days=night, minutes=(night * 37) % 50)
        for url in plan_visits([URL], ledger=ledger, last_at=visits.get, now=now, confirm=confirm).due:
            seen = Observation(now.date(), "", Verdict.DEAD, 404, "", None, "")
            ledger[url] = weigh(ledger[url], seen, url=url, confirm=confirm)
            visits[url] = int(now.timestamp())
        if ledger[url].verdict is Verdict.DEAD:
            break
    assert ledger[URL].failures == confirm.visits
    assert night == confirm.step * (confirm.visits - 1)


def test_the_nights_share_the_work():
    """After a first night that visits all, they grow more alike with each round, and nobody waits more than 28 days."""
    urls = [f"https://host{number % 97}.example/{number}" for number in range(4000)]
    visits, counts, longest = {}, [], 0
    for night in range(240):
        now = NOW + timedelta(days=night, minutes=night % 7)
        due = plan_visits(urls, ledger={}, last_at=visits.get, now=now, confirm=Confirm()).due
        counts.append(len(due))
        longest = max([longest, *(now.timestamp() - visits[url] for url in due if url in visits)])
        visits.update(dict.fromkeys(due, int(now.timestamp())))
    assert counts[0] == 4000
    assert counts[1:21] == [0] * 20
    assert max(counts[1:]) < 4000 / 6
    assert max(counts[90:]) < 4000 / 7
    assert max(counts[200:]) < 4000 / 9
    assert longest <= 28 * DAY + 3600


def test_no_host_has_to_be_waited_for_at_the_end():
    """The links of a host are spread over the whole, however many it has."""
    urls = [f"https://big.example/{number}" for number in range(500)]
    urls += [f"https://small{number}.example/" for number in range(500)]
    due = plan(urls).due
    for start in range(0, 1000, 100):
        assert 35 <= sum("big" in url for url in due[start : start + 100]) <= 65


def test_what_is_urgent_comes_first_under_a_limit():
    """What is not confirmed, what is new, and then what has waited longest; the rest is counted."""
    ages = {
        "https://late.example/": 40,
        "https://later.example/": 50,
        "https://f.example/": 4,
        "https://fresh.example/": 1,
    }
    ledger = {"https://f.example/": record(Verdict.FAILING, url="https://f.example/")}
    urls = [*ages, "https://new.example/"]
    order = ("https://f.example/", "https://new.example/", "https://later.example/", "https://late.example/")
    found = plan(urls, ledger, ages)
    assert (found.due, found.left, found.waiting, found.seen_since) == (order, 0, 1, date(2026, 11, 25))
    for limit in range(6):
        found = plan(urls, ledger, ages, limit=limit)
        assert (found.due, found.left) == (order[:limit], max(0, 4 - limit))


def test_what_a_decision_forbids_is_not_visited():
    """Until the decision expires; other decisions forbid nothing."""
    decisions = read_decisions(
        "- {host: skip.example, say: skip}\n- {host: defanged.example, say: keep-defanged}\n"
        "- {host: live.example, say: live}\n"
        "- {host: old.example, say: skip, until: 2026-11-25}\n"
    )
    urls = [f"https://{name}.example/" for name in ("skip", "defanged", "live", "old", "other")]
    found = plan(urls, decisions=decisions)
    assert sorted(found.due) == ["https://live.example/", "https://old.example/", "https://other.example/"]
    assert found.waiting == 0


@given(st.permutations([f"https://h{number % 5}.example/{number}" for number in range(20)]), st.integers(0, 9))
def test_the_order_does_not_depend_on_the_order_of_files(urls, days):
    """The same addresses in the same state give the same plan."""
    ages = {url: (int(url[-1]) + days) * 7 for url in sorted(urls) if int(url[-1]) % 3}
    assert plan(urls, ages=ages) == plan(sorted(urls), ages=ages)
    assert not [url for url, count in Counter(plan(urls, ages=ages).due).items() if count > 1]


def test_nothing_at_all():
    """An archive without links has a plan too."""
    assert plan([]) == ((), 0, 0, None)


def test_a_record_without_evidence_is_no_exception():
    """A hand has taken it out."""
    url = "https://a.example/"
    bare = LinkRecord(url=url, verdict=Verdict.REFUSED, since=date(2026, 1, 1))
    assert plan([url], {url: bare}).due == ()
