"""The sentence on the links of a page: how many answer, how many are dead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.link_states import Standing

if TYPE_CHECKING:
    from regesta.model.watch import Tally
    from regesta.pages.languages.language import Language

__all__ = ["links_words", "tally_sentence", "uncounted_words", "verifiable_words"]


def tally_sentence(tally: Tally, language: Language, *, in_notes: bool = False) -> str:
    """Say in one sentence what is known of links; `in_notes` where all of them stand in footnotes.

    >>> from regesta.model.watch import Tally
    >>> from regesta.pages.languages.language import ENGLISH
    >>> tally_sentence(Tally.of([]), ENGLISH)
    '0 links, none known to answer or to be dead.'
    """
    if tally.gone or tally.answering:
        if in_notes:
            of = language.say_n("Of {n} footnote link", "Of {n} footnote links", tally.counted)
        else:
            of = language.say_n("Of {n} link", "Of {n} links", tally.counted)
        clauses = [language.say_n("{of_links} {n} answers", "{of_links} {n} answer", tally.answering, of_links=of)]
        if tally.gone_archived:
            archived = language.number(tally.gone_archived)
            clauses.append(
                language.say_n(
                    "{n} is dead, {archived} of them archived",
                    "{n} are dead, {archived} of them archived",
                    tally.gone,
                    archived=archived,
                )
            )
        elif tally.gone:
            clauses.append(language.say_n("{n} is dead", "{n} are dead", tally.gone))
    else:
        count = links_words(tally.links, language, in_notes=in_notes)
        clauses = [language.say("{links}, none known to answer or to be dead", links=count)]
    if tally.uncheckable:
        clauses.append(
            language.say_n(
                "{n} cannot be checked by a program", "{n} cannot be checked by a program", tally.uncheckable
            )
        )
    return f"{'; '.join([*clauses, *uncounted_words(tally, language)])}."


def uncounted_words(tally: Tally, language: Language) -> list[str]:
    """Say what counts in no share, and why."""
    number = tally.by_standing.get
    said = []
    if waiting := number(Standing.WAITING):
        said.append(language.say_n("{n} not checked yet", "{n} not checked yet", waiting))
    if kept := number(Standing.KEPT):
        said.append(language.say_n("{n} kept unlinked on purpose", "{n} kept unlinked on purpose", kept))
    if skipped := number(Standing.SKIPPED):
        said.append(language.say_n("{n} never visited", "{n} never visited", skipped))
    return said


def links_words(number: int, language: Language, *, in_notes: bool = False) -> str:
    """Say how many links there are."""
    if in_notes:
        return language.say_n("{n} footnote link", "{n} footnote links", number)
    return language.say_n("{n} link", "{n} links", number)


def verifiable_words(tally: Tally, language: Language) -> str:
    """Say of how many links of a brief a reader can see what they said, and which are not counted."""
    return "; ".join([*_score(tally, language), *uncounted_words(tally, language)])


def _score(tally: Tally, language: Language) -> list[str]:
    if not tally.counted:
        return []
    verifiable = language.number(tally.verifiable)
    if tally.uncheckable:
        said = language.say_n(
            "{verifiable} of {n} link verifiable, {uncheckable} not checkable",
            "{verifiable} of {n} links verifiable, {uncheckable} not checkable",
            tally.counted,
            verifiable=verifiable,
            uncheckable=language.number(tally.uncheckable),
        )
    else:
        said = language.say_n(
            "{verifiable} of {n} link verifiable",
            "{verifiable} of {n} links verifiable",
            tally.counted,
            verifiable=verifiable,
        )
    return [said]
