"""Invented reports of the record that the tests of all formats write."""

from __future__ import annotations

from datetime import date

from regesta.checking.checks import check_states
from regesta.checking.registry import RULES
from regesta.model.briefs import read_document
from regesta.model.cited_links import CitedLink, cited_links
from regesta.model.dates import parse_date
from regesta.model.decisions import Decision, Decisions, read_decisions
from regesta.model.ledger import LinkRecord
from regesta.model.link_forms import LinkForm
from regesta.model.link_states import join_states
from regesta.model.verdicts import Observation, Verdict
from regesta.reporting.edit_links import edit_addresses
from regesta.reporting.link_report import LinkReport
from regesta.reporting.report import Checked

TODAY = date(2026, 6, 1)
WAYBACK = "https://web.archive.org/web/20210911000000/"
PATH, OTHER = "briefs_src/briefs/2021/ferries, 100% before.md", "briefs_src/briefs/2022/quiet.md"
TEXTS = {
    PATH: """\
---
title: Ferries before the strike
---

The boats stood still.[^1] On Monday the union called *all* crews to the quay.[^2] Nobody came.[^3]

[^1]: Harbour Board, <https://board.example/notice?a=1&b=2>, and the same <https://board.example/copy>.
[^2]: <https://union.example/old>; <https://union.example/members>; <hxxps://union[.]example/old>.
[^3]: <https://gazette.example/2021/7>, <https://gazette.example/front>, [the minutes](../2019/minutes.md).
""",
    OTHER: """\
---
title: All quiet
---

Nothing stirred.[^1]

[^1]: <https://board.example/copy>, <https://slow.example/>, <https://shop.example/>, <https://new.example/>.
""",
}
DECISIONS = "- {url: https://gazette.example/front, say: live, by: Ada Example, on: 2026-05-03, why: It opens here.}"


def record(url, verdict, since, *days, says=None, status=0, **changes):
    """Make a record of visits on some days of a month of 2026."""
    reason = changes.pop("reason", "")
    evidence = tuple(Observation(day, "", says or Verdict(verdict), status, "", None, reason) for day in days)
    return LinkRecord(url=url, verdict=Verdict(verdict), since=since, reason=reason, evidence=evidence, **changes)


def records():
    """Make a record for each verdict."""
    march = [date(2026, 3, day) for day in (1, 4, 7)]
    may = date(2026, 5, 20)
    gone = "The server says that there is no such page (404)."
    both = {"2021-09-09": f"{WAYBACK}https://board.example/copy", "2022-02": "none"}
    return [
        record("https://board.example/notice?a=1&b=2", "dead", march[0], *march, status=404, failures=3, reason=gone),
        record("https://board.example/copy", "dead", march[0], *march, status=410, failures=3, mementos=both),
        record(
            "https://union.example/old",
            "moved",
            may,
            may,
            status=200,
            final_url="https://union.example/new",
            reason="301",
        ),
        record("https://union.example/members", "restricted", may, may, status=403, reason="Turned away (403)."),
        record("https://gazette.example/2021/7", "soft-404", march[0], *march, status=200, reason="Says 'not found'."),
        record("https://gazette.example/front", "unreachable", march[0], *march, failures=5, reason="No answer."),
        record("https://slow.example/", "unreachable", march[0], *march, failures=5, reason="No answer in 10 seconds."),
        record("https://shop.example/", "live", may, may, status=200, mementos={"2022-02": "none"}),
    ]


def a_link_report(**changes):
    """Make a report that has something of everything."""
    cited = [
        (path, title, parse_date(day), link)
        for path, title, day in ((PATH, "Ferries before the strike", "2021-09-09"), (OTHER, "All quiet", "2022-02"))
        for link in cited_links(read_document(path, TEXTS[path].encode()))
    ]
    ledger = {one.url: one for one in records()}
    states = join_states(cited, ledger, read_decisions(DECISIONS), today=TODAY)
    checked = (
        Checked(path=PATH, title="Ferries before the strike", publisher="Institute for Harbour Studies", language="en"),
        Checked(path=OTHER, title="All quiet", publisher="Board & Sons"),
    )
    given = {
        "findings": tuple(check_states(states, today=TODAY)),
        "files": 2,
        "briefs": 2,
        "links": len(cited),
        "excepted": 1,
        "failures": ("briefs_src/links.jsonl:7 not JSON. The line is kept as it is.",),
        "checked": {item.path: item for item in checked},
        "rules": RULES,
        "fail_on": None,
        "statistics": True,
        "text_of": TEXTS.get,
        "edit_address": edit_addresses("https://code.example/", "edit/main/docs/", "docs"),
        "states": states,
    }
    return LinkReport(**{**given, **changes})


def a_hostile_link_report(text):
    """Make a report in which everything that comes from outside is this text."""
    link = CitedLink(text, LinkForm.OK, "https://ferry.example/a", text, 1, text)
    bad = CitedLink(text, LinkForm.MALFORMED, None, text, 2, text)
    seen = Observation(TODAY, text, Verdict.DEAD, 404, text, None, text)
    states = []
    for verdict in ("dead", "moved", "restricted", "refused", "unreachable"):
        found = LinkRecord(
            url="https://ferry.example/a",
            verdict=Verdict(verdict),
            since=date(2026, 1, 1),
            failures=5,
            reason=text,
            final_url=text,
            evidence=(seen,),
            mementos={"2020-09-09": text},
        )
        says = Decision(url="https://ferry.example/a", host="", say="", why=text, by=text, on=None, replaced_by=text)
        decided = Decision(url="https://ferry.example/a", host="", say="dead", why=text, by=text, on=None, memento=text)
        for decision in (says, decided):
            cited = [(text, text, parse_date("2020-09-09"), one) for one in (link, bad)]
            states += join_states(cited, {found.url: found}, Decisions((decision,)), today=TODAY)
    return LinkReport(
        findings=tuple(check_states(states, today=TODAY)),
        files=1,
        briefs=1,
        links=2,
        failures=(text,),
        checked={text: Checked(path=text, title=text, publisher=text, language=text)},
        rules=RULES,
        statistics=True,
        text_of=lambda _: text,
        edit_address=lambda _: text,
        states=tuple(states),
        since=text,
        changed=tuple(states),
        all_remarks=True,
    )
