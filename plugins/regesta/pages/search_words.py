"""The words that the search says in the browser. They travel with its data, so that they are those of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["search_words"]


def search_words() -> Mapping[str, str]:
    """Give each word by the name under which the script asks for it."""
    return {
        "query": "Words or names",
        "search": "Search",
        "clear": "Clear",
        "results": "Briefs: {n}",
        "shown": "Shown: {n} of {all}",
        "none": "No brief has all of these words.",
        "none-left": "No brief is left by what was chosen.",
        "failed": "The search could not be loaded. Look again in a moment, or go by names and dates.",
        "loading": "Searching …",
        "more": "Show more",
        "all": "All results",
        "sort": "Order",
        "relevance": "By relevance",
        "newest": "Newest first",
        "oldest": "Oldest first",
        "narrow": "Narrow down",
        "remove": "Remove: {value}",
        "clear-all": "Remove all",
        "only": "Only the briefs that name {name}",
        "named-in": "Briefs: {n}",
        "filter": "Find in this list",
        "rest": "Show all {n}",
        "also": "Search in {language} as well",
        "download": "Download these results",
        "downloading": "Fetching {n} of {all}",
        "capped": "The first {n} results only.",
        "draft": "draft",
        "undated": "undated",
        "names": "Names",
        "person": "Person",
        "place": "Place",
        "organisation": "Organisation",
        "event": "Event",
        "institute": "Institute",
        "series": "Series",
        "year": "Year",
        "links": "Links",
        "language": "Language",
        "verifiable": "all verifiable",
        "gone": "some dead, without a copy",
        "unsure": "some not certain",
        "defanged": "some defanged or damaged",
        "no-links": "no links",
        "unknown-language": "not known",
    }
