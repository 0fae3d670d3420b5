"""Datelines: what is a date, what stands beside it, and what is no date at all."""

from __future__ import annotations

import pytest

from regesta.importing.dateline import read_dateline
from regesta.importing.found_date import find_date


@pytest.mark.parametrize(
    ("text", "date", "rest"),
    [
        ("September 9, 2020, 6:00pm EDT Norland Update", "2020-09-09T18:00:00-04:00", "Norland Update"),
        ("Norland Update, September 9, 2020", "2020-09-09", "Norland Update"),
        ("12 October 2021", "2021-10-12", ""),
        ("Tuesday, 12 October 2021", "2021-10-12", ""),
        ("12th of October 2021", "2021-10-12", ""),
        ("Published: Oct. 12, 2021", "2021-10-12", ""),
        ("12.10.2021", "2021-10-12", ""),
        ("13/10/2021", "2021-10-13", ""),
        ("2021-10-12 18:30 UTC", "2021-10-12T18:30:00+00:00", ""),
        ("2021-10-12T18:30:00+02:00", "2021-10-12T18:30:00+02:00", ""),
        ("12 October 2021, 18.30 CEST", "2021-10-12T18:30:00+02:00", ""),
        ("12 October 2021 at 6 p.m. (GMT+3)", "2021-10-12T18:00:00+03:00", ""),
        ("12 October 2021, 12:15 am EST", "2021-10-12T00:15:00-05:00", ""),
        ("October 2021", "2021-10", ""),
        ("2021", "2021", ""),
        ("September 10-15, 2020", "2020-09-10/2020-09-15", ""),
        ("10–15 September 2020", "2020-09-10/2020-09-15", ""),
        ("28 September – 3 October 2020", "2020-09-28/2020-10-03", ""),
        ("December 28, 2020 – January 3, 2021", "2020-12-28/2021-01-03", ""),
        ("14 September", "XXXX-09-14", ""),
        ("9 września 2020 r.", "2020-09-09", ""),
        ("9 сентября 2020 г.", "2020-09-09", ""),
        ("9 вересня 2020 року", "2020-09-09", ""),
        ("9 верасня 2020", "2020-09-09", ""),
        ("9. September 2020", "2020-09-09", ""),
        ("9 octobre 2020", "2020-10-09", ""),
        ("Sudport, 12 October 2021", "2021-10-12", "Sudport"),
    ],
)
def test_reads_datelines(text: str, date: str, rest: str) -> None:
    """Six languages and the ways of writing a date, with no more precision than is written."""
    dateline = read_dateline(text)
    assert dateline is not None
    assert (str(dateline.date), dateline.rest) == (date, rest)


def test_reads_the_number_of_an_issue() -> None:
    """A number beside the date is the issue's."""
    dateline = read_dateline("No. 67 (1234), 12 October 2021")
    assert dateline is not None
    assert (str(dateline.date), dateline.number, dateline.rest) == ("2021-10-12", "67 (1234)", "")


def test_keeps_a_time_whose_zone_it_does_not_know() -> None:
    """The time is kept without a zone, and a note says so."""
    dateline = read_dateline("12 October 2021, 18:30 XYZ")
    assert dateline is not None
    assert str(dateline.date) == "2021-10-12T18:30:00"
    assert dateline.note is not None
    assert "XYZ" in dateline.note


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "may",
            "It may take five years",
            "five years",
            "1999 boats",
            "09/10/2021",
            "31 February 2021",
            "3 boats 2021",
        ),
        *("On 14 September, the council met in Sudport.", "Nothing was decided by 12 October 2021, the council said."),
        "x" * 10_000,
    ],
)
def test_makes_up_no_date(text: str) -> None:
    """Sentences, verbs, ambiguous figures and days that no calendar has are no datelines."""
    assert read_dateline(text) is None


def test_leaves_open_what_is_not_written() -> None:
    """A date in a sentence without a year has none."""
    found = find_date("The summit of 14 September was long.")
    assert found is not None
    assert str(found.date) == "XXXX-09-14"
