"""Month names as texts write them: English, Polish, Russian, Ukrainian, Belarusian, German."""

from __future__ import annotations

__all__ = ["ABBREVIATIONS", "MONTH_NAMES"]

_NAMES = """
january | styczeń stycznia styczniu | январь января январе | січень січня січні | студзень студзеня студзені | januar jänner
february | luty lutego lutym | февраль февраля феврале | лютий лютого лютому | люты лютага лютым | februar feber
march | marzec marca marcu | март марта марте | березень березня березні | сакавік сакавіка сакавіку | märz
april | kwiecień kwietnia kwietniu | апрель апреля апреле | квітень квітня квітні | красавік красавіка красавіку | april
may | maj maja maju | май мая мае | травень травня травні | травень траўня траўні маі | mai
june | czerwiec czerwca czerwcu | июнь июня июне | червень червня червні | чэрвень чэрвеня чэрвені | juni
july | lipiec lipca lipcu | июль июля июле | липень липня липні | ліпень ліпеня ліпені | juli
august | sierpień sierpnia sierpniu | август августа августе | серпень серпня серпні | жнівень жніўня жніўні | august
september | wrzesień września wrześniu | сентябрь сентября сентябре | вересень вересня вересні | верасень верасня верасні
october | październik października październiku | октябрь октября октябре | жовтень жовтня жовтні | кастрычнік кастрычніка кастрычніку | oktober
november | listopad listopada listopadzie | ноябрь ноября ноябре | листопад листопада листопаді | лістапад лістапада лістападзе
december | grudzień grudnia grudniu | декабрь декабря декабре | грудень грудня грудні | снежань снежня снежні | dezember
"""  # noqa: E501 - a line a month

MONTH_NAMES: dict[str, int] = {
    name: number
    for number, line in enumerate(_NAMES.strip().splitlines(), start=1)
    for name in line.replace("|", " ").split()
}
"""Lower-case name → month: as it stands alone, beside a day, and after "in"."""

ABBREVIATIONS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct okt", "nov", "dec dez"), start=1
    )
    for name in names.split()
}
"""English and German ones, lower-case, without a full stop. Other languages write the whole name in a sentence."""
