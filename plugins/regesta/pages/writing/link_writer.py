"""Links in a text: where they lead, and what they look like."""

from __future__ import annotations

import posixpath
import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.bare_addresses import is_scheme_alone
from regesta.model.link_forms import LinkForm, judge_link
from regesta.model.slugs import slugify
from regesta.pages.html import EXTERNAL, attribute, href, text
from regesta.pages.languages.language import ENGLISH, Language, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.model.briefs import Document
    from regesta.model.mentions import Mention
    from regesta.pages.addresses import Addresses
    from regesta.pages.writing.brief_links import BriefLinks

__all__ = [
    "Linking",
    "Mark",
    "Places",
    "bare",
    "bare_marks",
    "defanged_chip",
    "entity_marks",
    "image_html",
    "inside_address",
    "link_html",
    "outside_html",
]


class Linking(StrEnum):
    """How often the names of an entity are links in one brief."""

    SECTION = "section"
    """Once below each heading."""
    PAGE = "page"
    """Once."""
    MENTION = "mention"
    """Wherever it is named."""
    NEVER = "never"
    """Only where the author links it."""


class Places(NamedTuple):
    """What a text may link to."""

    addresses: Addresses
    pages: frozenset[str] | set[str]
    """Paths of all pages, such as `briefs/2020/a.md` and `about.md`."""
    entities: Mapping[str, str]
    """Path of its page for each entity's slug."""
    images: frozenset[str] | set[str] = frozenset()
    """Paths of the images that the site has."""
    language: Language = ENGLISH
    """The language of the site, for what is said of a link."""
    linking: Linking = Linking.SECTION
    """How often names are links."""


class Mark(NamedTuple):
    """HTML around a stretch of the source."""

    start: int
    end: int
    opening: str
    closing: str


def entity_marks(document: Document, mentions: Sequence[Mention], places: Places) -> list[Mark]:
    """Link names of entities quietly: the first in each section, or as often as the site wants."""
    if places.linking is Linking.NEVER:
        return []
    top = places.addresses.top(document.path)
    done: set[tuple[str, int]] = set()
    marks = []
    for mention in mentions:
        section = 0 if places.linking is Linking.PAGE else mention.section
        if not mention.linkable or (mention.slug, section) in done or mention.slug not in places.entities:
            continue
        if places.linking is not Linking.MENTION:
            done.add((mention.slug, section))
        block = document.body.blocks[mention.block]
        url = top + places.addresses.url(places.entities[mention.slug])
        opening = f'<a class="rg-entity" href="{attribute(url)}">'
        marks.append(Mark(*block.source_span(mention.start, mention.end), opening, "</a>"))
    return marks


def bare_marks(document: Document, places: Places, brief_links: BriefLinks | None = None) -> list[Mark]:
    """Link the addresses that stand bare in the text, with what `brief_links` puts beside them."""
    marks = []
    for link in document.links:
        if link.style == "bare" and not is_scheme_alone(link.text):
            opening, closing = outside_html(link.text, places)
            opening = bare(opening)
            if brief_links is not None:
                before, behind = brief_links.beside(link.text, in_note=link.note is not None)
                opening, closing = before + opening, closing + behind
            marks.append(Mark(link.span.start, link.span.end, opening, closing))
    return marks


def bare(opening: str) -> str:
    """Mark a link whose words are its address: on paper it is not written out again.

    >>> bare('<a href="https://beacon.example/">')
    '<a class="rg-bare" href="https://beacon.example/">'
    """
    return opening.replace("<a ", '<a class="rg-bare" ', 1) if opening.startswith("<a ") else opening


def link_html(address: str, path: str, places: Places) -> tuple[str, str]:
    """Give the HTML around the words of a link in the text at `path`."""
    if address.startswith("entity:"):
        page = places.entities.get(address.removeprefix("entity:"))
        if page is None:
            return "", ""
        return f'<a class="rg-entity" href="{attribute(places.addresses.link(path, page))}">', "</a>"
    inside = inside_address(address, path, places)
    return (f'<a href="{attribute(inside)}">', "</a>") if inside else outside_html(address, places)


def outside_html(address: str, places: Places) -> tuple[str, str]:
    """Give the HTML around the words of a link to another site. Without an address they stay words."""
    target = href(address)
    if target is not None:
        return f'<a href="{attribute(target)}" {EXTERNAL}>', "</a>"
    form = judge_link(address).form
    if form is LinkForm.DEFANGED:
        return '<span class="rg-defanged">', f"</span> {defanged_chip(places.language)}"
    if form is LinkForm.MALFORMED:
        return '<span class="rg-defanged">', f"</span> {_chip(places.language, _NO_ADDRESS)}"
    return "", ""


def image_html(address: str, words: str, path: str, places: Places) -> str:
    """Show an image of the site; link to any other, since showing it would be a request to another host."""
    page = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
    if page in places.images:
        url = places.addresses.link(path, page)
        return f'<img src="{attribute(url)}" alt="{attribute(words)}" loading="lazy">'
    opening, closing = outside_html(address, places)
    return f"{opening}{text(words or address)}{closing}"


_DEFANGED = phrase("not linked: defanged")
_NO_ADDRESS = phrase("not linked: not a valid address")


def defanged_chip(language: Language) -> str:
    """Write what stands beside an address that was made harmless on purpose."""
    return _chip(language, _DEFANGED)


def _chip(language: Language, message: str) -> str:
    return f'<span class="rg-chip">{text(language.say(message))}</span>'


def inside_address(address: str, path: str, places: Places) -> str | None:
    """Give the address of a page of this site that is meant by a relative `.md` path, or of a place in this text."""
    target, mark, fragment = address.partition("#")
    fragment = _our_id(fragment)
    if not target and fragment:
        return f"#{fragment}"
    if not target.endswith(".md"):
        return None
    page = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return places.addresses.link(path, page + mark + fragment) if page in places.pages else None


_OUR_ID = re.compile(r"(?:p|fn|fnref)-\d+(?:-\d+)?|h-[a-z0-9-]+|notes")


def _our_id(fragment: str) -> str:
    """Turn the name of a heading, as other generators make it, into the id it has on our pages."""
    return f"h-{slugify(fragment)}" if fragment and not _OUR_ID.fullmatch(fragment) else fragment
