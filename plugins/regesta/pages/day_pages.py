"""The page of a day, with its two clocks: what was published that day, and the sentences that speak of it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.calendars import day_path, month_path, weekday
from regesta.pages.sheet import Sheet, Written
from regesta.pages.spoken_rows import spoken_rows
from regesta.pages.words import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regesta.model.archive import Entry, Spoken
    from regesta.pages.site import Site

__all__ = ["Day", "Part", "day_sheets"]

Day = tuple[int, int, int]
"""Year, month, day."""
LONGEST_LIST = 150
"""Sentences on one page. Those of a day of which more speak are on pages of their own, by the year of their brief."""
_HUB = "dates/index.md"
_NOBODY = "No institute named"


class Part(NamedTuple):
    """The sentences of one year that speak of a day."""

    heading: str
    spoken: tuple[Spoken, ...]
    path: str
    """Of the page that has them."""


def day_sheets(site: Site, days: Sequence[Day]) -> Iterator[Sheet]:
    """Give a page for each of the days, and more where many sentences speak of one."""
    for index, day in enumerate(days):
        before = days[index - 1] if index else None
        after = days[index + 1] if index + 1 < len(days) else None
        spoken = site.archive.spoken_by_day.get(day, ())
        parts = _parts(day, spoken) if len(spoken) > LONGEST_LIST else []
        for part in parts:
            yield Sheet(
                path=part.path,
                title=f"{_name(day)}, in briefs of {part.heading}",
                description=f"Sentences in briefs of {part.heading} that speak of {_name(day)}.",
                hub=_HUB,
                write=lambda day=day, part=part: _write_part(site, day, part),  # type: ignore[misc]
            )
        yield Sheet(
            path=day_path(*day),
            title=_name(day),
            description=f"What was published on {_name(day)}, and what speaks of that day.",
            hub=_HUB,
            write=lambda day=day, steps=(before, after), parts=parts: _write(site, day, steps, parts),  # type: ignore[misc]
        )


def _name(day: Day) -> str:
    return f"{day[2]} {MONTHS[day[1] - 1]} {day[0]}"


def _write(site: Site, day: Day, steps: tuple[Day | None, Day | None], parts: Sequence[Part]) -> Written:
    published = site.archive.by_day.get(day, ())
    spoken = site.archive.spoken_by_day.get(day, ())
    before, after = ((_name(step), day_path(*step)) if step else None for step in steps)
    html = site.render(
        "day.html",
        day_path(*day),
        title=_name(day),
        weekday=WEEKDAYS[weekday(day)],
        published=_by_institute((entry.brief.publisher, entry) for entry in published),
        number=len(published),
        spoken=_spoken_by_institute(spoken) if not parts else [],
        mentions=len(spoken),
        parts=parts,
        spoken_rows=spoken_rows,
        month_name=f"{MONTHS[day[1] - 1]} {day[0]}",
        month_path=month_path(*day[:2]),
        before=before,
        after=after,
    )
    return Written(html)


def _write_part(site: Site, day: Day, part: Part) -> Written:
    html = site.render(
        "day_part.html",
        part.path,
        day_name=_name(day),
        day_path=day_path(*day),
        part=part,
        spoken=_spoken_by_institute(part.spoken),
        spoken_rows=spoken_rows,
    )
    return Written(html)


def _by_institute(pairs: Iterable[tuple[str, Entry]]) -> list[tuple[str, list[Entry]]]:
    groups: dict[str, list[Entry]] = {}
    for publisher, entry in pairs:
        groups.setdefault(publisher or _NOBODY, []).append(entry)
    return sorted(groups.items())


def _spoken_by_institute(spoken: Iterable[Spoken]) -> list[tuple[str, list[Spoken]]]:
    groups: dict[str, list[Spoken]] = {}
    for one in spoken:
        groups.setdefault(one.entry.brief.publisher or _NOBODY, []).append(one)
    return sorted(groups.items())


def _parts(day: Day, spoken: Sequence[Spoken]) -> list[Part]:
    """Cut by the year of the brief, and a long year into pieces: what stands there stays when briefs are added."""
    parts = []
    for year, group in groupby(spoken, key=_year_of):
        found = tuple(group)
        name = str(year) if year else "undated"
        for number, start in enumerate(range(0, len(found), LONGEST_LIST), 1):
            suffix, words = (f"-{number}", f", part {number}") if number > 1 else ("", "")
            path = f"{day_path(*day).removesuffix('index.md')}in-{name}{suffix}.md"
            heading = (name if year else "no known year") + words
            parts.append(Part(heading, found[start : start + LONGEST_LIST], path))
    return parts


def _year_of(spoken: Spoken) -> int:
    date = spoken.entry.brief.date
    return (date.year if date else None) or 0
