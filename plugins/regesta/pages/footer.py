"""The foot of every page: what it leads to, and the words that scripts need on pages of whatever origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.pages.data.files import PAGE as DATA_PATH
from regesta.pages.links.health_pages import HEALTH_PATH
from regesta.pages.links.verdict_chips import day_time

if TYPE_CHECKING:
    from markupsafe import Markup

    from regesta.pages.site import Site

__all__ = ["footer_links", "footer_words"]


def footer_links(site: Site) -> list[tuple[Markup, str]]:
    """Give the words of each link, and its address from the top of the site."""
    language = site.language
    links = []
    if site.data_page:
        links.append((language.say_html("Data"), site.addresses.url(DATA_PATH)))
    if last := site.watch.last_audit:
        words = language.say_html("Last audit {date}", date=day_time(last.at.date(), language))
        links.append((words, site.addresses.url(HEALTH_PATH)))
    return links


def footer_words(site: Site) -> dict[str, str]:
    """Give the words of scripts, by the name under which they ask for them."""
    return {"close": site.language.say("Close")}
