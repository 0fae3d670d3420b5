"""What can be set of `regesta/briefs` in mkdocs.yml."""

from __future__ import annotations

from mkdocs.config import config_options

from regesta.mkdocs_plugins.strict_options import AtLeast, Fields, Folders, Origins, StrictConfig
from regesta.pages.references.formats import REFERENCE_FORMATS
from regesta.pages.site import PageSizes

__all__ = ["FOLDERS", "BriefsConfig"]

_PAGES = ("briefs", "dates", "events", "links", "organisations", "people", "places", "series", "sources", "subjects")
"""Top folders of the site that hold pages."""
FOLDERS = (*_PAGES, "data", "feeds", "search")
"""Top folders of the site that are the archive's."""
_TAKEN = ("assets", "data", "feeds", "search")
"""Folders of the site that are the theme's, the search's or of fixed names."""


class BriefsConfig(StrictConfig):
    """Options of `regesta/briefs` in mkdocs.yml."""

    source = config_options.Type(str, default="briefs_src")
    """The archive's folder, beside mkdocs.yml."""
    fields = Fields()
    """Fields of briefs that are the archive's own, by name."""
    paths = Folders(_PAGES, _TAKEN)
    """Other names for the folders of the site's pages, by their own."""
    addresses = config_options.Type(bool, default=True)
    """Whether a build keeps `addresses.txt` up to date, so that no published address is lost unnoticed."""
    overview = config_options.Type(bool, default=True)
    """Whether the home page shows the archive's counts and latest briefs below its own words."""
    latest = AtLeast(0, default=PageSizes().latest)
    """How many of its latest briefs the home page shows."""
    page_size = AtLeast(1, default=PageSizes().briefs)
    """How many briefs the list of all may have on one page."""
    load_from = Origins()
    """Other hosts from which pages of the archive may load something."""
    references = config_options.ListOfItems(
        config_options.Choice(tuple(REFERENCE_FORMATS)), default=list(REFERENCE_FORMATS)
    )
    """The formats in which readers can take away the references of each brief and list."""
