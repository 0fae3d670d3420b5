"""Invented records of the ledger, for the tests of all that read and write it."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from regesta.model.ledger import LinkRecord
from regesta.model.urls import parse_url
from regesta.model.verdicts import Failure, Observation, Verdict

DAYS = st.dates(date(1991, 1, 1), date(2026, 11, 26))
URLS = st.builds(
    "https://{}.example/{}".format,
    st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True),
    st.text("aZ9/-_~%é?#&;", max_size=9),
).map(parse_url)
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), max_size=30)
OBSERVATIONS = st.builds(
    Observation,
    DAYS,
    WORDS,
    st.sampled_from([verdict for verdict in Verdict if verdict not in {Verdict.FAILING, Verdict.UNCHECKED}]),
    st.integers(0, 999),
    st.just("") | URLS,
    st.none() | st.sampled_from(Failure),
    WORDS,
)
COPIES = st.dictionaries(
    DAYS.map(date.isoformat) | st.just("2020-09"),
    st.sampled_from(["none", "refused", "https://web.archive.example/web/2020/https://a.example/"]),
    max_size=3,
)
RECORDS = st.builds(
    LinkRecord,
    url=URLS,
    verdict=st.sampled_from(Verdict),
    since=DAYS,
    failures=st.integers(0, 9),
    reason=WORDS,
    final_url=st.just("") | URLS,
    evidence=st.lists(OBSERVATIONS, max_size=3).map(tuple),
    mementos=COPIES,
    pending=st.integers(0, 9),
)


def is_copy(memento, _url):
    """Tell a memento from another address."""
    return memento.startswith("https://web.archive.example/")


def live(url="https://a.example/", day=date(2026, 3, 1), **more):
    """Make the record of a live address, as one visit leaves it."""
    evidence = (Observation(day, "", Verdict.LIVE, 200, "", None, "It answers."),)
    fields = {"verdict": Verdict.LIVE, "since": day, "reason": "It answers.", "evidence": evidence, **more}
    return LinkRecord(url=parse_url(url), **fields)
