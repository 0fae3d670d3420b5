"""The words that the search says in the browser. They travel with its data, so that they are those of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.pages.languages.language import Language

__all__ = ["search_words"]


def search_words(language: Language) -> Mapping[str, str | Sequence[str]]:
    """Give each word by the name under which the script asks for it."""
    say = language.say
    return {
        "query": say("Words or names"),
        "search": say("Search"),
        "clear": say("Clear"),
        "results": say("Briefs: {n}"),
        "shown": say("Shown: {n} of {all}"),
        "with-words": say("Briefs with these words: {n}"),
        "none": say("No brief has all of these words."),
        "lacking": say("No brief has “{word}”."),
        "lacking-in": say("No brief has “{word}” (looked for in: {languages})."),
        "wordless": say("Write a word or a number to look for."),
        "without": say("Without it, briefs with {words}: {n}"),
        "apart": say("Briefs with each of them:"),
        "none-kept": say("Every brief with these words has an excluded word too."),
        "with-excluded": say("If nothing is excluded, briefs with {words}: {n}"),
        "parts": say("Look for its parts:"),
        "near-names": say("Names like “{word}”:"),
        "near-words": say("Words like “{word}”:"),
        "beginning": say("Words that begin like “{word}”:"),
        "exact-only": say("Only exact forms of words are found in: {languages}."),
        "spellings": say("Briefs that name {name}, in any spelling: {n}"),
        "written": say("Look for these words as written"),
        "help-name": say("How to search"),
        "help": [
            say("A result has every word, in any grammatical form. Capitals, accents and punctuation do not count."),
            say("“two words” in quotation marks are found in this order, next to each other, also in other forms."),
            say("-word leaves out the briefs that have it."),
            say("Names are found in every spelling and script that the archive knows."),
            say("Words are looked for in the languages of their script. Buttons below the results offer others."),
        ],
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
        "named-in": say("In any spelling: {n}"),
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
