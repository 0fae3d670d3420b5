"""The rules about visited links: what each reports, with what weight and what way out, and what they let pass."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from regesta.checking.checks import check_document, check_states
from regesta.checking.held_back import hold_back
from regesta.checking.registry import RULES, Selection
from regesta.checking.rules import Subject
from regesta.checking.settings import Settings, read_settings
from regesta.checking.texts import Context
from regesta.model.briefs import read_document
from regesta.model.cited_links import cited_links
from regesta.model.dates import parse_date
from regesta.model.decisions import read_decisions
from regesta.model.exemptions import read_exemptions
from regesta.model.findings import Severity
from regesta.model.ledger import LinkRecord, usual_evidence
from regesta.model.link_states import join_states
from regesta.model.verdicts import Observation, Verdict

URL = "https://ferry.example/a"
COPY = "https://web.archive.org/web/20200911000000/https://ferry.example/a"
START = date(2026, 3, 1)
TODAY = date(2026, 3, 20)
BRIEF = "é <{}>[^2]\n\n[^2]: See <{}>.\n"


def record(verdict, *, visits=3, spacing=3, **changes):
    """Make a record of some visits."""
    days = [START + timedelta(spacing * number) for number in range(visits)]
    kept = sorted({*days[:1], *days[-2:]})
    says = usual_evidence(Verdict(verdict))
    evidence = tuple(Observation(day, "", says, 404, "", None, "") for day in kept)
    given = {
        "url": URL,
        "verdict": Verdict(verdict),
        "since": START,
        "failures": visits,
        "reason": "No such page (404).",
    }
    return LinkRecord(**{**given, "evidence": evidence, **changes})


def found(ledger=None, *, text=f"[^2]: See <{URL}>.", day="2020-09-09", decisions="", today=TODAY, **options):
    """Give the findings of one brief whose notes cite one address."""
    document = read_document("briefs/a.md", f"x[^2]\n\n{text}\n".encode(), shown_path="src/briefs/a.md")
    cited = [("src/briefs/a.md", "Water", parse_date(day), link) for link in cited_links(document)]
    states = join_states(
        cited, {URL: ledger} if ledger else {}, read_decisions(decisions) if decisions else None, today=today
    )
    return check_states(states, today=today, **options)


@pytest.mark.parametrize(
    ("ledger", "code", "severity", "message", "hint"),
    [
        (
            record("dead"),
            "L501",
            "error",
            "is dead (since 1 March 2026). No such page (404). Seen 3 times, from 1 March 2026 to 7 March 2026.",
            "No archive was asked for a copy yet",
        ),
        (record("dead", mementos={"2020-09-09": COPY}), "L501", "warning", "is dead (since", f"as well: {COPY!r}."),
        (record("dead", mementos={"1999-01-01": COPY}), "L501", "warning", "is dead (since", f"as well: {COPY!r}."),
        (record("dead", mementos={"2020-09-09": "refused"}), "L501", "error", "is dead", "may not be shown"),
        (record("failing", visits=1), "L502", "info", "seems to be gone (since 1 March", "Wait"),
        (
            record("moved", final_url="https://ferry.example/new", reason="Moved for good"),
            "L503",
            "warning",
            "has moved (since 1 March 2026). Moved for good. Seen",
            "Write 'https://ferry.example/new' if",
        ),
        (record("moved", final_url="javascript:alert(1)"), "L503", "warning", "has moved", "See where it leads"),
        (record("soft-404"), "L504", "error", "answers, but the page is gone (since", "No archive was asked"),
        (record("soft-404", mementos={"2020-09-09": COPY}), "L504", "warning", "gone (since", f"{COPY!r}"),
        (record("restricted"), "L505", "info", "turns programs away (since", "Open it yourself"),
        (record("restricted", mementos={"x": COPY}), "L505", "info", "turns programs away", f"is at {COPY!r}"),
        (record("insecure"), "L506", "warning", "is insecure (since", "No archive"),
        (record("unreachable", visits=5, spacing=10), "L510", "warning", "gives no answer (since 1 March", ""),
        (record("refused", reason="A private address."), "L511", "info", "is not visited (since", ""),
    ],
)
def test_each_verdict_has_its_rule(ledger, code, severity, message, hint):
    """Verdict, since when, the evidence in words; then what to do. A dead link with a copy weighs less."""
    (finding,) = found(ledger, today=date(2026, 4, 20))
    assert (finding.rule, finding.severity.value) == (code, severity)
    assert repr(URL) in finding.message
    assert message in finding.message
    assert hint in finding.hint
    assert (finding.raw, finding.footnote) == (URL, "2")


@pytest.mark.parametrize(
    "ledger",
    [
        None,
        record("live", visits=1),
        record("unchecked", visits=0),
        record("unreachable", visits=4, spacing=20),
        record("unreachable", visits=5, spacing=1, since=date(2026, 3, 22)),
        record("live", visits=1, mementos={"2020-09-09": COPY}),
        record("live", visits=1, mementos={"2020-09-09": "refused"}),
    ],
)
def test_what_is_well_is_let_pass(ledger):
    """Nothing is said of a live link, of one that was not visited yet, or of a server that is down for some days."""
    assert found(ledger, today=date(2026, 4, 20)) == []


def test_no_answer_counts_from_today():
    """After five visits the record stands still; without a today only the visits themselves are known."""
    ledger = record("unreachable", visits=5, spacing=2)
    assert [found(ledger, today=date(2026, 3, 30)), found(ledger, today=None)] == [[], []]
    assert [one.rule for one in found(ledger, today=date(2026, 3, 31))] == ["L510"]


@pytest.mark.parametrize(
    ("verdict", "today", "codes"),
    [
        ("live", date(2026, 5, 2), []),
        ("live", date(2026, 5, 3), ["L509"]),
        ("live", None, []),
        ("live", date(2026, 1, 1), []),
        ("dead", date(2026, 6, 27), ["L501"]),
        ("dead", date(2026, 6, 28), ["L501", "L509"]),
        ("refused", date(2027, 1, 1), ["L511"]),
    ],
)
def test_old_visits(verdict, today, codes):
    """Twice the age at which an audit looks again is old, four times for what is gone; without a today nothing is."""
    assert [one.rule for one in found(record(verdict), today=today)] == codes


def test_no_memento_only_where_one_was_asked_for():
    """A live link that no archive has is reported once one was asked; the way out is to have one made."""
    (finding,) = found(record("live", visits=1, mementos={"2020-09-09": "none"}))
    assert (finding.rule, finding.severity) == ("L508", Severity.INFO)
    assert "regesta save" in finding.hint
    dead = found(record("dead", mementos={"2020-09-09": "none"}))
    assert [one.rule for one in dead] == ["L501", "L508"]
    assert "regesta save" not in dead[1].hint
    assert "has no copy" in dead[0].hint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<https://ferry(.)example/a>", "L511"),
        ("[a](https://exa%20mple.org:port/)", "L511"),
        ("[a](#)", "L511"),
        ("[a](mailto:ada@ferry.example)", "L511"),
        ("[a](ftp://ferry.example/a)", "L511"),
        ("[a](www.ferry.example)", "L511"),
        ("[a](../2019/b.md)", None),
        ("[a](entity:ada-kell)", None),
        ("[a](#fn1)", None),
    ],
)
def test_what_is_never_visited_is_said(text, code):
    """Whatever is no address to visit is named with the reason; a link within the archive is none."""
    findings = found(text=f"[^2]: See {text}.")
    assert [one.rule for one in findings] == ([code] if code else [])
    assert all("is not visited. " in one.message and one.message.endswith(".") for one in findings)


def test_a_defanged_place_is_not_visited_where_another_is():
    """One address, two places: the good one has the verdict, the defanged one is said not to be visited."""
    findings = found(record("dead"), text=f"[^2]: <{URL}> and <https://ferry(.)example/a>.")
    assert [(one.rule, one.raw) for one in findings] == [("L501", URL), ("L511", "https://ferry(.)example/a")]


@pytest.mark.parametrize(
    ("says", "codes", "words"),
    [
        ("say: live, by: Ada, on: 2026-05-03, why: I saw it", [], ""),
        ("say: dead, by: Ada, on: 2026-05-03, why: she says so", ["L501"], "by Ada on 3 May 2026. she says so."),
        ("say: skip, why: it costs money", ["L511"], "is not visited: decided by a person. it costs money."),
        ("replaced_by: https://new.example/", ["L501"], "Write 'https://new.example/'"),
        (f"memento: '{COPY}'", ["L501"], f"as well: {COPY!r}"),
        ("say: live, until: 2026-03-19", ["L501"], "is dead (since 1 March 2026)"),
    ],
)
def test_people_are_believed(says, codes, words):
    """A decision takes the place of the verdict, or names the copy or the new address, while it holds."""
    findings = found(record("dead"), decisions=f"- {{url: '{URL}', {says}}}")
    is_helped = "replaced_by" in says or "memento" in says
    assert all(one.severity is Severity.WARNING for one in findings if is_helped)
    assert [one.rule for one in findings] == codes
    assert all(words in str(one) for one in findings)


def test_a_finding_stands_where_the_link_is():
    """Line, column, end and offset are those of the address, also behind letters of two bytes."""
    source = f"\ufeffé <{URL}>\n\nLast[^2]\n\n[^2]: Sée <{URL}>.\n".encode()
    document = read_document("a.md", source)
    cited = [("a.md", "", None, link) for link in cited_links(document)]
    findings = check_states(join_states(cited, {URL: record("dead")}), today=TODAY)
    assert [(one.place.line, one.footnote) for one in findings] == [(1, None), (5, "2")]
    lines = source.decode("utf-8-sig").split("\n")
    for one in findings:
        place = one.place
        assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == URL
        assert source[place.offset :].startswith(URL.encode())


def test_the_order_is_that_of_files_and_places():
    """Findings of many addresses come in the order of the sources."""
    text = "[^2]: <https://z.example/> <https://a.example/>."
    ledger = {url: record("dead", url=url) for url in ("https://z.example/", "https://a.example/")}
    document = read_document("a.md", f"x[^2]\n\n{text}\n".encode())
    cited = [("a.md", "", None, link) for link in cited_links(document)]
    findings = check_states(join_states(cited, ledger), today=TODAY)
    assert [one.raw for one in findings] == ["https://z.example/", "https://a.example/"]


def test_no_check_runs_them():
    """A link that dies overnight must not turn the offline check red."""
    rules = [rule for rule in RULES.values() if rule.code.startswith("L")]
    assert [rule.of for rule in rules] == [Subject.LINK_STATE] * 10
    document = read_document("a.md", f"x[^2]\n\n[^2]: <{URL}>\n".encode())
    assert check_document(document, None, Context(), selection=Selection(["L"])) == []


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ({}, [("L501", "error")]),
        ({"ignore": "L5"}, []),
        ({"ignore": "dead"}, []),
        ({"severity": {"L501": "info"}}, [("L501", "info")]),
        ({"per_file": {"briefs/*.md": "L501"}}, []),
    ],
)
def test_settings_know_them(options, left):
    """They are chosen, weighed and left out as any other rule."""
    settings = read_settings(("a", options)) if options else Settings()
    findings = found(record("dead"), selection=settings.selection)
    kept = hold_back(
        findings, settings=settings, selection=settings.selection, below="src/", now=TODAY, complete=False
    ).findings
    assert [(one.rule, one.severity.value) for one in kept] == left


EXCEPTION = "- {rule: L501, link: ferry.example, why: it comes back in spring}\n"


def test_an_exception_holds_one_back():
    """An exception by rule and host holds a dead link back."""
    held = hold_back(
        found(record("dead")),
        read_exemptions(EXCEPTION, "exceptions.yml"),
        settings=Settings(),
        selection=Selection(),
        below="src/",
        now=TODAY,
        complete=True,
        looked_at=Subject.LINK_STATE,
    )
    assert (held.findings, held.held) == ([], 1)


@pytest.mark.parametrize(("looked_at", "codes"), [(Subject.LINK_STATE, ["B319"]), (~Subject.LINK_STATE, [])])
def test_an_unused_exception_is_known_by_whoever_looks(looked_at, codes):
    """The offline check cannot tell whether an exception from L501 is of use, and says nothing; a report can."""
    held = hold_back(
        [],
        read_exemptions(EXCEPTION, "exceptions.yml"),
        settings=Settings(),
        selection=Selection(),
        below="",
        now=TODAY,
        complete=True,
        looked_at=looked_at,
    )
    assert [one.rule for one in held.findings] == codes
