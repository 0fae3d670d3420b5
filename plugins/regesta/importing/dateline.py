"""Datelines: the line of a document that states its date, often with a time, a series or a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone

from regesta.importing.found_date import FoundDate, find_date
from regesta.importing.months import WEEKDAYS
from regesta.model.dates import ArchiveDate, Precision, parse_date

__all__ = ["Dateline", "read_dateline", "read_number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """What a dateline says."""

    date: ArchiveDate
    rest: str = ""
    """The words beside the date: a series, a place, a name."""
    number: str | None = None
    """Of the issue, as in `No. 67/2020`."""
    note: str | None = None
    """What the date alone does not say."""


# Hours east of Greenwich. Abbreviations that several countries share (IST, AST) are left out.
_ZONES = {
    "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
    "gmt": 0, "utc": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2,
    "eet": 2, "eest": 3, "msk": 3, "мск": 3,
}  # fmt: skip
_ZONE = (
    r"(?:(?:UTC|GMT)\s?(?P<shift>[+-]\d{1,2}(?::?\d\d)?)"
    r"|(?P<zone>[^\W\d_]{2,5})(?!\w)|(?P<offset>[+-]\d\d:?\d\d|Z))"
)
_TIME = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?(?::(?P<second>[0-5]\d))?(?![\d:])"
    rf"\s?(?P<half>[ap]\.?\s?m\b\.?)?(?:\s?Uhr)?(?:\s?\(?{_ZONE}\)?)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:dated?|published(?:\s+on)?|released|posted|data|datum|stand|opublikowano|дата|опубликовано|опубліковано)"
    r"\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_VOLUME_OF = r"(?<!\w)(?:vol(?:ume)?|tom|bd|band|jg|jahrgang|rocznik|том)\.?\s?"
_NUMBER = re.compile(
    rf"(?:{_VOLUME_OF}(?P<volume>\d{{1,4}}|[IVXLC]{{1,7}})(?!\w)\s*[,;/]?\s*)?"
    r"(?<!\w)(?:no|nos|nr|num|issue|№|n°|numer|zeszyt|heft|ausgabe|вып(?:уск)?|вип(?:уск)?|нумар)\.?\s?"
    r"(?P<number>\d[\d/–-]{0,14}(?:\s?\(\d{1,6}\))?)",
    re.IGNORECASE,
)
_VOLUME = re.compile(rf"{_VOLUME_OF}(?P<number>\d{{1,4}}|[IVXLC]{{1,7}})(?!\w)", re.IGNORECASE)
_BARE_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_EDGES = " \t,;|·•–—-/:"
_LONGEST = 160
_MOST_WORDS = 9
_SENTENCE_WORDS = 3
_OPENERS = frozenset(
    {"on", "in", "since", "after", "before", "until", "from", "by", "am", "w", "в", "у", "с", "з", "на"}
)


def read_dateline(text: str) -> Dateline | None:
    """Read a line that is a date with little beside it; a sentence that mentions a date is none.

    >>> line = read_dateline("September 9, 2020, 6:00pm EDT Belarus Update")
    >>> str(line.date), line.rest
    ('2020-09-09T18:00:00-04:00', 'Belarus Update')
    >>> read_dateline("On 14 September, the presidents met in Sochi.") is None
    True
    """
    text = " ".join(text.split()) if len(text) <= _LONGEST else ""
    if label := _LABEL.match(text):
        text = text[label.end() :]
    if _BARE_YEAR.fullmatch(text):
        return Dateline(date=parse_date(text))
    found = find_date(text)
    if found is None:
        return None
    date, beside, note = _with_time(text, found)
    number, beside = read_number(beside)
    rest = _without_weekday(beside.replace("()", "")).strip(_EDGES)
    if _is_sentence(text, rest):
        return None
    return Dateline(date=date, rest=rest, number=number, note=note)


def read_number(text: str) -> tuple[str | None, str]:
    """Read the number of an issue; give it, with its volume as `3(2)`, and the words left.

    >>> read_number("Norland Brief, Vol. 3, No. 2"), read_number("Выпуск 7")
    (('3(2)', 'Norland Brief, '), ('7', ''))
    """
    match = _NUMBER.search(text) or _VOLUME.search(text)
    if match is None:
        return None, text
    volume = match.groupdict().get("volume")
    number = f"{volume}({match['number']})" if volume else match["number"]
    return number, text[: match.start()] + text[match.end() :]


def _with_time(text: str, found: FoundDate) -> tuple[ArchiveDate, str, str | None]:
    """Give the date with its time when one stands beside it, the words left, and what is to be noted."""
    before, after = text[: found.start], re.sub(r"^T(?=\d)", " ", text[found.end :])
    beside = f"{before.strip(_EDGES)} | {after.strip(_EDGES)}"
    clock = next((match for match in _TIME.finditer(beside) if _is_clock(match)), None)
    if clock is None or found.date.precision is not Precision.DAY or found.date.until:
        return found.date, beside, None
    moment = _moment(found.date, clock)
    if moment is None:
        return found.date, beside, None
    zone_known = moment.tzinfo is not None
    name = clock["zone"]
    end = clock.end() if zone_known or not name else clock.start("zone")
    left = re.sub(r"\bat\s*$", "", beside[: clock.start()]) + " " + beside[end:]
    note = None
    if not zone_known:
        note = f"The zone of {clock[0].strip()!r} is not known."
    return parse_date(moment.isoformat()), left, note


def _is_clock(match: re.Match[str]) -> bool:
    return bool(match["minute"] or match["half"])


def _moment(date: ArchiveDate, clock: re.Match[str]) -> datetime | None:
    hour = int(clock["hour"])
    if clock["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - a clock face
            return None
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    if date.first_day is None or hour > 23:  # noqa: PLR2004 - hours of the day
        return None
    at = time(hour, int(clock["minute"] or 0), int(clock["second"] or 0))
    return datetime.combine(date.first_day, at, tzinfo=_zone(clock))


def _zone(clock: re.Match[str]) -> timezone | None:
    written = clock["shift"] or clock["offset"]
    if written in {"Z", "z"}:
        return UTC
    if written:
        digits = written[1:].replace(":", "")
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)  # noqa: PLR2004 - hh or hhmm
        shift = timedelta(hours=hours, minutes=minutes)
        if shift > timedelta(hours=14):
            return None
        return timezone(-shift if written[0] == "-" else shift)
    hours_east = _ZONES.get((clock["zone"] or "").lower())
    return None if hours_east is None else timezone(timedelta(hours=hours_east))


def _without_weekday(text: str) -> str:
    words = [word for word in text.split() if word.strip(_EDGES).lower() not in WEEKDAYS]
    kept = " ".join(words).strip(_EDGES)
    return re.sub(r"^\|\s*|\s*\|\s*$", "", kept)


def _is_sentence(text: str, rest: str) -> bool:
    words = rest.split()
    if len(words) > _MOST_WORDS:
        return True
    if words and words[0].strip(_EDGES).lower() in _OPENERS and len(words) > 1 and words[0].lower() != "by":
        return True
    return text.rstrip().endswith((".", "!", "?")) and len(words) > _SENTENCE_WORDS
