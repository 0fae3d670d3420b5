"""Who stands behind the links of a brief, and how many of them can be verified."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from regesta.model.link_forms import LinkForm
from regesta.model.link_states import Cited
from regesta.model.verdicts import Verdict
from regesta.model.watch import Tally
from regesta.pages.html import attribute, text
from regesta.pages.links.verdict_chips import chip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.model.archive import Entry
    from regesta.model.link_states import LinkState
    from regesta.model.sources import Source
    from regesta.pages.site import PageLinks, Site

__all__ = ["CitedSource", "brief_tally", "cited_sources", "source_rows"]


class CitedSource(NamedTuple):
    """One source of a brief."""

    source: Source
    links: int
    """Different addresses."""
    verdicts: tuple[tuple[Verdict, int], ...]
    """How many of them have each verdict; empty where nothing is known."""


def brief_tally(site: Site, entry: Entry) -> Tally | None:
    """Count the different addresses of a brief; nothing without an audit, or without a link."""
    states = _states(site, entry)
    return Tally.of((state, 1) for state in states) if states else None


def cited_sources(site: Site, entry: Entry) -> tuple[CitedSource, ...]:
    """List the sources of a brief, those with the most links first."""
    if not site.with_sources and not site.watch.is_kept:
        return ()
    of = site.watch.sources.of
    urls = dict.fromkeys(link.url for link in entry.cited if link.url is not None)
    links: dict[Source, int] = {}
    for url in urls:
        source = of(url)
        links[source] = links.get(source, 0) + 1
    verdicts: dict[Source, dict[Verdict, int]] = {}
    for state in _states(site, entry):
        if state.url is not None:
            counted = verdicts.setdefault(of(state.url), {})
            counted[state.verdict] = counted.get(state.verdict, 0) + 1
    return tuple(
        CitedSource(source, number, tuple((v, n) for v in Verdict if (n := verdicts.get(source, {}).get(v))))
        for source, number in sorted(links.items(), key=lambda item: (-item[1], item[0].name.casefold(), item[0].slug))
    )


def source_rows(page: PageLinks, sources: Sequence[CitedSource]) -> Markup:
    """Write the rows of a brief's table of sources; of links their verdicts only where some are known."""
    rows = []
    language = page.site.language
    for source, links, verdicts in sources:
        name = text(source.name)
        if page.site.with_sources:
            name = f'<a href="{attribute(page.source(source))}">{name}</a>'
        said = ", ".join(f"{language.number(number)} {_chip(verdict, language)}" for verdict, number in verdicts)
        known = f"<td>{said}</td>" if page.site.watch.is_kept else ""
        rows.append(f'<tr><th scope="row">{name}</th><td class="rg-number">{links}</td>{known}</tr>\n')
    return Markup("".join(rows).rstrip("\n"))  # noqa: S704 - escaped here


_chip = cache(chip)


def _states(site: Site, entry: Entry) -> list[LinkState]:
    if not site.watch.is_kept:
        return []
    found: dict[str, LinkState] = {}
    for link in entry.cited:
        state = site.state_by_url.get(link.url) if link.url is not None else site.state_by_raw.get(link.raw)
        if state is None:
            continue
        if link.form is LinkForm.DEFANGED and state.verdict.is_known:
            # Elsewhere it may be a link; here readers have none.
            here = Cited(entry.brief.path, entry.brief.title, entry.brief.date, link)
            found.setdefault(state.written, state._replace(cited_by=(here,)).parted()[0])
        else:
            found[state.written] = state
    return list(found.values())
