"""All pages of an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.pages.brief_pages import brief_sheets
from regesta.pages.date_pages import date_sheets
from regesta.pages.entity_pages import entity_sheets
from regesta.pages.list_pages import list_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.pages.sheet import Sheet
    from regesta.pages.site import Site

__all__ = ["sheets"]


def sheets(site: Site) -> Iterator[Sheet]:
    """Give every page that is made from the archive, in an order that only the archive decides."""
    yield from list_sheets(site)
    yield from brief_sheets(site)
    yield from entity_sheets(site)
    yield from date_sheets(site)
