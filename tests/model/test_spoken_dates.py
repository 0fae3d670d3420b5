"""The dates that a text speaks of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.briefs import read_document
from regesta.model.dates import Precision, parse_date
from regesta.model.month_names import MONTH_NAMES
from regesta.model.spoken_dates import SpokenDate, date_ranges, find_dates


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


STATED: dict[str, list[str]] = {
    "The strike lasted between 9 May and 3 June 2023 there.": ["2023-05-09..2023-06-03"],
    "Between 28 February and 1 March 2023 it rained.": ["2023-02-28..2023-03-01"],
    "He came on 9 May and 10 May 2023 to Osk.": ["2023-05-09", "2023-05-10"],
    "from 9 May to 3 June 2023": ["2023-05-09..2023-06-03"],
    "9 May – 3 June 2023": ["2023-05-09..2023-06-03"],
    "9 May, 10 May and 11 May 2023": ["2023-05-09", "2023-05-10", "2023-05-11"],
    "on 9 May, on 10 May and on 11 May 2023": ["2023-05-09", "2023-05-10", "2023-05-11"],
    "Z 1 maja na 2 maja 2023": ["2023-05-01", "2023-05-02"],
    "między 9 maja a 3 czerwca 2023": ["2023-05-09..2023-06-03"],
    "pomiędzy 9 a 12 maja 2023 r.": ["2023-05-09..2023-05-12"],
    "od 9 maja do 3 czerwca 2023 r.": ["2023-05-09..2023-06-03"],
    "z 1 na 2 maja 2023": ["2023-05-01", "2023-05-02"],
    "9 maja i 10 maja 2023 roku": ["2023-05-09", "2023-05-10"],
    "между 9 мая и 3 июня 2023 года": ["2023-05-09..2023-06-03"],
    "с 9 мая по 3 июня 2023 г.": ["2023-05-09..2023-06-03"],
    "с 1 на 2 мая 2023": ["2023-05-01", "2023-05-02"],
    "с 1 мая на 2 мая 2023": ["2023-05-01", "2023-05-02"],
    "9 мая и 10 мая 2023": ["2023-05-09", "2023-05-10"],
    "між 9 травня та 3 червня 2023 року": ["2023-05-09..2023-06-03"],
    "з 9 травня до 3 червня 2023": ["2023-05-09..2023-06-03"],
    "9 травня й 10 травня 2023": ["2023-05-09", "2023-05-10"],
    "паміж 9 мая і 3 чэрвеня 2023 года": ["2023-05-09..2023-06-03"],
    "з 9 траўня па 3 чэрвеня 2023": ["2023-05-09..2023-06-03"],
    "9 траўня і 10 траўня 2023 года": ["2023-05-09", "2023-05-10"],
    "zwischen dem 9. Mai und dem 3. Juni 2023": ["2023-05-09..2023-06-03"],
    "vom 9. Mai bis zum 3. Juni 2023": ["2023-05-09..2023-06-03"],
    "am 9. Mai und am 10. Mai 2023": ["2023-05-09", "2023-05-10"],
    "in der Nacht vom 9. auf den 10. Mai 2023": ["2023-05-09", "2023-05-10"],
    "in der Nacht vom 9. Mai auf den 10. Mai 2023": ["2023-05-09", "2023-05-10"],
    "between 28 December and 3 January 2023": ["2022-12-28..2023-01-03"],
    "from 28 December to 3 January 2023": ["2022-12-28..2023-01-03"],
    "zwischen dem 28. Dezember und dem 3. Januar 2023": ["2022-12-28..2023-01-03"],
    "between 9 and 12 May 2023": ["2023-05-09..2023-05-12"],
    "между 9 и 12 мая 2023": ["2023-05-09..2023-05-12"],
    "zwischen dem 9. und 12. Mai 2023": ["2023-05-09..2023-05-12"],
    "on 9 May (2023)": ["2023-05-09"],
    "On 9 May [2023] he left": ["2023-05-09"],
    "9 May, 2023": ["2023-05-09"],
    "May 9 and June 3, 2023": ["2023-05-09", "2023-06-03"],
    "between May 9 and June 3, 2023": ["2023-05-09..2023-06-03"],
    "May 9 – June 3, 2023": ["2023-05-09..2023-06-03"],
    "between 9 May 2022 and 3 June 2023": ["2022-05-09..2023-06-03"],
    "from 28 December 2022 to 3 January": ["2022-12-28..2023-01-03"],
    "May and June 2023": ["2023-05-01..2023-05-31", "2023-06-01..2023-06-30"],
    "between May and June 2023": ["2023-05-01..2023-05-31", "2023-06-01..2023-06-30"],
    "in May, June and July 2023": ["2023-05-01..2023-05-31", "2023-06-01..2023-06-30", "2023-07-01..2023-07-31"],
    "в мае и июне 2023 года": ["2023-05-01..2023-05-31", "2023-06-01..2023-06-30"],
    "December and January 2023": ["2022-12-01..2022-12-31", "2023-01-01..2023-01-31"],
    "31 December and 1 January 2023": ["2022-12-31", "2023-01-01"],
    "10 December and 9 May 2023": ["2023-05-09"],
    "On 9 May, when it rained, and on 3 June 2023 he came.": ["2023-06-03"],
    "9 May of 2023": ["2023-05-09"],
    "9 мая (2023 года)": ["2023-05-09"],
    "9 мая в 2023 году": ["2023-05-09"],
    "9 maja w 2023 roku": ["2023-05-09"],
    "am 9. Mai im Jahr 2023": ["2023-05-09"],
    "between Tuesday 9 May and Saturday 3 June 2023": ["2023-05-09..2023-06-03"],
    "between Tuesday, 9 May and Saturday, 3 June 2023": ["2023-05-09..2023-06-03"],
    "в ночь с 31 декабря на 1 января 2023 года": ["2022-12-31", "2023-01-01"],
    "9 May and 10 May last year": ["2023-05-09", "2023-05-10"],
    "between 9 May and 3 June last year": ["2023-05-09..2023-06-03"],
    "9 May 1789": ["1789-05-09"],
    "14 July 1789 and 4 August 1789": ["1789-07-14", "1789-08-04"],
    "from 9 May until 3 June, 2023": ["2023-05-09..2023-06-03"],
    "9 May through 3 June 2023": ["2023-05-09..2023-06-03"],
    "On 9 May and 3 June 2023 and 5 July 2022": ["2023-05-09", "2023-06-03", "2022-07-05"],
    "1 and 3 May and 5 June 2023": ["2023-05-01", "2023-05-03", "2023-06-05"],
    "9–12 May and 3–5 June 2023": ["2023-05-09..2023-05-12", "2023-06-03..2023-06-05"],
    "İzmir was on 9 May 2023": ["2023-05-09"],
    "9 May 2023 AD": ["2023-05-09"],
    "Between 9 May and 3 June (2023)": ["2023-05-09..2023-06-03"],
    "between 9 May and 3 June of 2023": ["2023-05-09..2023-06-03"],
    "29 February and 1 March 2023": ["2023-03-01"],
    "On the night of 31 December to 1 January 2023": ["2022-12-31..2023-01-01"],
    "between the 9th of May and the 3rd of June 2023": ["2023-05-09..2023-06-03"],
    "From 9 May up to 3 June 2023": ["2023-05-09..2023-06-03"],
    "Od poniedziałku, 1 maja do piątku, 5 maja 2023": ["2023-05-01..2023-05-05"],
    "с понедельника, 1 мая, по пятницу, 5 мая 2023 года": ["2023-05-01..2023-05-05"],
    "9, 10 and 11 May and 3 June 2023": ["2023-05-09", "2023-05-10", "2023-05-11", "2023-06-03"],
    "between 9\u00a0May and 3\u00a0June 2023": ["2023-05-09..2023-06-03"],
    "between *9 May* and *3 June* 2023": ["2023-05-09..2023-06-03"],
    "> between 9 May and 3 June 2023": ["2023-05-09..2023-06-03"],
    "- from 28 grudnia do 3 stycznia 2023": ["2022-12-28..2023-01-03"],
    "## Between 9 May and 3 June 2023": ["2023-05-09..2023-06-03"],
    "from 9 May, 2023 to 3 June": ["2023-05-09..2023-06-03"],
    "between the 9th and the 12th of May 2023": ["2023-05-09..2023-05-12"],
    "May 9-June 3, 2023": ["2023-05-09..2023-06-03"],
    "x 9.–12. Mai 2023": ["2023-05-09..2023-05-12"],
    "с 9 мая 2023 года по 3 июня 2023": ["2023-05-09..2023-06-03"],
    "9 мая — 3 июня 2023": ["2023-05-09..2023-06-03"],
    "z 31 grudnia na 1 stycznia 2023": ["2022-12-31", "2023-01-01"],
    "9 maja 2023 r. i 10 maja 2023 r.": ["2023-05-09", "2023-05-10"],
    "on May 9 and 10, 2023": ["2023-05-09", "2023-05-10"],
    "on the 9th and 10th of May, 2023": ["2023-05-09", "2023-05-10"],
    "9 & 10 May 2023": ["2023-05-09", "2023-05-10"],
    "9/10 May 2023": ["2023-05-09", "2023-05-10"],
    "from Dec. 28 to Jan. 3, 2023": ["2022-12-28..2023-01-03"],
    "28 Dec – 3 Jan 2023": ["2022-12-28..2023-01-03"],
    "9 May 2023–3 June": ["2023-05-09..2023-06-03"],
    "9 May, 2023 and 10 May, 2023": ["2023-05-09", "2023-05-10"],
    "1 мая, 2 мая и 3 мая 2023 года": ["2023-05-01", "2023-05-02", "2023-05-03"],
    "am 9., 10. und 11. Mai 2023": ["2023-05-09", "2023-05-10", "2023-05-11"],
    "either 9 May or 10 May 2023": ["2023-05-09", "2023-05-10"],
    "between 9 May and 10 June 1799": ["1799-05-09..1799-06-10"],
    "12 июня 1790": ["1790-06-12"],
    "4 July 1776": ["1776-07-04"],
    "31 Dec 1999 / 1 Jan 2000": ["1999-12-31", "2000-01-01"],
    "from 9 May to 12 May and on 3 June 2023": ["2023-05-09..2023-05-12", "2023-06-03"],
    "between March 9 and 12, 2023": ["2023-03-09..2023-03-12"],
    "between 9–12 May and 3 June 2023": ["2023-05-09..2023-05-12", "2023-06-03"],
    "in der Zeit vom 28. Dezember bis 3. Januar 2023": ["2022-12-28..2023-01-03"],
    "od 28 grudnia do 3 stycznia 2023 roku": ["2022-12-28..2023-01-03"],
    "с 28 декабря по 3 января 2023 года": ["2022-12-28..2023-01-03"],
    "з 28 грудня до 3 січня 2023 року": ["2022-12-28..2023-01-03"],
    "On 9 May, in 2023, he": ["2023-05-09"],
    "9 May 2023 and, in 2022, on 3 June": ["2023-05-09"],
    "from the 9th of May until the 3rd of June in 2023": ["2023-05-09..2023-06-03"],
    "Tuesday, 9 May 2023": ["2023-05-09"],
    "9 May 2023-10 May 2023": ["2023-05-09..2023-05-10"],
    "9 i 10 maja oraz 3 czerwca 2023 r.": ["2023-05-09", "2023-05-10", "2023-06-03"],
    "між 9 і 12 травня 2023": ["2023-05-09..2023-05-12"],
    "паміж 9 і 12 мая 2023": ["2023-05-09..2023-05-12"],
    "9-12 мая 2023": ["2023-05-09..2023-05-12"],
    "with 9 May, 10 June, 11 July 2023": ["2023-05-09", "2023-06-10", "2023-07-11"],
    "30 сентября и 1 октября 2023": ["2023-09-30", "2023-10-01"],
    "in January and in February 2023": ["2023-01-01..2023-01-31", "2023-02-01..2023-02-28"],
    "from January to March 2023": ["2023-01-01..2023-01-31", "2023-03-01..2023-03-31"],
    "January/February 2023": ["2023-01-01..2023-01-31", "2023-02-01..2023-02-28"],
    "between 9 May 2023 and 3 June 2024": ["2023-05-09..2024-06-03"],
    "the 28–30 December 2022 and 2 January 2023": ["2022-12-28..2022-12-30", "2023-01-02"],
    "30 и 31 декабря 2022 и 1 января 2023": ["2022-12-30", "2022-12-31", "2023-01-01"],
    "9 мая 2023 н.э.": ["2023-05-09"],
    "9 maja 2023 n.e.": ["2023-05-09"],
}

OLD = (
    "1 January 1",
    "1 January 999",
    "1 stycznia 1025 r.",
    "18 квітня 1025 року",
    "12 жніўня 1025 года",
    "between 9 May and 3 June, 1066",
    "9 May and 3 June 44 BC",
    "w latach 2022 i 2023, 9 maja",
    "On 9 May he said that in 2023 it",
    "9 May that year. In 2023 it",
    "on 9 May and again on 10 May of the same year, 2023",
    "9 May, Tuesday, 2023",
    "January 1066",
    "in May 44 BC",
    "May 500",
    "the May 1, 1066, battle",
    "29 February 2023",
    "1 May 2023 BCE",
    "9 May 1023-1 June 1024",
    "from 9 May to 3 June '23",
    "on 9 May at 2023 hours",
    "on 9 May 2023 soldiers fell",
    "The fort fell on 1 January 1066 to them.",
    "Caesar died on 15 March 44 BC in the hall.",
    "14 May 1453 BC",
    "on 9 May AD 70",
    "9 May 70 AD",
    "9 May 1500 p.n.e.",
    "15 marca 44 p.n.e.",
    "15 марта 44 г. до н.э.",
    "15 марта 1044 г. до н. э.",
    "15 березня 44 р. до н. е.",
    "15 сакавіка 44 г. да н.э.",
    "am 15. März 1444 v. Chr.",
    "15.03.1444 v. Chr.",
    "1444-03-15 BC",
    "In 1066, on 1 January the fort fell.",
    "In 44 BC, on 15 March, he died.",
    "On 9 May 2000 people marched",
    "On 9 May 1200 people marched",
    "On 9 May 300 people marched",
    "9 May ’23",
    "9 мая 476 года",
    "between 1 January and 25 December 1066",
    "on 9 and 10 May 1066",
    "31 мая – 2 июня 1066",
    "1 May 476 the emperor fell",
    "Am 15. März 44 v. Chr. starb er.",
)


@pytest.mark.parametrize(("text", "expected"), STATED.items())
def test_a_stated_year_counts_for_each_date_of_its_range_or_list(text: str, expected: list[str]) -> None:
    """In all six languages the year at the end is that of both ends, or the one before where New Year lies between."""
    assert said(text, "2024-03-20") == expected


@pytest.mark.parametrize("text", OLD)
@pytest.mark.parametrize("own", ["2024-03-20", "2024-01-02"])
def test_old_years_eras_and_counts_give_no_date(text: str, own: str) -> None:
    """A year that no page of the calendar has, and a number that may be none, never become the year of the brief."""
    assert said(text, own) == []


def test_a_date_that_is_no_mention_is_found_whole() -> None:
    """What is written as a date is known as such, also where nothing says its year."""
    text = "In 2014, on 9 May, and in May 2024, since June, May spoke. last March"
    found = [text[start:end] for start, end in date_ranges(text)]
    assert found == ["9 May", "in May 2024", "since June", "last March"]


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
