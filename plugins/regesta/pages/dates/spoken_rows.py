"""Sentences that speak of a date, as lists show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from regesta.pages.html import attribute, text
from regesta.pages.languages.words import date_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.model.archive import Spoken
    from regesta.pages.site import PageLinks

__all__ = ["spoken_rows"]


def spoken_rows(page: PageLinks, spoken: Iterable[Spoken]) -> Markup:
    """Write each sentence with the date marked, under its brief, and the way to its paragraph."""
    language = page.site.language
    inferred = f'<span class="rg-chip">{text(language.say("year inferred"))}</span> '
    paragraph = attribute(language.say("In its paragraph"))
    rows = []
    last = ""
    for entry, one in spoken:
        brief = entry.brief
        address = attribute(page.entry(entry))
        if brief.path != last:
            rows.append(
                ("</ul></li>\n" if last else "")
                + f'<li><span class="rg-where"><a href="{address}">{text(brief.title)}</a> '
                f'<span class="rg-by">{date_time(brief.date, language)}</span></span>\n<ul>\n'
            )
            last = brief.path
        lang = f' lang="{attribute(brief.language)}"' if brief.language else ""
        sentence, at = one.sentence, one.at
        before, after = sentence[:at], sentence[at + len(one.spelling) :]
        place = f"#p-{one.number}" if one.linkable and not brief.site_markdown else ""
        rows.append(
            f"<li><span{lang}>{text(before)}<mark>{text(one.spelling)}</mark>{text(after)}</span>\N{NO-BREAK SPACE}"
            f"{inferred if one.inferred else ''}"
            f'<a class="rg-pilcrow" href="{address}{place}" aria-label="{paragraph}">¶</a></li>\n'
        )
    return Markup(f'<ol class="rg-spoken">\n{"".join(rows)}</ul></li>\n</ol>' if rows else "")  # noqa: S704 - escaped here
