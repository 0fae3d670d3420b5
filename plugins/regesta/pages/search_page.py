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
        title="Search",
        description=f"Search the briefs of {site.name or 'the archive'} by words, names and dates.",
        write=lambda: _write(site, results),
    )


def _write(site: Site, results: int) -> Written:
    kinds = [kind for kind in EntityType if any(site.archive.entities[slug].type is kind for slug in site.entity_paths)]
    ways = [(_WAYS[kind], f"{kind.folder}/index.md") for kind in kinds]
    if site.with_dates:
        ways.append(("Briefs by date", "dates/index.md"))
    ways.append(("All briefs", "briefs/index.md"))
    html = site.render(
        "search.html",
        SEARCH_PAGE,
        title="Search",
        language="en",
        without="Searching needs JavaScript. These ways lead everywhere without it:",
        ways=ways,
        results=results,
    )
    return Written(html)


_WAYS = {
    EntityType.PERSON: "People from A to Z",
    EntityType.ORGANISATION: "Organisations from A to Z",
    EntityType.PLACE: "Places from A to Z",
    EntityType.EVENT: "Events from A to Z",
}
