"""The language that the site speaks: its words, its dates, its numbers.

Whatever a reader sees goes through a `Language`. A page writer in Python asks `site.language`; every template and
macro has its methods `say`, `say_n`, `say_in`, `say_n_in`, `say_html`, `say_n_html`, `number`, `percent`, `date_words`
and `foreign` at hand, and `date_time`:

    language.say("Named in this brief")
    language.say("Sources of {site} that begin with {letter}.", site=name, letter="A")
    language.say_n("{n} brief", "{n} briefs", len(found))    # {n} is filled in, its digits grouped
    language.say_in("heading", "Links")                      # where one English word is two in others; say_n_in, too
    language.say_html("Now at {address}", address=link)      # HTML: what is no Markup is escaped

    {{ say("Part of") }}   {{ say_n("{n} name", "{n} names", total) }}

The message is always a literal, whole and in English: it is what translators see and how it is found. One sentence is
one message; never join halves, since other languages order them otherwise. What is kept in a table and said later is
marked by `phrase("…")` there, and said by `language.say(row.title)`. `scripts/languages` collects the messages of
Python and templates into the catalogues in `languages/`; English passes through unchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import NullTranslations
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from regesta.pages.languages.calendar_words import ENGLISH_CALENDAR, CalendarWords, calendar_words
from regesta.pages.languages.catalogues import SOURCE_TAG, catalogue_tags, phrase, read_catalogue
from regesta.pages.languages.date_words import date_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.model.dates import ArchiveDate

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""A language as BCP 47 writes it, as far as can be told from its form."""

__all__ = ["ENGLISH", "Language", "UnknownLanguage", "language_of", "phrase"]


class UnknownLanguage(ValueError):
    """A language that there is no catalogue for."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that pages can be in."""

    tag: str
    """BCP 47: `en`, `pl`, as `theme.language` and the `lang` of HTML have it."""
    calendar: CalendarWords = field(default=ENGLISH_CALENDAR, repr=False, compare=False)
    _catalogue: NullTranslations = field(default_factory=NullTranslations, repr=False, compare=False)
    _escaped: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def say(self, message: str, /, **values: object) -> str:
        """Say a message, its `{places}` filled.

        >>> ENGLISH.say("Briefs of {year}.", year=2020)
        'Briefs of 2020.'
        """
        said = self._catalogue.gettext(message)
        return said.format(**values) if values else said

    def say_n(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Say how many: `{n}` is the number. Other languages have more forms than two, and choose by their own rules.

        >>> ENGLISH.say_n("{n} brief", "{n} briefs", 1), ENGLISH.say_n("{n} brief", "{n} briefs", 2100)
        ('1 brief', '2,100 briefs')
        """
        return self._catalogue.ngettext(one, many, n).format(n=self.number(n), **values)

    def say_in(self, context: str, message: str, /, **values: object) -> str:
        """Say a message that means another thing elsewhere; `context` tells translators which is meant."""
        said = self._catalogue.pgettext(context, message)
        return said.format(**values) if values else said

    def say_n_in(self, context: str, one: str, many: str, n: int, /, **values: object) -> str:
        """Say how many, where that takes another form than elsewhere: a case, say."""
        return self._catalogue.npgettext(context, one, many, n).format(n=self.number(n), **values)

    def say_html(self, message: str, /, **values: object) -> Markup:
        """Say a message as HTML: the message and every value that is no `Markup` are escaped.

        >>> print(ENGLISH.say_html("Now at {address} & {more}", address=Markup("<b>x</b>"), more="<i>"))
        Now at <b>x</b> &amp; &lt;i&gt;
        """
        return self._fill(self._catalogue.gettext(message), values)

    def say_n_html(self, one: str, many: str, n: int, /, **values: object) -> Markup:
        """Say how many, as HTML. `n` may be given as a value as well, where it is written with more than digits."""
        return self._fill(self._catalogue.ngettext(one, many, n), {"n": self.number(n), **values})

    def _fill(self, said: str, values: Mapping[str, object]) -> Markup:
        # An archive has tens of thousands of links that say something: ten times the speed of `Markup.format`.
        template = self._escaped.get(said)
        if template is None:
            template = self._escaped[said] = str(escape(said))
        return Markup(template.format(**{name: escape(value) for name, value in values.items()}))  # noqa: S704 - escaped

    def number(self, number: int) -> str:
        """Write a number as the language groups its digits.

        >>> ENGLISH.number(40112)
        '40,112'
        """
        return f"{number:,}" if self.tag == SOURCE_TAG else _number(self.tag, number)

    def percent(self, share: float, *, digits: int = 0) -> str:
        """Write a share, its hundredths with so many digits behind the point.

        >>> ENGLISH.percent(0.33), ENGLISH.percent(0.125, digits=1)
        ('33 %', '12.5 %')
        """
        return f"{share * 100:.{digits}f} %" if self.tag == SOURCE_TAG else _percent(self.tag, share, digits)

    def foreign(self, tag: str) -> Markup:
        """Give the attribute `lang` for a text in another language; nothing for one in this.

        >>> print(ENGLISH.foreign("be"), ENGLISH.foreign("en-GB"), sep="|")
         lang="be"|
        """
        # Whoever writes "Ukrainian, probably" has said nothing that a browser understands.
        if not _TAG.fullmatch(tag) or tag.partition("-")[0].casefold() == self.tag.partition("-")[0].casefold():
            return Markup()
        return Markup(' lang="{}"').format(tag)

    def month(self, year: int, month: int) -> str:
        """Say a month of a year by itself: `September 2020`."""
        return self.calendar.month_words(year, month)

    def month_name(self, month: int) -> str:
        """Say a month, 1 to 12."""
        return self.calendar.months[month - 1]

    def weekday(self, weekday: int) -> str:
        """Say a day of the week; 0 is Monday."""
        return self.calendar.weekdays[weekday]

    def day(self, year: int, month: int, day: int) -> str:
        """Say a day: `14 September 2020`."""
        return self.calendar.day_words(year, month, day)

    def date_words(self, date: ArchiveDate | None) -> str:
        """Say a date with no more precision than it has.

        >>> from regesta.model.dates import parse_date
        >>> [ENGLISH.date_words(parse_date(text)) for text in ("2020-09", "XXXX-09-14", "2022-03~", "2023-23")]
        ['September 2020', '14 September, year unknown', 'about March 2022', 'autumn 2023']
        """
        if date is None:
            return self.say("undated")
        return date_words(self, date)


ENGLISH = Language(SOURCE_TAG)
"""The language that the messages are written in."""


def language_of(tag: str) -> Language:
    """Give the language of a tag, or of the tag without its region; raise `UnknownLanguage` where there is none.

    >>> language_of("pl-PL").tag
    'pl'
    """
    known = {name.casefold(): name for name in catalogue_tags()}
    wanted = tag.casefold().replace("_", "-")
    while wanted not in known:
        wanted, found, _ = wanted.rpartition("-")
        if not found:
            there_are = ", ".join(catalogue_tags())
            raise UnknownLanguage(f"Not a language that pages can be in: {tag!r}. There are {there_are}.")
    return _language(known[wanted])


@lru_cache(maxsize=32)
def _language(tag: str) -> Language:
    return ENGLISH if tag == SOURCE_TAG else Language(tag, calendar_words(tag), read_catalogue(tag))


@lru_cache(maxsize=65536)
def _number(tag: str, number: int) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 - a site in English does without

    return format_decimal(number, locale=tag.replace("-", "_"))


@lru_cache(maxsize=1024)
def _percent(tag: str, share: float, digits: int) -> str:
    from babel import Locale  # noqa: PLC0415 - likewise
    from babel.numbers import format_percent  # noqa: PLC0415

    locale = Locale.parse(tag, sep="-")
    pattern = locale.percent_formats[None].pattern
    return format_percent(share, format=pattern.replace("0", f"0.{'0' * digits}") if digits else None, locale=locale)
