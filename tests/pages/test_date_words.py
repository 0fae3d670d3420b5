"""Dates of less than a day, in the words of each language, and as HTML knows them."""

from __future__ import annotations

import re

import pytest
from tests.pages.archives import site_of, written

from regesta.model.dates import InvalidDate, parse_date
from regesta.pages.briefs.brief_pages import brief_sheets
from regesta.pages.dates.date_pages import date_sheets
from regesta.pages.languages.language import language_of
from regesta.pages.languages.words import date_time

WORDS = {
    "2024-XX-14": (
        "day 14 of an unknown month, 2024",
        "14. dzień nieznanego miesiąca, 2024",
        "14-е число неизвестного месяца, 2024",
        "14 число невідомого місяця, 2024",
    ),
    "XXXX-09-14": (
        "14 September, year unknown",
        "14 września, rok nieznany",
        "14 сентября, год неизвестен",
        "14 вересня, рік невідомий",
    ),
    "198X": ("the 1980s", "dekada od 1980", "1980-е годы", "1980-ті роки"),
    "19XX": ("between 1900 and 1999", "między 1900 a 1999", "между 1900 и 1999", "між 1900 і 1999"),
    "2024-21": ("spring 2024", "wiosna 2024", "весна 2024", "весна 2024"),
    "2024-24": ("winter 2024", "zima 2024", "зима 2024", "зима 2024"),
    "2024?": ("2024 (uncertain)", "2024 (niepewne)", "2024 (предположительно)", "2024 (імовірно)"),
    "../2024": ("2024 and earlier", "2024 i wcześniej", "2024 и раньше", "2024 і раніше"),
    "2024/..": ("2024 and later", "2024 i później", "2024 и позже", "2024 і пізніше"),
    "/2024": (
        "2024, beginning unknown",
        "2024, początek nieznany",
        "2024, начало неизвестно",
        "2024, початок невідомий",
    ),
    "2024/": ("2024, end unknown", "2024, koniec nieznany", "2024, конец неизвестен", "2024, кінець невідомий"),
    "[2023,2024]": ("2023 or 2024", "2023 lub 2024", "2023 или 2024", "2023 або 2024"),
    "{2022,2023,2024}": ("2022, 2023 and 2024", "2022, 2023 i 2024", "2022, 2023 и 2024", "2022, 2023 і 2024"),
    "[2023..2025]": ("one of 2023 to 2025", "w okresie 2023 – 2025", "в период 2023 – 2025", "у період 2023 – 2025"),
    "[..2024]": ("2024 or earlier", "2024 lub wcześniej", "2024 или раньше", "2024 або раніше"),
    "XXXX": ("date unknown", "data nieznana", "дата неизвестна", "дата невідома"),
    "-0044": ("45 BC", "45 p.n.e.", "45 до н. э.", "45 до н. е."),
    "2024-33": ("quarter 1 of 2024", "1. kwartał 2024", "1-й квартал 2024", "1-й квартал 2024"),
    "2024-41": ("half 2 of 2024", "2. półrocze 2024", "2-е полугодие 2024", "півріччя 2, 2024"),
    "156X-12-25": (
        "25 December, the 1560s",
        "25 grudnia, dekada od 1560",
        "25 декабря, 1560-е годы",
        "25 грудня, 1560-ті роки",
    ),
    "2023~/2024?": (
        "about 2023 to 2024 (uncertain)",
        "ok. 2023 – 2024 (niepewne)",
        "около 2023 – 2024 (предположительно)",
        "близько 2023 – 2024 (імовірно)",
    ),
}


@pytest.mark.parametrize(("text", "words"), WORDS.items())
def test_a_date_is_said_in_words(text: str, words: tuple[str, ...]) -> None:
    """What EDTF writes in signs a reader finds in words of the site's language."""
    assert tuple(language_of(tag).date_words(parse_date(text)) for tag in ("en", "pl", "ru", "uk")) == words


MORE = """
2024-XX 2024-XX-XX XXXX-XX-14 XXXX-XX-XX 2024-05-XX 1066 0044 -0044-03-15 Y12024 198X/199X 2024-05/.. ../2024-05-03
[2024-05-01,2024-05-02] {1960,1961-12} [2023,2025..] ?2024-05-14 2024-05-~14 2024-05-14T10:00Z 2024-05-14T10:00
2024-05-14% 15XX-12-25 2024-29 2023-21/2023-23 2024-24/2025-21
"""


@pytest.mark.parametrize("text", [*WORDS, *MORE.split()])
@pytest.mark.parametrize("tag", ["en", "pl", "ru", "uk"])
def test_a_date_is_valid_html_without_signs_of_edtf(text: str, tag: str) -> None:
    """`datetime` holds a year, a month, a day or a moment, and no sign of EDTF is left in the words."""
    try:
        html = str(date_time(parse_date(text), language_of(tag)))
    except InvalidDate:
        pytest.skip("not read by the library of EDTF")
    stamp = re.search(r'datetime="([^"]*)"', html)
    moment = r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d([+-]\d\d:\d\d)?)?)?)?"
    assert stamp is None or re.fullmatch(moment, stamp[1])
    assert not re.search(r"X|\.\.|[\[\]{}?%~]|-\d\d\b|\d/", re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize("text", ["14.05.2024", "2024-02-30", "next week", "2024-13-01", "14 May 2024", "<b>soon</b>"])
def test_a_date_that_is_not_understood_is_quoted(text: str) -> None:
    """A brief whose date is wrong is never said to state none."""
    site = site_of({"briefs/a.md": f"---\ntitle: T\ndate: '{text}'\n---\nText.\n"})
    html = written(brief_sheets(site))["briefs/a.md"]
    quoted = text.replace("<", "&lt;").replace(">", "&gt;")
    assert f"date not understood: {quoted}" in html
    assert "states no date" not in html
    assert ">undated<" not in html


def test_a_brief_without_a_date_says_so() -> None:
    """Where nothing stands under `date`, the document states none."""
    site = site_of({"briefs/a.md": "---\ntitle: T\n---\nText.\n"})
    assert "the document states no date" in written(brief_sheets(site))["briefs/a.md"]


def test_winter_and_unknown_ends_stand_under_no_month_and_no_other_year() -> None:
    """The winter of 2024 is no December, and an end that is not known puts nothing ten years off."""
    dates = ("2024-24", "/2024", "2024/")
    texts = {f"briefs/{at}.md": f"---\ntitle: T\ndate: {text}\n---\nText.\n" for at, text in enumerate(dates)}
    paths = [sheet.path for sheet in date_sheets(site_of(texts))]
    assert paths == ["dates/index.md", "dates/2024/index.md"]
