"""The page of a day, with its two clocks: what was published that day, and the sentences that speak of it."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from regesta.pages.dates.calendars import day_path, month_path, weekday
from regesta.pages.dates.spoken_rows import spoken_rows
from regesta.pages.portions import ROOM, at_most, portions, sentence_size
from regesta.pages.sheet import Sheet, Written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.model.archive import Entry, Spoken
    from regesta.pages.site import Site

__all__ = ["Day", "Part", "day_sheets"]

Day = tuple[int, int, int]
"""Year, month, day."""
_HUB = "dates/index.md"
_Listed = TypeVar("_Listed")


class Part(NamedTuple):
    """The sentences of one year that speak of a day."""

    heading: str
    """The year of the briefs."""
    title: str
    spoken: tuple[Spoken, ...]
    path: str
    """Of the page that has them."""


def day_sheets(site: Site, days: Sequence[Day]) -> Iterator[Sheet]:
    """Give a page for each of the days, and more where many sentences speak of one."""
    say = site.language.say
    for index, day in enumerate(days):
        before = days[index - 1] if index else None
        after = days[index + 1] if index + 1 < len(days) else None
        spoken = site.archive.spoken_by_day.get(day, ())
        parts = _parts(site, day, spoken) if _is_long(spoken) else []
        made_of = partial(_made_of, site, day, (before, after))
        name = site.language.day(*day)
        for part in parts:
            yield Sheet(
                path=part.path,
                title=part.title,
                description=say("Sentences that speak of {day}.", day=name),
                hub=_HUB,
                write=partial(_write_part, site, day, part),
                made_of=made_of,
            )
        yield Sheet(
            path=day_path(*day),
            title=name,
            description=say("What was published on {day}, and what speaks of that day.", day=name),
            hub=_HUB,
            write=partial(_write, site, day, (before, after), parts),
            made_of=made_of,
        )


def _made_of(site: Site, day: Day, steps: tuple[Day | None, Day | None]) -> Iterator[Entry | str]:
    """Name what the pages of a day depend on."""
    yield str(steps)
    yield from site.archive.by_day.get(day, ())
    yield ""
    yield from (one.entry for one in site.archive.spoken_by_day.get(day, ()))


def _write(site: Site, day: Day, steps: tuple[Day | None, Day | None], parts: Sequence[Part]) -> Written:
    published = site.archive.by_day.get(day, ())
    spoken = site.archive.spoken_by_day.get(day, ())
    before, after = ((site.language.day(*step), day_path(*step)) if step else None for step in steps)
    nobody = site.language.say("No institute named")
    html = site.render(
        "day.html",
        day_path(*day),
        title=site.language.day(*day),
        weekday=site.language.weekday(weekday(day)),
        published=_by_institute([(entry.brief.publisher or nobody, entry) for entry in published]),
        briefs=len(published),
        spoken=[] if parts else _by_institute([(one.entry.brief.publisher or nobody, one) for one in spoken]),
        mentions=len(spoken),
        parts=parts,
        spoken_rows=spoken_rows,
        month_name=site.language.month(*day[:2]),
        month_path=month_path(*day[:2]),
        before=before,
        after=after,
    )
    return Written(html)


def _write_part(site: Site, day: Day, part: Part) -> Written:
    nobody = site.language.say("No institute named")
    html = site.render(
        "day_part.html",
        part.path,
        day_name=site.language.day(*day),
        day_path=day_path(*day),
        part=part,
        spoken=_by_institute([(one.entry.brief.publisher or nobody, one) for one in part.spoken]),
        spoken_rows=spoken_rows,
    )
    return Written(html)


def _by_institute(pairs: Sequence[tuple[str, _Listed]]) -> list[tuple[str, list[_Listed]]]:
    groups: dict[str, list[_Listed]] = {}
    for institute, one in pairs:
        groups.setdefault(institute, []).append(one)
    return sorted(groups.items(), key=lambda group: group[0])


def _parts(site: Site, day: Day, spoken: Sequence[Spoken]) -> list[Part]:
    """Cut by the year of the brief, and a long year into pieces: what stands there stays when briefs are added."""
    say, name = site.language.say, site.language.day(*day)
    parts = []
    for year, group in groupby(spoken, key=_year_of):
        for number, portion in enumerate(portions(group, _size), 1):
            heading = str(year) if year else say("Undated")
            if number > 1:
                heading = say("{year}, part {part}", year=heading, part=number)
            title = (
                say("{day}, in briefs of {year}", day=name, year=heading)
                if year
                else say("{day}, in undated briefs", day=name)
            )
            file = f"in-{year or 'undated'}{f'-{number}' if number > 1 else ''}.md"
            path = day_path(*day).removesuffix("index.md") + file
            parts.append(Part(heading, title, portion, path))
    return parts


def _is_long(spoken: Sequence[Spoken]) -> bool:
    return at_most(one.spoken for one in spoken) > ROOM and sum(map(_size, spoken)) > ROOM


def _size(spoken: Spoken) -> int:
    return sentence_size(spoken.spoken)


def _year_of(spoken: Spoken) -> int:
    date = spoken.entry.brief.date
    return (date.year if date else None) or 0
