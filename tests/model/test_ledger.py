"""What is written into the ledger is read again, and whatever else stands there is told and does no harm."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.ledgers import RECORDS, is_copy, live

from regesta.model.ledger import merge_records, write_line, write_lines
from regesta.model.ledger_reading import read_ledger
from regesta.model.verdicts import Verdict

DAY = date(2026, 3, 1)
LINE = write_line(live())


def read(text, today=date(2026, 11, 26)):
    """Read a ledger."""
    return read_ledger(text, is_copy=is_copy, today=today)


@given(st.lists(RECORDS, max_size=4, unique_by=lambda record: record.url))
def test_what_is_written_is_read(records):
    """Every record, in order of address, and writing it once more gives the same bytes."""
    text = write_lines(records)
    found = read(text)
    assert list(found.records.values()) == sorted(records, key=lambda record: record.url)
    assert (found.problems, found.damaged, found.is_settled) == ((), (), True)
    assert write_lines(found.records.values()) == text
    assert text.isascii()


@given(st.permutations(range(4)), st.lists(RECORDS, min_size=4, max_size=4))
def test_of_duplicates_the_newer_evidence_wins_in_whatever_order(order, records):
    """Two branches that merge into each other come to the same ledger."""
    url = records[0].url
    lines = [write_line(record).replace(json.dumps(record.url), json.dumps(url), 1) for record in records]
    one, other = read("".join(lines)), read("".join(lines[place] for place in order))
    assert one.records == other.records
    visited = [record for record in records if record.verdict is not Verdict.UNCHECKED]
    assert one.records[url].last_evidence == max(record.last_evidence for record in visited or records)


def test_a_record_says_what_it_must_and_no_more():
    """What evidence shares with its record is not said twice: a live link takes about 200 bytes."""
    assert LINE == (
        '{"url":"https://a.example/","verdict":"live","since":"2026-03-01","reason":"It answers.",'
        '"evidence":[{"at":"2026-03-01","status":200}]}\n'
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("2026-03-01", "2026-02-30"), "not a day (expected YYYY-MM-DD, from 1991 on): '2026-02-30'"),
        (('"since":"2026-03-01"', '"since":"20260301"'), "not a day"),
        (('"since":"2026-03-01"', '"since":"2020-W01-1"'), "not a day"),
        (('"since":"2026-03-01"', '"since":"0001-01-01"'), "not a day"),
        (('"since":"2026-03-01"', '"since":["x"]'), "expected text in 'since', found ['x']"),
        (('"since":"2026-03-01",', ""), "expected text in 'since', found None"),
        (('"live"', '"lively"'), "unknown verdict 'lively', expected one of live, moved"),
        (('"live"', "null"), "expected text in 'verdict'"),
        (("200", "200.5"), "expected a status from 0 to 999, found 200.5"),
        (("200", "true"), "expected a status"),
        (("200", "-1"), "expected a status"),
        (("200", "NaN"), "NaN is no number"),
        (("200", "1e999"), "expected a status"),
        (("200", "9" * 5000), "a number is too long"),
        (('"status":200', '"status":200,"status":404'), "the field 'status' is given twice"),
        (('"url"', '"url":"https://b.example/","url"'), "the field 'url' is given twice"),
        (('"status"', '"colour"'), "unknown field 'colour'"),
        (('"reason"', '"raison"'), "unknown field 'raison'"),
        (("https:", "ftp:"), "'url' is no http or https address: 'ftp://a.example/'"),
        (("https:", "javascript:"), "'url' is no http or https address"),
        (('"https://a.example/"', "7"), "expected an address in 'url', found 7"),
        (("example/", "example/" + "x" * 20_000), "'url' is longer than 16,384 characters"),
        (("It answers.", "x" * 1001), "'reason' is longer than 1,000 characters"),
        (("It answers.", "\t"), "no JSON: Invalid control character"),
        (("It answers.", "\x7f\ud800"), "not UTF-8"),
        (('[{"at"', '[{},{},{},{"at"'), "at most 3 observations"),
        (('[{"at":"2026-03-01","status":200}]', "{}"), "at most 3 observations"),
        (('[{"at":"2026-03-01","status":200}]', "[[]]"), "expected an observation in 'evidence', found []"),
        (('"status"', '"says":"failing","status"'), "no visit can say 'failing'"),
        (('"status"', '"says":"x","status"'), "no visit can say 'x'"),
        (('"status"', '"failure":"x","status"'), "unknown failure 'x'"),
        (('"reason"', '"failures":-1,"reason"'), "expected a number from 0 to 1,000,000 in 'failures', found -1"),
        (('"reason"', '"pending":"1","reason"'), "in 'pending', found '1'"),
        (('"reason"', '"mementos":[],"reason"'), "mementos by day, found []"),
        (('"reason"', '"mementos":{"yesterday":"none"},"reason"'), "not the date of a brief: 'yesterday'"),
        (('"reason"', '"mementos":{"2020":null},"reason"'), "expected the address of a memento, found None"),
        (("}\n", "} x\n"), "no JSON: Extra data"),
        (("}\n", "}{}\n"), "no JSON: Extra data"),
        ((LINE[:-1], "[" * 50_000), "nested too deep"),
        ((LINE[:-1], '{"a":' * 50_000), "nested too deep"),
        ((LINE[:-1], "[]"), "expected an object in braces, found '[]'"),
        ((LINE[:-1], "x" * 60), "no JSON: expected an object in braces, found 'xxx"),
        ((LINE[:-1], '{"a"'), "no JSON: "),
        ((LINE[:-1], " " * 2_000_000 + "x"), "longer than 1,000,000 characters"),
        ((LINE[:-1], "::error::\x1b[2J"), r"'::error::\x1b[2J'"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_a_damaged_line_is_told_and_kept(change, words):
    """It says nothing, the others are read, and it is given back as it stands, to be written again."""
    line = LINE.replace(*change, 1)
    found = read(f"{write_line(live('https://0.example/'))}{line}{write_line(live('https://z.example/'))}")
    assert list(found.records) == ["https://0.example/", "https://z.example/"]
    ((number, message, hint, _),) = found.problems
    assert number == 2
    assert words in message
    assert "kept as it is" in hint
    assert message.isprintable()
    assert len(message) < 400
    assert found.damaged == (line.rstrip("\n"),)


@pytest.mark.parametrize(
    ("change", "url", "words"),
    [
        (("https://a.example/", "HTTPS://A.example"), "https://a.example/", "read as 'https://a.example/'"),
        (("https://a.example/", "https://a.example/x/../y"), "https://a.example/y", "read as"),
        (("answers", r"\u001b\ud800answers"), "https://a.example/", "control characters and line ends are left out"),
        (('"reason"', '"final_url":"javascript:alert(1)","reason"'), "https://a.example/", "'final_url' is no normal"),
        (('"reason"', '"final_url":"https://B.example","reason"'), "https://a.example/", "'final_url' is no normal"),
    ],
)
def test_a_field_that_cannot_be_as_it_is_is_told_and_mended(change, url, words):
    """The rest of its record stays."""
    found = read(LINE.replace(*change, 1))
    assert list(found.records.values()) == [live(url)]
    assert [words in message for _, message, *_ in found.problems] == [True]
    assert (found.damaged, found.is_settled) == ((), False)


@pytest.mark.parametrize(
    "memento",
    ["https://evil.example/web/2020/https://a.example/", "javascript:alert(1)", "", "None", "//x", "x" * 40_000],
)
def test_a_memento_that_is_none_is_left_out(memento):
    """The others of the record stay, and the archive is asked again."""
    copy = "https://web.archive.example/web/2020/https://a.example/"
    record = live(mementos={"2020-09-09": copy, "2020-09-10": memento, "2020-09-11": "none", "2020-09-12": "refused"})
    found = read(write_line(record))
    (read_record,) = found.records.values()
    assert read_record.mementos == {"2020-09-09": copy, "2020-09-11": "none", "2020-09-12": "refused"}
    assert [(number, "no memento of this address" in message) for number, message, *_ in found.problems] == [(1, True)]


@pytest.mark.parametrize("place", ["since", "at"])
@pytest.mark.parametrize(("day", "is_believed"), [("2026-11-27", True), ("2026-11-28", False), ("9999-12-31", False)])
def test_a_day_to_come_counts_as_not_visited(place, day, is_believed):
    """Clocks may differ by a day; whoever plants a later one would have the address left alone for ever."""
    copies = {"2020": "none"}
    text = write_line(live(mementos=copies)).replace(f'"{place}":"2026-03-01"', f'"{place}":"{day}"')
    found = read(text)
    (record,) = found.records.values()
    assert (record.verdict is Verdict.LIVE) == is_believed
    assert record.mementos == copies
    assert (found.problems == ()) == is_believed
    assert read(text, today=None).problems == ()


def test_a_conflict_is_named_and_both_sides_are_read():
    """The newer evidence counts, and the markers are not kept: the next ledger is whole again."""
    ours, theirs, other = live(), live(day=date(2026, 5, 1)), live("https://b.example/")
    text = f"<<<<<<< HEAD\n{write_line(ours)}||||||| base\n=======\n{write_line(theirs)}>>>>>>> x\n{write_line(other)}"
    found = read(text)
    assert list(found.records.values()) == [theirs, other]
    assert [number for number, *_ in found.problems] == [1, 3, 4, 6]
    assert all("conflict of git's" in message for _, message, *_ in found.problems)
    assert (found.damaged, found.is_settled) == ((), False)


def test_a_merge_keeps_what_either_side_knows_of_mementos():
    """A copy that may not be kept beats a copy, and a copy beats none."""
    copy = "https://web.archive.example/web/2020/https://a.example/"
    old = live(mementos={"2018": copy, "2019": "refused", "2020": copy, "2021": "none"})
    new = live(day=date(2026, 5, 1), mementos={"2019": copy, "2020": "none", "2021": "none", "2022": copy})
    merged = merge_records(new, old)
    assert merged.since == date(2026, 5, 1)
    assert merged.mementos == {"2018": copy, "2019": "refused", "2020": copy, "2021": "none", "2022": copy}
    assert merged == merge_records(old, new)


@pytest.mark.parametrize("text", ["", "\n\n", " \n", LINE.replace("\n", "\r\n"), f"  {LINE}", LINE.rstrip("\n")])
def test_white_space_is_no_fault(text):
    """Nor are the line ends that another system's git has written."""
    found = read(text)
    assert list(found.records.values()) == ([live()] if text.strip() else [])
    assert found.problems == ()


def test_lines_end_at_line_feeds_alone():
    """A line separator within a reason does not end its line."""
    text = write_line(live(reason="a\u2028b\x85c")).encode().decode("unicode_escape")
    assert "\u2028" in text
    assert [record.reason for record in read(text).records.values()] == ["a bc"]


@given(st.text(max_size=60) | st.text('{}[]",:\\ \nurlveditn0', max_size=60))
def test_whatever_stands_there_is_read_to_its_end(text):
    """No text is an exception; what is not read is kept."""
    found = read(LINE + text)
    assert "https://a.example/" in found.records
    kept = [line for line in text.split("\n") if line.strip()]
    assert len(set(found.damaged)) <= len(set(kept))
    assert len(found.problems) >= len(found.damaged)
