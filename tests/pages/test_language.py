"""The language of the site: messages, dates, plurals, numbers."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from regesta.model.dates import parse_date
from regesta.pages.languages.calendar_words import ENGLISH_CALENDAR, calendar_words
from regesta.pages.languages.catalogues import catalogue_tags, read_catalogue
from regesta.pages.languages.language import ENGLISH, UnknownLanguage, language_of

TRANSLATED = tuple(tag for tag in catalogue_tags() if tag != "en")


def test_the_four_languages_are_there() -> None:
    """Pages can be in English, Polish, Russian and Ukrainian."""
    assert {"en", "pl", "ru", "uk"} <= set(catalogue_tags())


@pytest.mark.parametrize(("tag", "expected"), [("pl", "pl"), ("pl-PL", "pl"), ("RU", "ru"), ("en_GB", "en")])
def test_a_region_is_left_out(tag: str, expected: str) -> None:
    """A language is found by its tag however that is written, and without its region where there is no closer one."""
    assert language_of(tag).tag == expected


@pytest.mark.parametrize("tag", ["de", "", "../pl", "plx", "-", "pl/../ru"])
def test_an_unknown_language_is_refused(tag: str) -> None:
    """A language without a catalogue is an error that quotes it and names those that there are."""
    with pytest.raises(UnknownLanguage, match=r"en, .*pl") as refused:
        language_of(tag)
    assert repr(tag) in str(refused.value)


def test_english_is_written_as_cldr_writes_it() -> None:
    """The English calendar, which is written out, is that of CLDR, but for the two letters of a weekday."""
    known = calendar_words("en-GB")
    for name in ("months", "months_in_dates", "weekdays", "day", "day_of_month", "month"):
        assert getattr(ENGLISH_CALENDAR, name) == getattr(known, name), name


@given(st.dates())
@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_day_is_written_as_babel_writes_it(tag: str, day) -> None:
    """Our own filling of CLDR's pattern gives what Babel gives, for every day."""
    assert language_of(tag).day(day.year, day.month, day.day) == format_date(day, "long", locale=tag)


@pytest.mark.parametrize("tag", TRANSLATED)
def test_plurals_are_those_of_cldr(tag: str) -> None:
    """The plural rule in a catalogue's head chooses as CLDR does, for whole numbers."""
    rule = Locale.parse(tag, sep="-").plural_form
    catalogue = read_catalogue(tag)
    chosen = {}
    for number in (*range(1250), 10**6, 10**6 + 1):
        chosen.setdefault(rule(number), set()).add(catalogue.plural(number))
    forms = {category: next(iter(found)) for category, found in chosen.items() if len(found) == 1}
    assert set(forms) == set(chosen)
    assert len(set(forms.values())) == len(forms)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "2020-09-14",
            ("14 September 2020", "14 września 2020", "14 сентября 2020\u202fг.", "14 вересня 2020\u202fр."),
        ),
        ("2020-09", ("September 2020", "wrzesień 2020", "сентябрь 2020\u202fг.", "вересень 2020\u202fр.")),
        ("2020", ("2020", "2020", "2020", "2020")),
    ],
)
def test_a_date_has_no_more_precision_than_is_known(text: str, words: tuple[str, ...]) -> None:
    """A month stands in the nominative by itself and in the genitive beside a day."""
    assert tuple(language_of(tag).date_words(parse_date(text)) for tag in ("en", "pl", "ru", "uk")) == words


def test_numbers_are_grouped_as_the_language_does() -> None:
    """A comma in English, a space that does not break in the others."""
    assert [language_of(tag).number(40112) for tag in ("en", "pl", "ru", "uk")] == ["40,112", *["40\xa0112"] * 3]


@given(st.text())
def test_a_hostile_value_stays_text(value: str) -> None:
    """A value in HTML is escaped, and never read as a message with places of its own."""
    assert ENGLISH.say_html("Now at {address}", address=value) == Markup("Now at {}").format(value)
    assert ENGLISH.say("Now at {address}", address=value) == f"Now at {value}"
