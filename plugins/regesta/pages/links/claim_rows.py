"""Claims in lists: the sentence, the brief that makes it, and the link on which it rests with what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from regesta.model.link_states import Cited
from regesta.pages.html import EXTERNAL, attribute, text
from regesta.pages.languages.words import date_time
from regesta.pages.links.verdict_chips import outside_link, verdict_html
from regesta.pages.writing.brief_links import copy_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.model.archive import Entry
    from regesta.model.cited_links import CitedLink
    from regesta.model.link_states import LinkState
    from regesta.pages.site import PageLinks, Site

__all__ = ["brief_reference", "claim_html", "cut", "link_html", "resting_row"]

LONGEST_CLAIM = 360
"""Characters of a sentence in a list."""


def resting_row(page: PageLinks, entry: Entry, links: Sequence[CitedLink]) -> str:
    """Write what a brief rests on its links to one source: each claim once, with its links."""
    groups: dict[tuple[str, ...], list[CitedLink]] = {}
    claims: dict[tuple[str, ...], str] = {}
    for link in links:
        sentences = tuple(claim.sentence for claim in entry.claims_on(link))
        groups.setdefault(sentences, []).append(link)
        if sentences not in claims:
            claims[sentences] = claim_html(page, entry, link)
    items = "".join(
        f"<li>{claims[sentences]}<ul>{''.join(_item(page.site, entry, link) for link in group)}</ul></li>\n"
        for sentences, group in groups.items()
    )
    return (
        f'<li><span class="rg-when">{date_time(entry.brief.date, page.site.language)}</span>\n'
        f'<span class="rg-where">{brief_reference(page, entry)}</span>\n<ul class="rg-claims">\n{items}</ul></li>\n'
    )


def brief_reference(page: PageLinks, entry: Entry) -> str:
    """Write the title of a brief as a link, and who published it."""
    by = f' <span class="rg-by">{text(entry.brief.publisher)}</span>' if entry.brief.publisher else ""
    language = page.site.language.foreign(entry.brief.language)
    return f'<a href="{attribute(page.entry(entry))}"{language}>{text(entry.brief.title)}</a>{by}'


def claim_html(page: PageLinks, entry: Entry, link: CitedLink, *, most: int = 3) -> str:
    """Write the sentences that rest on a link, each with the way to its paragraph."""
    language = page.site.language.foreign(entry.brief.language)
    words = attribute(page.site.language.say("In its paragraph"))
    parts = []
    for claim in entry.claims_on(link)[:most]:
        if sentence := claim.sentence:
            place = f"#p-{claim.number}" if claim.number and not entry.brief.site_markdown else ""
            address = attribute(page.entry(entry) + place)
            parts.append(
                f"<q{language}>{text(cut(sentence, LONGEST_CLAIM))}</q>"
                f'\N{NO-BREAK SPACE}<a class="rg-pilcrow" href="{address}" aria-label="{words}">¶</a>'
            )
    if not parts:
        none = page.site.language.say_html("No sentence points to this note.")
        return f'<p class="rg-claim rg-none">{none}</p>'
    return f'<p class="rg-claim">{" ".join(parts)}</p>'


def link_html(site: Site, state: LinkState, cited: Cited) -> str:
    """Write an address with what is known of it: of a dead one, its copy first."""
    language = site.language
    address = str(outside_link(state.url or state.written)) if cited.is_visited else _unlinked(cited)
    if not site.watch.is_kept:
        return address
    copy = copy_of(state, cited, site.watch) if cited.is_visited else None
    if state.verdict.is_gone and copy:
        words = language.say_html("Archived copy")
        link = Markup(f'<a class="rg-copy" href="{attribute(copy.address)}" {EXTERNAL}>{words}</a>')  # noqa: S704
        led = language.say_html("{archived_copy}, once at {address}", archived_copy=link, address=Markup(address))  # noqa: S704
        return f"{led} {verdict_html(state, language=language)}"
    return f"{address} {verdict_html(state, copy.address if copy else None, language=language)}"


def cut(words: str, longest: int) -> str:
    """Cut a text at a blank.

    >>> cut("The ferry sank at night.", 12)
    'The ferry…'
    """
    if len(words) <= longest:
        return words
    head = words[:longest]
    return f"{head.rpartition(' ')[0] or head}…"


def _item(site: Site, entry: Entry, link: CitedLink) -> str:
    note = ""
    if link.note is not None:
        words = site.language.say_html("note {label}", label=cut(entry.shown_note(link.note), 20))
        note = f'<span class="rg-note-of">{words}</span> '
    state = site.state_by_url.get(link.url) if link.url is not None and site.watch.is_kept else None
    cited = Cited(entry.brief.path, entry.brief.title, entry.brief.date, link)
    if state is None:
        shown = str(outside_link(link.url)) if link.url is not None and cited.is_visited else _unlinked(cited)
    else:
        shown = link_html(site, state, cited)
    return f"<li>{note}{shown}</li>"


def _unlinked(cited: Cited) -> str:
    return f'<span class="rg-defanged">{text(cut(cited.link.raw, 120))}</span>'
