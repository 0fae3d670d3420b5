"""The dates that a text speaks of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.briefs import read_document
from regesta.model.dates import Precision, parse_date
from regesta.model.month_names import MONTH_NAMES
from regesta.model.spoken_dates import SpokenDate, find_dates


def dates(text: str, own: str = "2020-09-10") -> tuple[SpokenDate, ...]:
    """Find the dates of a text of a day."""
    document = read_document("briefs/a.md", f"---\ntitle: A\n---\n{text}\n".encode())
    return find_dates(document.body.blocks, parse_date(own) if own else None)


def said(text: str, own: str = "2020-09-10") -> list[str]:
    """Give the same in short: `~` for what was inferred, `..` for a range."""
    return [
        f"{'~' if one.inferred else ''}{one.first}{f'..{one.last}' if one.last != one.first else ''}"
        for one in dates(text, own)
    ]


ONE_DAY = (
    "on 9 September 2020",
    "On September 9, 2020, they met",
    "on September 9th 2020",
    "the 9th of September, 2020",
    "Sept. 9, 2020",
    "9 Sep 2020",
    "9 września 2020 r.",
    "9 сентября 2020 года",
    "9-го сентября 2020 г.",
    "9 вересня 2020 року",
    "9 верасня 2020 года",
    "am 9. September 2020",
    "2020-09-09",
    "09.09.2020",
    "9.9.2020",
    "at 18:30, September 9, 2020",
    "9\u00a0September\u00a02020",
    "*9* September 2020",
    "9 SEPTEMBER 2020",
)


@pytest.mark.parametrize("text", ONE_DAY)
def test_a_day_with_its_year_is_read(text: str) -> None:
    """Each language's way to write a full date gives the same day, and nothing is inferred."""
    assert said(text) == ["2020-09-09"]


SEVERAL = {
    "9–12 September 2020": ["2020-09-09..2020-09-12"],
    "from 9 to 12 September 2020": ["2020-09-09..2020-09-12"],
    "September 9-12, 2020": ["2020-09-09..2020-09-12"],
    "с 9 по 12 сентября 2020 года": ["2020-09-09..2020-09-12"],
    "od 9 do 12 września 2020": ["2020-09-09..2020-09-12"],
    "vom 9. bis 12. September 2020": ["2020-09-09..2020-09-12"],
    "30 August – 2 September 2020": ["2020-08-30..2020-09-02"],
    "31 декабря – 2 января 2020": ["2019-12-31..2020-01-02"],
    "9 September 2020–12 October 2020": ["2020-09-09..2020-10-12"],
    "on 1, 3 and 5 September 2020": ["2020-09-01", "2020-09-03", "2020-09-05"],
    "9 i 12 września 2020": ["2020-09-09", "2020-09-12"],
    "in September 2020": ["2020-09-01..2020-09-30"],
    "у вересні 2020 року": ["2020-09-01..2020-09-30"],
    "we wrześniu 2020 r.": ["2020-09-01..2020-09-30"],
    "9 May last year": ["2019-05-09"],
    "9 мая прошлого года": ["2019-05-09"],
    "5 czerwca bieżącego roku": ["2020-06-05"],
    "1 March next year": ["2021-03-01"],
    "on 9 September": ["~2020-09-09"],
    "9 вересня": ["~2020-09-09"],
    "On 12 August 2014 it sank. On 9 September it was raised.": ["2014-08-12", "~2014-09-09"],
}


@pytest.mark.parametrize(("text", "expected"), SEVERAL.items())
def test_ranges_lists_months_and_days_without_a_year(text: str, expected: list[str]) -> None:
    """A range is one date, a list several, a month keeps its precision, and a missing year is marked as inferred."""
    assert said(text) == expected


NONE = (
    "may 9 ships march 10 miles",
    "In September 20 people died.",
    "30 February 2020",
    "31 June",
    "9 мая каждого года",
    "9 May every year",
    "In 2014 the ferry sank on 9 May.",
    "on 11 March",
    "in September",
    "at 18:09 September",
    "€9 September",
    "version 1.9 September",
    "09/10/2020",
    "yesterday and last Monday",
    "12020-09-09",
    "a/2020-09-09/b",
    "`9 September 2020`",
    "[9 September 2020](https://beacon.example/)",
    "<https://beacon.example/2020-09-09>",
    "[^1]\n\n[^1]: 9 September 2020",
    "Maya 9 Marchand 10",
    "September 99",
    "0 September 2020",
    "32 сентября 2020",
)


@pytest.mark.parametrize("text", NONE)
def test_what_is_not_certain_is_not_read(text: str) -> None:
    """Other words, counts, impossible days, links, code, notes, and days that half a year off may be either."""
    assert [one for one in said(text) if not one.startswith("2020-09-01..")] == []


@pytest.mark.parametrize("own", ["", "2020", "XXXX-09-10"])
def test_no_year_is_invented_for_a_brief_without_a_day(own: str) -> None:
    """A brief whose own month is not known gives a day without a year nothing to be near to."""
    assert said("on 9 September, and on 12 August 2014", own) == ["2014-08-12"]


@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)), own=st.dates(date(1901, 1, 1), date(2098, 12, 31)))
def test_the_inferred_year_is_the_nearest(day: date, own: date) -> None:
    """Whatever the brief's date, a day without a year is read within half a year of it, or not at all."""
    found = dates(f"on {day.day} {day:%B}", own.isoformat())
    for one in found:
        assert one.inferred
        assert (one.first.month, one.first.day) == (day.month, day.day)
        assert abs((one.first - own).days) <= 183
    if not found and (day.month, day.day) != (2, 29):
        years = (own.year - 1, own.year, own.year + 1)
        assert min(abs((day.replace(year=year) - own).days) for year in years) >= 181


@given(st.sampled_from(sorted(MONTH_NAMES)), st.integers(1, 28), st.integers(1900, 2099))
def test_every_name_of_a_month_is_read(name: str, day: int, year: int) -> None:
    """Each form of each month, beside a day and a year."""
    assert said(f"{day} {name.capitalize()} {year}") == [f"{year}-{MONTH_NAMES[name]:02}-{day:02}"]


@given(st.text(alphabet="9 12.–-,SeptembrMayмаяof2020andto:/ \n", max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    """No text breaks the reading, and each date stands where it says."""
    for one in dates(text):
        assert one.text[one.start : one.end] == one.spelling
        assert one.spelling in one.sentence
        assert one.first <= one.last
        assert all(one.first <= day <= one.last for day in one.days)


def test_a_long_range_speaks_of_its_ends() -> None:
    """A range of more than a month is not a sentence about each of its days."""
    one = dates("1 March 2020 – 1 September 2020")[0]
    assert one.days == (date(2020, 3, 1), date(2020, 9, 1))
    assert dates("9–12 September 2020")[0].days == tuple(date(2020, 9, day) for day in (9, 10, 11, 12))
    month = dates("in September 2020")[0]
    assert (month.precision, month.days) == (Precision.MONTH, ())


def test_a_chronicle_says_what_happened() -> None:
    """Where a date is all of a sentence, the next one belongs to it; where nothing follows, it stands alone."""
    one, two, last = dates("10 March 2021. No boat sails. The sea is calm. 11 March 2021: all sail.\n\n12 March 2021.")
    assert one.sentence == "10 March 2021. No boat sails."
    assert two.sentence == "11 March 2021: all sail."
    assert (last.sentence, last.at) == ("12 March 2021.", 0)


def test_a_date_knows_its_paragraph() -> None:
    """A date in a paragraph leads there by number; one in a heading cannot."""
    first, second = dates("# On 9 September 2020\n\nMore. On 12 August 2020 it sank.\n")
    assert (first.linkable, second.linkable, second.number) == (False, True, 2)
    assert second.sentence == "On 12 August 2020 it sank."
    assert second.sentence[second.at :].startswith("12 August 2020")
