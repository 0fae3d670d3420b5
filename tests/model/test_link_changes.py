"""What is new of the links, what is worth waking somebody for, and the figures behind the sentences."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.cited_links import CitedLink
from regesta.model.decisions import read_decisions
from regesta.model.ledger import LinkRecord, usual_evidence
from regesta.model.link_changes import Since, newly_dead_unarchived
from regesta.model.link_figures import count_states
from regesta.model.link_forms import judge_link
from regesta.model.link_states import join_states
from regesta.model.verdicts import Observation, Verdict

URL = "https://ferry.example/a"
DAY = date(2026, 3, 1)
COPY = {"undated": "https://web.archive.org/web/2020/https://ferry.example/a"}


def state(verdict=None, *, since=DAY, last=DAY, says=None, mementos=(), decisions=""):  # noqa: PLR0913 - each is a fact
    """Make a state by its record."""
    form, url, reason = judge_link(URL)
    link = CitedLink(URL, form, url, reason, 1, "1")
    ledger = {}
    if verdict:
        said = Verdict(says) if says else usual_evidence(Verdict(verdict))
        evidence = tuple(Observation(day, "", said, 404, "", None, "") for day in sorted({since, last}))
        ledger[URL] = LinkRecord(
            url=URL, verdict=Verdict(verdict), since=since, evidence=evidence, mementos=dict(mementos)
        )
    decided = read_decisions(f"- {{url: '{URL}', {decisions}}}") if decisions else None
    return join_states([("a.md", "", None, link)], ledger, decided)[0]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("live", "dead", True),
        ("dead", "live", True),
        ("dead", "soft-404", True),
        ("dead", "dead", False),
        (None, "live", True),
        (None, None, False),
        ("live", None, True),
    ],
)
def test_what_has_another_verdict_is_new(before, after, changed):
    """Against an older record another verdict is news, in whichever direction; what is not there was not visited."""
    assert Since.states("then", [state(before)]).changed(state(after)) is changed


@pytest.mark.parametrize(
    ("found", "day", "changed"),
    [
        (state("dead", last=date(2026, 3, 7)), date(2026, 3, 7), True),
        (state("dead", last=date(2026, 3, 7)), date(2026, 3, 8), False),
        (state("live"), DAY, True),
        (state("live"), DAY + timedelta(1), False),
        (state("live", says="dead", last=date(2026, 3, 7)), date(2026, 3, 7), False),
        (state("dead", decisions="say: live, on: 2026-05-01"), date(2026, 5, 1), True),
        (state("dead", last=date(2026, 5, 2), decisions="say: live, on: 2026-05-01"), date(2026, 5, 2), False),
        (state(), DAY, False),
        (state("live"), None, False),
    ],
)
def test_since_a_day(found, day, changed):
    """New is what began on that day or later, or was confirmed then; evidence against the verdict confirms nothing."""
    assert Since("then", day=day).changed(found) is changed


@pytest.mark.parametrize(
    ("before", "after", "wakes"),
    [
        (state("live"), state("dead"), True),
        (state(), state("soft-404"), True),
        (state("failing"), state("dead"), True),
        (state("dead"), state("dead"), False),
        (state("soft-404"), state("dead"), False),
        (state("live"), state("failing"), False),
        (state("live"), state("dead", mementos=COPY), False),
        (state("live"), state("dead", mementos={"undated": "none"}), True),
        (state("live"), state("live", decisions="say: dead"), False),
        (state("live"), state("dead", decisions="memento: https://copies.example/a"), False),
        (state("live"), state("restricted"), False),
    ],
)
def test_who_is_woken(before, after, wakes):
    """A page that has gone, with no copy, and that no person knew of; nothing else."""
    assert bool(newly_dead_unarchived([after], Since.states("then", [before]))) is wakes


@given(st.lists(st.tuples(st.sampled_from([*Verdict]), st.booleans())))
def test_the_figures_agree(given_states):
    """Each address is counted once under its verdict; what is verifiable is live, moved or archived."""
    states = [state(verdict, mementos=COPY if copy else ()) for verdict, copy in given_states]
    figures = count_states(states)
    assert sum(figures.by_verdict.values()) == figures.urls == figures.links == len(states)
    assert [*figures.by_verdict] == [*Verdict]
    assert figures.verifiable == sum(copy or verdict in {"live", "moved"} for verdict, copy in given_states)
    assert figures.gone_archived <= figures.gone == sum(verdict in {"dead", "soft-404"} for verdict, _ in given_states)
    assert figures.uncheckable == sum(verdict == "restricted" and not copy for verdict, copy in given_states)
