"""The search page. What stands on it is the way for readers without JavaScript; a script puts the search there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.entities import EntityType
from regesta.pages.sheet import Sheet, Written

if TYPE_CHECKING:
    from regesta.pages.site import Site

__all__ = ["SEARCH_PAGE", "search_sheet"]

SEARCH_PAGE = "search/index.md"
"""Where the search page is."""


def search_sheet(site: Site, *, results: int) -> Sheet:
    """Give the search page. `results` is how many it shows at a time."""
    return Sheet(
        path=SEARCH_PAGE,
        title=site.language.say("Search"),
        description=site.language.say("Search the briefs by words, names and dates."),
        write=lambda: _write(site, results),
    )


_MODULES = "page facets engine narrow results files entry dom names state data notes near query tokens".split()
"""All that the script of the page loads, asked for at once and not one after the other."""


def _write(site: Site, results: int) -> Written:
    present = {site.archive.entities[slug].type for slug in site.entity_paths}
    kinds = [kind.value for kind in EntityType if kind in present]
    top = site.addresses.top(SEARCH_PAGE)
    ahead = [f'<link rel="modulepreload" href="{top}assets/regesta/search/{name}.js">' for name in _MODULES]
    ahead.append(f'<link rel="preload" as="fetch" crossorigin href="{top}search/facets.json">')
    return Written(site.render("search.html", SEARCH_PAGE, kinds=kinds, results=results), head="\n".join(ahead))
