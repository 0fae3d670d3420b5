"""Month and weekday names as datelines write them: English, Polish, Russian, Ukrainian, Belarusian, German."""

from __future__ import annotations

__all__ = ["MONTHS", "WEEKDAYS"]

_NAMES = """
january jan | styczeń stycznia sty | январь января янв | січень січня січ | студзень студзеня сту | januar jänner
february feb | luty lutego lut | февраль февраля фев февр | лютий лютого лют | люты лютага | februar feber
march mar | marzec marca | март марта мар | березень березня бер | сакавік сакавіка сак | märz mrz
april apr | kwiecień kwietnia kwi | апрель апреля апр | квітень квітня квіт | красавік красавіка кра | april
may | maj maja | май мая | травень травня трав | травень траўня мая | mai
june jun | czerwiec czerwca cze | июнь июня июн | червень червня черв | чэрвень чэрвеня чэр | juni
july jul | lipiec lipca lip | июль июля июл | липень липня лип | ліпень ліпеня ліп | juli
august aug | sierpień sierpnia sie | август августа авг | серпень серпня серп | жнівень жніўня жні
september sept sep | wrzesień września wrz | сентябрь сентября сен сент | вересень вересня вер | верасень верасня
october oct | październik października paź | октябрь октября окт | жовтень жовтня жовт | кастрычнік кастрычніка | oktober
november nov | listopad listopada lis | ноябрь ноября ноя нояб | листопад листопада лист | лістапад лістапада | november
december dec | grudzień grudnia gru | декабрь декабря дек | грудень грудня груд | снежань снежня | dezember dez
"""

MONTHS: dict[str, int] = {
    name: number
    for number, line in enumerate(_NAMES.strip().splitlines(), start=1)
    for name in line.replace("|", " ").split()
}
"""Lower-case name, inflected form or abbreviation (without its full stop) → month."""

WEEKDAYS: frozenset[str] = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    poniedziałek wtorek środa czwartek piątek sobota niedziela
    понедельник вторник среда четверг пятница суббота воскресенье
    понеділок вівторок середа четвер п'ятниця п’ятниця субота неділя
    панядзелак аўторак серада чацвер пятніца субота нядзеля
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
    """.split()  # noqa: SIM905 - a list of words reads better than sixty quoted ones
)
"""Lower-case weekday names."""
