"""The words that the search says in the browser. They travel with its data, so that they are those of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.pages.languages.language import Language

__all__ = ["search_words"]


def search_words(language: Language) -> Mapping[str, str]:
    """Give each word by the name under which the script asks for it."""
    say = language.say
    return {
        "query": say("Words or names"),
        "search": say("Search"),
        "clear": say("Clear"),
        "results": say("Briefs: {n}"),
        "shown": say("Shown: {n} of {all}"),
        "none": say("No brief has all of these words."),
        "none-left": say("No brief is left by what was chosen."),
        "failed": say("The search could not be loaded. Look again in a moment, or go by names and dates."),
        "loading": say("Searching …"),
        "more": say("Show more"),
        "all": say("All results"),
        "sort": say("Order"),
        "relevance": say("By relevance"),
        "newest": say("Newest first"),
        "oldest": say("Oldest first"),
        "narrow": say("Narrow down"),
        "remove": say("Remove: {value}"),
        "clear-all": say("Remove all"),
        "only": say("Only the briefs that name {name}"),
        "named-in": say("Briefs: {n}"),
        "filter": say("Find in this list"),
        "rest": say("Show all {n}"),
        "also": say("Search in {language} as well"),
        "download": say("Download these results"),
        "downloading": say("Fetching {n} of {all}"),
        "capped": say("The first {n} results only."),
        "draft": say("draft"),
        "undated": say("undated"),
        "names": say("Names"),
        "person": say("Person"),
        "place": say("Place"),
        "organisation": say("Organisation"),
        "event": say("Event"),
        "subject": say("Subject"),
        "institute": say("Institute"),
        "series": say("Series"),
        "year": say("Year"),
        "links": say("Links"),
        "language": say("Language"),
        "verifiable": say("all verifiable"),
        "gone": say("some dead, without a copy"),
        "unsure": say("some not certain"),
        "defanged": say("some defanged or damaged"),
        "no-links": say("no links"),
        "unknown-language": say("not known"),
    }
