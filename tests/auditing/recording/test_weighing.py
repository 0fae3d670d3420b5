"""What visits amount to: a page that is there at once, one that is gone when different days confirm it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.auditing.recording.confirming import Confirm
from regesta.auditing.recording.weighing import weigh
from regesta.model.decisions import Decision
from regesta.model.ledger import LinkRecord, write_line
from regesta.model.ledger_reading import read_ledger
from regesta.model.verdicts import Observation, Verdict

URL = "https://a.example/"
FIRST = date(2026, 3, 1)
SAYS = {
    "L": Verdict.LIVE,
    "M": Verdict.MOVED,
    "D": Verdict.DEAD,
    "S": Verdict.SOFT_404,
    "R": Verdict.RESTRICTED,
    "I": Verdict.INSECURE,
    "U": Verdict.UNREACHABLE,
    "X": Verdict.REFUSED,
}
GONE = {Verdict.DEAD, Verdict.SOFT_404}


def visits(text):
    """Read visits such as `L0 D28`: what was said, and on which day."""
    return [
        Observation(FIRST + timedelta(int(day)), "", SAYS[letter], 200, "", None, f"{letter}{day}")
        for letter, *rest in text.split()
        if (day := "".join(rest))
    ]


def after(observations, confirm=Confirm(), record=None):  # noqa: B008 - a frozen value
    """Weigh visits one after the other."""
    for observation in observations:
        record = weigh(record, observation, url=URL, confirm=confirm)
    return record


def told(record):
    """Write a record as the tables do: verdict, first day, failures, pending, and the visits that it holds."""
    held = " ".join(observation.reason for observation in record.evidence)
    return f"{record.verdict} {(record.since - FIRST).days} {record.failures}/{record.pending} {held}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The first visit.
        ("L0", "live 0 0/0 L0"),
        ("M0", "moved 0 0/0 M0"),
        ("D0", "failing 0 1/0 D0"),
        ("S0", "failing 0 1/0 S0"),
        ("R0", "restricted 0 0/0 R0"),
        ("I0", "insecure 0 0/0 I0"),
        ("U0", "unreachable 0 1/0 U0"),
        ("X0", "refused 0 0/0 X0"),
        # The same once more changes nothing.
        ("L0 L28", "live 0 0/0 L0"),
        ("M0 M28", "moved 0 0/0 M0"),
        ("R0 R28", "restricted 0 0/0 R0"),
        # A page that is gone: three visits, on different days, over six days.
        ("L0 D28 D31", "failing 28 2/0 D28 D31"),
        ("L0 D28 D31 D34", "dead 28 3/0 D28 D31 D34"),
        ("L0 D28 D29 D30", "failing 28 2/0 D28 D29"),
        ("L0 D28 D29 D30 D31 D34", "dead 28 3/0 D28 D29 D34"),
        ("L0 D28 D34", "failing 28 2/0 D28 D34"),
        ("L0 D28 D28 D28 D34 D34", "failing 28 2/0 D28 D34"),
        ("D0 D3 D6 D9 D90", "dead 0 3/0 D0 D3 D6"),
        ("S0 S3 S6", "soft-404 0 3/0 S0 S3 S6"),
        ("D0 D3 S6", "soft-404 0 3/0 D0 D3 S6"),
        ("D0 S3 D6", "dead 0 3/0 D0 S3 D6"),
        ("M0 D3 D6 D9", "dead 3 3/0 D3 D6 D9"),
        ("R0 D3", "failing 3 1/0 D3"),
        ("U0 D3", "failing 3 1/0 D3"),
        ("X0 D3", "failing 3 1/0 D3"),
        # One that is there again.
        ("D0 L3", "live 3 0/0 L3"),
        ("D0 D3 D6 L9", "live 9 0/0 L9"),
        ("D0 D3 L6 D9", "failing 9 1/0 D9"),
        ("D0 D3 D6 M9", "moved 9 0/0 M9"),
        ("U0 U3 L6", "live 6 0/0 L6"),
        ("M0 L3", "live 3 0/0 L3"),
        ("R0 M3", "moved 3 0/0 M3"),
        ("L0 D28 L28", "live 28 0/0 L28"),
        # From live: whatever else is not believed at once.
        ("L0 M3", "live 0 0/1 L0 M3"),
        ("L0 M3 M6 M9", "moved 3 0/0 M3 M9"),
        ("L0 R3", "live 0 0/1 L0 R3"),
        ("L0 R3 R3", "live 0 0/1 L0 R3"),
        ("L0 R3 R6", "live 0 0/2 L0 R3 R6"),
        ("L0 R3 R6 R9", "restricted 3 0/0 R3 R9"),
        ("L0 R3 R4 R5", "live 0 0/2 L0 R3 R4"),
        ("L0 R3 R6 L9", "live 0 0/0 L0"),
        ("L0 R3 R6 D9", "failing 9 1/0 D9"),
        ("L0 R3 M6", "live 0 0/1 L0 M6"),
        ("L0 R3 U6 I9", "insecure 3 0/0 R3 I9"),
        ("L0 R3 R6 U9", "unreachable 3 3/0 R3 U9"),
        ("M0 R3 R6 R9", "restricted 3 0/0 R3 R9"),
        ("L0 X3 X6 X9", "refused 3 0/0 X3 X9"),
        # From dead: no other evil is believed at once.
        ("D0 D3 D6 U9", "dead 0 3/1 D0 U9"),
        ("D0 D3 D6 U9 U12", "dead 0 3/2 D0 U9 U12"),
        ("D0 D3 D6 U9 U12 U15", "unreachable 9 3/0 U9 U15"),
        ("D0 D3 D6 U9 D12", "dead 0 3/0 D0"),
        ("D0 D3 D6 S9 S12 S15", "soft-404 9 3/0 S9 S15"),
        ("D0 D3 D6 S9 U12", "dead 0 3/1 D0 U12"),
        # While it is failing, silence in between neither counts nor breaks the row.
        ("D0 U3", "failing 0 1/1 D0 U3"),
        ("D0 U3 D6", "failing 0 2/0 D0 D6"),
        ("D0 U3 D6 U9 D12", "dead 0 3/0 D0 D12"),
        ("D0 U0 D0", "failing 0 1/1 D0 U0"),
        ("D0 D3 U3 D3", "failing 0 2/1 D0 U3"),
        ("D0 U3 U6 U9", "unreachable 3 3/0 U3 U9"),
        # No answer is counted to five, and never becomes dead.
        ("U0 U3 U6", "unreachable 0 3/0 U0 U3 U6"),
        ("U0 U3 U6 U9 U12", "unreachable 0 5/0 U0 U9 U12"),
        ("U0 U3 U6 U9 U12 U15 U90", "unreachable 0 5/0 U0 U9 U12"),
        ("U0 U0 U1", "unreachable 0 2/0 U0 U1"),
        ("U0 R3 U6", "unreachable 6 1/0 U6"),
        # What comes late is known better already.
        ("L9 D3", "live 9 0/0 L9"),
        ("D0 D6 L3", "failing 0 2/0 D0 D6"),
    ],
)
def test_the_machine(text, expected):
    """Verdict, its first day, days that count for and against it, and the visits that are kept."""
    assert told(after(visits(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L0 D3", "dead 3 1/0 D3"),
        ("L0 S3", "soft-404 3 1/0 S3"),
        ("L0 R3", "restricted 3 0/0 R3"),
        ("L0 M3", "moved 3 0/0 M3"),
        ("D0 U3", "unreachable 3 1/0 U3"),
    ],
)
def test_the_first_visit_decides_where_one_is_enough(text, expected):
    """With `--confirm 1` nothing is ever pending."""
    assert told(after(visits(text), Confirm(1, 0))) == expected


OBSERVATIONS = st.lists(
    st.builds(lambda letter, day: (day, f"{letter}{day}"), st.sampled_from(sorted(SAYS)), st.integers(0, 30)),
    max_size=14,
).map(lambda pairs: visits(" ".join(text for _, text in sorted(pairs, key=lambda pair: pair[0]))))
CONFIRMS = st.builds(Confirm, st.integers(2, 4), st.integers(0, 9)) | st.just(Confirm(1, 0))


@given(OBSERVATIONS, CONFIRMS)
def test_never_gone_without_its_days(observations, confirm):
    """Since the page was last there, so many different days have said that it is gone, and so far apart."""
    record, run = None, []
    for observation in observations:
        record = weigh(record, observation, url=URL, confirm=confirm)
        run = [] if observation.says in {Verdict.LIVE, Verdict.MOVED} and record.verdict is observation.says else run
        run += [observation.at] if observation.says in GONE else []
        if record.verdict.is_gone:
            assert len(set(run)) >= confirm.visits
            assert (max(run) - min(run)).days >= confirm.days


@given(OBSERVATIONS, CONFIRMS)
def test_never_away_from_live_without_its_days(observations, confirm):
    """No verdict but `failing` follows `live` before so many different days have spoken against it."""
    record, against = None, set()
    for observation in observations:
        before = record
        record = weigh(record, observation, url=URL, confirm=confirm)
        against = set() if observation.says is Verdict.LIVE else against | {observation.at}
        if before and before.verdict is Verdict.LIVE and record.verdict not in {Verdict.LIVE, Verdict.FAILING}:
            assert len(against) >= confirm.visits


@given(OBSERVATIONS, CONFIRMS)
def test_live_in_one_step(observations, confirm):
    """Whatever is on record, a page that answers is live."""
    record = after([*observations, *visits("L30")], confirm)
    assert record.verdict is Verdict.LIVE
    assert record.pending == 0


@given(OBSERVATIONS, CONFIRMS)
def test_a_visit_told_twice_counts_once(observations, confirm):
    """A run that was cut off and is taken up again changes nothing more; the very same object is given back."""
    record = None
    for observation in observations:
        record = weigh(record, observation, url=URL, confirm=confirm)
        assert weigh(record, observation, url=URL, confirm=confirm) is record


@given(OBSERVATIONS, CONFIRMS)
def test_a_day_replayed_ends_as_it_ended(observations, confirm):
    """The visits of a last day may be weighed again, all of them, after a ledger that holds them was written."""
    once = after(observations, confirm)
    last = [observation for observation in observations if observation.at == observations[-1].at]
    again = after(last, confirm, once)
    assert (again and again.verdict, again and again.failures) == (once and once.verdict, once and once.failures)


@given(OBSERVATIONS, CONFIRMS)
def test_a_run_of_evidence_changes_a_line_no_oftener_than_it_must(observations, confirm):
    """However often an address is visited: once for each visit that is asked for, and five times without an answer."""
    records = [None]
    for observation in observations:
        records.append(weigh(records[-1], observation._replace(says=observations[0].says), url=URL, confirm=confirm))
    assert len({id(record) for record in records}) - 1 <= max(5, confirm.visits)
    for says in (Verdict.DEAD, Verdict.RESTRICTED):
        record, changes = after(visits("L0")), 0
        for day in range(1, 60):
            before = record
            record = weigh(record, visits(f"D{day}")[0]._replace(says=says), url=URL, confirm=confirm)
            changes += record is not before
        assert changes == confirm.visits
        assert record.verdict is says


@given(OBSERVATIONS, CONFIRMS)
def test_a_record_is_whole(observations, confirm):
    """At most three visits, the first that speaks for the verdict among them, and a line that can be read again."""
    if (record := after(observations, confirm)) is None:
        return
    assert 1 <= len(record.evidence) <= 3
    assert record.evidence[0].at == record.since
    assert [observation.at for observation in record.evidence] == sorted(one.at for one in record.evidence)
    found = read_ledger(write_line(record), is_copy=lambda _memento, _url: False, today=date(2026, 11, 26))
    assert found.records == {URL: record}
    assert found.problems == ()


SPOILT = st.builds(
    LinkRecord,
    url=st.just(URL),
    verdict=st.sampled_from(Verdict),
    since=st.just(FIRST),
    failures=st.integers(0, 9),
    pending=st.integers(0, 9),
    evidence=st.integers(0, 3).map(lambda length: tuple(visits("D0 R1 L2")[:length])),
)


@given(SPOILT, OBSERVATIONS)
def test_a_record_that_a_hand_has_spoilt_is_no_exception(record, observations):
    """Counts that do not fit the evidence, or evidence that is not there, end in some verdict."""
    assert len(after(observations, record=record).evidence) <= 3


@pytest.mark.parametrize("says", [Verdict.FAILING, Verdict.UNCHECKED])
def test_what_no_visit_can_say(says):
    """It is refused, whoever says it."""
    with pytest.raises(ValueError, match="Not what one visit can say"):
        weigh(None, visits("L0")[0]._replace(says=says), url=URL, confirm=Confirm())


def test_what_comes_from_outside_is_made_fit_for_a_line():
    """Control characters go, what is too long is cut, an address that is none is left out."""
    hostile = visits("M0")[0]._replace(reason="\x1b[2J::error::" + "x" * 5000, final_url="javascript:alert(1)")
    record = weigh(None, hostile, url=URL, confirm=Confirm())
    assert record.reason.startswith("[2J::error::x")
    assert len(record.reason) == 1000
    assert record.final_url == ""
    named = weigh(None, hostile._replace(final_url="HTTPS://B.example/../x"), url=URL, confirm=Confirm())
    assert named.final_url == "https://b.example/x"


def test_mementos_survive_every_verdict():
    """What an archive holds does not depend on whether the page is there."""
    record = LinkRecord(url=URL, verdict=Verdict.UNCHECKED, since=FIRST, mementos={"2020": "none"})
    for observation in visits("L0 R3 L6 D9 D12 D15 U18 U21 U24 L27"):
        record = weigh(record, observation, url=URL, confirm=Confirm())
        assert record.mementos == {"2020": "none"}


def decision(**fields):
    """Make a decision."""
    return Decision(**{"url": URL, "host": "", "say": "", "why": "", "by": "", "on": None, **fields})
